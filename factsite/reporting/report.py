"""Problems → what people and machines read: text with the line and a caret, plain data, GitHub annotations."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import PurePosixPath
from typing import IO

from factsite.problems import Problem, Severity

DOCS = "docs/problems.md"
ROOM = 110
"""Columns that an offending line may take; longer ones are cut around the place of the mistake."""
LEAD = 45
"""Columns in front of the mistake that a cut line keeps."""
Span = tuple[str, str]
"""A stretch of text and its style in rich's words; empty for plain."""


def summary(problems: Iterable[Problem]) -> str:
    """`3 errors, 1 warning`."""
    found = [problem.severity for problem in problems]
    counts = [(found.count(severity), str(severity)) for severity in Severity]
    return ", ".join(f"{n} {name}{'' if n == 1 else 's'}" for n, name in counts if n) or "no problems"


# --- the offending line ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line as it can be shown: control characters visible, too long ones cut."""

    before: str
    marked: str
    """What the caret points at; empty at the end of a line or if no column is known."""
    after: str

    @property
    def line(self) -> str:
        """All of it."""
        return self.before + self.marked + self.after


def excerpt(problem: Problem) -> Excerpt:
    """The problem's line around its column."""
    line = problem.source_line
    start = min((problem.column or 1) - 1, len(line))
    end = min(start + problem.length, len(line)) if problem.column else start
    before, marked, after = (visible(part) for part in (line[:start], line[start:end], line[end:].rstrip()))
    if width(before + marked + after) <= ROOM:
        return Excerpt(before, marked, after)
    if width(before) > LEAD:
        before = "…" + _last(before, LEAD - 1)
    if width(before + marked) >= ROOM:
        return Excerpt(before, _first(marked, ROOM - width(before) - 1) + "…", "")
    room = ROOM - width(before + marked)
    return Excerpt(before, marked, after if width(after) <= room else _first(after, room - 1) + "…")


def caret(shown: Excerpt) -> str:
    """The line below the excerpt that points at its marked part."""
    return " " * width(shown.before) + "^" * max(1, width(shown.marked))


def width(text: str) -> int:
    """Columns that a terminal gives to a text: two for wide characters, none for combining and invisible ones."""
    return len(text) if text.isascii() else sum(map(_width, text))


def _width(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _first(text: str, columns: int) -> str:
    kept = ""
    for character in text:
        columns -= _width(character)
        if columns < 0:
            break
        kept += character
    return kept


def _last(text: str, columns: int) -> str:
    return _first(text[::-1], columns)[::-1]


def visible(text: str) -> str:
    """Tabs as arrows; what would move the cursor or reverse the text as a replacement character."""
    text = text.replace("\t", "→   ")
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\N{REPLACEMENT CHARACTER}", text)


# --- text ------------------------------------------------------------------------------------------------------------


def wants_color(stream: IO[str]) -> bool:
    """Only terminals, and only if nobody objects (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def text(problems: Sequence[Problem], *, color: bool = False, prefix: str = "") -> str:
    """All problems and the summary, each line ended. `prefix` leads from the reader's folder to the site's root."""
    lines: list[list[Span]] = []
    for problem in problems:
        lines += [*_lines(problem, prefix), []]
    lines.append([(summary(problems), "bold")])
    return _colored(lines) if color else "".join("".join(part for part, _ in line) + "\n" for line in lines)


def _lines(problem: Problem, prefix: str) -> Iterator[list[Span]]:
    style = "bold red" if problem.severity is Severity.ERROR else "bold yellow"
    where = place(problem, prefix)
    yield [
        (f"{where}: " if where else "", "bold"),
        (f"{problem.severity}[{problem.code}]", style),
        (f": {visible(said(problem))}", "bold"),
    ]
    margin = " " * max(4, len(str(problem.line or "")))
    if problem.source_line.strip():
        shown = excerpt(problem)
        yield [(f"{problem.line:>{len(margin)}} | ", "blue"), (shown.line, "")]
        if problem.column:
            yield [(f"{margin} | ", "blue"), (caret(shown), style)]
    for name, value in remarks(problem):
        first, *others = value.split("\n")
        yield [(f"{margin} = ", "blue"), (f"{name}: " if name else "", "bold"), (visible(first), "")]
        yield from ([(f"{margin}   {visible(line)}", "")] for line in others)


def said(problem: Problem) -> str:
    """The message, with what it quotes cut to a length that can be read: a key or an id may have a thousand letters."""
    return re.sub(r"`([^`\n]*)`", lambda quoted: f"`{_cut(quoted[1])}`", problem.message)


def _cut(text: str) -> str:
    return text if len(text) < 90 else text[:80] + "…"


def place(problem: Problem, prefix: str = "") -> str:
    """`content/claims/a.yaml:7:13`, as far as it is known."""
    parts = (_path(problem, prefix), problem.line, problem.column if problem.line else None)
    return ":".join(str(part) for part in parts if part)


def _path(problem: Problem, prefix: str) -> str:
    return str(PurePosixPath(prefix) / problem.path) if problem.path else ""


def remarks(problem: Problem) -> Iterator[tuple[str, str]]:
    """What is said below the line: name and text."""
    if problem.expected:
        yield "expected", problem.expected
    if problem.nearest:
        yield "did you mean", f"`{problem.nearest}`?"
    for note in problem.notes:
        yield "", note
    yield "see", f"{DOCS}#{problem.code}"


def _colored(lines: Iterable[list[Span]]) -> str:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as captured:
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=True)
    return captured.get()


# --- machines --------------------------------------------------------------------------------------------------------


def data(problem: Problem, prefix: str = "") -> dict[str, object]:
    """The problem as JSON values."""
    known = asdict(problem)
    names = ("code", "message", "line", "column", "length", "source_line", "expected", "nearest", "notes")
    return {"severity": str(problem.severity), "path": _path(problem, prefix)} | {name: known[name] for name in names}


def github(problems: Iterable[Problem], prefix: str = "") -> str:
    """Workflow commands, which GitHub shows beside the changed lines of a pull request."""
    return "".join(_command(problem, prefix) + "\n" for problem in problems)


def _command(problem: Problem, prefix: str) -> str:
    properties = {
        "file": _path(problem, prefix),
        "line": problem.line,
        "col": problem.column,
        "endColumn": problem.column + problem.length if problem.column else None,
        "title": problem.code,
    }
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
    message = "\n".join([said(problem), *(f"{name}: {value}" if name else value for name, value in remarks(problem))])
    return f"::{problem.severity} {given}::{_message(message)}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
