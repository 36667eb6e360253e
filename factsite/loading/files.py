"""Which files belong to a site, and what cannot be one: links out of it, pipes, names that nobody can type.

Settings, content and templates are looked at here before anything reads them, so that a stranger's pull request can
neither publish nor print a file from elsewhere, and nothing waits for a pipe.

`os.path` asks the system throughout: for what lies behind a closed folder, it says no where `Path` raises.
"""

# ruff: noqa: PTH110, PTH112, PTH113, PTH114, PTH118

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


ABOUT = ("README", "LICENSE", "LICENCE")
"""What files are called that say something about a folder."""


def is_ignored(name: str) -> bool:
    """Hidden files, and what editors and systems leave behind."""
    return (
        name.startswith((".", "#", "~$")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak")) or name == "Thumbs.db"
    )


def is_harmless(name: str) -> bool:
    """Ignored files, and those that only people look at: Git hosts put some into each new repository."""
    return is_ignored(name) or name.partition(".")[0].upper() in ABOUT


def walk(folder: Path) -> Iterator[Path]:
    """The files below a folder of templates, sorted; none if it is not there."""
    for path in sorted(folder.rglob("*")):
        if not any(map(is_ignored, path.relative_to(folder).parts)) and path.is_file():
            yield path


def below(root: Path, folder: str, problems: Problems) -> Iterator[tuple[str, Stamp]]:
    """The files below a folder of the site with their stamps, sorted, relative to the root."""
    problem = fault(root, folder)
    if problem:
        problems.add(problem)
        return
    for entry in _listed(root, folder):
        path = f"{folder}/{entry.name}"
        problem = _fault_of(root, path, entry)
        if problem:
            problems.add(problem)
        elif entry.is_dir():
            yield from below(root, path, problems)
        else:
            yield path, _stamp(entry)


def _listed(root: Path, folder: str) -> list[os.DirEntry[str]]:
    """What lies in a folder with which `fault` found nothing wrong; nothing if it is a file or not there."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError:
        return []
    return [entry for entry in entries if not is_ignored(entry.name)]


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
    place = os.path.join(root, path)
    return _stray_link(root, place, path) or _no_file(place, path) or _closed_folder(place, path)


def _fault_of(root: Path, path: str, entry: os.DirEntry[str]) -> Problem | None:
    """The same, asking the system no more than it has said already: this runs for each file of each build."""
    try:
        is_plain = not entry.is_symlink() and (entry.is_file() or entry.is_dir())
    except OSError:  # a link to where nobody may look
        is_plain = False
    return None if is_plain and not UNSHOWABLE.search(entry.name) else fault(root, path)


def _stray_link(root: Path, place: str, path: str) -> Problem | None:
    target = Path(os.path.realpath(place))
    message, expected = "", "the file itself"
    if not target.is_relative_to(os.path.realpath(root)):
        message = "This link leads out of the site's folder"
    elif os.path.islink(place) and not os.path.exists(target):
        message = "This link leads nowhere"
    elif os.path.islink(place) and os.path.isdir(target):
        message, expected = "This folder is a link", "the folder itself"
    return Problem("link-outside", message, path, expected=expected) if message else None


def _no_file(place: str, path: str) -> Problem | None:
    """A pipe, a socket or a device: reading one may never end."""
    if not os.path.exists(place) or os.path.isfile(place) or os.path.isdir(place):
        return None
    return Problem("unreadable", "This is a pipe, a socket or a device", path, expected="a file or a folder")


def _closed_folder(place: str, path: str) -> Problem | None:
    """A folder that must not be listed, or not be entered, which the dot asks too."""
    try:
        if os.path.isdir(place):
            os.scandir(f"{place}/.").close()
    except OSError as error:
        return Problem("unreadable", cannot_read(error, "folder"), path, expected="a folder that may be read")
    return None


def _closed_file(root: Path, path: str) -> Problem | None:
    try:
        (root / path).open("rb").close()
    except OSError as error:
        return Problem("unreadable", cannot_read(error), path, expected="a file that may be read")
    return None


def shown(path: str) -> str:
    r"""A path as it can be printed: `caf\xe9.yaml` for a byte that is not UTF-8, `a\nb.yaml` for a line feed."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return UNSHOWABLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def cannot_read(error: OSError, what: str = "file") -> str:
    """What the system says."""
    return f"The {what} cannot be read: {error.strerror or error}"


def misplaced(root: Path) -> Iterator[Problem]:
    """What lies where nothing reads it: in content/, or where a folder should be."""
    known = [folder for folder, _ in FOLDERS.values()]
    for path in ("content", "templates", *(f"content/{folder}" for folder in known)):
        if os.path.isfile(root / path):
            yield Problem("stray-file", "This is a file, where a folder should be", path, expected="a folder")
    expected = "one of the folders " + ", ".join(known)
    for entry in _listed(root, "content") if fault(root, "content") is None else ():
        name = shown(entry.name)
        path = f"content/{name}"
        if is_harmless(entry.name) or entry.name in known:
            continue
        if os.path.isdir(entry.path):
            near = nearest(name, known)
            yield Problem("stray-file", f"Nothing reads the folder {path}", path, expected=expected, nearest=near)
        elif entry.name.lower().endswith((".yaml", ".yml", ".md", ".txt")):
            yield Problem("stray-file", f"Nothing reads the file {path}", path, expected=f"the file in {expected}")


def strange(root: Path) -> Iterator[Problem]:
    """What must or can not be read of settings, templates and the folder content/, whose files are met on the way."""
    problems = Problems()
    templates = [path for path, _ in below(root, "templates", problems)]
    yield from filter(None, (fault(root, path) for path in ("site.yaml", "content")))
    yield from problems
    yield from filter(None, (_closed_file(root, path) for path in templates))
