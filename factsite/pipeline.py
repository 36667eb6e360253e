"""The order of the stages: load → link → review → render → audit → search → write. The only place that knows it.

Share images and exports belong to what is rendered; the search index is made of pages that passed the audit.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from factsite import completions, editorial, output, search, share
from factsite.audit import audit
from factsite.cache import Cache
from factsite.exports import exports
from factsite.link import link
from factsite.load import Content, load
from factsite.model import Settings
from factsite.output import Output
from factsite.pages import pages
from factsite.places import locate
from factsite.problems import Problem, Problems, in_order
from factsite.render import render
from factsite.site import Site
from factsite.validation import validate
from factsite.withheld import Draft


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do."""

    root: Path
    """The folder with site.yaml and content/."""
    output: Path | None = None
    """Where the site is written; None: `output` below the root."""
    base_url: str | None = None
    """In place of the one in site.yaml."""
    drafts: bool = False
    """Drafts are part of the site."""
    preview: bool = False
    """Unpublished paragraphs are shown, and pages say what they come from."""
    strict: bool = False
    """Warnings stop the build."""
    write: bool = True
    """Write the site, if nothing is wrong with it."""

    @property
    def folder(self) -> Path:
        """Where the site is written."""
        return self.output or self.root / "output"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of a build."""

    problems: tuple[Problem, ...]
    """With their lines, by file and line."""
    ok: bool
    output: Path
    base_url: str = ""
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long each stage took."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many claims, actors, sources, articles and pages there are."""


@dataclass(slots=True)
class _Build:
    """The state of one build: what was found so far, and how long it took."""

    options: Options
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
    """Build the site, or say what is wrong with it and leave the last one alone."""
    state = _Build(options)
    _run(state)
    problems = tuple(in_order(_located(problem, options.root) for problem in state.problems))
    return BuildResult(
        problems=problems,
        ok=not state.stopped,
        output=options.folder,
        base_url=state.base_url,
        written=state.written.written,
        unchanged=state.written.unchanged,
        removed=state.written.removed,
        seconds=state.seconds,
        counts=state.counts,
    )


def _run(state: _Build) -> None:
    """The stages, each followed by a stop if it found errors."""
    options, problems = state.options, state.problems
    with state.stage("load"):
        content = load(options.root, problems)
        content.settings = _settings(content, options, problems)
    _count(state, content)
    if options.write:
        completions.keep(options.root, content, problems)
    if problems.fatal():
        return
    with state.stage("link"):
        site = link(content, problems, drafts=options.drafts, preview=options.preview)
    if site is None or problems.fatal():
        return
    with state.stage("review"):
        drafts = [entry.data for entry in content.claims.values() if entry.data.status == "draft"]
        problems.extend(editorial.check(site, drafts))
    with state.stage("render"):
        shown = list(pages(site))
        outputs = render(options.root, shown, problems)
    if problems.fatal():
        return
    if site.has_share_images:
        with state.stage("share"):
            cache = Cache.of(options.root, "share") if options.write else None
            images, found = share.outputs(site, options.root, cache)
            outputs.extend(images)
            problems.extend(found)
    with state.stage("export"):
        outputs.extend(exports(site, shown, outputs))
    with state.stage("audit"):
        problems.extend(audit(outputs, site, _left_out(content, site)))
    if state.stopped or not options.write:
        return
    if site.settings.search and not options.preview:  # the preview makes its index when somebody searches
        with state.stage("search"):
            outputs.extend(_searched(outputs, options, problems))
        if state.stopped:
            return
    with state.stage("write"):
        state.written = output.write(options.folder, outputs)
        problems.extend(state.written.problems)


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


def _searched(outputs: Sequence[Output], options: Options, problems: Problems) -> Sequence[Output]:
    """The search index; nothing but a warning if there is no program to make it."""
    index = search.outputs(outputs, Cache.of(options.root, "search"))
    if isinstance(index, Problem):
        problems.add(index)
        return ()
    return index


def _left_out(content: Content, site: Site) -> list[Draft]:
    """The claims that the site does not publish."""
    return [Draft(entry.id, entry.path, entry.data) for entry in content.claims.values() if entry.id not in site.claims]


def _count(state: _Build, content: Content) -> None:
    state.base_url = content.settings.base_url if content.settings else ""
    for name in ("claims", "actors", "sources", "articles", "pages"):
        state.counts[name] = len(getattr(content, name))


def _located(problem: Problem, root: Path) -> Problem:
    """With its line, if the file can still be read."""
    path = root / problem.path
    if problem.path and path.is_file():
        return locate(problem, path.read_bytes())
    return problem
