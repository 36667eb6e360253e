"""Values that are made when they are first asked for, and of which only so many are remembered."""

from __future__ import annotations

import pytest

from factsite.working.lazy import Lazy


def noted(made: list[str], key: str) -> str:
    made.append(key)
    return key


def test_a_value_is_made_once_and_only_of_a_known_key() -> None:
    made: list[str] = []
    lazy = Lazy(["b", "a"], lambda key: noted(made, key).upper())

    assert (lazy["a"], lazy["a"], list(lazy), len(lazy)) == ("A", "A", ["b", "a"], 2)
    assert made == ["a"]
    assert ("c" in lazy, lazy.get("c")) == (False, None)
    with pytest.raises(KeyError):
        lazy["c"]


def test_those_are_remembered_that_were_asked_for_last() -> None:
    made: list[str] = []
    lazy = Lazy("abcd", lambda key: noted(made, key), most=2)

    assert [lazy[key] for key in "abcab"] == list("abcab")
    assert made == ["a", "b", "c"]  # more than two may be
    assert [lazy[key] for key in "dca"] == list("dca")
    assert made == ["a", "b", "c", "d", "a"]  # `a` was asked for before three others


def test_nothing_is_remembered_if_nothing_is_to_be() -> None:
    made: list[str] = []
    lazy = Lazy("a", lambda key: noted(made, key), most=0)

    assert (lazy["a"], lazy["a"], made) == ("a", "a", ["a", "a"])
