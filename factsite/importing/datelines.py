"""Dates as news pages print them, and what makes one suspicious. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NAMES = """
january february march april may june july august september october november december
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
januar februar märz april mai juni juli august september oktober november dezember
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
"""
MONTHS = {name: number for line in NAMES.split("\n") for number, name in enumerate(line.split(), start=1)}
MONTHS |= {name[:3]: MONTHS[name] for name in NAMES.split("\n")[1].split()} | {"sept": 9}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = re.compile(r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b", re.IGNORECASE)
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?"
PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})[-/](?P<month>\d{2})[-/](?P<day>\d{2})(?!\d)",
        rf"\b{MONTH}\s+{DAY},?\s*(?P<year>\d{{4}})\b",  # also `Jul 222020`, which pages print as two boxes
        rf"\b{DAY}\s+(?:of\s+|de\s+)?{MONTH},?\s+(?:de\s+)?(?P<year>\d{{4}})\b",
        r"\b(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})\b",
    )
)
CLOCK = re.compile(
    r"\d{1,2}[:.]\d{2}(:\d{2})?\s*([ap]\.?m\.?)?|\b(gmt|utc|est|edt|et|cet|cest|bst|ist|sgt)\b", re.IGNORECASE
)
LABELS = re.compile(
    r"\b(date|published|posted|updated|last|modified|created|on|at|first|publié|le|mis|à|jour|veröffentlicht|am)\b"
    r"|انتشار|تاریخ|نشر|آخر|تحديث",
    re.IGNORECASE,
)
DATELINE = re.compile(
    rf"(?P<place>[A-Z][\w .,'’/-]{{1,50}}?),?\s+\(?{MONTH}\s+(?P<day>\d{{1,2}})\)?(?:\s*\([^)]{{1,30}}\))?\s*[-–—]",
    re.IGNORECASE,
)
DAY_OF_YEAR = re.compile(
    rf"\b(?:{MONTH}\s+{DAY}|(?P<day2>\d{{1,2}})\s+(?P<month2>{'|'.join(MONTHS)}))\b", re.IGNORECASE
)
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as it is printed."""

    day: dt.date
    text: str

    def __str__(self) -> str:
        return self.day.isoformat()


def find(text: str) -> Printed | None:
    """The first date, down to the day, in a text."""
    text = text.translate(DIGITS)
    matches = (match for pattern in PATTERNS for match in pattern.finditer(text))
    for match in sorted(matches, key=lambda match: match.start()):
        if day := _day(int(match["year"]), match["month"], match["day"]):
            return Printed(day, match[0])
    return None


def _day(year: int, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(year, int(month) if month.isdecimal() else MONTHS[month.lower()], int(day))
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Whether a line says nothing but a date, with its weekday, hour and label, or one more word in any language."""
    printed = find(text)
    if printed is None or len(text) > 90:
        return False
    rest = text.translate(DIGITS).replace(printed.text, " ")
    for pattern in (CLOCK, LABELS, SHORT_WEEKDAYS):
        rest = pattern.sub(" ", rest)
    return len(re.findall(r"\w{3,}", rest)) <= 1 or find(rest) is not None


# --- what is suspicious ----------------------------------------------------------------------------------------------


def differing(dates: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What places say that name different days. `dates`: place and ISO date, the one that is believed first."""
    named = list(dates)
    told = {named[0][1]} if named else set()
    for place, day in named:
        if day not in told:
            yield f"{named[0][0]} says {named[0][1]}, {place} says {day}"
            told.add(day)


def wrong_weekday(line: str) -> Iterator[str]:
    """A date line whose weekday is not the date's."""
    printed = find(line)
    said = re.search("|".join(WEEKDAYS), line, re.IGNORECASE)
    if printed and said and said[0].capitalize() != WEEKDAYS[printed.day.weekday()]:
        yield f"`{line}`: {printed} was a {WEEKDAYS[printed.day.weekday()]}"


def dateline(paragraph: str, year: int) -> dt.date | None:
    """The day in a dateline such as `PARIS, March 11 -`."""
    match = DATELINE.match(paragraph)
    return _day(year, match["month"], match["day"]) if match else None


def against_weekday(paragraph: str, year: int) -> Iterator[str]:
    """A dateline whose day does not fit the weekday that the paragraph names for what it reports.

    News is of the day or of the days just before it; a weekday that comes after the dateline's lies nearly a week back.
    """
    day = dateline(paragraph, year)
    said = re.search(rf"\bon ({'|'.join(WEEKDAYS)})\b", paragraph)
    if day and said and (day.weekday() - WEEKDAYS.index(said[1])) % 7 > 3:
        yield f"the dateline says {day.isoformat()}, a {WEEKDAYS[day.weekday()]}, and the paragraph says {said[1]}"


def is_crawl_date(day: dt.date, paragraphs: Iterable[str]) -> bool:
    """Whether a date above a text seems to be of a later day, on which the page was copied.

    That is so if the text names years, all of them before this one, and no day of the year that is near it.
    """
    text = "\n".join(paragraphs).translate(DIGITS)
    years = [int(year) for year in YEAR.findall(text)]
    near = any(abs((day - each).days) <= 45 for each in _days(text, day.year))
    return bool(years) and max(years) < day.year and not near


def _days(text: str, year: int) -> Iterator[dt.date]:
    """The days of the year that a text names, in that year and the one before."""
    for match in DAY_OF_YEAR.finditer(text):
        for each in (year, year - 1):
            if day := _day(each, match["month"] or match["month2"], match["day"] or match["day2"]):
                yield day
