"""Programs that some tests need and that Python's package index does not bring."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "FACTSITE_REQUIRE_PROGRAMS"
"""Set in continuous integration, where a skipped test would be a hole."""


def program(*names: str, variable: str, package: str) -> str:
    """The path of the first of them that is there, or the one that a variable names; else the test is skipped."""
    path = os.environ.get(variable) or next(filter(None, map(shutil.which, names)), None)
    if path:
        return path
    message = f"needs {names[0]}: install your system's package (apt install {package}), or set {variable} to its path"
    if os.environ.get(REQUIRED):
        pytest.fail(message)
    pytest.skip(message)
