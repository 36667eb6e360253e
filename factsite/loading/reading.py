"""A file of content → its entry, and what is kept of it; or what is wrong with it."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from contextlib import suppress
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

    One kind of work for all, then the next: the system fetches the others while one is read, and what each kind needs
    stays near the processor.
    """
    found = [_Reading(root, file) for file in listed]
    for each in found:
        each.read()
    for each in found:
        each.parse()
    return msgspec.msgpack.encode([each.finished() for each in found])


def taken(content: bytes) -> list[Read]:
    """What `read_all` gave."""
    return msgspec.msgpack.decode(content, type=list[Read])


class _Reading:
    """A file that is opened, read, parsed, one after the other."""

    def __init__(self, root: Path, file: File) -> None:
        self.file = file
        self.now = stamps.now()
        self.stamp = stamps.UNSURE
        self.content = b""
        self.entry: Entry[model.Written] | None = None
        self.problems: list[Problem] = []
        self.opened: io.FileIO | None = None
        self.place = f"{root}/{file.path}"
        with suppress(OSError):  # which is said when it is read; there may also just be too many open files
            self.opened = io.FileIO(self.place)
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(self.opened.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)

    def read(self) -> None:
        try:
            with self.opened or io.FileIO(self.place) as opened:
                stamp = stamps.of(os.fstat(opened.fileno()))
                self.content = opened.readall()
            self.stamp = stamps.settled(stamp, self.now)
        except OSError as error:
            expected = "a file that may be read"
            self.problems = [Problem("unreadable", files.cannot_read(error), self.file.path, expected=expected)]

    def parse(self) -> None:
        if not self.problems:
            self.entry, self.problems = parse(self.file.kind, self.file.id, self.file.path, self.content)

    def finished(self) -> Read:
        record = _record(self.file.kind, self.entry, self.content, self.problems) if self.entry else None
        return Read(self.stamp, record, self.problems)


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
