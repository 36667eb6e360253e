"""Bytes → files: only into an own folder, only what changed, what is gone removed.

Before a new name appears on disk the manifest names it too (old and new together), and the names of removed files leave
it last. So a build that is killed at any moment leaves no file that the next build would not know, and repair.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from factsite.problems import Problem
from factsite.working import executor, spool
from factsite.working.spool import Body
from factsite.writing.folder import Folder, Refused, State, foreign, is_safe, opened, parents


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the finished site."""

    path: str
    """Below the output folder, with forward slashes."""
    content: bytes
    origin: str
    """The content file or template it comes from, relative to the site's root; named if something is wrong with it."""
    template: str = ""
    """Name of the page's template below `templates/`; empty for what is no page."""

    @property
    def is_whole(self) -> bool:
        """Whether it is a file already."""
        return False


@dataclass(frozen=True, slots=True)
class Stored:
    """The same with its bytes put away until they are needed."""

    path: str
    body: Body
    origin: str

    @property
    def content(self) -> bytes:
        """The bytes."""
        return spool.read(self.body)

    @property
    def is_whole(self) -> bool:
        """Whether it is a file already."""
        return isinstance(self.body, str)


File = Output | Stored
CHUNK, FEW = 200, 1000
"""Files that one process writes at a time, and those for which none is started."""


@dataclass(frozen=True, slots=True)
class Written:
    """What happened to the folder; all paths are those of outputs, present or former."""

    problems: tuple[Problem, ...] = ()
    """With problems the folder is as it was, unless the system refused a file half-way."""
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Progress:
    """How far a write has come."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def write(
    folder: Path,
    outputs: Sequence[File],
    kept: AbstractSet[str] = frozenset(),
    processes: int = 1,
    tree: str | None = None,
) -> Written:
    """Make `folder` hold exactly `outputs` and `kept`, besides what others put into it since.

    `kept` are files of which the caller knows that they are there as they should be, and that their names are right.
    `tree` has those outputs that are whole files already, at their paths, and no others: they are moved from there.
    """
    problems = clashes(outputs)
    if problems:
        return Written(tuple(problems))
    done = _Progress()
    try:
        with opened(str(folder)) as target:
            _write(target, outputs, kept, done, processes, tree)
    except Refused as refused:
        problems = refused.problems
    except OSError as error:
        problems = [_unwritable(error, folder)]
    return Written(tuple(problems), tuple(done.written), tuple(done.unchanged), tuple(done.removed))


def _write(
    folder: Folder,
    outputs: Sequence[File],
    kept: AbstractSet[str],
    done: _Progress,
    processes: int,
    tree: str | None,
) -> None:
    """Look at everything, refuse or act; nothing at all is written if everything is as it should be."""
    made = {output.path for output in outputs}
    needed = made | kept
    stale = [path for path in folder.own if path not in needed]
    # Where the kept files are, their folders are too.
    folders = _folders(needed if stale else made)
    folder.survey(folders | _folders(stale if kept else folder.own))
    changed = _changed(folder, outputs, folders)
    done.unchanged = sorted(needed.difference(output.path for output in changed))
    first = _in_the_way(stale, needed, folders) if stale else set()
    if not needed <= folder.own.keys():
        folder.claim(needed | folder.own.keys())
    done.removed.extend(folder.remove([path for path in stale if path in first], folders))
    if tree is not None:
        for path in folder.take(tree, [each.path for each in changed if each.is_whole]):
            done.written.append(path)
        moved = set(done.written)
        changed = [output for output in changed if output.path not in moved]
    for part in executor.spread(partial(_put, folder, done), changed, chunk=CHUNK, few=FEW, processes=processes):
        done.written.extend(part)
    done.removed.extend(folder.remove([path for path in stale if path not in first], folders))
    if folder.own.keys() != needed or list(folder.own) != sorted(folder.own):
        folder.claim(needed)


def _put(folder: Folder, done: _Progress, outputs: Sequence[File]) -> list[str]:
    """Paths that have been written, if another process did it; this one notes each at once."""
    for output in outputs:
        folder.put(output.path, output.content)
        done.written.append(output.path)
    return [] if os.getpid() == folder.process else [output.path for output in outputs]


def _changed(folder: Folder, outputs: Sequence[File], folders: set[str]) -> list[File]:
    """The outputs that have to be written. Raises Refused if somebody else's files are in their place."""
    changed = []
    blocked = sorted(path for path in folders if folder.kinds.get(path) is False and path not in folder.own)
    problems = [foreign(folder.at(path), "is no folder, and the site needs one there") for path in blocked]
    for output in outputs:
        state = folder.state(output.path, output)
        if state is not State.SAME:
            changed.append(output)
        if state is State.DIFFERENT and output.path not in folder.own:
            problems.append(foreign(folder.at(output.path), "was not written by us, and the site needs that name"))
        elif state is State.FOLDER and not folder.holds_only_own(output.path):
            problems.append(foreign(folder.at(output.path), "is a folder, and the site needs a file there"))
    if problems:
        raise Refused(problems)
    return changed


def _in_the_way(stale: Iterable[str], needed: set[str], folders: set[str]) -> set[str]:
    """Stale files that must go first: a file where a folder will be, or the reverse, or a name that differs in case."""
    file_keys, folder_keys = set(map(_key, needed)), set(map(_key, folders))
    keys = file_keys | folder_keys

    def blocks(parent: str) -> bool:
        return _key(parent) in file_keys or (parent not in folders and _key(parent) in folder_keys)

    return {path for path in stale if _key(path) in keys or any(map(blocks, parents(path)))}


# --- names -----------------------------------------------------------------------------------------------------------


def clashes(outputs: Sequence[File]) -> list[Problem]:
    """Outputs that cannot stand side by side on every system: equal names, also but for case; a file as a folder.

    Also names that no file of a site can have. Nearly always there are none, and all names together are looked through
    much sooner than one by one.
    """
    paths = [output.path for output in outputs]
    return [] if _are_apart(paths) and all(map(is_safe, paths)) else _one_by_one(outputs)


def _are_apart(paths: Sequence[str]) -> bool:
    """Whether no system can take one name of a file or a folder for that of another one."""
    folders = _folders(paths)
    return len({*map(_key, paths), *map(_key, folders)}) == len(paths) + len(folders)


def _one_by_one(outputs: Sequence[File]) -> list[Problem]:
    """What is wrong with each name. It may find only what makes `clashes` ask for it."""
    problems: list[Problem] = []
    files: dict[str, File] = {}
    folders: dict[str, tuple[str, File]] = {}
    for output in outputs:
        if not is_safe(output.path):
            problems.append(_misnamed(output, f"`{output.path}` cannot be the name of a file of the site"))
            continue
        other = files.setdefault(_key(output.path), output)
        if other is not output:
            problems.append(_misnamed(output, f"`{output.path}` is also the address of `{other.path}`, {_from(other)}"))
        for name in parents(output.path):
            spelling, other = folders.setdefault(_key(name), (name, output))
            if other is output:
                continue
            if spelling != name:
                problems.append(_misnamed(output, f"`{name}/` differs only in case from a folder of `{other.path}`"))
            break  # the folders above were seen with the other output
    for key in sorted(files.keys() & folders.keys()):
        file, (_, other) = files[key], folders[key]
        problems.append(_misnamed(other, f"`{other.path}` needs a folder where `{file.path}` is a file, {_from(file)}"))
    return problems


def _key(path: str) -> str:
    """Equal for names that some file system holds to be the same."""
    return path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()


def _folders(paths: Iterable[str]) -> set[str]:
    """All folders of many paths, and the root as an empty text."""
    found = {""}
    for folder in {path.rpartition("/")[0] for path in paths}:
        for name in (folder, *parents(folder)):
            if name in found:
                break
            found.add(name)
    return found


def _from(output: File) -> str:
    return f"from {output.origin}" if output.origin else "from the site's own pages"


def _misnamed(output: File, message: str) -> Problem:
    return Problem("output-names", message, output.origin, expected="another name for one of the two")


def _unwritable(error: OSError, folder: Path) -> Problem:
    message = f"Cannot write `{error.filename or folder}`: {error.strerror or error}"
    expected = "room and permission to write there; the next build mends what is half done"
    return Problem("output-unwritable", message, expected=expected)
