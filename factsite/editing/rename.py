"""Giving an entry another id: its file, everything that names it, and the old id as an alias. All of it or nothing.

Where an id stands in a file is not guessed. Every place with these letters is changed by itself, and the file is read
again: if that changed what the file refers to, and nothing else of it, the place was a reference. So comments,
quotation marks, line ends and the same letters in a text stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from factsite import model, urls
from factsite.editing import referrers
from factsite.editing.lookup import FORMER, entries, former_ids, renamed, unknown
from factsite.editing.referrers import Reference
from factsite.editing.replacing import Change, places, swapped, with_alias
from factsite.loading import documents, load, reading
from factsite.loading.entries import FOLDERS, Content, Entry
from factsite.loading.validation import validate
from factsite.problems import Problem, Problems, Severity


def plan(root: Path, kind: str, old: str, new: str) -> tuple[list[Change], list[Problem]]:
    """What a new id changes, file by file, or every reason against it. Nothing is written."""
    problems = Problems()
    content = load.load(root, problems)
    if problems.fatal():
        return [], [*problems, _unsure()]
    entry = entries(content, kind).get(old)
    if entry is None:
        return [], [unknown(content, kind, old)]
    references = list(referrers.of_content(content))
    refused = list(_check_new(content, kind, entry, new, references))
    if refused:
        return [], refused
    naming = {entry.path, *(each.path for each in references if (each.kind, each.id) == (kind, old))}
    changes = [_change(root, path, _kind_of(path), kind, old, new, entry.path) for path in sorted(naming)]
    problems = Problems([change for change in changes if isinstance(change, Problem)])
    return [change for change in changes if isinstance(change, Change)], list(problems)


def _unsure() -> Problem:
    message = "Nothing was renamed: what these files refer to is not certain"
    return Problem("cannot-rename", message, expected="a site whose files can all be read; mend them first")


# --- may it have that id? --------------------------------------------------------------------------------------------


def _check_new(
    content: Content, kind: str, own: Entry[model.Written], new: str, references: Iterable[Reference]
) -> Iterator[Problem]:
    known, past = entries(content, kind), renamed(content, kind)
    if not urls.is_id(new):
        expected = "lower-case letters a to z, digits and single hyphens"
        yield Problem("bad-id", f"`{new}` cannot be an id", expected=expected, nearest=urls.slug(new))
    elif new in known:
        yield Problem("duplicate-id", f"The id `{new}` is taken by {known[new].path}", expected="an id that is free")
    elif past.get(new, own.id) != own.id:
        message = f"The id `{new}` is taken: it is a former one of {known[past[new]].path}"
        yield Problem("duplicate-id", message, expected="an id that no other file has or had")
    else:
        for each in references:
            if (each.kind, each.id) != (kind, new):
                continue
            message = f"This names the {kind} `{new}`, which does not exist yet, so it may mean something else"
            expected = f"`{own.id}` if that is what it means, or another new id"
            yield Problem("cannot-rename", message, each.path, each.keys or None, line=each.line, expected=expected)


# --- one file --------------------------------------------------------------------------------------------------------


def _kind_of(path: str) -> str | None:
    """The kind of a content file; None for the settings."""
    return next((kind for kind, (folder, _) in FOLDERS.items() if path.startswith(f"content/{folder}/")), None)


def _change(root: Path, path: str, file_kind: str | None, kind: str, old: str, new: str, own: str) -> Change | Problem:
    before = after = (root / path).read_bytes()
    named = _references(path, file_kind, before) or []
    for start in places(before, old):
        attempt = swapped(after, start, old, new)
        names = _references(path, file_kind, attempt)
        if names is not None and _is_renamed(named, names, kind, old, new):
            after, named = attempt, names
    left = [each for each in named if (each.kind, each.id) == (kind, old)]
    if left:
        return _stuck(left[0])
    if path != own or file_kind is None:
        return Change(path, path, before, after)
    aliased = _aliased(path, file_kind, after, kind, old, new)
    new_path = str(PurePosixPath(path).with_name(new + FOLDERS[file_kind][1]))
    return Change(path, new_path, before, aliased) if aliased else _no_place(path, kind)


def _references(path: str, kind: str | None, content: bytes) -> list[Reference] | None:
    """What a file names; None if it cannot be read."""
    if kind:
        entry, problems = reading.parse(kind, "", path, content)
        return None if entry is None or _failed(problems) else list(referrers.of_entry(entry))
    document, problems = documents.read_yaml(content, path)
    settings, found = validate(model.Settings, document.data, path, document.empty)
    return None if settings is None or _failed(problems + found) else list(referrers.of_data(path, settings))


def _failed(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def _is_renamed(before: list[Reference], after: list[Reference], kind: str, old: str, new: str) -> bool:
    """Whether the references are the same but for the new id, which at least one of them has."""
    changed = [(a, b) for a, b in zip(before, after, strict=False) if a != b]
    fits = all((a.kind, a.id) == (kind, old) and replace(a, id=new) == b for a, b in changed)
    return bool(changed) and fits and len(before) == len(after)


def _aliased(path: str, file_kind: str, content: bytes, kind: str, old: str, new: str) -> bytes | None:
    """The entry's own file with its old id among the former ones; None if that cannot be written into it."""
    entry, _ = reading.parse(file_kind, "", path, content)
    if entry is None:
        return None
    given = former_ids(entry.data, kind)
    wanted = tuple(old if each == new else each for each in given) if new in given else (*given, old)
    data = entry.data.model_copy(update={FORMER[kind]: wanted})
    for attempt in with_alias(content, FORMER[kind], given, old, new, is_front=path.endswith(".md")):
        found, problems = reading.parse(file_kind, "", path, attempt)
        if found and not _failed(problems) and (found.data, found.body) == (data, entry.body):
            return attempt
    return None


def _stuck(reference: Reference) -> Problem:
    message = f"The id `{reference.id}` is written here in a way that cannot be changed safely"
    expected = "the id written plainly, without line breaks or escapes in it"
    return Problem(
        "cannot-rename", message, reference.path, reference.keys or None, line=reference.line, expected=expected
    )


def _no_place(path: str, kind: str) -> Problem:
    expected = f"a line `{FORMER[kind]}: [a-former-id]`, written plainly"
    return Problem(
        "cannot-rename",
        f"There is no place for the former id in this file's `{FORMER[kind]}`",
        path,
        (),
        expected=expected,
    )
