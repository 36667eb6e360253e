"""What an editor did to YAML that cannot be read. Pure: lines in, the mistake and its place out.

A parser says what it felt, at the place where it gave up. Here the lines around that place are read as a person would
read them, for one mistake after the other, the most particular first; the parser's words are the last resort.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import yaml

from factsite import model
from factsite.loading import yamlpunctuation
from factsite.loading.yamllines import BLOCK, WORD, Failure, Mistake, Row, indent_of, rows_of


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


# --- colons, spaces and dashes ---------------------------------------------------------------------------------------


def _spacing(failure: Failure) -> Mistake | None:
    """`rating:true`, `-article: x`, `rating = true` and their like."""
    return next(filter(None, map(_glued, failure.nearby())), None)


def _glued(row: Row) -> Mistake | None:
    text = row.text[row.level :]
    glued = re.match(rf"({WORD}):(?!//)(?=\S)", text)
    if glued and not row.key:
        column = row.level + glued.end() - 1
        return Mistake(row.number, column, "A space is missing behind the colon", f"`{glued[1]}: …`")
    odd = re.match(rf"({WORD})\s*([：﹕=])|({WORD}):([^\S ])", text)
    if odd and not row.key:
        column, character = row.level + odd.end() - 1, odd[0][-1]
        what = "`=`" if character == "=" else "a non-breaking space" if character.isspace() else "a wide colon"
        expected = f"`{odd[1] or odd[3]}: …`, with an ordinary colon and an ordinary space"
        return Mistake(row.number, column, f"Between key and value stands {what}", expected)
    if re.match(r"-[^\s-]", text):
        return Mistake(row.number, row.level, "A space is missing behind the dash", f"`- {text[1:].strip()[:30]}`")
    return None


def _two_in_one(failure: Failure) -> Mistake | None:
    """`- article: gazette quote: words`: a second key behind the first one's value."""
    for row in failure.nearby():
        second = (
            re.search(rf"\s({WORD}):(?:\s|$)", row.value)
            if row.key and row.value[:1] not in yamlpunctuation.CLOSED
            else None
        )
        if second and second[1] in _missing_beside(row, failure):
            message = f"`{second[1]}` belongs on a line of its own"
            below = f"below this line: `{second[1]}: …`, with {_spaces(row.level)} before it"
            expected = f"{below}; or quotes around the whole value"
            return Mistake(row.number, row.at + second.start(1), message, expected, len(second[1]))
    return None


def _missing_beside(row: Row, failure: Failure) -> set[str]:
    """The keys that may stand in the same group as this row's, and do not: one that stands there is a word here."""
    siblings = {other.key for other in failure.group(row)}
    return {key for group in _groups() if row.key in group for key in group} - siblings


@lru_cache(maxsize=1)
def _groups() -> tuple[frozenset[str], ...]:
    """The keys of each kind of file and of the groups in it."""
    models = [each for each in vars(model).values() if isinstance(each, type) and issubclass(each, model.Written)]
    return tuple(frozenset(field.alias or name for name, field in each.model_fields.items()) for each in models)


def _sentence(failure: Failure) -> Mistake | None:
    """`claim: Iran: the deal`, also on the second line of a value."""
    for row in failure.nearby():
        colon = re.search(r":(?=\s|$)", row.value)
        if colon is None or row.value[:1] in {'"', "'", "[", "{", "|", ">"} or row.number < failure.line - 1:
            continue
        column = row.at + colon.start()
        if row.is_entry:
            expected = yamlpunctuation.enclosed(f"{row.key}: " if row.key else "- ", failure.value(row))
            return Mistake(row.number, column, "A colon in a sentence needs quotes", expected)
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
    """A text block that a line has left, in the first column or indented less than the block's first line."""
    before = [row for row in failure.rows if row.number <= failure.line]
    head = next((place for place in reversed(range(len(before))) if BLOCK.fullmatch(before[place].value)), None)
    if head is None or any(row.is_entry for row in before[head + 1 : -1]):
        return None
    key = before[head]
    if before[-1] is not key and not before[head + 1].is_entry:
        stray = before[head + 1]
        expected = f"{_spaces(key.level + 2)} before it, if it belongs to the text of `{key.key}`"
        message = "This line is not indented, so it has left the text above it"
        return _glued(stray) or Mistake(stray.number, stray.level, message, expected)
    line = failure.lines[failure.line]
    text = next((text for text in failure.lines[key.number + 1 : failure.line] if text.strip()), "")
    if before[-1] is key and key.level < indent_of(line) < indent_of(text):
        message = "This line is indented less than the text above it"
        return Mistake(failure.line, indent_of(line), message, f"{_spaces(indent_of(text))} before it")
    return None


def _indicator(failure: Failure) -> Mistake | None:
    """`analysis: |9`: a number that says how far a text block is indented, and is wrong."""
    for row in failure.nearby():
        number = re.match(r"[|>][+-]?(\d+)", row.value)
        if number is None or not BLOCK.fullmatch(row.value):
            continue
        text = next((line for line in failure.lines[row.number + 1 :] if line.strip()), "")
        if int(number[1]) not in range(1, 10) or indent_of(text) < row.level + int(number[1]):
            column, expected = row.at + number.start(1), f"`{row.value[0]}` alone, and the text indented by two spaces"
            message = "This number says how far the text below is indented, and is wrong"
            return Mistake(row.number, column, message, expected, len(number[1]))
    return None


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
    if re.search(r"\s#", above.value) and above.value[:1] not in yamlpunctuation.CLOSED:
        return yamlpunctuation.cut(above.number, above.at + above.value.index("#"))
    return _stray(stray, above, failure)


def _stray(row: Row, above: Row, failure: Failure) -> Mistake:
    before = failure.lines[row.number - 1].strip()
    if failure.is_front and (not before or before.startswith("#")):
        expected = "a line `---` between the fields and the text"
        return Mistake(row.number, row.level, "The front matter is not closed before the text begins", expected)
    if not above.key and row.level == above.indent:
        expected = f"`- {row.value[:30]}` if a new item begins here, or two more spaces if it continues the one above"
        return Mistake(
            row.number, row.level, "A dash is missing before this line, or it is not indented enough", expected
        )
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
        return Mistake(
            row.number, row.level, "A dash is missing before this key, or it is not indented enough", expected
        )
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


def _key_too_long(failure: Failure) -> Mistake | None:
    """YAML looks for the colon of a key no further than 1,024 characters (https://yaml.org/spec/1.1/, simple keys)."""
    expected = "`key: value`, with a key that docs/editing.md shows"
    for row in failure.nearby():
        if len(row.key) >= 1024:
            return Mistake(row.number, row.level, "This key is too long to be one", expected)
    return None


CHECKS: tuple[Callable[[Failure], Mistake | None], ...] = (
    _key_too_long,
    _indicator,
    _block,
    yamlpunctuation.quotes,
    yamlpunctuation.backslash,
    yamlpunctuation.curly,
    yamlpunctuation.brackets,
    yamlpunctuation.bullets,
    _spacing,
    yamlpunctuation.beginning,
    _document_end,
    _two_in_one,
    _sentence,
    _keyless,
    _indentation,
)
"""In this order, because the earlier ones are the more particular."""
