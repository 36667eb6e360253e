"""What all tests share: property tests that try the same examples on every run, and the browser's tests at the end."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None, max_examples=100)
settings.load_profile("repeatable")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Once Chromium runs, its driver keeps an event loop in this process, which other tests stumble over."""
    items.sort(key=lambda item: "browser" in item.path.parts)
