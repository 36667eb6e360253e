"""Site → records → JSON: a file beside each claim, actor and source page, and one with all claims. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from factsite import urls
from factsite.exporting import records
from factsite.site import (
    Actor,
    Appearance,
    Card,
    Claim,
    Correction,
    Evidence,
    Membership,
    Rating,
    Site,
    Source,
    Standing,
)
from factsite.views import Chrome
from factsite.writing.output import Output

OWN_LINK = re.compile(
    rf"(\]\(\s*<?|\]:\s*<?|<)((?:{'|'.join(urls.LINK_SCHEMES)}):[a-z0-9-]+(?:#[^\s)>]*)?)(?=[\s)>]|$)"
)
"""Targets of Markdown links to other pages of the site: `[the MEK](actor:mek)`, `<actor:mek>`, `[1]: actor:mek`."""


def collected(site: Site) -> list[Card]:
    """Claims that collections hold, the latest checked first: not those withdrawn, and drafts in the preview only."""
    return [card for card in site.cards.values() if is_collected(card, site)]


def is_collected(card: Card | Standing, site: Site) -> bool:
    """Whether collections hold the claim."""
    return card.status == "published" or (card.status == "draft" and site.preview)


def latest(site: Site) -> str | None:
    """Date of the last check or correction; None without claims."""
    return max((claim.modified for claim in site.standings.values()), default=None)


def timestamp(date: str) -> str:
    """The first moment of a partial date, after RFC 3339: `2018-01` → `2018-01-01T00:00:00Z`."""
    return f"{(date + '-01-01')[:10]}T00:00:00Z"


@dataclass(frozen=True)
class Recorder:
    """Turns the values of a site into records."""

    site: Site
    chrome: Chrome

    def claim(self, claim: Claim) -> records.ClaimRecord:
        """A claim with everything that its file says."""
        return records.ClaimRecord(
            id=claim.id,
            url=self._url(claim.path),
            status=claim.status,
            claim=claim.text,
            short=claim.short,
            rating=self._rating(claim.rating),
            verdict=claim.verdict,
            kind=claim.kind,
            claimants=tuple(map(self._actor_ref, claim.claimants)),
            about=tuple(map(self._actor_ref, claim.about)),
            topics=tuple(records.TopicRef(t.id, self._url(t.path), t.label) for t in claim.topics),
            made=claim.made,
            checked=claim.checked,
            modified=claim.modified,
            reviewers=claim.reviewers,
            appearances=tuple(map(self._appearance, claim.appearances)),
            evidence=tuple(map(self._evidence, claim.evidence)),
            analysis=self._prose(claim.analysis),
            would_change=self._prose(claim.would_change),
            responses=tuple(
                records.ResponseRecord(self._actor(answer.by.id), answer.date, self.prose(answer.note))
                for answer in claim.responses
            ),
            corrections=tuple(map(self._correction, claim.corrections)),
            related=self._claims_of(claim.related),
            aliases=claim.aliases,
        )

    def actor(self, actor: Actor) -> records.ActorRecord:
        """An actor with the claims by it and about it."""
        site = self.site
        members = ((member, tie) for member in site.members.get(actor.id, ()) for tie in site.actors[member].member_of)
        return records.ActorRecord(
            id=actor.id,
            url=self._url(actor.path),
            name=actor.name,
            kind=actor.kind,
            short=actor.short,
            names=tuple(records.NameRecord(name.text, name.lang) for name in actor.names),
            aliases=actor.aliases,
            summary=self._prose(actor.summary),
            member_of=tuple(self._membership(tie.actor, tie) for tie in actor.member_of),
            members=tuple(self._membership(member, tie) for member, tie in members if tie.actor == actor.id),
            same_as=actor.same_as,
            claims_by=self._claims_of(site.claims_by.get(actor.id, ())),
            claims_about=self._claims_of(site.claims_about.get(actor.id, ())),
            documents=self._sources(site.published_by.get(actor.id, ())),
            mentioned_in=self._sources(site.mentioned_in.get(actor.id, ())),
            old_ids=actor.old_ids,
        )

    def source(self, source: Source) -> records.SourceRecord:
        """A source with the claims that rest on it."""
        uses = [
            (use.evidence, claim) for use in self.site.uses.get(source.id, ()) for claim in self._claims_of([use.claim])
        ]
        return records.SourceRecord(
            id=source.id,
            url=self._url(source.path),
            title=source.title,
            publisher=source.publisher.name if source.publisher else None,
            publisher_id=source.publisher.actor.id if source.publisher and source.publisher.actor else None,
            author=source.author,
            type=source.type,
            published=source.published,
            original_url=source.url,
            archive_url=source.archive_url,
            accessed=source.accessed,
            language=source.language,
            summary=self._prose(source.summary),
            party_to=tuple(self._actor(party.id) for party in source.party_to),
            note=self._prose(source.note),
            rights=source.rights,
            reposted_by=source.reposted_by.name if source.reposted_by else None,
            evidence_for=tuple(records.UseRecord(claim, evidence.number, evidence.stance) for evidence, claim in uses),
            appearing=self._claims_of(self.site.appearing.get(source.id, ())),
            aliases=source.aliases,
        )

    def prose(self, text: str) -> str:
        """Markdown whose links to other pages of the site are complete addresses."""
        if "]" not in text and "<" not in text:
            return text
        return OWN_LINK.sub(lambda found: found[1] + self._url(urls.internal_path(found[2]) or ""), text)

    def _prose(self, text: str | None) -> str | None:
        return None if text is None else self.prose(text)

    def _url(self, path: str) -> str:
        return urls.absolute(self.chrome.base_url, path)

    def _actor(self, actor_id: str) -> records.ActorRef:
        return self._actor_ref(self.site.actors[actor_id])

    def _actor_ref(self, actor: Actor) -> records.ActorRef:
        return records.ActorRef(actor.id, self._url(actor.path), actor.name)

    def _rating(self, rating: Rating) -> records.RatingRecord:
        on_scale = rating.value is not None
        best, worst = (self.chrome.best_rating, self.chrome.worst_rating) if on_scale else (None, None)
        return records.RatingRecord(rating.id, rating.label, rating.meaning, rating.value, best, worst)

    def _claim_ref(self, card: Card) -> records.ClaimRef:
        return records.ClaimRef(card.id, self._url(card.path), card.text, card.rating.id)

    def _claims_of(self, claim_ids: Iterable[str]) -> tuple[records.ClaimRef, ...]:
        found = (self.site.cards.get(claim_id) for claim_id in claim_ids)
        return tuple(self._claim_ref(card) for card in found if card and is_collected(card, self.site))

    def _sources(self, source_ids: Iterable[str]) -> tuple[records.SourceRef, ...]:
        return tuple(self._source_ref(self.site.sources[source_id]) for source_id in source_ids)

    def _source_ref(self, source: Source) -> records.SourceRef:
        return records.SourceRef(
            id=source.id,
            url=self._url(source.path),
            title=source.title,
            publisher=source.publisher.name if source.publisher else None,
            type=source.type,
            published=source.published,
            original_url=source.url,
            archive_url=source.archive_url,
            party_to=tuple(party.id for party in source.party_to),
        )

    def _membership(self, actor_id: str, tie: Membership) -> records.MembershipRecord:
        return records.MembershipRecord(self._actor(actor_id), tie.role, tie.since, tie.until)

    def _appearance(self, item: Appearance) -> records.AppearanceRecord:
        exact = item.passage.exact if item.passage else None
        return records.AppearanceRecord(self._source_ref(item.source), item.stance, item.quote, exact, item.locator)

    def _evidence(self, item: Evidence) -> records.EvidenceRecord:
        exact = item.passage.exact if item.passage else None
        source, note = self._source_ref(item.source), self._prose(item.note)
        return records.EvidenceRecord(item.number, source, item.stance, item.quote, exact, note, item.locator)

    def _correction(self, correction: Correction) -> records.CorrectionRecord:
        was = correction.rating_was.id if correction.rating_was else None
        return records.CorrectionRecord(correction.date, self.prose(correction.note), was)

    def all_claims(self) -> records.ClaimsRecord:
        """What the file of all claims says of them as a whole, still without claims."""
        chrome = self.chrome
        licence = records.LicenceRecord(chrome.licence.name, chrome.licence.url) if chrome.licence else None
        return records.ClaimsRecord(
            title=chrome.title,
            description=chrome.description,
            url=chrome.base_url,
            schema=self._url("data/claims.schema.json"),
            language=chrome.language,
            modified=latest(self.site),
            publisher=records.OwnerRecord(chrome.publisher.name, chrome.publisher.url),
            licence=licence,
            ratings=tuple(map(self._rating, self.site.ratings.values())),
            claims=(),
        )


def of_claim(record: bytes, claim: Claim) -> Output:
    """The file beside a claim's page, of its record on one `line`."""
    return Output(claim.path + "index.json", indented(record), claim.origin)


def of_actor(site: Site, chrome: Chrome, actor: Actor) -> Output:
    """The file beside an actor's page."""
    return Output(actor.path + "index.json", encoded(Recorder(site, chrome).actor(actor)), actor.origin)


def of_source(site: Site, chrome: Chrome, source: Source) -> Output:
    """The file beside the page of a source."""
    return Output(source.path + "index.json", encoded(Recorder(site, chrome).source(source)), source.origin)


def encoded(value: object) -> bytes:
    """JSON as a file by itself."""
    return indented(line(value))


def indented(encoded: bytes) -> bytes:
    """The same, indented so that people can read it and archives can compare it line by line."""
    return msgspec.json.format(encoded, indent=2) + b"\n"


def line(item: object) -> bytes:
    """JSON on one line."""
    return msgspec.json.encode(item)


class Frame(NamedTuple):
    """What stands around the lines of a collection."""

    before: bytes
    between: bytes
    after: bytes

    def around(self, lines: Iterable[bytes]) -> bytes:
        """The whole of it; empty lines are left out."""
        return self.before + self.between.join(filter(None, lines)) + self.after


def frame(head: object) -> Frame:
    """JSON with one item on a line, for long lists. `head` is what holds them, with an empty list as its last value."""
    before, _, after = msgspec.json.encode(head).rpartition(b"[]")
    return Frame(before + b"[\n", b",\n", b"\n]" + after + b"\n")
