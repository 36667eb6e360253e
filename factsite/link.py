"""Drafts out, references resolved, quotes located, backlinks built: entries → one frozen `Site`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from factsite import backlinks, markdown, model, passages, references
from factsite.load import Content, Entry
from factsite.problems import Keys, Problem, Problems
from factsite.site import (
    Actor,
    Appearance,
    Article,
    Card,
    Claim,
    Correction,
    Evidence,
    Link,
    Membership,
    Name,
    Outlet,
    Passage,
    PlainPage,
    Rating,
    Response,
    Site,
    Source,
    Topic,
)

Located = dict[tuple[str, str, int], Passage]
"""Passages by claim id, `appearances` or `evidence`, and place in that list."""


def link(content: Content, problems: Problems, *, drafts: bool = False, preview: bool = False) -> Site | None:
    """The linked site; None if something in it points at nothing, which is then among the problems."""
    settings = content.settings
    if settings is None:
        return None
    ids = references.collect(content, with_drafts=drafts)
    content = content if drafts else _published(content)
    found = list(references.check(content, ids))
    problems.extend(found)
    actors = _actors(content)
    sources = _sources(content, actors, complete=_known_actors(found))
    articles = _articles(content, sources)
    located = _locate(content, articles, problems)
    if problems.fatal():
        return None
    return _site(content, settings, actors, sources, articles, located, preview=preview)


def unlinked(content: Content) -> tuple[dict[str, Actor], dict[str, Article]]:
    """Actors and the texts of articles by themselves, for looking things up in content that may have mistakes."""
    return _actors(content), _articles(content, _sources(content, {}, complete=False))


def _published(content: Content) -> Content:
    """Without drafts: what follows never sees them."""
    public = {key: entry for key, entry in content.claims.items() if entry.data.status != "draft"}
    return replace(content, claims=public)


def _known_actors(found: Iterable[Problem]) -> bool:
    """Whether every actor that a source names exists."""
    return not any(problem.code == "unknown-actor" and problem.severity == "error" for problem in found)


def _site(
    content: Content,
    settings: model.Settings,
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    located: Located,
    *,
    preview: bool,
) -> Site:
    ratings = {
        r.id: Rating(r.id, r.label, r.meaning, r.tone, r.value, r.reviewable, place)
        for place, r in enumerate(settings.ratings)
    }
    topics = {topic.id: Topic(topic.id, topic.label, topic.description) for topic in settings.topics}
    linked = [_claim(entry, ratings, topics, actors, sources, located) for entry in content.claims.values()]
    linked.sort(key=lambda claim: claim.id)
    linked.sort(key=lambda claim: claim.checked, reverse=True)
    claims = {claim.id: claim for claim in linked}
    return Site(
        settings=settings,
        preview=preview,
        ratings=ratings,
        topics=topics,
        actors=actors,
        sources=sources,
        articles=articles,
        claims=claims,
        cards={claim.id: card(claim) for claim in linked},
        pages={e.id: PlainPage(e.id, e.path, e.data.title, e.data.summary, e.body) for e in content.pages.values()},
        **backlinks.collect(claims, actors, sources, articles),
    )


# --- actors, sources, articles ---------------------------------------------------------------------------------------


def _actors(content: Content) -> dict[str, Actor]:
    found = [_actor(entry) for entry in content.actors.values()]
    return {actor.id: actor for actor in sorted(found, key=lambda actor: (actor.name.casefold(), actor.id))}


def _actor(entry: Entry[model.Actor]) -> Actor:
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


def _sources(content: Content, actors: Mapping[str, Actor], *, complete: bool) -> dict[str, Source]:
    """Sources and articles, newest first. `complete`: every actor that is named exists; if not, none is linked."""
    known = actors if complete else {}
    entries: list[Entry[model.Source]] = [*content.sources.values(), *content.articles.values()]
    found = [_source(entry, known) for entry in entries]
    found.sort(key=lambda source: (source.title.casefold(), source.id))
    found.sort(key=lambda source: source.published or "", reverse=True)
    return {source.id: source for source in found}


def _source(entry: Entry[model.Source], actors: Mapping[str, Actor]) -> Source:
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


def _articles(content: Content, sources: Mapping[str, Source]) -> dict[str, Article]:
    return {
        source.id: Article(source, markdown.paragraphs(entry.body, entry.body_line))
        for source in sources.values()
        if (entry := content.articles.get(source.id))
    }


# --- claims ----------------------------------------------------------------------------------------------------------


def _locate(content: Content, articles: Mapping[str, Article], problems: Problems) -> Located:
    """Every quote that should stand in an article of this site."""
    located: Located = {}
    for entry in content.claims.values():
        for name, index, item in _quoted(entry.data):
            article_id = item.article if isinstance(item, model.Appearance) else item.source
            if article_id is None or article_id not in articles or not item.quote:
                continue
            keys: Keys = (name, index)
            before, after = item.before or "", item.after or ""
            found = passages.locate(articles, article_id, item.quote, before, after, entry.path, keys)
            if isinstance(found, Problem):
                problems.add(found)
            else:
                located[entry.id, name, index] = found
    return located


def _quoted(claim: model.Claim) -> Iterator[tuple[str, int, model.Appearance | model.Evidence]]:
    """Everything of a claim that may quote, with its key and its place in the list."""
    for index, appearance in enumerate(claim.appearances):
        yield "appearances", index, appearance
    for index, evidence in enumerate(claim.evidence):
        yield "evidence", index, evidence


def _claim(
    entry: Entry[model.Claim],
    ratings: Mapping[str, Rating],
    topics: Mapping[str, Topic],
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    located: Located,
) -> Claim:
    data = entry.data
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
        appearances=tuple(
            Appearance(
                sources[item.article or item.source or ""],
                item.quote,
                item.stance,
                item.locator,
                located.get((entry.id, "appearances", index)),
            )
            for index, item in enumerate(data.appearances)
        ),
        evidence=tuple(
            Evidence(
                index + 1,
                sources[item.source],
                item.stance,
                item.quote,
                item.note,
                item.locator,
                located.get((entry.id, "evidence", index)),
            )
            for index, item in enumerate(data.evidence)
        ),
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


def card(claim: Claim) -> Card:
    """The claim as lists show it."""
    articles: dict[str, Link] = {a.source.id: a.source.link for a in claim.appearances if a.source.is_article}
    return Card(
        id=claim.id,
        text=claim.text,
        rating=claim.rating,
        verdict=claim.verdict,
        claimants=tuple(actor.link for actor in claim.claimants),
        about=tuple(actor.link for actor in claim.about),
        topics=tuple(topic.link for topic in claim.topics),
        articles=tuple(articles.values()),
        made=claim.made,
        checked=claim.checked,
        modified=claim.modified,
        status=claim.status,
    )
