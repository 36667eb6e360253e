"""A set that says yes to everything and notes what it was asked for: so it is found out what something needs."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet


class Asked(AbstractSet[str]):
    """Names of which each is said to be there; as a set, those that were asked for, in that order."""

    def __init__(self) -> None:
        self._found: dict[str, None] = {}

    def __contains__(self, name: object) -> bool:
        self._found[str(name)] = None
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
