"""Comparison, timeline and corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.viewing import overviews, timeline
from factsite.views import CompareView, CorrectionsView, Picture, TimelineEntry, TimelineView
from tests import many

FILES = {
    "articles/gazette": many.article("Council row", "2026-02-20"),
    "articles/herald": many.article("Bridge opens", "2025-11", "The Herald"),
    "articles/diary": many.article("My week", "2024").replace("publisher: The Gazette\n", "author: A. Writer\n"),
    "claims/both": many.claim("In both", "gazette repeats", "herald disputes", more="made: 2026-02-20"),
    "claims/all": many.claim("In all", "gazette", "gazette repeats", "herald", "diary", more="made: 2026-02"),
    "claims/one": many.claim("In one", "herald disputes", rating="false", more="made: 2026"),
    "claims/undated": many.claim("Undated", "herald"),
    "claims/gone": many.claim("Gone", "gazette", "herald").replace("status: published", "status: withdrawn"),
}
CORRECTED = many.claim(
    "Corrected twice",
    "gazette",
    more="""\
corrections:
  - {date: 2026-03-09, note: First., rating_was: "false"}
  - {date: 2026-03-10, note: Second., rating_was: opinion}
  - {date: 2026-03-11, note: Third.}
""",
)


def compared(root: Path, files: dict[str, str] = FILES) -> list[CompareView]:
    pages = many.shown(many.site(root, files), "compare.html")
    return [page.view for page in pages if isinstance(page.view, CompareView)]


def test_who_takes_which_stance(tmp_path: Path) -> None:
    (view,) = compared(tmp_path)

    assert [(c.label, c.claims, [s.count for s in c.stances]) for c in view.columns] == [
        ("The Gazette", 2, [1, 2, 0]),
        ("The Herald", 4, [2, 0, 2]),
        ("A. Writer", 1, [1, 0, 0]),
    ]
    assert [(row.card.id, [(cell.article.id, *cell.stances) for cell in row.cells]) for row in view.shared] == [
        ("all", [("gazette", "asserts", "repeats"), ("herald", "asserts"), ("diary", "asserts")]),
        ("both", [("gazette", "repeats"), ("herald", "disputes")]),
    ]
    assert [(group.column.label, [row.card.id for row in group.rows]) for group in view.groups] == [
        ("The Herald", ["one", "undated"])
    ]
    assert (view.shared_total, view.single_total) == (2, 2)


def test_stances_that_nobody_takes_have_no_column(tmp_path: Path) -> None:
    (view,) = compared(
        tmp_path, {"articles/gazette": FILES["articles/gazette"], "claims/a": many.claim("A", "gazette")}
    )

    assert view.stances == ("asserts",)


def test_many_articles_do_not_stand_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overviews, "COLUMNS", 2)
    (view,) = compared(tmp_path)

    assert view.columns == ()
    assert [row.card.id for row in view.shared] == ["all", "both"]


def test_a_long_comparison_has_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overviews, "ROWS_PER_PAGE", 3)
    first, second = compared(tmp_path)

    assert [len(view.shared) for view in (first, second)] == [2, 0]
    assert [[(len(g.rows), g.total) for g in view.groups] for view in (first, second)] == [[(1, 2)], [(1, 2)]]


def test_no_claims_yet(tmp_path: Path) -> None:
    site = many.site(tmp_path, {})

    assert [
        page.path
        for template in ("compare.html", "corrections.html", "timeline.html")
        for page in many.shown(site, template)
    ] == [
        "compare/",
        "corrections/",
        "timeline/",
    ]


# --- timeline --------------------------------------------------------------------------------------------------------


def told(root: Path, files: dict[str, str]) -> list[TimelineView]:
    pages = many.shown(many.site(root, files), "timeline.html")
    return [page.view for page in pages if isinstance(page.view, TimelineView)]


def name(entry: TimelineEntry) -> str:
    if entry.article:
        return entry.article.id
    return entry.card.id if entry.card else "correction"


def test_the_latest_first_and_the_undated_last(tmp_path: Path) -> None:
    (view,) = told(tmp_path, FILES | {"claims/corrected": CORRECTED})

    assert {
        year.year: {day.date: [name(entry) for entry in day.entries] for day in year.dates} for year in view.years
    } == {
        "2026": {
            "2026-03-11": ["correction"],
            "2026-03-10": ["correction"],
            "2026-03-09": ["correction"],
            "2026-02-20": ["gazette", "both"],
            "2026-02": ["all"],
            "2026": ["one"],
        },
        "2025": {"2025-11": ["herald"]},
        "2024": {"2024": ["diary"]},
        "": {"": ["corrected", "undated"]},
    }
    assert [year.tally.total for year in view.years] == [3, 0, 0, 2]
    assert [article.id for article in view.key] == ["diary", "herald", "gazette"]


def test_a_year_that_goes_on_counts_all_its_claims_on_both_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline, "ENTRIES_PER_PAGE", 2)
    views = told(tmp_path, FILES)

    assert [[year.tally.total for year in view.years] for view in views] == [[3], [3], [0, 0], [1]]
    assert [isinstance(view.picture, Picture) for view in views] == [True, False, False, False]


# --- corrections -----------------------------------------------------------------------------------------------------


def test_corrections_newest_first_each_with_the_rating_it_led_to(tmp_path: Path) -> None:
    site = many.site(tmp_path, FILES | {"claims/corrected": CORRECTED})
    (page,) = many.shown(site, "corrections.html")

    assert isinstance(page.view, CorrectionsView)
    assert [
        (row.correction.note, row.correction.rating_was and row.correction.rating_was.id, row.rating_is.id)
        for row in page.view.rows
    ] == [("Third.", None, "true"), ("Second.", "opinion", "true"), ("First.", "false", "opinion")]
    assert [card.id for card in page.view.withdrawn] == ["gone"]
