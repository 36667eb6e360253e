"""Room on disk for finished files."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factsite.working import spool
from factsite.working.spool import PREFIX, Spool


def test_what_was_put_away_is_read_back(tmp_path: Path) -> None:
    room = Spool(tmp_path)
    lines = room.put(b"lines")
    files = room.put_files([("a", b"one"), ("b", b""), ("c", b"three")])

    assert isinstance(lines, tuple)
    assert [spool.read(body) for body in (lines, *files) if body is not None] == [b"lines", b"one", b"", b"three"]
    room.clear()
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_put_away_it_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    room = Spool(tmp_path / "file" / "below")
    assert room.put(b"lines") == b"lines"
    assert room.put_files([("a", b"one"), ("b", b"two")]) == [b"one", b"two"]


def test_one_after_the_other_is_one_piece() -> None:
    assert spool.joined([("1", 5, 2), ("1", 7, 3)]) == ("1", 5, 5)
    assert spool.joined([b"one", b"two"]) == b"onetwo"


def test_what_killed_builds_left_is_removed_and_what_others_use_is_not(tmp_path: Path) -> None:
    put = "from factsite.working.spool import Spool; room = Spool(Path(sys.argv[1])); room.put(b'bytes')"
    die = "print(room.folder.name, flush=True); sys.stdin.read(); os._exit(9)"
    code = f"import os, sys; from pathlib import Path; {put}; {die}"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin
        assert other.stdout
        name = other.stdout.readline().decode().strip()
        (tmp_path / "builds").mkdir()
        spool.sweep(tmp_path)
        assert sorted(os.listdir(tmp_path)) == ["builds", name]
        assert name.startswith(PREFIX)
        other.stdin.close()
        other.wait()

        spool.sweep(tmp_path)
        assert sorted(os.listdir(tmp_path)) == ["builds"]


def test_where_no_folder_can_be_locked_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    room = Spool(tmp_path)
    room.put(b"bytes")

    def flock(file: int, operation: int) -> None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))

    monkeypatch.setattr(fcntl, "flock", flock)
    spool.sweep(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == [str(room.folder and room.folder.name)]
    room.clear()


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_only_has_the_name_is_left_alone(tmp_path: Path, kind: str) -> None:
    (tmp_path / "precious").mkdir()
    if kind == "pipe":
        os.mkfifo(tmp_path / f"{PREFIX}x")
    else:
        (tmp_path / f"{PREFIX}x").symlink_to("precious")

    spool.sweep(tmp_path)

    assert sorted(os.listdir(tmp_path)) == [f"{PREFIX}x", "precious"]


def test_room_that_another_build_sweeps_away_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Spool(tmp_path)
    monkeypatch.setattr(spool, "lock", lambda file: False)

    assert room.put(b"bytes") == b"bytes"
    room.clear()
