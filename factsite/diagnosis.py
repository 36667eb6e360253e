"""What an editor did to YAML that cannot be read. Pure: lines in, the mistake and its place out.

A parser says what it felt, at the place where it gave up. Here the lines around that place are read as a person would
read them, for one mistake after the other, the most particular first; the parser's words are the last resort.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

import yaml

from factsite.yamllines import BLOCK, WORD, Failure, Mistake, Row, indent_of, rows_of


def explain(error: yaml.YAMLError, text: str, *, is_front: bool = False) -> Mistake:
    """The mistake behind a parser's error."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None)
    rows = tuple(rows_of(lines))
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


def _spaces(count: int) -> str:
    return {0: "no space", 1: "1 space"}.get(count, f"{count} spaces")


# --- quotation marks -------------------------------------------------------------------------------------------------

CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"'(?:[^']|'')*'", re.DOTALL)}


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
                return _behind(match[0], rest, done, failure)
    return None


def _swallows_keys(quoted: str, row: Row) -> bool:
    """Whether lines that look like further keys stand inside the quotation marks."""
    return any(
        indent_of(line) <= row.level and re.match(rf" *(?:- +)?{WORD}:(?: |$)", line) for line in quoted.split("\n")[1:]
    )


def _unclosed(row: Row) -> Mistake:
    mark = row.value[0]
    return Mistake(row.number, row.at, "A quote opened here is not closed", f"another `{mark}` at the end of the value")


def _behind(quoted: str, rest: str, line: int, failure: Failure) -> Mistake:
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
    if failure.line > number + 1 and not above.endswith((",", "[", "{")) and indent_of(above) == indent_of(line):
        expected = "a comma between the items of a list in brackets"
        return Mistake(failure.line - 1, len(above), "A comma is missing here", expected)
    comment = re.compile(r"\s(#)").search(failure.lines[number], column)
    if comment:
        return _cut(number, comment.start(1))
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
            return Mistake(
                row.number, column, "A colon in a sentence needs quotes", f"quotes around the whole value: {whole}"
            )
        above = failure.above(row)
        if above and (row.level > above.indent or not above.is_entry):
            expected = "quotes around the whole value, or `>-` behind its key and the text on the lines below"
            return Mistake(row.number, column, "A colon in a sentence needs quotes", expected)
    return None


# --- lines that do not belong ----------------------------------------------------------------------------------------


def _document_end(failure: Failure) -> Mistake | None:
    for row in failure.nearby():
        if row.text.rstrip() == "...":
            return Mistake(
                row.number, 0, "A line `...` ends a YAML file", "no such line; in a text, two spaces before it", 3
            )
    return None


def _block(failure: Failure) -> Mistake | None:
    """A line of a text block that is indented less than the block's first line."""
    heads = [row for row in failure.rows if row.number < failure.line and BLOCK.fullmatch(row.value)]
    if not heads or heads[-1] is not failure.rows[bisect_left(failure.rows, failure.line, key=_number) - 1]:
        return None
    head, line = heads[-1], failure.lines[failure.line]
    text = next((text for text in failure.lines[head.number + 1 : failure.line] if text.strip()), "")
    if head.level < indent_of(line) < indent_of(text):
        message = "This line is indented less than the text above it"
        return Mistake(failure.line, indent_of(line), message, f"{_spaces(indent_of(text))} before it")
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
        return _cut(above.number, above.at + above.value.index("#"))
    return _stray(stray, above, failure)


def _cut(number: int, column: int) -> Mistake:
    expected = "quotes around the value if the `#` belongs to it"
    return Mistake(number, column, "` #` starts a comment and cut this value", expected)


def _stray(row: Row, above: Row, failure: Failure) -> Mistake:
    before = failure.lines[row.number - 1].strip()
    if BLOCK.fullmatch(above.value):
        expected = f"{_spaces(above.level + 2)} before it, if it belongs to the text of `{above.key}`"
        return Mistake(row.number, row.level, "This line is not indented, so it has left the text above it", expected)
    if failure.is_front and (not before or before.startswith("#")):
        expected = "a line `---` between the fields and the text"
        return Mistake(row.number, row.level, "The front matter is not closed before the text begins", expected)
    if not above.key and row.level == above.indent:
        expected = f"`- {row.value[:30]}` if a new item begins here, or two more spaces if it continues the one above"
        return Mistake(row.number, row.level, "A dash is missing before this line, or spaces", expected)
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
    fits = dict.fromkeys(
        other.indent if is_item else other.level for other in lines if other.lead.strip() or not is_item
    )
    message = f"This line is indented by {_spaces(row.indent)}, which fits nothing above it"
    expected = " or ".join(_spaces(column) for column in fits if column != row.indent) or "as many spaces"
    expected += ", as before the lines that it belongs with"
    above = lines[0] if lines else None
    if above and above.key and above.value[:1] not in {"", '"', "'", "[", "{"} and row.level > above.level:
        expected += f"; or quotes around the whole value of `{above.key}`, if this line is a part of it"
    return Mistake(row.number, row.indent, message, expected)


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
