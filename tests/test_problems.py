"""Problems as values: their order, their short form, the nearest valid word."""

from __future__ import annotations

import pytest

from factsite.problems import Problem, Problems, Severity, as_warning, in_order, nearest


def test_short_form() -> None:
    assert (
        str(Problem("bad-date", "Not a date", "x.yaml", line=3, column=7)) == "x.yaml:3:7: error[bad-date] Not a date"
    )
    assert str(Problem("bad-date", "Not a date", "x.yaml")) == "x.yaml: error[bad-date] Not a date"
    assert str(as_warning(Problem("output-busy", "Wait"))) == "warning[output-busy] Wait"


def test_by_file_and_line_each_once() -> None:
    first, second, third = (
        Problem("a", "1", "a.yaml", line=9),
        Problem("a", "1", "b.yaml"),
        Problem("a", "1", "b.yaml", line=2),
    )

    assert in_order([third, first, second, third]) == [first, second, third]


def test_warnings_stop_strict_builds_only() -> None:
    warning = Problem("value-cut", "cut", severity=Severity.WARNING)

    assert not Problems().fatal(strict=True)
    assert not Problems([warning]).fatal()
    assert Problems([warning]).fatal(strict=True)
    assert Problems([warning, Problem("yaml", "broken")]).fatal()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("verdit", "verdict"),
        ("Rating", "rating"),
        ("RATING", "rating"),
        ("claimant", "claimants"),
        ("che", "checked"),
        ("ch", ""),
        ("colour", ""),
        ("", ""),
    ],
)
def test_nearest(word: str, expected: str) -> None:
    assert nearest(word, ["rating", "verdict", "claimants", "checked"]) == expected


def test_nearest_of_equally_near_words_is_the_first() -> None:
    assert nearest("xa", ["xb", "xc"]) == nearest("xa", ["xb", "xc"]) == ""
    assert nearest("abcd", ["abce", "abcf"]) == "abce"
