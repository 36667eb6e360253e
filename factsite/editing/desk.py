"""The content as a command for editors finds it, and what such a command says."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NoReturn

import click

from factsite.loading import load, places
from factsite.loading.entries import Content
from factsite.problems import Problem, Problems, in_order
from factsite.reporting import report

MOST = 3
"""Files that are named one by one."""


def content(root: Path, *, tells: bool = False) -> Content:
    """Everything that can be read; ends the command if the settings cannot. `tells`: name the files with mistakes."""
    problems = Problems()
    found = load.load(root, problems)
    if found.settings is None:
        refuse(root, (problem for problem in problems if problem.path == "site.yaml"))
    broken = sorted({shown(root, problem.path) for problem in problems if problem.severity == "error"})
    if broken and tells:
        click.echo(f"Left out, because of mistakes that `check` explains: {_some(broken)}.", err=True)
    return found


def _some(names: Sequence[str]) -> str:
    """The first few of them, and how many more there are."""
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def refuse(root: Path, problems: Iterable[Problem]) -> NoReturn:
    """End the command with what is wrong."""
    tell(root, problems)
    sys.exit(1)


def tell(root: Path, problems: Iterable[Problem]) -> None:
    """Print what is wrong."""
    color = report.wants_color(sys.stdout)
    shown = in_order(places.of_file(problem, root) for problem in problems)
    click.echo(report.text(shown, color=color, prefix=prefix(root)), nl=False, color=color)


def prefix(root: Path) -> str:
    """The way from the reader's folder to the site's."""
    return report.way(root, Path.cwd())


def shown(root: Path, path: str) -> str:
    """A path of the site as the reader can type it."""
    return str(PurePosixPath(prefix(root), path))


def is_terminal() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()
