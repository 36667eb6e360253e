"""Files of examples that people can read: a title, a line `.`, the input, a line `.`, the output, a line `.`

`UPDATE_EXPECTED=1 pytest …` writes what comes out instead of comparing it; look at the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

UPDATE = bool(os.environ.get("UPDATE_EXPECTED"))


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a golden file."""

    title: str
    given: str
    expected: str


def examples(path: Path) -> Iterator[Example]:
    """The examples of a file. In the input, `␉ ⍽ ␤` stand for tabs, non-breaking spaces and line separators."""
    lines = iter(path.read_text(encoding="utf-8").split("\n"))
    for title in lines:
        if title and next(lines) == ".":
            yield Example(title, _until_dot(lines), _until_dot(lines))


def _until_dot(lines: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in iter(lambda: next(lines), "."))


def rewritten(path: Path, output: Callable[[Example], str]) -> None:
    """The file with the outputs of now."""
    parts = [f"{each.title}\n.\n{each.given}.\n{output(each)}.\n" for each in examples(path)]
    path.write_text("\n".join(parts), encoding="utf-8")


def compare(path: Path, expected: str, actual: str) -> None:
    """Fail with a difference, or write the file if that was asked for."""
    if UPDATE and expected != actual:
        path.write_text(actual, encoding="utf-8")
    assert UPDATE or actual == expected
