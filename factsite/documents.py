"""A file → nested text, exactly as it was typed, or the problems that keep it from being read.

YAML is read from libyaml's events, so every scalar stays text, nothing is guessed, and duplicate keys, anchors, tags and
tabs are seen. Lines of keys and values are not kept: `places` finds them again when a problem is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from factsite import diagnosis
from factsite.problems import Key, Keys, Problem, Severity

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where it was compiled in; PyYAML's own parser, with the same events, elsewhere."""

Node = dict[str, Any] | list[Any] | str


@dataclass(frozen=True, slots=True)
class Document:
    """What stands in a file."""

    data: dict[str, Any]
    """Nested mappings, lists and texts; keys without a value are left out."""
    body: str = ""
    """The Markdown below the front matter."""
    body_line: int = 1
    """Line of the file where the body begins."""
    empty: tuple[Keys, ...] = ()
    """The keys without a value."""


def decode(content: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, with or without a byte order mark, line ends as `\\n`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "not-utf8",
            "The file is not UTF-8 text",
            path,
            line=line,
            expected="save the file with the encoding UTF-8",
        )
        return "", [problem]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def read_yaml(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """A YAML file. With an error among the problems, the document is empty."""
    text, problems = decode(content, path)
    if problems:
        return Document({}), problems
    data, empty, found = _parse(text, path, 0)
    return Document(data, empty=empty), found


def read_markdown(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """YAML front matter between two lines `---`, and the Markdown below it."""
    text, problems = decode(content, path)
    if problems:
        return Document({}), problems
    front, body, body_line, problem = split_front(text, path)
    if problem:
        return Document({}), [problem]
    data, empty, found = _parse(front, path, 1)
    return Document(data, body, body_line, empty), found


def split_front(text: str, path: str) -> tuple[str, str, int, Problem | None]:
    """Front matter, body, the line on which the body begins, and what is wrong with the lines `---` around the former."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return "", "", 1, _unopened(text, lines, path)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2, None
    return "", "", 1, _unclosed(lines, path)


FENCE = re.compile(r"\s*(?:-\s?){2,}\s*|\s*[—–―_=]+\s*|\.\.\.\s*")
"""What is meant as a line `---` and is none."""
ENTRY = re.compile(r"\s*(?:-\s|#|[\w-]+:(?:\s|$))|\s+\S|\s*$")
"""What lines of front matter look like."""


def _unopened(text: str, lines: list[str], path: str) -> Problem:
    expected = "a first line `---`, the fields, a second line `---`, then the text"
    if not text.strip():
        return Problem("empty-file", "The file is empty", path, line=1, expected=expected)
    first = next(number for number, line in enumerate(lines) if line.strip())
    if lines[first].rstrip() == "---":
        message = "Above the first line `---` there is an empty line"
        return Problem("front-matter", message, path, line=1, expected="`---` on the first line of the file")
    if FENCE.fullmatch(lines[first]):
        message = "The first line is not `---`"
        return Problem("front-matter", message, path, line=first + 1, expected="three hyphens and nothing else")
    if ENTRY.match(lines[first]):
        message = "The line `---` above the fields is missing"
        return Problem("front-matter", message, path, line=first + 1, expected="a line `---` above this one")
    return Problem("front-matter", "The file has no front matter", path, line=first + 1, expected=expected)


def _unclosed(lines: list[str], path: str) -> Problem:
    number = next((n for n, line in enumerate(lines) if n and (FENCE.fullmatch(line) or not ENTRY.match(line))), None)
    message, expected = "The front matter is not closed", "a line `---` below the fields"
    if number is None:
        return Problem("front-matter", message, path, line=1, expected=expected)
    if FENCE.fullmatch(lines[number]):
        expected = "`---` here: three hyphens and nothing else"
    else:
        expected = "a line `---` between the fields and the text, which seems to begin here"
    return Problem("front-matter", message, path, line=number + 1, expected=expected)


# --- events to nested text -------------------------------------------------------------------------------------------

Parsed = tuple[dict[str, Any], tuple[Keys, ...], list[Problem]]
"""Data, keys without a value, problems."""
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow (https://yaml.org/spec/1.1/#id868524), and byte order marks inside the text."""
ODD_INDENT = re.compile(r"^ *([^\S \t\n])\s*(?:- |[\w-]+:)", re.M)
"""A key or an item behind white space that is not made of spaces."""
LINE_BREAKS = dict.fromkeys(map(ord, "\x85\u2028\u2029"), " ")
"""What YAML 1.1 takes for line breaks and editors do not: with them, lines would be counted wrong."""


def _parse(text: str, path: str, offset: int) -> Parsed:
    """The mapping in `text`, whose first line is line `offset + 1` of the file."""
    problems = list(_odd_characters(text, path, offset))
    if problems:
        return {}, (), problems
    if not text.strip():
        expected = "at least the required keys"
        return {}, (), [Problem("empty-file", "The file is empty", path, line=offset + 1, expected=expected)]
    text = plain_lines(text)
    builder = _Builder(path, offset)
    try:
        data = builder.document(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        found = diagnosis.explain(error, text, is_front=offset > 0)
        line, column = found.line + 1 + offset, found.column + 1
        return {}, (), [Problem("yaml", found.message, path, line=line, column=column, expected=found.expected)]
    problems = builder.problems
    if " #" in text:
        problems.extend(_cut_values(text, path, offset))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return ({} if failed else data), tuple(builder.empty), problems


def plain_lines(text: str) -> str:
    """With `\\n` as the only line break, so that YAML counts lines as editors do."""
    return text if text.isascii() else text.translate(LINE_BREAKS)


def _odd_characters(text: str, path: str, offset: int) -> Iterator[Problem]:
    """Tabs, and what cannot be seen in an editor."""
    if "\t" in text:
        yield from _tabs(text, path, offset)
    for pattern, code, message, expected in (
        (FORBIDDEN, "control-character", "There is an invisible control character here", "the text without it"),
        (ODD_INDENT, "odd-space", "This line is indented with a non-breaking or other odd space", "ordinary spaces"),
    ):
        for match in () if pattern is ODD_INDENT and text.isascii() else pattern.finditer(text):
            start = match.start(match.lastindex or 0)
            line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
            yield Problem(code, message, path, line=line + offset, column=column, expected=expected)


def _tabs(text: str, path: str, offset: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            indented = not line[: line.index("\t")].strip()
            message = "This line is indented with a tab" if indented else "This line has a tab in it"
            column = line.index("\t") + 1
            yield Problem("tab", message, path, line=number + offset, column=column, expected="spaces, two for each level")


class _Builder:
    """Turns one document's events into nested text, collecting what is not allowed."""

    def __init__(self, path: str, offset: int) -> None:
        self.path = path
        self.offset = offset
        self.problems: list[Problem] = []
        self.empty: list[Keys] = []
        self.keys: list[Key] = []

    def document(self, events: Iterator[Any]) -> dict[str, Any]:
        data: Node = {}
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, "second-document", "A line `---` begins a second document", "one document in each file")
            elif not isinstance(event, StreamStartEvent | StreamEndEvent | DocumentEndEvent):
                data = self._node(event, events)
                if documents == 1 and not isinstance(data, dict):
                    self._refuse(event, "no-mapping", "The file does not begin with a key", "lines of the form `key: value`")
        return data if isinstance(data, dict) else {}

    def _node(self, event: Any, events: Iterator[Any]) -> Node:
        if isinstance(event, ScalarEvent):
            self._check_plain(event)
            return str(event.value)
        if isinstance(event, AliasEvent):
            self._refuse(event, "yaml-feature", f"`*{event.anchor}` is a YAML alias", "the value itself, or quotes around the text")
            return ""
        self._check_plain(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events)
        return self._sequence(events)

    def _mapping(self, events: Iterator[Any]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        seen: dict[str, int] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                self._refuse(event, "yaml-feature", "A key must be a word", "lines of the form `key: value`")
                self._node(event, events)
                self._node(next(events), events)
                continue
            key = str(event.value)
            line = event.start_mark.line + 1 + self.offset
            if key in seen:
                self._refuse(
                    event,
                    "duplicate-key",
                    f"The key `{key}` stands here a second time; it is also on line {seen[key]}",
                    "each key once; a further item of a list begins with `- `",
                )
            seen.setdefault(key, line)
            self.keys.append(key)
            value = self._node(next(events), events)
            if value:
                data.setdefault(key, value)
            else:
                self.empty.append(tuple(self.keys))
            self.keys.pop()
        return data

    def _sequence(self, events: Iterator[Any]) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            self.keys.append(len(items))
            item = self._node(event, events)
            self.keys.pop()
            # An empty item stays, so that positions in the list are those of the file; the model refuses it.
            items.append(item)
        return items

    def _check_plain(self, event: Any) -> None:
        if event.anchor:
            self._refuse(event, "yaml-feature", f"`&{event.anchor}` is a YAML anchor", "quotes around text that begins with `&`")
        if event.tag:
            self._refuse(event, "yaml-feature", f"`{event.tag}` is a YAML tag", "quotes around text that begins with `!`")

    def _refuse(self, event: Any, code: str, message: str, expected: str) -> None:
        mark = event.start_mark
        self.problems.append(
            Problem(code, message, self.path, line=mark.line + 1 + self.offset, column=mark.column + 1, expected=expected)
        )


HASH_TAG = re.compile(r"\s+#(?=[^\s#!])|(?<=:) +# ?(?=\S)")


def _cut_values(text: str, path: str, offset: int) -> Iterator[Problem]:
    """Plain values that a ` #` cut short: `theme: freedom in #Iran` is read as `freedom in`.

    A comment usually has a space behind its `#`; a hash tag has none. A value that is nothing but a comment is suspect
    in both cases, unless lines of its own follow.
    """
    lines = text.split("\n")
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, ScalarEvent) and event.style is None:
            line, end = lines[event.end_mark.line], event.end_mark.column
            match = HASH_TAG.match(line, end)
            if match and (event.value or line[match.end() - 1] == "#"):
                yield Problem(
                    "value-cut",
                    "` #` starts a comment and cut this value",
                    path,
                    line=event.end_mark.line + 1 + offset,
                    column=line.index("#", end) + 1,
                    expected="quotes around the value if the `#` belongs to it, a space behind the `#` if it is a comment",
                    severity=Severity.WARNING,
                )
