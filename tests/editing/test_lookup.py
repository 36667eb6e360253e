"""Looking things up: what refers to an entry, and where words stand in the articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from factsite.editing import finder, lookup
from factsite.editing.lookup import Found, Place
from factsite.linking import link
from factsite.problems import Problem
from tests import scratch

CLAIM = """\
claim: The bridge is new.
rating: "true"
verdict: It is.
claimants:
  - mayor
about: [mayor]
appearances:
  - {article: gazette, quote: The council will meet again, stance: disputes}
  - source: report
    quote: New!
evidence:
  - source: report
    stance: supports
    note: >-
      As [the mayor](actor:mayor) and
      [the other claim](claim:bridge-cost) say.
analysis: |
  First.

  Then [the passage](source:gazette#claim-bridge-cost.2).
checked: 2026-03-02
status: draft
responses:
  - {from: mayor, date: 2026, note: None.}
related: [bridge-cost]
aliases: [bridge-old]
"""
FILES = {
    "content/claims/bridge-new.yaml": CLAIM,
    "content/sources/report.yaml": "title: Report\ntype: primary\npublisher: mayor\nparty_to: [mayor]\n"
    "published: 2026\n",
    "content/actors/council.yaml": "name: The council\nkind: organisation\nmember_of: [{actor: mayor}]\n"
    "old_ids: [board]\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\nText.\n\nSee\n[her](actor:mayor) and <claim:bridge-cost>.\n",
    "site.yaml": (scratch.SITES / "minimal/site.yaml").read_text() + "featured:\n  - bridge-cost\n",
}


def shown(root: Path, kind: str, entry_id: str) -> Found:
    found, problems = scratch.loaded(scratch.minimal(root, FILES))
    assert problems == []
    result = lookup.show(root, found, kind, entry_id)
    assert isinstance(result, Found)
    return result


def test_what_refers_to_an_actor(tmp_path: Path) -> None:
    found = shown(tmp_path, "actor", "mayor")

    assert (found.label, found.path, found.details) == ("Jane Doe", "content/actors/mayor.yaml", ("person",))
    assert found.references == (
        Place("content/claims/bridge-cost.yaml", 4, "claimants"),
        Place("content/claims/bridge-new.yaml", 5, "claimants, of a draft"),
        Place("content/claims/bridge-new.yaml", 6, "about, of a draft"),
        Place("content/claims/bridge-new.yaml", 15, "link in evidence 1, of a draft"),
        Place("content/claims/bridge-new.yaml", 24, "responses 1, of a draft"),
        Place("content/actors/council.yaml", 3, "member_of 1"),
        Place("content/sources/report.yaml", 3, "publisher"),
        Place("content/sources/report.yaml", 4, "party_to"),
        Place("content/pages/about.md", 8, "link in the text"),
    )
    line = next(n for n, text in enumerate(_article(tmp_path).split("\n"), start=1) if text.startswith("Jane Doe"))
    assert found.mentions == (Place("content/articles/gazette.md", line, "Jane Doe"),)


def test_what_refers_to_a_claim(tmp_path: Path) -> None:
    assert shown(tmp_path, "claim", "bridge-cost").references == (
        Place("site.yaml", _line(FILES["site.yaml"], "  - bridge-cost"), "featured"),
        Place("content/claims/bridge-new.yaml", 15, "link in evidence 1, of a draft"),
        Place("content/claims/bridge-new.yaml", 20, "link in analysis, of a draft"),
        Place("content/claims/bridge-new.yaml", 25, "related, of a draft"),
        Place("content/pages/about.md", 8, "link in the text"),
    )


def test_articles_are_sources(tmp_path: Path) -> None:
    found = shown(tmp_path, "source", "gazette")

    assert found.details == ("news", "The Gazette", "2026-02-20")
    assert [place.what for place in found.references if place.path.endswith("bridge-new.yaml")] == [
        "appearances 1, disputes, of a draft",
        "link in analysis, of a draft",
    ]
    assert [place.what for place in shown(tmp_path, "source", "report").references] == [
        "appearances 2, asserts, of a draft",
        "evidence 1, supports, of a draft",
    ]


def test_an_entry_says_what_it_is_and_was(tmp_path: Path) -> None:
    assert shown(tmp_path, "claim", "bridge-new").details == ("true", "draft", "once bridge-old")
    assert shown(tmp_path, "actor", "council").references == ()


@pytest.mark.parametrize(
    ("kind", "entry_id", "message", "near"),
    [
        ("actor", "mayer", "There is no actor `mayer`", "mayor"),
        ("actor", "board", "There is no actor `board`; it is now called `council`", "council"),
        ("claim", "bridge-old", "There is no claim `bridge-old`; it is now called `bridge-new`", "bridge-new"),
        ("source", "gazete", "There is no source `gazete`", "gazette"),
        ("source", "gaz", "There is no source `gaz`", "gazette"),
        ("claim", "mayor", "There is no claim `mayor`; there is an actor of this name", ""),
    ],
)
def test_what_is_not_there(tmp_path: Path, kind: str, entry_id: str, message: str, near: str) -> None:
    found, _ = scratch.loaded(scratch.minimal(tmp_path, FILES))

    result = lookup.show(tmp_path, found, kind, entry_id)

    assert isinstance(result, Problem)
    assert (result.message, result.nearest) == (message, near)


def test_a_broken_file_does_not_keep_the_others_from_being_looked_through(tmp_path: Path) -> None:
    broken = FILES | {"content/claims/bridge-new.yaml": "claim: [", "content/actors/council.yaml": "nam: x\n"}
    found, problems = scratch.loaded(scratch.minimal(tmp_path, broken))
    result = lookup.show(tmp_path, found, "actor", "mayor")

    assert {problem.code for problem in problems} == {"yaml", "unknown-key", "missing-key"}
    assert isinstance(result, Found)
    assert len(result.references) == 4


def test_as_text(tmp_path: Path) -> None:
    assert lookup.text(shown(tmp_path, "source", "report")) == (
        "source report: Report\n"
        "content/sources/report.yaml (primary, mayor, 2026)\n"
        "\n"
        "2 references in 1 file\n"
        "  content/claims/bridge-new.yaml\n"
        "       9  appearances 2, asserts, of a draft\n"
        "      12  evidence 1, supports, of a draft"
    )
    assert lookup.text(shown(tmp_path, "actor", "mayor")).endswith(
        "\n\nnamed in 1 paragraph of articles\n" + _mention(tmp_path)
    )


def test_as_json(tmp_path: Path) -> None:
    found = json.loads(lookup.as_json(shown(tmp_path, "source", "report")))

    assert list(found) == ["kind", "id", "label", "path", "details", "references", "mentions"]
    assert found["references"][1] == {
        "path": "content/claims/bridge-new.yaml",
        "line": 12,
        "what": "evidence 1, supports, of a draft",
    }


def _article(root: Path) -> str:
    return (root / "content/articles/gazette.md").read_text()


def _line(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


def _mention(root: Path) -> str:
    line = next(n for n, text in enumerate(_article(root).split("\n"), start=1) if text.startswith("Jane Doe"))
    return f"  content/articles/gazette.md\n  {line:>6}  Jane Doe"


# --- words in articles -----------------------------------------------------------------------------------------------

TEXTS = {
    "a": "The bridge was opened in January. “Twice,” she said.\n\nThe bridge was closed again.",
    "b": "Nobody knows when the bridge was opened.",
}


def hits(root: Path, words: str) -> list[tuple[str, int, str, list[str], str]]:
    front = "---\ntitle: T\ntype: news\n---\n\n"
    files = {f"content/articles/{name}.md": front + text + "\n" for name, text in TEXTS.items()}
    found, _ = scratch.loaded(scratch.minimal(root, files))
    _, articles = link.unlinked(found)
    return [
        (hit.article_id, hit.line, hit.context, hit.lines, hit.differs) for hit in finder.find(articles.values(), words)
    ]


def test_words_that_stand_once(tmp_path: Path) -> None:
    assert hits(tmp_path, "opened  in January") == [
        (
            "a",
            6,
            "The bridge was [opened in January]. “Twice,” she said.",
            ["  - article: a", "    quote: opened in January"],
            "",
        )
    ]


def test_words_that_stand_in_several_places_are_told_apart(tmp_path: Path) -> None:
    found = hits(tmp_path, "bridge was opened")
    assert [(hit[0], hit[3]) for hit in found] == [
        ("a", ["  - article: a", "    quote: bridge was opened"]),
        ("b", ["  - article: b", "    quote: bridge was opened"]),
    ]
    found = hits(tmp_path, "The bridge was")
    assert [(hit[1], hit[3][1:]) for hit in found] == [
        (6, ["    quote: The bridge was", "    after: opened"]),
        (8, ["    quote: The bridge was", "    before: said."]),
    ]


def test_typography_does_not_matter_and_the_article_s_own_is_pasted(tmp_path: Path) -> None:
    assert hits(tmp_path, '"Twice," she')[0][3] == ["  - article: a", "    quote: “Twice,” she"]


def test_what_comes_close_is_shown_if_nothing_is_exact(tmp_path: Path) -> None:
    found = hits(tmp_path, "bridge was sold in January")

    assert found[0] == (
        "a",
        6,
        "The [bridge was opened in January]. “Twice,” she said.",
        ["  - article: a", "    quote: bridge was opened in January"],
        "the article has “opened”, the quote “sold”",
    )
    assert [(hit[0], hit[4]) for hit in hits(tmp_path, "TWICE")] == [
        ("a", "the article has “Twice”, the quote “TWICE”"),
        ("gazette", "the article has “twice”, the quote “TWICE”"),
    ]


def test_nothing_like_it(tmp_path: Path) -> None:
    assert hits(tmp_path, "xylophone quartet") == []


def test_the_text_for_an_editor(tmp_path: Path) -> None:
    found, _ = scratch.loaded(
        scratch.minimal(tmp_path, {"content/articles/gazette.md": "---\ntitle: T\ntype: news\n---\nOne.\n"})
    )
    _, articles = link.unlinked(found)

    assert finder.text(finder.find(articles.values(), "one")) == (
        "content/articles/gazette.md:5 (the article has “One”, the quote “one”)\n"
        "  [One].\n"
        "\n"
        "  - article: gazette\n"
        "    quote: One"
    )
