"""The entries of a site: one for each file below content/, flat and by id, each validated when it is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from factsite import model
from factsite.loading.outlines import ActorOutline, ClaimOutline, PageOutline, Record, SourceOutline
from factsite.working.lazy import Lazy

T_co = TypeVar("T_co", bound=model.Written, covariant=True)

FOLDERS: Mapping[str, tuple[str, str]] = {
    "claim": ("claims", ".yaml"),
    "actor": ("actors", ".yaml"),
    "source": ("sources", ".yaml"),
    "article": ("articles", ".md"),
    "page": ("pages", ".md"),
}
"""For each kind of entry: its folder below content/ and the ending of its files."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """One file, validated."""

    id: str
    path: str
    """Relative to the site's root, with forward slashes."""
    data: T_co
    body: str = ""
    """The Markdown below the front matter; of an article only if something is wrong with it or it was just read."""
    body_line: int = 1
    """Line of the file where the body begins."""


@dataclass(slots=True)
class Records:
    """What is kept of all files, by kind and id: what can be told without looking at the entries themselves."""

    paths: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in FOLDERS})
    """The file of each entry."""
    found: dict[str, dict[str, Record]] = field(default_factory=lambda: {kind: {} for kind in FOLDERS})

    def entry(self, kind: str, entry_id: str) -> Entry[Any]:
        """The entry itself. Its file was validated when its record was made, so nothing can be wrong with it."""
        record = self.found[kind][entry_id]
        data = model.MODELS[kind].model_validate(record.written())
        return Entry(entry_id, self.paths[kind][entry_id], data, record.body, record.body_line)

    def outlines(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Id and outline of each entry of a kind, in the order of the files."""
        return ((entry_id, record.outline) for entry_id, record in self.found[kind].items())

    def claims(self) -> Iterator[tuple[str, ClaimOutline]]:
        """Ids and outlines of the claims."""
        return self.outlines("claim")

    def actors(self) -> Iterator[tuple[str, ActorOutline]]:
        """Ids and outlines of the actors."""
        return self.outlines("actor")

    def sources(self) -> Iterator[tuple[str, SourceOutline]]:
        """Ids and outlines of the sources, then of the articles."""
        yield from self.outlines("source")
        yield from self.outlines("article")

    def pages(self) -> Iterator[tuple[str, PageOutline]]:
        """Ids and outlines of the plain pages."""
        return self.outlines("page")

    def lazily(self, kind: str) -> Lazy[Entry[Any]]:
        """The entries of a kind by id, made anew each time: what is linked from them is remembered, and is smaller."""
        return Lazy(self.found[kind], lambda entry_id: self.entry(kind, entry_id), most=0)


@dataclass(slots=True)
class Content:
    """All entries, flat and by id."""

    settings: model.Settings | None = None
    records: Records = field(default_factory=Records)
    claims: Mapping[str, Entry[model.Claim]] = field(default_factory=dict)
    actors: Mapping[str, Entry[model.Actor]] = field(default_factory=dict)
    sources: Mapping[str, Entry[model.Source]] = field(default_factory=dict)
    articles: Mapping[str, Entry[model.Article]] = field(default_factory=dict)
    pages: Mapping[str, Entry[model.Page]] = field(default_factory=dict)
