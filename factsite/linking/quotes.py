"""Finding a quote in an article: normalised, in exactly one place, or not at all. Pure.

A quote matches up to typography (`folding`). It does not match up to words: nothing is guessed, and what comes close is
only shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from factsite.linking.folding import REMOVED, Folded, fold

Range = tuple[int, int]
Ranges = tuple[Range, ...]

GAP = re.compile(r"\s*(?:\[\s*(?:…|\.\s?\.\s?\.)\s*\]|…)\s*")
"""Where a quote leaves words out: `…`, `[…]` or `[...]`. Three plain dots are matched as three plain dots."""


def find(article: str, quote: str, before: str = "", after: str = "") -> list[Ranges]:
    """Every place of `article` where the quote stands: the ranges of its pieces between gaps, in the article's offsets.

    `before` and `after` are the words directly before and after the quote. An empty list: it is not there.
    """
    folded = fold(article)
    pieces = [piece for piece in (fold(piece).text.strip() for piece in GAP.split(quote)) if piece]
    if not pieces:
        return []
    matches = _shortest(_matches(folded.text, pieces))
    if before:
        matches = [match for match in matches if _ends_with(folded.text[: match[0][0]], fold(before).text)]
    if after:
        matches = [match for match in matches if _begins_with(folded.text[match[-1][1] :], fold(after).text)]
    return [tuple(_original(article, folded, place) for place in match) for match in matches]


def _original(article: str, folded: Folded, place: Range) -> Range:
    """A place of the normal form in the article, without invisible characters at its end."""
    start, end = folded.origin(place[0]), folded.end(place[1])
    return start, start + len(article[start:end].rstrip(REMOVED))


BESIDE = " \"'"
"""What may stand between a quote and the words beside it."""


def _ends_with(text: str, words: str) -> bool:
    text, words = text.rstrip(BESIDE), words.strip(BESIDE)
    return text.endswith(words) and _is_border(text, len(text) - len(words), -1)


def _begins_with(text: str, words: str) -> bool:
    text, words = text.lstrip(BESIDE), words.strip(BESIDE)
    return text.startswith(words) and _is_border(text, len(words), 1)


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
    beyond = text[place + 1 : place + 2] if outside > 0 else text[max(0, place - 2) : place - 1]
    if outer in ".," and inner.isdigit():
        return not beyond.isdigit()
    if outer == "'" and outside > 0:  # `can` is no word of `can't`, but `homme` is one of `l'homme`
        return not (_is_word(inner) and beyond.isalpha())
    return not (_is_word(inner) and _is_word(outer))


def _is_word(character: str) -> bool:
    """Whether it is part of a word in a script that parts its words by spaces."""
    if character.isascii():
        return character.isalnum()
    if "\u0e00" <= character <= "\u0fff" or "\u1780" <= character <= "\u17ff" or character >= "\u2e80":
        return False
    return character.isalnum() or unicodedata.combining(character) > 0


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
    """The passages of the article most like the quote, best first, at most one of each paragraph."""
    from rapidfuzz import fuzz  # only where a quote is wrong

    wanted = fold(GAP.sub(" ", quote)).text.strip()
    candidates = []
    start = 0
    for paragraph in article.split("\n"):
        folded = fold(paragraph)
        found = fuzz.partial_ratio_alignment(wanted.lower(), folded.text.lower(), score_cutoff=45)
        if wanted and found and folded.text.strip():
            low, high = _whole_words(folded.text, found.dest_start, found.dest_end)
            candidates.append((found.score, start, folded, low, high))
        start += len(paragraph) + 1
    candidates.sort(key=lambda candidate: (-candidate[0], candidate[1]))
    return [_near(start, folded, low, high, wanted) for _, start, folded, low, high in candidates[:most]]


def _near(start: int, folded: Folded, low: int, high: int, wanted: str) -> Near:
    low, high = _tightened(folded.text, low, high, wanted)
    passage = folded.text[low:high]
    if wanted[-1:].isalnum():
        passage = passage.rstrip(".,;:!?\"')]") or passage
    if wanted[:1].isalnum():
        bare = passage.lstrip("\"'([") or passage
        low, passage = low + len(passage) - len(bare), bare
    return Near(passage, difference(passage, wanted), start + folded.origin(low))


def _whole_words(text: str, start: int, end: int) -> Range:
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _tightened(text: str, start: int, end: int, wanted: str) -> Range:
    """Without the words at both ends that only make it less like what is wanted."""
    from rapidfuzz import fuzz

    score = fuzz.ratio(text[start:end], wanted)
    for _ in range(len(text)):
        words = text[start:end].split()
        if len(words) < 2:
            break
        shorter = [(text.index(words[1], start + len(words[0])), end), (start, text.rindex(words[-1], start, end))]
        low, high = max(shorter, key=lambda place: fuzz.ratio(text[place[0] : place[1]].strip(), wanted))
        better = fuzz.ratio(text[low:high].strip(), wanted)
        if better < score:
            break
        start, end, score = low, high, better
    return start, start + len(text[start:end].rstrip())


UNMARKED = str.maketrans("", "", "\"'")
"""Takes the quotation marks away from folded text."""


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
        elif has.translate(UNMARKED) == wants.translate(UNMARKED):
            changes.append(f"quotation marks or apostrophes: the article has `{has}`, the quote `{wants}`")
        else:
            changes.append(f"the article has “{has}”, the quote “{wants}”")
    return "; ".join(changes[:3]) or "only where words begin and end"
