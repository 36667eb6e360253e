"""The timeline as a drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.viewing import chart

DATES = st.one_of(
    st.dates().map(str),
    st.dates().map(lambda date: str(date)[:7]),
    st.dates().map(lambda date: str(date)[:4]),
)


def test_nothing_to_draw() -> None:
    assert chart.draw([], [], []) is None


def test_a_bar_counts_the_claims_of_a_month_by_tone() -> None:
    picture = chart.draw([("2026-02-03", "positive"), ("2026-02", "positive"), ("2026-02-28", "none")], [], [])

    assert picture
    (bar,) = picture.bars
    assert (picture.unit, bar.total) == ("month", 3)
    assert [bar.x, bar.width] == pytest.approx([100 / 12, 100 / 12], abs=0.001)
    assert [(part.tone, part.height) for part in bar.parts] == [("positive", 24), ("none", 12)]
    assert bar.parts[0].y + 24 == picture.axis
    assert bar.parts[1].y + 12 == bar.parts[0].y


@pytest.mark.parametrize(
    ("last", "unit"), [("2028", "month"), ("2029", "quarter"), ("2037", "quarter"), ("2038", "year")]
)
def test_bars_are_coarser_over_a_longer_time(last: str, unit: str) -> None:
    picture = chart.draw([("2026-01", "open")], [last], [])

    assert picture
    assert picture.unit == unit


def test_what_is_known_by_its_year_only_is_no_bar_of_a_month() -> None:
    picture = chart.draw([("2025", "open"), ("2026-01-01", "open"), ("2025", "none")], [], [])

    assert picture
    assert [bar.total for bar in picture.bars] == [1]
    assert [(span.x, span.width, span.count) for span in picture.spans] == [(0, 50, 2)]


def test_over_decades_a_year_is_as_precise_as_a_bar() -> None:
    picture = chart.draw([("1979", "open"), ("2026-01-01", "open")], [], [])

    assert picture
    assert [bar.total for bar in picture.bars] == [1, 1]
    assert picture.spans == ()


def test_articles_at_the_same_time_stand_above_each_other() -> None:
    picture = chart.draw([], ["2026-01-01", "2026-01-02", "2026-09-01"], [])

    assert picture
    first, second, third = picture.articles
    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert second.y < first.y == third.y < picture.axis


def test_very_many_articles_have_no_numbers() -> None:
    picture = chart.draw([], ["2026-01-01"] * (chart.NUMBERED + 1), [])

    assert picture
    assert [(mark.x, mark.number) for mark in picture.articles] == [(0, 0)]


def test_neighbours_do_not_write_over_each_other() -> None:
    counts = {"2026-01": 1, "2026-02": 3, "2026-03": 2, "2026-07": 1}
    picture = chart.draw([(date, "open") for date, count in counts.items() for _ in range(count)], [], [])

    assert picture
    assert [bar.total for bar in picture.bars if bar.label_y is not None] == [3, 1]


def test_it_says_in_words_what_it_shows() -> None:
    picture = chart.draw([("2024-01", "open"), ("2024", "none"), ("2026", "open")], ["2024-02"], ["2026-03-01"])

    assert picture
    assert picture.summary == "2024: 2 claims, 1 article; 2026: 1 claim, 1 correction."


@given(st.lists(DATES, max_size=20), st.lists(DATES, max_size=40), st.lists(DATES, max_size=5))
def test_everything_is_inside(claims: list[str], articles: list[str], corrections: list[str]) -> None:
    picture = chart.draw([(date, "mixed") for date in claims], sorted(articles), corrections)

    if picture is None:
        assert not claims + articles + corrections
        return
    marks = (*picture.articles, *picture.corrections)
    assert sum(bar.total for bar in picture.bars) + sum(span.count for span in picture.spans) == len(claims)
    assert all(0 <= mark.x <= 100 and 0 <= mark.y <= picture.height for mark in marks)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.002 for bar in picture.bars)
    assert all(0 <= part.y <= picture.axis - part.height + 0.02 for bar in picture.bars for part in bar.parts)
