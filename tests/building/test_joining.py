"""Lines from many steps joined to one file: the bytes of plain joining, wherever the blocks end."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.building import joining
from factsite.exporting.data import Frame
from factsite.remembering import memo
from factsite.working import spool
from factsite.working.spool import Spool

FRAME = Frame(b"[\n", b",\n", b"\n]\n")
LINES = {"claim/a": b"one", "claim/b": b"", "claim/c": b"three", "claim/d": b"4"}
WHOLE = b"[\none,\nthree,\n4\n]\n"


@pytest.mark.parametrize("block", [0, 1, 5, 9, 100])
def test_the_file_is_the_same_wherever_its_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(joining, "BLOCK", block)
    room = Spool(tmp_path)
    made = joining.joined(FRAME, LINES.items(), room)

    assert spool.read(made.body) == WHOLE
    assert (made.size, made.digest) == (len(WHOLE), memo.of_bytes(WHOLE))
    assert isinstance(made.body, bytes) == (block == 100)
    assert {step: WHOLE[start : start + size] for step, start, size in made.parts} == LINES
    room.clear()


def test_it_is_whole_where_nothing_can_be_put_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "BLOCK", 4)
    (tmp_path / "file").touch()

    assert joining.joined(FRAME, LINES.items(), Spool(tmp_path / "file" / "below")).body == WHOLE


def test_a_file_without_lines_is_its_frame(tmp_path: Path) -> None:
    made = joining.joined(FRAME, (), Spool(tmp_path))

    assert made.body == FRAME.around(()) == b"[\n\n]\n"
    assert made.parts == ()
