"""From what is referred to, back to what refers to it. Pure: linked values in, maps of ids out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from factsite import mentions
from factsite.site import Actor, Article, Claim, Highlight, Source, Use

T = TypeVar("T")
ACTOR_LINK = re.compile(r"(?<=[(<:\s])actor:([a-z0-9-]+)")
"""A link to an actor in Markdown, as far as it can be told without parsing."""


def collect(
    claims: Mapping[str, Claim],
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
) -> dict[str, Any]:
    """The backlinks of `Site`, by the names of its fields. Withdrawn claims are left out of all of them."""
    public = [claim for claim in claims.values() if claim.status != "withdrawn"]
    names = mentions.index(actors.values())
    mentioned = {article.source.id: mentions.find(article.text, names) for article in articles.values()}
    return {
        "claims_by": _grouped((actor.id, claim.id) for claim in public for actor in claim.claimants),
        "claims_about": _grouped((actor.id, claim.id) for claim in public for actor in claim.about),
        "claims_naming": _grouped((name, claim.id) for claim in public for name in _named(claim) if name in actors),
        "claims_on": _grouped((topic.id, claim.id) for claim in public for topic in claim.topics),
        "claims_rated": _grouped((claim.rating.id, claim.id) for claim in public),
        "uses": _grouped((e.source.id, Use(claim.id, e)) for claim in public for e in claim.evidence),
        "appearing": _grouped((a.source.id, claim.id) for claim in public for a in claim.appearances),
        "highlights": _highlights(public),
        "mentions": mentioned,
        "mentioned_in": _grouped((m.actor, article) for article, found in mentioned.items() for m in found),
        "published_by": _grouped(
            (outlet.actor.id, source.id)
            for source in sources.values()
            for outlet in (source.publisher,)
            if outlet and outlet.actor
        ),
        "members": _grouped((m.actor, actor.id) for actor in actors.values() for m in actor.member_of),
    }


def _named(claim: Claim) -> Iterator[str]:
    """Actors that the reasoning links to, besides those who make the claim or whom it is about."""
    known = {actor.id for actor in (*claim.claimants, *claim.about)}
    for text in (claim.analysis, claim.would_change, *(evidence.note for evidence in claim.evidence)):
        if text and "actor:" in text:
            yield from (actor for actor in ACTOR_LINK.findall(text) if actor not in known)


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """Values by key, each once, in their order."""
    groups: dict[str, dict[T, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _highlights(claims: Iterable[Claim]) -> dict[str, tuple[Highlight, ...]]:
    """Checked passages and passages that serve as evidence, by article, in the order of its text."""
    found: dict[str, list[Highlight]] = {}
    for claim in claims:
        for shown, is_evidence in ((claim.appearances, False), (claim.evidence, True)):
            for item in shown:
                if item.passage:
                    highlight = Highlight(claim.id, item.passage.ranges, item.quote or "", item.stance, is_evidence)
                    found.setdefault(item.passage.article, []).append(highlight)
    return {
        article: tuple(sorted(highlights, key=lambda h: (h.ranges[0][0], -h.ranges[-1][1], h.claim, h.is_evidence)))
        for article, highlights in found.items()
    }
