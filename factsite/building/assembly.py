"""One site put together: the steps that have to run, what is made of all of them, the audit, the files on disk.

What is still right since the last build is known by its name and digest alone; its bytes stay where they are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

import msgspec

from factsite import urls
from factsite.auditing import audited, leaks
from factsite.auditing.audit import audit
from factsite.auditing.marks import Audited, Led
from factsite.auditing.withheld import Draft
from factsite.building import fingerprints, joining
from factsite.building.done import Done, File
from factsite.building.kept import Group, Kept
from factsite.building.results import Chunk
from factsite.building.steps import Workshop
from factsite.exporting import exports, hosting, search, sitemap
from factsite.loading.entries import Content
from factsite.problems import Problem, Problems
from factsite.remembering import memo, stamps
from factsite.remembering.cache import Cache
from factsite.remembering.memo import Digest
from factsite.remembering.stamps import Stamp
from factsite.rendering import assets, share, templating
from factsite.rendering.render import Templates
from factsite.site import Site
from factsite.viewing import pages, pieces
from factsite.viewing.pages import Step
from factsite.working import spool
from factsite.working.spool import Body, Spool
from factsite.writing import output
from factsite.writing.output import Output, Stored, Written

NOTHING = leaks.Telltales((), {}, {}, {}, {})


@dataclass(slots=True)
class Assembly:
    """A build between link and write."""

    root: Path
    folder: Path
    site: Site
    content: Content
    kept: Kept
    problems: Problems
    processes: int
    spool: Spool
    compiled: Cache | None
    """For compiled templates; None if nothing may be written."""
    progress: Callable[[int, int], None] | None
    shop: Workshop = field(init=False)
    done: dict[str, Done] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    """All files of the site, in the order in which they are made."""
    led: list[Led] = field(default_factory=list)
    """Where that leads which was made in this build."""
    bodies: dict[str, Body] = field(default_factory=dict)
    """The bytes of what was made in this build, by path."""
    _lines: dict[Step, Chunk] = field(default_factory=dict)
    """Where the new lines of collections are, by the step that made them."""
    _intact: dict[str, bool] = field(default_factory=dict)
    _readable: bool | None = None

    def __post_init__(self) -> None:
        published, found = assets.collect(templating.folders(self.root))
        self.problems.extend(found)
        names = {asset.name: asset.path for asset in published}
        chrome = pieces.chrome(self.site)
        telltales = self._telltales()
        common = (
            memo.engine(),
            self.site.settings.model_dump_json().encode(),
            msgspec.msgpack.encode((chrome, names, self.site.preview)),
            telltales.digest,
        )
        self.shop = Workshop(
            root=self.root,
            site=self.site,
            chrome=chrome,
            templates=Templates(templating.environment(self.root, self.compiled), names, self.root),
            sources=templating.Sources(self.root),
            telltales=telltales,
            digests=fingerprints.of(self.site, self.content.records, self.kept.texts),
            common=memo.digest(*common),
            spool=self.spool,
            former=_Former(self),
        )
        for asset in published:
            self._take(Output(asset.path, asset.content, f"templates/assets/{asset.name}"))

    def _telltales(self) -> leaks.Telltales:
        """What no file may hold; nothing, without looking at any text, if everything is published."""
        everything = all(outline.rights in {"full", None} for _, outline in self.content.records.sources())
        if everything and len(self.site.claims) == len(self.content.claims):
            return NOTHING
        return leaks.telltales(self.site, self._left_out())

    def _left_out(self) -> list[Draft]:
        """The claims that the site does not publish."""
        gone = self.content.claims.keys() - self.site.claims.keys()
        entries = (self.content.claims[claim] for claim in self.content.claims if claim in gone)
        return [Draft(entry.id, entry.path, entry.data) for entry in entries]

    def _take(self, made: Output) -> File:
        """A file that was made here."""
        file = self.shop.file(made)
        self._add(file, made.content)
        return file

    def _add(self, file: File, body: Body) -> None:
        self.files.append(file)
        self.bodies[file.path] = body

    # --- files on disk

    def is_intact(self, file: File) -> bool:
        """Whether the file is on disk as it was written."""
        found = self._intact.get(file.path)
        if found is None:
            digest, stamp = self.kept.written.get(file.path, (b"", None))
            found = stamp is not None and digest == file.digest
            if found and not self.kept.is_own:
                found = self._stamp(file.path) == stamp if stamp != stamps.UNSURE else self._reads_as(file)
            self._intact[file.path] = found
        return found

    def _reads_as(self, file: File) -> bool:
        """Whether the file on disk has these bytes: asked of one that was too new for its stamp to be relied on."""
        now, place = stamps.now(), self.folder / file.path
        try:
            status = place.lstat()
            if not S_ISREG(status.st_mode) or memo.of_bytes(place.read_bytes()) != file.digest:
                return False
        except OSError:
            return False
        self.kept.written[file.path] = file.digest, stamps.settled(stamps.of(status), now)
        return True

    def _stamp(self, path: str) -> Stamp:
        try:
            return stamps.of(os.lstat(f"{self.folder}/{path}"))
        except OSError:
            return stamps.UNSURE

    # --- steps

    def make(self) -> None:
        """Run the steps that have to run."""
        order = list(pages.steps(self.site))
        # What shows the whole site takes long: begun last, it would leave the other core without work.
        stale = sorted((step for step in order if not self._is_right(step)), key=lambda step: not pages.is_whole(step))
        self._run(stale)
        self.done = {step: self.done[step] for step in order if step in self.done}
        for done in self.done.values():
            self.files.extend(done.files)

    def _is_right(self, step: Step) -> bool:
        """Whether a step has come out as it would again, and its files are there; if so, its outcome is taken."""
        done = self.kept.done.get(step)
        if done is None or not self.shop.is_right(done) or not all(map(self.is_intact, done.files)):
            return False
        if done.lines and not self._has_collections():
            return False
        self.done[step] = done
        if done.problems:
            self.problems.extend(msgspec.msgpack.decode(done.problems, type=list[Problem]))
        return True

    def _has_collections(self) -> bool:
        """Whether the lines of former builds can be read back."""
        if self._readable is None:
            groups = [self.kept.groups.get(path) for path in exports.COLLECTIONS]
            self._readable = all(group is not None and all(map(self.is_intact, group.files)) for group in groups)
        return self._readable

    def _run(self, stale: Sequence[Step]) -> None:
        failed: set[str] = set()
        seen: set[tuple[str, int | None, str]] = set()
        count = 0
        for chunk in self.shop.run(stale, self.processes):
            for result in chunk.results:
                count += 1
                if self.progress:
                    self.progress(count, len(stale))
                for template, problem in result.failures:
                    place = (problem.path, problem.line, problem.message)
                    if template not in failed and place not in seen:  # one in base.html is met by all other templates
                        self.problems.add(problem)
                    failed.add(template)
                    seen.add(place)
                self.problems.extend(result.problems)
                if result.done:
                    self._take_over(result.step, result.done.shared(), chunk)
            self.led.append(chunk.led)
            self.bodies.update((file.path, body) for file, body in chunk.files(self.spool.tree))

    def _take_over(self, step: Step, done: Done, chunk: Chunk) -> None:
        """What came of a step in some process."""
        self.done[step] = done
        if done.lines:
            self._lines[step] = chunk

    # --- files on the whole site

    def share(self, *, is_drawn: bool) -> None:
        """The pictures of claims; without `is_drawn` empty files in their place, which are never written."""
        cache = Cache.of(self.root, "share") if is_drawn else None
        # Besides the site, pictures are made from `share.svg` and fonts, which no step reads.
        look = share.Look(self.root, self.shop.sources)
        self._group("share", look.digest, lambda site: share.outputs(site, look, cache, self.processes))

    def collect(self) -> None:
        """Collections, sitemap, files for hosts."""
        own = {file.path for file in self.files}
        order = [step for step, done in self.done.items() if done.lines]
        key = memo.digest(self.shop.common, *(self.done[step].key for step in order))
        for path in exports.COLLECTIONS:
            self._collection(path, order, key)
        base_url = self.shop.chrome.base_url
        listed = [urls.page_of(file.path) for file in self.files if file.is_listed]
        policies = hosting.by_section((file.path, file.policy) for file in self.files)
        self._group(
            "sitemap", msgspec.msgpack.encode(listed), lambda site: (list(sitemap.outputs(site, listed, base_url)), [])
        )
        self._group(
            "hosting",
            msgspec.msgpack.encode(policies),
            lambda site: ([made for made in hosting.outputs(site, base_url, policies) if made.path not in own], []),
        )

    def search(self) -> None:
        """The index of the pages."""
        parts = [(file.path, file.findable) for file in self.files if file.findable]
        cache = Cache.of(self.root, "search")

        def make(_: Site) -> tuple[list[Output], list[Problem]]:
            found = search.outputs((self._whole(file) for file in self.files if file.findable), cache)
            return ([], [found]) if isinstance(found, Problem) else (found, [])

        self._group("search", msgspec.msgpack.encode(parts), make)

    def _group(self, name: str, key: bytes, make: Callable[[Site], tuple[list[Output], list[Problem]]]) -> None:
        """Files that are made together, unless what they were made from is as it was. `key`: what besides the site."""
        kept = self.kept.groups.get(name)
        own = memo.digest(key)
        if (
            kept
            and kept.own == own
            and kept.key == self.shop.key(kept.reads, ())
            and all(map(self.is_intact, kept.files))
        ):
            group = kept
            self.files.extend(kept.files)
        else:
            self.shop.tracer.taken()
            made, found = make(self.shop.tracer.site)
            reads = self.shop.tracer.taken()
            files = tuple(self._take(each) for each in made)
            group = Group(own, self.shop.key(reads, ()), reads, files, (), msgspec.msgpack.encode(found))
        self.groups[name] = group
        self.problems.extend(msgspec.msgpack.decode(group.problems, type=list[Problem]))

    def _collection(self, path: str, order: Sequence[Step], key: Digest) -> None:
        """A file with lines from these steps: new lines are joined with those of the last one."""
        kept = self.kept.groups.get(path)
        if kept and kept.key == key and all(map(self.is_intact, kept.files)):
            self.files.extend(kept.files)
            self.groups[path] = kept
            return
        frame = exports.frame(self.site, self.shop.chrome, path, (line for _, line in self._lines_in(path, order)))
        made = joining.joined(path, frame, self._lines_in(path, order), self.spool)
        # The lines have been audited one by one.
        file = self.shop.file(Output(path, frame.around(()), "site.yaml"))
        file = msgspec.structs.replace(file, digest=made.digest, size=made.size)
        self._add(file, made.body)
        self.groups[path] = Group(b"", key, (), (file,), made.parts, msgspec.msgpack.encode([]))

    def _lines_in(self, path: str, order: Sequence[Step]) -> Iterator[tuple[Step, bytes]]:
        """What the steps add to a collection: new lines, and those of its last version."""
        kept = self.kept.groups.get(path)
        before = self._read(kept.files[0]) if kept and self._has_collections() else b""
        places = {step: (start, size) for step, start, size in kept.parts} if kept else {}
        fresh: dict[Step, bytes] = {}
        for step in order:
            chunk = self._lines.get(step)
            if chunk is None:
                start, size = places.get(step, (0, 0))
                yield step, before[start : start + size]
                continue
            if step not in fresh:  # steps of one chunk stand together here too
                fresh = chunk.lines_in(path)
            yield step, fresh.get(step, b"")

    def _whole(self, file: File) -> Output:
        """A file with its bytes."""
        return Output(file.path, self._read(file), file.origin, file.template)

    def _read(self, file: File) -> bytes:
        body = self.bodies.get(file.path)
        return spool.read(body) if body is not None else (self.folder / file.path).read_bytes()

    # --- audit, write

    def audit(self) -> None:
        """Read everything back, or as much of it as is new."""
        lines = [line.audited for done in self.done.values() for line in done.lines]
        now = [file.audited for file in self.files] + lines
        if audited.is_clean(now, [*self.led, self.shop.auditor.led()], self._former()):
            return
        if not all(file.path in self.bodies or self.is_intact(file) for file in self.files):
            self._run(list(self.done))
        self.problems.extend(audit([self._whole(file) for file in self.files], self.site, self._left_out()))

    def _former(self) -> list[Audited]:
        """Findings on the files that are gone, or stand no longer as they were."""
        same = {id(file) for file in self.files}
        files = [file for done in self.kept.done.values() for file in done.files]
        # The index is made after the audit, so it is never among the files that are there by now.
        groups = [group for name, group in self.kept.groups.items() if name != "search"]
        files += [file for group in groups for file in group.files]
        return [file.audited for file in files if id(file) not in same]

    def write(self) -> Written:
        """Put the new files on disk, and keep what was found out."""
        whole = [Stored(file.path, self.bodies.get(file.path, b""), file.origin) for file in self.files]
        fresh = [stored for stored in whole if stored.path in self.bodies]
        names = {file.path for file in whole}
        # Those of fresh files are looked at when they are written.
        if len(fresh) < len(whole) and (names != self.kept.written.keys() or len(names) < len(whole)):
            found = output.clashes(whole)
            if found:
                return Written(tuple(found))
        written = output.write(self.folder, fresh, names - self.bodies.keys(), self.processes, self.spool.tree)
        if not written.problems:
            self._keep()
        return written

    def _keep(self) -> None:
        now = stamps.now()
        kept, former = self.kept, self.kept.written
        kept.written = {}
        for file in self.files:
            if file.path in self.bodies:
                kept.written[file.path] = file.digest, stamps.settled(self._stamp(file.path), now)
            else:
                kept.written[file.path] = former[file.path]
        kept.done, kept.groups, kept.is_own = self.done, self.groups, True


class _Former(Mapping[str, File]):
    """Pages of the last build that are on disk as they were."""

    def __init__(self, work: Assembly) -> None:
        self.work = work
        self.files = {file.path: file for done in work.kept.done.values() for file in done.files if file.template}

    def __getitem__(self, path: str) -> File:
        file = self.files[path]
        if not self.work.is_intact(file):
            raise KeyError(path)
        return file

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)
