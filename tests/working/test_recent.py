"""What was asked for last is remembered, and not much more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from factsite.working.recent import Recent


def test_what_is_asked_for_again_outlives_what_is_not() -> None:
    recent: Recent[str, int] = Recent(2)
    for number, key in enumerate("abc"):
        recent[key] = number

    assert (recent["a"], recent["x"]) == (0, None)
    recent["d"] = 3  # `b` was neither asked for nor put in among the last two
    assert {key: recent[key] for key in "abcd"} == {"a": 0, "b": None, "c": 2, "d": 3}


def test_nothing_is_remembered_if_nothing_is_to_be() -> None:
    recent: Recent[str, int] = Recent(0)
    recent["a"] = 1

    assert (recent["a"], len(recent)) == (None, 0)


@given(st.integers(1, 5), st.lists(st.integers(0, 12)))
def test_the_last_ones_are_known_and_at_most_twice_as_many(most: int, asked: list[int]) -> None:
    recent: Recent[int, str] = Recent(most)
    for place, key in enumerate(asked):
        found = recent[key]
        assert found in {None, str(key)}
        before = list(dict.fromkeys(reversed(asked[:place])))
        assert found is not None or key not in before[:most]
        if found is None:
            recent[key] = str(key)
        assert len(recent) + len(recent._before) <= 2 * most
