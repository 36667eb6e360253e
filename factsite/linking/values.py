"""Entries → the linked values of a site: what was written, with what it refers to by value. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from factsite import model
from factsite.linking import passages
from factsite.linking.findings import Quotes
from factsite.loading.entries import Entry
from factsite.loading.outlines import ClaimOutline
from factsite.site import (
    Actor,
    Appearance,
    Article,
    Card,
    Claim,
    Correction,
    Evidence,
    Membership,
    Name,
    Outlet,
    Passage,
    Rating,
    Response,
    Source,
    Standing,
    Topic,
)

Find = Callable[[str, str], Passage | None]
"""The passage of a quote, by its place in the claim (`evidence/2`) and the article that it should stand in."""


def actor(entry: Entry[model.Actor]) -> Actor:
    """An actor's own file; nothing else is needed."""
    data = entry.data
    return Actor(
        id=entry.id,
        origin=entry.path,
        name=data.name,
        kind=data.kind,
        short=data.short,
        names=tuple(Name(name.text, name.lang) for name in data.names),
        aliases=data.aliases,
        summary=data.summary,
        member_of=tuple(Membership(m.actor, m.role, m.since, m.until) for m in data.member_of),
        same_as=data.same_as,
        old_ids=data.old_ids,
    )


def source(entry: Entry[model.Source], actors: Mapping[str, Actor]) -> Source:
    """A source or article, with the actors that it names as far as `actors` knows them."""
    data = entry.data
    article = data if isinstance(data, model.Article) else None
    return Source(
        id=entry.id,
        origin=entry.path,
        title=data.title,
        publisher=_outlet(data.publisher, actors),
        author=data.author,
        type=data.type,
        published=data.published,
        url=data.url,
        archive_url=data.archive_url,
        accessed=data.accessed,
        language=data.language,
        summary=data.summary,
        party_to=tuple(actors[actor].link for actor in data.party_to if actor in actors),
        note=data.note,
        aliases=data.aliases,
        rights=article.rights if article else None,
        reposted_by=_outlet(article.reposted_by, actors) if article else None,
    )


def _outlet(name: str | None, actors: Mapping[str, Actor]) -> Outlet | None:
    if name is None:
        return None
    actor = actors.get(name)
    return Outlet(actor.name, actor.link) if actor else Outlet(name, None)


def claim(
    entry: Entry[model.Claim],
    ratings: Mapping[str, Rating],
    topics: Mapping[str, Topic],
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    quotes: Quotes,
) -> Claim:
    """A claim with everything that it refers to; `quotes` says where its quotes stand."""
    data = entry.data

    def passage(place: str, article_id: str) -> Passage | None:
        ranges = quotes.ranges.get(place)
        return passages.passage(articles[article_id], ranges) if ranges else None

    corrections = sorted(data.corrections, key=lambda correction: correction.date, reverse=True)
    return Claim(
        id=entry.id,
        origin=entry.path,
        text=data.claim,
        short=data.short or data.claim,
        rating=ratings[data.rating],
        verdict=data.verdict,
        kind=data.kind,
        claimants=tuple(actors[actor] for actor in data.claimants),
        about=tuple(actors[actor] for actor in data.about),
        topics=tuple(topics[topic] for topic in data.topics),
        made=data.made,
        appearances=tuple(_appearances(data, sources, passage)),
        evidence=tuple(_evidence(data, sources, passage)),
        analysis=data.analysis,
        would_change=data.would_change,
        checked=data.checked,
        reviewers=data.reviewers,
        status=data.status,
        responses=tuple(Response(actors[item.by].link, item.date, item.note) for item in data.responses),
        corrections=tuple(
            Correction(item.date, item.note, ratings[item.rating_was] if item.rating_was else None)
            for item in corrections
        ),
        related=data.related,
        aliases=data.aliases,
    )


def _appearances(claim: model.Claim, sources: Mapping[str, Source], passage: Find) -> Iterator[Appearance]:
    for index, item in enumerate(claim.appearances):
        found = passage(f"appearances/{index}", item.article or "")
        yield Appearance(sources[item.article or item.source or ""], item.quote, item.stance, item.locator, found)


def _evidence(claim: model.Claim, sources: Mapping[str, Source], passage: Find) -> Iterator[Evidence]:
    for index, item in enumerate(claim.evidence):
        found = passage(f"evidence/{index}", item.source)
        yield Evidence(index + 1, sources[item.source], item.stance, item.quote, item.note, item.locator, found)


def modified(outline: ClaimOutline) -> str:
    """Date of the last check or correction."""
    return max([outline.checked, *(date for date, _, _ in outline.corrections)])


def standing(claim_id: str, outline: ClaimOutline) -> Standing:
    """How the claim stands."""
    return Standing(claim_id, outline.status, modified(outline), outline.aliases)


def card(
    claim_id: str,
    origin: str,
    outline: ClaimOutline,
    ratings: Mapping[str, Rating],
    topics: Mapping[str, Topic],
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
) -> Card:
    """The claim as lists show it."""
    articles = dict.fromkeys(source for source, _, is_article in outline.places if is_article)
    return Card(
        id=claim_id,
        text=outline.text,
        rating=ratings[outline.rating],
        verdict=outline.verdict,
        claimants=tuple(actors[actor].link for actor in outline.claimants),
        about=tuple(actors[actor].link for actor in outline.about),
        topics=tuple(topics[topic].link for topic in outline.topics),
        articles=tuple(sources[article].link for article in articles),
        made=outline.made,
        checked=outline.checked,
        modified=modified(outline),
        status=outline.status,
        origin=origin,
        places=tuple((source, stance) for source, stance, _ in outline.places),
        corrections=tuple(
            Correction(date, note, ratings[was] if was else None) for date, note, was in outline.corrections
        ),
        aliases=outline.aliases,
    )
