"""A rendered page read back: bytes → what the audit needs to know of it. Pure, so it can be remembered by the bytes.

Nothing here knows how pages are made: the reader sees what a browser or a crawler would see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from factsite import markup
from factsite.faults import Fault

Attributes = dict[str, str | None]
Elements = list[tuple[LexborNode, Attributes]]

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
REFRESH = re.compile(r"^\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]")
"""An address in `srcset`; its commas stand between candidates or inside an address."""
CSS_ADDRESS = re.compile(r"""(?:url\(|@import)\s*(?:(["'])(.*?)\1|([^\s"')(;]+))""", re.IGNORECASE | re.DOTALL)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

SCRIPT_TYPES = frozenset({"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript"})
"""Values of a script's `type` that a browser acts on; anything else is a block of data."""
NAMING = frozenset({"canonical", "alternate", "author", "help", "license", "me", "next", "prev", "search"})
"""Relations of `<link>` that only name an address; every other one makes browsers fetch or connect."""
SOURCES = ("src", "poster", "data", "action", "formaction", "background", "manifest", "xlink:href")
"""Attributes whose address is fetched, or sent to."""
LISTS = {"srcset": CANDIDATE, "imagesrcset": CANDIDATE, "ping": re.compile(r"\S+")}
"""Attributes with several such addresses, and how to tell them apart."""
PICTURES = frozenset({"image", "use", "feimage"})
"""SVG elements that fetch their `href`."""
SHARED = frozenset({"og:url", "og:image", "twitter:image"})
"""Meta properties that hold an address."""
INLINE = frozenset({"style", "srcdoc"})
UNUSUAL = frozenset({*SOURCES, *LISTS, *INLINE})


class Facts(msgspec.Struct, frozen=True):
    """What a page says of itself and where it leads."""

    canonical: str = ""
    """Its address by its own account; empty if it gives none."""
    indexed: bool = True
    """Search engines may list it."""
    target: str = ""
    """Where it sends its readers at once, as written; empty for all but redirects."""
    ids: tuple[str, ...] = ()
    """In the order of the page."""
    links: tuple[str, ...] = ()
    """Addresses on this site that it refers to or fetches, as written, each once; without those on the page itself."""
    review: markup.Review | None = None
    """Its ClaimReview."""
    faults: tuple[Fault, ...] = ()
    """What is wrong with the page whatever the rest of the site is."""


def facts(content: bytes) -> Facts:
    """The facts of an HTML page."""
    return _Reader(LexborHTMLParser(content)).read()


def style_facts(content: bytes) -> Facts:
    """The facts of a stylesheet: what it fetches."""
    found = [a or b for _, a, b in CSS_ADDRESS.findall(CSS_COMMENT.sub("", content.decode(errors="replace")))]
    own = (url for url in found if not is_absolute(url) and not url.startswith("#"))
    return Facts(links=_unique(own), faults=tuple(_foreign("a stylesheet", url) for url in found if _leaves(url)))


def is_absolute(url: str) -> bool:
    """Whether an address names a scheme or a host."""
    return url.startswith("//") or SCHEME.match(url) is not None


class _Reader:
    """Reads one page. The elements are gone through once; what is rare is looked at only where it occurs."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self.tree = tree
        self.nodes = tree.css("*")
        self.attributes: list[Attributes] = [node.attributes for node in self.nodes]
        self.faults: list[Fault] = []
        self.links: list[str] = []
        self.meta: dict[str, str] = {}

    def read(self) -> Facts:
        self._metas()
        rels = self._hrefs()
        self._scripts()
        self._unusual()
        ids = [found for attributes in self.attributes if (found := attributes.get("id"))]
        self.faults += _repeated(ids)
        target = self.meta.get("refresh", "")
        canonical = rels.get("canonical", "")
        page = markup.Page(self._title(), self._headings(), self.meta.get("description", ""), canonical, self.tree, self.links)
        self.faults += _head(self.tree, page, is_redirect=bool(target))
        review, faults = markup.read([node.text() for node in self.tree.tags("script") if _is_json_ld(node)], page)
        self.faults += faults
        links = _unique(self._own_links([target, *self.links], canonical, set(ids)))
        indexed = "noindex" not in self.meta.get("robots", "")
        return Facts(canonical, indexed, target, tuple(ids), links, review, tuple(self.faults))
