"""A file → what stands in it: YAML as nested text, Markdown below YAML front matter; or why it cannot be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from factsite.loading import yamltext
from factsite.problems import Keys, Problem


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
    """The text of a file: UTF-8, with or without a byte order mark, any line ends turned into line feeds."""
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
    data, empty, found = yamltext.parse(text, path, 0)
    return Document(data, empty=empty), found


def read_markdown(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """YAML front matter between two lines `---`, and the Markdown below it."""
    text, problems = decode(content, path)
    if problems:
        return Document({}), problems
    front, body, body_line, problem = split_front(text, path)
    if problem:
        return Document({}), [problem]
    data, empty, found = yamltext.parse(front, path, 1)
    return Document(data, body, body_line, empty), found


def split_front(text: str, path: str) -> tuple[str, str, int, Problem | None]:
    """Front matter, body, the line on which the body begins, and what is wrong with the lines `---`."""
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
    if re.match(r"[\w-]+:(?:\s|$)", lines[first]):
        message = "The line `---` above the fields is missing"
        return Problem("front-matter", message, path, line=first + 1, expected="a line `---` above this one")
    return Problem("front-matter", "The file has no front matter", path, line=first + 1, expected=expected)


def _unclosed(lines: list[str], path: str) -> Problem:
    number = next((n for n in range(1, len(lines)) if FENCE.fullmatch(lines[n]) or _is_text(lines, n)), None)
    message, expected = "The front matter is not closed", "a line `---` below the fields"
    if number is None:
        return Problem("front-matter", message, path, line=1, expected=expected)
    if FENCE.fullmatch(lines[number]):
        expected = "`---` here: three hyphens and nothing else"
    else:
        expected = "a line `---` between the fields and the text, which seems to begin here"
    return Problem("front-matter", message, path, line=number + 1, expected=expected)


def _is_text(lines: list[str], number: int) -> bool:
    """Whether a line looks like the article's: no entry, or behind an empty line a capital letter."""
    behind_gap = not lines[number - 1].strip()
    return not ENTRY.match(lines[number]) or (behind_gap and lines[number][:1].isupper())
