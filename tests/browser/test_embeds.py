"""Cards of claims in frames on other people's pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factsite.pipeline import Options, build
from tests import bridges
from tests.browser.conftest import Tab

SHORT = "The audited accounts show a sixth more, not double."
VERDICTS = (SHORT, "The audited accounts show a sixth more than was planned, and nobody has shown any others. " * 4)


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the base class's
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on a host of its own."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_card_fits_into_the_frame_that_its_page_offers(tmp_path: Path, tab: Tab, verdict: str) -> None:
    bridges.site(tmp_path, bridges.FILES | {"content/claims/bridge-cost.yaml": bridges.FULL.replace(SHORT, verdict)})
    other = tmp_path / "other"
    other.mkdir()
    with served(tmp_path / "output") as own, served(other) as theirs:
        assert build(Options(tmp_path, base_url=own)).ok
        tab.page.goto(own + "claims/bridge-cost/")
        frame = tab.page.locator("code.copy", has_text="<iframe").text_content()
        (other / "index.html").write_text(f"<!doctype html><link rel=icon href=data:,><title>Theirs</title>{frame}")
        tab.page.set_viewport_size({"width": 336, "height": 700})  # 320 within the margins of such a page
        tab.page.goto(theirs)
        card = tab.page.frame_locator("iframe").locator("html")
        card.get_by_role("heading", name="The bridge cost twice its budget.").wait_for()
        needed, given = card.evaluate("html => [html.scrollHeight, html.clientHeight]")
        assert needed <= given
    assert tab.console == []
