"""The commands for editors: new files, looking things up, renaming. Each is thin, and imports its verb when it runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from factsite.options import DATA, ROOT

NAMED = click.argument(
    "kind",
    type=click.Choice(["claim", "actor", "source", "article"]),
    callback=lambda _, __, kind: "source" if kind == "article" else kind,
)
"""Articles are sources here: the two share one set of ids."""

# --- new files -------------------------------------------------------------------------------------------------------


@click.group()
def new() -> None:
    """Start a claim, an actor, a source, an article or a page.

    On a terminal it asks for what is not given. Nothing is ever overwritten.
    """


@new.command("claim")
@ROOT
@click.argument("entry_id", metavar="[ID]", default="")
@click.option("--article", metavar="ID", default="", help="Article or source that the claim stands in.")
@click.option("--quote", metavar="WORDS", default="", help="Its words there; checked at once.")
@click.option("--before", metavar="WORDS", default="", help="The words just before them, if they stand twice.")
@click.option("--after", metavar="WORDS", default="", help="The words just after them, if they stand twice.")
@click.option("--claim", metavar="SENTENCE", default="", help="What is claimed, in one neutral sentence.")
@click.option("--rating", metavar="ID", default="", help="One of the ratings of site.yaml.")
@click.option("--claimant", "claimants", metavar="ID", multiple=True, help="Actor who says it; may be repeated.")
def new_claim(*, root: Path, entry_id: str, **given: Any) -> None:
    """Start a claim, from the words of an article."""
    from factsite.editing import desk, newclaim, questions

    content = desk.content(root)
    wanted = newclaim.Wanted(entry_id, **given)
    if desk.is_terminal():
        wanted = questions.claim(root, content, wanted)
    _create(root, newclaim.start(content, wanted))


def _field(name: str, about: str) -> Callable[..., Any]:
    return click.option(f"--{name}", default="", help=about)


def _document(command: Callable[..., Any]) -> Any:
    """Options of sources and articles."""
    for name, about in reversed(DOCUMENT.items()):
        command = _field(name, about)(command)
    return command


DOCUMENT = {
    "url": "Its web address; publisher and id are taken from it.",
    "title": "Its title, or what it is.",
    "type": "What sort of document: primary, news, research, reference, ngo, opinion or advocacy.",
    "publisher": "Id of an actor, or a name in plain text.",
    "published": "Date of publication, as precise as known: 2018, 2018-01 or 2018-01-22.",
}
"""Fields of sources and articles, with what to write."""


@new.command("actor")
@ROOT
@click.argument("entry_id", metavar="[ID]", default="")
@_field("name", "Full name.")
@_field("kind", "person, organisation, government or media.")
@_field("short", "Short name.")
def new_actor(*, root: Path, entry_id: str, **given: str) -> None:
    """Start a person or body that makes claims or is their subject."""
    _start(root, "actor", entry_id, given)


@new.command("source")
@ROOT
@click.argument("entry_id", metavar="[ID]", default="")
@_document
def new_source(*, root: Path, entry_id: str, **given: str) -> None:
    """Start a document that is cited."""
    _start(root, "source", entry_id, given)


@new.command("article")
@ROOT
@click.argument("entry_id", metavar="[ID]", default="")
@_document
def new_article(*, root: Path, entry_id: str, **given: str) -> None:
    """Start a document whose text is here."""
    _start(root, "article", entry_id, given)


@new.command("page")
@ROOT
@click.argument("entry_id", metavar="[ID]", default="")
@_field("title", "Title of the page.")
def new_page(*, root: Path, entry_id: str, **given: str) -> None:
    """Start a plain page, such as the methodology."""
    _start(root, "page", entry_id, given)


def _start(root: Path, kind: str, entry_id: str, given: dict[str, str]) -> None:
    import datetime as dt

    from factsite.editing import desk, questions, scaffold

    content = desk.content(root)
    if desk.is_terminal():
        entry_id, given = questions.entry(content, kind, entry_id, given)
    if given.get("url"):
        given = {**given, "accessed": dt.datetime.now().astimezone().date().isoformat()}
    _create(root, scaffold.start(content, kind, entry_id, given))


def _create(root: Path, result: Any) -> None:
    """Write a `scaffold.Start`, or say what is wrong."""
    from factsite.editing import desk, newfiles

    if isinstance(result, list):
        desk.refuse(root, result)
    problems = newfiles.create(root, {result.path: result.text.encode()})
    if problems:
        desk.refuse(root, problems)
    click.echo(f"{desk.shown(root, result.path)} is new: open it and fill in what is empty.")
    for note in result.notes:
        click.echo(note)


@click.command("import")
@ROOT
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "entry_id", metavar="ID", default="", help="Name of the article's file.")
def import_file(*, root: Path, file: Path, entry_id: str) -> None:
    """Make an article of FILE: a saved web page, or plain text.

    What is not the article is set aside and shown.
    """
    from factsite.editing import desk
    from factsite.importing import imports

    problems = imports.run(root, desk.content(root), file, entry_id)
    if problems:
        desk.refuse(root, problems)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def init(*, folder: Path) -> None:
    """Start a new site in DIR, with one worked example."""
    from factsite.editing import desk, starter

    problems = starter.begin(folder)
    if problems:
        desk.refuse(folder, problems)
    click.echo(starter.welcome(folder))


# --- looking up ------------------------------------------------------------------------------------------------------


@click.command()
@ROOT
@NAMED
@click.argument("entry_id", metavar="ID")
@DATA
def show(*, root: Path, kind: str, entry_id: str, form: str) -> None:
    """Show what refers to a claim, an actor, a source or an article."""
    from factsite.editing import desk, lookup
    from factsite.problems import Problem

    found = lookup.show(root, desk.content(root, tells=True), kind, entry_id)
    if isinstance(found, Problem):
        desk.refuse(root, [found])
    click.echo(lookup.as_json(found) if form == "json" else lookup.text(found, desk.prefix(root)))


def _some_words(_: click.Context, __: click.Parameter, value: str) -> str:
    """Something that can be looked for: letters or digits of any script."""
    if not any(map(str.isalnum, value)):
        raise click.BadParameter('some words of an article are needed: find "will meet again"')
    return value


@click.command()
@ROOT
@click.argument("words", callback=_some_words)
def find(*, root: Path, words: str) -> None:
    """Find WORDS in the articles, as quotes that are ready to paste into a claim."""
    from factsite.editing import desk, finder
    from factsite.linking import link

    _, articles = link.unlinked(desk.content(root, tells=True))
    hits = finder.find(articles.values(), words)
    click.echo(finder.text(hits, desk.prefix(root)) if hits else "No article has these words, or words like them.")
    sys.exit(0 if hits and not hits[0].differs else 1)


@click.command()
@ROOT
@NAMED
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run/--no-dry-run", default=False, help="Only say what would change.")
def rename(*, root: Path, kind: str, old: str, new: str, dry_run: bool) -> None:
    """Give a claim, an actor, a source or an article another id, everywhere.

    The old id is kept as a former one, so that its address keeps working.
    """
    from factsite.editing import desk, replacing
    from factsite.editing.rename import plan

    changes, problems = plan(root, kind, old, new)
    if not problems and not dry_run:
        problems = replacing.apply(root, changes)
    if problems:
        desk.refuse(root, problems)
    click.echo(replacing.text(changes, desk.prefix(root), dry_run=dry_run))


@click.command()
@ROOT
@DATA
def coverage(*, root: Path, form: str) -> None:
    """Count claims and ratings by article, claimant and side, so that imbalance is seen."""
    from factsite.editing import desk
    from factsite.linking import link
    from factsite.problems import Problems
    from factsite.reviewing import coverage as counted

    problems = Problems()
    site = link.link(desk.content(root, tells=True), problems)
    if site is None:
        desk.refuse(root, problems)
    report = counted.report(site)
    click.echo(report.json() if form == "json" else report.text(), nl=False)


EDITING = (new, import_file, init, show, find, rename, coverage)
"""All of them, for the command line."""
