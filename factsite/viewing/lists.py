"""The lists of claims, actors and sources: sorted, grouped, and cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from factsite import model, views
from factsite.site import Card, Site, Source
from factsite.viewing import pieces
from factsite.views import Chrome, Jump, Page

CLAIMS_PER_PAGE = 100
ACTORS_PER_PAGE = 200
SOURCES_PER_PAGE = 100
CHOICES = 200
"""The most values that a filter offers on the page itself; beyond, they come with the index of the list."""
ACTOR_KINDS: tuple[model.ActorKind, ...] = ("person", "organisation", "government", "media")
SOURCE_TYPES: tuple[model.SourceType, ...] = ("primary", "news", "research", "reference", "ngo", "opinion", "advocacy")


# --- claims ----------------------------------------------------------------------------------------------------------


def claims(site: Site, chrome: Chrome) -> Iterator[Page]:
    """All claims that are not withdrawn. The first page also has the filters."""
    cards = site.listed
    parts = list(pieces.split([cards], CLAIMS_PER_PAGE))
    paths = pieces.numbered("claims/", len(parts))
    for number, (part,) in enumerate(parts, start=1):
        ratings, topics, actors, articles, years = choices(cards if number == 1 else ())
        view = views.ClaimsView(
            site=chrome,
            title=pieces.titled("All claims", number),
            description=f"All {len(cards)} claims checked by {site.settings.title}, the latest first.",
            origin="",
            trail=() if number == 1 else pieces.above("claims"),
            number=number,
            pager=pieces.pager(paths, number),
            cards=part,
            total=len(cards),
            ratings=ratings,
            topics=topics,
            actors=actors,
            articles=articles,
            years=years,
            scale=tuple(site.ratings.values()) if number == 1 else (),
        )
        yield Page(paths[number - 1], "claims.html", view)


def choices(cards: Sequence[Card]) -> tuple[tuple[views.Choice, ...] | None, ...]:
    """What the list of claims can be narrowed to: ratings, topics, actors, articles, years; each with its count.

    None in place of those that are too many for the page.
    """
    ratings = _counted((card.rating.id, card.rating.label) for card in sorted(cards, key=lambda c: c.rating.place))
    topics = _counted((link.id, link.label) for card in cards for link in card.topics)
    actors = _counted((link.id, link.label) for card in cards for link in {*card.claimants, *card.about})
    articles = _counted((link.id, link.label) for card in cards for link in card.articles)
    years = _counted((card.made[:4], card.made[:4]) for card in cards if card.made)
    by_label = [tuple(sorted(group, key=lambda c: (c.label.casefold(), c.id))) for group in (topics, actors, articles)]
    groups = ratings, *by_label, tuple(sorted(years, key=lambda choice: choice.id, reverse=True))
    return tuple(group if len(group) <= CHOICES else None for group in groups)


def _counted(pairs: Iterable[tuple[str, str]]) -> tuple[views.Choice, ...]:
    counts = Counter(pairs)
    return tuple(views.Choice(choice_id, label, count) for (choice_id, label), count in counts.items())


# --- actors, sources -------------------------------------------------------------------------------------------------


def actors(site: Site, chrome: Chrome) -> Iterator[Page]:
    """All actors, by kind and name."""
    rows = [
        views.ActorRow(actor, len(site.claims_by.get(actor.id, ())), len(site.claims_about.get(actor.id, ())))
        for actor in site.actors.values()
    ]
    groups = {f"kind-{kind}": [row for row in rows if row.actor.kind == kind] for kind in ACTOR_KINDS}
    parts = list(pieces.split(list(groups.values()), ACTORS_PER_PAGE))
    paths = pieces.numbered("actors/", len(parts))
    jumps = _jumps(groups, parts, paths)
    for number, part in enumerate(parts, start=1):
        kinds = zip(ACTOR_KINDS, part, strict=True)
        view = views.ActorsView(
            site=chrome,
            title=pieces.titled("Actors", number),
            description="The people and bodies that make the claims checked here, or are their subject.",
            origin="",
            trail=() if number == 1 else pieces.above("actors"),
            number=number,
            pager=pieces.pager(paths, number),
            groups=tuple(views.ActorGroup(kind, inner) for kind, inner in kinds if inner),
            jumps=jumps,
            total=len(rows),
        )
        yield Page(paths[number - 1], "actors.html", view)


def sources(site: Site, chrome: Chrome) -> Iterator[Page]:
    """The articles, then all sources by type, each newest first."""
    rows = [views.SourceRow(source, len(resting(site, source))) for source in site.sources.values()]
    groups: dict[str, list[Any]] = {"articles": list(article_rows(site))}
    groups |= {f"type-{kind}": [row for row in rows if row.source.type == kind] for kind in SOURCE_TYPES}
    parts = list(pieces.split(list(groups.values()), SOURCES_PER_PAGE))
    paths = pieces.numbered("sources/", len(parts))
    jumps = _jumps(groups, parts, paths)
    for number, (articles, *part) in enumerate(parts, start=1):
        typed = zip(SOURCE_TYPES, part, strict=True)
        view = views.SourcesView(
            site=chrome,
            title=pieces.titled("Sources", number),
            description="Every document that the verdicts rest on, with whether it is a party to the matter.",
            origin="",
            trail=() if number == 1 else pieces.above("sources"),
            number=number,
            pager=pieces.pager(paths, number),
            articles=articles,
            groups=tuple(views.SourceGroup(kind, inner) for kind, inner in typed if inner),
            jumps=jumps,
            total=len(rows),
        )
        yield Page(paths[number - 1], "sources.html", view)


def article_rows(site: Site) -> Iterator[views.ArticleRow]:
    """Each article with the ratings of its claims."""
    for article in site.articles.values():
        claim_ids = site.appearing.get(article.source.id, ())
        yield views.ArticleRow(article.source, pieces.tally(site, pieces.cards(site, claim_ids)))


def resting(site: Site, source: Source) -> set[str]:
    """Claims that rest on a source or appear in it."""
    return set(site.used_by.get(source.id, ())) | set(site.appearing.get(source.id, ()))


def _jumps(
    groups: Mapping[str, Sequence[Any]], parts: Sequence[Sequence[Any]], paths: Sequence[str]
) -> tuple[Jump, ...]:
    """Where each group, named as its anchor, begins: on the first page that has some of it."""
    found = []
    for place, (anchor, items) in enumerate(groups.items()):
        if items:
            path = next(path for path, part in zip(paths, parts, strict=True) if part[place])
            found.append(Jump(anchor.rpartition("-")[2], f"{path}#{anchor}", len(items)))
    return tuple(found)
