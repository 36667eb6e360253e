"""Files that pages refer to: stylesheets joined and made small, every name with a fingerprint.

A page needs one stylesheet. What several stylesheets share stands in one that they `@import` by its name; it is written
into those that import it, so that a browser asks once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import rcssmin

from factsite.loading import files
from factsite.problems import Problem, nearest

PLAIN = ("favicon.ico", "robots.txt")
"""Assets whose names are fixed by convention, so they are published as they are."""
IMPORT = re.compile(r"""@import\s*(["'])(?!\w+:|//)([^"']*)\1\s*(?:;|$)""")
"""The import of another of our stylesheets. Those from elsewhere are left alone, for the audit to see."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is published."""

    name: str
    """Below `templates/assets/`; templates refer to it by this name."""
    path: str
    """Where it is published: `assets/style.1a2b3c4d.css`, so that hosts may cache it for ever."""
    content: bytes


def collect(folders: Sequence[Path]) -> tuple[list[Asset], list[Problem]]:
    """The files below `assets/` of the given folders by name, those of the first folder before the others'."""
    contents = {name: path.read_bytes() for name, path in _files(folders).items()}
    sheets, problems = _stylesheets(contents)
    contents |= {name: joined(name, sheets).encode() for name in sheets}
    return [Asset(name, _fingerprinted(name, content), content) for name, content in contents.items()], problems


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in folders:
        base = folder / "assets"
        for path in files.walk(base):
            found.setdefault(path.relative_to(base).as_posix(), path)
    return dict(sorted(found.items()))


def _fingerprinted(name: str, content: bytes) -> str:
    if name in PLAIN:
        return name
    path = PurePosixPath("assets") / name
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


# --- stylesheets -----------------------------------------------------------------------------------------------------


def _stylesheets(contents: Mapping[str, bytes]) -> tuple[dict[str, str], list[Problem]]:
    """The stylesheets, made small, by name; and what is wrong with them."""
    sheets: dict[str, str] = {}
    problems: list[Problem] = []
    for name, content in contents.items():
        if name.endswith(".css"):
            try:
                sheets[name] = small(content.decode("utf-8-sig"))
            except UnicodeDecodeError:
                expected = "save the file with the encoding UTF-8"
                problems.append(Problem("template", "The stylesheet is not UTF-8 text", _path(name), expected=expected))
    for name, sheet in sheets.items():
        names = (found[2] for found in IMPORT.finditer(sheet))
        problems += [_missing(name, wanted, sheets, contents[name]) for wanted in names if wanted not in sheets]
    return sheets, problems


def small(sheet: str) -> str:
    """The same rules without comments and needless white space."""
    text: str = rcssmin.cssmin(sheet)
    return text


def joined(name: str, sheets: Mapping[str, str], seen: set[str] | None = None) -> str:
    """A stylesheet with those that it imports in place of the imports, each where it is first asked for."""
    seen = set() if seen is None else seen
    if name in seen:
        return ""
    seen.add(name)
    return IMPORT.sub(lambda found: joined(found[2], sheets, seen), sheets.get(name, ""))


def _missing(name: str, wanted: str, sheets: Mapping[str, str], content: bytes) -> Problem:
    """That a stylesheet imports one that does not exist."""
    before, _, _ = content.decode().partition(wanted)
    return Problem(
        "template",
        f"There is no stylesheet `{wanted}`",
        _path(name),
        line=before.count("\n") + 1,
        expected="the name of a stylesheet in templates/assets/",
        nearest=nearest(wanted, sheets),
    )


def _path(name: str) -> str:
    return f"templates/assets/{name}"
