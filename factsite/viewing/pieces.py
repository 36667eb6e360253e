"""What the views of several pages are made of: the frame, counts, cards, and long lists cut into pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from factsite import urls, views
from factsite.exporting import dictionary
from factsite.site import Card, Link, Site
from factsite.views import Chrome, Pager, Tally

POLICIES = ("methodology", "corrections-policy", "funding", "about")
"""Pages that the fact-checkers' codes ask for, where they exist."""
LABELS = {
    "claims": "Claims",
    "actors": "Actors",
    "sources": "Sources",
    "topics": "Topics",
    "ratings": "Ratings",
    "compare": "Compare",
    "timeline": "Timeline",
    "corrections": "Corrections",
    "search": "Search",
}


# --- around every page -----------------------------------------------------------------------------------------------


def chrome(site: Site) -> Chrome:
    """What every page shows around its content."""
    settings = site.settings
    values = [rating.value for rating in settings.ratings if rating.value is not None]
    owner = settings.publisher
    licence = settings.licence
    return Chrome(
        title=settings.title,
        description=settings.description,
        base_url=settings.base_url.rstrip("/") + "/",
        language=settings.language,
        publisher=views.Owner(owner.name, owner.url, owner.email, owner.logo),
        licence=views.Licence(licence.name, licence.url) if licence else None,
        navigation=tuple(_menu_link(site, name) for name in settings.navigation),
        footer=(*(page.link for page in site.pages.values()), section("corrections"), dictionary.LINK),
        policies={name: site.pages[name].path for name in POLICIES if name in site.pages},
        best_rating=max(values, default=None),
        worst_rating=min(values, default=None),
        preview=site.preview,
    )


def _menu_link(site: Site, name: str) -> Link:
    page = site.pages.get(name)
    return page.link if page else section(name)


def section(name: str) -> Link:
    """A link to one of the generator's own pages."""
    return Link(name, urls.page_path("", name), LABELS[name])


def above(name: str) -> tuple[Link, ...]:
    """The way from the home page to an entry of a section."""
    return (section(name),)


# --- claims ----------------------------------------------------------------------------------------------------------


def cards(site: Site, claim_ids: Iterable[str]) -> tuple[Card, ...]:
    """The claims with these ids."""
    return tuple(site.cards[claim_id] for claim_id in claim_ids)


def tally(site: Site, counted_cards: Iterable[Card]) -> Tally:
    """How many of the claims have which rating."""
    counted = Counter(card.rating.id for card in counted_cards)
    found = [(rating, counted[rating.id]) for rating in site.ratings.values()]
    return Tally(counted.total(), tuple(views.RatingCount(rating, count) for rating, count in found if count))


def corrections(card: Card) -> Iterator[views.CorrectionRow]:
    """The corrections of a claim, newest first, each with the rating that it led to."""
    rating = card.rating
    for correction in card.corrections:
        yield views.CorrectionRow(card, correction, rating)
        rating = correction.rating_was or rating


# --- long lists ------------------------------------------------------------------------------------------------------


def split(sections: Sequence[Sequence[Any]], size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Several lists, one below the other, cut into pages of `size` items: for each page its part of each list.

    There is always one page, even of nothing.
    """
    for shown in portions(sections, size):
        yield [shown.get(place, ()) for place in range(len(sections))]


def portions(sections: Sequence[Sequence[Any]], size: int) -> Iterator[dict[int, tuple[Any, ...]]]:
    """The same for very many lists: for each page the lists that it shows some of, by their places, in their order."""
    shown: dict[int, tuple[Any, ...]] = {}
    room = size
    for place, items in enumerate(sections):
        start = 0
        while start < len(items):
            if not room:
                yield shown
                shown, room = {}, size
            shown[place] = tuple(items[start : start + room])
            start += len(shown[place])
            room -= len(shown[place])
    yield shown


def numbered(folder: str, count: int) -> tuple[str, ...]:
    """The paths of the pages of one list: `claims/`, `claims/page/2/`, …"""
    return tuple(_list_path(folder, number) for number in range(1, count + 1))


def pager(paths: Sequence[str], number: int) -> Pager:
    """The way from one of the pages of a list to the others: to the first, the last, and its neighbours.

    They are chosen here: a list of a thousand pages would otherwise hold a thousand times a thousand links.
    """
    count = len(paths)
    shown = sorted(place for place in {1, number - 1, number, number + 1, count} if 1 <= place <= count)
    return Pager(
        count,
        tuple(
            views.PagerLink(place, paths[place - 1], is_gapped=place > before + 1)
            for before, place in zip([0, *shown], shown, strict=False)
        ),
        previous=paths[number - 2] if number > 1 else None,
        next=paths[number] if number < count else None,
    )


def _list_path(folder: str, number: int) -> str:
    return folder if number == 1 else f"{folder}page/{number}/"


def titled(title: str, number: int) -> str:
    """The title of a page of a list: no two pages have the same."""
    return title if number == 1 else f"{title}, page {number}"
