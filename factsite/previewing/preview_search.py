"""The search of the preview: its index is made when somebody searches, so that no save has to wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field

from factsite.exporting import search
from factsite.previewing.preview_site import PreviewSite
from factsite.problems import Problem
from factsite.remembering.cache import Cache

ENTRY = "pagefind.js"
"""What a page asks for first. A search that has begun goes on with the index it began with."""


@dataclass(slots=True)
class PreviewSearch:
    """The index of what the preview shows."""

    site: PreviewSite
    bundle: search.Bundle = field(default_factory=dict)
    number: int = 0
    """Of the build that the index belongs to."""
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def file(self, path: str) -> bytes | None:
        """A file below `pagefind/`; None if there is no such file, or no program to make an index.

        The work is done beside the thread that serves pages.
        """
        async with self.lock:
            if path == ENTRY and self.number != self.site.number:
                self.number = self.site.number
                self.bundle = await asyncio.to_thread(self._index)
        return self.bundle.get(path)

    def _index(self) -> search.Bundle:
        cache = Cache.of(self.site.options.root, "search")
        found = search.bundle(self._pages(), cache)
        return {} if isinstance(found, Problem) else found

    def _pages(self) -> Iterator[search.Page]:
        folder = self.site.options.folder
        for file in sorted(folder.rglob("*.html")):
            yield file.relative_to(folder).as_posix(), file.read_bytes()
