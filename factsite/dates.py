"""Dates as editors write them: a year, a month or a day. Pure.

They are those of EDTF level 0 (https://www.loc.gov/standards/datetime/), without times.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@lru_cache(maxsize=10_000)
def is_date(text: str) -> bool:
    """Whether it is `2018`, `2018-01` or `2018-01-22`, and in the calendar."""
    match = DATE.fullmatch(text)
    try:
        return match is not None and bool(dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def is_after(one: str | None, other: str | None) -> bool:
    """Whether the first is certainly later: as far as both are known, so no day of a year is after that year."""
    known = min(len(one or ""), len(other or ""))
    return (one or "")[:known] > (other or "")[:known]
