"""Everything for machines: data, feeds, sitemap, files for hosts. Site → bytes, without a clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factsite import data, datafeed, dictionary, feeds, hosting, listindex, sitemap, table, webannotations
from factsite.output import Output
from factsite.pieces import Page
from factsite.site import Site


def exports(site: Site, pages: Sequence[Page], rendered: Sequence[Output]) -> Iterator[Output]:
    """All files besides pages and assets. `pages` are the site's, the home page first, and `rendered` their bytes.

    A file that a newsroom brings itself among its assets, such as its own `robots.txt`, stays as it is.
    """
    own = {output.path for output in rendered}
    return (output for output in _outputs(site, pages, rendered) if output.path not in own)


def _outputs(site: Site, pages: Sequence[Page], rendered: Sequence[Output]) -> Iterator[Output]:
    chrome = pages[0].view.site
    recorder = data.Recorder(site, chrome)
    claims = {claim.id: recorder.claim(claim) for claim in site.claims.values()}
    yield from data.outputs(recorder, claims)
    yield table.output(claims[claim.id] for claim in data.collected(site))
    yield datafeed.output(site, chrome)
    yield webannotations.output(site, chrome)
    yield from dictionary.schemas(chrome.base_url)
    yield listindex.output(site)
    yield from feeds.outputs(site, chrome)
    yield from sitemap.outputs(site, pages, chrome.base_url)
    yield from hosting.outputs(site, chrome.base_url, rendered)
