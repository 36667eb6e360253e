"""A site's own folder of templates: what in it the system does not let us read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from factsite.problems import Problem


def unreadable(root: Path, folder: str = "templates") -> Iterator[Problem]:
    """Files and folders below `folder` that cannot be read, one problem for each."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        message, expected = f"The folder cannot be read: {error.strerror}", "a folder that may be read"
        yield Problem("unreadable", message, folder, expected=expected)
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir():
            yield from unreadable(root, path)
        else:
            yield from _closed(root, path)


def _closed(root: Path, path: str) -> Iterator[Problem]:
    try:
        (root / path).open("rb").close()
    except OSError as error:
        message, expected = f"The file cannot be read: {error.strerror}", "a file that may be read"
        yield Problem("unreadable", message, path, expected=expected)
