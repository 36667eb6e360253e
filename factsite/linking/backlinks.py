"""From what is referred to, back to what refers to it. Pure: outlines in, maps of ids out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from factsite import urls
from factsite.linking.findings import Kept, Quotes
from factsite.loading.entries import Records
from factsite.loading.outlines import Appearance, ClaimOutline, Evidence, Record
from factsite.site import Actor, Article, Bearing, Highlight, Source, Use, text_order
from factsite.working.lazy import Lazy

T = TypeVar("T")
ONE_PAGE = 10
"""Values that are remembered of what is asked for by one page, with its twin and its feeds, and then no more; at most
twice as many."""


def collect(
    records: Records,
    claims: Iterable[str],
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    kept: Kept,
) -> dict[str, Any]:
    """The backlinks of `Site`, by the names of its fields. Withdrawn claims are left out of all of them."""
    outlines = [
        (key, outline) for key in claims if isinstance(outline := records.found["claim"][key].outline, ClaimOutline)
    ]
    public = [(key, claim) for key, claim in outlines if claim.status != "withdrawn"]
    documents = dict(records.sources())
    published = ((documents[source].publisher or "", source) for source in sources)
    known = dict(records.actors())
    using = grouped((source, (key, place)) for key, c in public for place, (source, _) in enumerate(c.evidence))
    quoting = grouped((source, key) for key, c in public for source in quoted(c) if source in articles)
    parts = _Parts(records.found["claim"], kept.quotes)
    mentions = {article: kept.named[article].mentions for article in articles}
    return {
        "claims_by": grouped((actor, key) for key, c in public for actor in c.claimants),
        "claims_about": grouped((actor, key) for key, c in public for actor in c.about),
        "claims_naming": grouped((actor, key) for key, c in public for actor in c.naming if actor in known),
        "claims_on": grouped((topic, key) for key, c in public for topic in c.topics),
        "concerning": grouped((path, key) for key, c in outlines for path in _concerned(c)),
        "claims_rated": grouped((c.rating, key) for key, c in public),
        "uses": Lazy(using, lambda source: tuple(parts.use(key, place) for key, place in using[source]), most=ONE_PAGE),
        "used_by": {source: tuple(dict.fromkeys(key for key, _ in using[source])) for source in using},
        "appearing": grouped((source, key) for key, c in public for source, _, _ in c.places),
        "highlights": Lazy(quoting, lambda article: parts.highlights(article, quoting[article]), most=ONE_PAGE),
        "mentions": mentions,
        "mentioned_in": grouped((m.actor, article) for article, found in mentions.items() for m in found),
        "published_by": grouped((actor, source) for actor, source in published if actor in known),
        "members": grouped((group, actor) for actor in actors for group in known[actor].member_of),
    }


def _concerned(claim: ClaimOutline) -> Iterable[str]:
    """The pages of whatever has a feed with the claim in it."""
    yield from (urls.page_path("topics", topic) for topic in claim.topics)
    yield from (urls.page_path("actors", actor) for actor in (*claim.claimants, *claim.about))


def quoted(claim: ClaimOutline) -> Iterable[str]:
    """Where a claim quotes from; not each of these texts need be on this site."""
    yield from (source for source, _, is_article in claim.places if is_article)
    yield from (source for source, has_quote in claim.evidence if has_quote)


def grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Values by key, each once, in their order."""
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in groups.items()}


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts of claims, each by itself: it takes a fraction of the time that the whole claim does."""

    records: Mapping[str, Record]
    quotes: Mapping[str, Quotes]

    def use(self, claim: str, place: int) -> Use:
        item = self.records[claim].passages().evidence[place]
        return Use(claim, Bearing(place + 1, item.stance, item.note, item.locator))

    def highlights(self, article: str, claims: Iterable[str]) -> tuple[Highlight, ...]:
        """Checked passages and passages that serve as evidence, in the order of the article's text."""
        found = [highlight for claim in claims for highlight in self._quoted(article, claim)]
        return tuple(sorted(found, key=lambda h: (text_order(h.ranges), h.claim, h.is_evidence)))

    def _quoted(self, article: str, claim: str) -> Iterator[Highlight]:
        passages = self.records[claim].passages()
        ranges = self.quotes[claim].ranges
        shown: dict[str, Sequence[Appearance | Evidence]]
        shown = {"appearances": passages.appearances, "evidence": passages.evidence}
        for name, items in shown.items():
            for index, item in enumerate(items):
                found = ranges.get(f"{name}/{index}")
                if found and (item.article or item.source) == article:
                    yield Highlight(claim, found, item.quote, item.stance, name == "evidence")
