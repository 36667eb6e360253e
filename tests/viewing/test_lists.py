"""The lists of claims, actors and sources, and the index to narrow them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from factsite.exporting import listindex
from factsite.site import Site
from factsite.viewing import lists, pages, pieces
from factsite.views import ActorView, SourcesView, TopicView
from tests import many

FILES = {
    "articles/gazette": many.article("Council row", "2026-02-20"),
    "claims/a": many.claim("A", "gazette", more="topics: [money]\nmade: 2026-02"),
    "claims/b": many.claim("B", "gazette", rating="false", more="about: [council]"),
    "claims/c": many.claim("C", "gazette", more="made: 2025"),
    "claims/gone": many.claim("Gone", "gazette").replace("status: published", "status: withdrawn"),
    "actors/council": "{name: Town Council, short: Council, kind: government}",
}


def test_claims_on_two_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CLAIMS_PER_PAGE", 2)
    site = many.site(tmp_path, FILES)
    first, second = lists.claims(site, pieces.chrome(site))

    assert [(page.path, [card.id for card in page.view.cards]) for page in (first, second)] == [  # type: ignore[attr-defined]
        ("claims/", ["a", "b"]),
        ("claims/page/2/", ["c"]),
    ]
    assert [page.view.title for page in (first, second)] == ["All claims", "All claims, page 2"]
    assert [link.path for link in second.view.trail] == ["claims/"]


def test_choices_with_their_counts(tmp_path: Path) -> None:
    ratings, topics, actors, articles, years = lists.choices(many.site(tmp_path, FILES).listed)

    assert [[(c.id, c.count) for c in group or ()] for group in (ratings, topics, actors, articles, years)] == [
        [("true", 2), ("false", 1)],
        [("money", 1)],
        [("council", 1), ("mayor", 3)],
        [("gazette", 3)],
        [("2026", 1), ("2025", 1)],
    ]


def test_too_many_choices_come_with_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CHOICES", 1)
    found = lists.choices(many.site(tmp_path, FILES).listed)

    assert [group is None for group in found] == [True, False, True, False, True]


def test_the_index_names_everything_once(tmp_path: Path) -> None:
    output = listindex.output(many.site(tmp_path, FILES))

    assert output.path == "data/index.json"
    assert msgspec.json.decode(output.content) == {
        "ratings": [["true", "True"], ["false", "False"], ["opinion", "Opinion"]],
        "topics": [["money", "Money"]],
        "actors": [["council", "Council"], ["mayor", "Jane Doe"]],
        "articles": [["gazette", "Council row"]],
        "claims": [
            ["a", "A", 0, [0], [1], [], [0], "2026-02"],
            ["b", "B", 1, [], [1], [0], [0], ""],
            ["c", "C", 0, [], [1], [], [0], "2025"],
        ],
    }


def test_drafts_are_marked_in_the_index_of_the_preview(tmp_path: Path) -> None:
    draft = many.claim("A", "gazette").replace("status: published", "status: draft")
    site = many.site(tmp_path, {"articles/gazette": FILES["articles/gazette"], "claims/a": draft}, preview=True)

    (entry,) = listindex.index(site, site.listed).claims
    assert entry[-1] == 1


def sources_of(site: Site) -> list[SourcesView]:
    return [page.view for page in lists.sources(site, pieces.chrome(site)) if isinstance(page.view, SourcesView)]


def test_jumps_lead_to_the_page_where_a_group_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "SOURCES_PER_PAGE", 2)
    one = "{{title: {}, type: {}}}"
    files = FILES | {"sources/x": one.format("X", "news"), "sources/y": one.format("Y", "ngo")}
    first, second = sources_of(many.site(tmp_path, files))

    assert [(jump.id, jump.path, jump.count) for jump in first.jumps] == [
        ("articles", "sources/#articles", 1),
        ("news", "sources/#type-news", 2),
        ("ngo", "sources/page/2/#type-ngo", 1),
    ]
    assert [[row.source.id for row in group.sources] for group in first.groups] == [["gazette"]]
    assert [[row.source.id for row in group.sources] for group in second.groups] == [["x"], ["y"]]


def test_long_pages_of_actors_and_topics_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    site = many.site(
        tmp_path, FILES | {f"claims/m{n}": many.claim("M", "gazette", more="topics: [money]") for n in (1, 2)}
    )
    actors = [page for page in many.shown(site, "actor.html") if page.path.startswith("actors/mayor/")]
    topics = many.shown(site, "topic.html")

    assert [page.path for page in actors] == ["actors/mayor/", "actors/mayor/page/2/", "actors/mayor/page/3/"]
    assert all(isinstance(page.view, ActorView) and page.view.by_tally.total == 5 for page in actors)
    assert [len(page.view.by) for page in actors if isinstance(page.view, ActorView)] == [2, 2, 1]
    assert [len(page.view.cards) for page in topics if isinstance(page.view, TopicView)] == [2, 1]
    assert [page.view.title for page in topics] == ["Money", "Money, page 2"]
