"""Text → YAML that reads back as exactly this text, written as an editor would write it. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from factsite.loading.yamltext import FORBIDDEN, parse

WIDTH = 116
"""Columns of a line; longer text goes into a folded block."""
WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"})
"""What other YAML tools take for something else than text; we do not, but editors' tools should not show it in blue."""
UNSAFE = re.compile('["\\\\\t\n\x85\u2028\u2029]')
"""Characters that double quotes do not make safe by themselves."""


def entry(key: str, text: str, indent: int = 0, lead: str = "") -> list[str]:
    """The lines of `key: text`, indented; `lead` (such as `- `) stands before the key of the first line.

    The text may have any characters; those that no file of content may have are left out. Lines have no line ends.
    """
    text = FORBIDDEN.sub("", text)
    before = " " * indent + lead + f"{key}: "
    below = " " * (indent + len(lead) + 2)
    written = next(each for each in _ways(text, len(before), below) if _reads_back(each, text))
    first, *others = written.split("\n")
    return [before + first, *others]


def _ways(text: str, used: int, below: str) -> Iterator[str]:
    """The ways to write it, the most readable first; the last one always holds."""
    if used + len(text) > WIDTH and " " in text:
        yield _folded(text, below)
    elif text.casefold() not in WORDS:
        yield text
    yield quoted(text)


def _folded(text: str, below: str) -> str:
    wrapped = textwrap.wrap(text, WIDTH - len(below), break_long_words=False, break_on_hyphens=False)
    return "\n".join([">-", *(below + line for line in wrapped)])


def quoted(text: str) -> str:
    """In double quotes, on one line."""
    return '"' + UNSAFE.sub(lambda match: _escaped(match[0]), text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _reads_back(written: str, text: str) -> bool:
    if not text:
        return written == '""'
    data, _, problems = parse(f"key: {written}\n", "", 0)
    return data == {"key": text} and not problems


def flow(items: Iterable[str]) -> str:
    """A list of ids on one line."""
    return f"[{', '.join(items)}]"
