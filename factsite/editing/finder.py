"""Finding words in the articles: exactly, or what comes close; each place as a quote that is ready to paste. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from factsite.editing import quoting
from factsite.editing.quoting import Quote
from factsite.linking import passages, quotes
from factsite.linking.folding import fold
from factsite.linking.quotes import Ranges
from factsite.site import Article

NEAR = 3
"""Passages that are shown where nothing is exact."""
LEAST = 55
"""How much like the words they must be, in percent."""
WORSE = 15
"""How much less like them than the best they may be, in percent."""
EDGES = " .,;:!?()\"'"
"""What is not part of a passage at its ends, in folded text, if the words that are looked for do not have it there."""
AROUND = 60
"""Characters of the article shown on each side of a passage."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place in an article."""

    article_id: str
    path: str
    line: int
    context: str
    """The place in brackets, with the words around it."""
    quote: Quote
    differs: str = ""
    """In words, if it is not exactly what was looked for."""

    @property
    def lines(self) -> list[str]:
        """What an editor pastes below `appearances:`."""
        return self.quote.lines(self.article_id)


def find(articles: Iterable[Article], words: str) -> list[Hit]:
    """Every place of these words; if there is none, those that come closest, the best first."""
    searched = list(articles)
    exact = [_hit(article, ranges) for article in searched for ranges in quotes.find(article.text, words)]
    return exact or _closest(searched, words)


def _closest(articles: Iterable[Article], words: str) -> list[Hit]:
    wanted = fold(words).text.strip()
    scored = []
    for article in articles:
        for near in quotes.closest(article.text, words, NEAR):
            passage = _bared(near.passage, wanted)
            for ranges in _again(article, near, passage):
                hit = _hit(article, ranges, quotes.difference(passage, wanted))
                scored.append((fuzz.ratio(passage.lower(), wanted.lower()), hit))
    scored.sort(key=lambda each: (-each[0], each[1].path, each[1].line))
    return [hit for score, hit in scored[:NEAR] if score >= max(LEAST, scored[0][0] - WORSE)]


def _bared(passage: str, wanted: str) -> str:
    """Without the punctuation around it that is not wanted."""
    if wanted[:1] not in EDGES:
        passage = passage.lstrip(EDGES)
    return passage.rstrip(EDGES) if wanted[-1:] not in EDGES else passage


def _again(article: Article, near: quotes.Near, passage: str) -> Iterator[Ranges]:
    """The passage in the article's own characters."""
    reach = range(near.start, near.start + len(near.passage))
    return (ranges for ranges in quotes.find(article.text, passage) if ranges[0][0] in reach)


def _hit(article: Article, ranges: Ranges, differs: str = "") -> Hit:
    text, start, end = article.text, ranges[0][0], ranges[-1][1]
    before, after = _cut(text[max(0, start - AROUND) : start], -1), _cut(text[end : end + AROUND], 1)
    context = " ".join(f"{before}[{text[start:end]}]{after}".split())
    path, line = article.source.origin, passages.line_of(article, start)
    return Hit(article.source.id, path, line, context, quoting.quote(text, ranges), differs)


def _cut(text: str, side: int) -> str:
    """The words on one side of a passage, from or to the border of a paragraph or of a word."""
    if side < 0:
        words = text.rpartition("\n")[2]
        return words if len(words) < AROUND else "…" + words.partition(" ")[2]
    words = text.partition("\n")[0]
    return words if len(words) < AROUND else words.rpartition(" ")[0] + "…"


def text(hits: Iterable[Hit], prefix: str = "") -> str:
    """Each place with its words, and the lines to paste. `prefix` leads from the reader's folder to the site's root."""
    blocks = []
    for hit in hits:
        head = f"{PurePosixPath(prefix, hit.path)}:{hit.line}" + (f" ({hit.differs})" if hit.differs else "")
        blocks.append("\n".join([head, f"  {hit.context}", "", *hit.lines]))
    return "\n\n".join(blocks)
