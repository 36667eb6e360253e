"""Everything for machines: data, feeds, sitemap, files for hosts. Site → bytes, without a clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from factsite.exporting import data, datafeed, dictionary, feeds, listindex, table, webannotations
from factsite.exporting.data import Frame
from factsite.site import Actor, Claim, Site
from factsite.views import Chrome
from factsite.writing.output import Output

COLLECTIONS = ("data/claims.json", "data/claims.csv", "data/claimreview.json", "data/annotations.jsonld")
"""Files with a line, or several, for each claim."""


def of_claim(site: Site, chrome: Chrome, claim: Claim) -> tuple[Output, dict[str, bytes]]:
    """The file beside its page, and its lines in the collections; they are empty where a collection leaves it out."""
    record = data.Recorder(site, chrome).claim(claim)
    encoded = data.line(record)
    is_in = data.is_collected(site.cards[claim.id], site)
    lines = (
        encoded if is_in else b"",
        table.line(record) if is_in else b"",
        datafeed.line(claim, chrome),
        webannotations.line(claim, chrome),
    )
    return data.of_claim(encoded, claim), dict(zip(COLLECTIONS, lines, strict=True))


def of_actor(site: Site, chrome: Chrome, actor: Actor) -> Iterator[Output]:
    """The files beside its page."""
    yield data.of_actor(site, chrome, actor)
    yield feeds.of_actor(site, chrome, actor)


def frame(site: Site, chrome: Chrome, path: str, lines: Iterable[bytes]) -> Frame:
    """What stands around these lines in a collection."""
    claims, csv, reviews, _ = COLLECTIONS
    if path == claims:
        return data.frame(data.Recorder(site, chrome).all_claims())
    if path == csv:
        return Frame(table.write([]), b"", b"")
    if path == reviews:
        return data.frame(datafeed.head(site, chrome))
    return data.frame(webannotations.head(lines, chrome))


def _of_claim(site: Site, chrome: Chrome, claim_id: str) -> Iterator[Output | Mapping[str, bytes]]:
    yield from of_claim(site, chrome, site.claims[claim_id])


OF_ENTRY: Mapping[str, Callable[[Site, Chrome, str], Iterable[Output | Mapping[str, bytes]]]] = {
    "claim": _of_claim,
    "actor": lambda site, chrome, actor: of_actor(site, chrome, site.actors[actor]),
    "source": lambda site, chrome, source: [data.of_source(site, chrome, site.sources[source])],
    "topic": lambda site, chrome, topic: [feeds.of_topic(site, chrome, site.topics[topic])],
}
"""The files beside the pages of one entry, by its kind; for claims, their lines in the collections too."""
OF_SITE: Mapping[str, Callable[[Site, Chrome], Iterable[Output]]] = {
    "home": lambda site, chrome: [feeds.of_site(site, chrome)],
    "overviews": lambda site, chrome: [feeds.of_corrections(site, chrome)],
    "claims": lambda site, _: [listindex.output(site)],
    "data": lambda _, chrome: dictionary.schemas(chrome.base_url),
}
"""Files about the site as a whole, by the pages that they go with."""
