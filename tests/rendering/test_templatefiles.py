"""Templates, fonts and assets that cannot be read are problems."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests import scratch

OWN = {"templates/page.html": "x", "templates/assets/a.css": "x", "templates/fonts/a.ttf": "x"}


def closed(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Refuse to read a file or folder, as the system does: permissions do not bind whoever runs tests as root."""

    def refusing(function: Any) -> Any:
        def read(place: Any, *args: Any, **options: Any) -> Any:
            if str(place) == str(path):
                raise PermissionError(13, "Permission denied", str(path))
            return function(place, *args, **options)

        return read

    monkeypatch.setattr(os, "scandir", refusing(os.scandir))
    monkeypatch.setattr(Path, "open", refusing(Path.open))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("templates", "folder"),
        ("templates/assets", "folder"),
        ("templates/page.html", "file"),
        ("templates/assets/a.css", "file"),
        ("templates/fonts/a.ttf", "file"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, kind: str) -> None:
    root = scratch.minimal(tmp_path, OWN)
    closed(monkeypatch, root / path)

    problems = scratch.checked(root).problems

    assert [(p.code, p.path, p.message, p.expected) for p in problems] == [
        ("unreadable", path, f"The {kind} cannot be read: Permission denied", f"a {kind} that may be read")
    ]
