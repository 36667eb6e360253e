"""Pages that set many claims side by side: the comparison of articles, the corrections, the search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import get_args

from factsite import model, views
from factsite.site import Card, Site, Source
from factsite.viewing import pieces
from factsite.views import Cell, Chrome, Column, CompareGroup, CompareRow, Page

STANCES: tuple[model.AppearanceStance, ...] = get_args(model.AppearanceStance)
COLUMNS = 8
"""The most articles that stand side by side; a claim in one of more articles names them instead."""
ROWS_PER_PAGE = 200
CORRECTIONS_PER_PAGE = 100


def pages(site: Site, chrome: Chrome) -> Iterator[Page]:
    """All of them."""
    yield from _compare(site, chrome)
    yield from _corrections(site, chrome)
    if site.settings.search:
        yield Page("search/", "search.html", _search(site, chrome))


# --- compare ---------------------------------------------------------------------------------------------------------


def _compare(site: Site, chrome: Chrome) -> Iterator[Page]:
    """Claims in several articles first, then those in one, by article."""
    columns = {article.source.id: _column(site, article.source) for article in site.articles.values()}
    taken = [stance for stance in STANCES if any(_count(column, stance) for column in columns.values())]
    order = {key: place for place, key in enumerate(columns)}
    rows = [_compared(card, columns, order) for card in site.listed]
    shared = sorted((row for row in rows if len(row.cells) > 1), key=lambda row: -len(row.cells))
    single: dict[str, list[CompareRow]] = {key: [] for key in columns}
    for row in rows:
        if len(row.cells) == 1:
            single[row.cells[0].article.id].append(row)
    parts = list(pieces.portions([shared, *single.values()], ROWS_PER_PAGE))
    paths = pieces.numbered("compare/", len(parts))
    keys = ["", *single]
    for number, part in enumerate(parts, start=1):
        top = part.pop(0, ())
        view = views.CompareView(
            site=chrome,
            title=pieces.titled("Compare the articles", number),
            description="Who asserts, repeats or disputes which claim, article by article.",
            origin="",
            trail=() if number == 1 else pieces.above("compare"),
            number=number,
            pager=pieces.pager(paths, number),
            columns=tuple(columns.values()) if len(columns) <= COLUMNS else (),
            stances=tuple(taken),
            shared=top,
            shared_total=len(shared),
            groups=tuple(
                CompareGroup(columns[keys[place]], inner, len(single[keys[place]])) for place, inner in part.items()
            ),
            single_total=sum(map(len, single.values())),
        )
        yield Page(paths[number - 1], "compare.html", view)


def _column(site: Site, article: Source) -> Column:
    """An article with what it does with its claims."""
    claims = pieces.cards(site, site.appearing.get(article.id, ()))
    counted = Counter(stance for claim in claims for stance in _stances(claim, article.id))
    counts = tuple(views.StanceCount(stance, counted[stance]) for stance in STANCES)
    return Column(article, _label(article), len(claims), counts)


def _label(article: Source) -> str:
    """As few words as say which article it is."""
    if article.publisher:
        return article.publisher.actor.label if article.publisher.actor else article.publisher.name
    return article.author or article.title


def _count(column: Column, stance: model.AppearanceStance) -> int:
    return sum(counted.count for counted in column.stances if counted.stance == stance)


def _stances(claim: Card, article_id: str) -> tuple[model.AppearanceStance, ...]:
    taken = {stance for source, stance in claim.places if source == article_id}
    return tuple(stance for stance in STANCES if stance in taken)


def _compared(claim: Card, columns: Mapping[str, Column], order: Mapping[str, int]) -> CompareRow:
    """A claim with its articles, in their order."""
    articles = {source for source, _ in claim.places if source in columns}
    found = [columns[key] for key in sorted(articles, key=order.__getitem__)]
    cells = [Cell(column.source.link, column.label, _stances(claim, column.source.id)) for column in found]
    return CompareRow(claim, tuple(cells))


# --- corrections, search ---------------------------------------------------------------------------------------------


def corrections(site: Site) -> list[views.CorrectionRow]:
    """Every correction, newest first."""
    rows = [row for card in site.cards.values() for row in pieces.corrections(card)]
    return sorted(rows, key=lambda row: row.correction.date, reverse=True)


def _corrections(site: Site, chrome: Chrome) -> Iterator[Page]:
    rows = corrections(site)
    withdrawn = [card for card in site.cards.values() if card.status == "withdrawn"]
    parts = list(pieces.split([rows, withdrawn], CORRECTIONS_PER_PAGE))
    paths = pieces.numbered("corrections/", len(parts))
    for number, (some_rows, some_withdrawn) in enumerate(parts, start=1):
        view = views.CorrectionsView(
            site=chrome,
            title=pieces.titled("Corrections", number),
            description="What we got wrong, when we mended it, and which checks we withdrew.",
            origin="",
            trail=() if number == 1 else pieces.above("corrections"),
            number=number,
            pager=pieces.pager(paths, number),
            rows=some_rows,
            total=len(rows),
            withdrawn=some_withdrawn,
        )
        yield Page(paths[number - 1], "corrections.html", view)


def _search(site: Site, chrome: Chrome) -> views.SearchView:
    description = f"Search the claims, articles, actors and sources of {site.settings.title}."
    return views.SearchView(chrome, "Search", description, "", (), tuple(site.ratings.values()))
