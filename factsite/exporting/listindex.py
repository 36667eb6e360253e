"""`data/index.json`: what a browser needs to narrow the list of claims, each name once. Pure.

It is fetched only when a reader uses a filter. `list.js` reads it, and nobody else should: the data for machines is in
the other files beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from factsite.site import Card, Link, Site
from factsite.writing.output import Output

PATH = "data/index.json"

Names = tuple[tuple[str, str], ...]
"""Id and label of each entry, in the order of the labels."""


class Index(msgspec.Struct, frozen=True):
    """The file. A claim names ratings, topics, actors and articles by their places in these lists."""

    ratings: Names
    topics: Names
    actors: Names
    articles: Names
    claims: tuple[tuple[object, ...], ...]
    """Id, claim, rating, topics, claimants, others that it is about, articles, date, and 1 for a draft.

    In the order of the list. The date is as precise as known, or empty.
    """


def output(site: Site) -> Output:
    """The file."""
    return Output(PATH, msgspec.json.encode(index(site, site.listed)), "site.yaml")


def index(site: Site, cards: Iterable[Card]) -> Index:
    """The index of these claims."""
    cards = list(cards)
    ratings = {rating.id: place for place, rating in enumerate(site.ratings.values())}
    topics = _names(link for card in cards for link in card.topics)
    actors = _names(link for card in cards for link in (*card.claimants, *card.about))
    articles = _names(link for card in cards for link in card.articles)
    places = [{name: place for place, (name, _) in enumerate(names)} for names in (topics, actors, articles)]
    return Index(
        ratings=tuple((rating.id, rating.label) for rating in site.ratings.values()),
        topics=topics,
        actors=actors,
        articles=articles,
        claims=tuple(_entry(card, ratings, *places) for card in cards),
    )


def _names(links: Iterable[Link]) -> Names:
    found = {link.id: link.label for link in links}
    return tuple(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))


def _entry(
    card: Card, ratings: dict[str, int], topics: dict[str, int], actors: dict[str, int], articles: dict[str, int]
) -> tuple[object, ...]:
    claimants = [actors[link.id] for link in card.claimants]
    return (
        card.id,
        card.text,
        ratings[card.rating.id],
        [topics[link.id] for link in card.topics],
        claimants,
        [place for link in card.about if (place := actors[link.id]) not in claimants],
        [articles[link.id] for link in card.articles],
        card.made or "",
        *([1] if card.status == "draft" else []),
    )
