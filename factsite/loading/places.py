"""Where a key or a value of a YAML file stands: found again when a problem is shown, so reading pays nothing for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from yaml import (
    CollectionStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from factsite.loading import files
from factsite.loading.documents import decode, split_front
from factsite.loading.yamltext import DEEPEST, Loader, TooDeep, plain_lines
from factsite.problems import Keys, Problem


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or a value stands."""

    line: int
    column: int
    length: int
    last: int
    """The last line of it."""
    style: str | None = None
    """Of a scalar: `|` and `>` begin their text on the next line."""


def locate(problem: Problem, content: bytes) -> Problem:
    """The problem with line, column and the offending line filled in, as far as the file still has them."""
    text, _ = decode(content, problem.path)
    lines = text.split("\n")
    last = len(lines)
    if problem.keys is not None:
        problem, last = _placed(problem, text, lines)
    if problem.words:
        problem = _underlined(problem, lines[:last])
    if problem.line and problem.line <= len(lines):
        problem = replace(problem, source_line=lines[problem.line - 1])
    return problem


def of_file(problem: Problem, root: Path) -> Problem:
    """The problem with its place, if that is not known yet and the file can still be read."""
    if not problem.path or problem.source_line:
        return problem
    try:
        return locate(problem, files.contents(root, problem.path))
    except OSError:  # the problem may be just that
        return problem


def _placed(problem: Problem, text: str, lines: list[str]) -> tuple[Problem, int]:
    """The problem at its key or value, and the last line of that."""
    offset, front = 0, text
    if problem.path.endswith(".md"):
        offset, front = 1, split_front(text, problem.path)[0]
    keys_at, values_at = spots(front)
    keys = problem.keys or ()
    own = keys_at if problem.at_key else values_at
    spot = own.get(keys)
    while spot is None and keys:
        spot = (values_at if isinstance(keys[-1], int) else keys_at).get(keys)
        keys = keys[:-1]
    if spot is None:
        return replace(problem, keys=None, line=problem.line or 1), len(lines)
    line, last = spot.line + offset, spot.last + offset
    if problem.line is None:
        return replace(problem, keys=None, line=line, column=spot.column, length=spot.length), last
    below = problem.line - 1 + (1 if spot.style in {"|", ">"} else 0)
    return replace(problem, keys=None, line=min(line + below, len(lines))), last


def _underlined(problem: Problem, lines: list[str]) -> Problem:
    """With the caret under its words. They may stand further down than its line: YAML joins lines, and so do links."""
    for number in range(problem.line or 1, len(lines) + 1):
        column = lines[number - 1].find(problem.words) + 1
        if column:
            return replace(problem, line=number, column=column, length=len(problem.words), words="")
    return replace(problem, words="")


def spots(text: str) -> tuple[dict[Keys, Spot], dict[Keys, Spot]]:
    """Where each key and each value of a YAML text stands, by its keys. Empty if it cannot be parsed."""
    keys_at: dict[Keys, Spot] = {}
    values_at: dict[Keys, Spot] = {}
    try:
        events = list(yaml.parse(plain_lines(text), Loader=Loader))
        iterator = iter(event for event in events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))
        _walk(next(iterator, None), iterator, (), keys_at, values_at)
    except yaml.YAMLError:
        return {}, {}
    return keys_at, values_at


def _walk(
    event: Any, events: Iterator[Any], keys: Keys, keys_at: dict[Keys, Spot], values_at: dict[Keys, Spot]
) -> None:
    if event is None:
        return
    values_at.setdefault(keys, _spot(event))
    if len(keys) > DEEPEST:
        raise TooDeep
    if isinstance(event, MappingStartEvent):
        for key in events:
            if isinstance(key, MappingEndEvent):
                return
            below = (*keys, str(getattr(key, "value", "")))
            keys_at.setdefault(below, _spot(key))
            if isinstance(key, CollectionStartEvent):
                _walk(key, events, below, {}, {})
            _walk(next(events), events, below, keys_at, values_at)
    elif isinstance(event, SequenceStartEvent):
        for index, item in enumerate(events):
            if isinstance(item, SequenceEndEvent):
                return
            _walk(item, events, (*keys, index), keys_at, values_at)


def _spot(event: Any) -> Spot:
    start, end = event.start_mark, event.end_mark
    single = isinstance(event, ScalarEvent) and end.line == start.line
    return Spot(
        start.line + 1,
        start.column + 1,
        max(1, end.column - start.column) if single else 1,
        end.line + (1 if end.column else 0),
        getattr(event, "style", None),
    )
