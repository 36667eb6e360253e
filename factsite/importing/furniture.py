"""What on a news page is the article and what is furniture: menus, share buttons, doubled text. Pure.

Nothing is lost: every block is either kept as it is or set aside with a reason. The rules know what furniture looks
like; in doubt, a whole sentence is kept and a fragment above or below the text is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from factsite.importing import datelines
from factsite.importing.pagewords import (
    BULLET,
    CREDIT,
    HONORIFIC,
    NAME,
    RELATED,
    byline_of,
    is_sentence,
    key_of,
    plain_name,
    reason_of,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or line of a page."""

    text: str
    kind: str = "p"
    """p, h2 to h6, li or blockquote."""
    reason: str = ""
    """Why it is furniture, if the page's markup says so."""
    trusted: bool = False
    """The markup says that it belongs to the article, such as a standfirst."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A piece that was set aside."""

    reason: str
    text: str


@dataclass(slots=True)
class Sifted:
    """A page, sorted out."""

    kept: list[Block]
    aside: list[Aside]
    title: str = ""
    author: str = ""
    dates: list[str] = field(default_factory=list)
    """The lines with dates that stand by themselves."""
    credit: str = ""
    """The agency named behind the last sentence."""
    doubts: list[str] = field(default_factory=list)
    """What was kept and might be furniture."""


DATED = frozenset({"date line", "byline", "newsletter"})
"""Pieces whose dates are those of the page."""


LABEL = 20
"""What may stand behind the words that make a heading, such as `Related posts from Riverside`."""


@dataclass(slots=True)
class _Page:
    """The blocks, and for each why it is set aside; empty while it is kept."""

    blocks: Sequence[Block]
    reasons: list[str]
    title: str
    author: str

    def kept(self) -> Iterator[tuple[int, Block]]:
        return ((n, block) for n, block in enumerate(self.blocks) if not self.reasons[n])


def sift(blocks: Sequence[Block], title: str = "", author: str = "") -> Sifted:
    """Sort the blocks of a page. Without a title, the headline above the text is taken for it."""
    page = _Page(blocks, [block.reason for block in blocks], title, author)
    for rule in (_lines, _headline, _bylines, _related, _doubled, _pull_quotes, _edges):
        rule(page)
    kept = [block for _, block in page.kept()]
    aside = [Aside(reason, block.text) for block, reason in zip(blocks, page.reasons, strict=True) if reason]
    dates = [each.text for each in aside if each.reason in DATED and datelines.find(each.text)]
    sifted = Sifted(kept, aside, page.title, page.author, dates)
    _split_credit(sifted)
    sifted.doubts += _doubts(sifted)
    return sifted


# --- rules -----------------------------------------------------------------------------------------------------------


def _lines(page: _Page) -> None:
    """Lines that are furniture by their words alone."""
    for number, block in page.kept():
        if not block.trusted:
            page.reasons[number] = reason_of(block.text)


def _headline(page: _Page) -> None:
    """The title, if it is not known; and its repetitions, alone and at the end of a breadcrumb."""
    above = list(_above(page))
    if not page.title:
        page.title = _title(above)
    key = key_of(page.title)
    if not key:
        return
    reason = "headline"
    for number, block in page.kept():
        own = key_of(block.text)
        if own == key:
            page.reasons[number], reason = reason, "repeated headline"
        elif own.endswith(key) and any(number == n for n, _ in above):
            page.reasons[number] = "breadcrumb"


def _above(page: _Page) -> Iterator[tuple[int, Block]]:
    """What stands above the first whole sentence."""
    for number, block in page.kept():
        if block.trusted or is_sentence(block.text):
            return
        yield number, block


def _title(above: Sequence[tuple[int, Block]]) -> str:
    """What is repeated above the text, or else the first line there that can be a headline."""
    texts = [BULLET.sub("", block.text) for _, block in above]
    keys = [key_of(text) for text in texts]
    for text, key in zip(texts, keys, strict=True):
        if len(key.split()) >= 2 and sum(other.endswith(key) for other in keys) >= 2:
            return text
    return next((text for text in texts if len(text.split()) >= 3 and not byline_of(text)), "")


def _bylines(page: _Page) -> None:
    for number, block in page.kept():
        name = byline_of(block.text)
        if name or (page.author and _is_name_of(block.text, page.author)):
            page.reasons[number] = "byline"
            page.author = page.author or plain_name(name)
            return


def _related(page: _Page) -> None:
    """Lists of other stories: their heading, and the fragments below it; or a single line that names another story."""
    inside = False
    for number, block in page.kept():
        heading = RELATED.match(block.text.strip(" []"))
        if heading and not is_sentence(block.text):
            inside = len(block.text) - heading.end() <= LABEL
            page.reasons[number] = "related links"
        elif inside and block.kind in {"p", "li"} and not is_sentence(block.text):
            page.reasons[number] = "related links"
        else:
            inside = False


def _doubled(page: _Page) -> None:
    """Paragraphs that stand there again."""
    seen: set[str] = set()
    for number, block in page.kept():
        key = key_of(block.text)
        if len(key) >= 40 and key in seen:
            page.reasons[number] = "doubled paragraph"
        seen.add(key)


def _pull_quotes(page: _Page) -> None:
    """Sentences of the article that are repeated as an eye-catcher, and the name below one."""
    kept = list(page.kept())
    keys = [key_of(block.text) for _, block in kept]
    for place, (number, _) in enumerate(kept):
        others = keys[:place] + keys[place + 1 :]
        follower = kept[place + 1] if place + 1 < len(kept) else None
        is_signed = follower is not None and _is_name_of(follower[1].text, page.author)
        if 5 <= len(keys[place].split()) <= 60 and (
            any(keys[place] in other for other in others) or (is_signed and _resembles(keys[place], others))
        ):
            page.reasons[number] = "pull quote"
            if follower and is_signed:
                page.reasons[follower[0]] = "pull quote"


def _is_name_of(text: str, author: str) -> bool:
    name = HONORIFIC.sub("", text.strip(" –—-"))
    return key_of(name) == key_of(author) if author else NAME.fullmatch(name) is not None


def _resembles(key: str, others: Sequence[str]) -> bool:
    """Whether most of its words stand in one sentence of another paragraph."""
    sentences = (sentence for other in others for sentence in re.split(r"(?<=[.!?]) ", other))
    return any(fuzz.token_set_ratio(key, sentence) >= 85 for sentence in sentences if len(sentence) >= 0.8 * len(key))


def _edges(page: _Page) -> None:
    """Fragments above the first and below the last whole sentence: captions, labels, links."""
    for number, _ in list(_above(page)):
        page.reasons[number] = "label above the text"
    below: list[int] = []
    for number, block in reversed(list(page.kept())):
        if block.trusted or is_sentence(block.text):
            if not (block.text.endswith(":") and below and page.blocks[below[-1]].kind == "li"):
                for each in below:
                    page.reasons[each] = "label below the text"
            return
        below.append(number)


def _split_credit(sifted: Sifted) -> None:
    """Cut an agency's name from the end of the text."""
    match = CREDIT.search(sifted.kept[-1].text) if sifted.kept else None
    if match:
        last = sifted.kept[-1]
        sifted.kept[-1] = replace(last, text=last.text[: match.start()])
        sifted.aside.append(Aside("agency credit", match["name"]))
        sifted.credit = match["name"]


def _doubts(sifted: Sifted) -> Iterator[str]:
    if sifted.kept and sifted.author:
        last = HONORIFIC.sub("", sifted.kept[-1].text)
        if key_of(last).startswith(key_of(sifted.author)) and " is " in last[:120]:
            yield "the last paragraph seems to be a note on the author"
    if any(each.reason == "paywall" for each in sifted.aside):
        yield "the page asks readers to subscribe: the text may be cut"
