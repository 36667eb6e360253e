"""Structured data: one ClaimReview on the page of a rated claim, saying what the page says, and none elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from factsite.rendering import jsonld
from factsite.viewing import pieces
from tests import scratch
from tests.whole import pages

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
ARTICLE = (scratch.SITES / "minimal/content/articles/gazette.md").read_text()
BRIDGE = "content/claims/bridge-cost.yaml"


def blocks(root: Path) -> dict[str, list[dict[str, Any]]]:
    """The blocks of every page, by its path."""
    return {page.path: jsonld.blocks(page.view, page.path) for page in pages(scratch.site(root))}


def review(root: Path) -> dict[str, Any]:
    return blocks(root)["claims/bridge-cost/"][0]


def test_a_claim_review_is_made_once_for_its_page_and_the_feed_and_anew_for_anything_else(tmp_path: Path) -> None:
    site = scratch.site(scratch.minimal(tmp_path))
    claim, chrome = site.claims["bridge-cost"], pieces.chrome(site)
    draft = msgspec.structs.replace(claim, status="draft")
    other_claim = msgspec.structs.replace(claim, verdict="It cost what was planned.")
    other_site = msgspec.structs.replace(chrome, language="de")

    assert jsonld.review_of(claim, chrome) is jsonld.review_of(claim, chrome)
    assert jsonld.review_of(draft, chrome) is None
    assert jsonld.review_of(other_claim, chrome) == jsonld.claim_review(other_claim, chrome)
    assert jsonld.review_of(claim, other_site) == jsonld.claim_review(claim, other_site)
    assert jsonld.review_of(claim, chrome) == jsonld.claim_review(claim, chrome)


def test_a_claim_review(tmp_path: Path) -> None:
    found = review(scratch.minimal(tmp_path))

    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ClaimReview"
    assert found["url"] == "https://checks.example/claims/bridge-cost/"
    assert found["claimReviewed"] == "The bridge cost twice its budget."
    assert found["datePublished"] == found["dateModified"] == "2026-03-02"
    assert found["author"]["name"] == "Bridge desk"
    assert found["reviewBody"] == "The audited accounts show a sixth more, not double."
    rating = found["reviewRating"]
    assert (rating["alternateName"], rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (
        "False",
        1,
        1,
        2,
    )
    item = found["itemReviewed"]
    assert (item["@type"], item["text"]) == ("Claim", "The bridge cost twice its budget.")
    assert item["author"] == [{"@type": "Person", "name": "Jane Doe"}]
    assert item["appearance"] == [
        {
            "@type": "NewsArticle",
            "headline": "Council row over the bridge",
            "url": "https://gazette.example/bridge",
            "datePublished": "2026-02-20",
            "publisher": {"@type": "Organization", "name": "The Gazette"},
        }
    ]
    assert [work["url"] for work in found["citation"]] == [
        "https://gazette.example/bridge",
        "https://auditors.example/bridge",
    ]


def test_only_claim_pages_have_one(tmp_path: Path) -> None:
    types = {path: [block["@type"] for block in found] for path, found in blocks(scratch.minimal(tmp_path)).items()}

    assert [path for path, found in types.items() if "ClaimReview" in found] == ["claims/bridge-cost/"]
    assert types["claims/bridge-cost/"] == ["ClaimReview", "WebPage"]
    assert types["actors/mayor/"] == ["ProfilePage", "WebPage"]
    assert types[""] == ["NewsMediaOrganization", "WebPage"]
    assert types["404.html"] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rating: "false"', "rating: opinion"),
        ("status: published", "status: withdrawn"),
        ("status: published", "status: draft"),
    ],
)
def test_no_review_of_opinions_drafts_and_what_was_withdrawn(tmp_path: Path, old: str, new: str) -> None:
    root = scratch.minimal(tmp_path, {BRIDGE: CLAIM.replace(old, new)})

    found = {page.path: jsonld.blocks(page.view, page.path) for page in pages(scratch.site(root, drafts=True))}

    assert [block["@type"] for block in found["claims/bridge-cost/"]] == ["WebPage"]


def test_no_review_of_what_only_this_site_says(tmp_path: Path) -> None:
    own = ARTICLE.replace("https://gazette.example/bridge", "https://checks.example/a-report")

    found = blocks(scratch.minimal(tmp_path, {"content/articles/gazette.md": own}))

    assert [block["@type"] for block in found["claims/bridge-cost/"]] == ["WebPage"]


def test_a_rating_off_the_scale_has_no_number(tmp_path: Path) -> None:
    settings = (scratch.SITES / "minimal/site.yaml").read_text().replace("    value: 1\n", "")

    rating = review(scratch.minimal(tmp_path, {"site.yaml": settings}))["reviewRating"]

    assert rating["alternateName"] == "False"
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()


def test_no_review_of_a_claim_that_is_only_disputed_where_it_stands(tmp_path: Path) -> None:
    disputed = CLAIM.replace("what was promised\n", "what was promised\n    stance: disputes\n", 1)

    found = blocks(scratch.minimal(tmp_path, {BRIDGE: disputed}))

    assert [block["@type"] for block in found["claims/bridge-cost/"]] == ["WebPage"]


def test_corrections_and_identities(tmp_path: Path) -> None:
    actor = "name: Jane Doe\nkind: person\nsame_as: [https://www.wikidata.org/wiki/Q1]\n"
    corrections = "corrections:\n  - {date: 2026-05-01, note: It said more.}\n"

    found = review(scratch.minimal(tmp_path, {BRIDGE: CLAIM + corrections, "content/actors/mayor.yaml": actor}))

    assert found["dateModified"] == "2026-05-01"
    assert found["correction"] == [
        {"@type": "CorrectionComment", "text": "It said more.", "datePublished": "2026-05-01"}
    ]
    assert found["itemReviewed"]["author"][0]["sameAs"] == ["https://www.wikidata.org/wiki/Q1"]


def empties(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [found for inner in value.values() for found in empties(inner)]
    if isinstance(value, list) and value:
        return [found for inner in value for found in empties(inner)]
    return [value] if value in (None, "", [], {}) else []


@pytest.mark.parametrize("name", ["minimal", "empty", "unusual"])
def test_nothing_is_empty_and_every_page_has_its_address(name: str) -> None:
    found = blocks(scratch.SITES / name)

    assert [empties(block) for page in found.values() for block in page if empties(block)] == []
    for path, page in found.items():
        for block in page:
            if block["@type"] == "WebPage":
                assert block["url"].endswith(f"/{path}")
