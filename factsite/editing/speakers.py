"""Who says a quoted passage of an article, where the article says it directly before or after. Pure.

Only what is certain counts: the passage stands in quotation marks, and right beside them stand an actor's name and a
verb of saying. In all other cases the words are the outlet's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factsite.linking.quotes import Ranges
from factsite.site import Article, Mention, Paragraph

MARKED = re.compile(r"“[^“”]*”|\"[^\"]*\"|«[^«»]*»")
"""A stretch in quotation marks."""
SAID = re.compile(
    r"\b(?:added|alleged|argued|asserted|claimed|declared|insisted|maintained|noted|observed|says|said|stated|told|tweeted"
    r"|warned|warns|writes|wrote)\b"
)
"""Verbs that put words into somebody's mouth, in English: in another language nobody is certain."""
APPOSITION = re.compile(r",[^,.;“”\"]{1,90},\s*")
"""`, head of foreign policy at the council,`"""


def speaker(article: Article, ranges: Ranges, mentions: Sequence[Mention]) -> str | None:
    """The id of the actor who says all of the passage; None if that is not certain."""
    found = _marked(article, ranges)
    return _beside(*found, mentions) if found else None


def is_quoted(article: Article, ranges: Ranges) -> bool:
    """Whether the passage stands in quotation marks: the article says that somebody says it."""
    return _marked(article, ranges) is not None


def is_reported(article: Article, ranges: Ranges) -> bool:
    """Whether the paragraphs of the passage may tell what somebody said, without quotation marks around it."""
    start, end = ranges[0][0], ranges[-1][1]
    touched = (p for p in article.paragraphs if p.start < end and start < p.start + len(p.text))
    return any(SAID.search(paragraph.text) for paragraph in touched)


def _marked(article: Article, ranges: Ranges) -> tuple[Paragraph, int, int] | None:
    """The paragraph, and where in it the quotation marks around the passage begin and end."""
    start, end = ranges[0][0], ranges[-1][1]
    for paragraph in article.paragraphs:
        low, high = start - paragraph.start, end - paragraph.start
        for marked in MARKED.finditer(paragraph.text):
            if marked.start() <= low and high <= marked.end():
                return paragraph, marked.start(), marked.end()
    return None


def _beside(paragraph: Paragraph, start: int, end: int, mentions: Sequence[Mention]) -> str | None:
    text, offset = paragraph.text, paragraph.start
    near = [mention for mention in mentions if offset <= mention.start and mention.end - offset <= len(text)]
    found = {
        mention.actor
        for mention in near
        if _follows(text[end:], mention.start - offset - end, mention.end - offset - end)
        or _leads(text[: mention.start - offset], text[mention.end - offset : start])
    }
    return found.pop() if len(found) == 1 else None


def _follows(text: str, start: int, end: int) -> bool:
    """`…” X said`, `…” X, the minister, said` or `…” said X`; `text` begins behind the quotation mark."""
    if start < 0:
        return False
    between, behind = text[:start].strip(" ,"), text[end:].lstrip()
    if not between:
        apposition = APPOSITION.match(behind)
        return SAID.match(behind[apposition.end() :] if apposition else behind) is not None
    return SAID.fullmatch(between) is not None


def _leads(before: str, between: str) -> bool:
    """`X said: “…`; the name begins the sentence, and the verb and little else stands between it and the quote."""
    begins = not before.strip() or before.rstrip().endswith((".", "”", '"', "?", "!"))
    said = SAID.match(between.lstrip())
    if not begins or said is None:
        return False
    return re.fullmatch(r"(?: that)?\s*[,:]?\s*", between.lstrip()[said.end() :]) is not None
