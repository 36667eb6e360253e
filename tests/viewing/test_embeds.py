"""Cards for other sites, and what the claim page offers to copy."""

from __future__ import annotations

from pathlib import Path

import msgspec
from lxml import etree

from factsite.problems import Problems
from factsite.rendering.jsonld import blocks
from factsite.site import Site
from factsite.viewing import embeds
from factsite.views import Page
from tests import bridges
from tests.whole import pages, render

HERE = "https://checks.example/"


def rendered(root: Path, path: str) -> etree._Element:
    """One page of the full site."""
    problems = Problems()
    shown = [page for page in pages(bridges.site(root)) if page.path == path]
    outputs = render(root, shown, problems)
    assert list(problems) == []
    return etree.HTML(outputs[-1].content)


def text(element: etree._Element) -> str:
    """The words of an element."""
    return " ".join("".join(element.itertext()).split())


def test_a_card_says_rating_claim_and_verdict_in_this_order(tmp_path: Path) -> None:
    said = text(rendered(tmp_path, "embed/bridge-cost/").find(".//main"))
    places = [said.index(words) for words in ("False", "The bridge cost twice its budget.", "The audited accounts")]
    assert places == sorted(places)
    assert "Checked by Bridge checks" in said


def test_a_card_is_not_for_search_engines(tmp_path: Path) -> None:
    card = rendered(tmp_path, "embed/bridge-cost/")
    assert card.find(".//meta[@name='robots']").get("content") == "noindex"
    assert card.find(".//link[@rel='canonical']").get("href") == f"{HERE}claims/bridge-cost/"


def test_a_card_has_no_script_and_no_structured_data(tmp_path: Path) -> None:
    assert rendered(tmp_path, "embed/bridge-cost/").findall(".//script") == []
    (page,) = (page for page in pages(bridges.site(tmp_path)) if page.path == "embed/bridge-cost/")
    assert blocks(page.view, page.path) == []


def test_links_of_a_card_open_outside_the_frame(tmp_path: Path) -> None:
    links = rendered(tmp_path, "embed/bridge-cost/").findall(".//a")
    assert {link.get("href") for link in links} == {"../../", "../../claims/bridge-cost/"}
    assert {(link.get("target"), link.get("rel")) for link in links} == {("_blank", "noopener")}


def test_the_card_of_a_withdrawn_claim_says_so_and_gives_no_rating(tmp_path: Path) -> None:
    card = rendered(tmp_path, "embed/bridge-age/")
    assert "Withdrawn" in text(card.find(".//main"))
    assert "Rating" not in text(card.find(".//main"))
    assert "Anybody can see it" not in text(card.find(".//main"))
    assert text(card.find(".//title")) == "Withdrawn: The bridge is old."


def test_former_addresses_of_a_card_lead_to_it(tmp_path: Path) -> None:
    moved = rendered(tmp_path, "embed/bridge-price/")
    assert moved.find(".//meta[@http-equiv='refresh']").get("content") == "0; url=../../embed/bridge-cost/"


def test_the_claim_page_offers_a_frame_a_quotation_and_a_citation(tmp_path: Path) -> None:
    offered = [text(code) for code in rendered(tmp_path, "claims/bridge-cost/").findall(".//code[@class='copy']")]
    address, citation, quotation, frame = offered
    assert address == f"{HERE}claims/bridge-cost/"
    assert citation == (
        f"“The bridge cost twice its budget.” Rated False. Bridge checks, 10 March 2026. {HERE}claims/bridge-cost/"
    )
    assert etree.fromstring(quotation).get("cite") == f"{HERE}claims/bridge-cost/"
    shown = etree.HTML(frame).find(".//iframe")
    assert shown.get("src") == f"{HERE}embed/bridge-cost/"
    assert shown.get("title") == "False: The bridge cost twice its budget."
    assert int(shown.get("height")) >= 200


def test_a_withdrawn_claim_is_not_offered_for_embedding(tmp_path: Path) -> None:
    offered = [text(code) for code in rendered(tmp_path, "claims/bridge-age/").findall(".//code[@class='copy']")]
    assert offered == [f"{HERE}claims/bridge-age/"]


def test_pages_name_their_machine_readable_twins(tmp_path: Path) -> None:
    for path, twins in (
        ("claims/bridge-cost/", {"feed.xml", "corrections.xml", "claims/bridge-cost/index.json"}),
        ("actors/mayor/", {"feed.xml", "corrections.xml", "actors/mayor/feed.xml", "actors/mayor/index.json"}),
        ("sources/audit/", {"feed.xml", "corrections.xml", "sources/audit/index.json"}),
        ("sources/gazette/", {"feed.xml", "corrections.xml", "sources/gazette/index.json"}),
        ("topics/money/", {"feed.xml", "corrections.xml", "topics/money/feed.xml"}),
    ):
        site = bridges.site(tmp_path)
        links = {
            link.get("href").removeprefix("../../")
            for link in rendered(tmp_path, path).findall(".//link[@rel='alternate']")
        }
        assert links == twins
        assert links <= set(bridges.exported(site))


def test_the_frame_grows_with_the_text(tmp_path: Path) -> None:
    claim = bridges.site(tmp_path).claims["bridge-cost"]
    longer = msgspec.structs.replace(claim, verdict=claim.verdict * 3)
    assert embeds.height(longer) > embeds.height(claim)


def data_page(site: Site) -> Page:
    """The page about the data."""
    (page,) = (page for page in pages(site) if page.path == "data/")
    return page


def test_the_data_page_links_every_file_and_tells_dataset_searches(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    html = rendered(tmp_path, "data/")
    links = {link.get("href").removeprefix("../") for link in html.find(".//main").findall(".//a")}
    files = set(bridges.exported(site))
    assert {link for link in links if "." in link} <= files
    assert {
        "data/claims.json",
        "data/claims.csv",
        "feed.xml",
        "corrections.xml",
        "claims/bridge-cost/index.json",
    } <= links
    page = data_page(site)
    dataset = blocks(page.view, page.path)[0]
    assert dataset["@type"] == "Dataset"
    assert [file["contentUrl"].removeprefix(HERE) for file in dataset["distribution"]] == [
        "data/claims.json",
        "data/claims.csv",
        "data/claimreview.json",
        "data/annotations.jsonld",
    ]
