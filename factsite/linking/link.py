"""Drafts out, references resolved, quotes located, backlinks built: entries → one frozen `Site`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from factsite import model
from factsite.linking import backlinks, mentions, passages, values
from factsite.linking.findings import Kept, Named, Quotes
from factsite.linking.quotes import Ranges
from factsite.loading import references
from factsite.loading.entries import Content
from factsite.loading.ids import Ids
from factsite.loading.outlines import ClaimOutline, Record
from factsite.problems import Keys, Problem, Problems
from factsite.remembering.memo import Digest, joined
from factsite.site import (
    Actor,
    Article,
    Mention,
    Paragraph,
    PlainPage,
    Rating,
    Site,
    Source,
    Topic,
)
from factsite.working import executor
from factsite.working.lazy import Lazy

ARTICLES_AT_A_TIME, FEW_ARTICLES = 50, 400
"""How many one process searches at a time, and those for which none is started: an article takes half a millisecond,
and a process ten to be there and as much again to touch what it shares."""
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
    _locate(content, articles, kept, problems, processes)
    if problems.fatal():
        return None
    _mention(content, articles, kept, processes)
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


def _mention(content: Content, articles: Mapping[str, Article], kept: Kept, processes: int) -> None:
    """Whom the articles name, found anew in those that changed and in those that have a word of a name that did."""
    names = mentions.index_names((actor, outline.names) for actor, outline in content.records.actors())
    changed = {
        word for word in names.by_word.keys() | kept.names.keys() if names.by_word.get(word) != kept.names.get(word)
    }
    records = content.records.found["article"]
    stale = [
        article
        for article in articles
        if article not in kept.named
        or kept.named[article].key != records[article].digest
        or (changed and mentions.has_any(articles[article].text, changed))
    ]

    def find(keys: Sequence[str]) -> list[tuple[str, tuple[Mention, ...]]]:
        return [(key, mentions.find(articles[key].text, names)) for key in keys]

    for part in executor.spread(find, stale, chunk=ARTICLES_AT_A_TIME, few=FEW_ARTICLES, processes=processes):
        kept.named.update((key, Named(records[key].digest, found)) for key, found in part)
    kept.named = {article: kept.named[article] for article in articles}
    kept.names = names.by_word


# --- claims ----------------------------------------------------------------------------------------------------------


def _locate(content: Content, articles: Mapping[str, Article], kept: Kept, problems: Problems, processes: int) -> None:
    """Every quote that should stand in an article of this site, sought article by article."""
    records, paths = content.records, content.records.paths["claim"]
    texts, claims = records.found["article"], records.found["claim"]
    outlines = {key: outline for key, outline in records.claims() if key in content.claims}
    keys = {key: _quotes_key(claims[key], outline, texts) for key, outline in outlines.items()}
    stale = [key for key, digest in keys.items() if key not in kept.quotes or kept.quotes[key].key != digest]
    quoting = backlinks.grouped((a, key) for key in stale for a in backlinks.quoted(outlines[key]) if a in articles)

    def search(part: Sequence[str]) -> list[tuple[str, dict[str, Ranges], list[Problem]]]:
        return [(key, *_found(claims[key], a, articles, paths[key])) for a in part for key in quoting[a]]

    ranges: dict[str, dict[str, Ranges]] = {key: {} for key in stale}
    faulty: set[str] = set()
    for part in executor.spread(search, list(quoting), chunk=ARTICLES_AT_A_TIME, few=FEW_ARTICLES, processes=processes):
        for key, found, wrong in part:
            ranges[key].update(found)
            problems.extend(wrong)
            faulty |= {key} if wrong else set()
    # Sorted, so that equal findings are equal bytes: what else is stale decides in which order articles are searched.
    fresh = {key: Quotes(keys[key], dict(sorted(found.items()))) for key, found in ranges.items() if key not in faulty}
    kept.quotes = {key: kept.quotes[key] for key in keys.keys() - ranges.keys()} | fresh


def _quotes_key(claim: Record, outline: ClaimOutline, articles: Mapping[str, Record]) -> Digest:
    """Of all that decides where the quotes of a claim stand."""
    return joined(claim.digest + b"".join([articles[a].digest for a in backlinks.quoted(outline) if a in articles]))


def _found(
    claim: Record, article: str, articles: Mapping[str, Article], path: str
) -> tuple[dict[str, Ranges], list[Problem]]:
    """Where the claim's quotes from an article stand, and what is wrong with them."""
    found: dict[str, Ranges] = {}
    problems: list[Problem] = []
    written = claim.passages()
    for name, items in (("appearances", written.appearances), ("evidence", written.evidence)):
        for index, item in enumerate(items):
            if not item.quote or article != (item.article or (item.source if name == "evidence" else None)):
                continue
            keys: Keys = (name, index)
            place = passages.locate(articles, article, item.quote, item.before, item.after, path, keys)
            if isinstance(place, Problem):
                problems.append(place)
            else:
                found[f"{name}/{index}"] = place
    return found, problems
