"""Where a page or stylesheet leads, and what it makes browsers fetch. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from factsite.auditing.faults import Fault
from factsite.auditing.parsed import Attributes, Parsed, value

HOST = re.compile(r"https?://[^/?#]*")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
REFRESH = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
CANDIDATE = re.compile(r"[^\s,]\S*[^\s,](?=[\s,]|$)(?:\s+[\d.]+[wxh])?")
"""An address in `srcset` with its descriptor; an address may have commas inside, but not at its ends."""
CSS_ADDRESS = re.compile(r"""(?:url\(|@import\s+(?!url\())\s*(?:"([^"]*)"|'([^']*)'|([^\s"')(;]+))""", re.IGNORECASE)
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

NAMING = frozenset({"canonical", "alternate", "author", "help", "license", "me", "next", "prev", "search"})
"""Relations of `<link>` that only name an address; every other one makes browsers fetch it or connect to it."""
PICTURES = frozenset({"image", "use", "feimage"})
"""SVG elements that fetch their `href`."""
SPECIAL = PICTURES | {"link", "base"}
"""Elements whose `href` is no link for readers."""
FETCHED = ("src", "poster", "data", "action", "formaction", "background", "manifest", "xlink:href")
"""Attributes whose address is fetched, or sent to."""
FETCHED_LISTS = {"srcset": CANDIDATE, "imagesrcset": CANDIDATE, "ping": re.compile(r"\S+")}
"""Attributes with several such addresses, and how to tell them apart."""
SHARED = ("og:url", "og:image", "twitter:image")
"""Meta properties that hold an address of the site."""


@dataclass(slots=True)
class Addresses:
    """What a page refers to."""

    near: list[str] = field(default_factory=list)
    """Relative addresses: on this site."""
    away: list[str] = field(default_factory=list)
    """Absolute ones that readers may follow."""
    canonical: str = ""
    """What the page says is its own; empty if it does not."""
    target: str = ""
    """Where it sends its readers at once; empty for all but redirects."""
    faults: list[Fault] = field(default_factory=list)

    def follow(self, url: str) -> None:
        """Takes in a link for readers or crawlers."""
        (self.away if is_absolute(url) else self.near).append(url)

    def fetch(self, url: str, what: str) -> None:
        """Takes in what browsers fetch by themselves, or send to."""
        if not is_absolute(url):
            self.near.append(url)
        elif url[:5].lower() != "data:":
            self.faults.append(Fault("audit-foreign-request", f"{what} makes a request to another host", url))

    def own(self) -> list[str]:
        """Absolute ones on the page's own host."""
        host = HOST.match(self.canonical)
        return [url for url in self.away if url.startswith(host[0])] if host else []


def is_absolute(url: str) -> bool:
    """Whether an address names a scheme or a host."""
    return url.startswith("//") or (":" in url and SCHEME.match(url) is not None)


def of_page(page: Parsed) -> Addresses:
    """The addresses of a page. Links, by far the most of them, are taken in here as `follow` does: calls cost more."""
    found = Addresses()
    for tag, attributes in page.having("href"):
        url = value(attributes, "href")
        if tag in SPECIAL:
            _special(found, tag, url, attributes)
        elif (":" not in url and url[:2] != "//") or not is_absolute(url):
            found.near.append(url)
        elif url[:11].lower() == "javascript:":
            found.faults.append(Fault("audit-inline", "There is script in an address", url))
        else:
            found.away.append(url)
    for tag, name, url in _fetched(page):
        found.fetch(url, f"`{name}` of `<{tag}>`")
    for name in SHARED:
        if name in page.meta:
            found.follow(page.meta[name])
    if refresh := REFRESH.match(page.meta.get("refresh", "")):
        found.target = refresh[1].strip()
        found.fetch(found.target, "The redirect")
    return found


def of_stylesheet(content: bytes) -> Addresses:
    """The addresses of a stylesheet."""
    found = Addresses()
    for groups in CSS_ADDRESS.findall(CSS_COMMENT.sub("", content.decode(errors="replace"))):
        found.fetch("".join(groups), "The stylesheet")
    return found


def _special(found: Addresses, tag: str, url: str, attributes: Attributes) -> None:
    if tag == "link":
        _link(found, url, value(attributes, "rel").lower().split())
    elif tag in PICTURES:
        found.fetch(url, f"`href` of `<{tag}>`")
    else:
        found.faults.append(Fault("audit-dead-link", "`<base>` bends every relative address of the page", url))


def _link(found: Addresses, url: str, relations: list[str]) -> None:
    if "canonical" in relations:
        found.canonical = url
    elif NAMING.issuperset(relations):
        found.follow(url)
    else:
        found.fetch(url, f"`<link rel={' '.join(relations)}>`")


def _fetched(page: Parsed) -> Iterator[tuple[str, str, str]]:
    """Element, attribute and address of all that is fetched, links apart."""
    for name in FETCHED:
        for tag, attributes in page.having(name):
            if (name, tag) != ("xlink:href", "a"):
                yield tag, name, value(attributes, name)
    for name, pattern in FETCHED_LISTS.items():
        for tag, attributes in page.having(name):
            for each in pattern.findall(value(attributes, name)):
                yield tag, name, each.split()[0]
