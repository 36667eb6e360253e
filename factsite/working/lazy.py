"""Mappings whose values are made when they are first asked for: most builds look at few of a site's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 150_000
"""Values that are remembered, those asked for last: all of most sites, and a bound for memory on very large ones."""


class Lazy(Mapping[str, T]):
    """Known keys in a fixed order; each value made when it is asked for, by a pure function of its key."""

    __slots__ = ("order", "value")

    def __init__(self, order: Iterable[str], make: Callable[[str], T], most: int = MOST) -> None:
        self.order: dict[str, Any] = order if isinstance(order, dict) else dict.fromkeys(order)
        """The keys in their order; with what the values are made of, if they were given with it."""
        self.value = lru_cache(maxsize=most)(make)

    def __getitem__(self, key: str) -> T:
        if key not in self.order:
            raise KeyError(key)
        return self.value(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.order)

    def __len__(self) -> int:
        return len(self.order)

    def __contains__(self, key: object) -> bool:
        return key in self.order
