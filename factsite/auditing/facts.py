"""A rendered page read back: bytes → what the audit needs to know of it. Pure, so it can be remembered by the bytes.

Nothing here knows how pages are made: this reader sees what a browser or a crawler would see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

import msgspec

from factsite.auditing import addresses, markup
from factsite.auditing.faults import Fault
from factsite.auditing.parsed import Parsed, value

SCRIPT_TYPES = frozenset({"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"})
"""Values of a script's `type` that a browser acts on; anything else is a block of data."""
INLINE = frozenset({"style", "srcdoc"})
"""Attributes that hold styles or scripts, besides those that begin with `on`."""


class Facts(msgspec.Struct, frozen=True):
    """What a page says of itself and where it leads."""

    canonical: str = ""
    """Its address by its own account; empty if it gives none."""
    indexed: bool = True
    """Search engines may list it."""
    target: str = ""
    """Where it sends its readers at once, as written; empty for all but redirects."""
    ids: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses of this site that it leads to or fetches, as written, each once; without those on the page itself."""
    review: markup.Review | None = None
    """Its ClaimReview."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the page whatever the rest of the site is."""


def facts(content: bytes) -> Facts:
    """The facts of an HTML page."""
    page = Parsed(content)
    found = addresses.of_page(page)
    review, claimed = markup.read(page, found)
    ids = [name for _, attributes in page.having("id") if (name := attributes["id"])]
    indexed = "noindex" not in page.meta.get("robots", "")
    near = dict.fromkeys(found.near)
    faults = [*found.faults, *_dead_anchors(near, ids), *_repeated(ids), *_inline(page), *claimed]
    faults += _head(page)
    if indexed and not found.canonical:
        faults.append(Fault("audit-canonical", "The page has no canonical address"))
    if not found.target:
        faults += _body(page)
    links = tuple([url for url in dict.fromkeys((*near, *found.own())) if url and url[0] != "#"])
    return Facts(found.canonical, indexed, found.target, tuple(ids), links, review, tuple(faults))


def stylesheet_facts(content: bytes) -> Facts:
    """The facts of a stylesheet: what it fetches."""
    found = addresses.of_stylesheet(content)
    return Facts(links=tuple(dict.fromkeys(found.near)), faults=tuple(found.faults))


# --- what is wrong with a page by itself -----------------------------------------------------------------------------


def _dead_anchors(links: Iterable[str], ids: Sequence[str]) -> Iterator[Fault]:
    known = {*ids, "", "top"}
    for url in links:
        if url[:1] == "#" and unquote(url[1:]) not in known:
            yield Fault("audit-dead-anchor", f"`{url}` leads to an id that its page does not have")


def _repeated(ids: Sequence[str]) -> Iterator[Fault]:
    if len(ids) > len(set(ids)):
        for text in (text for text, times in Counter(ids).items() if times > 1):
            yield Fault("audit-duplicate-id", f"The id `{text}` stands more than once on its page")


def _inline(page: Parsed) -> Iterator[Fault]:
    for attributes, text in page.scripts:
        if "src" not in attributes and value(attributes, "type").lower() in SCRIPT_TYPES:
            yield Fault("audit-inline", "There is a script in the page itself", _begin(text))
    for text in page.styles:
        yield Fault("audit-inline", "There is a style element in the page itself", _begin(text))
    for name in sorted([name for name in page.names if name in INLINE or name[:2] == "on"]):
        for tag, attributes in page.having(name):
            yield Fault("audit-inline", f"`<{tag}>` has the attribute `{name}`", _begin(value(attributes, name)))


def _begin(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"


def _head(page: Parsed) -> Iterator[Fault]:
    if not page.language:
        yield Fault("audit-language", "The page does not say its language")
    if not page.titles:
        yield Fault("audit-title", "The page has no title")
    elif not all(page.titles):
        yield Fault("audit-title", "The title is empty")
    elif len(page.titles) > 1:
        yield Fault("audit-title", "The page has more than one title", " | ".join(page.titles))


def _body(page: Parsed) -> Iterator[Fault]:
    if not page.headings:
        yield Fault("audit-heading", "The page has no h1")
    elif not all(page.headings):
        yield Fault("audit-heading", "The h1 is empty")
    elif len(page.headings) > 1:
        yield Fault("audit-heading", "The page has more than one h1", " | ".join(page.headings))
    if not page.meta.get("description"):
        yield Fault("audit-description", "The page has no meta description")
