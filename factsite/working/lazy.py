"""Mappings whose values are made when they are first asked for: most builds look at few of a site's entries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Lazy(Mapping[str, T]):
    """Known keys in a fixed order; each value made when it is asked for, by a pure function of its key."""

    __slots__ = ("known", "make", "most", "order")

    def __init__(self, order: Iterable[str], make: Callable[[str], T], most: int = sys.maxsize) -> None:
        self.order: dict[str, Any] = order if isinstance(order, dict) else dict.fromkeys(order)
        """The keys in their order; with what the values are made of, if they were given with it."""
        self.make = make
        self.most = most
        """Values that are remembered: a bound for memory."""
        self.known: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        try:
            return self.known[key]
        except KeyError:
            if key not in self.order:
                raise
        value = self.make(key)
        if len(self.known) < self.most:
            self.known[key] = value
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, key: object) -> bool:
        return key in self.order
