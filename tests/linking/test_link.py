"""Entries become one frozen site: drafts out, references resolved, quotes located."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from factsite.linking.findings import Kept
from factsite.linking.link import link
from factsite.loading.load import load
from factsite.problems import Problems
from factsite.site import Outlet
from tests import scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
BRIDGE = "content/claims/bridge-cost.yaml"


def test_a_claim_holds_what_it_rests_on(tmp_path: Path) -> None:
    claim = scratch.site(scratch.minimal(tmp_path)).claims["bridge-cost"]

    assert (claim.rating.label, claim.rating.place) == ("False", 1)
    assert [actor.name for actor in claim.claimants] == ["Jane Doe"]
    assert claim.topics[0].path == "topics/money/"
    assert claim.short == claim.text
    assert claim.appearances[0].passage is not None
    assert claim.appearances[0].passage.exact == "the bridge cost twice what was promised"
    assert claim.evidence[0].number == 1
    assert claim.evidence[0].source.publisher == Outlet("The Gazette", None)


def test_drafts_are_out_unless_asked_for(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"content/claims/draft.yaml": CLAIM.replace("published", "draft")})

    assert list(scratch.site(root).claims) == ["bridge-cost"]
    assert list(scratch.site(root, drafts=True).claims) == ["bridge-cost", "draft"]


def test_mistakes_in_drafts_do_not_stop_the_published_site(tmp_path: Path) -> None:
    draft = CLAIM.replace("published", "draft").replace("[mayor]", "[nobody]")
    root = scratch.minimal(tmp_path, {"content/claims/draft.yaml": draft})

    assert scratch.linked(root)[1] == []
    assert [problem.code for problem in scratch.linked(root, drafts=True)[1]] == ["unknown-actor"]


def test_order_of_the_lists(tmp_path: Path) -> None:
    source = "title: {}\ntype: news\npublished: {}\n"
    files: dict[str, str | bytes] = {
        "content/claims/a.yaml": CLAIM.replace("2026-03-02", "2026-03"),
        "content/claims/b.yaml": CLAIM.replace("2026-03-02", "2027"),
        "content/claims/c.yaml": CLAIM,
        "content/actors/z.yaml": "name: Élan\nkind: media\n",
        "content/actors/a.yaml": "name: zebra\nkind: media\n",
        "content/sources/x.yaml": source.format("B", "2026"),
        "content/sources/y.yaml": source.format("a", "2026"),
        "content/sources/z.yaml": source.format("A", "2027"),
    }

    site = scratch.site(scratch.minimal(tmp_path, files))

    assert list(site.claims) == ["b", "bridge-cost", "c", "a"]
    assert list(site.cards) == list(site.claims)
    assert list(site.actors) == ["mayor", "a", "z"]
    assert list(site.sources) == ["z", "gazette", "accounts", "y", "x"]


def test_publishers_are_actors_where_they_are_known(tmp_path: Path) -> None:
    article = (scratch.SITES / "minimal/content/articles/gazette.md").read_text()
    files: dict[str, str | bytes] = {
        "content/actors/gazette-ltd.yaml": "name: The Gazette Ltd\nkind: media\nshort: Gazette\n",
        "content/articles/gazette.md": article.replace(
            "The Gazette", "gazette-ltd\nreposted_by: Somebody\nparty_to: [mayor]"
        ),
    }

    site = scratch.site(scratch.minimal(tmp_path, files))
    source = site.sources["gazette"]

    assert source.publisher == Outlet("The Gazette Ltd", site.actors["gazette-ltd"].link)
    assert source.reposted_by == Outlet("Somebody", None)
    assert [link.id for link in source.party_to] == ["mayor"]


def test_corrections_are_newest_first_and_date_the_claim(tmp_path: Path) -> None:
    corrections = (
        "corrections:\n  - {date: 2026-05, note: One.}\n  - {date: 2026-06-01, note: Two., rating_was: 'true'}\n"
    )

    claim = scratch.site(scratch.minimal(tmp_path, {BRIDGE: CLAIM + corrections})).claims["bridge-cost"]

    assert [correction.note for correction in claim.corrections] == ["Two.", "One."]
    assert claim.corrections[0].rating_was is not None
    assert claim.corrections[0].rating_was.label == "True"
    assert claim.modified == "2026-06-01"


def test_evidence_that_is_no_article_is_quoted_as_it_is(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "content/sources/audit.yaml": "title: Audit\ntype: primary\n",
        BRIDGE: CLAIM.replace("source: gazette", "source: audit"),
    }

    evidence = scratch.site(scratch.minimal(tmp_path, files)).claims["bridge-cost"].evidence[0]

    assert (evidence.quote, evidence.passage) == ("The auditors found an overrun of 16 per cent.", None)


def test_every_quote_that_is_not_found_is_said(tmp_path: Path) -> None:
    changed = CLAIM.replace("twice what", "thrice what").replace("16 per cent", "17 per cent")

    site, problems = scratch.linked(scratch.minimal(tmp_path, {BRIDGE: changed}))

    assert site is None
    assert [(problem.code, problem.keys) for problem in problems] == [
        ("quote-not-found", ("appearances", 0, "quote")),
        ("quote-not-found", ("evidence", 0, "quote")),
    ]


def test_a_quote_that_is_wrong_is_said_by_every_build_until_it_is_right(tmp_path: Path) -> None:
    wrong = CLAIM.replace("16 per cent", "17 per cent")  # the other quote of the same claim is right
    root, kept = scratch.minimal(tmp_path, {BRIDGE: wrong}), Kept()

    def codes() -> list[str]:
        problems = Problems()
        link(load(root, problems), problems, kept)
        return [problem.code for problem in problems]

    assert [codes(), codes()] == [["quote-not-found"], ["quote-not-found"]]
    scratch.write(root, {BRIDGE: CLAIM})
    assert [codes(), codes()] == [[], []]
    assert sorted(kept.quotes["bridge-cost"].ranges) == ["appearances/0", "evidence/0"]


def test_the_site_is_frozen_and_can_be_encoded(tmp_path: Path) -> None:
    site = scratch.site(scratch.minimal(tmp_path))

    with pytest.raises(AttributeError):
        site.claims["bridge-cost"].verdict = "Changed"  # type: ignore[misc]
    assert msgspec.json.encode(site.claims["bridge-cost"]) == msgspec.json.encode(
        scratch.site(scratch.minimal(tmp_path / "again")).claims["bridge-cost"]
    )


def test_linking_twice_gives_the_same(tmp_path: Path) -> None:
    assert scratch.site(scratch.minimal(tmp_path)) == scratch.site(tmp_path)
