"""What an editor did to YAML that cannot be read. Pure: lines in, the mistake and its place out.

A parser says what it felt, at the place where it gave up. Here the lines around that place are read as a person would
read them, for one mistake after the other, the most particular first; the parser's words are the last resort.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import yaml


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
        return _indent(self.lead)

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


ROW = re.compile(r"""(?P<lead>[ ]*(?:-[ ]+)*)(?:["']?(?P<key>[\w-]+)["']?:(?:[ ]+|$))?(?P<value>.*)""")
BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?")
"""The whole value of a key whose text follows as an indented block."""
WORD = r"[A-Za-z_][\w-]*"


def explain(error: yaml.YAMLError, text: str, *, is_front: bool = False) -> Mistake:
    """The mistake behind a parser's error."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    rows = tuple(_rows(lines))
    line = min(mark.line, len(lines) - 1) if mark else 0
    said = str(getattr(error, "problem", "") or getattr(error, "reason", "") or error)
    begun = getattr(error, "context_mark", None)
    place = (begun.line, begun.column) if begun else None
    failure = Failure(rows, line, mark.column if mark else 0, place, lines, is_front, said)
    for check in CHECKS:
        found = check(failure)
        if found:
            return found
    return Mistake(line, failure.column, f"This is not valid YAML: {said}", "the form that docs/editing.md shows")


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    """Without empty lines, comments and the text of blocks."""
    block: int | None = None
    for number, line in enumerate(lines):
        if not line.strip() or (block is not None and _indent(line) > block):
            continue
        block = None
        match = ROW.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        row = Row(number, line, match["lead"], match["key"] or "", match["value"].rstrip(), match.start("value"))
        if row.key and BLOCK.fullmatch(row.value):
            block = row.level
        yield row


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _spaces(count: int) -> str:
    return {0: "no space", 1: "1 space"}.get(count, f"{count} spaces")


# --- quotation marks -------------------------------------------------------------------------------------------------

CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.S), "'": re.compile(r"'(?:[^']|'')*'", re.S)}


def _quotes(failure: Failure) -> Mistake | None:
    """The first value in quotation marks, up to where the parser gave up, that does not end where it should."""
    done = -1
    for row in failure.rows:
        if row.number > failure.line:
            break
        if row.number > done and row.value[:1] in CLOSED:
            text = "\n".join([row.text[row.at :], *failure.lines[row.number + 1 :]])
            match = CLOSED[row.value[0]].match(text)
            if match is None or _swallows_keys(match[0], row):
                return _unclosed(row)
            done = row.number + match[0].count("\n")
            rest = text[match.end() :].partition("\n")[0]
            if re.match(r"\s*[^\s#]", rest) and done <= failure.line:
                return _behind(row, match[0], rest, done, failure)
    return None


def _swallows_keys(quoted: str, row: Row) -> bool:
    """Whether lines that look like further keys stand inside the quotation marks."""
    return any(
        _indent(line) <= row.level and re.match(rf" *(?:- +)?{WORD}:(?: |$)", line)
        for line in quoted.split("\n")[1:]
    )


def _unclosed(row: Row) -> Mistake:
    mark = row.value[0]
    return Mistake(row.number, row.at, "A quote opened here is not closed", f"another `{mark}` at the end of the value")


def _behind(row: Row, quoted: str, rest: str, line: int, failure: Failure) -> Mistake:
    """Text follows a closing quotation mark."""
    column = len(failure.lines[line]) - len(rest)
    if rest.strip() == ",":
        return Mistake(line, column, "A comma follows the value", "no comma at the end of a line")
    if quoted[0] == "'" and rest[0].isalnum():
        expected = "a second `'` beside it, or `\"` around the whole text"
        return Mistake(line, column - 1, "This apostrophe ends the text in single quotes", expected)
    if quoted[0] in rest:
        other = "'" if quoted[0] == '"' else '"'
        message = "A quotation mark inside the text ends it here"
        return Mistake(line, column - 1, message, f"`{other}` around the whole text, or typographic quotes inside it")
    message = "Text follows a closed quotation mark"
    return Mistake(line, column + len(rest) - len(rest.lstrip()), message, "quotes around the whole value")


def _backslash(failure: Failure) -> Mistake | None:
    if "escape" not in failure.said:
        return None
    column = max(failure.lines[failure.line].find("\\", max(0, failure.column - 2)), 0)
    message = "In double quotes a backslash begins a special character"
    return Mistake(failure.line, column, message, "single quotes around the text, or two backslashes")


# --- what a value begins with ----------------------------------------------------------------------------------------

CURLY = {"“": "”", "”": "”", "„": "“", "‘": "’", "’": "’", "«": "»"}
SPECIAL = "@`%*&!?,]}"


def _curly(failure: Failure) -> Mistake | None:
    """`claim: “The NCRI: a front”`"""
    for row in failure.nearby():
        if row.value[:1] in CURLY and ": " in row.value:
            message = "Curly quotation marks do not hold a value together"
            return Mistake(row.number, row.at, message, "straight ones around it: `'…'`")
    return None


def _beginning(failure: Failure) -> Mistake | None:
    """A value that begins with a character that means something in YAML."""
    for row in failure.nearby():
        first, number, at = row.value[:1], row.number, row.at
        if first in {">", "|"} and not BLOCK.fullmatch(row.value):
            expected = "quotes around the value; or the text below this line, indented by two spaces"
            return Mistake(number, at, f"`{first}` begins a block, whose text stands on the lines below", expected)
        if first and first in SPECIAL and row.number == failure.line:
            what, expected = ("value", "quotes around the value") if row.is_entry else ("line", "`key: value`")
            return Mistake(number, at, f"A {what} cannot begin with {_named(first)}", expected)
        if row.key and re.match(r"-\s", row.value) and row.number == failure.line:
            expected = "the items of a list on lines of their own; quotes around a text that begins with a dash"
            return Mistake(number, at, "A list cannot begin on the line of its key", expected)
    return None


def _named(character: str) -> str:
    return "a backtick" if character == "`" else f"`{character}`"


# --- brackets --------------------------------------------------------------------------------------------------------


def _brackets(failure: Failure) -> Mistake | None:
    """`topics: [a, b` and `claim: [The MEK] is`"""
    if "expected ',' or" in failure.said and failure.begun:
        return _unclosed_bracket(failure, *failure.begun)
    for row in failure.nearby():
        if row.number != failure.line or row.value[:1] not in {"[", "{"}:
            continue
        closing = "]" if row.value[0] == "[" else "}"
        end = row.value.find(closing)
        if end >= 0 and row.value[end + 1 :].strip():
            message = f"Text follows the `{closing}` that ends this list"
            expected = f"quotes around a text that begins with `{row.value[0]}`"
            return Mistake(row.number, row.at + end + 1, message, expected)
    return None


def _unclosed_bracket(failure: Failure, number: int, column: int) -> Mistake:
    line = failure.lines[failure.line]
    sentence = re.search(r"[{,]\s*[\w-]+:\s[^,\"']*?(:)(?:\s|$)", line)
    if sentence:
        expected = "quotes around the text that has the colon in it"
        return Mistake(failure.line, sentence.start(1), "A colon in a sentence needs quotes", expected)
    above = failure.lines[failure.line - 1].rstrip()
    if failure.line > number + 1 and not above.endswith((",", "[", "{")) and _indent(above) == _indent(line):
        expected = "a comma between the items of a list in brackets"
        return Mistake(failure.line - 1, len(above), "A comma is missing here", expected)
    opening = failure.lines[number][column]
    expected = f"`{']' if opening == '[' else '}'}` at the end of the list, commas between its items"
    return Mistake(number, column, f"The `{opening}` here is not closed", expected)


# --- colons, spaces and dashes ---------------------------------------------------------------------------------------


def _spacing(failure: Failure) -> Mistake | None:
    """`rating:true`, `-article: x`, `rating = true` and their like."""
    for row in failure.nearby():
        text = row.text[row.level :]
        glued = re.match(rf"({WORD}):(?!//)(?=\S)", text)
        if glued and not row.key:
            column = row.level + glued.end()
            return Mistake(row.number, column - 1, "A space is missing behind the colon", f"`{glued[1]}: …`")
        odd = re.match(rf"({WORD})\s*([：﹕=])|({WORD}):([^\S ])", text)
        if odd and not row.key:
            column, character = row.level + odd.end() - 1, odd[0][-1]
            what = "`=`" if character == "=" else "a non-breaking space" if character.isspace() else "a wide colon"
            expected = f"`{odd[1] or odd[3]}: …`, with an ordinary colon and an ordinary space"
            return Mistake(row.number, column, f"Between key and value stands {what}", expected)
        if re.match(r"-[^\s-]", text):
            return Mistake(row.number, row.level, "A space is missing behind the dash", f"`- {text[1:].strip()[:30]}`")
    return None


def _sentence(failure: Failure) -> Mistake | None:
    """`claim: Iran: the deal`, also on the second line of a value."""
    for row in failure.nearby():
        colon = re.search(r":(?=\s|$)", row.value)
        if colon is None or row.value[:1] in {'"', "'", "[", "{", "|", ">"} or row.number < failure.line - 1:
            continue
        column = row.at + colon.start()
        if row.is_entry:
            whole = f"`{row.key}: '…'`" if row.key else "`- '…'`"
            return Mistake(row.number, column, "A colon in a sentence needs quotes", f"quotes around the whole value: {whole}")
        above = failure.above(row)
        if above and row.level > above.indent:
            expected = "quotes around the whole value, or `>-` behind its key and the text on the lines below"
            return Mistake(row.number, column, "A colon in a sentence needs quotes", expected)
    return None


# --- lines that do not belong ----------------------------------------------------------------------------------------


def _document_end(failure: Failure) -> Mistake | None:
    for row in failure.nearby():
        if row.text.rstrip() == "...":
            return Mistake(row.number, 0, "A line `...` ends a YAML file", "no such line; in a text, two spaces before it", 3)
    return None


def _block(failure: Failure) -> Mistake | None:
    """A line of a text block that is indented less than the block's first line."""
    heads = [row for row in failure.rows if row.number < failure.line and BLOCK.fullmatch(row.value)]
    if not heads or heads[-1] is not failure.rows[bisect_left(failure.rows, failure.line, key=_number) - 1]:
        return None
    head, line = heads[-1], failure.lines[failure.line]
    text = next((text for text in failure.lines[head.number + 1 : failure.line] if text.strip()), "")
    if head.level < _indent(line) < _indent(text):
        message = "This line is indented less than the text above it"
        return Mistake(failure.line, _indent(line), message, f"{_spaces(_indent(text))} before it")
    return None


def _number(row: Row) -> int:
    return row.number


def _keyless(failure: Failure) -> Mistake | None:
    """A line without a key where one must stand."""
    stray = next((row for row in failure.nearby() if not row.is_entry), None)
    if stray is None:
        return None
    above = failure.above(stray)
    while above and not above.is_entry:
        stray, above = above, failure.above(above)
    if above is None:
        return Mistake(stray.number, stray.level, "This line has no `key:`", "`key: value`")
    if re.search(r"\s#", above.value) and above.value[:1] not in CLOSED:
        column = above.at + above.value.index("#")
        expected = "quotes around the whole value if the `#` belongs to it"
        return Mistake(above.number, column, "` #` starts a comment and cut this value", expected)
    return _stray(stray, above, failure)


def _stray(row: Row, above: Row, failure: Failure) -> Mistake:
    before = failure.lines[row.number - 1].strip()
    if BLOCK.fullmatch(above.value):
        expected = f"{_spaces(above.level + 2)} before it, if it belongs to the text of `{above.key}`"
        return Mistake(row.number, row.level, "This line is not indented, so it has left the text above it", expected)
    if failure.is_front and (not before or before.startswith("#")):
        expected = "a line `---` between the fields and the text"
        return Mistake(row.number, row.level, "The front matter is not closed before the text begins", expected)
    expected = f"`key: value`; or two more spaces, if it continues `{above.key}`" if above.key else "`key: value`"
    return Mistake(row.number, row.level, "This line has no `key:`", expected)


def _indentation(failure: Failure) -> Mistake | None:
    """A key or an item that stands under nothing."""
    row = next(failure.nearby(), None)
    if row is None or not row.is_entry:
        return None
    first = failure.rows[0]
    if row.level < first.indent:
        return Mistake(first.number, first.indent, "The first key is indented", "no space before it")
    lines = _open(failure.rows, row)
    inner = next((other for other in lines if other.lead.strip()), None)
    if inner and not row.lead.strip() and row.level == inner.indent:
        expected = f"`- {row.key}:` if a new item begins here, or {_spaces(inner.level)} before it"
        return Mistake(row.number, row.level, "A dash is missing before this key, or spaces", expected)
    is_item = bool(row.lead.strip())
    fits = dict.fromkeys(other.indent if is_item else other.level for other in lines if other.lead.strip() or not is_item)
    message = f"This line is indented by {_spaces(row.indent)}, which fits nothing above it"
    expected = " or ".join(_spaces(column) for column in fits if column != row.indent) or "as many spaces"
    return Mistake(row.number, row.indent, message, f"{expected}, as before the lines that it belongs with")


def _open(rows: Sequence[Row], below: Row) -> list[Row]:
    """The rows that a further one may line up with, the nearest first: one for each level."""
    found: list[Row] = []
    for row in reversed([row for row in rows if row.number < below.number and row.is_entry]):
        if not found or row.indent < found[-1].indent:
            found.append(row)
    return found


CHECKS: tuple[Callable[[Failure], Mistake | None], ...] = (
    _quotes,
    _backslash,
    _curly,
    _brackets,
    _spacing,
    _beginning,
    _document_end,
    _sentence,
    _block,
    _keyless,
    _indentation,
)
"""In this order, because the earlier ones are the more particular."""
