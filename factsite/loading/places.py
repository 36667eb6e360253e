"""Where a key or a value of a YAML file stands: found again when a problem is shown, so reading pays nothing for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from yaml import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from factsite.loading.documents import decode, split_front
from factsite.loading.yamltext import Loader, plain_lines
from factsite.problems import Keys, Problem


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a key or a value stands."""

    line: int
    column: int
    length: int
    style: str | None = None
    """Of a scalar: `|` and `>` begin their text on the next line."""


def locate(problem: Problem, content: bytes) -> Problem:
    """The problem with line, column and the offending line filled in, as far as the file still has them."""
    text, _ = decode(content, problem.path)
    lines = text.split("\n")
    if problem.keys is not None:
        problem = _placed(problem, text, lines)
    if problem.line and problem.line <= len(lines):
        problem = replace(problem, source_line=lines[problem.line - 1])
    return problem


def of_file(problem: Problem, root: Path) -> Problem:
    """The problem with its place, if that is not known yet and the file can still be read."""
    path = root / problem.path
    if not problem.path or problem.source_line:
        return problem
    try:
        return locate(problem, path.read_bytes())
    except OSError:  # the problem may be just that
        return problem


def _placed(problem: Problem, text: str, lines: list[str]) -> Problem:
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
        events = list(yaml.parse(plain_lines(text), Loader=Loader))
    except yaml.YAMLError:
        return keys_at, values_at
    iterator = iter(event for event in events if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent))
    _walk(next(iterator, None), iterator, (), keys_at, values_at)
    return keys_at, values_at


def _walk(
    event: Any, events: Iterator[Any], keys: Keys, keys_at: dict[Keys, Spot], values_at: dict[Keys, Spot]
) -> None:
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
    return Spot(
        start.line + 1,
        start.column + 1,
        max(1, end.column - start.column) if single else 1,
        getattr(event, "style", None),
    )
