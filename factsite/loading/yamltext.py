"""YAML → nested text, exactly as it was typed, or the problems that keep it from being read.

It is read from libyaml's events, so every scalar stays text, nothing is guessed, and duplicate keys, anchors, tags and
tabs are seen. Lines of keys and values are not kept: `places` finds them again when a problem is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    StreamEndEvent,
    StreamStartEvent,
)

from factsite.loading import diagnosis
from factsite.problems import Key, Keys, Problem, Severity

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where it was compiled in; PyYAML's own parser, with the same events, elsewhere."""

Node = dict[str, Any] | list[Any] | str
Parsed = tuple[dict[str, Any], tuple[Keys, ...], list[Problem]]
"""Data, keys without a value, problems."""
FORBIDDEN = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow (https://yaml.org/spec/1.1/#id868524), and byte order marks inside the text."""
ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
ODD_INDENT = re.compile(rf"^ *([{ODD_SPACES}])\s*(?:- |[\w-]+:)", re.MULTILINE)
"""A key or an item behind white space that is not made of spaces."""
LINE_BREAKS = "\x85\u2028\u2029"
"""What YAML 1.1 takes for line breaks and editors do not: with them, lines would be counted wrong."""


def parse(text: str, path: str, offset: int) -> Parsed:
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
        problems = list(_invisible(text, path, offset))
        if problems:
            return {}, (), problems
        found = diagnosis.explain(error, text, is_front=offset > 0)
        line, column = found.line + 1 + offset, found.column + 1
        return {}, (), [Problem("yaml", found.message, path, line=line, column=column, expected=found.expected)]
    problems = builder.problems
    if " #" in text:
        problems.extend(_cut_values(text, path, offset))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return ({} if failed else data), tuple(builder.empty), problems


def plain_lines(text: str) -> str:
    """With line feeds as the only line breaks, so that YAML counts lines as editors do."""
    for line_break in LINE_BREAKS:
        text = text.replace(line_break, " ")
    return text


def _odd_characters(text: str, path: str, offset: int) -> Iterator[Problem]:
    """What looks like a space and is none. Nearly all files have nothing of it, so this looks before it searches."""
    if "\t" in text:
        yield from _tabs(text, path, offset)
    if "\ufeff" in text:
        yield from _invisible(text, path, offset)
    if any(space in text for space in ODD_SPACES):
        for match in ODD_INDENT.finditer(text):
            line, column = _place(text, match.start(1))
            message, expected = "This line is indented with a non-breaking or other odd space", "ordinary spaces"
            yield Problem("odd-space", message, path, line=line + offset, column=column, expected=expected)


def _invisible(text: str, path: str, offset: int) -> Iterator[Problem]:
    for match in FORBIDDEN.finditer(text):
        line, column = _place(text, match.start())
        message, expected = "There is an invisible control character here", "the text without it"
        yield Problem("control-character", message, path, line=line + offset, column=column, expected=expected)


def _place(text: str, start: int) -> tuple[int, int]:
    """Line and column of an offset, from 1."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _tabs(text: str, path: str, offset: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            indented = not line[: line.index("\t")].strip()
            message = "This line is indented with a tab" if indented else "This line has a tab in it"
            expected = "spaces, two for each level"
            yield Problem("tab", message, path, line=number + offset, column=line.index("\t") + 1, expected=expected)


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
                    self._refuse(
                        event, "second-document", "A line `---` begins a second document", "one document in each file"
                    )
            elif not isinstance(event, StreamStartEvent | StreamEndEvent | DocumentEndEvent):
                data = self._node(event, events)
                if documents == 1 and not isinstance(data, dict):
                    self._refuse(
                        event, "no-mapping", "The file does not begin with a key", "lines of the form `key: value`"
                    )
        return data if isinstance(data, dict) else {}

    def _node(self, event: Any, events: Iterator[Any]) -> Node:
        if isinstance(event, ScalarEvent):
            self._check_plain(event)
            return str(event.value)
        if isinstance(event, AliasEvent):
            self._refuse(
                event,
                "yaml-feature",
                f"`*{event.anchor}` is a YAML alias",
                "the value itself, or quotes around the text",
            )
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
            line = self._line(event)
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
            self._refuse(
                event, "yaml-feature", f"`&{event.anchor}` is a YAML anchor", "quotes around text that begins with `&`"
            )
        if event.tag:
            self._refuse(
                event, "yaml-feature", f"`{event.tag}` is a YAML tag", "quotes around text that begins with `!`"
            )

    def _refuse(self, event: Any, code: str, message: str, expected: str) -> None:
        line, column = self._line(event), event.start_mark.column + 1
        self.problems.append(Problem(code, message, self.path, line=line, column=column, expected=expected))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + 1 + self.offset


HASH_TAG = re.compile(r"\s+#(?=[^\s#!])")


def _cut_values(text: str, path: str, offset: int) -> Iterator[Problem]:
    """Plain values that a ` #` cut short: `theme: freedom in #Iran` is read as `freedom in`.

    A comment usually has a space behind its `#`; a hash tag has none.
    """
    lines = text.split("\n")
    events: Iterator[Any] = yaml.parse(text, Loader=Loader)
    for event in events:
        if isinstance(event, ScalarEvent) and not event.style:
            end: Any = event.end_mark
            match = HASH_TAG.match(lines[end.line], end.column)
            if match:
                yield Problem(
                    "value-cut",
                    "` #` starts a comment and cut this value",
                    path,
                    line=end.line + 1 + offset,
                    column=match.end(),
                    expected="quotes around the value if the `#` belongs to it, a space behind it if it is a comment",
                    severity=Severity.WARNING,
                )
