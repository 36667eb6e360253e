"""Work spread over the processor's cores, with the same results as on one.

The one place that starts processes: another way of spreading work would take the place of this module. Processes are
copies of this one (fork), so they see all that was made before, and only what they find out is sent back.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: Callable[[Any], Any]
_items: Sequence[Any]
"""What the copies do, and with what: set before they are made, so that they need only be told which items are next."""


def cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def nothing() -> None:
    """Only wait for the other processes."""


def spread(
    work: Callable[[Sequence[T]], R],
    items: Sequence[T],
    *,
    chunk: int,
    few: int,
    processes: int = 0,
    meanwhile: Callable[[], None] = nothing,
) -> Iterator[R]:
    """`work` done on the items in chunks of at most `chunk`, the results in the order of the items.

    Up to `few` items are not worth a process. `processes` is their number, 0 for one per core. Where processes cannot
    be started, or one of them is killed by the system, the work is done here. `meanwhile` is done here while others
    work; not, if none do.
    """
    processes = processes or cores()
    done = 0
    if len(items) > max(few, chunk) and processes > 1 and _can_fork():
        chunks = list(_chunks(len(items), chunk, processes))
        try:
            for part, result in zip(chunks, _spread(work, items, chunks, processes, meanwhile), strict=True):
                done = part.stop
                yield result
        except (BrokenProcessPool, OSError):
            pass
    for start in range(done, len(items), chunk):
        yield work(items[start : start + chunk])


def _chunks(count: int, most: int, processes: int) -> Iterator[slice]:
    """Small ones first, where callers put what takes long, and last, so that all processes end about together."""
    start = 0
    while start < count:
        size = max(1, min(most, start // 4, (count - start) // (2 * processes)))
        yield slice(start, start + size)
        start += size


def _can_fork() -> bool:
    """A copy of a process with several threads may hang; and so may any on macOS."""
    is_safe = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return is_safe and threading.active_count() == 1


def _spread(
    work: Callable[[Sequence[T]], R],
    items: Sequence[T],
    chunks: Sequence[slice],
    processes: int,
    meanwhile: Callable[[], None],
) -> Iterator[R]:
    """All chunks wait to be taken: a process never waits for another one that is busy with an earlier chunk.

    So results may have to wait for their turn here; callers keep them anyway.
    """
    global _work, _items
    _work, _items = work, items
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(min(processes, len(chunks)), mp_context=context, initializer=_begin)
    try:
        results = pool.map(_do, chunks)
        meanwhile()
        yield from results
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Ctrl-C reaches all processes: the first one stops the others. If it is killed, they end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_first, daemon=True).start()


def _end_with_the_first() -> None:
    first = multiprocessing.parent_process()
    if first is not None:
        first.join()
        os._exit(1)


def _do(part: slice) -> Any:
    return _work(_items[part])
