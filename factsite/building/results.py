"""What came of steps that ran one after the other in some process, as it is handed over."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from factsite.auditing.marks import Led
from factsite.building.done import Done, File
from factsite.problems import Problem
from factsite.viewing.pages import Step
from factsite.working import spool
from factsite.working.spool import Body, Part


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
    bodies: list[Part | None]
    """Their new files, in their order; None for one that stands in the tree of the spool."""
    lines: dict[str, Part]
    """Their lines in each collection, one behind the other, by the collection's path."""
    led: Led
    """Where the new files and lines lead, but for addresses that this process has sent with earlier chunks."""

    def files(self, tree: str | None) -> Iterator[tuple[File, Body]]:
        """The new files."""
        fresh = (result.done.files[place] for result in self.results if result.done for place in result.fresh)
        for file, body in zip(fresh, self.bodies, strict=True):
            yield file, f"{tree}/{file.path}" if body is None else body

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
