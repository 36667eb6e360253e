"""Texts broken into lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.rendering.typesetting import fit, is_rightward, shorten, wrap


def measure(text: str) -> float:
    """Each letter is one em wide."""
    return len(text)


def test_lines_are_as_full_as_they_can_be() -> None:
    assert wrap("the cost of one bridge", measure, 11) == ["the cost of", "one bridge"]


def test_a_word_wider_than_a_line_is_broken() -> None:
    assert wrap("a Donaudampfschiff", measure, 6) == ["a", "Donaud", "ampfsc", "hiff"]


def test_chinese_breaks_between_any_two_letters() -> None:
    assert wrap("伊朗全国抵抗委员会", measure, 4) == ["伊朗全国", "抵抗委员", "会"]


def test_the_largest_size_that_fits() -> None:
    found = fit("the cost of one bridge", measure, (20, 10, 5), width=110, height=20, leading=1)

    assert (found.size, found.lines, found.whole) == (10, ("the cost of", "one bridge"), True)


def test_lines_are_even() -> None:
    assert fit("aaaa bbbb cccc d", measure, (10,), width=140, height=20, leading=1).lines == ("aaaa bbbb", "cccc d")


def test_what_does_not_fit_at_all_is_cut() -> None:
    found = fit("the cost of one bridge", measure, (10,), width=110, height=10, leading=1)

    assert (found.lines, found.whole) == (("the cost o…",), False)


def test_short_enough_is_left_alone() -> None:
    assert shorten("bridge", measure, 6) == "bridge"
    assert shorten("the bridge", measure, 6) == "the b…"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The MEK (مجاهدین)", True), ("مجاهدین (MEK)", False), ("1979: שלום", False), ("1979", True), ("", True)],
)
def test_direction_is_that_of_the_first_letter_that_has_one(text: str, expected: bool) -> None:
    assert is_rightward(text) is expected


@given(st.text(alphabet="ab  \n", max_size=60), st.integers(1, 12))
def test_wrapping_loses_nothing_but_space_and_keeps_to_the_width(text: str, width: int) -> None:
    lines = wrap(text.strip(), measure, width)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(measure(line) <= width for line in lines)


@given(st.text(alphabet="abc ", min_size=1, max_size=80))
def test_even_lines_are_no_more_lines_than_full_ones(text: str) -> None:
    found = fit(text, measure, (10,), width=200, height=1000, leading=1)

    assert len(found.lines) == len(wrap(text, measure, 20))
