"""How far a long build has come, shown on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 1.0
"""Seconds before anything is shown: most builds are over by then."""

Tell = Callable[[int, int], None]
"""Takes how many steps are done, and how many there are."""


@contextmanager
def shown() -> Iterator[Tell | None]:
    """Something that shows progress on a terminal; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.tell
    finally:
        bar.end()


class _Bar:
    """A line that is rewritten, once the build has taken long enough."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.end: Callable[[], None] = lambda: None
        self._move: Callable[[int, int], None] | None = None

    def tell(self, done: int, steps: int) -> None:
        """Move the bar."""
        if self._move is None and time.monotonic() - self.begun > PATIENCE:
            self._move = self._started()
        if self._move:
            self._move(done, steps)

    def _started(self) -> Tell:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("Building"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        self.end = bar.stop
        task = bar.add_task("Building")
        return lambda done, steps: bar.update(task, completed=done, total=steps)
