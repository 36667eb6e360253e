"""Lines from many steps joined to one file, which is never in memory as a whole if it is large."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from factsite.exporting.data import Frame
from factsite.remembering import memo
from factsite.remembering.memo import Digest
from factsite.viewing.pages import Step
from factsite.working.spool import Body, Spool

BLOCK = 8 << 20
"""Bytes that are put away at once; a file that has no more stays in memory."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A finished file."""

    body: Body
    size: int
    digest: Digest
    parts: tuple[tuple[Step, int, int], ...]
    """Which step made the bytes from where on, and how many."""


def joined(path: str, frame: Frame, lines: Iterable[tuple[Step, bytes]], room: Spool) -> Joined:
    """The lines in their frame; empty ones are left out. `path` is the file's, below the output folder."""
    file, parts = _Growing(path, room), []
    file.add(frame.before)
    between = b""
    for step, line in lines:
        if line:
            file.add(between)
            between = frame.between
        parts.append((step, file.size, len(line)))
        file.add(line)
    file.add(frame.after)
    return Joined(file.finished(), file.size, file.hashed.digest()[: memo.DIGEST_SIZE], tuple(parts))


class _Growing:
    """A file while it is joined."""

    def __init__(self, path: str, room: Spool) -> None:
        self.path = path
        self.room = room
        self.size = 0
        self.hashed = memo.hasher()
        self._is_away = False
        """Some of it is not in memory any more."""
        self._block: list[bytes] = []
        self._waiting = 0

    def add(self, content: bytes) -> None:
        """Put this behind the rest."""
        self._block.append(content)
        self.size += len(content)
        self._waiting += len(content)
        if self._waiting > BLOCK:
            self.room.grow(self.path, self._taken())
            self._is_away = True

    def finished(self) -> Body:
        """The whole."""
        last = self._taken()
        if not self._is_away:
            return last
        self.room.grow(self.path, last)
        return self.room.grown(self.path)

    def _taken(self) -> bytes:
        block = b"".join(self._block)
        self.hashed.update(block)
        self._block, self._waiting = [], 0
        return block
