"""A digest for everything that can be read of a site, without making it: of the files that it is made from.

What is read by itself often, a card or a list of ids, has a digest of its own content instead, so that a change of the
file that does not show there changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from factsite.linking.findings import Kept
from factsite.loading.entries import Records
from factsite.loading.outlines import ClaimOutline, SourceOutline
from factsite.remembering import memo
from factsite.remembering.memo import Digest
from factsite.remembering.trace import Digests
from factsite.site import Site
from factsite.working.lazy import Lazy

encode = msgspec.msgpack.Encoder().encode


def of(site: Site, records: Records, kept: Kept) -> Digests:
    """The digests of a site that was linked from these records."""
    own = _Fingerprints(site, records, kept)
    by_content: tuple[str, ...] = ("ratings", "topics", "pages", "cards", "standings", "mentions", "mentioned_in")
    by_content += ("published_by", "claims_by", "claims_about", "claims_naming", "claims_on", "claims_rated")
    by_content += ("concerning", "used_by", "appearing", "members")
    fields: dict[str, tuple[Mapping[str, Any], Callable[[str], Digest]]] = {
        name: (getattr(site, name), _of_content(getattr(site, name))) for name in by_content
    }
    fields["actors"] = (site.actors, own.actor)
    fields["sources"] = (site.sources, own.source)
    fields["articles"] = (site.articles, own.source)
    fields["claims"] = (site.claims, own.claim)
    fields["uses"] = (site.uses, own.uses)
    fields["highlights"] = (site.highlights, own.highlights)
    return Digests(fields)


def _of_content(mapping: Mapping[str, Any]) -> Callable[[str], Digest]:
    return lambda key: memo.joined(encode(mapping[key]))


class _Fingerprints:
    """The digests of linked values, from those of the files that they are made from."""

    def __init__(self, site: Site, records: Records, kept: Kept) -> None:
        self.site = site
        self.files = dict(records.found)
        self.documents = {**self.files["source"], **self.files["article"]}
        self.quotes = kept.quotes
        self._sources: dict[str, Digest] = {}
        self._claims: dict[str, Digest] = {}
        self._ratings = {key: memo.joined(encode(rating)) for key, rating in site.ratings.items()}
        self._topics = {key: memo.joined(encode(topic)) for key, topic in site.topics.items()}

    def actor(self, key: str) -> Digest:
        """An actor's own file."""
        return self.files["actor"][key].digest

    def source(self, key: str) -> Digest:
        """A source's file, and those of the actors that it names."""
        found = self._sources.get(key)
        if found is None:
            record = self.documents[key]
            outline = record.outline
            assert isinstance(outline, SourceOutline)
            named = (outline.publisher or "", outline.reposted_by or "", *outline.party_to)
            found = self._sources[key] = memo.joined(record.digest + self._actors(named))
        return found

    def _actors(self, keys: Iterable[str]) -> bytes:
        actors = self.files["actor"]
        return b"".join([actors[key].digest if key in actors else memo.ABSENT for key in keys])

    def claim(self, key: str) -> Digest:
        """A claim's file, and all that it holds."""
        found = self._claims.get(key)
        if found is None:
            record = self.files["claim"][key]
            outline = record.outline
            assert isinstance(outline, ClaimOutline)
            refs = outline.refs
            actors = self._actors(ref[6:] for ref in refs if ref.startswith("actor:"))
            settings = [self._ratings[ref[7:]] for ref in refs if ref.startswith("rating:")]
            settings += [self._topics[topic] for topic in outline.topics]
            documents = [self.source(source) for source, *_ in outline.places]
            documents += [self.source(source) for source, _ in outline.evidence]
            parts = (record.digest, self.quotes[key].key, actors, *settings, *documents)
            found = self._claims[key] = memo.joined(b"".join(parts))
        return found

    def uses(self, key: str) -> Digest:
        """The claims that rest on a source."""
        return self._of_claims(claim for claim, _ in _made_of(self.site.uses, key))

    def highlights(self, key: str) -> Digest:
        """The claims that quote from an article."""
        return self._of_claims(_made_of(self.site.highlights, key))

    def _of_claims(self, keys: Iterable[str]) -> Digest:
        return memo.joined(b"".join([self.claim(key) for key in keys]))


def _made_of(mapping: Mapping[str, Any], key: str) -> Any:
    assert isinstance(mapping, Lazy)
    return mapping.order[key]
