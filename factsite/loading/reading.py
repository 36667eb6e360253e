"""A file of content → its entry, and what is kept of it; or what is wrong with it."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from factsite import markdown, model
from factsite.loading import documents, files, outlines, references
from factsite.loading.entries import Entry
from factsite.loading.outlines import Record
from factsite.loading.validation import validate
from factsite.problems import Problem
from factsite.remembering import memo, stamps
from factsite.remembering.stamps import Stamp


@dataclass(frozen=True, slots=True)
class File:
    """A file of content that is to be read."""

    kind: str
    id: str
    path: str
    """Relative to the site's root, with forward slashes."""


class Read(msgspec.Struct, frozen=True, array_like=True):
    """What came of a file."""

    stamp: Stamp
    """When it was read."""
    record: Record | None
    """What is kept of it."""
    problems: list[Problem]
    """What is wrong with it."""


def read_all(root: Path, listed: Sequence[File]) -> bytes:
    """What came of each of these files, in their order, as msgpack: so it goes from one process to another.

    All are opened first, so that the system can fetch the others while one is looked at.
    """
    opened = [(file, *_opened(root, file)) for file in listed]
    return msgspec.msgpack.encode([_read(file, now, stream) for file, now, stream in opened])


def taken(content: bytes) -> list[Read]:
    """What `read_all` gave."""
    return msgspec.msgpack.decode(content, type=list[Read])


def _opened(root: Path, file: File) -> tuple[int, io.FileIO | OSError]:
    """When it was opened, and the file; or why it cannot be."""
    now = stamps.now()
    try:
        opened = io.FileIO(f"{root}/{file.path}")
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)
    except OSError as error:
        return now, error
    return now, opened


def _read(file: File, now: int, opened: io.FileIO | OSError) -> Read:
    try:
        if isinstance(opened, OSError):
            raise opened
        with opened:
            stamp = stamps.of(os.fstat(opened.fileno()))
            content = opened.readall()
    except OSError as error:
        problem = Problem("unreadable", files.cannot_read(error), file.path, expected="a file that may be read")
        return Read(stamps.UNSURE, None, [problem])
    entry, found = parse(file.kind, file.id, file.path, content)
    record = _record(file.kind, entry, content, found) if entry else None
    return Read(stamps.settled(stamp, now), record, found)


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
    if path.endswith(".md") and not document.body.strip():
        message, expected = f"The {kind} has no text", "its text below the front matter"
        problems.append(Problem("no-text", message, path, line=document.body_line, expected=expected))
    return Entry(entry_id, path, data, document.body, document.body_line), problems


def _record(kind: str, entry: Entry[model.Written], content: bytes, problems: Sequence[Problem]) -> Record:
    """What is kept of an entry."""
    refs, is_faulty = references.needs(entry)
    is_article = kind == "article"
    text = msgspec.msgpack.encode(markdown.paragraphs(entry.body, entry.body_line)) if is_article else None
    data = msgspec.msgpack.encode(entry.data.model_dump(mode="json", by_alias=True, exclude_unset=True))
    return Record(
        digest=memo.digest(entry.path.encode(), content),
        data=memoryview(data),
        body="" if is_article and not is_faulty else entry.body,
        body_line=entry.body_line,
        outline=outlines.of(entry.data, refs, suspect=is_faulty),
        problems=msgspec.msgpack.encode(problems) if problems else b"",
        paragraphs=memoryview(text) if text else None,
    )
