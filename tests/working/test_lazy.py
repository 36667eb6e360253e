"""Mappings whose values are made when they are first asked for."""

from __future__ import annotations

import pytest

from factsite.working.lazy import Lazy


@pytest.mark.parametrize(("most", "made"), [(0, "aabca"), (1, "abca"), (2, "abca"), (3, "abc")])
def test_the_last_values_are_remembered(most: int, made: str) -> None:
    found: list[str] = []

    def make(key: str) -> str:
        found.append(key)
        return key.upper()

    lazy = Lazy("abc", make, most)

    assert [lazy[key] for key in "aabca"] == list("AABCA")
    assert "".join(found) == made
    assert list(lazy) == list("abc")
