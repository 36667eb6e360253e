"""A text in the normal form that quotes and articles are compared in, with the way back to each place. Pure.

The form levels out *typography*: kinds of quotation marks and dashes, runs of white space, soft hyphens and zero-width
characters, ligatures and Unicode form (NFC). It leaves alone what carries meaning, such as superscripts: 10⁶ is not
106.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

SINGLE_QUOTES = "‘’‚‛′ʹʼʻ`´\u1fef\u1ffd＇"
DOUBLE_QUOTES = "“”„‟«»″＂"
DASHES = "‐‑‒–—―−⸺⸻﹘﹣－"
REMOVED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FOLDS = {
    **dict.fromkeys(SINGLE_QUOTES, "'"),
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(REMOVED, ""),
    "…": "...",
}
LIGATURES = "\u0132\u0133\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06"
ARABIC_FORMS = "\ufb50-\ufbb1\ufbd3-\ufc5d\ufc64-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfb\ufe80-\ufefc"
FULL_WIDTH = "\uff01-\uff5e"
SHAPED = re.compile(f"[{LIGATURES}{ARABIC_FORMS}{FULL_WIDTH}]")
"""Letters that are only another shape of other letters: these are taken apart (NFKC), all else is not."""

UNUSUAL = re.compile(
    r"(?=[^!-&(-,./0-_a-~])(?! [!-~])(?:"  # most characters end here: letters, digits, a single space before one
    rf"[{REMOVED}]+\s[\s{REMOVED}]*|\s[\s{REMOVED}]+|[^\S ]"
    rf"|(?P<quotes>['{SINGLE_QUOTES}][{REMOVED}]*['{SINGLE_QUOTES}])"
    rf"|(?P<dashes>[-{DASHES}][-{DASHES}{REMOVED}]*[-{DASHES}])"
    rf"|[{SINGLE_QUOTES}{DASHES}]|(?P<other>[^\x00-\x7f\s{SINGLE_QUOTES}{DASHES}]+))"
)
"""Everything that normalising may change; what lies between is copied as it is."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in its normal form, with the way back."""

    text: str
    places: tuple[int, ...]
    """Positions in the normal form where its distance to the original changes, ascending, the first 0."""
    origins: tuple[int, ...]
    """The position in the original for each of them."""
    fixed: tuple[bool, ...]
    """Whether the stretch from there is one changed piece, whose characters all stand for its beginning."""
    length: int
    """Of the original."""

    def origin(self, place: int) -> int:
        """The original position of a position in the normal form."""
        index = bisect_right(self.places, place) - 1
        return self.origins[index] if self.fixed[index] else self.origins[index] + place - self.places[index]

    def end(self, place: int) -> int:
        """The original position behind the character before `place`, which must not be 0."""
        index = bisect_right(self.places, place - 1) - 1
        if not self.fixed[index]:
            return self.origins[index] + place - self.places[index]
        return self.origins[index + 1] if index + 1 < len(self.origins) else self.length


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """The normal form of a text."""
    pieces: list[str] = []
    places, origins, fixed = [0], [0], [False]
    length = done = 0
    for start, end, replacement in _changes(text):
        between = text[done:start]
        pieces += (between, replacement)
        length += len(between)
        if replacement:
            places.append(length)
            origins.append(start)
            fixed.append(True)
            length += len(replacement)
        places.append(length)
        origins.append(end)
        fixed.append(False)
        done = end
    pieces.append(text[done:])
    return Folded("".join(pieces), tuple(places), tuple(origins), tuple(fixed), len(text))


def _changes(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and normal form of every stretch that differs from its normal form."""
    done = 0
    for match in UNUSUAL.finditer(text):
        start, end = match.span()
        if match.lastgroup == "other":
            # A mark belongs to the letter before it, unless that one was changed already.
            base = start - 1 if start > done and _continues(text[start]) else start
            yield from _clusters(text, base, end)
        else:
            single = {"quotes": '"', "dashes": "-", None: FOLDS.get(match[0], " ")}
            yield start, end, single[match.lastgroup]
        done = end


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The letters of a stretch, each with its marks, that are not in normal form."""
    while start < end:
        behind = start + 1
        while behind < end and _continues(text[behind]):
            behind += 1
        normal = _normal(text[start:behind])
        if normal != text[start:behind]:
            yield start, behind, normal
        start = behind


@cache
def _continues(character: str) -> bool:
    """Whether it belongs to the letter before it: a mark, the rest of a Korean syllable, something invisible."""
    return character in REMOVED or unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


@lru_cache(maxsize=10_000)
def _normal(cluster: str) -> str:
    letters = SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), cluster)
    letters = unicodedata.normalize("NFC", letters.translate(dict.fromkeys(map(ord, REMOVED))))
    return "".join(FOLDS.get(letter, letter) for letter in letters)
