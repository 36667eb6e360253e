"""Which values of a site a step reads: noted while it runs, so that it need not run again before one of them changes.

Nothing has to be declared, and nothing can be forgotten: a step sees the site only through mappings that note every
look. Reads are written `field/key`; `field/` and `field/*` stand for the keys of a field, in order, and for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from factsite.remembering import memo
from factsite.remembering.memo import Digest
from factsite.site import Site

T = TypeVar("T")
KEYS = ""
ALL = "*"
MANY = 500
"""Reads of single keys of one field, beyond which a step is said to depend on all of it."""
FEW = 100
"""Reads that take less time to be told apart than what is made of them."""


class Noted(Mapping[str, T]):
    """A field of the site that notes which of its values are looked at."""

    __slots__ = ("field", "inner", "reads")

    def __init__(self, field: str, inner: Mapping[str, T], reads: set[str]) -> None:
        self.field = field
        self.inner = inner
        self.reads = reads

    def __getitem__(self, key: str) -> T:
        self.reads.add(self.field + key)
        return self.inner[key]

    def get(self, key: str, default: Any = None) -> Any:
        """As for any mapping; that there is nothing is noted too."""
        self.reads.add(self.field + key)
        return self.inner.get(key, default)

    def __contains__(self, key: object) -> bool:
        self.reads.add(f"{self.field}{key}")
        return key in self.inner

    def __iter__(self) -> Iterator[str]:
        self.reads.add(self.field + KEYS)
        return iter(self.inner)

    def __len__(self) -> int:
        self.reads.add(self.field + KEYS)
        return len(self.inner)

    def values(self) -> Any:
        """All values, in order."""
        self.reads.add(self.field + ALL)
        return self.inner.values()

    def items(self) -> Any:
        """All keys and values, in order."""
        self.reads.add(self.field + ALL)
        return self.inner.items()


class Tracer:
    """A site that notes what is read of it."""

    def __init__(self, site: Site) -> None:
        self._reads: set[str] = set()
        mappings = {f.name: getattr(site, f.name) for f in fields(site)}
        noted: dict[str, Any] = {
            name: Noted(f"{name}/", inner, self._reads)
            for name, inner in mappings.items()
            if isinstance(inner, Mapping)
        }
        self.site = replace(site, **noted)
        """To be handed to steps. Its settings are not noted: they belong to the key of every step."""

    @property
    def few(self) -> tuple[str, ...] | None:
        """What was read since `taken` was last called, in an order of its own.

        None if it tells too little: it is much, or all of a field, most of which no single page shows.
        """
        reads = self._reads
        return None if len(reads) > FEW or any(read[-1] == ALL for read in reads) else tuple(sorted(reads))

    def taken(self) -> tuple[str, ...]:
        """What was read since this was last called, in an order of its own."""
        found = sorted(self._reads)
        self._reads.clear()
        return tuple(_coarse(found))


def _coarse(reads: Iterable[str]) -> Iterator[str]:
    """Many keys of one field become all of it."""
    groups: dict[str, list[str]] = {}
    for read in reads:
        groups.setdefault(read.partition("/")[0], []).append(read)
    for field, group in groups.items():
        if f"{field}/{ALL}" in group or len(group) > MANY:
            yield f"{field}/{ALL}"
        else:
            yield from group


class Digests(dict[str, Digest]):
    """The digest of each thing that can be read, computed when it is first asked for."""

    def __init__(self, of: Mapping[str, tuple[Mapping[str, Any], Callable[[str], Digest]]]) -> None:
        super().__init__()
        self.of = of
        """For each field its mapping, and what gives the digest of a value that is there."""

    def __missing__(self, read: str) -> Digest:
        field, _, key = read.partition("/")
        mapping, digest_of = self.of[field]
        if key == KEYS:
            found = memo.digest(*map(str.encode, mapping))
        elif key == ALL:
            prefix = f"{field}/"
            found = memo.joined(self[prefix] + b"".join([self[prefix + each] for each in mapping]))
        else:
            found = digest_of(key) if key in mapping else memo.ABSENT
        self[read] = found
        return found

    def together(self, reads: Iterable[str]) -> Digest:
        """One digest for several reads, in their order."""
        return memo.joined(b"".join(map(self.__getitem__, reads)))
