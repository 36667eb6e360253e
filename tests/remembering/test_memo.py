"""What a build found out, kept on disk: whole, or as if it had never been."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.remembering import memo

SECTIONS: dict[str, object] = {"numbers": {"one": 1}, "texts": ["a", "é"], "none": {}}
TYPES: dict[str, Any] = {"numbers": dict[str, int], "texts": list[str], "none": dict[str, int]}


def test_what_was_kept_is_there_for_the_next_build(tmp_path: Path) -> None:
    place = tmp_path / "builds" / "kept"
    memo.save(place, SECTIONS)

    assert memo.load(place, TYPES) == SECTIONS
    assert [path.name for path in place.parent.iterdir()] == ["kept"]


@given(st.data())
def test_a_file_that_is_cut_or_changed_anywhere_counts_as_absent(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    place = tmp_path_factory.mktemp("kept") / "kept"
    memo.save(place, SECTIONS)
    content = bytearray(place.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[at:]
    else:
        content[at] ^= data.draw(st.integers(1, 255))
    place.write_bytes(content)

    assert memo.load(place, TYPES) == {}


@pytest.mark.parametrize("types", [TYPES | {"more": int}, TYPES | {"numbers": list[int]}])
def test_what_has_another_form_counts_as_absent(tmp_path: Path, types: dict[str, Any]) -> None:
    memo.save(tmp_path / "kept", SECTIONS)

    assert memo.load(tmp_path / "kept", types) == {}


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    memo.save(tmp_path / "file" / "kept", SECTIONS)

    assert memo.load(tmp_path / "file" / "kept", TYPES) == {}
