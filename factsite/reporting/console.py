"""What the command line says about a build, for people and for machines."""

from __future__ import annotations

import json
import os
import shlex
import sys
from pathlib import Path

import click

from factsite.pipeline import BuildResult
from factsite.reporting import report


def tell(result: BuildResult, form: str, root: Path, *, timings: bool = False) -> None:
    """Print the outcome as `text`, `json` or `github`; paths lead from where the reader is to the files."""
    if form == "json":
        click.echo(json.dumps(_data(result, _prefix(root, Path.cwd())), indent=1))
        return
    if form == "github":
        workspace = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
        click.echo(report.github(result.problems, _prefix(root, workspace)), nl=False)
        click.echo(report.summary(result.problems))
    elif result.problems:
        color = report.wants_color(sys.stdout)
        click.echo(report.text(result.problems, color=color, prefix=_prefix(root, Path.cwd())), color=color)
    click.echo("\n".join(_outcome(result, root, timings=timings)))


def _prefix(root: Path, reader: Path) -> str:
    """The way from the reader's folder to the site's; the whole path where they lie apart."""
    place, reader = root.resolve(), reader.resolve()
    return place.relative_to(reader).as_posix() if place.is_relative_to(reader) else place.as_posix()


def _data(result: BuildResult, prefix: str) -> dict[str, object]:
    return {
        "ok": result.ok,
        "summary": report.summary(result.problems),
        "problems": [report.data(problem, prefix) for problem in result.problems],
        "output": str(result.output),
        "base_url": result.base_url,
        "written": result.written,
        "unchanged": result.unchanged,
        "removed": result.removed,
        "counts": dict(result.counts),
        "seconds": {name: round(seconds, 4) for name, seconds in result.seconds.items()},
    }


def _outcome(result: BuildResult, root: Path, *, timings: bool) -> list[str]:
    """What was done, how long it took, where to look."""
    touched = len(result.written) + len(result.removed)
    lines = []
    if result.ok:
        lines.append(", ".join(_count(number, name) for name, number in result.counts.items() if number))
        if not result.counts.get("claims"):
            lines.append("This site has no claims yet.")
    if "write" in result.seconds and (result.ok or touched):
        counts = f"{len(result.written)} written, {len(result.unchanged)} unchanged, {len(result.removed)} removed"
        lines.append(f"{result.output}: {counts}")
    lines += _timings(result) if timings else [_seconds(result)]
    if not result.ok:
        lines.append("Nothing was written." if not touched else "The site is incomplete.")
    elif "write" in result.seconds:
        where = "" if _prefix(root, Path.cwd()) == "." else f" --root {shlex.quote(str(root))}"
        lines.append(f"To be published at {result.base_url}; to look at it, run `python build.py serve{where}`.")
    return [line for line in lines if line]


def _count(number: int, name: str) -> str:
    return f"{number} {name.removesuffix('s') if number == 1 else name}"


def _seconds(result: BuildResult) -> str:
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in result.seconds.items())
    return f"{sum(result.seconds.values()):.2f} s ({stages})" if stages else ""


def _timings(result: BuildResult) -> list[str]:
    total = sum(result.seconds.values()) or 1.0
    rows = [*result.seconds.items(), ("all", total)]
    return [f"{name:<8}{1000 * seconds:>10.1f} ms{100 * seconds / total:>6.0f} %" for name, seconds in rows]
