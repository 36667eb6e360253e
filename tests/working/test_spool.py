"""Room on disk for finished files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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

        room = Spool(tmp_path)
        room.prepare()
        assert sorted(os.listdir(tmp_path)) == sorted(["builds", str(room.folder and room.folder.name)])
        room.clear()
