"""Quotes in their articles: each in exactly one place, or a problem that shows what comes close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from factsite.linking import quotes
from factsite.linking.quotes import Ranges
from factsite.problems import Keys, Problem
from factsite.site import Article, Part, Passage


def locate(
    articles: Mapping[str, Article], article_id: str, quote: str, before: str, after: str, path: str, keys: Keys
) -> Ranges | Problem:
    """Where a quote stands. `path` and `keys` say where it was written."""
    article = articles[article_id]
    found = quotes.find(article.text, quote, before, after)
    if len(found) == 1:
        return found[0]
    if found:
        return _ambiguous(article, found, path, (*keys, "quote"))
    if before or after:
        without = quotes.find(article.text, quote)
        if without:
            return _not_beside(article, without, path, (*keys, "before" if before else "after"))
    return _missing(articles, article, quote, path, (*keys, "quote"))


def passage(article: Article, ranges: Ranges) -> Passage:
    """The paragraphs that the ranges touch, split into what is quoted and what is not."""
    touched = []
    first, last = ranges[0][0], ranges[-1][1]
    for paragraph in article.paragraphs:
        start = paragraph.start
        if start >= last:
            break
        text = paragraph.text
        if start + len(text) <= first:
            continue
        inside = [
            (max(a - start, 0), min(b - start, len(text))) for a, b in ranges if a < start + len(text) and b > start
        ]
        if inside:
            touched.append(tuple(_parts(text, inside, only_quoted=article.source.rights == "link")))
    return Passage(article.source.id, ranges, tuple(touched))


def _parts(text: str, inside: list[tuple[int, int]], *, only_quoted: bool) -> Iterator[Part]:
    done = 0
    for start, end in inside:
        if start > done and not only_quoted:
            yield Part(text[done:start], quoted=False)
        yield Part(text[start:end], quoted=True)
        done = end
    if done < len(text) and not only_quoted:
        yield Part(text[done:], quoted=False)


def touched(article: Article, ranges: Ranges) -> Iterator[int]:
    """Places in the list of paragraphs, from 0, that the ranges touch."""
    for place, paragraph in enumerate(article.paragraphs):
        end = paragraph.start + len(paragraph.text)
        if any(a < end and b > paragraph.start for a, b in ranges):
            yield place


def line_of(article: Article, offset: int) -> int:
    """Line of the article's file on which the paragraph with this offset begins."""
    return next((p.line for p in reversed(article.paragraphs) if p.start <= offset), 1)


# --- what went wrong -------------------------------------------------------------------------------------------------


ROOM = 40
"""Characters shown on each side of a quote."""


def _place(article: Article, offset: int) -> str:
    return f"{article.source.origin}:{line_of(article, offset)}"


def _ambiguous(article: Article, found: list[Ranges], path: str, keys: Keys) -> Problem:
    notes = []
    for ranges in found:
        before, quoted, after = _around(article.text, ranges)
        notes.append(f"{_place(article, ranges[0][0])}: {before}[{quoted}]{after}")
    times = "twice" if len(found) == 2 else f"{len(found)} times"
    message = f"This quote stands {times} in `{article.source.id}`"
    expected = "`before:` or `after:` with the words beside the one that is meant, or a longer quote"
    return Problem("quote-ambiguous", message, path, keys, expected=expected, notes=tuple(notes[:5]))


def _not_beside(article: Article, without: list[Ranges], path: str, keys: Keys) -> Problem:
    notes = []
    for ranges in without:
        before, _, after = _around(article.text, ranges)
        notes.append(f"{_place(article, ranges[0][0])}: before it “{before.strip()}”, after it “{after.strip()}”")
    message = "The quote is in the article, but not beside these words"
    return Problem(
        "quote-context", message, path, keys, expected="the words directly beside the quote", notes=tuple(notes[:5])
    )


def _around(text: str, ranges: Ranges) -> tuple[str, str, str]:
    """The words before a quote, the quote and the words after it, on one line, cut between words."""
    start, end = ranges[0][0], ranges[-1][1]
    before, after = text[max(0, start - ROOM) : start], text[end : end + ROOM]
    if start > ROOM:
        before = "…" + before.partition(" ")[2]
    if len(text) > end + ROOM:
        after = after.rpartition(" ")[0] + "…"
    return before.replace("\n", " "), text[start:end].replace("\n", " "), after.replace("\n", " ")


def _missing(articles: Mapping[str, Article], article: Article, quote: str, path: str, keys: Keys) -> Problem:
    elsewhere = (other for other in articles.values() if other is not article and quotes.find(other.text, quote))
    notes = [f"it stands in `{other.source.id}`" for other in elsewhere]
    if not notes:
        close = quotes.closest(article.text, quote)
        notes = [f"{_place(article, near.start)}: “{near.passage}” ({near.differs})" for near in close]
    message = f"This quote is not in `{article.source.id}`"
    expected = "words exactly as they stand in the article; `…` where some are left out"
    return Problem("quote-not-found", message, path, keys, expected=expected, notes=tuple(notes))
