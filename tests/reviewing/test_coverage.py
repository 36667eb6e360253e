"""Counts of what was checked."""

from __future__ import annotations

import json
from pathlib import Path

from factsite.reviewing import coverage
from factsite.reviewing.coverage import Coverage
from tests import scratch

SETTINGS = """\
title: Bridge checks
description: Claims about one bridge, checked.
base_url: https://checks.example/
publisher: {name: Bridge desk}
ratings:
  - {id: holds, label: Holds, meaning: It holds., value: 2}
  - {id: fails, label: Does not hold, meaning: It does not hold., value: 1}
  - {id: opinion, label: Opinion, meaning: Nothing to check., reviewable: false}
"""
SITE = {
    "site.yaml": SETTINGS,
    # The mayor belongs to the town hall, which belongs to the state; the paper and the driver belong to nobody.
    "content/actors/state.yaml": "{name: The State, kind: government}",
    "content/actors/hall.yaml": "{name: Town Hall, kind: government, member_of: [{actor: state}]}",
    "content/actors/mayor.yaml": "{name: Jane Doe, kind: person, member_of: [{actor: hall, to: 2020}]}",
    "content/actors/league.yaml": "{name: Drivers' League, kind: organisation}",
    "content/actors/driver.yaml": "{name: Joe Bloggs, kind: person}",
    "content/actors/paper.yaml": "{name: Gazette, kind: media}",
    "content/sources/leaflet.yaml": "{title: Leaflet, type: advocacy, party_to: [league]}",
    "content/sources/minutes.yaml": "{title: Minutes, type: primary, party_to: [hall, state]}",
    "content/articles/old.md": "---\n{title: Old news, publisher: paper, type: news}\n---\n\nIt is old. It is dear.\n",
    "content/articles/new.md": "---\n{title: New news, publisher: paper, type: news}\n---\n\nIt is old.\n",
    "content/articles/odd.md": "---\n{title: Odd news, publisher: paper, type: news}\n---\n\nIt is odd.\n",
}
SOME = {"claimants": "[paper]", "about": "[]", "rating": "holds", "status": "published"}


def counted(root: Path, **claims: dict[str, str]) -> Coverage:
    """The coverage of the site above with these claims; what a claim does not say is as in SOME."""
    files = dict(SITE)
    for name, given in claims.items():
        said = {**SOME, "appearances": "[{source: minutes, quote: So, stance: repeats}]", **given}
        lines = "".join(f"{key}: {value}\n" for key, value in said.items())
        evidence = "evidence: [{source: minutes, stance: context}]"
        files[f"content/claims/{name}.yaml"] = f"claim: It is.\nverdict: So.\nchecked: 2026\n{evidence}\n{lines}"
    scratch.write(root, files)
    return coverage.report(scratch.site(root))


def rows(found: Coverage, table_id: str) -> dict[str, int]:
    """Label and number of claims of a table's rows, in order."""
    (table,) = (table for table in found.tables if table.id == table_id)
    return {row.label: row.claims for row in table.rows}


def test_every_article_has_a_row(tmp_path: Path) -> None:
    both = {"appearances": "[{article: old, quote: It is old}, {article: new, quote: It is old}]"}
    twice = {"appearances": "[{article: old, quote: It is old}, {article: old, quote: It is dear}]"}
    found = counted(tmp_path, both=both, twice=twice)
    assert rows(found, "articles") == {"new": 1, "odd": 0, "old": 2}


def test_claimants_come_with_most_claims_first(tmp_path: Path) -> None:
    one, two = {"claimants": "[driver]"}, {"claimants": "[paper, driver]"}
    found = counted(tmp_path, one=one, two=two)
    assert rows(found, "claimants") == {"Joe Bloggs": 2, "Gazette": 1}


def test_withdrawn_claims_and_drafts_do_not_count(tmp_path: Path) -> None:
    found = counted(tmp_path, a={}, b={"status": "withdrawn"}, c={"status": "draft"})
    assert found.total.claims == 1


def test_ratings_are_counted_in_the_order_of_the_scale(tmp_path: Path) -> None:
    found = counted(tmp_path, a={"rating": "opinion"}, b={"rating": "holds"}, c={"rating": "opinion"})
    assert list(found.total.ratings.items()) == [("holds", 1), ("fails", 0), ("opinion", 2)]


def test_members_at_any_remove_are_on_the_side_of_the_uppermost_party(tmp_path: Path) -> None:
    found = counted(tmp_path, a={"claimants": "[mayor]"}, b={"claimants": "[hall]"}, c={"claimants": "[state]"})
    assert rows(found, "made-by-side") == {"The State": 3, "Drivers' League": 0, "no side": 0}


def test_a_document_that_speaks_for_a_side_makes_the_claim_its_own(tmp_path: Path) -> None:
    asserted = {"claimants": "[driver]", "appearances": "[{source: leaflet, quote: So, stance: asserts}]"}
    repeated = {"claimants": "[driver]", "appearances": "[{source: leaflet, quote: So, stance: repeats}]"}
    found = counted(tmp_path, asserted=asserted, repeated=repeated)
    assert rows(found, "made-by-side") == {"Drivers' League": 1, "The State": 0, "no side": 1}


def test_a_claim_counts_once_for_each_side_that_it_is_about(tmp_path: Path) -> None:
    found = counted(tmp_path, a={"about": "[mayor, hall, league]"}, b={"about": "[driver]"})
    assert rows(found, "about-side") == {"Drivers' League": 1, "The State": 1, "no side": 1}


def test_parties_that_belong_to_each_other_are_two_sides(tmp_path: Path) -> None:
    scratch.write(tmp_path, SITE)
    circle = {"content/actors/state.yaml": "{name: The State, kind: government, member_of: [{actor: hall}]}"}
    found = coverage.report(scratch.site(scratch.write(tmp_path, circle)))
    assert rows(found, "made-by-side") == {"Drivers' League": 0, "The State": 0, "Town Hall": 0, "no side": 0}


def test_a_site_without_claims_has_empty_tables(tmp_path: Path) -> None:
    found = counted(tmp_path)
    assert found.total.claims == 0
    assert rows(found, "claimants") == {}


TEXT = """\
Counts of what was checked here, not a sample of what was said.

                                         Does
                                          not
Per article                    n  Holds  hold  Opinion
new                            0      ·     ·        ·
odd                            0      ·     ·        ·
old                            1      ·     1        ·
All claims                     2      1     1        ·

                                         Does
                                          not
Per claimant                   n  Holds  hold  Opinion
Gazette                        2      1     1        ·
All claims                     2      1     1        ·

                                         Does
                                          not
Made by a side                 n  Holds  hold  Opinion
Drivers' League                0      ·     ·        ·
The State                      0      ·     ·        ·
no side                        2      1     1        ·
All claims                     2      1     1        ·

                                         Does
                                          not
About a side                   n  Holds  hold  Opinion
The State                      1      1     ·        ·
Drivers' League                0      ·     ·        ·
no side                        1      ·     1        ·
All claims                     2      1     1        ·
"""


def test_the_text_is_tables_with_the_whole_below_each(tmp_path: Path) -> None:
    failing = {"rating": "fails", "appearances": "[{article: old, quote: It is old}]"}
    assert counted(tmp_path, failing=failing, holding={"about": "[hall]"}).text() == TEXT


def test_long_names_are_cut_in_the_text(tmp_path: Path) -> None:
    long = {"content/actors/state.yaml": "{name: The State of Affairs in General, kind: government}"}
    text = coverage.report(scratch.site(scratch.write(tmp_path, {**SITE, **long}))).text()
    assert "\nThe State of Affairs in G…     0  " in text


def test_the_json_says_the_same(tmp_path: Path) -> None:
    read = json.loads(counted(tmp_path, a={"rating": "fails"}).json())
    assert read["labels"] == {"holds": "Holds", "fails": "Does not hold", "opinion": "Opinion"}
    assert read["total"] == {
        "id": "",
        "label": "All claims",
        "claims": 1,
        "ratings": {"holds": 0, "fails": 1, "opinion": 0},
    }
    assert [table["id"] for table in read["tables"]] == ["articles", "claimants", "made-by-side", "about-side"]
