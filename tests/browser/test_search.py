"""The search page as a reader uses it, on a static host and in the preview."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from factsite.pipeline import Options, build
from tests import bridges, serving
from tests.browser.conftest import Tab
from tests.browser.test_embeds import served


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a built site that lives in a folder of its host."""
    root = tmp_path_factory.mktemp("site")
    bridges.site(root)
    assert build(Options(root, output=root / "host/checks")).ok
    with served(root / "host") as address:
        yield f"{address}checks/"


def results(page: Page) -> list[str]:
    """The titles that were found, once the search is done."""
    expect(page.locator(".search-status")).to_contain_text("result")
    return page.locator(".search-results h2").all_text_contents()


def test_a_claim_is_found_with_its_rating_and_verdict(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}search/")
    tab.page.get_by_role("searchbox").fill("budget")

    assert results(tab.page) == ["The bridge cost twice its budget."]
    row = tab.page.locator(".search-results .row")
    expect(row).to_contain_text("Rating: False")
    expect(row).to_contain_text("The audited accounts show a sixth more, not double.")
    row.get_by_role("link").click()
    expect(tab.page).to_have_url(f"{host}claims/bridge-cost/")
    assert tab.console == []


def test_filters_narrow_and_stand_in_the_address(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}search/?q=bridge")
    assert len(results(tab.page)) > 2
    tab.page.get_by_label("Rating").select_option("True")
    expect(tab.page.locator(".search-status")).to_have_text("1 result for “bridge”")

    assert tab.page.url == f"{host}search/?q=bridge&rating=True"
    assert results(tab.page) == ["The bridge is red."]
    tab.page.reload()
    assert results(tab.page) == ["The bridge is red."]
    expect(tab.page.get_by_label("Rating")).to_have_value("True")
    tab.page.get_by_role("button", name="Start again").click()
    expect(tab.page).to_have_url(f"{host}search/")
    expect(tab.page.get_by_role("heading", name="Other ways to find a check")).to_be_visible()
    assert tab.console == []


def test_filters_alone_are_a_way_to_browse(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}search/?kind=Actor")

    assert sorted(results(tab.page)) == ["Jane Doe", "Town Council"]
    assert tab.console == []


def test_with_the_keyboard_alone(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}search/")
    tab.page.keyboard.press("Tab")
    while tab.page.evaluate("document.activeElement.id") != "search-q":
        tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("budget")
    tab.page.keyboard.press("Enter")
    assert results(tab.page) == ["The bridge cost twice its budget."]
    while tab.page.evaluate("document.activeElement.closest('.search-results')") is None:
        tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")

    expect(tab.page).to_have_url(f"{host}claims/bridge-cost/")


def test_nothing_is_found(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}search/?q=zzzzzz")

    expect(tab.page.locator(".search-status")).to_have_text("No results for “zzzzzz”")
    expect(tab.page.locator(".search-results")).to_be_hidden()


def test_without_scripts_the_page_says_how_to_browse(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host}search/")

    expect(page.get_by_role("link", name="All claims")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    context.close()


def test_without_an_index_the_page_says_so(tab: Tab, tmp_path: Path) -> None:
    bridges.site(tmp_path)
    assert build(Options(tmp_path)).ok
    shutil.rmtree(tmp_path / "output/pagefind")
    with served(tmp_path / "output") as host:
        tab.page.goto(f"{host}search/?q=budget")

        expect(tab.page.locator(".search-status")).to_contain_text("could not be loaded")
        expect(tab.page.get_by_role("link", name="All claims")).to_be_visible()


def test_the_preview_finds_what_was_just_written(tab: Tab, tmp_path: Path) -> None:
    bridges.site(tmp_path)
    claim = tmp_path / "content/claims/bridge-length.yaml"
    with serving.preview(tmp_path) as running:
        tab.page.goto(f"{running.address}search/?q=long")
        assert results(tab.page)[0] == "The bridge is long.", "a draft"
        tab.page.goto("about:blank")
        claim.write_text(claim.read_text().replace("is long", "is endless"))
        running.wait_for_rebuild(1)
        tab.page.goto(f"{running.address}search/?q=endless")

        assert results(tab.page)[0] == "The bridge is endless."
    assert not (tmp_path / ".factsite/preview/pagefind").exists(), "kept in memory"
