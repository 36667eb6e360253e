"""Finished files on their way to the output folder: kept on disk, so that a large site need not fit into memory.

Every process writes into a file of its own, and any process may read what another one wrote.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from factsite.working.locks import lock

Part = bytes | tuple[str, int, int]
"""The bytes themselves, or where they are: file, offset, length."""
Body = Part | str
"""Or the file that they are."""
PREFIX = "factsite-spool-"
"""Of the names of these folders."""
BINARY = getattr(os, "O_BINARY", 0)
FILE = os.O_RDWR | os.O_CREAT | os.O_TRUNC | BINARY
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Spool:
    """A file for each process that puts something in."""

    tree: str | None = None
    """Where whole files stand, each at its own path, ready to be moved; None if they are kept in another way."""

    def __init__(self, parent: Path) -> None:
        """It will be a folder below `parent`, made when it is needed."""
        self.parent = parent
        self.folder: Path | None = None
        self._files: dict[int, int] = {}
        self._end = 0
        self._held: int | None = None
        self._is_tried = False
        self._pieces: dict[str, list[Part]] = {}
        """Of files that grow, by path."""

    def prepare(self) -> None:
        """Make room: tried once, before processes are started that will need it.

        The room is ours as long as one of them lives.
        """
        if not self._is_tried:
            self._is_tried = True
            with suppress(OSError):
                self.parent.mkdir(parents=True, exist_ok=True)
                self._take(Path(tempfile.mkdtemp(prefix=PREFIX, dir=self.parent)))

    def _take(self, folder: Path) -> None:
        """Keep others from sweeping the folder; if one has begun to, it is theirs."""
        if sys.platform != "win32":
            self._held = os.open(folder, FOLDER)
            if not lock(self._held) or not folder.is_dir():
                return
        self.folder = folder

    def put(self, content: bytes) -> Part:
        """Put the bytes away; where that is not possible they stay in memory."""
        self.prepare()
        if self.folder is None:
            return content
        pid = os.getpid()
        path = f"{self.folder}/{pid}"
        try:
            if pid not in self._files:
                self._files = {pid: os.open(path, FILE, 0o600)}
                self._end = 0
            start = self._end
            os.lseek(self._files[pid], start, os.SEEK_SET)
            view = memoryview(content)
            while view:
                view = view[os.write(self._files[pid], view) :]
        except OSError:
            return content
        self._end = start + len(content)
        return path, start, len(content)

    def put_files(self, files: Sequence[tuple[str, bytes]]) -> list[Part | None]:
        """Put whole files away, given by their paths below the output folder; None for one that stands in the tree."""
        whole, start = self.put(b"".join([content for _, content in files])), 0
        parts: list[Part | None] = []
        for _, content in files:
            parts.append(part(whole, start, len(content)))
            start += len(content)
        return parts

    def grow(self, path: str, content: bytes) -> None:
        """Put this behind what was put away of a file."""
        self._pieces.setdefault(path, []).append(self.put(content))

    def grown(self, path: str) -> Body:
        """The file, once it is whole."""
        return joined(self._pieces.pop(path))

    def clear(self) -> None:
        """Remove all of it."""
        for file in self._files.values():
            os.close(file)
        self._files = {}
        forget()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._held is not None:
            os.close(self._held)
        self.folder = self._held = None


def sweep(parent: Path) -> None:
    """Remove what builds that were killed have left, where it is certain that none of their processes lives."""
    for left in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            held = os.open(left, FOLDER)
            try:
                if lock(held, otherwise=False):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(held)


def part(whole: Part, start: int, size: int) -> Part:
    """A stretch of what was put away."""
    if isinstance(whole, bytes):
        return whole[start : start + size]
    path, offset, _ = whole
    return path, offset + start, size


def joined(parts: Sequence[Part]) -> Part:
    """What was put away one after the other as one."""
    path, start, end = "", 0, 0
    for each in parts:
        if isinstance(each, bytes) or (path and each[:2] != (path, end)):
            return b"".join(map(read, parts))
        path, start, end = each[0], start if path else each[1], each[1] + each[2]
    return path, start, end - start


_opened: dict[str, int] = {}


def read(body: Body) -> bytes:
    """The bytes of a body."""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return Path(body).read_bytes()
    path, start, size = body
    if path not in _opened:
        _opened[path] = os.open(path, os.O_RDONLY | BINARY)
    if hasattr(os, "pread"):
        return os.pread(_opened[path], size, start)
    os.lseek(_opened[path], start, os.SEEK_SET)  # Windows, where no other process reads it
    return os.read(_opened[path], size)


def forget() -> None:
    """Close what was opened to read."""
    while _opened:
        os.close(_opened.popitem()[1])
