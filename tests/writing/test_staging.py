"""Finished files that wait as they will stand in the output folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from unittest.mock import patch

import pytest

from factsite.writing import staging
from factsite.writing.staging import Staging, suits

FILES = [("index.html", b"home"), ("claims/a/index.html", b"claim a"), ("claims/a/index.json", b"{}")]


def below(folder: str | None) -> dict[str, bytes]:
    tree = Path(str(folder))
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}


def test_they_stand_at_their_paths(tmp_path: Path) -> None:
    room = Staging(tmp_path)

    assert room.put_files(FILES) == [None, None, None]
    assert below(room.tree) == dict(FILES)
    room.clear()
    assert list(tmp_path.iterdir()) == []


def test_one_that_is_made_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    room = Staging(tmp_path)
    room.put_files(FILES)

    assert room.put_files([("index.html", b"h")]) == [None]
    assert below(room.tree) == dict(FILES) | {"index.html": b"h"}
    room.clear()


@pytest.mark.parametrize("path", ["../outside", "/outside", "a//b", ".factsite.json", "claims/a", "index.html/b"])
def test_what_cannot_stand_there_stays_in_memory(tmp_path: Path, path: str) -> None:
    room = Staging(tmp_path / "room")
    room.put_files(FILES)

    assert room.put_files([(path, b"bytes")]) == [b"bytes"]
    assert below(room.tree) == dict(FILES)
    room.clear()
    assert not (tmp_path / "outside").exists()


def test_where_nothing_can_be_written_all_stays_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert Staging(tmp_path / "file" / "below").put_files(FILES) == [content for _, content in FILES]


def test_a_full_disk_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    def write(file: int, content: bytes) -> None:
        os.write(file, content[:2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    room = Staging(tmp_path)
    with patch.object(staging, "write_all", write):
        assert room.put_files(FILES[:1]) == [b"home"]
    assert below(room.tree) == {}
    room.clear()


def test_a_disk_that_says_at_the_end_that_it_is_full_leaves_nothing(tmp_path: Path) -> None:
    class System:
        def __getattr__(self, name: str) -> object:
            return getattr(os, name)

        def close(self, file: int) -> None:
            os.close(file)
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    room = Staging(tmp_path)
    with patch.object(staging, "os", System()):
        assert room.put_files(FILES[:1]) == [b"home"]
    assert below(room.tree) == {}
    room.clear()


def test_room_that_could_not_be_made_is_not_made_later_by_another_process(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    room = Staging(tmp_path / "file" / "below")
    room.prepare()
    (tmp_path / "file").unlink()

    assert room.put_files(FILES[:1]) == [b"home"]
    assert room.tree is None
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_told_whether_files_can_be_moved_they_are_not(tmp_path: Path) -> None:
    with patch.object(Path, "stat", side_effect=PermissionError(errno.EACCES, "Permission denied")):
        assert not suits(tmp_path, tmp_path / "output")


def test_files_can_be_moved_to_a_folder_beside_or_one_that_is_not_there_yet(tmp_path: Path) -> None:
    assert suits(tmp_path / ".factsite" / "cache", tmp_path / "output" / "deep")


def test_a_folder_that_gives_its_group_to_new_files_gets_them_made_in_it(tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    (tmp_path / "output").chmod(0o2755)

    assert not suits(tmp_path / ".factsite", tmp_path / "output")
