"""YAML → nested text, exactly as it was typed, or the problems that keep it from being read.

It is read from libyaml's events, so every scalar stays text, nothing is guessed, and duplicate keys, anchors, tags and
tabs are seen. Lines of keys and values are not kept: `places` finds them again when a problem is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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

from factsite.loading import diagnosis, yamlpunctuation
from factsite.loading.yamllines import BULLET, ODD_SPACES
from factsite.problems import Key, Keys, Problem, Severity

Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""libyaml where it was compiled in; PyYAML's own parser, with the same events, elsewhere."""

Node = dict[str, Any] | list[Any] | str
Parsed = tuple[dict[str, Any], tuple[Keys, ...], list[Problem]]
"""Data, keys without a value, problems."""
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML does not allow (https://yaml.org/spec/1.1/#id868524), and byte order marks inside the text.
They are listed, not those that are allowed: `re` would make a table of 65,536 entries of these, at each start."""
ODD_INDENT = re.compile(rf"^ *([{ODD_SPACES}])\s*(?:- |[\w-]+:)", re.MULTILINE)
"""A key or an item behind white space that is not made of spaces."""
DEEPEST = 20
"""Levels of lists and groups inside one another; content needs four. More would exhaust Python's stack."""
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
    builder = _Builder(text, path, offset)
    try:
        data = builder.document(_events(text))
    except TooDeep:
        return {}, (), builder.problems
    except yaml.YAMLError as error:
        problems = list(invisible(text, path, offset))
        if problems:
            return {}, (), problems
        found = diagnosis.explain(error, text, is_front=offset > 0)
        where: Any = {"line": found.line + 1 + offset, "column": found.column + 1, "length": found.length}
        return {}, (), [Problem("yaml", found.message, path, **where, expected=found.expected)]
    problems = builder.problems
    if " #" in text:
        problems.extend(_cut_values(text, path, offset))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    return ({} if failed else data), tuple(builder.empty), problems


def _events(text: str) -> Iterator[Any]:
    """What `yaml.parse` gives, asking the parser once for each event."""
    return iter(Loader(text).get_event, None)


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
        yield from invisible(text, path, offset)
    if any(space in text for space in ODD_SPACES):
        for match in ODD_INDENT.finditer(text):
            line, column = _place(text, match.start(1))
            message, expected = "This line is indented with a non-breaking or other odd space", "ordinary spaces"
            yield Problem("odd-space", message, path, line=line + offset, column=column, expected=expected)


def invisible(text: str, path: str, offset: int) -> Iterator[Problem]:
    """Characters that must not stand in a file, the first of each line: a damaged file may have thousands."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := FORBIDDEN.search(line):
            message, expected, column = (
                "There is an invisible control character here",
                "the text without it",
                found.end(),
            )
            yield Problem("control-character", message, path, line=number + offset, column=column, expected=expected)


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


class TooDeep(yaml.YAMLError):
    """More than `DEEPEST` levels; what follows is not looked at."""


class _Builder:
    """Turns one document's events into nested text, collecting what is not allowed."""

    def __init__(self, text: str, path: str, offset: int) -> None:
        self.text = text
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
            if event.anchor or event.tag:
                self._check_plain(event)
            if event.style == '"':
                self._check_escapes(event)
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
        if len(self.keys) > DEEPEST:
            message = f"Lists and groups are nested more than {DEEPEST} deep here"
            self._refuse(event, "yaml", message, "the form that docs/editing.md shows")
            raise TooDeep
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events)
        return self._sequence(events)

    def _mapping(self, start: Any, events: Iterator[Any]) -> dict[str, Any]:
        data: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                if start.flow_style:
                    self._check_braces(start, event, seen)
                break
            key = self._key(event, events, seen)
            self.keys.append(key)
            known = len(self.empty)
            value = self._node(next(events), events)
            # A group of keys without values stays, so that one in the wrong place does not pass unseen.
            if value or len(self.empty) > known:
                data.setdefault(key, value)
            if not value:
                self.empty.append(tuple(self.keys))
            self.keys.pop()
        return data

    def _key(self, event: Any, events: Iterator[Any], seen: dict[str, Any]) -> str:
        """The key, with all that is wrong with it. `seen`: the events of the group's keys so far."""
        if not isinstance(event, ScalarEvent):
            self._refuse(event, "yaml-feature", "A key must be a word", "lines of the form `key: value`")
            self.keys.append("")
            self._node(event, events)
            self.keys.pop()
            return ""
        if event.style == '"':
            self._check_escapes(event)
        key = str(event.value)
        if not key[:1].isalnum() and BULLET.match(key):
            mistake = yamlpunctuation.bullet(0, 0, key)
            self._refuse(event, "yaml", mistake.message, mistake.expected)
        elif key in seen:
            self._refuse(
                event,
                "duplicate-key",
                f"The key `{key}` stands here a second time; it is also on line {self._line(seen[key])}",
                "each key once; a further item of a list begins with `- `",
            )
        seen.setdefault(key, event)
        return key

    def _check_braces(self, start: Any, end: Any, keys: Iterable[str]) -> None:
        """`{mayor}` is a key without a value in YAML; whoever writes it means a list."""
        inside = self.text[start.end_mark.index : end.start_mark.index]
        if inside.strip() and ":" not in inside:
            items = ", ".join(keys)
            expected = f"square brackets around a list: `[{items if len(items) < 60 else '…'}]`"
            self._refuse(start, "yaml", "Braces hold keys with values, not a list", expected)

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

    def _check_escapes(self, event: Any) -> None:
        r"""What may not stand in a file may not stand behind an escape: `"C:\budget"` has a backspace in it."""
        found = FORBIDDEN.search(event.value)
        if found:
            message = f"A backslash in these quotes makes the control character U+{ord(found[0]):04X}"
            expected = r"the text without it; a backslash itself is written `\\` between double quotes"
            self._refuse(event, "control-character", message, expected)

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
    for event in _events(text):
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
                    expected="quotes around the value if the `#` belongs to it, a space after it if it is a comment",
                    severity=Severity.WARNING,
                )
