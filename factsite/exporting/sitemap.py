"""`sitemap.xml` (https://www.sitemaps.org/protocol.html): the pages, with the dates of their content. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import escape

from factsite import urls
from factsite.exporting import data
from factsite.site import Site
from factsite.views import ClaimView, EmbedView, NotFoundView, Page, RedirectView
from factsite.writing.output import Output

LIMIT = 50_000
"""Addresses in one file, by the protocol."""
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LATER_PAGE = re.compile(r"[^/]+/page/\d+/")
"""Of the list of a section."""

Line = tuple[str, str | None]
"""Absolute address, and when it last changed as precisely as known."""


def outputs(site: Site, paths: Iterable[str], base_url: str) -> Iterator[Output]:
    """One file; beyond 50,000 addresses an index of several. `paths`: of the pages that are `listed`."""
    changed = _changed(site)
    lines = [(urls.absolute(base_url, path), changed_at(path, site, changed)) for path in paths]
    parts = [lines[start : start + LIMIT] for start in range(0, len(lines), LIMIT)]
    if len(parts) == 1:
        yield Output("sitemap.xml", _written("urlset", "url", parts[0]), "site.yaml")
        return
    index: list[Line] = []
    for number, part in enumerate(parts, start=1):
        path = f"sitemap-{number}.xml"
        index.append((urls.absolute(base_url, path), max((date for _, date in part if date), default=None)))
        yield Output(path, _written("urlset", "url", part), "site.yaml")
    yield Output("sitemap.xml", _written("sitemapindex", "sitemap", index), "site.yaml")


def is_listed(page: Page) -> bool:
    """Whether search engines are told of a page."""
    if isinstance(page.view, ClaimView):
        return page.view.claim.status != "draft"
    return not isinstance(page.view, NotFoundView | RedirectView | EmbedView)


def _changed(site: Site) -> Mapping[str, str]:
    """Date of the latest claim that each page shows, by the path of its entry; under "" of them all.

    Claims' own pages are not among them: they have the dates of their claims.
    """
    dates = {claim.id: claim.modified for claim in site.standings.values() if data.is_collected(claim, site)}
    shown: list[tuple[str, Iterable[str]]] = [("", dates), *site.concerning.items()]
    for named in (site.used_by, site.appearing):
        shown += ((urls.page_path("sources", source), claims) for source, claims in named.items())
    found: dict[str, str] = {}
    for path, claims in shown:
        latest = max((dates[claim] for claim in claims if claim in dates), default="")
        if latest > found.get(path, ""):
            found[path] = latest
    return found


def changed_at(path: str, site: Site, changed: Mapping[str, str]) -> str | None:
    """When a page last changed: with the claims on it; None if its content has no date."""
    section, _, rest = path.partition("/")
    entry_id, _, _ = rest.partition("/")
    if section in site.pages:
        return None
    if LATER_PAGE.fullmatch(path):  # and not of an entry that is called `page`
        return changed.get("")
    if section == "claims" and entry_id in site.standings:
        return site.standings[entry_id].modified
    entries: Mapping[str, Mapping[str, object]] = {
        "actors": site.actors,
        "sources": site.sources,
        "topics": site.topics,
    }
    if entry_id in entries.get(section, ()):
        return changed.get(urls.page_path(section, entry_id))
    return changed.get("")


def _written(root: str, item: str, lines: Sequence[Line]) -> bytes:
    inner = "".join(
        f"<{item}><loc>{escape(url)}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</{item}>\n"
        for url, date in lines
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n{inner}</{root}>\n'.encode()
