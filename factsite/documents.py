"""A file → nested text, exactly as it was typed, or the problems that keep it from being read.

YAML is read from libyaml's events, so every scalar stays text, nothing is guessed, and duplicate keys, anchors, tags and
tabs are seen. Lines are found on demand: `locate` reads a file again when a problem in it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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

from factsite.problems import Keys, Problem, Severity

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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or a value stands."""

    line: int
    column: int
    length: int
    style: str | None = None
    """Of a scalar: `|` and `>` begin their text on the next line."""


class Unreadable(Exception):
    """Raised inside this module only; its problem is what callers get."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


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
    data, found = _parse(text, path, 0)
    return Document(data), found


def read_markdown(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """YAML front matter between two lines `---`, and the Markdown below it."""
    text, problems = decode(content, path)
    if problems:
        return Document({}), problems
    front, body, body_line, problem = _split(text, path)
    if problem:
        return Document({}), [problem]
    data, found = _parse(front, path, 1)
    return Document(data, body, body_line), found


def _split(text: str, path: str) -> tuple[str, str, int, Problem | None]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        expected = "a first line `---`, the fields, a second line `---`, then the text"
        code, message = ("empty-file", "The file is empty") if not text.strip() else ("front-matter", "The file has no front matter")
        return "", "", 1, Problem(code, message, path, line=1, expected=expected)
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]) + "\n", "\n".join(lines[number + 1 :]), number + 2, None
    message = "The front matter is not closed"
    return "", "", 1, Problem("front-matter", message, path, line=1, expected="a second line `---` below the fields")


# --- events to nested text -------------------------------------------------------------------------------------------


def _parse(text: str, path: str, offset: int) -> tuple[dict[str, Any], list[Problem]]:
    """The mapping in `text`, whose first line is line `offset + 1` of the file."""
    problems = list(_tabs(text, path, offset))
    if problems:
        return {}, problems
    if not text.strip():
        return {}, [Problem("empty-file", "The file is empty", path, line=offset + 1, expected="at least the required keys")]
    builder = _Builder(path, offset)
    try:
        data = builder.document(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError as error:
        return {}, [explain(error, text, path, offset)]
    except Unreadable as error:
        return {}, [error.problem]
    problems = builder.problems
    if re.search(r" #[^\s#!]", text):
        problems.extend(_cut_values(text, path, offset))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return ({} if failed else data), problems


def _tabs(text: str, path: str, offset: int) -> Iterator[Problem]:
    if "\t" not in text:
        return
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
                    "each key once",
                )
            seen.setdefault(key, line)
            value = self._node(next(events), events)
            if value not in ("", [], {}):
                data.setdefault(key, value)
        return data

    def _sequence(self, events: Iterator[Any]) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            item = self._node(event, events)
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


def _cut_values(text: str, path: str, offset: int) -> Iterator[Problem]:
    """Plain values that a ` #` cut short: `theme: freedom in #Iran` is read as `freedom in`.

    A comment usually has a space behind its `#`; a hash tag has none.
    """
    lines = text.split("\n")
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, ScalarEvent) and event.style is None and event.value:
            line, end = lines[event.end_mark.line], event.end_mark.column
            match = re.compile(r"\s*#(?=[^\s#!])").match(line, end)
            if match and line[: match.end() - 1].endswith(" "):
                yield Problem(
                    "value-cut",
                    "` #` starts a comment and cut this value",
                    path,
                    line=event.end_mark.line + 1 + offset,
                    column=match.end(),
                    expected="quotes around the value if the `#` belongs to it, a space behind the `#` if it is a comment",
                    severity=Severity.WARNING,
                )


def explain(error: yaml.YAMLError, text: str, path: str, offset: int) -> Problem:
    """What the editor did, from what the parser felt."""
    mark = getattr(error, "problem_mark", None)
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    message, expected, number, column = _diagnose(error, lines, number, column)
    return Problem(
        "yaml", message, path, line=number + 1 + offset, column=column + 1, expected=expected
    )


def _diagnose(error: yaml.YAMLError, lines: list[str], number: int, column: int) -> tuple[str, str, int, int]:
    """Message, remedy and place (from 0) of a YAML error."""
    said = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    begun = getattr(error, "context_mark", None)
    line = lines[number]
    colon = re.match(r"(\s*(?:- )?[\w-]+:\s+)(?![\"'|>\[{])(.*?)(:)(\s|$)", line)
    if "quoted scalar" in context and begun:
        return "A quote opened here is not closed", "the same quotation mark at the end of the value", begun.line, begun.column
    if "mapping values are not allowed" in said and colon:
        return "A colon in a sentence needs quotes", f"quotes around the whole value: `{colon[1].rstrip()} '…'`", number, len(colon[1]) + len(colon[2])
    if "mapping values are not allowed" in said:
        return "This line does not fit the indentation above it", "as many spaces as the key or item that it belongs with", number, _indent(line)
    if "did not find expected key" in said or "did not find expected '-' indicator" in said:
        at, quote = _text_after_quote(lines, number)
        if at >= 0:
            return "Text follows a closed quotation mark", "quotes around the whole value, inner ones doubled", at, quote
        return "This line does not fit the indentation above it", "as many spaces as the key or item that it belongs with", number, _indent(line)
    if "could not find expected ':'" in said:
        return "This line has no `key:`", "`key: value`, or two more spaces if it continues the line above", number, _indent(line)
    if "cannot start any token" in said:
        return f"A value cannot begin with `{line[column : column + 1]}`", "quotes around the value", number, column
    if "expected ',' or" in said:
        return "A list in brackets is not closed", "`]` or `}` at its end, commas between its items", begun.line if begun else number, begun.column if begun else column
    if "control characters" in said or "special characters" in said:
        return "There is an invisible control character here", "the text without it", number, column
    return f"This is not valid YAML: {said or error}", "see the examples in docs/editing.md", number, column


def _text_after_quote(lines: list[str], number: int) -> tuple[int, int]:
    """Where, at `number` or above, a value goes on behind its closing quotation mark; -1 if nowhere near."""
    for at in range(number, max(-1, number - 3), -1):
        match = re.match(r"""\s*(?:- )?[\w-]+:\s+(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?=\s*[^\s#])""", lines[at])
        if match:
            return at, match.end()
    return -1, 0


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# --- finding a line again --------------------------------------------------------------------------------------------


def locate(problem: Problem, content: bytes) -> Problem:
    """The problem with line, column and the offending line filled in, as far as the file still has them."""
    text, _ = decode(content, problem.path)
    lines = text.split("\n")
    if problem.keys is not None:
        problem = _placed(problem, text, lines)
    if problem.line and problem.line <= len(lines):
        problem = replace(problem, source_line=lines[problem.line - 1])
    return problem


def _placed(problem: Problem, text: str, lines: list[str]) -> Problem:
    offset, front = 0, text
    if problem.path.endswith(".md"):
        offset, front = 1, _split(text, problem.path)[0]
    keys_at, values_at = spots(front)
    keys = problem.keys or ()
    own = keys_at if problem.at_key else values_at
    spot = own.get(keys)
    while spot is None and keys:
        spot = (values_at if isinstance(keys[-1], int) else keys_at).get(keys)
        keys = keys[:-1]
    if spot is None:
        return replace(problem, keys=None, line=problem.line or 1)
    if problem.line is None:
        return replace(problem, keys=None, line=spot.line + offset, column=spot.column, length=spot.length)
    below = problem.line - 1 + (1 if spot.style in {"|", ">"} else 0)
    return replace(problem, keys=None, line=min(spot.line + offset + below, len(lines)))


def spots(text: str) -> tuple[dict[Keys, Spot], dict[Keys, Spot]]:
    """Where each key and each value of a YAML text stands, by its keys. Empty if it cannot be parsed."""
    keys_at: dict[Keys, Spot] = {}
    values_at: dict[Keys, Spot] = {}
    try:
        events = list(yaml.parse(text, Loader=Loader))
    except yaml.YAMLError:
        return keys_at, values_at
    iterator = iter(event for event in events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))
    _walk(next(iterator, None), iterator, (), keys_at, values_at)
    return keys_at, values_at


def _walk(event: Any, events: Iterator[Any], keys: Keys, keys_at: dict[Keys, Spot], values_at: dict[Keys, Spot]) -> None:
    if event is None:
        return
    values_at.setdefault(keys, _spot(event))
    if isinstance(event, MappingStartEvent):
        for key in events:
            if isinstance(key, MappingEndEvent):
                return
            below = (*keys, str(getattr(key, "value", "")))
            keys_at.setdefault(below, _spot(key))
            _walk(next(events), events, below, keys_at, values_at)
    elif isinstance(event, SequenceStartEvent):
        for index, item in enumerate(events):
            if isinstance(item, SequenceEndEvent):
                return
            _walk(item, events, (*keys, index), keys_at, values_at)


def _spot(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    single = isinstance(event, ScalarEvent) and end.line == start.line
    return Spot(start.line + 1, start.column + 1, max(1, end.column - start.column) if single else 1, getattr(event, "style", None))
