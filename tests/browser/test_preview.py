"""What an editor sees in the browser while files change: always the latest, never a stale page without notice."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from factsite.rendering.templating import ENGINE_TEMPLATES
from tests import scratch
from tests.browser.conftest import Tab
from tests.serving import PATIENCE, Preview, preview

CLAIM = "content/claims/bridge-cost.yaml"
CLAIM_PAGE = "claims/bridge-cost/"

expect.set_options(timeout=1000 * PATIENCE)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return scratch.minimal(tmp_path)


@pytest.fixture
def running(root: Path) -> Iterator[Preview]:
    with preview(root) as started:
        yield started


def edit(root: Path, old: str, new: str, path: str = CLAIM) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new, 1))


def open_claim(tab: Tab, running: Preview) -> None:
    """The claim's page, its connection made."""
    with tab.page.expect_websocket() as socket:
        tab.page.goto(running.address + CLAIM_PAGE)
    socket.value.wait_for_event("framesent", lambda frame: "info" in str(frame))
    expect(tab.page.locator("h1")).to_contain_text("The bridge cost twice")


def test_two_saves_within_a_second(tab: Tab, root: Path, running: Preview) -> None:
    open_claim(tab, running)

    edit(root, "The bridge cost twice", "The bridge cost thrice")
    time.sleep(0.5)
    edit(root, "The bridge cost thrice", "The bridge cost four times")

    expect(tab.page.locator("h1")).to_contain_text("The bridge cost four times")
    assert tab.console == []


def test_many_saves_at_awkward_moments_end_with_the_last_one(tab: Tab, root: Path, running: Preview) -> None:
    """A page that is loading while the site is built again must not stay as it was."""
    open_claim(tab, running)
    text = (root / CLAIM).read_text()
    for number in range(12):
        (root / CLAIM).write_text(text.replace("The bridge cost twice", f"Text number {number} on"))
        time.sleep(0.03 * number)

    expect(tab.page.locator("h1")).to_contain_text("Text number 11")
    assert tab.console == []


def test_break_and_mend(tab: Tab, root: Path, running: Preview) -> None:
    open_claim(tab, running)
    block = tab.page.locator("#factsite-problems:not(.mild)")
    expect(block).to_have_count(0)

    edit(root, "rating:", "ratin:")

    expect(block).to_be_visible()
    expect(block).to_contain_text("1 error: below is the last good build")
    expect(block).to_contain_text(f"{CLAIM}:2:1 error[unknown-key]")
    expect(block.locator("mark", has_text="ratin")).to_be_visible()
    expect(block).to_contain_text("did you mean: rating?")
    expect(tab.page.locator("h1")).to_contain_text("The bridge cost twice")
    tab.page.goto(running.address)
    expect(block).to_be_visible()
    tab.page.go_back()

    edit(root, "ratin:", "rating:")

    expect(block).to_have_count(0)
    expect(tab.page.locator("h1")).to_contain_text("The bridge cost twice")
    assert tab.console == []


def test_a_site_that_is_broken_from_the_start(tab: Tab, root: Path) -> None:
    edit(root, "rating:", "ratin:")
    with preview(root) as running:
        tab.page.goto(running.address + CLAIM_PAGE)
        expect(tab.page.locator("#factsite-problems")).to_contain_text("the site cannot be built yet")

        edit(root, "ratin:", "rating:")

        expect(tab.page.locator("h1")).to_contain_text("The bridge cost twice")
    assert [line for line in tab.console if "500" not in line] == []


def test_delete_and_restore(tab: Tab, root: Path, running: Preview) -> None:
    open_claim(tab, running)
    text = (root / CLAIM).read_text()

    (root / CLAIM).unlink()
    expect(tab.page).not_to_have_title("")
    expect(tab.page.locator("h1")).not_to_contain_text("The bridge cost twice")

    (root / CLAIM).write_text(text)
    expect(tab.page.locator("h1")).to_contain_text("The bridge cost twice")
    assert [line for line in tab.console if "404" not in line] == []


def test_rename(tab: Tab, root: Path, running: Preview) -> None:
    tab.page.goto(running.address + "claims/")
    link = tab.page.locator("main a", has_text="The bridge cost twice").first
    expect(link).to_have_attribute("href", "../claims/bridge-cost/")

    (root / CLAIM).rename(root / "content/claims/bridge-price.yaml")

    expect(link).to_have_attribute("href", "../claims/bridge-price/")
    link.click()
    expect(tab.page).to_have_url(running.address + "claims/bridge-price/")
    assert tab.console == []


def test_a_template_and_its_mistake(tab: Tab, root: Path, running: Preview) -> None:
    open_claim(tab, running)
    template = "templates/claim.html"

    ours = (ENGINE_TEMPLATES / "claim.html").read_text()
    assert "<h1>{{ claim.text }}" in ours
    scratch.write(root, {template: ours.replace("<h1>{{ claim.text }}", "<h1>Own {{ clam.text }}")})
    block = tab.page.locator("#factsite-problems:not(.mild)")
    expect(block).to_contain_text(f"{template}:")
    expect(block).to_contain_text("clam")

    edit(root, "clam.", "claim.", template)
    expect(block).to_have_count(0)
    expect(tab.page.locator("h1")).to_contain_text("Own The bridge cost twice")
    (root / template).unlink()
    expect(tab.page.locator("h1")).not_to_contain_text("Own")
    assert [line for line in tab.console if "favicon" not in line] == []


def test_a_style_sheet(tab: Tab, root: Path, running: Preview) -> None:
    open_claim(tab, running)

    scratch.write(root, {"templates/assets/claim.css": "h1 { color: rgb(1, 2, 3) }"})
    expect(tab.page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")

    edit(root, "1, 2, 3", "4, 5, 6", "templates/assets/claim.css")
    expect(tab.page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    assert tab.console == []


def test_a_tab_on_a_missing_page_recovers(tab: Tab, root: Path, running: Preview) -> None:
    answer = tab.page.goto(running.address + "claims/bridge-length/")
    assert answer
    assert answer.status == 404

    text = (root / CLAIM).read_text().replace("cost twice its budget", "is a mile long")
    (root / "content/claims/bridge-length.yaml").write_text(text)

    expect(tab.page.locator("h1")).to_contain_text("The bridge is a mile long")
    assert [line for line in tab.console if "404" not in line] == []


def test_below_a_base_path(tab: Tab, root: Path) -> None:
    edit(root, "base_url: https://checks.example/", "base_url: https://checks.example/a/b/", "site.yaml")
    with preview(root) as running:
        tab.page.goto(running.host + "/")
        expect(tab.page).to_have_url(running.host + "/a/b/")
        open_claim(tab, running)

        edit(root, "The bridge cost twice", "The bridge cost thrice")

        expect(tab.page.locator("h1")).to_contain_text("The bridge cost thrice")
    assert tab.console == []


def test_a_burst_of_200_files_is_one_rebuild_and_one_reload(tab: Tab, root: Path, running: Preview) -> None:
    loads: list[str] = []
    actor = (root / "content/actors/mayor.yaml").read_text()
    tab.page.goto(running.address + "actors/")
    tab.page.on("load", lambda page: loads.append(page.url))

    for number in range(200):
        scratch.write(root, {f"content/actors/mayor-{number}.yaml": actor})

    expect(tab.page.locator("main a[href*='mayor-199/']").first).to_be_attached()
    tab.page.wait_for_timeout(1500)
    assert len(running.rebuilds) == 2
    assert len(loads) == 1
    assert tab.console == []


def test_a_restarted_preview_is_found_again(tab: Tab, root: Path) -> None:
    with preview(root) as running:
        port = running.host.rpartition(":")[2]
        open_claim(tab, running)
    edit(root, "The bridge cost twice", "The bridge cost thrice")

    with preview(root, "--port", port):
        expect(tab.page.locator("h1")).to_contain_text("The bridge cost thrice")
    assert [line for line in tab.console if "WebSocket connection to" not in line] == []
