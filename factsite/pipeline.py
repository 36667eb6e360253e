"""Building a site: what is asked for, what came of it, and whether anything has to be done at all.

The stages themselves are in `stages`, which is imported only if something has changed since the last build.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from factsite.building.builds import BuildResult, Options
from factsite.problems import Problem
from factsite.remembering import lastbuild
from factsite.remembering.lastbuild import Last

__all__ = ["BuildResult", "Options", "build"]

SOURCES = ("content", "templates", "schemas", ".git")
"""Folders of a site that people write, and that nothing is built into."""


def build(options: Options) -> BuildResult:
    """Build the site, or say what is wrong with it and leave the last one alone."""
    if not options.write or options.memory is not None:
        return _staged(options)
    misplaced = tuple(_misplaced(options))
    if misplaced:
        return BuildResult(misplaced, ok=False, output=options.folder)
    begun = time.perf_counter()
    place = lastbuild.path_of(options.root, options.folder, repr(replace(options, processes=0)))
    inputs = lastbuild.inputs(options.root)  # before the build, so that what changes meanwhile is seen by the next one
    last = lastbuild.unchanged(place, inputs, options.folder)
    if last:
        return _again(last, options, time.perf_counter() - begun)
    result = _staged(options)
    if result.ok:
        counts, left = dict(result.counts), result.stamps
        lastbuild.keep(place, inputs, result.problems, result.base_url, counts, options.folder, left)
    return result


def _misplaced(options: Options) -> Iterator[Problem]:
    """An output folder among the sources: the next build would read what this one has written."""
    for name in SOURCES if options.output else ():
        if options.folder.resolve().is_relative_to((options.root / name).resolve()):
            message = f"`{options.output}` lies in `{name}`, which is a folder of the site's sources"
            yield Problem("output-misplaced", message, expected="a folder of its own, such as `output`")


def _staged(options: Options) -> BuildResult:
    from factsite import stages

    return stages.build(options)


def _again(last: Last, options: Options, seconds: float) -> BuildResult:
    """The result of a build that finds everything as the last one left it."""
    return BuildResult(
        problems=tuple(last.problems),
        ok=True,
        output=options.folder,
        base_url=last.base_url,
        unchanged=tuple(last.files),
        seconds={"look": seconds, "write": 0.0},
        counts=last.counts,
    )
