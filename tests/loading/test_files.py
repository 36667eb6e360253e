"""Which files belong to a site, and those that the system does not let us read."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factsite.loading import files
from factsite.loading.reading import File, read_all, taken
from factsite.pipeline import Options, build
from tests import scratch

OWN = {"templates/page.html": "x", "templates/assets/a.css": "x", "templates/fonts/a.ttf": "x"}


def closed(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Refuse what the system refuses of a closed file or folder: permissions do not bind whoever runs tests as root."""

    def refusing(function: Any) -> Any:
        def ask(place: Any = ".", *args: Any, **options: Any) -> Any:
            is_behind = str(place).startswith(f"{path}/")
            if is_behind or (str(place) == str(path) and function in {os_scandir, path_open, file_io}):
                raise PermissionError(13, "Permission denied", str(place))
            return function(place, *args, **options)

        return ask

    os_scandir, path_open, file_io = os.scandir, Path.open, io.FileIO
    for owner, name in ((os, "scandir"), (os, "stat"), (os, "lstat"), (Path, "open"), (io, "FileIO")):
        monkeypatch.setattr(owner, name, refusing(getattr(owner, name)))


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("content", "folder"),
        ("content/claims", "folder"),
        ("content/claims/bridge-cost.yaml", "file"),
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


def test_a_hint_that_the_system_refuses_and_a_limit_of_open_files_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resource = pytest.importorskip("resource")
    root = scratch.minimal(tmp_path)
    names = [path.stem for path in sorted((root / "content/sources").iterdir())] * 30
    listed = [File("source", name, f"content/sources/{name}.yaml") for name in names]
    before = [read.record for read in taken(read_all(root, listed))]

    def hint(*_: int) -> None:
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(os, "posix_fadvise", hint)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with (root / "site.yaml").open() as first_free:
        used = first_free.fileno()
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 10, most[1]))
    try:
        after = [read.record for read in taken(read_all(root, listed))]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, most)

    assert len(listed) > 20
    assert None not in after
    assert after == before


LEFT = ("style.css~", "style.css.bak", ".DS_Store", ".old/page.css", "Thumbs.db", "#style.css#")
"""What editors and systems leave behind."""


def published(root: Path) -> Iterator[str]:
    """The names of all files of the built site, without fingerprints."""
    result = build(Options(root))
    assert result.problems == ()
    for path in sorted((root / "output").rglob("*")):
        first, _, last = path.name.partition(".")
        yield f"{first}.{last.rpartition('.')[2]}"


def test_what_editors_leave_among_templates_is_no_file_of_the_site(tmp_path: Path) -> None:
    plain = scratch.minimal(tmp_path / "plain", {"templates/assets/own.css": ""})
    root = scratch.minimal(tmp_path / "site", {"templates/assets/own.css": ""})
    scratch.write(root, {f"templates/{folder}{name}": b"\xff" for folder in ("", "assets/", "fonts/") for name in LEFT})
    (root / "templates/.#base.html").symlink_to("somebody@host.1234")  # what Emacs locks a file with

    assert list(published(root)) == list(published(plain))
    names = [path.relative_to(root).as_posix() for path in files.walk(root / "templates")]
    assert names == ["templates/assets/own.css"]


def test_a_link_to_where_nobody_may_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = scratch.minimal(tmp_path)
    (root / "content/.closed").mkdir()
    (root / "content/claims/a.yaml").symlink_to("../.closed/a.yaml")
    closed(monkeypatch, root / "content/.closed")

    assert [(p.code, p.path) for p in scratch.loaded(root)[1]] == [("link-outside", "content/claims/a.yaml")]
