"""Mappings whose values are made when they are first asked for: most builds look at few of a site's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 150_000
"""Values that are remembered for certain, those asked for last: all of most sites. Twice as many is the bound for
memory on very large ones."""


class Lazy(Mapping[str, T]):
    """Known keys in a fixed order; each value made when it is asked for, by a pure function of its key.

    At least the last `most` values that were asked for are remembered, and at most twice as many. On a large site
    keys are asked for all over memory, so it counts that a value that is known takes one look in one dictionary.
    """

    __slots__ = ("_before", "_known", "make", "most", "order")

    def __init__(self, order: Iterable[str], make: Callable[[str], T], most: int = MOST) -> None:
        self.order: dict[str, Any] = order if isinstance(order, dict) else dict.fromkeys(order)
        """The keys in their order; with what the values are made of, if they were given with it."""
        self.make = make
        self.most = most
        self._known: dict[str, T] = {}
        self._before: dict[str, T] = {}
        """Those that were known when they became too many; one that is asked for again is known again."""

    def __getitem__(self, key: str) -> T:
        value = self._known.get(key)
        return self._found(key) if value is None else value

    def _found(self, key: str) -> T:
        if key not in self.order:
            raise KeyError(key)
        value = self._before.pop(key) if key in self._before else self.make(key)
        if len(self._known) >= self.most:
            self._known, self._before = {}, self._known
        if self.most:
            self._known[key] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, key: object) -> bool:
        return key in self.order
