"""A file that is imported → what it says about itself, and its blocks. Pure."""

from __future__ import annotations

import re
import warnings
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector

from factsite.importing import metadata, textblocks, webpage
from factsite.importing.furniture import Block
from factsite.importing.metadata import Metadata
from factsite.importing.webpage import Judge
from factsite.loading import documents
from factsite.problems import Problem

MARKUP = re.compile(rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body|main|article|div|p)\b|(\xef\xbb\xbf)?\s*<!--")
MARKS = (BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE)
LABELS = dict.fromkeys(("iso-8859-1", "latin1", "ascii", "us-ascii"), "windows-1252")
"""What browsers take these declarations for (https://encoding.spec.whatwg.org/#names-and-labels)."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is imported."""

    name: str
    """Of the file, for messages."""
    content: bytes
    saved: str = ""
    """ISO date on which the file was saved; empty if unknown."""


def is_html(name: str, content: bytes) -> bool:
    """By its name or its beginning."""
    return name.lower().endswith((".html", ".htm", ".xhtml")) or MARKUP.match(content[:500].lower()) is not None


def read(source: Source, judge: Judge | None) -> tuple[Metadata, list[Block], list[Problem]]:
    """What the page says about itself, and its blocks; or why it cannot be read."""
    if not is_html(source.name, source.content):
        text, problems = documents.decode(source.content, source.name)
        return Metadata(), textblocks.from_text(text), [_unmarked(problem, source.name) for problem in problems]
    text, is_certain = _decoded(source.content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pages say that they are XML, and are not
        soup = BeautifulSoup(text, "lxml")
    page = metadata.read(soup)
    page.remarks += [] if is_certain else ["Some characters of the file could not be read"]
    return page, webpage.blocks(soup, judge), []


def _unmarked(problem: Problem, name: str) -> Problem:
    """What is wrong with a plain text, whose encoding nothing tells. The file is no part of the site."""
    expected = "UTF-8: open it in the program that it comes from, and save it with this encoding (*Save as*)"
    return replace(
        problem, message=f"`{name}` is not UTF-8 text (line {problem.line})", path="", line=None, expected=expected
    )


def _decoded(content: bytes) -> tuple[str, bool]:
    """The text of a page in the encoding that it declares, or in UTF-8; whether every character fits it."""
    declared = EncodingDetector.find_declared_encoding(content, is_html=True) or "utf-8"
    marked = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    first = marked if content.startswith(MARKS) else LABELS.get(declared, declared)
    for encoding in (first, "utf-8"):
        with suppress(LookupError, ValueError):
            return content.decode(encoding), True
    return content.decode("windows-1252", "replace"), False
