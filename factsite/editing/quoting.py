"""A place in an article → the quote that finds it again, and no other place. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from factsite.editing import yamlwriter
from factsite.linking import quotes
from factsite.linking.quotes import Ranges

UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and the like: part of a web page's layout, not of its words."""
MOST_WORDS = 12
"""Words beside a quote that are tried to tell it from another one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What an editor writes to quote a place."""

    words: str
    before: str = ""
    after: str = ""
    """The words beside it, if it stands more than once."""

    def lines(self, article_id: str, indent: int = 2) -> list[str]:
        """An item of `appearances`, as lines without line ends."""
        found = yamlwriter.entry("article", article_id, indent, "- ")
        for key, text in (("quote", self.words), ("before", self.before), ("after", self.after)):
            found += yamlwriter.entry(key, text, indent + 2) if text else []
        return found


def quote(text: str, ranges: Ranges) -> Quote:
    """The quote of these ranges of an article's text; as close as possible if no words tell them apart."""
    words = " … ".join(_plain(text[start:end]) for start, end in ranges)
    if _finds(text, Quote(words), ranges):
        return Quote(words)
    return next((each for each in _beside(text, words, ranges) if _finds(text, each, ranges)), Quote(words))


def _beside(text: str, words: str, ranges: Ranges) -> Iterator[Quote]:
    """With more and more words before it, or after it, or both."""
    before, after = text[: ranges[0][0]].split(), text[ranges[-1][1] :].split()
    for count in range(1, MOST_WORDS + 1):
        left, right = _plain(" ".join(before[-count:])), _plain(" ".join(after[:count]))
        yield from (Quote(words, before=left), Quote(words, after=right), Quote(words, left, right))


def _finds(text: str, wanted: Quote, ranges: Ranges) -> bool:
    """Whether it is found once, and there. A quote with dots of the article's own may be found in more pieces."""
    found = quotes.find(text, wanted.words, wanted.before, wanted.after)
    return len(found) == 1 and (found[0][0][0], found[0][-1][1]) == (ranges[0][0], ranges[-1][1])


def _plain(words: str) -> str:
    """On one line, without what nobody sees. An ellipsis becomes three dots, because `…` stands for left out words."""
    return re.sub(r"\s+", " ", UNSEEN.sub("", words)).strip().replace("…", "...")
