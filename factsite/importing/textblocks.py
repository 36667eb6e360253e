"""Plain text → blocks, and blocks → Markdown that reads back as exactly their text. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from factsite import markdown
from factsite.importing.furniture import Block
from factsite.importing.pagewords import END
from factsite.loading.yamltext import FORBIDDEN

WRAPPED = 100
"""Columns that lines of a text with line ends of its own do not pass."""
MARKS = {"p": "", "li": "- ", "blockquote": "> "} | {f"h{level}": "#" * level + " " for level in range(2, 7)}


def from_text(text: str) -> list[Block]:
    """Each line is a block, except in text that was wrapped: there an empty line ends one."""
    lines = [line.strip() for line in text.split("\n")]
    return [Block(block) for block in (_unwrapped(lines) if _is_wrapped(lines) else lines) if block]


def _is_wrapped(lines: list[str]) -> bool:
    """Whether most lines that are followed by another one break off inside a sentence, all at about the same width."""
    inner = [line for line, follower in pairwise(lines) if line and follower]
    broken = [line for line in inner if len(line) > 40 and not END.search(line)]
    return len(broken) >= 3 and len(broken) > len(inner) / 2 and max(map(len, lines)) <= WRAPPED


def _unwrapped(lines: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield " ".join(paragraph)
            paragraph = []


def article(blocks: Iterable[Block]) -> str:
    """The text of an article file, ended with a line feed."""
    parts: list[str] = []
    last = ""
    for block in blocks:
        parts += ["\n" if last == block.kind == "li" else "\n\n", as_markdown(block)]
        last = block.kind
    return "".join(parts).lstrip("\n") + "\n"


def as_markdown(block: Block) -> str:
    """The block as Markdown, without what no file may have. Only characters that mean something get a backslash."""
    text = FORBIDDEN.sub("", re.sub(r"\s*[\n\f\v\x85\u2028\u2029]\s*", " ", block.text)).strip()
    return MARKS[block.kind] + next(way for way in _ways(text) if _reads_back(way, text))


def _ways(text: str) -> Iterator[str]:
    """The ways to write it, the most readable first; the last one always holds."""
    yield text
    yield _unlisted(text)
    yield _unlisted(re.sub(r"([\\`*_\[\]<>&!|~#])", r"\\\1", text))
    yield re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def _unlisted(text: str) -> str:
    """With a backslash where a line would begin a list, a heading or a quotation."""
    return re.sub(r"^(\d+)([.)])|^([-+#>=~|])", lambda match: f"{match[1] or ''}\\{match[2] or match[3]}", text)


def _reads_back(written: str, text: str) -> bool:
    """As one paragraph of exactly this text, without anything that articles may not have."""
    runs = [run for paragraph in markdown.paragraphs(written) if paragraph.kind == "p" for run in paragraph.runs]
    return [(run.text, run.tags, run.href) for run in runs] == [(text, (), None)] and not any(
        markdown.raw_html(written)
    )
