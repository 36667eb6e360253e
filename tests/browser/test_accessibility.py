"""Every kind of page for every reader: axe-core, small and large screens, keyboard, no scripts, other ways to see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Browser, BrowserContext, Page, expect

from factsite.pipeline import Options, build
from tests import real, scratch
from tests.browser.conftest import Tab
from tests.browser.test_embeds import served

Open = Callable[[Page, str], None]
"""Opens a page of the named kind."""
AXE = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
SETTINGS = "share_images: false\n"
WIDTHS = (320, 768, 1440)
SCHEMES: tuple[Any, ...] = ("light", "dark")

SMALL = {
    "home": "odd/",
    "claims": "odd/claims/",
    "claim": "odd/claims/nested/",
    "claim-withdrawn": "odd/claims/withdrawn/",
    "claim-draft": "draft/claims/draft/",
    "claim-emptiest": "minimal/claims/bridge-cost/",
    "article": "odd/sources/column/",
    "article-rightward": "odd/sources/farsi/",
    "article-preview": "draft/sources/column/",
    "actor": "odd/actors/hossein/",
    "actors": "odd/actors/",
    "source": "odd/sources/register/",
    "sources": "odd/sources/",
    "topic": "odd/topics/names/",
    "topics": "odd/topics/",
    "ratings": "odd/ratings/",
    "page": "odd/names/",
    "compare": "odd/compare/",
    "timeline": "odd/timeline/",
    "corrections": "odd/corrections/",
    "search": "odd/search/?q=front",
    "embed": "odd/embed/nested/",
    "redirect": "odd/claims/old-nested/",
    "404": "minimal/404.html",
    "empty": "empty/",
}
"""A page of every kind on a tiny site, with everything that is unusual."""
LONG = ("home", "claim", "article", "actor", "source", "page", "compare", "timeline", "data", "topics", "ratings")
"""Kinds of which our own site's longest page is tried as well. Its longer lists are the same, row for row."""
KINDS = (*SMALL, "real-claim", "real-article", "real-timeline")


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a host with all the sites, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("host")
    roots = {"real": real.copy(folder / "real-site", SETTINGS)}
    for name, site in {"odd": "unusual", "draft": "unusual", "minimal": "minimal", "empty": "empty"}.items():
        roots[name] = folder / f"{name}-site"
        shutil.copytree(scratch.SITES / site, roots[name])
    with served(folder) as address:
        for name, root in roots.items():
            draft = name == "draft"
            options = Options(root, folder / name, f"{address}{name}/", drafts=draft, preview=draft)
            assert build(options).ok
        yield address


@pytest.fixture
def opened(host: str) -> Open:
    """Opens pages by the names of their kinds."""
    return partial(visit, host)


def visit(host: str, page: Page, kind: str) -> None:
    name = kind.removeprefix("real-")
    path = SMALL[kind] if kind in SMALL else f"real/{real.address(real.by_template(real.rendered())[name][0])}"
    if kind == "redirect":
        page.route("**/old-nested/", without_refresh)
    page.goto(host + path)
    if kind == "search":
        expect(page.get_by_role("status")).to_contain_text("result")


def without_refresh(route: Any) -> None:
    """The page of an old address, for those whom it does not send on."""
    answer = route.fetch()
    route.fulfill(response=answer, body=re.sub(r'<meta http-equiv="refresh"[^>]*>', "", answer.text()))


# --- axe-core --------------------------------------------------------------------------------------------------------


def violations(page: Page) -> list[str]:
    """What axe-core finds, all its rules of WCAG 2.2 AA and good practice included."""
    rules = {"target-size": {"enabled": True}}
    found = page.evaluate("options => axe.run(options)", {"resultTypes": ["violations"], "rules": rules})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]


@pytest.mark.parametrize("kind", SMALL)
def test_axe_finds_nothing(browser: Browser, opened: Open, kind: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        opened(page, kind)
        page.evaluate(AXE)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert violations(page) == [], (width, scheme)


@pytest.mark.parametrize("kind", LONG)
def test_axe_finds_nothing_on_long_pages(browser: Browser, opened: Open, kind: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        opened(page, f"real-{kind}")
        page.evaluate(AXE)
        for width, scheme in zip((320, 1440), reversed(SCHEMES), strict=True):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (width, scheme)


# --- screens ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Screen:
    """A screen in CSS pixels."""

    width: int
    height: int
    scale: float = 1


PHONE = Screen(320, 640)
ZOOMED = Screen(320, 256, 4)
"""A window of 1280 by 1024 at 400 per cent (WCAG 2.2, 1.4.10)."""


@pytest.mark.parametrize("screen", [PHONE, ZOOMED], ids=["phone", "zoomed"])
def test_nothing_is_wider_than_a_narrow_screen(browser: Browser, opened: Open, screen: Screen) -> None:
    size: Any = {"width": screen.width, "height": screen.height}
    with browser.new_context(viewport=size, device_scale_factor=screen.scale) as context:
        page = context.new_page()
        for kind in (*SMALL, *(f"real-{kind}" for kind in (*LONG, "claims", "actors", "sources", "topic"))):
            opened(page, kind)
            assert page.evaluate("document.documentElement.scrollWidth") == screen.width, kind


def test_rating_and_verdict_are_on_the_first_screen_of_a_phone(browser: Browser, host: str) -> None:
    """Of the claims with the most words, too."""
    claims = real.by_template(real.rendered())["claim"]
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        page = context.new_page()
        for claim in sorted(claims, key=heading)[-5:]:
            page.goto(f"{host}real/{real.address(claim)}")
            for part in (".stamp", ".why"):
                expect(page.locator(part)).to_be_in_viewport(ratio=1)


def heading(claim: Any) -> int:
    """How long claim and verdict are."""
    text = claim.content.decode()
    return sum(len(part) for part in re.findall(r"<h1>.*?</h1>|<p class=\"why\".*?</p>", text, re.DOTALL))


# --- keyboard --------------------------------------------------------------------------------------------------------

FOCUS = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const style = getComputedStyle(here);
  const all = window.factsiteOrder ??= [...document.querySelectorAll("*")];
  const seen = [...here.getClientRects()].some((box) => {
    const x = Math.max(0, Math.min(innerWidth - 1, box.x + box.width / 2));
    const y = box.y + box.height / 2;
    const top = document.elementFromPoint(x, y);
    return top && (here.contains(top) || top.contains(here) && !top.matches("main, body, html"));
  });
  return {
    place: all.indexOf(here),
    name: here.id || here.getAttribute("href") || here.textContent,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen,
  };
}"""
"""Where the focus is, and whether a reader can see it."""
STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0']"


def walk(page: Page) -> list[str]:
    """Tab through a page from its beginning to its end: every stop, once, in order, in sight, and none a trap."""
    expected = page.locator(STOPS).filter(visible=True).count()
    names: list[str] = []
    last = -1
    for _ in range(expected):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus, (names[-1:], "the focus left the page too early")
        assert focus["outlined"], focus
        assert focus["seen"], focus
        assert focus["place"] > last, focus
        last = focus["place"]
        names.append(focus["name"])
    page.keyboard.press("Tab")
    after = page.evaluate(FOCUS)
    assert after is None or after["place"] < last, "the focus leaves the page at its end"
    return names


@pytest.mark.parametrize(
    ("kind", "width"),
    [
        ("claim", 360),
        ("real-claim", 1280),
        ("claims", 1280),
        ("search", 1280),
        ("home", 360),
        ("compare", 360),
        ("compare", 1280),
        ("timeline", 360),
        ("embed", 360),
    ],
)
def test_every_stop_of_the_keyboard_is_in_order_and_in_sight(tab: Tab, opened: Open, kind: str, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 700})
    opened(tab.page, kind)
    names = walk(tab.page)

    if kind != "embed":
        assert names[0] == "#main"
    if kind == "claims":
        assert names.index("filter-q") < names.index("filter-rating") < names.index("../claims/nested/")
    if kind == "search":
        assert names.index("search-q") < names.index("search-kind") < names.index("../claims/nested/")
    assert tab.console == []


def test_overlapping_passages_can_be_reached_one_by_one(tab: Tab, opened: Open) -> None:
    for kind in ("article", "real-article"):
        opened(tab.page, kind)
        assert tab.page.locator("mark.two").count(), "passages overlap"
        names = walk(tab.page)
        numbers = tab.page.locator(".note").count()
        assert [name for name in names if re.fullmatch(r"ref-\d+", name)] == sorted(
            (f"ref-{number}" for number in range(1, numbers + 1)), key=names.index
        )
        first = tab.page.locator("#ref-2")
        first.focus()
        tab.page.keyboard.press("Enter")
        expect(tab.page.locator("#note-2")).to_be_in_viewport()
        tab.page.keyboard.press("Tab")
        assert tab.page.evaluate("document.activeElement.closest('.note')?.id") == "note-2"
        tab.page.locator("#note-2 .note-number").press("Enter")
        expect(tab.page.locator("#mark-2")).to_be_in_viewport()


def test_the_skip_link_leads_to_the_content(tab: Tab, opened: Open) -> None:
    opened(tab.page, "claim")
    tab.page.keyboard.press("Tab")
    expect(tab.page.get_by_role("link", name="Skip to the content")).to_be_in_viewport(ratio=1)
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")

    assert tab.page.evaluate("document.querySelector('main').contains(document.activeElement)")


# --- without scripts, without movement, without colours --------------------------------------------------------------

WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  for (const extra of main.querySelectorAll("button, form, template, [role=status], .list-more")) extra.remove();
  return main.textContent.replace(/\\s+/g, " ").trim();
}"""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "search"])
def test_nothing_is_missing_without_scripts(browser: Browser, opened: Open, kind: str) -> None:
    texts, heights = [], []
    with ExitStack() as stack:
        for on in (True, False):
            context: BrowserContext = stack.enter_context(browser.new_context(java_script_enabled=on))
            page = context.new_page()
            opened(page, kind)
            texts.append(page.evaluate(WORDS))
            heights.append(page.evaluate("document.querySelector('main').innerText.length"))
    assert texts[0] == texts[1]
    assert heights[1] >= len(texts[1]) / 2, "it is shown, not only there"


def test_the_passage_that_an_address_names_is_lit_without_scripts_too(
    browser: Browser, opened: Open, host: str
) -> None:
    for on in (True, False):
        with browser.new_context(java_script_enabled=on, viewport={"width": 1280, "height": 400}) as context:
            page = context.new_page()
            opened(page, "claim")
            page.get_by_role("link", name="In the annotated article").first.click()
            assert page.url == f"{host}odd/sources/column/#claim-nested"
            mark = page.locator("#claim-nested mark")
            expect(mark.first).to_be_in_viewport()
            expect(mark.first).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")


SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_quiet_and_still(tab: Tab, opened: Open, host: str, kind: str) -> None:
    """Nothing in the console, nothing from elsewhere, nothing that moves; one stylesheet."""
    asked: list[str] = []
    tab.page.on("request", lambda request: asked.append(request.url))
    tab.page.add_init_script(SHIFTS)
    tab.page.set_viewport_size({"width": 390, "height": 844})
    opened(tab.page, kind)
    tab.page.wait_for_load_state("networkidle" if kind == "search" else "load")

    assert tab.console == []
    assert [url for url in asked if not url.startswith(host)] == []
    assert len([url for url in asked if url.endswith(".css")]) == 1
    assert tab.page.evaluate("document.getAnimations().length") == 0
    if kind != "search":  # there the results come when they are found
        assert tab.page.evaluate("new Promise((done) => setTimeout(() => done(window.shifts), 50))") == 0


def test_nothing_moves_even_if_readers_do_not_ask_for_stillness(tab: Tab, opened: Open) -> None:
    moving = """() => [...document.querySelectorAll("*")].map((node) => getComputedStyle(node)).filter((style) =>
      style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior !== "auto").length"""
    for kind in ("home", "claim", "article", "claims", "search", "timeline"):
        opened(tab.page, kind)
        assert tab.page.evaluate(moving) == 0


def test_shapes_remain_where_colours_are_forced(browser: Browser, opened: Open) -> None:
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        opened(page, "claim")
        expect(page.locator(".stamp a")).to_have_css("border-top-style", "solid")
        expect(page.locator(".said mark").first).to_have_css("border-bottom-style", "solid")
        page.keyboard.press("Tab")
        expect(page.locator(":focus")).to_have_css("outline-style", "solid")
        ink = page.locator("body").evaluate("body => getComputedStyle(body).color")
        for icon in page.locator(".stamp .i, .stance .i").all():
            assert icon.evaluate("icon => getComputedStyle(icon).fill") in (ink, link_ink(page))
        opened(page, "article")
        expect(page.locator("mark[data-notes]").first).to_have_css("text-decoration-line", "underline")


def link_ink(page: Page) -> str:
    """The colour that links are forced to."""
    return str(page.locator("main a").first.evaluate("link => getComputedStyle(link).color"))
