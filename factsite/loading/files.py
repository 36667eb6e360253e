"""The files below content/, and what cannot be one: links out of the site, pipes, names that nobody can type.

Whoever reads a file of the site reads it through here, so that a stranger's pull request can neither publish nor print
a file from elsewhere, and nothing waits for a pipe.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from factsite.loading.entries import FOLDERS
from factsite.problems import Problem, Problems, nearest
from factsite.remembering import stamps
from factsite.remembering.stamps import Stamp

UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters and line breaks; the last range is what Python makes of bytes that are not UTF-8 (PEP 383)."""


def is_ignored(name: str) -> bool:
    """Hidden files, and what editors and systems leave behind."""
    return (
        name.startswith((".", "#", "~$")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak")) or name == "Thumbs.db"
    )


def below(root: Path, folder: str, problems: Problems) -> Iterator[tuple[str, Stamp]]:
    """The files below a folder with their stamps, sorted, relative to the root."""
    problem = fault(root, folder)
    if problem:
        problems.add(problem)
        return
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):  # `misplaced` says so
        return
    except OSError as error:
        problems.add(Problem("unreadable", cannot_read(error), folder, expected="a folder that may be read"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if is_ignored(entry.name):
            continue
        problem = _fault_of(root, path, entry)
        if problem:
            problems.add(problem)
        elif entry.is_dir():
            yield from below(root, path, problems)
        else:
            yield path, _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        return stamps.of(entry.stat())
    except OSError:  # gone meanwhile: reading it will say so
        return stamps.UNSURE


def contents(root: Path, path: str) -> bytes:
    """The bytes of a file of the site. Raises OSError if it cannot be read, or must not be."""
    problem = fault(root, path)
    if problem:
        raise OSError(problem.message)
    return (root / path).read_bytes()


# --- what must not be read -------------------------------------------------------------------------------------------


def fault(root: Path, path: str) -> Problem | None:
    """Why what lies at a path of the site must not be read, if that is so."""
    if UNSHOWABLE.search(path):
        message, expected = "This name has a character in it that cannot be shown", "letters, digits and hyphens"
        return Problem("file-name", message, shown(path), expected=expected)
    place = root / path
    return _stray_link(root, place, path) or _no_file(place, path)


def _fault_of(root: Path, path: str, entry: os.DirEntry[str] | Path) -> Problem | None:
    """The same, asking the system no more than it has said already: this runs for each file of each build."""
    try:
        is_plain = not entry.is_symlink() and (entry.is_file() or entry.is_dir())
    except PermissionError:  # its folder may be listed but not entered: whoever reads it says so
        return None
    return None if is_plain and not UNSHOWABLE.search(entry.name) else fault(root, path)


def _stray_link(root: Path, place: Path, path: str) -> Problem | None:
    target = Path(os.path.realpath(place))
    message, expected = "", "the file itself"
    if not target.is_relative_to(os.path.realpath(root)):
        message = "This link leads out of the site's folder"
    elif place.is_symlink() and not target.exists():
        message = "This link leads nowhere"
    elif place.is_symlink() and target.is_dir():
        message, expected = "This folder is a link", "the folder itself"
    return Problem("link-outside", message, path, expected=expected) if message else None


def _no_file(place: Path, path: str) -> Problem | None:
    """A pipe, a socket or a device: reading one may never end."""
    if not place.exists() or place.is_file() or place.is_dir():
        return None
    return Problem("unreadable", "This is a pipe, a socket or a device", path, expected="a file or a folder")


def shown(path: str) -> str:
    r"""A path as it can be printed: `caf\xe9.yaml` for a byte that is not UTF-8, `a\nb.yaml` for a line feed."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return UNSHOWABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def cannot_read(error: OSError) -> str:
    """What the system says."""
    return f"The file cannot be read: {error.strerror or error}"


def misplaced(root: Path) -> Iterator[Problem]:
    """What lies where nothing reads it: in content/, or where a folder should be."""
    known = [folder for folder, _ in FOLDERS.values()]
    for path in ("content", "templates", *(f"content/{folder}" for folder in known)):
        if (root / path).is_file():
            yield Problem("stray-file", "This is a file, where a folder should be", path, expected="a folder")
    top = root / "content"
    expected = "one of the folders " + ", ".join(known)
    for entry in sorted(os.scandir(top), key=lambda e: e.name) if top.is_dir() and not top.is_symlink() else ():
        name = shown(entry.name)
        path = f"content/{name}"
        if is_ignored(entry.name) or entry.name in known:
            continue
        if entry.is_dir():
            near = nearest(name, known)
            yield Problem("stray-file", f"Nothing reads the folder {path}", path, expected=expected, nearest=near)
        elif entry.name.lower().endswith((".yaml", ".yml")):
            yield Problem("stray-file", f"Nothing reads the file {path}", path, expected=f"the file in {expected}")


def strange(root: Path) -> Iterator[Problem]:
    """What must not be read among settings, templates and the folder content/; what lies in that is met on the way."""
    templates = root / "templates"
    for path in (root / "site.yaml", root / "content", templates):
        problem = fault(root, path.name)
        if problem:
            yield problem
        elif path is templates:
            faults = (_fault_of(root, found.relative_to(root).as_posix(), found) for found in sorted(path.rglob("*")))
            yield from filter(None, faults)
