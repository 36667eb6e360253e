"""What came of steps that ran one after the other in some process, as it is handed over: their bytes lie together."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from factsite.building.done import Done, File
from factsite.problems import Problem
from factsite.viewing.pages import Step
from factsite.working import spool
from factsite.working.spool import Body


class Result(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A step that has just run."""

    step: Step
    done: Done | None
    """None if there are errors."""
    fresh: tuple[int, ...]
    """Which of its files are new, by their places among them."""
    problems: tuple[Problem, ...]
    failures: tuple[tuple[str, Problem], ...]
    """Templates that cannot be rendered, and why."""


class Chunk(msgspec.Struct, frozen=True, array_like=True):
    """Several steps."""

    results: list[Result]
    body: Body
    """The bytes of their new files, one behind the other."""
    lines: dict[str, Body]
    """Their lines in each collection, one behind the other, by the collection's path."""

    def files(self) -> Iterator[tuple[File, Body]]:
        """The new files."""
        start = 0
        for result in self.results:
            files = result.done.files if result.done else ()
            for place in result.fresh:
                yield files[place], spool.part(self.body, start, files[place].size)
                start += files[place].size

    def lines_in(self, path: str) -> dict[Step, bytes]:
        """The lines in a collection: all are read at once."""
        content = spool.read(self.lines.get(path, b""))
        found, start = {}, 0
        for result in self.results:
            for line in result.done.lines if result.done else ():
                if line.path == path:
                    found[result.step] = content[start : start + line.size]
                    start += line.size
        return found
