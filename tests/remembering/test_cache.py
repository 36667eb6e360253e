"""Results of slow steps, kept on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.remembering.cache import Cache, digest


def test_what_was_put_is_there_for_the_next_build(tmp_path: Path) -> None:
    Cache.of(tmp_path, "share").put("key", b"picture")

    assert Cache.of(tmp_path, "share").get("key") == b"picture"
    assert Cache.of(tmp_path, "share").get("other") is None
    assert Cache.of(tmp_path, "search").get("key") is None


def test_git_ignores_it(tmp_path: Path) -> None:
    Cache.of(tmp_path, "share").put("key", b"picture")

    assert (tmp_path / ".factsite/.gitignore").read_text() == "*\n"


def test_a_folder_elsewhere_is_left_to_git(tmp_path: Path) -> None:
    assert Cache(tmp_path / "a" / "b" / "c").put("key", b"picture")

    assert list(tmp_path.rglob(".gitignore")) == []


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 40])
def test_damaged_content_is_absent(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"picture")
    (tmp_path / "key").write_bytes(damage)

    assert cache.get("key") is None


def test_one_flipped_bit_is_damage(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.put("key", b"picture")
    content = bytearray((tmp_path / "key").read_bytes())
    content[-1] ^= 1
    (tmp_path / "key").write_bytes(content)

    assert cache.get("key") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "folder")
    assert not cache.put("key", b"picture")
    cache.sweep({"key"}, spare=0)

    assert cache.get("key") is None


def test_only_what_is_much_is_swept(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in "abcd":
        cache.put(key, b"")
    cache.sweep({"a"}, spare=3)
    assert sorted(path.name for path in tmp_path.glob("?")) == ["a", "b", "c", "d"]

    cache.sweep({"a"}, spare=2)
    assert sorted(path.name for path in tmp_path.glob("?")) == ["a"]


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_keys_differ_where_parts_do(one: list[bytes], other: list[bytes]) -> None:
    assert (digest(*one) == digest(*other)) is (one == other)
