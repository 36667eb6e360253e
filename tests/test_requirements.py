"""The pinned libraries can be installed where the README says that the generator runs."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

OLDEST = "3.11.0"
"""We ask for 3.11, and Debian 12 has 3.11.2. A library may ask for a later one of the same 3.11."""
LISTS = Path(__file__).parents[1] / "requirements"
PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)


def pinned(name: str) -> dict[str, str]:
    """Versions by library."""
    return dict(PIN.findall((LISTS / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["runtime.txt", "import.txt", "dev.txt"])
def test_any_python_that_we_run_on_can_install_every_library(name: str) -> None:
    found = {library: metadata.metadata(library) for library in pinned(name)}

    assert {library: about["Version"] for library, about in found.items()} == pinned(name)
    wanted = {library: str(about.json.get("requires_python", "")) for library, about in found.items()}
    assert {library: text for library, text in wanted.items() if OLDEST not in SpecifierSet(text)} == {}
