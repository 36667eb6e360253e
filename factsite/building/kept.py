"""Everything that one build keeps for the next one, in memory and on disk.

Each site has one file of it for each way of building it: with drafts, as a preview, into another folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from factsite.building.done import Done, File
from factsite.linking import findings
from factsite.linking.findings import Named, Quotes
from factsite.loading import load
from factsite.loading.outlines import Record
from factsite.remembering import memo
from factsite.remembering.memo import Digest
from factsite.remembering.stamps import Stamp

FOLDER = Path(".factsite", "cache", "builds")
"""Below the site's root."""


class Group(msgspec.Struct, frozen=True, array_like=True):
    """Files that are made together, from what many steps have made or from the site as a whole."""

    own: Digest
    """Of what they depend on besides what is read of the site."""
    key: Digest
    reads: tuple[str, ...]
    files: tuple[File, ...]
    parts: tuple[tuple[str, int, int], ...]
    """Of a collection: which step made the bytes from where on, and how many."""
    problems: bytes
    """Warnings, as msgpack."""


@dataclass(slots=True)
class Kept:
    """What was found out, by what it was found out about."""

    files: load.Kept = field(default_factory=load.Kept)
    """What the files of content hold."""
    texts: findings.Kept = field(default_factory=findings.Kept)
    """What was found in articles."""
    done: dict[str, Done] = field(default_factory=dict)
    """What came of each step, in a build whose audit found nothing; so it is with all that follows."""
    groups: dict[str, Group] = field(default_factory=dict)
    """Files that belong to no step."""
    written: dict[str, tuple[Digest, Stamp]] = field(default_factory=dict)
    """What was written, and the stamp that the file had then."""
    is_own: bool = False
    """Nobody but this process writes the files, so they need not be looked at again."""


SECTIONS: dict[str, Any] = {
    "files": dict[str, tuple[Stamp, Record]],
    "quotes": dict[str, Quotes],
    "named": dict[str, Named],
    "names": dict[str, tuple[tuple[str, str], ...]],
    "done": dict[str, Done],
    "groups": dict[str, Group],
    "written": dict[str, tuple[Digest, Stamp]],
}


def path_of(root: Path, output: Path, *options: str) -> Path:
    """Where it is kept."""
    parts = (str(output.resolve()), *options)
    return root / FOLDER / memo.digest(*(part.encode() for part in parts)).hex()


def load_from(path: Path) -> Kept:
    """What is on disk; nothing if it is not there, damaged, or of another version."""
    found = memo.load(path, SECTIONS)
    if not found:
        return Kept()
    texts = findings.Kept(found["quotes"], found["named"], found["names"])
    names = ("done", "groups", "written")
    return Kept(load.Kept(found["files"]), texts, **{name: found[name] for name in names})


def save_to(path: Path, kept: Kept) -> None:
    """Put it on disk."""
    sections = {
        "files": kept.files.files,
        "quotes": kept.texts.quotes,
        "named": kept.texts.named,
        "names": kept.texts.names,
        "done": kept.done,
        "groups": kept.groups,
        "written": kept.written,
    }
    memo.save(path, sections)
