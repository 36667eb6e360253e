"""A preview in a process of its own, for tests that talk to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

BUILD = Path(__file__).parent.parent / "build.py"
PATIENCE = 20.0
"""Seconds that a test waits for what must come."""


@dataclass
class Preview:
    """A running `build.py serve` and what it has printed."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    address: str = ""
    """Of the home page."""

    @property
    def host(self) -> str:
        """`http://127.0.0.1:port`."""
        return "/".join(self.address.split("/")[:3])

    @property
    def rebuilds(self) -> list[str]:
        """The line of each build."""
        return [line for line in self.lines if re.match(r"\d\d:\d\d:\d\d  ", line)]

    def wait_for_rebuild(self, number: int) -> str:
        """The line of the build with this number, from 0 for the first."""
        wait_until(lambda: len(self.rebuilds) > number, "a rebuild", self.lines)
        return self.rebuilds[number]

    def get(self, path: str, host: str | None = None) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of a page; redirects are followed."""
        request = urllib.request.Request(self.host + path, headers={"Host": host} if host else {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers) | {"url": answer.url}
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode(), dict(error.headers)


def wait_until(condition: Callable[[], bool], what: str, lines: list[str]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"{what} did not come. The preview said:\n" + "\n".join(lines)
        time.sleep(0.02)


@contextmanager
def preview(root: Path, *options: str) -> Iterator[Preview]:
    """A preview of the site in `root` on a free port, ended with the block."""
    command = [sys.executable, str(BUILD), "serve", "--root", str(root), "--port", "0", *options]
    environment = os.environ | {"PYTHONUTF8": "1", "PYTHONWARNINGS": "error::DeprecationWarning:factsite"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        running = Preview(process)
        reader = threading.Thread(target=_collect, args=(running,))
        reader.start()
        try:
            wait_until(lambda: bool(running.address), "the address", running.lines)
            yield running
        finally:
            process.terminate()
            process.wait(PATIENCE)
            reader.join(PATIENCE)
        assert not any("Traceback" in line for line in running.lines), "\n".join(running.lines)


def _collect(running: Preview) -> None:
    assert running.process.stdout
    for line in running.process.stdout:
        running.lines.append(line.rstrip("\n"))
        if line.startswith("The preview is at "):
            running.address = line.split()[4]
