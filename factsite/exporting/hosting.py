"""Files that hosts and robots read: `_headers` and `_redirects` (Netlify, Cloudflare Pages), `CNAME` and `.nojekyll`
(GitHub Pages), `robots.txt`. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping

from factsite import urls
from factsite.site import Site
from factsite.writing.output import Output

POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "browsing-topics=(), camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOR_EVER = "public, max-age=31536000, immutable"
"""For files whose name changes with their content."""
TYPES = {
    "/feed.xml": "application/atom+xml; charset=utf-8",
    "/corrections.xml": "application/atom+xml; charset=utf-8",
    "/data/annotations.jsonld": "application/ld+json; charset=utf-8",
}
"""Types of files that hosts do not tell from the ending."""
FRAMED = "embed"
"""The one section that other sites may show in a frame."""
OPEN = ("claims", "actors", "sources", "data")
"""Sections with data that scripts of other sites may fetch."""
MOVING = {
    "claims": ("", "index.json"),
    "actors": ("", "index.json", "feed.xml"),
    "sources": ("", "index.json"),
    "embed": ("",),
}
"""The page and the files beside it that move with an entry, by section. One rule for each: hosts allow few patterns."""

Headers = Mapping[str, str]


def outputs(site: Site, base_url: str, found: Mapping[str, str]) -> Iterator[Output]:
    """The files for hosts. `found`: the `policies` of the pages, which the headers repeat."""
    yield Output("_headers", headers(found), "site.yaml")
    if moved := redirects(site, base_url):
        yield Output("_redirects", moved, "site.yaml")
    if site.settings.cname:
        yield Output("CNAME", f"{site.settings.cname}\n".encode(), "site.yaml")
    yield Output(".nojekyll", b"", "site.yaml")
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {urls.absolute(base_url, 'sitemap.xml')}\n"
    yield Output("robots.txt", robots.encode(), "site.yaml")


def policy(content: bytes) -> str:
    """The content security policy that a page states; empty without one."""
    meta = POLICY.search(content)
    return html.unescape(meta[1].decode()) if meta else ""


def by_section(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The policies of files that state one, the first for each folder of the root."""
    found: dict[str, str] = {}
    for path, stated in pages:
        folder, slash, _ = path.rpartition("/")
        section = folder.partition("/")[0] if slash else path.removesuffix("index.html")
        if stated:
            found.setdefault(section, stated)
    return found


def headers(found: Mapping[str, str]) -> bytes:
    """The `_headers` file for these policies.

    Hosts join what several matching rules say of one header, and browsers enforce every policy that is joined. So a
    policy stands in one rule for each section, never in a rule for all. Paths are those below the folder that is
    published, where alone the file is read: they do not begin with the folder of the base URL.
    """
    rules: dict[str, Headers] = {"/*": EVERYWHERE, "/assets/*": {"Cache-Control": FOR_EVER}}
    for section in sorted({*found, *OPEN}):
        pattern = f"/{section}/*" if section and not section.endswith(".html") else f"/{section}"
        rules[pattern] = dict(_section(section, found.get(section, "")))
    for path, media_type in TYPES.items():
        rules[path] = {"Content-Type": media_type}
    lines = []
    for pattern, inner in rules.items():
        lines += [pattern, *(f"  {name}: {text}" for name, text in inner.items())]
    return ("\n".join(lines) + "\n").encode()


def _section(section: str, policy: str) -> Iterator[tuple[str, str]]:
    if policy:
        yield "Content-Security-Policy", policy if section == FRAMED else f"{policy}; frame-ancestors 'none'"
    if section in OPEN:
        yield "Access-Control-Allow-Origin", "*"


def redirects(site: Site, base_url: str) -> bytes:
    """The `_redirects` file: former addresses of entries and of their cards; empty if nothing has moved."""
    claims = [(old, claim.id) for claim in site.standings.values() for old in claim.aliases]
    moved = [(section, old, new) for section in ("claims", "embed") for old, new in claims]
    moved += [("actors", old, actor.id) for actor in site.actors.values() for old in actor.old_ids]
    moved += [("sources", old, source.id) for source in site.sources.values() for old in source.aliases]
    base = urls.base_path(base_url)
    lines = [
        f"/{section}/{old}/{name} {base}{section}/{new}/{name} 301\n"
        for section, old, new in moved
        for name in MOVING[section]
    ]
    return "".join(lines).encode()
