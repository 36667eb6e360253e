"""Finished files on their way to the output folder: kept on disk, so that a large site need not fit into memory.

Every process writes into a file of its own, and any process may read what another one wrote.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

Body = bytes | tuple[str, int, int]
"""The bytes themselves, or where they are: file, offset, length."""


class Spool:
    """A file for each process that puts something in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[int, int] = {}
        self._end = 0

    def put(self, content: bytes) -> Body:
        """Put the bytes away; where that is not possible they stay in memory."""
        pid = os.getpid()
        try:
            if pid not in self._files:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._files = {pid: os.open(self._path(pid), os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)}
                self._end = 0
            start = self._end
            view = memoryview(content)
            while view:
                view = view[os.pwrite(self._files[pid], view, start + len(content) - len(view)) :]
        except OSError:
            return content
        self._end = start + len(content)
        return self._path(pid), start, len(content)

    def _path(self, pid: int) -> str:
        return str(self.folder / str(pid))

    def clear(self) -> None:
        """Remove all of it."""
        for file in self._files.values():
            os.close(file)
        self._files = {}
        forget()
        shutil.rmtree(self.folder, ignore_errors=True)


def part(body: Body, start: int, size: int) -> Body:
    """A stretch of a body."""
    if isinstance(body, bytes):
        return body[start : start + size]
    path, offset, _ = body
    return sys.intern(path), offset + start, size  # the same of very many


def joined(bodies: Sequence[Body]) -> Body:
    """Several bodies that were put away one after the other as one."""
    path, start, end = "", 0, 0
    for body in bodies:
        if isinstance(body, bytes) or (path and body[:2] != (path, end)):
            return b"".join(map(read, bodies))
        path, start, end = body[0], start if path else body[1], body[1] + body[2]
    return path, start, end - start


_opened: dict[str, int] = {}


def read(body: Body) -> bytes:
    """The bytes of a body."""
    if isinstance(body, bytes):
        return body
    path, start, size = body
    if path not in _opened:
        _opened[path] = os.open(path, os.O_RDONLY)
    return os.pread(_opened[path], size, start)


def forget() -> None:
    """Close what was opened to read."""
    while _opened:
        os.close(_opened.popitem()[1])
