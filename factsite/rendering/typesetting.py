"""Breaking a text into lines of even length, as large as it fits. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Measure = Callable[[str], float]
"""Width of a text in ems."""

ELLIPSIS = "…"
_PIECES = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Lines:
    """A text set in lines."""

    size: float
    """Of the letters."""
    lines: tuple[str, ...]
    whole: bool
    """Nothing had to be left out."""


def fit(text: str, measure: Measure, sizes: Sequence[float], width: float, height: float, leading: float) -> Lines:
    """Set a text in the largest of `sizes` (falling) in which its lines, `leading` times as high, fill no more room.

    What does not fit in the smallest either is cut off with an ellipsis.
    """
    for size in sizes:
        most = int(height // (size * leading))
        lines = wrap(text, measure, width / size)
        if len(lines) <= most:
            return Lines(size, tuple(_even(text, measure, width / size, len(lines))), whole=True)
    smallest = sizes[-1]
    most = max(1, int(height // (smallest * leading)))
    lines = wrap(text, measure, width / smallest)
    last = shorten(" ".join(lines[most - 1 :]), measure, width / smallest)
    return Lines(smallest, (*lines[: most - 1], last), whole=False)


def wrap(text: str, measure: Measure, width: float) -> list[str]:
    """Lines no wider than `width` ems, each as full as it can be."""
    lines: list[str] = []
    line = ""
    for piece in _breakable(text, measure, width):
        if line and measure((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def shorten(text: str, measure: Measure, width: float) -> str:
    """The text, or as much of its beginning as fits with an ellipsis."""
    if measure(text) <= width:
        return text
    end = len(text)
    while end and measure(text[:end].rstrip() + ELLIPSIS) > width:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def is_rightward(text: str) -> bool:
    """Whether the first letter with a direction runs from left to right, as if there is none (rule P2 of UAX #9)."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((direction == "L" for direction in directions if direction in {"L", "R", "AL"}), True)


def _even(text: str, measure: Measure, width: float, count: int) -> list[str]:
    """The same number of lines, the longest as short as it can be: no single word is left for the last."""
    low, high = width / 2, width
    while high - low > 0.1:
        middle = (low + high) / 2
        low, high = (low, middle) if len(wrap(text, measure, middle)) <= count else (middle, high)
    return wrap(text, measure, high)


def _breakable(text: str, measure: Measure, width: float) -> list[str]:
    """Words with the space behind them; wide letters of East Asia one by one; a word wider than a line in parts."""
    pieces: list[str] = []
    for word in _PIECES.findall(text):
        if any(unicodedata.east_asian_width(letter) in "WF" for letter in word):
            pieces.extend(word)
            continue
        while measure(word.rstrip()) > width and len(word) > 1:
            end = next(end for end in range(len(word) - 1, 0, -1) if end == 1 or measure(word[:end]) <= width)
            pieces.append(word[:end])
            word = word[end:]  # noqa: PLW2901 -- what is left of it
        pieces.append(word)
    return pieces
