"""Running a command: how long it takes, and how much memory it and its children hold at most."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.05
"""Seconds between looks at the memory."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command cost."""

    seconds: float
    """From its start to its end."""
    megabytes: float
    """The most that it and its children held at once, shared memory counted once (PSS); 0 if that was not measured."""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], *, memory: bool = False) -> Run:
    """Run a command to its end. Raises CalledProcessError if it fails."""
    begun = time.perf_counter()
    most = [0.0]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        try:
            if memory:
                threading.Thread(target=_watch, args=(process, most), daemon=True).start()
            _, errors = process.communicate()
            seconds = time.perf_counter() - begun
        finally:
            process.kill()  # if we are interrupted
            process.wait()  # so that nothing is written into the folder any more when it is removed
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=errors.decode(errors="replace"))
    return Run(seconds, most[0])


def _watch(process: subprocess.Popen[bytes], most: list[float]) -> None:
    while process.poll() is None:
        most[0] = max(most[0], sum(map(_pss, _tree(process.pid))) / 1024)
        time.sleep(PAUSE)


def _tree(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in _tree(int(child)))]


def _pss(pid: int) -> float:
    """Kilobytes that a process holds, pages shared with n others counted as an n-th (man 5 proc, `smaps_rollup`)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().split("\n")
    except OSError:
        return 0.0
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))
