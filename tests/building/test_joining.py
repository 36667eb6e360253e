"""Lines from many steps joined to one file: the bytes of plain joining, wherever the blocks end."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from factsite.building import joining
from factsite.exporting.data import Frame
from factsite.remembering import memo
from factsite.working import spool
from factsite.working.spool import Spool
from factsite.writing import staging
from factsite.writing.staging import Staging

PATH = "data/claims.json"
FRAME = Frame(b"[\n", b",\n", b"\n]\n")
LINES = {"claim/a": b"one", "claim/b": b"", "claim/c": b"three", "claim/d": b"4"}
WHOLE = b"[\none,\nthree,\n4\n]\n"


@pytest.mark.parametrize("kind", [Spool, Staging])
@pytest.mark.parametrize("block", [0, 1, 5, 9, 100])
def test_the_file_is_the_same_wherever_its_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int, kind: type[Spool]
) -> None:
    monkeypatch.setattr(joining, "BLOCK", block)
    room = kind(tmp_path)
    made = joining.joined(PATH, FRAME, LINES.items(), room)

    assert spool.read(made.body) == WHOLE
    assert (made.size, made.digest) == (len(WHOLE), memo.of_bytes(WHOLE))
    assert isinstance(made.body, bytes) == (block == 100)
    assert {step: WHOLE[start : start + size] for step, start, size in made.parts} == LINES
    room.clear()


def test_it_is_whole_where_nothing_can_be_put_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "BLOCK", 4)
    (tmp_path / "file").touch()

    assert joining.joined(PATH, FRAME, LINES.items(), Spool(tmp_path / "file" / "below")).body == WHOLE


@pytest.mark.parametrize("after", [0, 1, 2])
def test_it_is_whole_where_the_disk_is_full_half_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    left = [after]

    def write(file: int, content: bytes) -> None:
        if not left[0]:
            os.write(file, content[:2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        os.write(file, content)

    monkeypatch.setattr(joining, "BLOCK", 4)
    monkeypatch.setattr(staging, "write_all", write)
    room = Staging(tmp_path)

    assert spool.read(joining.joined(PATH, FRAME, LINES.items(), room).body) == WHOLE
    assert not Path(str(room.tree), PATH).exists()
    room.clear()


def test_a_file_without_lines_is_its_frame(tmp_path: Path) -> None:
    made = joining.joined(PATH, FRAME, (), Spool(tmp_path))

    assert made.body == FRAME.around(()) == b"[\n\n]\n"
    assert made.parts == ()
