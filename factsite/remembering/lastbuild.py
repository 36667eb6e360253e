"""What a build was made from and what it left behind: if both are as they were, the next build has nothing to do.

A build is a function of its input, so its result is known by the digest of all of that. Files are told by their stamps,
which is enough for inputs and outputs alike; only what is surely unchanged counts.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from factsite.problems import Problem
from factsite.remembering import memo, stamps
from factsite.remembering.memo import Digest
from factsite.remembering.stamps import Stamp
from factsite.writing.folder import MANIFEST

FOLDER = Path(".factsite", "cache", "builds")
"""Below the site's root."""
ENGINE_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class Last(msgspec.Struct, array_like=True):
    """The last good build."""

    inputs: Digest
    problems: list[Problem]
    """Its warnings."""
    base_url: str
    counts: dict[str, int]
    manifest: Stamp
    files: dict[str, Stamp]
    """Everything that it left in the output folder."""


def path_of(root: Path, output: Path, options: str) -> Path:
    """Where it is kept; each way of building has a file of its own."""
    name = memo.digest(str(output.resolve()).encode(), options.encode()).hex()
    return root / FOLDER / f"{name}.last"


def inputs(root: Path) -> Digest | None:
    """The digest of everything that a build reads; None if something has changed this very moment."""
    now = stamps.now()
    found: list[tuple[str, Stamp]] = []
    try:
        found.append(("site.yaml", stamps.of(os.stat(root / "site.yaml"))))  # noqa: PTH116 -- as below
        for place in (root / "content", root / "templates", ENGINE_TEMPLATES):
            _scan(str(place), found)
    except OSError:
        return None
    if any(stamps.settled(stamp, now) == stamps.UNSURE for _, stamp in found):
        return None
    return memo.digest(memo.engine(), repr(sorted(found)).encode())


def _scan(folder: str, found: list[tuple[str, Stamp]]) -> None:
    """Files of any kind, and links by themselves."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            found.append((entry.path, (0, 0, 0, 0)))
            _scan(entry.path, found)
        else:
            found.append((entry.path, stamps.of(entry.stat(follow_symlinks=False))))
            if entry.is_symlink():
                found.append((f"{entry.path} ->", stamps.of(entry.stat())))


def unchanged(place: Path, now: Digest | None, output: Path) -> Last | None:
    """The last build, if everything is as it was then."""
    last = memo.load(place, {"last": Last}).get("last") if now else None
    if last is None or last.inputs != now or last.manifest != _stamp(f"{output}/{MANIFEST}"):
        return None
    base = f"{output}/"
    return last if all(_stamp(base + path) == stamp for path, stamp in last.files.items()) else None


def keep(
    place: Path,
    inputs: Digest | None,
    problems: Sequence[Problem],
    base_url: str,
    counts: dict[str, int],
    output: Path,
    left: Mapping[str, Stamp],
) -> None:
    """Remember a good build. `left` is everything that it left in the output folder; unsure stamps are taken anew."""
    now = stamps.now()
    base = f"{output}/"
    files = {
        path: stamps.settled(_stamp(base + path), now) if stamp == stamps.UNSURE else stamp
        for path, stamp in sorted(left.items())
    }
    manifest = _stamp(base + MANIFEST)
    if inputs is not None:
        memo.save(place, {"last": Last(inputs, list(problems), base_url, counts, manifest, files)})


def _stamp(path: str) -> Stamp:
    try:
        return stamps.of(os.lstat(path))
    except OSError:
        return -2, 0, 0, 0
