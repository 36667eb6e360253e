"""Mappings whose values are made when they are first asked for: most builds look at few of a site's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from factsite.working.recent import Recent

T = TypeVar("T")
MOST = 150_000
"""Values that are remembered for certain, those asked for last: all of most sites. Twice as many is the bound for
memory on very large ones."""


class Lazy(Mapping[str, T]):
    """Known keys in a fixed order; each value made when it is asked for, by a pure function of its key; never None.

    At least the last `most` values that were asked for are remembered, and at most twice as many.
    """

    __slots__ = ("_known", "make", "order")

    def __init__(self, order: Iterable[str], make: Callable[[str], T], most: int = MOST) -> None:
        self.order: dict[str, Any] = order if isinstance(order, dict) else dict.fromkeys(order)
        """The keys in their order; with what the values are made of, if they were given with it."""
        self.make = make
        self._known: Recent[str, T] = Recent(most)

    def __getitem__(self, key: str) -> T:
        value = self._known[key]
        return self._made(key) if value is None else value

    def _made(self, key: str) -> T:
        if key not in self.order:
            raise KeyError(key)
        value = self._known[key] = self.make(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, key: object) -> bool:
        return key in self.order
