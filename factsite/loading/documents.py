"""A file → what stands in it: YAML as nested text, Markdown below YAML front matter; or why it cannot be read."""

from __future__ import annotations

import codecs
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


UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE = "save the file with the encoding UTF-8"


def decode(content: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, with or without a byte order mark, any line ends turned into line feeds."""
    if content.startswith(UTF_16) or b"\0" in content[:4]:
        return "", [Problem("not-utf8", "The file is UTF-16 text, not UTF-8", path, line=1, expected=SAVE)]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [_not_utf8(error, path)]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _not_utf8(error: UnicodeDecodeError, path: str) -> Problem:
    """With the line as Windows would show it: most such files come from there."""
    content, start = error.object, error.start
    line = content.count(b"\n", 0, start) + 1
    begin = content.rfind(b"\n", 0, start) + 1
    before = content[begin:start].decode("utf-8")
    rest = content[start:].partition(b"\n")[0].decode("cp1252", "replace").rstrip("\r")
    probably = f"; this is probably `{rest[0]}`, as Windows writes it" if rest[0] != "\ufffd" else ""
    message = f"The file is not UTF-8 text{probably}"
    where: Any = {"line": line, "column": len(before) + 1, "source_line": before + rest}
    return Problem("not-utf8", message, path, **where, expected=SAVE)


CONFLICT = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
"""The first of the lines that Git leaves where it could not merge (https://git-scm.com/docs/git-merge)."""


def _readable(content: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file, or why it is not fit to be read."""
    text, problems = decode(content, path)
    for match in CONFLICT.finditer(text) if "<<<<<<<" in text else ():
        message = "Two versions of this file were not merged"
        expected = "one of the two, and no lines that begin with `<<<<<<<`, `=======` or `>>>>>>>`"
        line = text.count("\n", 0, match.start()) + 1
        problems.append(Problem("merge-conflict", message, path, line=line, expected=expected))
    return text, problems


def read_yaml(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """A YAML file. With an error among the problems, the document is empty."""
    text, problems = _readable(content, path)
    if problems:
        return Document({}), problems
    data, empty, found = yamltext.parse(text, path, 0)
    return Document(data, empty=empty), found


def read_markdown(content: bytes, path: str) -> tuple[Document, list[Problem]]:
    """YAML front matter between two lines `---`, and the Markdown below it."""
    text, problems = _readable(content, path)
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
