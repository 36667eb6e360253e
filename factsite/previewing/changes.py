"""What changed among the files that a site is made from, seen by comparing whole snapshots.

New, renamed, deleted and restored files all show as differences, whatever their dates; events can be missed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from factsite.loading import files
from factsite.rendering import templating

Stamp = tuple[int, int, int]
"""Date of change in ns, size, inode."""
Snapshot = Mapping[str, Stamp]
"""By path on disk."""
UNREADABLE: Stamp = (0, 0, 0)


def snapshot(root: Path) -> Snapshot:
    """All files that a build of the site in `root` reads: settings, content, templates (its own and ours)."""
    found: dict[str, Stamp] = {}
    found[str(root / "site.yaml")] = _stamp(str(root / "site.yaml"))
    _scan(str(root / "content"), files.is_ignored, found)
    for folder in templating.folders(root):
        _scan(str(folder), _is_hidden, found)
    return found


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _scan(folder: str, is_ignored: Callable[[str], bool], found: dict[str, Stamp]) -> None:
    """Links to folders are noted, not followed: they may lead in a circle."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        found[folder] = UNREADABLE
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            _scan(entry.path, is_ignored, found)
        else:
            found[entry.path] = _stamp(entry.path)


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)  # noqa: PTH116 -- a fraction of Path's cost, for each file at each look
    except OSError:  # gone meanwhile, or a link to nothing
        return UNREADABLE
    return status.st_mtime_ns, status.st_size, status.st_ino


@dataclass(slots=True)
class Changes:
    """Tells once of each burst of changes, when it is over."""

    take: Callable[[], Snapshot]
    known: Snapshot = field(init=False)
    """What was last told of."""
    last: Snapshot = field(init=False)

    def __post_init__(self) -> None:
        self.known = self.last = self.take()

    def poll(self) -> list[str]:
        """The paths that changed since this was last told; none while files are still changing."""
        now = self.take()
        at_rest, self.last = now == self.last, now
        if not at_rest or now == self.known:
            return []
        before, self.known = self.known, now
        return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
