"""site.yaml and content/ → validated entries by id. Reads everything, links nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

import msgspec

from factsite import markdown, model, urls
from factsite.loading import documents, outlines, references
from factsite.loading.entries import FOLDERS, Content, Entry, Records
from factsite.loading.outlines import Record
from factsite.loading.validation import validate
from factsite.problems import Problem, Problems, nearest
from factsite.remembering import memo, stamps
from factsite.remembering.stamps import Stamp
from factsite.working import executor

__all__ = ["FOLDERS", "Content", "Entry", "File", "Kept", "is_ignored", "load", "parse"]

CHUNK, FEW = 100, 200
"""Files that one process reads at a time, and those for which none is started."""


@dataclass(slots=True)
class Kept:
    """What earlier builds made of the files of content, by path; replaced by what this one does."""

    files: dict[str, tuple[Stamp, Record]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class File:
    """A file of content that is to be read."""

    kind: str
    id: str
    path: str
    """Relative to the site's root, with forward slashes."""


def load(root: Path, problems: Problems, kept: Kept | None = None, processes: int = 0) -> Content:
    """Everything below `root`, as far as it can be read. Files that did not change are taken from what is kept."""
    kept = kept if kept is not None else Kept()
    problems.extend(_check_folders(root))
    problems.extend(_check_links(root))
    content = Content(settings=_settings(root, problems))
    listed: dict[File, Stamp] = {}
    for kind in FOLDERS:
        listed.update(_listed(root, kind, content.records, problems))
    _records(root, listed, kept, content.records, problems, processes)
    for kind, (folder, _) in FOLDERS.items():
        setattr(content, folder, content.records.lazily(kind))
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


def _listed(root: Path, kind: str, records: Records, problems: Problems) -> dict[File, Stamp]:
    """The files of a kind whose names are right, and which no other file takes the place of."""
    folder, suffix = FOLDERS[kind]
    paths = records.paths[kind]
    listed: dict[File, Stamp] = {}
    for path, stamp in _files(root, f"content/{folder}", problems):
        name = PurePosixPath(path) if "." in path[: -len(suffix)] or not path.endswith(suffix) else None
        entry_id = name.stem if name else path[path.rindex("/") + 1 : -len(suffix)]
        found = list(_check_name(entry_id, name.suffix if name else suffix, suffix, path))
        if entry_id in paths:
            found.append(_twice(entry_id, path, paths[entry_id]))
        problems.extend(found)
        if not found:
            paths[entry_id] = path
            listed[File(kind, entry_id, path)] = stamp
    return listed


def _records(
    root: Path, listed: Mapping[File, Stamp], kept: Kept, records: Records, problems: Problems, processes: int
) -> None:
    """The record of each file: the one that is kept, or a new one."""
    known = {file: kept.files[file.path] for file in listed if file.path in kept.files}
    fresh = [file for file, stamp in listed.items() if file not in known or known[file][0] != stamp]
    read = partial(_read_all, root)
    made: dict[File, tuple[Stamp, Record]] = {}
    for part in executor.spread(read, fresh, chunk=CHUNK, few=FEW, processes=processes):
        for file, stamp, record, found in part:
            problems.extend(found)
            if record:
                made[file] = (stamp, record)
    kept.files = {}
    for file in listed:
        entry = made.get(file) or (known[file] if file in known and file not in made and file not in fresh else None)
        if entry is None:
            records.paths[file.kind].pop(file.id)
            continue
        kept.files[file.path] = entry
        records.found[file.kind][file.id] = entry[1]
        if entry[1].problems and file not in made:
            problems.extend(msgspec.msgpack.decode(entry[1].problems, type=list[Problem]))


Made = tuple[File, Stamp, Record | None, list[Problem]]


def _read_all(root: Path, files: Sequence[File]) -> list[Made]:
    return [_read(root, file) for file in files]


def _read(root: Path, file: File) -> Made:
    now = stamps.now()
    try:
        with (root / file.path).open("rb") as opened:
            stamp = stamps.of(os.fstat(opened.fileno()))
            content = opened.read()
    except OSError as error:
        problem = Problem("unreadable", _cannot_read(error), file.path, expected="a file that may be read")
        return file, stamps.UNSURE, None, [problem]
    entry, found = parse(file.kind, file.id, file.path, content)
    record = _record(file.kind, entry, content, found) if entry else None
    return file, stamps.settled(stamp, now), record, found


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


def _record(kind: str, entry: Entry[model.Written], content: bytes, warnings: Sequence[Problem]) -> Record:
    """What is kept of an entry."""
    refs, is_faulty = references.needs(entry)
    text = markdown.paragraphs(entry.body, entry.body_line) if kind == "article" else None
    return Record(
        digest=memo.digest(entry.path.encode(), content),
        data=msgspec.msgpack.encode(entry.data.model_dump(mode="json", by_alias=True, exclude_unset=True)),
        body=entry.body,
        body_line=entry.body_line,
        outline=outlines.of(entry.data, refs, suspect=is_faulty),
        problems=msgspec.msgpack.encode(warnings) if warnings else b"",
        paragraphs=msgspec.msgpack.encode(text) if text is not None else b"",
    )


# --- files -----------------------------------------------------------------------------------------------------------


def is_ignored(name: str) -> bool:
    """Hidden files, and what editors and systems leave behind."""
    return (
        name.startswith((".", "#", "~$")) or name.endswith(("~", ".swp", ".swo", ".tmp", ".bak")) or name == "Thumbs.db"
    )


def _files(root: Path, folder: str, problems: Problems) -> Iterator[tuple[str, Stamp]]:
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
            yield path, _stamp(entry)


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    try:
        return stamps.of(entry.stat())
    except OSError:  # gone meanwhile: reading it will say so
        return stamps.UNSURE


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
