"""From what is referred to, back to what refers to it."""

from __future__ import annotations

from pathlib import Path

from factsite.site import Appearance, Bearing, Evidence, Highlight, Use
from tests import scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
FILES: dict[str, str | bytes] = {
    "content/actors/council.yaml": "name: The council\nkind: government\nmember_of:\n  - {actor: county}\n",
    "content/actors/county.yaml": "name: The county\nkind: government\n",
    "content/actors/gazette-ltd.yaml": "name: The Gazette\nkind: media\n",
    "content/sources/audit.yaml": "title: Audit\ntype: primary\npublisher: county\n",
    "content/claims/second.yaml": CLAIM.replace("topics: [money]", "about: [council, mayor]\ntopics: [money]")
    .replace("- source: gazette", "- source: audit")
    .replace("checked: 2026-03-02", "checked: 2026-04"),
    "content/claims/third.yaml": CLAIM.replace("status: published", "status: withdrawn"),
}


def test_what_refers_to_what(tmp_path: Path) -> None:
    site = scratch.site(scratch.minimal(tmp_path, FILES))

    assert site.claims_by == {"mayor": ("second", "bridge-cost")}
    assert site.claims_about == {"council": ("second",), "mayor": ("second",)}
    assert site.claims_on == {"money": ("second", "bridge-cost")}
    assert site.claims_rated == {"false": ("second", "bridge-cost")}
    assert site.appearing == {"gazette": ("second", "bridge-cost")}
    assert {source: [use.claim for use in uses] for source, uses in site.uses.items()} == {
        "gazette": ["bridge-cost"],
        "accounts": ["second", "bridge-cost"],
        "audit": ["second"],
    }
    assert site.published_by == {"county": ("audit",)}
    assert site.members == {"county": ("council",)}
    assert site.mentioned_in == {"mayor": ("gazette",), "council": ("gazette",)}


def test_withdrawn_claims_have_a_page_and_no_backlinks(tmp_path: Path) -> None:
    site = scratch.site(scratch.minimal(tmp_path, FILES))

    assert "third" in site.claims
    assert {highlight.claim for highlight in site.highlights["gazette"]} == {"bridge-cost", "second"}


def test_highlights_are_in_the_order_of_the_text_the_longer_first(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"content/claims/{name}.yaml": CLAIM.replace("the bridge cost twice what was promised", quote)
        for name, quote in {"a": "cost twice", "b": "cost twice what was", "c": "cost twice", "d": "Jane"}.items()
    }

    site = scratch.site(scratch.minimal(tmp_path, files))

    shown = [highlight.claim for highlight in site.highlights["gazette"] if not highlight.is_evidence]
    assert shown == ["d", "bridge-cost", "b", "a", "c"]


def test_parts_of_claims_are_those_of_the_whole_claims(tmp_path: Path) -> None:
    claim = CLAIM.replace("article: gazette", 'article: " gazette "').replace(
        "- source: accounts",
        """- source: " gazette "
    stance: context
    quote: |
      cost twice
    note: |
      In May.
    locator: " page 3 "
  - source: accounts""",
    )
    site = scratch.site(scratch.minimal(tmp_path, {"content/claims/spaced.yaml": claim}))

    bearings = [
        (item.source.id, Use(key, Bearing(item.number, item.stance, item.note, item.locator)))
        for key in site.claims
        for item in site.claims[key].evidence
    ]
    assert {source: list(uses) for source, uses in site.uses.items()} == {
        source: [use for other, use in bearings if other == source] for source, _ in bearings
    }
    shown: list[tuple[str, Appearance | Evidence]] = []
    for key in site.claims:
        shown += [(key, item) for item in site.claims[key].appearances]
        shown += [(key, item) for item in site.claims[key].evidence]
    passages = {
        Highlight(key, item.passage.ranges, item.quote or "", item.stance, isinstance(item, Evidence))
        for key, item in shown
        if item.passage
    }
    assert set(site.highlights["gazette"]) == passages
    assert Highlight("spaced", ((30, 40),), "cost twice", "context", is_evidence=True) in passages


def test_actors_that_only_the_reasoning_speaks_of(tmp_path: Path) -> None:
    reasoning = "The [council](actor:council), the [mayor](actor:mayor) and <actor:county>."
    second = str(FILES["content/claims/second.yaml"]).replace("The accounts are public.", reasoning)

    site = scratch.site(scratch.minimal(tmp_path, FILES | {"content/claims/second.yaml": second}))

    assert site.claims_naming == {"county": ("second",)}
