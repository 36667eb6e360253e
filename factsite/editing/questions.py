"""What a new file needs, asked on a terminal; what was given as an option is not asked again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

import click

from factsite import model
from factsite.editing import desk, newclaim, scaffold
from factsite.editing.newclaim import Known, Wanted
from factsite.loading.entries import Content

LATER = "Enter: later"


def claim(root: Path, content: Content, wanted: Wanted) -> Wanted:
    """The article, the words, the claim and an id. Words that are in no article are asked for again."""
    if not (wanted.article or wanted.quote):
        articles = sorted(content.articles)
        click.echo("Articles: " + (", ".join(articles) or "none yet"))
        wanted = replace(wanted, article=_ask(f"Which one has the claim ({LATER})"))
    problems = list(newclaim.fill_place(content, wanted, Known()))
    while problems or (wanted.article and not wanted.quote):
        if problems:
            desk.tell(root, problems)
        if any(problem.code == "unknown-article" for problem in problems):
            wanted = replace(wanted, article=_ask(f"Which article ({LATER})"))
        else:
            wanted = replace(wanted, quote=_ask(f"Its words, as they stand there ({LATER})"))
            if not wanted.quote:
                break
        problems = list(newclaim.fill_place(content, wanted, Known()))
    if not wanted.claim:
        wanted = replace(wanted, claim=_ask(f"What is claimed, in one neutral sentence ({LATER})"))
    return wanted if wanted.id else replace(wanted, id=_ask("Name of the file", newclaim.suggested_id(content, wanted)))


def entry(content: Content, kind: str, entry_id: str, given: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The first fields of an actor, a source, an article or a page, and an id."""
    asked = dict(given)
    for key, question in QUESTIONS[kind].items():
        if not asked.get(key):
            asked[key] = _choose(question, CHOICES[kind, key]) if (kind, key) in CHOICES else _ask(question)
    return entry_id or _ask("Name of the file", scaffold.suggested_id(content, kind, asked)), asked


QUESTIONS = {
    "actor": {"name": "Full name", "kind": "What it is"},
    "source": {"url": f"Address ({LATER})", "title": f"Title ({LATER})", "type": "What sort of document it is"},
    "article": {"url": f"Address ({LATER})", "title": f"Title ({LATER})", "type": "What sort of document it is"},
    "page": {"title": "Title"},
}
"""What is asked, by kind and field."""
CHOICES: dict[tuple[str, str], Sequence[str]] = {
    ("actor", "kind"): get_args(model.ActorKind),
    ("source", "type"): get_args(model.SourceType),
    ("article", "type"): get_args(model.SourceType),
}


def _ask(question: str, default: str = "") -> str:
    answer: str = click.prompt(question, default=default, show_default=bool(default))
    return answer.strip()


def _choose(question: str, choices: Sequence[str]) -> str:
    answer: str = click.prompt(question, type=click.Choice(choices))
    return answer
