"""What the site has checked, counted: claims and ratings per article, claimant and side, so that imbalance is seen.

A *side* is an actor that some source is labelled as speaking for (`party_to`), with everyone who belongs to it through
`member_of`, at any remove, now or formerly. If one such actor belongs to another, both are one side, under the name of
the one that the other belongs to. A claim is *made by* a side if one of its claimants is on it, or if a document that
speaks for the side asserts it; it is *about* a side if it is about an actor on it. So a claim may count for several
sides or for none, and the rows need not add up to the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import zip_longest

import msgspec

from factsite.site import Claim, Site, Value

NAME_WIDTH = 26
"""Characters of a row's name in the text; longer ones are cut."""
NO_SIDE = ("", "no side")

Keys = Mapping[str, AbstractSet[str]]
"""For each claim, the rows that it counts in."""


class Row(Value, frozen=True, array_like=False):
    """How many claims count here, and with which ratings."""

    id: str
    """Of an article or actor; empty for the whole and for what is on no side."""
    label: str
    claims: int
    ratings: dict[str, int]
    """By rating id, in the order of the scale; 0 where there is none."""


class Table(Value, frozen=True, array_like=False):
    """Rows to be compared with each other."""

    id: str
    title: str
    rows: tuple[Row, ...]


class Coverage(Value, frozen=True, array_like=False):
    """What the site has checked."""

    labels: dict[str, str]
    """Label of each rating by its id, in the order of the scale."""
    total: Row
    tables: tuple[Table, ...]

    def text(self) -> str:
        """Tables for a terminal; a dot stands for none."""
        return "\n".join(["Counts of what was checked here, not a sample of what was said.", *_lines(self), ""])

    def json(self) -> str:
        """The same as JSON."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode() + "\n"


def report(site: Site) -> Coverage:
    """Counts of the claims that lists show: not of withdrawn ones, and of drafts only where they are shown."""
    claims = [claim for claim in site.claims.values() if claim.status != "withdrawn"]
    sides = _sides(site)
    named = dict(sorted({side: site.actors[side].label for group in sides.values() for side in group}.items()))
    in_articles = {c.id: {a.source.id for a in c.appearances} & site.articles.keys() for c in claims}
    by_claimant = {c.id: {actor.id for actor in c.claimants} for c in claims}
    made_by = {c.id: _made_by(c, sides) or {""} for c in claims}
    about = {c.id: _union(sides, (actor.id for actor in c.about)) or {""} for c in claims}
    articles = {article: article for article in site.articles}
    claimants = {actor: site.actors[actor].label for actor in site.actors if actor in site.claims_by}
    with_none = {**named, NO_SIDE[0]: NO_SIDE[1]}
    return Coverage(
        labels={rating.id: rating.label for rating in site.ratings.values()},
        total=_row(site, "", "All claims", claims),
        tables=(
            Table("articles", "Per article", _rows(site, claims, articles, in_articles)),
            Table("claimants", "Per claimant", _largest_first(_rows(site, claims, claimants, by_claimant))),
            Table("made-by-side", "Made by a side", _largest_first(_rows(site, claims, with_none, made_by))),
            Table("about-side", "About a side", _largest_first(_rows(site, claims, with_none, about))),
        ),
    )


def _rows(site: Site, claims: list[Claim], labels: Mapping[str, str], keys: Keys) -> tuple[Row, ...]:
    """One row for each label, those without claims too: a gap is what the reader looks for."""
    groups: dict[str, list[Claim]] = {row_id: [] for row_id in labels}
    for claim in claims:
        for row_id in keys[claim.id]:
            groups[row_id].append(claim)
    return tuple(_row(site, row_id, labels[row_id], group) for row_id, group in groups.items())


def _row(site: Site, row_id: str, label: str, claims: Iterable[Claim]) -> Row:
    counts = Counter(claim.rating.id for claim in claims)
    return Row(row_id, label, counts.total(), {rating: counts[rating] for rating in site.ratings})


def _largest_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """By number of claims; what is on no side comes last."""
    return tuple(sorted(rows, key=lambda row: (not row.id, -row.claims, row.label.casefold(), row.id)))


# --- sides -----------------------------------------------------------------------------------------------------------


def _sides(site: Site) -> dict[str, AbstractSet[str]]:
    """For each actor that is on a side, the sides, as the ids of the actors they are named after."""
    parties = {link.id for source in site.sources.values() for link in source.party_to}
    above = {actor: _above(site, actor) for actor in site.actors}
    # A party that belongs to another is on that one's side; two that belong to each other keep both names.
    heads = {party for party in parties if all(party in above[other] for other in above[party] & parties)}
    return {actor: found & heads for actor, found in above.items() if found & heads}


def _above(site: Site, actor: str) -> AbstractSet[str]:
    """The actor, what it belongs to, what that belongs to, and so on."""
    found, pending = {actor}, [actor]
    while pending:
        for membership in site.actors[pending.pop()].member_of:
            if membership.actor not in found:
                found.add(membership.actor)
                pending.append(membership.actor)
    return found


def _made_by(claim: Claim, sides: Mapping[str, AbstractSet[str]]) -> AbstractSet[str]:
    parties = [link.id for a in claim.appearances if a.stance == "asserts" for link in a.source.party_to]
    return _union(sides, [*(actor.id for actor in claim.claimants), *parties])


def _union(sides: Mapping[str, AbstractSet[str]], actors: Iterable[str]) -> AbstractSet[str]:
    return {side for actor in actors for side in sides.get(actor, ())}


# --- text ------------------------------------------------------------------------------------------------------------


def _lines(coverage: Coverage) -> Iterator[str]:
    columns = [(rating, label.split()) for rating, label in coverage.labels.items()]
    widths = [max(3, *map(len, words)) for _, words in columns]
    for table in coverage.tables:
        yield ""
        # Labels of several words stand over their column word below word, the last one just above the numbers.
        stacked = list(zip_longest(*(reversed(words) for _, words in columns), fillvalue=""))[::-1]
        for words in stacked[:-1]:
            yield _line("", "", words, widths)
        yield _line(table.title, "n", stacked[-1], widths)
        for row in (*table.rows, coverage.total):
            yield _line(row.label, str(row.claims), [str(row.ratings[r] or "·") for r, _ in columns], widths)


def _line(name: str, total: str, cells: Iterable[str], widths: Iterable[int]) -> str:
    short = name if len(name) <= NAME_WIDTH else name[: NAME_WIDTH - 1] + "…"
    columns = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"{short:<{NAME_WIDTH}} {total:>5}  {'  '.join(columns)}".rstrip()
