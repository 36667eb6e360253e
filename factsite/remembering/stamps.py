"""Whether a file is still the one that was read, told from what the system says of it, as git does.

A file that changed keeps its stamp only if it is changed twice within one tick of the file system's clock, with the
same size. So a stamp that is no older than the look at it is not trusted, and such a file is read again.
"""

from __future__ import annotations

import os
import time

Stamp = tuple[int, int, int, int]
"""Size in bytes, date of change of the content and of the file in ns, number of the file."""

UNSURE: Stamp = (-1, 0, 0, 0)
"""Equal to no file's stamp."""
TICK = 50_000_000
"""Nanoseconds; file systems date changes by ticks of up to 10 ms, and network drives by their own clock."""


def of(status: os.stat_result) -> Stamp:
    """The stamp of a file."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def settled(stamp: Stamp, now: int) -> Stamp:
    """The stamp, if the file is old enough for it to be trusted at `now`; otherwise one that no file has."""
    return stamp if max(stamp[1], stamp[2]) + TICK < now else UNSURE


def now() -> int:
    """The time in ns since 1970, to be taken *before* a file is read."""
    return time.time_ns()
