"""The timeline as a drawing: claims as bars, articles and corrections as marks on one axis. Pure.

Horizontal measures are per cent of the picture and vertical ones pixels, so that it fills any width while its words
keep their size. A partial date is drawn no more precisely than it is: a bar stands for a month, a quarter or a year,
and what is known only by its year has a line of its own below the axis, as long as the year.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import get_args

from factsite import model
from factsite.views import Bar, BarPart, Marker, Picture, Span

TONES: tuple[model.Tone, ...] = get_args(model.Tone)
"""From the axis upwards."""
NUMBERED = 30
"""The most articles that have numbers and a key."""
TALLEST = 168
"""Height of the highest bar."""
UNIT = 12
"""The most that one claim adds to a bar."""
MARK = 22
"""Height of an article's mark."""
LINE = 20
"""Height of a line of labels below the axis."""
ROOM = 5.5
"""Width of an article's mark on a phone, in per cent: nearer ones stand above each other."""
LABELS = 10
"""The most years with a label."""

Month = int
"""Months since the year 0."""


def draw(
    claims: Sequence[tuple[str, model.Tone]], articles: Sequence[str], corrections: Sequence[str]
) -> Picture | None:
    """The picture of partial dates: of claims with their tones, of articles (in order), of corrections.

    None if there are no dates at all.
    """
    dates = [*(date for date, _ in claims), *articles, *corrections]
    if not dates:
        return None
    first, last = int(min(dates)[:4]), int(max(dates)[:4])
    axis = _Axis(first, last)
    marks = _marks(axis, articles)
    top = max((mark.y for mark in marks), default=0) + MARK
    counts = _counts(axis, claims)
    most = max((counted.total() for counted in counts.values()), default=0)
    ground = top + UNIT * 2 + min(TALLEST, UNIT * most)
    bars = _bars(axis, counts, ground, most)
    spans = _spans(axis, claims) if axis.unit < 12 else ()
    spans_y = ground + LINE * 1.75
    corrections_y = ground + LINE * (3.25 if spans else 1.75)
    return Picture(
        height=ground + LINE * (1.25 + (1.5 if spans else 0) + (1 if corrections else 0)),
        axis=ground,
        ticks=axis.ticks(),
        unit={1: "month", 3: "quarter", 12: "year"}[axis.unit],
        bars=bars,
        spans=spans,
        spans_y=spans_y,
        articles=marks,
        corrections=tuple(Marker(axis.at(date), corrections_y, 0) for date in sorted(set(corrections))),
        corrections_y=corrections_y,
        summary=_summary(axis, claims, articles, corrections),
    )


class _Axis:
    """Whole years from the first to the last date, and how long a bar is."""

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        years = last - first + 1
        self.unit = 1 if years <= 3 else 3 if years <= 12 else 12
        """Months that a bar stands for."""
        self.months = years * 12

    def month(self, date: str) -> Month:
        """The month of a date, or the first of a year, counted from the beginning of the axis."""
        return (int(date[:4]) - self.first) * 12 + int(date[5:7] or 1) - 1

    def share(self, months: float) -> float:
        """Per cent of the axis."""
        return round(100 * months / self.months, 3)

    def at(self, date: str) -> float:
        """The middle of a date, however long it is."""
        if len(date) == 4:
            return self.share(self.month(date) + 6)
        day = int(date[8:10]) - 0.5 if date[8:10] else 15.5
        return self.share(self.month(date) + day / 31)

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """The beginning of each year, every so many with its label."""
        step = -(-(self.last - self.first + 1) // LABELS)
        years = range(self.first, self.last + 1)
        return tuple((self.share((y - self.first) * 12), str(y) if (y - self.first) % step == 0 else "") for y in years)


def _counts(axis: _Axis, claims: Sequence[tuple[str, model.Tone]]) -> dict[int, Counter[model.Tone]]:
    """Claims by tone, for each unit of time that has any."""
    counts: dict[int, Counter[model.Tone]] = {}
    for date, tone in claims:
        if len(date) > 4 or axis.unit == 12:
            counts.setdefault(axis.month(date) // axis.unit, Counter())[tone] += 1
    return counts


def _bars(axis: _Axis, counts: dict[int, Counter[model.Tone]], ground: float, most: int) -> tuple[Bar, ...]:
    """One bar for each unit of time with claims, its parts in the order of the tones; `most` is its greatest count."""
    size = min(UNIT, TALLEST / most) if most else 0
    totals = {place: counted.total() for place, counted in counts.items()}
    bars = []
    for place, counted in sorted(counts.items()):
        level = ground
        parts = []
        for tone in TONES:
            if counted[tone]:
                level -= counted[tone] * size
                parts.append(BarPart(tone, round(level, 2), round(counted[tone] * size, 2)))
        highest = all(totals[place] >= totals.get(place + near, 0) for near in (-2, -1, 1, 2))
        label_y = round(level - 5, 2) if highest else None
        bars.append(Bar(axis.share(place * axis.unit), axis.share(axis.unit), tuple(parts), totals[place], label_y))
    return tuple(bars)


def _spans(axis: _Axis, claims: Iterable[tuple[str, model.Tone]]) -> tuple[Span, ...]:
    """Claims of which only the year is known."""
    counted = Counter(date for date, _ in claims if len(date) == 4)
    return tuple(Span(axis.share(axis.month(year)), axis.share(12), count) for year, count in sorted(counted.items()))


def _marks(axis: _Axis, articles: Sequence[str]) -> tuple[Marker, ...]:
    """Numbered in order, as low as there is room; the lowest row is the last before the bars."""
    rows: list[float] = []
    placed: list[tuple[float, int]] = []
    for date in articles:
        x = axis.at(date)
        row = next((row for row, end in enumerate(rows) if end <= x), len(rows))
        rows[row : row + 1] = [x + ROOM]
        placed.append((x, row))
    if len(articles) > NUMBERED:
        return tuple(Marker(x, MARK / 2, 0) for x in sorted({round(x * 2) / 2 for x, _ in placed}))
    return tuple(Marker(x, MARK * (len(rows) - row - 0.5), n) for n, (x, row) in enumerate(placed, start=1))


def _summary(
    axis: _Axis, claims: Sequence[tuple[str, model.Tone]], articles: Sequence[str], corrections: Sequence[str]
) -> str:
    """How much there is of each in every year that has any."""
    dates = {"claim": [date for date, _ in claims], "article": articles, "correction": corrections}
    years = {word: Counter(date[:4] for date in of_kind) for word, of_kind in dates.items()}
    parts = []
    for year in map(str, range(axis.first, axis.last + 1)):
        counts = [(years[word][year], word) for word in dates if years[word][year]]
        if counts:
            parts.append(f"{year}: {', '.join(f'{n} {word}' + 's' * (n > 1) for n, word in counts)}")
    return "; ".join(parts) + "."
