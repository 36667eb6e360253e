"""Finding a quote in an article: normalised, in exactly one place, or not at all. Pure.

A quote matches *up to typography*: kinds of quotation marks and dashes, runs of white space, soft hyphens and
zero-width characters, ligatures and Unicode form. It does not match up to words: nothing is guessed, and what comes
close is only shown.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz import fuzz

Range = tuple[int, int]
Ranges = tuple[Range, ...]

GAP = re.compile(r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…)\s*")
"""Where a quote leaves words out: `…`, `[…]` or `[...]`. Three plain dots are matched as three plain dots."""
SINGLE_QUOTES = "‘’‚‛′ʹʼʻ`´"
DOUBLE_QUOTES = "“”„‟«»″"
DASHES = "‐‑‒–—―−⸺⸻"
REMOVED = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FOLDS = {
    **dict.fromkeys(SINGLE_QUOTES, "'"),
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(REMOVED, ""),
    "…": "...",
}
UNUSUAL = re.compile(r"\s{2,}|[^\S ]|''|-{2,3}|[^\x00-\x7f][^\x00-\x7f]*")
"""Everything that normalising may change; what lies between is copied as it is."""
CLUSTER = re.compile(r".[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u1ab0-\u1aff\u20d0-\u20ff\ufe20-\ufe2f]*", re.S)


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
    """The normal form that quotes and articles are compared in."""
    pieces: list[str] = []
    places, origins, fixed = [0], [0], [False]
    length = done = 0
    for start, end, replacement in _changes(text):
        between = text[done:start]
        if replacement == " " and (pieces and pieces[-1].endswith(" ")) and not between:
            replacement = ""
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
    for match in UNUSUAL.finditer(text):
        found = match[0]
        if found.isspace():
            yield match.start(), match.end(), " "
        elif found.isascii():
            yield match.start(), match.end(), '"' if found == "''" else "-"
        else:
            start = match.start()
            if start and unicodedata.combining(found[0]):
                start -= 1  # a mark belongs to the letter before it
            yield from _clusters(text, start, match.end())


def _clusters(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for cluster in CLUSTER.finditer(text, start, end):
        letters = "".join(FOLDS.get(letter, letter) for letter in cluster[0])
        normal = unicodedata.normalize("NFKC", letters)
        if normal.isspace():
            normal = " "
        if normal != cluster[0]:
            yield cluster.start(), cluster.end(), normal


def find(article: str, quote: str, before: str = "", after: str = "") -> list[Ranges]:
    """Every place of `article` where the quote stands, as the ranges of its pieces between gaps, in the article's offsets.

    `before` and `after` are the words directly before and after the quote. An empty list: it is not there.
    """
    folded = fold(article)
    pieces = [piece for piece in (fold(piece).text.strip() for piece in GAP.split(quote)) if piece]
    if not pieces:
        return []
    matches = _shortest(_matches(folded.text, pieces))
    if before:
        matches = [m for m in matches if folded.text[: m[0][0]].rstrip(" \"'").endswith(fold(before).text.strip(" \"'"))]
    if after:
        matches = [m for m in matches if folded.text[m[-1][1] :].lstrip(" \"'").startswith(fold(after).text.strip(" \"'"))]
    return [tuple((folded.origin(start), folded.end(end)) for start, end in match) for match in matches]


def _matches(text: str, pieces: list[str]) -> Iterator[Ranges]:
    """For each place of the first piece, the nearest places of the others behind it."""
    for first in _places(text, pieces[0], 0):
        ranges = [first]
        for piece in pieces[1:]:
            following = next(_places(text, piece, ranges[-1][1]), None)
            if following is None:
                return
            ranges.append(following)
        yield tuple(ranges)


def _shortest(matches: Iterator[Ranges]) -> list[Ranges]:
    """Of matches that end in the same place, the one that begins last."""
    by_end = {match[-1]: match for match in matches}
    return list(by_end.values())


def _places(text: str, piece: str, start: int) -> Iterator[Range]:
    """Where a piece stands as whole words, from `start`."""
    at = text.find(piece, start)
    while at >= 0:
        end = at + len(piece)
        if _is_border(text, at, -1) and _is_border(text, end, 1):
            yield at, end
        at = text.find(piece, at + 1)


def _is_border(text: str, place: int, outside: int) -> bool:
    """Whether a word or number may begin or end at `place`; `outside` is -1 where it begins and 1 where it ends."""
    if not 0 < place < len(text):
        return True
    inner, outer = (text[place], text[place - 1]) if outside < 0 else (text[place - 1], text[place])
    if outer in ".," and inner.isdigit():
        beyond = place + (1 if outside > 0 else -2)
        return not (0 <= beyond < len(text) and text[beyond].isdigit())
    return not (_is_word(inner) and _is_word(outer))


def _is_word(letter: str) -> bool:
    """Whether it is part of a word in a script that parts its words by spaces."""
    if letter.isascii():
        return letter.isalnum()
    return letter.isalnum() and not ("\u0e00" <= letter <= "\u0fff" or "\u1780" <= letter <= "\u17ff" or letter >= "\u2e80")


# --- what comes close ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that is not the quote, but like it."""

    passage: str
    differs: str
    """In words: what the article has and what the quote has."""
    start: int
    """Offset in the article."""


def closest(article: str, quote: str, most: int = 3) -> list[Near]:
    """The passages of the article most like the quote, best first."""
    wanted = fold(GAP.sub(" ", quote)).text.strip()
    candidates = []
    start = 0
    for paragraph in article.split("\n"):
        folded = fold(paragraph)
        found = fuzz.partial_ratio_alignment(wanted.lower(), folded.text.lower(), score_cutoff=45)
        if found and folded.text.strip():
            low, high = _whole_words(folded.text, found.dest_start, found.dest_end)
            candidates.append((found.score, start + folded.origin(low), folded.text[low:high]))
        start += len(paragraph) + 1
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
    return [Near(passage, difference(passage, wanted), at) for _, at, passage in candidates[:most]]


def _whole_words(text: str, start: int, end: int) -> Range:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def difference(article: str, quote: str) -> str:
    """What differs, word by word: `article “is”, quote “was”`."""
    theirs, ours = article.split(), quote.split()
    changes = []
    for kind, a, b, c, d in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        has, wants = " ".join(theirs[a:b]), " ".join(ours[c:d])
        if not has:
            changes.append(f"“{wants}” is not in the article")
        elif not wants:
            changes.append(f"the article also has “{has}”")
        else:
            changes.append(f"the article has “{has}”, the quote “{wants}”")
    return "; ".join(changes[:3]) or "only where words begin and end"
