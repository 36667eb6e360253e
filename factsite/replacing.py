"""Changes of a few bytes in files, written all together or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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
        found, shift = [], 0
        for number, line in enumerate(new):
            before = old[number - shift] if number - shift < len(old) else ""
            is_added = len(new) - len(old) > shift and new[number + 1 : number + 2] == old[number - shift :][:1]
            if before == line:
                continue
            found.append((number + 1, "" if is_added else before, line))
            shift += is_added
        return found


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
        end = content.find(b"\n", match.end()) % (len(content) + 1)
        lead = content[start : match.start()].rstrip(b"\"'")
        yield content[:end] + _break(content).removesuffix(b"\n") + b"\n" + lead + old + content[end:]


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
