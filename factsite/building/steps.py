"""Making what has to be made: each step of the site runs only if something that it read has changed since it last ran.

A step sees the site through mappings that note what it reads, so what it depends on is never declared and never
forgotten. Steps that have to run are spread over the processor's cores.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import msgspec

from factsite import urls
from factsite.auditing import leaks
from factsite.auditing.audited import Auditor
from factsite.building.done import Done, File, Line, pack
from factsite.building.results import Chunk, Result
from factsite.exporting import exports, hosting, search, sitemap
from factsite.loading import places
from factsite.problems import Problem
from factsite.remembering import memo
from factsite.remembering.memo import Digest
from factsite.remembering.trace import Digests, Tracer
from factsite.rendering import render
from factsite.rendering.render import Templates
from factsite.rendering.templating import Sources
from factsite.reviewing import editorial
from factsite.site import Site
from factsite.viewing import pages
from factsite.viewing.pages import Step
from factsite.views import Chrome, Page
from factsite.working import executor
from factsite.working.spool import Part, Spool
from factsite.writing.output import Output

CHUNK, FEW = 25, 120
"""Steps that one process takes at a time, and those for which none is started."""


_chunk = msgspec.msgpack.Decoder(Chunk).decode


@dataclass(slots=True)
class Workshop:
    """All that steps need. The same in every process, since processes are copies of the first."""

    root: Path
    site: Site
    chrome: Chrome
    templates: Templates
    sources: Sources
    telltales: leaks.Telltales
    digests: Digests
    common: Digest
    """Of what every step depends on: settings, options, addresses of assets, our own source."""
    spool: Spool
    former: Mapping[str, File]
    """Files that are on disk, by path."""
    rules: editorial.Rules = field(init=False)
    tracer: Tracer = field(init=False)
    auditor: Auditor = field(init=False)

    def __post_init__(self) -> None:
        self.rules = editorial.rules(self.site)
        self.tracer = Tracer(self.site)
        self.auditor = Auditor(self.tracer.site, self.telltales)

    # --- what is still right

    def key(self, reads: Sequence[str], templates: Sequence[str]) -> Digest:
        """What the outcome of a step depends on."""
        own = b"".join([self.sources.digest(name) for name in templates])
        return memo.joined(self.common + own + self.digests.together(reads))

    def is_right(self, done: Done) -> bool:
        """Whether the step would come out the same if it ran again."""
        return done.key == self.key(done.reads, done.templates)

    # --- running

    def run(self, stale: Sequence[Step], processes: int) -> Iterator[Chunk]:
        """Run these steps."""
        is_small = len(stale) <= FEW
        if not is_small:
            self.templates.prepare(self.sources.paths)
            self.spool.prepare()
            if len(stale) > len(self.site.cards):
                self._make_shared()
        work = partial(self._run_all, stays=is_small)
        gc.freeze()  # what is there already stays; looking through it would also copy it for each process
        try:
            for part in executor.spread(work, stale, chunk=CHUNK, few=FEW, processes=processes):
                yield _chunk(part)
        finally:
            gc.unfreeze()

    def _make_shared(self) -> None:
        """Make what nearly all steps read, before there are processes: each of them would make all of it again."""
        for mapping in (self.site.actors, self.site.sources, self.site.cards):
            for _ in mapping.values():
                pass

    def _run_all(self, steps: Sequence[Step], *, stays: bool) -> bytes:
        """What came of them, encoded here: to hand it over one by one takes four times as long.

        `stays`: it is little, so that the bytes may stay in memory.
        """
        results, files, lines = self._made(steps)
        gc.collect(0)  # what a site's own templates may leave behind: a macro that calls itself holds its page
        bodies: list[Part | None] = [content for _, content in files] if stays else self.spool.put_files(files)
        joined = {path: b"".join(same) for path, same in lines.items()}
        kept: dict[str, Part] = {path: whole if stays else self.spool.put(whole) for path, whole in joined.items()}
        return msgspec.msgpack.encode(Chunk(results, bodies, kept, self.auditor.led()))

    def _made(self, steps: Sequence[Step]) -> tuple[list[Result], list[tuple[str, bytes]], dict[str, list[bytes]]]:
        """What came of these steps, with their new files and their lines in collections."""
        results: list[Result] = []
        files: list[tuple[str, bytes]] = []
        lines: dict[str, list[bytes]] = {}
        # One kind of work for all steps, then the next: what it needs stays near the processor, and a page takes a
        # twentieth less time.
        begun = [Made(self, step) for step in steps]
        for made in begun:
            made.look()
        for made in begun:
            made.render()
        for made in begun:
            result = made.finished()
            results.append(result)
            if result.done:
                files += made.contents
                for path, line in made.lines.items():
                    lines.setdefault(path, []).append(line)
        return results, files, lines

    def source(self, page: Page) -> Digest:
        """The digest of all that a page is made from: of what was read for it, or of what it shows (`Tracer.few`)."""
        reads = self.tracer.few
        shown = msgspec.msgpack.encode(page.view) if reads is None else self.digests.together(reads)
        return memo.digest(self.common, page.path.encode(), self.sources.digest(page.template), shown)

    def file(self, output: Output, source: Digest | None = None, *, is_listed: bool = False) -> File:
        """A finished file."""
        content, is_page = output.content, output.path.endswith(".html")
        digest = memo.of_bytes(content)
        return File(
            output.path,
            source or digest,
            digest,
            len(content),
            output.origin,
            output.template,
            is_listed,
            hosting.policy(content) if is_page else "",
            search.digest_of(content) if is_page and self.site.settings.search else b"",
            self.auditor.of(output),
        )

    def line(self, path: str, content: bytes) -> Line:
        """What a step adds to a collection."""
        return Line(path, len(content), self.auditor.of(Output(path, content, "")))


class Made:
    """What a step makes, one kind of work after the other."""

    def __init__(self, shop: Workshop, step: Step) -> None:
        self.shop = shop
        self.step = step
        self.pages: list[tuple[Page, Digest, File | None]] = []
        """With their sources; those that are on disk as they would be rendered are known already."""
        self.rendered: list[Output] = []
        """The other ones."""
        self.things: list[Output] = []
        """Files beside the pages."""
        self.lines: dict[str, bytes] = {}
        """Of collections, by path."""
        self.problems: tuple[Problem, ...] = ()
        self.failures: list[tuple[str, Problem]] = []
        self._reads: set[str] = set()

    @property
    def contents(self) -> list[tuple[str, bytes]]:
        """The new files."""
        return [(output.path, output.content) for output in (*self.rendered, *self.things)]

    def look(self) -> None:
        """Find out what is on the pages, and make what needs no template."""
        shop, site = self.shop, self.shop.tracer.site
        shop.tracer.taken()
        for page in pages.of_step(site, shop.chrome, self.step):
            source = shop.source(page)
            former = shop.former.get(urls.file_of(page.path))
            self.pages.append((page, source, former if former and former.source == source else None))
        for thing in beside(site, shop.chrome, self.step):
            if isinstance(thing, Output):
                self.things.append(thing)
            else:
                self.lines.update(thing)
        found = _reviewed(site, self.step, shop.rules)
        self.problems = tuple(places.of_file(problem, shop.root) for problem in found)
        self._reads.update(shop.tracer.taken())

    def render(self) -> None:
        """Make the pages; nothing is read of the site for it."""
        for page, _, former in self.pages:
            if former is None:
                rendered = render.render_page(page, self.shop.templates)
                if isinstance(rendered, Problem):
                    self.failures.append((page.template, rendered))
                else:
                    self.rendered.append(rendered)

    def finished(self) -> Result:
        """All of it, once every file has been read back."""
        if self.failures:
            return Result(self.step, None, (), self.problems, tuple(self.failures))
        shop, rendered = self.shop, iter(self.rendered)
        files = [
            former or shop.file(next(rendered), source, is_listed=sitemap.is_listed(page))
            for page, source, former in self.pages
        ]
        fresh = [place for place, (_, _, former) in enumerate(self.pages) if former is None]
        fresh += range(len(files), len(files) + len(self.things))
        files += map(shop.file, self.things)
        lines = tuple(shop.line(path, content) for path, content in self.lines.items())
        self._reads.update(shop.tracer.taken())
        reads, names = tuple(sorted(self._reads)), tuple(sorted({page.template for page, _, _ in self.pages}))
        found = msgspec.msgpack.encode(self.problems) if self.problems else b""
        done = Done(shop.key(reads, names), pack(reads), names, tuple(files), lines, found)
        return Result(self.step, done, tuple(fresh), self.problems, ())


def beside(site: Site, chrome: Chrome, step: Step) -> Iterator[Output | Mapping[str, bytes]]:
    """What is made of an entry besides its pages."""
    kind, _, entry_id = step.partition("/")
    if entry_id and kind in exports.OF_ENTRY:
        yield from exports.OF_ENTRY[kind](site, chrome, entry_id)
    elif not entry_id and kind in exports.OF_SITE:
        yield from exports.OF_SITE[kind](site, chrome)


def _reviewed(site: Site, step: Step, rules: editorial.Rules) -> Iterable[Problem]:
    """Warnings of the desk's rules."""
    kind, _, entry_id = step.partition("/")
    if kind == "claim":
        return editorial.check_claim(site.claims[entry_id], rules)
    if kind == "source":
        return editorial.check_source(site.sources[entry_id])
    return ()
