"""Where things stand on screens: labels, points between words, the rail."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from factsite.problems import Problems
from factsite.rendering import assets, templating
from tests import bridges
from tests.browser.conftest import Tab
from tests.whole import pages, render

PARAGRAPH = """<div class="block unpublished"><div class="passage"><p class="mark">Not published</p>
<p>A paragraph that is long enough to fill a line, whatever the width of the screen may be.</p></div></div>"""
META = """<p class="meta" style="inline-size: 12rem; margin: 2rem"><span>The council of the town</span>
<span>1 March 2026</span> <span>Money</span></p>"""


def sheet(name: str) -> str:
    published, _ = assets.collect([templating.ENGINE_TEMPLATES])
    return next(f"<style>{asset.content.decode()}</style>" for asset in published if asset.name == name)


@pytest.mark.parametrize("width", [360, 1440])
def test_the_label_of_an_unpublished_paragraph_is_small(tab: Tab, width: int) -> None:
    tab.page.set_viewport_size({"width": width, "height": 600})
    tab.page.set_content(sheet("article.css") + PARAGRAPH)

    box = tab.page.locator(".mark").bounding_box()

    assert box is not None
    assert box["width"] < 130
    assert box["height"] < 24


def is_blank(page: Page, x: float, y: float, width: float, height: float) -> bool:
    """Whether nothing is drawn in a part of the page."""
    picture = page.screenshot(clip={"x": x, "y": y, "width": width, "height": height})
    return len(Image.open(io.BytesIO(picture)).convert("RGB").getcolors() or ()) == 1


def test_points_stand_between_words_and_never_at_the_edge_of_a_line(tab: Tab) -> None:
    tab.page.set_content(sheet("base.css") + META)
    line, first, second, third = (
        tab.page.locator(name).bounding_box()
        for name in (".meta", ".meta :nth-child(1)", ".meta :nth-child(2)", ".meta :nth-child(3)")
    )

    assert line
    assert first
    assert second
    assert third
    assert first["y"] < second["y"] == third["y"], "the date begins a line, and the topic goes on in it"
    assert is_blank(tab.page, line["x"] - 16, line["y"], 16, line["height"])
    assert is_blank(tab.page, first["x"] + first["width"], first["y"], 24, first["height"])
    end = second["x"] + second["width"]
    assert not is_blank(tab.page, end, second["y"], third["x"] - end, second["height"])


def test_the_rail_stays_beside_the_text(tab: Tab, tmp_path: Path) -> None:
    outputs = render(tmp_path, pages(bridges.site(tmp_path)), Problems())
    claim = next(output.content.decode() for output in outputs if output.path == "claims/bridge-cost/index.html")
    tab.page.set_viewport_size({"width": 1280, "height": 700})
    tab.page.set_content(claim.replace("Content-Security-Policy", "") + sheet("claim.css"))

    tab.page.evaluate("document.querySelector('.claim-foot').scrollIntoView({block: 'center'})")
    bottom, top = tab.page.evaluate(
        "['.rail', '.claim-foot'].map((name) => document.querySelector(name).getBoundingClientRect())"
        ".map((box, place) => place ? box.top : box.bottom)"
    )

    assert tab.page.evaluate("scrollY") > 0
    assert bottom <= top
