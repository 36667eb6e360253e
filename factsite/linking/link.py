"""Drafts out, references resolved, quotes located, backlinks built: entries → one frozen `Site`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec

from factsite import model
from factsite.linking import backlinks, searching, values
from factsite.linking.findings import Kept
from factsite.loading import references
from factsite.loading.entries import Content
from factsite.loading.ids import Ids
from factsite.problems import Problem, Problems
from factsite.site import Actor, Article, Paragraph, PlainPage, Rating, Site, Source, Topic
from factsite.working.lazy import Lazy

CLAIMS, ARTICLES = 1_000, 10_000
"""Linked claims and articles that a process remembers, and at most twice as many: a bound for memory. Only a claim's
own pages need all of it, so they need it once; articles are needed wherever they are quoted."""


def link(
    content: Content,
    problems: Problems,
    kept: Kept | None = None,
    *,
    drafts: bool = False,
    preview: bool = False,
    processes: int = 0,
) -> Site | None:
    """The linked site; None if something in it points at nothing, which is then among the problems."""
    kept = kept if kept is not None else Kept()
    settings = content.settings
    if settings is None:
        return None
    ids = Ids.of(content, with_drafts=drafts)
    content = content if drafts else _published(content)
    found = list(references.check(references.suspects(content, ids), ids))
    problems.extend(found)
    actors = _actors(content)
    sources = _sources(content, actors, complete=_known_actors(found))
    articles = _articles(content, sources)
    searching.search(content, articles, kept, problems, processes)
    if problems.fatal():
        return None
    return _site(content, settings, actors, sources, articles, kept, preview=preview)


def unlinked(content: Content) -> tuple[Mapping[str, Actor], Mapping[str, Article]]:
    """Actors and the texts of articles by themselves, for looking things up in content that may have mistakes."""
    return _actors(content), _articles(content, _sources(content, {}, complete=False))


def _published(content: Content) -> Content:
    """Without drafts: what follows never sees them."""
    public = [claim for claim, outline in content.records.claims() if outline.status != "draft"]
    return replace(content, claims=Lazy(public, content.claims.__getitem__, most=0))


def _known_actors(found: Iterable[Problem]) -> bool:
    """Whether every actor that a source names exists."""
    return not any(problem.code == "unknown-actor" and problem.severity == "error" for problem in found)


def _site(
    content: Content,
    settings: model.Settings,
    actors: Mapping[str, Actor],
    sources: Mapping[str, Source],
    articles: Mapping[str, Article],
    kept: Kept,
    *,
    preview: bool,
) -> Site:
    ratings = {
        r.id: Rating(r.id, r.label, r.meaning, r.tone, r.value, r.reviewable, place)
        for place, r in enumerate(settings.ratings)
    }
    topics = {topic.id: Topic(topic.id, topic.label, topic.description) for topic in settings.topics}
    outlines, paths = dict(content.records.claims()), content.records.paths["claim"]
    order = sorted(content.claims)
    order.sort(key=lambda claim: outlines[claim].checked, reverse=True)
    claims = Lazy(
        order,
        lambda key: values.claim(content.claims[key], ratings, topics, actors, sources, articles, kept.quotes[key]),
        most=CLAIMS,
    )
    return Site(
        settings=settings,
        preview=preview,
        ratings=ratings,
        topics=topics,
        actors=actors,
        sources=sources,
        articles=articles,
        claims=claims,
        cards=Lazy(order, lambda key: values.card(key, paths[key], outlines[key], ratings, topics, actors, sources)),
        standings=Lazy(order, lambda key: values.standing(key, outlines[key])),
        pages={e.id: PlainPage(e.id, e.path, e.data.title, e.data.summary, e.body) for e in content.pages.values()},
        **backlinks.collect(content.records, claims, actors, sources, articles, kept),
    )


# --- actors, sources, articles ---------------------------------------------------------------------------------------


def _actors(content: Content) -> Mapping[str, Actor]:
    names = {actor: outline.name for actor, outline in content.records.actors()}
    return Lazy(
        sorted(names, key=lambda actor: (names[actor].casefold(), actor)), lambda key: values.actor(content.actors[key])
    )


def _sources(content: Content, actors: Mapping[str, Actor], *, complete: bool) -> Mapping[str, Source]:
    """Sources and articles, newest first. `complete`: every actor that is named exists; if not, none is linked."""
    known = actors if complete else {}
    outlines = dict(content.records.sources())
    order = sorted(outlines, key=lambda source: (outlines[source].title.casefold(), source))
    order.sort(key=lambda source: outlines[source].published or "", reverse=True)

    def source(key: str) -> Source:
        return values.source(content.articles[key] if key in content.articles else content.sources[key], known)

    return Lazy(order, source)


def _articles(content: Content, sources: Mapping[str, Source]) -> Mapping[str, Article]:
    records = content.records.found["article"]

    def article(key: str) -> Article:
        paragraphs = records[key].paragraphs
        assert paragraphs is not None
        return Article(sources[key], msgspec.msgpack.decode(paragraphs, type=tuple[Paragraph, ...]))

    return Lazy((key for key in sources if key in records), article, most=ARTICLES)
