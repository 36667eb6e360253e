"""What `build.py import` does and says: reads the file, writes the article, keeps what was set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from factsite.editing import desk, newfiles
from factsite.importing import importer, incoming
from factsite.importing.importer import Imported
from factsite.importing.incoming import Source
from factsite.importing.webpage import Judge
from factsite.loading.entries import Content
from factsite.problems import Problem, as_warning

EXTRA = (
    "If the wrong part of a page was taken for the article, trafilatura gives a second opinion: "
    "python -m pip install -r requirements/import.txt"
)


def run(root: Path, content: Content, file: Path, entry_id: str) -> list[Problem]:
    """Import a file and say what came of it, or the problems that prevented it."""
    try:
        content_bytes = file.read_bytes()
        is_page = incoming.is_html(file.name, content_bytes)
        saved = dt.datetime.fromtimestamp(file.stat().st_mtime).astimezone().date().isoformat() if is_page else ""
    except OSError as error:
        message = f"`{file}` cannot be read: {error.strerror or error}"
        return [Problem("unreadable", message, expected="a file that may be read")]
    source = Source(file.name, content_bytes, saved)
    judge = second_opinion() if is_page else None
    result = importer.read(content, source, entry_id, judge)
    if isinstance(result, list):
        return result
    problems = newfiles.create(root, {result.path: result.text.encode()})
    if problems:
        return problems
    doubts = [*_keep(root, result), *result.problems]
    click.echo("\n".join(_said(root, result)))
    if doubts:
        click.echo()
        desk.tell(root, doubts)
    if is_page and judge is None:
        click.echo(f"\n{EXTRA}")
    return []


def second_opinion() -> Judge | None:
    """trafilatura's, if it is installed."""
    try:
        import trafilatura
    except ImportError:  # not there, or only in part
        return None

    def judge(html: str) -> str:
        return str(trafilatura.extract(html, include_comments=False, favor_recall=True) or "")

    return judge


def _keep(root: Path, result: Imported) -> Iterator[Problem]:
    """A copy of what was set aside, below `.factsite/`: not a file of the site, so an older one is replaced.

    Where it cannot be written, that is only a warning: the imported file has these pieces all the same.
    """
    path = root / result.aside_path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(result.aside_text, encoding="utf-8")
    except OSError as error:
        message = f"What was set aside cannot be kept: {error.strerror or error}"
        yield as_warning(Problem("unwritable", message, result.aside_path, expected="a folder that may be written to"))


def _said(root: Path, result: Imported) -> Iterator[str]:
    number = f"{result.paragraphs} paragraph{'s' if result.paragraphs != 1 else ''}"
    yield f"{desk.shown(root, result.path)} is new, with {number}: open it and fill in what is empty."
    for key, value, where in result.facts:
        yield f"  {key:<12} {_short(value, 60)}  ({where.rstrip('.')})" if value else f"  {key:<12} not found"
    if result.aside:
        yield f"\nSet aside, in full in {desk.shown(root, result.aside_path)}:"
    for reason, group in groupby(result.aside, key=lambda each: each.reason):
        texts = [each.text for each in group]
        more = f"  (and {len(texts) - 1} more)" if len(texts) > 1 else ""
        yield f"  {reason:<20} {_short(texts[0], 70)}{more}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
