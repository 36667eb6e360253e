"""What linking needs of an entry, without its prose: enough for references, backlinks, cards and the order of lists.

It is made once for each version of a file and kept; the entry itself is only looked at by pages that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from factsite import model
from factsite.remembering.memo import Digest

ACTOR_LINK = re.compile(r"actor:(?<=[(<:\s]actor:)([a-z0-9-]+)")
"""A link to an actor in Markdown, as far as it can be told without parsing; the actor need not exist. What it
begins with stands first, so that `re` looks for that."""


class Outline(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Base of all outlines."""

    needs: str
    """`refs` as one text, parted by spaces: there are many of them, in each entry of a large site."""
    suspect: bool
    """The entry has to be looked at as a whole: something in it may be wrong, or was called otherwise before."""

    @property
    def refs(self) -> list[str]:
        """`kind:id` of everything that the entry refers to, in its fields and in its prose."""
        return self.needs.split(" ") if self.needs else []


class ClaimOutline(Outline, frozen=True, array_like=True, tag="claim"):
    """A claim."""

    text: str
    rating: str
    verdict: str
    status: model.Status
    made: str | None
    checked: str
    claimants: tuple[str, ...]
    about: tuple[str, ...]
    naming: tuple[str, ...]
    """Actors that the reasoning links to, besides those who make the claim or whom it is about."""
    topics: tuple[str, ...]
    aliases: tuple[str, ...]
    places: tuple[tuple[str, model.AppearanceStance, bool], ...]
    """Source, stance, and whether it is an article, of each appearance."""
    evidence: tuple[tuple[str, bool], ...]
    """Source of each piece of evidence, and whether it is quoted."""
    corrections: tuple[tuple[str, str, str | None], ...]
    """Date, note and former rating, newest first."""


class ActorOutline(Outline, frozen=True, array_like=True, tag="actor"):
    """An actor."""

    name: str
    short: str | None
    names: tuple[str, ...]
    """All names under which articles may mention it."""
    member_of: tuple[str, ...]
    old_ids: tuple[str, ...]

    @property
    def label(self) -> str:
        """The short name if it has one."""
        return self.short or self.name


class SourceOutline(Outline, frozen=True, array_like=True, tag="source"):
    """A source or an article."""

    title: str
    published: str | None
    publisher: str | None
    reposted_by: str | None
    url: str | None
    party_to: tuple[str, ...]
    aliases: tuple[str, ...]
    rights: model.Rights | None
    """None if the text is not here."""


class PageOutline(Outline, frozen=True, array_like=True, tag="page"):
    """A plain page."""


AnyOutline = ClaimOutline | ActorOutline | SourceOutline | PageOutline


def of(data: model.Written, refs: Sequence[str], *, suspect: bool) -> AnyOutline:
    """The outline of what was written. Former ids and claims without evidence make an entry suspect too."""
    needs = " ".join(refs)
    suspect = suspect or needs.count(" ") >= max(len(refs), 1)  # one that has a space in it is no id
    if isinstance(data, model.Claim):
        return _of_claim(data, needs, suspect=suspect or bool(data.aliases) or not data.evidence)
    if isinstance(data, model.Actor):
        return _of_actor(data, needs, suspect=suspect or bool(data.old_ids))
    if isinstance(data, model.Source):
        return _of_source(data, needs, suspect=suspect or bool(data.aliases))
    return PageOutline(needs, suspect)


def _of_claim(data: model.Claim, needs: str, *, suspect: bool) -> ClaimOutline:
    corrections = sorted(data.corrections, key=lambda correction: correction.date, reverse=True)
    return ClaimOutline(
        needs,
        suspect,
        data.claim,
        data.rating,
        data.verdict,
        data.status,
        data.made,
        data.checked,
        data.claimants,
        data.about,
        tuple(dict.fromkeys(_named(data))),
        data.topics,
        data.aliases,
        tuple((a.article or a.source or "", a.stance, a.article is not None) for a in data.appearances),
        tuple((e.source, e.quote is not None) for e in data.evidence),
        tuple((c.date, c.note, c.rating_was) for c in corrections),
    )


def _named(claim: model.Claim) -> Iterator[str]:
    known = {*claim.claimants, *claim.about}
    for text in (claim.analysis, claim.would_change, *(evidence.note for evidence in claim.evidence)):
        if text and "actor:" in text:
            yield from (actor for actor in ACTOR_LINK.findall(text) if actor not in known)


def _of_actor(data: model.Actor, needs: str, *, suspect: bool) -> ActorOutline:
    names = (data.name, data.short, *data.aliases, *(native.text for native in data.names))
    groups = tuple(membership.actor for membership in data.member_of)
    named = tuple(name for name in names if name)
    return ActorOutline(needs, suspect, data.name, data.short, named, groups, data.old_ids)


def _of_source(data: model.Source, needs: str, *, suspect: bool) -> SourceOutline:
    article = data if isinstance(data, model.Article) else None
    reposted_by = article.reposted_by if article else None
    # A publisher that looks like an id may be meant as one.
    suspect = suspect or any("-" in name for name in (data.publisher or "", reposted_by or ""))
    named = (data.title, data.published, data.publisher, reposted_by, data.url)
    return SourceOutline(needs, suspect, *named, data.party_to, data.aliases, article.rights if article else None)


class Quote(msgspec.Struct, frozen=True):
    """What may quote from an article."""

    article: str | None = None
    source: str | None = None
    quote: str = ""
    before: str = ""
    after: str = ""


class Appearance(Quote, frozen=True):
    """One place where a claim can be read."""

    stance: model.AppearanceStance = "asserts"


class Evidence(Quote, frozen=True, kw_only=True):
    """One document that bears on a claim."""

    stance: model.EvidenceStance
    note: str | None = None
    locator: str | None = None


class Passages(msgspec.Struct, frozen=True):
    """What of a claim says where it stands and what it rests on, without the rest of it."""

    appearances: tuple[Appearance, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Record(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a file of content.

    What is only to be decoded is a view of the bytes that the record itself was decoded from: many records share
    them, and so do the copies of this process.
    """

    digest: Digest
    """Of its path and its bytes."""
    data: memoryview
    """Its nested text as it was validated, as msgpack."""
    body: str
    """The Markdown below the front matter; empty for an article with which nothing is wrong: it has `paragraphs`."""
    body_line: int
    outline: AnyOutline
    problems: bytes
    """What is wrong with it though it could be read, as msgpack; empty if nothing is."""
    paragraphs: memoryview | None
    """An article's text, as msgpack; None for other files."""

    def passages(self) -> Passages:
        """What of a claim says where it stands and what it rests on."""
        return msgspec.msgpack.decode(self.data, type=Passages)

    def written(self) -> Any:
        """The nested text."""
        return msgspec.msgpack.decode(self.data)
