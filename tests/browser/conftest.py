"""Chromium, started once for all tests that need it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests import needs

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is marked: `pytest -m "not browser"` leaves it out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one that `CHROMIUM` names, or the system's."""
    path = needs.program("chromium", "chromium-browser", variable="CHROMIUM", package="chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@dataclass
class Tab:
    """A page and what its console said."""

    page: Page
    console: list[str] = field(default_factory=list)

    def note(self, message: ConsoleMessage) -> None:
        """Keep one message, with the address that it is about."""
        self.console.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A fresh page, its console collected. Errors that no script caught fail the test."""
    context = browser.new_context()
    opened = Tab(context.new_page())
    uncaught: list[str] = []
    opened.page.on("console", opened.note)
    opened.page.on("pageerror", lambda error: uncaught.append(str(error)))
    yield opened
    context.close()
    assert uncaught == []
