"""What a person meant by a value in another form."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading import guesses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-1-5", "2018-01-05"),
        ("2018/01/22", "2018-01-22"),
        ("2018.1", "2018-01"),
        ("2018–01–22", "2018-01-22"),
        ("2018-01-22T10:00:00Z", "2018-01-22"),
        ("2018-01-22 10:00", "2018-01-22"),
        ("22.1.2018", "2018-01-22"),
        ("22. 1. 2018", "2018-01-22"),
        ("1/22/2018", "2018-01-22"),
        ("22/1/2018", "2018-01-22"),
        ("22 January 2018", "2018-01-22"),
        ("22. Jan 2018", "2018-01-22"),
        ("January 22, 2018", "2018-01-22"),
        ("Jan. 2018", "2018-01"),
        ("September 2018", "2018-09"),
        ("۲۰۱۸-۰۱-۲۲", "2018-01-22"),
        ("3/4/2018", ""),
        ("2018-13", ""),
        ("2018-02-30", ""),
        ("Jumada 2018", ""),
        ("last summer", ""),
        ("", ""),
    ],
)
def test_date(text: str, expected: str) -> None:
    assert guesses.date(text) == expected


@given(st.text(max_size=20) | st.from_regex(guesses.DATES[0], fullmatch=True))
def test_a_guessed_date_is_a_date(text: str) -> None:
    guess = guesses.date(text)

    assert guess == "" or dt.date.fromisoformat(guess if len(guess) == 10 else f"{guess}-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("www.example.org", "https://www.example.org"),
        ("example.org/a?b=c", "https://example.org/a?b=c"),
        ("http:/example.org", "https://example.org"),
        ("http//example.org/x", "https://example.org/x"),
        ("<https://example.org/x>", "https://example.org/x"),
        ("[the report](https://example.org/x)", "https://example.org/x"),
        ("https://a.example https://b.example", "https://a.example"),
        ("see page 3", ""),
        ("ftp://example.org/x", ""),
    ],
)
def test_url(text: str, expected: str) -> None:
    assert guesses.url(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("Persian", "fa"), ("english", "en"), ("en_GB", "en-GB"), ("Klingon", ""), ("en GB", "")]
)
def test_language(text: str, expected: str) -> None:
    assert guesses.language(text) == expected
