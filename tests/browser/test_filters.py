"""The list of claims, narrowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from factsite.pipeline import Options, build
from factsite.viewing import lists
from tests import many
from tests.browser.conftest import Tab
from tests.browser.test_embeds import served

COUNT = 230
MORE = "  - {id: water, label: Water}\nsearch: false\nshare_images: false\n"
"""Below the topics of site.yaml."""


def claims() -> dict[str, str]:
    """230 claims on three pages: every second one false, every tenth on money, the years in turn."""
    found = {"articles/gazette": many.article("Council row", "2026-02-20")}
    for n in range(COUNT):
        more = f"made: {2024 + n % 3}-05\ntopics: [{'water' if n % 10 else 'money'}]\n"
        found[f"claims/c{n:03}"] = many.claim(
            f"Claim number {n:03}", "gazette", rating=("true", "false")[n % 2], more=more
        )
    return found


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a built site with three pages of claims."""
    root = tmp_path_factory.mktemp("site")
    many.site(root, claims(), settings=MORE)
    assert build(Options(root)).ok
    with served(root / "output") as address:
        yield address


def shown(page: Page) -> list[str]:
    """The claims that stand there."""
    return page.locator(".row:visible .row-claim").all_text_contents()


def test_the_index_is_fetched_when_a_filter_is_used(tab: Tab, host: str) -> None:
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url.removeprefix(host)))
    tab.page.goto(f"{host}claims/")
    assert len(shown(tab.page)) == lists.CLAIMS_PER_PAGE
    assert "data/index.json" not in asked
    tab.page.get_by_label("Topic").select_option("money")

    expect(tab.page.get_by_role("status")).to_have_text("23 claims")
    assert asked.count("data/index.json") == 1
    assert shown(tab.page)[:3] == ["Claim number 000", "Claim number 010", "Claim number 020"]
    assert tab.console == []


def test_filters_of_an_address_combine_over_all_pages(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}claims/?rating=false&year=2024&q=NUMBER+22")

    expect(tab.page.get_by_role("status")).to_have_text("1 claim")
    assert shown(tab.page) == ["Claim number 225"]
    expect(tab.page.get_by_label("Rating")).to_have_value("false")


def test_rows_look_like_those_of_the_page(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}claims/")
    before = tab.page.locator("[data-list] .row").first.inner_text()
    tab.page.get_by_label("Words").fill("Claim number 000")

    expect(tab.page.get_by_role("status")).to_have_text("1 claim")
    assert tab.page.locator(".row:visible").inner_text() == before
    tab.page.locator(".row:visible .row-claim a").click()
    expect(tab.page).to_have_url(f"{host}claims/c000/")


def test_the_whole_list_comes_back(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}claims/?rating=true")
    expect(tab.page.get_by_role("status")).to_have_text("115 claims")
    expect(tab.page.locator(".pager")).to_be_hidden()
    assert len(shown(tab.page)) == 100
    tab.page.get_by_role("button", name="Show more").click()
    expect(tab.page.locator(".row:visible")).to_have_count(115)
    assert tab.page.evaluate("document.activeElement.textContent") == "Claim number 200"
    tab.page.get_by_role("button", name="Show all").click()

    expect(tab.page).to_have_url(f"{host}claims/")
    expect(tab.page.locator(".pager")).to_be_visible()
    assert len(shown(tab.page)) == lists.CLAIMS_PER_PAGE
    assert tab.console == []


def test_nothing_fits(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}claims/?q=nowhere")

    expect(tab.page.get_by_role("status")).to_have_text("No claims")
    assert shown(tab.page) == []


def test_with_the_keyboard_alone(tab: Tab, host: str) -> None:
    tab.page.goto(f"{host}claims/")
    tab.page.get_by_label("Words").focus()
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.type("Fa")
    expect(tab.page.get_by_role("status")).to_have_text("115 claims")

    assert tab.page.url == f"{host}claims/?rating=false"


def test_without_scripts_the_list_is_complete(browser: Browser, host: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found: list[str] = []
    for path in ("claims/", "claims/page/2/", "claims/page/3/"):
        page.goto(host + path)
        found += page.locator(".row-claim").all_text_contents()
        expect(page.locator("form")).to_have_count(0 if "page" in path else 1)
        expect(page.locator("form:visible")).to_have_count(0)
    context.close()

    assert len(found) == len(set(found)) == COUNT


def test_many_choices_come_with_the_index(tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CHOICES", 2)
    files = {"articles/gazette": many.article("Council row", "2026-02-20")}
    for name in ("roe", "poe"):
        files[f"actors/{name}"] = f"{{name: Jane {name.title()}, kind: person}}"
        files[f"claims/of-{name}"] = many.claim(f"Of {name}", "gazette").replace("[mayor]", f"[{name}, mayor]")
    many.site(tmp_path, files)
    assert build(Options(tmp_path)).ok
    with served(tmp_path / "output") as host:
        tab.page.goto(f"{host}claims/")
        tab.page.get_by_label("Actor").fill("Jane Poe")

        expect(tab.page.get_by_role("status")).to_have_text("1 claim")
        assert shown(tab.page) == ["Of poe"]
        assert tab.page.locator("datalist option").evaluate_all("all => all.map(option => option.value)") == [
            "Jane Doe",
            "Jane Poe",
            "Jane Roe",
        ]
        tab.page.goto(f"{host}claims/?actor=roe")
        expect(tab.page.get_by_role("status")).to_have_text("1 claim")
        assert shown(tab.page) == ["Of roe"]
