"""The lines of a YAML file as a person reads them, for finding out what is wrong with one that cannot be parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile


@dataclass(frozen=True, slots=True)
class Mistake:
    """One slip of the editor's. Places are counted from 0, as in YAML marks."""

    line: int
    column: int
    message: str
    expected: str
    length: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A line outside of text blocks, taken apart."""

    number: int
    text: str
    lead: str
    """White space and dashes before the first word."""
    key: str
    """Empty if the line has no `key:`."""
    value: str
    at: int
    """Column where the value begins."""

    @property
    def indent(self) -> int:
        """Spaces before the first dash or word."""
        return indent_of(self.lead)

    @property
    def level(self) -> int:
        """Column of the first word."""
        return len(self.lead)

    @property
    def is_entry(self) -> bool:
        """It has a key or a dash."""
        return bool(self.key or self.lead.strip())


@dataclass(frozen=True, slots=True)
class Failure:
    """The text that cannot be read, and where the parser gave up."""

    rows: tuple[Row, ...]
    """All of them, from the top."""
    line: int
    column: int
    begun: tuple[int, int] | None
    """Line and column where what it was reading began, if it says so."""
    lines: Sequence[str] = field(repr=False)
    is_front: bool
    """It is the front matter of a Markdown file."""
    said: str
    """The parser's own words."""

    def nearby(self) -> Iterator[Row]:
        """The rows that may hold the mistake, the likeliest first: the failing one, those before it."""
        before = [row for row in self.rows if row.number <= self.line]
        yield from reversed(before[-3:])

    def above(self, row: Row) -> Row | None:
        """The row before."""
        return next((other for other in reversed(self.rows) if other.number < row.number), None)

    def value(self, row: Row) -> str:
        """The row's value, with the lines on which it goes on."""
        below = takewhile(lambda other: not other.is_entry, self.rows[self.rows.index(row) + 1 :])
        return "\n".join([row.value, *(other.value for other in below)])

    def group(self, row: Row) -> Iterator[Row]:
        """The rows of the same mapping, the row itself among them: as far up and down as no other one begins."""
        at = self.rows.index(row)
        for other in reversed(self.rows[: at + 1]):
            if other.level < row.level:
                break
            if other.level == row.level:
                yield other
                if other.lead.strip():
                    break
        for other in self.rows[at + 1 :]:
            if other.indent < row.level:
                break
            if other.level == row.level:
                yield other


ROW = re.compile(r"""(?P<lead>[ ]*(?:-[ ]+)*)(?:(?P<mark>["']?)(?P<key>[\w-]+)(?P=mark):(?:[ ]+|$))?(?P<value>.*)""")
BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?")
"""The whole value of a key whose text follows as an indented block."""
ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""What looks like a space, and is none to YAML."""
BULLET = re.compile(rf" *(?:[*+•‣◦▪·‐‑‒–—―−][ {ODD_SPACES}]+|-[{ODD_SPACES}]+)(?=\S)")
"""What word processors make of the hyphen before a list entry, or of the space behind it."""
WORD = r"[A-Za-z_][\w-]*"


def rows_of(lines: Sequence[str]) -> Iterator[Row]:
    """Without empty lines, comments and the text of blocks."""
    block: int | None = None
    for number, line in enumerate(lines):
        if not line.strip(" ") or (block is not None and indent_of(line) > block):
            continue
        block = None
        match = ROW.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        row = Row(number, line, match["lead"], match["key"] or "", match["value"].rstrip(), match.start("value"))
        if row.key and BLOCK.fullmatch(row.value):
            block = row.level
        yield row


def indent_of(line: str) -> int:
    """How many spaces it begins with."""
    return len(line) - len(line.lstrip(" "))
