"""An output folder of ours: what is in it, and changing it by whole files, or by folders that are new to it.

The folder is ours if it holds our manifest, which names every file that we wrote. No link in it is ever followed.
"""
# `os` on plain texts costs a fraction of `Path`, and a site has many thousands of files.
# ruff: noqa: PTH102, PTH103, PTH105, PTH106, PTH108, PTH123

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

import msgspec

from factsite.problems import Problem
from factsite.working.locks import lock

MANIFEST = ".factsite.json"
TEMPORARY = ".factsite.tmp"
"""A file is first written here, unless it is moved, and then renamed. One name for all: a killed build leaves at most
this file."""
UNESCAPED = json.JSONEncoder(ensure_ascii=False)
"""Made once: `json.dumps` with an option makes one for each path."""
HARMLESS = frozenset({TEMPORARY, ".DS_Store", "Thumbs.db", "desktop.ini"})
"""What may lie in a folder that counts as empty."""
PATIENCE = 10.0
"""Seconds that a build waits for another one that is writing into the same folder."""

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
OLD_FILE = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class State(Enum):
    """How a file on disk compares with what should be there."""

    SAME = auto()
    MISSING = auto()
    DIFFERENT = auto()
    FOLDER = auto()


class Refused(Exception):  # noqa: N818 -- not an error of ours, but our answer
    """Raised before anything was changed; callers turn it into its problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


class HasContent(Protocol):
    """What a file should hold."""

    @property
    def content(self) -> bytes:
        """Its bytes."""


@dataclass(slots=True)
class Folder:
    """The folder during one build, its paths with forward slashes and without a leading one."""

    path: str
    own: dict[str, None] = field(default_factory=dict)
    """Files that the manifest names, in its order: those that we may replace and remove."""
    process: int = field(default_factory=os.getpid)
    """Of the build; others of its processes write under a name of their own."""
    kinds: dict[str, bool] = field(default_factory=dict)
    """What stands at the folders that matter: True for a real folder, False for a file or a link."""

    def at(self, path: str) -> str:
        """Where the file or folder is."""
        return f"{self.path}/{path}" if path else self.path

    def survey(self, relevant: set[str]) -> None:
        """Fill `kinds`. Folders without relevant folders in them need not be read: most of a site's."""
        below: dict[str, set[str]] = {}
        for path in relevant - {""}:
            parent, _, name = path.rpartition("/")
            below.setdefault(parent, set()).add(name)
        self.kinds[""] = True
        waiting = [""] if below else []
        while waiting:
            parent = waiting.pop()
            for entry in os.scandir(self.at(parent)):
                if entry.name in below[parent]:
                    path = f"{parent}/{entry.name}" if parent else entry.name
                    self.kinds[path] = entry.is_dir(follow_symlinks=False)
                    if self.kinds[path] and path in below:
                        waiting.append(path)

    def state(self, path: str, wanted: HasContent) -> State:
        """The file's bytes are read each time: a size and a date can be fooled."""
        if self.kinds.get(path.rpartition("/")[0]) is not True:
            return State.MISSING
        try:
            file = os.open(self.at(path), OLD_FILE)
        except FileNotFoundError:
            return State.MISSING
        except OSError:  # a link, or not to be read
            return State.FOLDER if stat.S_ISDIR(os.lstat(self.at(path)).st_mode) else State.DIFFERENT
        content = wanted.content
        try:
            return State.SAME if os.read(file, len(content) + 1) == content else State.DIFFERENT
        except IsADirectoryError:
            return State.FOLDER
        finally:
            os.close(file)

    def holds_only_own(self, path: str) -> bool:
        """Whether nothing lies in a folder but our own files."""
        for place, folders, files in os.walk(self.at(path)):
            name = os.path.relpath(place, self.path).replace(os.sep, "/")
            is_foreign = not (folders or files or name in self.kinds)
            if is_foreign or any(f"{name}/{below}" not in self.own for below in files):
                return False
        return True

    def put(self, path: str, content: bytes) -> None:
        """Write the whole file or nothing."""
        temporary = self.at(TEMPORARY if os.getpid() == self.process else f"{TEMPORARY}.{os.getpid()}")
        try:
            self._make(path.rpartition("/")[0])
            file = os.open(temporary, NEW_FILE, 0o666)
            try:
                write_all(file, content)
            finally:
                os.close(file)
            os.replace(temporary, self.at(path))
        except BaseException as error:
            with suppress(OSError):
                os.unlink(temporary)
            if isinstance(error, OSError):  # often without a name, or with the temporary one
                raise OSError(error.errno, error.strerror, self.at(path)) from error
            raise

    def take(self, tree: str, paths: Iterable[str]) -> Iterator[str]:
        """Move files from a tree where they stand at these paths, and yield those that could be moved.

        A folder that is not here yet is moved as it is: all that it holds in the tree must be among the paths.
        """
        groups: dict[str, list[str]] = {}
        for path in paths:
            groups.setdefault(self._missing(path) or path, []).append(path)
        for path, moved in groups.items():
            try:
                os.replace(f"{tree}/{path}", self.at(path))
            except OSError:  # mounted from elsewhere, for one: they can still be written, or it is said why not
                continue
            if path != moved[0]:
                self.kinds[path] = True
            yield from moved

    def _missing(self, path: str) -> str | None:
        """The first folder on the way to a file that is not here."""
        folder = path.rpartition("/")[0]
        if not folder or self.kinds.get(folder):
            return None
        return self._missing(folder) or folder

    def _make(self, path: str) -> None:
        if not self.kinds.get(path):
            self._make(path.rpartition("/")[0])
            try:
                os.mkdir(self.at(path))
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(self.at(path)).st_mode):
                    raise
                # Another process of this build made it, or it was moved here with its files.
            self.kinds[path] = True

    def remove(self, paths: Iterable[str], keep: set[str]) -> Iterator[str]:
        """Remove files, then folders that they leave empty, except `keep`. Yields the files that were there."""
        emptied: set[str] = set()
        for path in paths:
            emptied.update(parents(path))
            if self._is_file(path):
                os.unlink(self.at(path))
                self.kinds.pop(path, None)
                yield path
        for path in sorted(emptied - keep, key=len, reverse=True):
            if self.kinds.get(path):
                with suppress(OSError):  # not empty: somebody else's file is in it
                    os.rmdir(self.at(path))
                    del self.kinds[path]

    def _is_file(self, path: str) -> bool:
        """Whether a file or a link is there, reached through real folders only."""
        if not self.kinds.get(path.rpartition("/")[0]):
            return False
        try:
            return not stat.S_ISDIR(os.lstat(self.at(path)).st_mode)
        except FileNotFoundError:
            return False

    def claim(self, paths: Iterable[str]) -> None:
        """Write the manifest: these files are ours."""
        self.own = dict.fromkeys(sorted(paths))
        about = "Written by factsite: each build replaces and removes the files named here, and no others."
        files = ",\n".join(UNESCAPED.encode(path) for path in self.own)
        self.put(MANIFEST, f'{{"about": "{about}",\n"files": [\n{files}\n]}}\n'.encode())


def parents(path: str) -> Iterator[str]:
    """The folders of a path, deepest first, without the root."""
    while path := path.rpartition("/")[0]:
        yield path


def is_temporary(name: str) -> bool:
    """Whether it is where a file is written before it gets its name, by this process or another one of a build."""
    return name == TEMPORARY or (name.startswith(f"{TEMPORARY}.") and name[len(TEMPORARY) + 1 :].isdigit())


def is_safe(path: str) -> bool:
    """Whether the path stays inside and is none of our own two files."""
    framed = f"/{path}/"  # so that each part stands between two slashes
    inside = not ("//" in framed or "/./" in framed or "/../" in framed or "\\" in path or "\0" in path)
    return inside and path != MANIFEST and not is_temporary(path)


def foreign(place: str, message: str) -> Problem:
    """That something is not ours."""
    expected = "an empty folder, one that we wrote, or another one with `--output`; foreign files are not touched"
    return Problem("output-foreign", f"`{place}` {message}", expected=expected)


@contextmanager
def opened(path: str) -> Iterator[Folder]:
    """The folder, made if absent, while no other build can write into it. Raises Refused if it is not ours."""
    os.makedirs(path, exist_ok=True)
    with _alone(path):
        own = _manifest(path)
        for name in os.listdir(path):
            if is_temporary(name):
                os.unlink(f"{path}/{name}")
        yield Folder(path, dict.fromkeys(own))


class _Manifest(msgspec.Struct):
    """What is read of it."""

    files: list[str]


def _manifest(path: str) -> list[str]:
    names = set(os.listdir(path))
    if MANIFEST not in names:
        if all(name in HARMLESS or is_temporary(name) for name in names):
            return []
        raise Refused([foreign(path, "has files in it that we did not write")])
    try:
        with open(f"{path}/{MANIFEST}", encoding="utf-8") as file:
            own = msgspec.json.decode(file.read(), type=_Manifest).files
        return [path for path in own if is_safe(path)]
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise Refused([foreign(path, f"has a damaged {MANIFEST}, so we cannot tell which files are ours")]) from error


@contextmanager
def _alone(path: str) -> Iterator[None]:
    """Keep a second build out of the folder. Not on Windows, which cannot open folders."""
    if sys.platform == "win32":
        yield
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        end = time.monotonic() + PATIENCE
        while not lock(folder):
            if time.monotonic() > end:
                message = f"Another build is writing into `{path}`"
                raise Refused([Problem("output-busy", message, expected="one build at a time")])
            time.sleep(0.02)
        yield
    finally:
        os.close(folder)


def write_all(file: int, content: bytes) -> None:
    """Write all of it: `os.write` may take less."""
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
