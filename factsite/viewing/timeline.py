"""The timeline: when claims were made, articles published and checks corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from factsite import views
from factsite.site import Card, Site, Source
from factsite.viewing import chart, pieces
from factsite.views import Chrome, Page, TimelineDate, TimelineEntry, TimelineYear

ENTRIES_PER_PAGE = 200

Dated = tuple[str, TimelineEntry]


def pages(site: Site, chrome: Chrome) -> Iterator[Page]:
    """The picture and the list, the latest first."""
    cards, articles = site.listed, _articles(site)
    parts = list(pieces.split([_entries(site, cards, articles)], ENTRIES_PER_PAGE))
    paths = pieces.numbered("timeline/", len(parts))
    made: dict[str, list[Card]] = {}
    for card in cards:
        made.setdefault((card.made or "")[:4], []).append(card)
    for number, (part,) in enumerate(parts, start=1):
        view = views.TimelineView(
            site=chrome,
            title=pieces.titled("Timeline", number),
            description="When the claims were made, the articles published and the checks corrected.",
            origin="",
            trail=() if number == 1 else pieces.above("timeline"),
            number=number,
            pager=pieces.pager(paths, number),
            picture=_picture(cards, articles, site) if number == 1 else None,
            key=tuple(articles) if number == 1 and len(articles) <= chart.NUMBERED else (),
            years=tuple(_years(site, part, made)),
        )
        yield Page(paths[number - 1], "timeline.html", view)


def _articles(site: Site) -> list[Source]:
    """Those with a date, the earliest first."""
    dated = [article.source for article in site.articles.values() if article.source.published]
    return sorted(dated, key=lambda source: (source.published or "", source.id))


def _picture(cards: Sequence[Card], articles: Sequence[Source], site: Site) -> views.Picture | None:
    return chart.draw(
        [(card.made, card.rating.tone) for card in cards if card.made],
        [article.published for article in articles if article.published],
        [correction.date for card in site.cards.values() for correction in card.corrections],
    )


def _entries(site: Site, cards: Sequence[Card], articles: Sequence[Source]) -> list[Dated]:
    """The latest first, what has no date last; on one date articles, then corrections, then claims."""
    dated: list[Dated] = [(article.published or "", TimelineEntry(article=article)) for article in articles]
    for card in site.cards.values():
        dated += [(row.correction.date, TimelineEntry(correction=row)) for row in pieces.corrections(card)]
    dated += [(card.made or "", TimelineEntry(card=card)) for card in cards]
    return sorted(dated, key=lambda entry: entry[0], reverse=True)


def _years(site: Site, entries: Sequence[Dated], made: dict[str, list[Card]]) -> Iterator[TimelineYear]:
    for year, dated in groupby(entries, key=lambda entry: entry[0][:4]):
        dates = [
            TimelineDate(date, tuple(entry for _, entry in same))
            for date, same in groupby(dated, key=lambda entry: entry[0])
        ]
        yield TimelineYear(year, pieces.tally(site, made.get(year, ())), tuple(dates))
