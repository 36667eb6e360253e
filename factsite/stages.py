"""The order of the stages: load → link → review → render → audit → search → write. The only place that knows it.

Share images and exports belong to what is rendered; the search index is made of pages that passed the audit. What is
needed only after load is imported by the functions that need it: a cold build does so while others read the content.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from factsite.building.builds import BuildResult, Options
from factsite.building.kept import Kept, load_from, path_of, save_to
from factsite.editing import completions
from factsite.loading.entries import Content
from factsite.loading.load import load
from factsite.loading.places import of_file
from factsite.loading.validation import validate
from factsite.model import Settings
from factsite.problems import Problems, in_order
from factsite.remembering.cache import Cache
from factsite.working import spool
from factsite.working.spool import Spool
from factsite.writing import output, staging
from factsite.writing.staging import Staging

if TYPE_CHECKING:
    from factsite.building.assembly import Assembly
    from factsite.site import Site


@dataclass(slots=True)
class _Build:
    """The state of one build: what was found so far, and how long it took."""

    options: Options
    kept: Kept
    """What earlier builds found out."""
    problems: Problems = field(default_factory=Problems)
    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    base_url: str = ""
    written: output.Written = field(default_factory=output.Written)

    @property
    def stopped(self) -> bool:
        return self.problems.fatal(strict=self.options.strict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - begun


def build(options: Options) -> BuildResult:
    """Go through the stages."""
    path = kept_path(options)
    with _collected_later():
        state = _Build(options, options.memory if options.memory is not None else load_from(path))
        _run(state)
        if options.write and options.memory is None:
            save_to(path, state.kept)
    problems = tuple(in_order(of_file(problem, options.root) for problem in state.problems))
    return BuildResult(
        problems=problems,
        ok=not state.stopped,
        output=options.folder,
        base_url=state.base_url,
        written=state.written.written,
        unchanged=state.written.unchanged,
        removed=state.written.removed,
        stamps={path: stamp for path, (_, stamp) in state.kept.written.items()},
        seconds=state.seconds,
        counts=state.counts,
    )


def _run(state: _Build) -> None:
    """The stages, each followed by a stop if it found errors."""
    options, problems = state.options, state.problems
    content = _loaded(state)
    if problems.fatal():
        return
    site = _linked(state, content)
    if site is None or problems.fatal():
        return
    with state.stage("review"):
        _review(state, content, site)
    if problems.fatal():
        return
    with _spooled(options) as room:
        work = _rendered(state, content, site, room)
        if problems.fatal():
            return
        if site.has_share_images:
            with state.stage("share"):
                work.share(is_drawn=options.write)
        with state.stage("export"):
            work.collect()
        with state.stage("audit"):
            work.audit()
        if state.stopped or not options.write:
            return
        if site.settings.search and not options.preview:  # the preview makes its index when somebody searches
            with state.stage("search"):
                work.search()
            if state.stopped:
                return
        with state.stage("write"):
            state.written = work.write()
            problems.extend(state.written.problems)


def _loaded(state: _Build) -> Content:
    """What was read; also of a site with mistakes, for the completions."""
    options, problems = state.options, state.problems
    with state.stage("load"):
        content = load(options.root, problems, state.kept.files, options.processes, _import_the_rest)
        content.settings = _settings(content, options, problems)
    _count(state, content)
    if options.write:
        completions.keep(options.root, content, problems)
    return content


def _import_the_rest() -> None:
    """It takes about as long as 200 claims."""
    from factsite.building import assembly  # noqa: F401
    from factsite.linking import link  # noqa: F401
    from factsite.reviewing import doubles, editorial  # noqa: F401


def _linked(state: _Build, content: Content) -> Site | None:
    options = state.options
    with state.stage("link"):
        from factsite.linking.link import link

        return link(
            content,
            state.problems,
            state.kept.texts,
            drafts=options.drafts,
            preview=options.preview,
            processes=options.processes,
        )


def _review(state: _Build, content: Content, site: Site) -> None:
    """What is wrong with the site as a whole."""
    from factsite.reviewing import doubles, editorial

    drafts = [content.claims[c].data for c, outline in content.records.claims() if outline.status == "draft"]
    state.problems.extend(editorial.check_site(site, drafts))
    state.problems.extend(doubles.check(content, site.claims))


def _rendered(state: _Build, content: Content, site: Site, room: Spool) -> Assembly:
    options = state.options
    with state.stage("render"):
        from factsite.building.assembly import Assembly

        work = Assembly(
            options.root,
            options.folder,
            site,
            content,
            state.kept,
            state.problems,
            processes=options.processes,
            spool=room,
            compiled=_compiled(options),
            progress=options.progress,
        )
        work.make()
    return work


def _settings(content: Content, options: Options, problems: Problems) -> Settings | None:
    """The site's settings with the base URL that the command line asks for."""
    settings = content.settings
    if settings is None or options.base_url is None:
        return settings
    changed, found = validate(
        Settings, settings.model_dump(by_alias=True) | {"base_url": options.base_url}, "--base-url"
    )
    problems.extend(found)
    return changed


def _count(state: _Build, content: Content) -> None:
    state.base_url = content.settings.base_url if content.settings else ""
    for name in ("claims", "actors", "sources", "articles", "pages"):
        state.counts[name] = len(getattr(content, name))


def kept_path(options: Options) -> Path:
    """Where a build of this kind keeps what it found out."""
    return path_of(options.root, options.folder, str(options.base_url), str(options.drafts), str(options.preview))


def _compiled(options: Options) -> Cache | None:
    return Cache.of(options.root, "templates") if options.write else None


@contextmanager
def _spooled(options: Options) -> Iterator[Spool]:
    """Room for finished files; below the site's folder only if the build may write there."""
    folder = options.root / ".factsite" / "cache" if options.write else Path(tempfile.gettempdir())
    if options.write:
        spool.sweep(folder)
    room = Staging(folder) if options.write and staging.suits(folder, options.folder) else Spool(folder)
    try:
        yield room
    finally:
        room.clear()


@contextmanager
def _collected_later() -> Iterator[None]:
    """Without the search for garbage in circles: a build makes much that stays, and no circles to speak of."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
