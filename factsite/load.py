"""site.yaml and content/ → validated entries by id. Reads everything, links nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from factsite import documents, model, urls
from factsite.problems import Problem, Problems, nearest
from factsite.validation import validate

T_co = TypeVar("T_co", bound=model.Written, covariant=True)

FOLDERS: Mapping[str, tuple[str, str]] = {
    "claim": ("claims", ".yaml"),
    "actor": ("actors", ".yaml"),
    "source": ("sources", ".yaml"),
    "article": ("articles", ".md"),
    "page": ("pages", ".md"),
}
"""For each kind of entry: its folder below content/ and the ending of its files."""


@dataclass(frozen=True, slots=True)
class Entry(Generic[T_co]):
    """One file, validated."""

    id: str
    path: str
    """Relative to the site's root, with forward slashes."""
    data: T_co
    body: str = ""
    """The Markdown below the front matter."""
    body_line: int = 1
    """Line of the file where the body begins."""


@dataclass(slots=True)
class Content:
    """All entries, flat and by id."""

    settings: model.Settings | None = None
    claims: dict[str, Entry[model.Claim]] = field(default_factory=dict)
    actors: dict[str, Entry[model.Actor]] = field(default_factory=dict)
    sources: dict[str, Entry[model.Source]] = field(default_factory=dict)
    articles: dict[str, Entry[model.Article]] = field(default_factory=dict)
    pages: dict[str, Entry[model.Page]] = field(default_factory=dict)


def load(root: Path, problems: Problems) -> Content:
    """Everything below `root`, as far as it can be read."""
    problems.extend(_check_folders(root))
    problems.extend(_check_links(root))
    content = Content(settings=_settings(root, problems))
    for kind in FOLDERS:
        _load_kind(root, kind, content, problems)
    _check_shared_ids(content, problems)
    return content


def _settings(root: Path, problems: Problems) -> model.Settings | None:
    path = "site.yaml"
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        message = "There is no site.yaml here" if isinstance(error, FileNotFoundError) else _cannot_read(error)
        expected = "the folder of a site; `build.py init` makes a new one"
        problems.add(Problem("no-settings", message, path, expected=expected))
        return None
    document, found = documents.read_yaml(content, path)
    problems.extend(found)
    if any(problem.severity == "error" for problem in found):
        return None
    settings, found = validate(model.Settings, document.data, path, document.empty)
    problems.extend(found)
    if settings:
        problems.extend(_repeated_ids(settings, path))
    return settings


def _repeated_ids(settings: model.Settings, path: str) -> Iterator[Problem]:
    groups: Mapping[str, Sequence[model.Rating | model.Topic]] = {
        "ratings": settings.ratings,
        "topics": settings.topics,
    }
    for name, items in groups.items():
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item.id in seen:
                message = f"The id `{item.id}` stands twice in `{name}`"
                yield Problem("duplicate-id", message, path, (name, index, "id"), expected="each id once")
            seen.add(item.id)


def _load_kind(root: Path, kind: str, content: Content, problems: Problems) -> None:
    folder, suffix = FOLDERS[kind]
    entries: dict[str, Entry[model.Written]] = getattr(content, folder)
    for path in _files(root, f"content/{folder}", problems):
        name = PurePosixPath(path)
        entry_id, ending = name.stem, name.suffix
        found = list(_check_name(entry_id, ending, suffix, path))
        if entry_id in entries:
            found.append(_twice(entry_id, path, entries[entry_id].path))
        problems.extend(found)
        if found:
            continue
        entry = _read(root, kind, entry_id, path, problems)
        if entry:
            entries[entry_id] = entry


def _read(root: Path, kind: str, entry_id: str, path: str, problems: Problems) -> Entry[model.Written] | None:
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        problems.add(Problem("unreadable", _cannot_read(error), path, expected="a file that may be read"))
        return None
    entry, found = parse(kind, entry_id, path, content)
    problems.extend(found)
    return entry


def parse(kind: str, entry_id: str, path: str, content: bytes) -> tuple[Entry[model.Written] | None, list[Problem]]:
    """The entry in a file's bytes. Pure."""
    read = documents.read_markdown if path.endswith(".md") else documents.read_yaml
    document, problems = read(content, path)
    if any(problem.severity == "error" for problem in problems):
        return None, problems
    data, found = validate(model.MODELS[kind], document.data, path, document.empty)
    problems = problems + found
    if data is None:
        return None, problems
    if kind == "article" and not document.body.strip():
        problems.append(
            Problem(
                "no-text",
                "The article has no text",
                path,
                line=document.body_line,
                expected="the article below the front matter",
            )
        )
    return Entry(entry_id, path, data, document.body, document.body_line), problems


# --- files -----------------------------------------------------------------------------------------------------------


def is_ignored(name: str) -> bool:
    """Hidden files, and what editors and systems leave behind."""
    return (
        name.startswith((".", "#", "~$")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak")) or name == "Thumbs.db"
    )


def _files(root: Path, folder: str, problems: Problems) -> Iterator[str]:
    """The files below a folder, sorted, relative to the root."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        problems.add(Problem("unreadable", _cannot_read(error), folder, expected="a folder that may be read"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if is_ignored(entry.name):
            continue
        problem = _stray_link(root, path) if entry.is_symlink() else None
        if problem:
            problems.add(problem)
        elif entry.is_dir():
            yield from _files(root, path, problems)
        else:
            yield path


def _check_folders(root: Path) -> Iterator[Problem]:
    """What lies in content/ where nothing reads it."""
    known = [folder for folder, _ in FOLDERS.values()]
    top = root / "content"
    for entry in sorted(os.scandir(top), key=lambda e: e.name) if top.is_dir() and not top.is_symlink() else ():
        path = f"content/{entry.name}"
        if is_ignored(entry.name) or entry.name in known:
            continue
        expected = "one of the folders " + ", ".join(known)
        if entry.is_dir():
            near = nearest(entry.name, known)
            yield Problem("stray-file", f"Nothing reads the folder {path}", path, expected=expected, nearest=near)
        elif entry.name.lower().endswith((".yaml", ".yml")):
            yield Problem("stray-file", f"Nothing reads the file {path}", path, expected=f"the file in {expected}")


def _check_links(root: Path) -> Iterator[Problem]:
    """Links that lead out of the site's folder: a stranger's pull request could publish any file through them.

    Those below content/ are met on the way (`_files`).
    """
    folders = [root / "content" / folder for folder, _ in FOLDERS.values()]
    templates = root / "templates"
    for path in (root / "site.yaml", root / "content", *folders, templates, *sorted(templates.rglob("*"))):
        problem = _stray_link(root, path.relative_to(root).as_posix()) if path.is_symlink() else None
        if problem:
            yield problem


def _stray_link(root: Path, path: str) -> Problem | None:
    """What is wrong with a link, if anything is."""
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        return Problem("link-outside", "This link leads out of the site's folder", path, expected="the file itself")
    if not target.exists():
        return Problem("link-outside", "This link leads nowhere", path, expected="the file itself")
    if target.is_dir():
        return Problem("link-outside", "This folder is a link", path, expected="the folder itself")
    return None


def _cannot_read(error: OSError) -> str:
    return f"The file cannot be read: {error.strerror or error}"


def _check_name(entry_id: str, ending: str, suffix: str, path: str) -> Iterator[Problem]:
    if ending != suffix:
        name = entry_id.removesuffix(suffix)
        message, expected = f"A file here ends in `{suffix}`", f"`{name}{suffix}`, or another folder"
        yield Problem("file-name", message, path, expected=expected)
    elif not urls.is_id(entry_id):
        expected = "lower-case letters a to z, digits and single hyphens"
        slug = urls.slug(entry_id)
        near = slug + suffix if slug else ""
        yield Problem("bad-id", f"`{entry_id}` cannot be an id", path, expected=expected, nearest=near)


def _twice(entry_id: str, path: str, other: str) -> Problem:
    message = f"The id `{entry_id}` is taken by {other}"
    return Problem("duplicate-id", message, path, expected="another name for one of the two files")


def _check_shared_ids(content: Content, problems: Problems) -> None:
    """Articles and sources share one set of ids; plain pages must not take another page's address."""
    for entry_id in content.sources.keys() & content.articles.keys():
        problems.add(_twice(entry_id, content.sources[entry_id].path, content.articles[entry_id].path))
    for entry_id in content.pages.keys() & urls.RESERVED:
        message = f"The address `/{entry_id}/` belongs to the site's own pages"
        problems.add(Problem("duplicate-id", message, content.pages[entry_id].path, expected="another file name"))
