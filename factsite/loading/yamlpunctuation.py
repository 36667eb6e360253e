"""Quotation marks, brackets and first characters of YAML values that do not do what their editor wanted. Pure."""

from __future__ import annotations

import re

from factsite.loading.yamllines import BLOCK, BULLET, WORD, Failure, Mistake, Row, indent_of

# --- quotation marks -------------------------------------------------------------------------------------------------

NOT_CLOSED = "A quote opened here is not closed"
CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL), "'": re.compile(r"'(?:[^']|'')*'", re.DOTALL)}


def quotes(failure: Failure) -> Mistake | None:
    """The first value in quotation marks, up to where the parser gave up, that does not end where it should."""
    done = -1
    for row in failure.rows:
        if row.number > failure.line:
            break
        if row.number > done and row.value[:1] in {"[", "{"}:
            found = _in_brackets(row)
            if found:
                return found
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


def _in_brackets(row: Row) -> Mistake | None:
    """`[money, "roads]`"""
    done = 0
    for mark in re.finditer(r"[\[{,:]\s*([\"'])", row.value):
        if mark.start(1) >= done:
            match = CLOSED[mark[1]].match(row.value, mark.start(1))
            if match is None:
                column = row.at + mark.start(1)
                return Mistake(row.number, column, NOT_CLOSED, f"another `{mark[1]}` at the end of the item")
            done = match.end()
    return None


def _swallows_keys(quoted: str, row: Row) -> bool:
    """Whether lines that look like further keys stand inside the quotation marks."""
    return any(
        indent_of(line) <= row.level and re.match(rf" *(?:- +)?{WORD}:(?: |$)", line) for line in quoted.split("\n")[1:]
    )


def _unclosed(row: Row) -> Mistake:
    mark = row.value[0]
    return Mistake(row.number, row.at, NOT_CLOSED, f"another `{mark}` at the end of the value")


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


def enclosed(before: str, text: str) -> str:
    """How to write a text that stands behind `before`: in quotes that mean nothing inside it, or without any."""
    if "'" not in text:
        return f"straight quotes around the whole value: `{before}'…'`"
    if not {'"', "\\"} & set(text):
        return f'straight quotes around the whole value: `{before}"…"`'
    return f"`{before}>-`, and the text on the lines below, indented by two spaces"


def backslash(failure: Failure) -> Mistake | None:
    r"""`"C:\path"`"""
    if "escape" not in failure.said:
        return None
    column = max(failure.lines[failure.line].find("\\", max(0, failure.column - 2)), 0)
    message = "In double quotes a backslash begins a special character"
    return Mistake(failure.line, column, message, "single quotes around the text, or two backslashes")


# --- what a value begins with ----------------------------------------------------------------------------------------

CURLY = "“”„‘’«"
SPECIAL = "@`%*&!?,]}"


def curly(failure: Failure) -> Mistake | None:
    """`claim: “The NCRI: a front”`"""
    for row in failure.nearby():
        if row.value and row.value[0] in CURLY and ": " in row.value:
            message = "Curly quotation marks do not hold a value together"
            return Mistake(row.number, row.at, message, enclosed(f"{row.key}: " if row.key else "- ", row.value))
    return None


def beginning(failure: Failure) -> Mistake | None:
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


def bullets(failure: Failure) -> Mistake | None:
    """`– article: gazette` or `• mayor`, as word processors write a list; a dash within a sentence is none."""
    for row in failure.nearby():
        mark = BULLET.match(row.text)
        if mark:
            above = failure.above(row)
            begins_list = above is not None and above.key and not above.value
            if begins_list or re.match(rf"{WORD}:(?:\s|$)", row.text[mark.end() :]):
                return bullet(row.number, row.level, row.text)
    return None


def bullet(number: int, column: int, text: str) -> Mistake:
    """An entry of a list behind a mark that is no hyphen, or that has no ordinary space."""
    entry = BULLET.sub("", text, count=1)
    expected = f"`- {entry.partition(':')[0] + ': …' if ':' in entry else entry[:30].rstrip()}`"
    return Mistake(number, column, "A list entry begins with a plain hyphen and a space", expected)


# --- brackets --------------------------------------------------------------------------------------------------------


def brackets(failure: Failure) -> Mistake | None:
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
        return cut(number, comment.start(1))
    opening = failure.lines[number][column]
    expected = f"`{']' if opening == '[' else '}'}` at the end of the list, commas between its items"
    return Mistake(number, column, f"The `{opening}` here is not closed", expected)


def cut(number: int, column: int) -> Mistake:
    """A comment that was none."""
    expected = "quotes around the value if the `#` belongs to it"
    return Mistake(number, column, "` #` starts a comment and cut this value", expected)
