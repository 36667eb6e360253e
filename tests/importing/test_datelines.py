"""Dates as news pages print them, and what makes one suspicious."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.importing import datelines


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12", "2026-03-12"),
        ("2026-03-12T23:40:00-08:00", "2026-03-12"),
        ("https://news.example/2026/03/12/bridge", "2026-03-12"),
        ("March 12, 2026", "2026-03-12"),
        ("Jul 222020", "2020-07-22"),
        ("Jul 12020", "2020-07-01"),
        ("22nd of June 2020", "2020-06-22"),
        ("12 Sept. 2025", "2025-09-12"),
        ("1er mars 2020", "2020-03-01"),
        ("Freitag, 1. März 2020, 12.30 Uhr", "2020-03-01"),
        ("12.01.2025", "2025-01-12"),
        ("12 de enero de 2025", "2025-01-12"),
        ("۱۲ ژانویه ۲۰۲۵", "2025-01-12"),
        ("12 يناير 2025", "2025-01-12"),
        ("February 30, 2025", ""),
        ("March 2026", ""),
        ("May 12", ""),
        ("۲۱ دی ۱۴۰۴", ""),
        ("ISBN 978-2026-0312", ""),
    ],
)
def test_dates(text: str, day: str) -> None:
    assert str(datelines.find(text) or "") == day


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_every_day_is_read_in_the_usual_ways(day: dt.date) -> None:
    month = list(datelines.MONTHS)[day.month - 1].capitalize()
    for text in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{month[:3]}. {day.day} {day.year}",
        day.isoformat(),
    ):
        found = datelines.find(f"Updated on {text} by us")
        assert found is not None
        assert found.day == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wednesday, April 17, 2024", True),
        ("Published: 12 Jan 2025, 10:30 GMT | Updated: 13 Jan 2025", True),
        ("یکشنبه ۱۲ ژانویه ۲۰۲۵", True),
        ("Protests in Tehran on January 2, 2018 were large", False),
        ("Free Iran Grand Gathering in Paris, July 2017", False),
    ],
)
def test_lines_with_nothing_but_a_date(text: str, expected: bool) -> None:
    assert datelines.is_date_line(text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Wednesday, April 17, 2024", []),
        ("Tuesday, April 17, 2024", ["`Tuesday, April 17, 2024`: 2024-04-17 was a Wednesday"]),
        ("April 17, 2024", []),
        ("Tuesday", []),
    ],
)
def test_weekdays_of_date_lines(line: str, expected: list[str]) -> None:
    assert list(datelines.wrong_weekday(line)) == expected


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("PARIS, March 11 - An official said on Wednesday that it rains.", []),
        ("PARIS, March 11 (Reuters) - An official said on Tuesday that it rains.", []),
        (
            "PARIS, March 11 - An official said on Thursday that it rains.",
            ["the dateline says 2026-03-11, a Wednesday, and the paragraph says Thursday"],
        ),
        ("An official said on Thursday that it rains.", []),
        ("PARIS, March 11 - It rains.", []),
        ("PARIS, February 30 - It rained on Thursday.", []),
    ],
)
def test_datelines_and_the_weekday_behind_them(paragraph: str, expected: list[str]) -> None:
    assert list(datelines.against_weekday(paragraph, 2026)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Protests began in 2018 and came back in November 2019.", True),
        ("Protests began in 2018 and came back in 2024.", False),
        ("Protests began in 2018. On April 2 they came back.", False),
        ("Protests began on 30 March, as in 2018.", False),
        ("Protests began.", False),
    ],
)
def test_the_day_on_which_a_page_was_copied(text: str, expected: bool) -> None:
    assert datelines.is_crawl_date(dt.date(2024, 4, 17), [text]) is expected


def test_each_differing_date_is_told_once() -> None:
    dates = [("JSON-LD", "2026-03-13"), ("the date shown", "2026-03-14"), ("`14 March`", "2026-03-14")]
    assert list(datelines.differing(dates)) == ["JSON-LD says 2026-03-13, the date shown says 2026-03-14"]
    assert list(datelines.differing([])) == []
