"""Finished files put away as they will stand in the output folder, so that they need only be moved there."""
# `os` on plain texts costs a fraction of `Path`, and a site has many thousands of files.
# ruff: noqa: PTH102, PTH103, PTH108, PTH112

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from factsite.working.spool import Body, Part, Spool
from factsite.writing.folder import is_safe, write_all

FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


class Staging(Spool):
    """A tree of whole files, beside what is put away without a name."""

    def __init__(self, parent: Path) -> None:
        super().__init__(parent)
        self._made: set[str] = set()
        self._sizes: dict[str, int] = {}
        """Of files that grow."""

    def prepare(self) -> None:
        """Make room."""
        super().prepare()
        if self.folder is not None:
            self.tree = f"{self.folder}/site"

    def put_files(self, files: Sequence[tuple[str, bytes]]) -> list[Part | None]:
        """Put each where it will stand; what cannot stand there stays in memory."""
        self.prepare()
        return [self._put_file(path, content) for path, content in files]

    def _put_file(self, path: str, content: bytes) -> bytes | None:
        if self.tree is None or not is_safe(path):
            return content
        place, folder = f"{self.tree}/{path}", path.rpartition("/")[0]
        try:
            if folder not in self._made:
                _make(f"{self.tree}/{folder}")
                self._made.add(folder)
            file = os.open(place, FILE, 0o666)
            try:
                write_all(file, content)
            finally:
                os.close(file)
        except OSError:
            with suppress(OSError):
                os.unlink(place)
            return content
        return None

    def grow(self, path: str, content: bytes) -> None:
        """Put this behind what stands of a file already; where that is not possible, put it away without a name."""
        self.prepare()
        if path not in self._pieces and self.tree is not None:
            place, size = Path(self.tree, path), self._sizes.get(path, 0)
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                with place.open("ab", buffering=0) as file:
                    write_all(file.fileno(), content)
            except OSError:
                self._pieces[path] = [place.read_bytes()[:size] if size else b""]
                with suppress(OSError):
                    place.unlink()
            else:
                self._sizes[path] = size + len(content)
                return
        super().grow(path, content)

    def grown(self, path: str) -> Body:
        """The file, once it is whole."""
        return super().grown(path) if path in self._pieces else f"{self.tree}/{path}"


def _make(folder: str) -> None:
    """Most folders have a parent already, and are made once: `os.makedirs` looks for all that first."""
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        if not os.path.isdir(folder):
            raise


def suits(parent: Path, output: Path) -> bool:
    """Whether files made below `parent` are like those made in the output folder, and can be moved there."""
    if sys.platform == "win32":  # where they would keep the rights of the folder that they were made in
        return False
    try:
        return _inherited(parent) == _inherited(output)
    except OSError:
        return False


def _inherited(folder: Path) -> tuple[object, ...]:
    """What new files take over from a folder, or from the next one above it that exists. Raises OSError."""
    place = next(path for path in (folder, *folder.resolve().parents) if path.is_dir())
    status = place.stat()
    rights = [_attribute(place, name) for name in ("system.posix_acl_default", "security.selinux")]
    return status.st_dev, status.st_gid, status.st_mode & stat.S_ISGID, *rights


def _attribute(place: Path, name: str) -> bytes:
    """Empty if the folder, or its system, has none of this name."""
    if hasattr(os, "getxattr"):
        with suppress(OSError):
            return os.getxattr(place, name)
    return b""
