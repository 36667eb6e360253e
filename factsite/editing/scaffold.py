"""New files for editors to start from: what is asked for is checked, what is known is filled in. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from factsite import model, urls
from factsite.editing import forms, hosts, lookup, yamlwriter
from factsite.editing.forms import Lines
from factsite.loading.entries import FOLDERS, Content
from factsite.loading.validation import validate
from factsite.problems import Problem

NEXT = {
    "article": "Its text goes below the second line `---`. `python build.py import FILE` does this for a saved page.",
    "page": "Its text goes below the second line `---`; in site.yaml, `navigation` can name it.",
}
"""What to do with a new file, apart from filling it in."""


@dataclass(frozen=True, slots=True)
class Start:
    """A file to start from."""

    path: str
    text: str
    notes: tuple[str, ...] = ()
    """What the editor should know about it."""


Result = Start | list[Problem]


def start(content: Content, kind: str, entry_id: str, given: Mapping[str, str]) -> Result:
    """A new actor, source, article or page. `given`: what the editor says, by field; empty texts count as not given.

    Without an id, one is made from the address, the name or the title.
    """
    given = {key: value for key, value in given.items() if value}
    taken = taken_ids(content, kind)
    known = hosts.habits(content, given["url"]) if "url" in given else None
    entry_id = entry_id or suggested_id(content, kind, given)
    problems = [*check_id(kind, entry_id, taken), *_check_values(kind, given), *_check_url(content, given.get("url"))]
    if problems:
        return problems
    lines: dict[str, Lines] = {key: yamlwriter.entry(key, value) for key, value in given.items()}
    hints = {"publisher": forms.listed(sorted(content.actors), "content/actors/")}
    if known:
        _add_habits(known, lines, hints)
        year = hosts.year(given["url"])
        hints["published"] = f"The address has {year} in it." if year else ""
    return Start(_path(kind, entry_id), _text(kind, lines, hints), (NEXT[kind],) if kind in NEXT else ())


def suggested_id(content: Content, kind: str, given: Mapping[str, str]) -> str:
    """From the address, the name or the title; empty if none of them is given in Latin letters."""
    taken = taken_ids(content, kind)
    if given.get("url"):
        return hosts.suggested_id(given["url"], hosts.habits(content, given["url"]), taken)
    words = given.get("short") or given.get("name") or given.get("title") or ""
    return hosts.shortened(words, taken) if kind in {"source", "article"} else urls.slug(words)


def taken_ids(content: Content, kind: str) -> set[str]:
    """Ids that a new entry cannot have. Articles and sources share one set."""
    if kind == "page":
        return {*content.pages, *urls.RESERVED}
    family = "source" if kind == "article" else kind
    return {*lookup.entries(content, family), *lookup.renamed(content, family)}


def _path(kind: str, entry_id: str) -> str:
    folder, ending = FOLDERS[kind]
    return f"content/{folder}/{entry_id}{ending}"


def _text(kind: str, lines: Mapping[str, Lines], hints: Mapping[str, str]) -> str:
    fields = forms.form(model.MODELS[kind], lines, hints, f"A new {kind}.")
    return f"---\n{fields}---\n\n" if FOLDERS[kind][1] == ".md" else fields


# --- what is asked for -----------------------------------------------------------------------------------------------


def check_id(kind: str, entry_id: str, taken: Collection[str]) -> Iterator[Problem]:
    """Whether a new entry can have this id."""
    if not entry_id:
        expected = "a few words in Latin letters, digits and hyphens: `bridge-cost`"
        yield Problem("bad-id", f"The new {kind} needs an id, the name of its file", expected=expected)
    elif not urls.is_id(entry_id):
        expected = "lower-case letters a to z, digits and single hyphens"
        yield Problem("bad-id", f"`{entry_id}` cannot be an id", expected=expected, nearest=urls.slug(entry_id))
    elif entry_id in taken:
        near = hosts.free(entry_id, taken)
        yield Problem(
            "duplicate-id", f"The id `{entry_id}` is taken", expected="an id that nothing has or had", nearest=near
        )


def _check_values(kind: str, given: Mapping[str, str]) -> Iterator[Problem]:
    """What the model says about the values; that others are missing is no mistake here."""
    _, problems = validate(model.MODELS[kind], dict(given), "")
    for problem in problems:
        if problem.code != "missing-key":
            yield Problem(problem.code, problem.message, expected=problem.expected, nearest=problem.nearest)


def _check_url(content: Content, url: str | None) -> Iterator[Problem]:
    known = hosts.same(content, url) if url else None
    if known:
        message = f"This address is that of `{known.id}` already"
        yield Problem("duplicate-source", message, known.path, ("url",), expected="a document that is not there yet")


# --- what its host tells ---------------------------------------------------------------------------------------------


def _add_habits(known: hosts.Habits, lines: dict[str, Lines], hints: dict[str, str]) -> None:
    """Fill in what earlier documents of the same host have in common; their type is only mentioned."""
    number = f"{'earlier one' if known.count == 1 else f'{known.count} earlier ones'} of {known.host}"
    for key, value in known.fields.items():
        if key == "type":
            hints[key] = f"The {number}: {value}."
        elif key not in lines and isinstance(value, str):
            lines[key] = yamlwriter.entry(key, value)
            hints[key] = f"As in the {number}." if known.count else f"Its home page is on {known.host}."
        elif key not in lines:
            lines[key] = [f"{key}: {yamlwriter.flow(value)}"]
            hints[key] = f"As in the {number}."
