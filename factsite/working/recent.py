"""Dictionaries that are bounded by what was asked for last."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(dict[K, V | None]):
    """What was put in or asked for last: `most` entries for certain, and at most twice as many.

    `recent[key]` is None if nothing is known of the key; so None itself cannot be remembered. Only this and
    `recent[key] = value` mean what they say: everything else that a dict can do sees only part of the entries.

    On a large site keys are asked for all over memory, so it counts that what is known is found with one look in one
    dictionary, which a list of recent ones (`functools.lru_cache`) cannot do.
    """

    __slots__ = ("_before", "most")

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        self._before: dict[K, V | None] = {}
        """Those that were known when they became too many; one that is asked for again is known again."""

    def __missing__(self, key: K) -> V | None:
        value = self._before.pop(key, None)
        if value is not None:
            self[key] = value
        return value

    def __setitem__(self, key: K, value: V | None) -> None:
        """Remember it, and at the bound forget what was not asked for in a long time."""
        if len(self) >= self.most:
            self._before = dict(self)
            dict.clear(self)
        if self.most:
            dict.__setitem__(self, key, value)
