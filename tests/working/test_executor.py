"""Work is spread over processes, and nobody sees it in the results."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from factsite.working import executor

ITEMS = list(range(10))


def doubled(items: Sequence[int]) -> list[int]:
    return [2 * item for item in items]


def never() -> None:
    raise AssertionError("done though no other process works")


def process(_: Sequence[int]) -> int:
    return os.getpid()


@pytest.mark.parametrize(("few", "processes"), [(10, 2), (0, 1), (0, 2), (0, 0)])
def test_results_stand_in_the_order_of_the_items(few: int, processes: int) -> None:
    found = list(executor.spread(doubled, ITEMS, chunk=3, few=few, processes=processes))

    assert [number for part in found for number in part] == [2 * item for item in ITEMS]
    assert max(map(len, found)) <= 3


def test_no_items_give_no_results() -> None:
    assert list(executor.spread(doubled, [], chunk=3, few=0, processes=2)) == []


@pytest.mark.parametrize(("few", "chunk", "processes"), [(10, 3, 2), (0, 10, 2), (0, 3, 1)])
def test_little_work_is_done_in_this_process(few: int, chunk: int, processes: int) -> None:
    found = executor.spread(process, ITEMS, chunk=chunk, few=few, processes=processes, meanwhile=never)

    assert set(found) == {os.getpid()}


def test_where_no_process_can_start_the_work_is_done_in_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(executor, "_can_fork", lambda: True)
    monkeypatch.setattr(os, "fork", refuse)

    assert list(executor.spread(doubled, ITEMS, chunk=5, few=0, processes=2)) == [[0, 2, 4, 6, 8], [10, 12, 14, 16, 18]]


@pytest.mark.parametrize(("count", "most", "processes"), [(1, 3, 2), (7, 3, 2), (1000, 25, 2), (1000, 25, 64)])
def test_chunks_hold_each_item_once_and_are_small_at_both_ends(count: int, most: int, processes: int) -> None:
    chunks = [range(count)[part] for part in executor._chunks(count, most, processes)]

    assert [item for chunk in chunks for item in chunk] == list(range(count))
    assert max(map(len, chunks)) <= most
    assert len(chunks[0]) == len(chunks[-1]) == 1


# --- other processes, started from one that has no threads, as the run of the tests may have --------------------------

SCRIPT = """
import os, signal
from factsite.working import executor

here = os.getpid()

def work(items):
    if items == [6] and os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return items[0], os.getpid() == here

found = list(executor.spread(work, list(range(%d)), chunk=1, few=0, processes=2))
for item, is_here in found:
    print(item, "here" if is_here else "elsewhere")
"""

WAITING = """
import os, time
from pathlib import Path
from factsite.working import executor

here = os.getpid()

def meanwhile():
    print(here == os.getpid())
    Path("done meanwhile").touch()

def work(items):
    while not Path("done meanwhile").exists():
        time.sleep(0.01)
    while items[0] == 0 and not Path("39").exists():  # the first item ends after the last one
        time.sleep(0.01)
    for item in items:
        Path(str(item)).touch()
    return len(items)

print(sum(executor.spread(work, range(40), chunk=2, few=0, processes=2, meanwhile=meanwhile)))
"""

SLEEPING = """
import os, time
from factsite.working import executor

def work(items):
    print(os.getpid(), flush=True)
    time.sleep(60)

list(executor.spread(work, range(40), chunk=2, few=0, processes=2))
"""


def spread_by_two(count: int) -> list[list[str]]:
    """The items from 0 in the order of their results, each with where it was done. The 6 kills its process."""
    command = [sys.executable, "-c", SCRIPT % count]
    printed = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout
    return [line.split() for line in printed.splitlines()]


needs_copies = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="one process is all there is")


@needs_copies
def test_much_work_is_done_elsewhere() -> None:
    assert spread_by_two(5) == [[str(item), "elsewhere"] for item in range(5)]


@needs_copies
def test_processes_end_when_the_first_one_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", SLEEPING], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout
        others = {first.stdout.readline(), first.stdout.readline()}
        first.kill()
        # Its output ends when the last process that can write to it does.
        rest, _ = first.communicate(timeout=30)

    assert len(others) == 2
    assert rest == ""


@needs_copies
def test_no_process_waits_for_another_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WAITING]
    engine = {**os.environ, "PYTHONPATH": str(Path(executor.__file__).parents[2])}
    printed = subprocess.run(
        command, cwd=tmp_path, env=engine, capture_output=True, check=True, text=True, timeout=60
    ).stdout

    assert printed == "True\n40\n"


@needs_copies
def test_what_a_killed_process_left_is_done_here() -> None:
    found = spread_by_two(10)

    assert [item for item, _ in found] == [str(item) for item in range(10)]
    assert {where for item, where in found if int(item) >= 6} == {"here"}
