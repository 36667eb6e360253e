"""Changes of a few bytes in files, written all together or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path, PurePosixPath

from factsite.problems import Problem


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one file."""

    path: str
    """Relative to the site's root."""
    new_path: str
    """The same, except for a file that is renamed."""
    old: bytes
    new: bytes

    @property
    def lines(self) -> list[tuple[int, str, str]]:
        """Number, old and new text of each line that differs; a line that is new has an empty old text."""
        old, new = self.old.decode("utf-8-sig").splitlines(), self.new.decode("utf-8-sig").splitlines()
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        return [
            (number, before, after)
            for kind, a, b, c, d in blocks
            if kind != "equal"
            for number, (before, after) in enumerate(zip_longest(old[a:b], new[c:d], fillvalue=""), start=c + 1)
        ]


# --- bytes -----------------------------------------------------------------------------------------------------------


def _word(entry_id: str) -> re.Pattern[bytes]:
    """Finds an id that is no part of a longer word. It may be a part of a longer id."""
    return re.compile(rb"(?<![A-Za-z0-9])" + re.escape(entry_id.encode()) + rb"(?![A-Za-z0-9])")


def places(content: bytes, entry_id: str) -> list[int]:
    """Where these letters stand, the last one first, so that changing one leaves the places of the others alone."""
    return [match.start() for match in _word(entry_id).finditer(content)][::-1]


def swapped(content: bytes, start: int, old: str, new: str) -> bytes:
    """With `new` in place of the `old` that begins at `start`."""
    return content[:start] + new.encode() + content[start + len(old) :]


def with_alias(
    content: bytes, key: str, given: Sequence[str], old: str, new: str, *, is_front: bool
) -> Iterator[bytes]:
    """Ways to write the former id `old` into the list `key`, which has the ids `given` so far; one may be right.

    `is_front`: the YAML is front matter. Where `new` is in the list itself, because it was the id once, `old` takes its
    place.
    """
    if new in given:
        yield from (swapped(content, start, new, old) for start in places(content, new))
        return
    if given:
        yield from _added(content, given[-1], old.encode())
        return
    line = f"{key}: [{old}]".encode()
    for match in re.finditer(rb"^%b:(?:[ \t]*\[[ \t]*\])?" % key.encode(), content, re.MULTILINE):
        yield content[: match.start()] + line + content[match.end() :]
    yield from _appended(content, line, is_front=is_front)


def _added(content: bytes, last: str, old: bytes) -> Iterator[bytes]:
    """Behind the last item, on the same line or on a line of its own."""
    for match in re.finditer(_word(last).pattern + rb"[\"']?", content):
        yield content[: match.end()] + b", " + old + content[match.end() :]
        start = content.rfind(b"\n", 0, match.start()) + 1
        end = content.find(b"\n", match.end()) + 1
        above, below = (content[:end], content[end:]) if end else (content + _break(content), b"")
        yield above + content[start : match.start()].rstrip(b"\"'") + old + _break(content) + below


def _appended(content: bytes, line: bytes, *, is_front: bool) -> Iterator[bytes]:
    """Below everything else."""
    end = _break(content)
    if not is_front:
        yield content + (b"" if content.endswith((b"\n", b"\r")) else end) + line + end
        return
    for match in list(re.finditer(rb"^---[ \t]*\r?$", content, re.MULTILINE))[1:]:
        yield content[: match.start()] + line + end + content[match.start() :]


def _break(content: bytes) -> bytes:
    """The file's own line end."""
    return b"\r\n" if b"\r\n" in content else b"\n"


# --- files -----------------------------------------------------------------------------------------------------------


def apply(root: Path, changes: Sequence[Change]) -> list[Problem]:
    """Write all changes, or none and say why. A file that is a link stays one."""
    targets = [_target(root, change) for change in changes]
    temporaries = [target.with_name(f".{target.name}.tmp") for target in targets]
    made: list[Path] = []
    done: list[tuple[Path, Change]] = []
    try:
        _check_unchanged(root, changes)
        for temporary, change in zip(temporaries, changes, strict=True):
            _write(temporary, root / change.path, change.new, made)
        for temporary, target, change in zip(temporaries, targets, changes, strict=True):
            done.append((target, change))
            temporary.replace(target)
        for change in changes:
            if change.new_path != change.path:
                (root / change.path).unlink()
    except BaseException as error:
        _undo(root, done)
        if not isinstance(error, OSError):
            raise
        return [_refused(error)]
    finally:
        for temporary in made:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    return []


def _target(root: Path, change: Change) -> Path:
    return (root / change.path).resolve() if change.new_path == change.path else root / change.new_path


def _check_unchanged(root: Path, changes: Iterable[Change]) -> None:
    """Raises OSError if somebody saved one of the files meanwhile, or made the new one."""
    for change in changes:
        if (root / change.path).read_bytes() != change.old:
            raise OSError(0, "it was changed meanwhile", change.path)
        if change.new_path != change.path and os.path.lexists(root / change.new_path):
            raise OSError(0, "there is such a file already", change.new_path)


def _write(temporary: Path, model: Path, content: bytes, made: list[Path]) -> None:
    """A new file with the permissions of `model`, noted in `made` as soon as it exists."""
    with temporary.open("xb") as file:
        made.append(temporary)
        file.write(content)
    shutil.copymode(model, temporary)


def _undo(root: Path, done: Iterable[tuple[Path, Change]]) -> None:
    """Put back what was there, as far as the system lets us."""
    for target, change in done:
        with suppress(OSError):
            (root / change.path).write_bytes(change.old)
            if change.new_path != change.path:
                target.unlink(missing_ok=True)


def _refused(error: OSError) -> Problem:
    message = (
        f"Nothing was changed: {error.filename}: {error.strerror}"
        if error.filename
        else f"Nothing was changed: {error}"
    )
    return Problem(
        "cannot-rename", message, expected="files that may be written, and that nobody saves at the same time"
    )


def text(changes: Sequence[Change], prefix: str = "", *, dry_run: bool) -> str:
    """The changes for people: each file with its lines as they were and as they are, and how many there are.

    `prefix` leads from the reader's folder to the site's root.
    """
    lines = []
    for change in changes:
        path, new_path = PurePosixPath(prefix, change.path), PurePosixPath(prefix, change.new_path)
        lines.append(str(path) if path == new_path else f"{path} → {new_path}")
        for number, old, new in change.lines:
            lines += [f"  {number:>4} - {old.strip()}"] if old else []
            lines += [f"  {number:>4} + {new.strip()}"]
    count = f"{len(changes)} file{'' if len(changes) == 1 else 's'}"
    lines += ["", f"{count} would change; nothing was written." if dry_run else f"{count} changed."]
    return "\n".join(lines)
