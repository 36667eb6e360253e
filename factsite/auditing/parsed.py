"""A page as a browser parses it: its elements and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

Attributes = dict[str, str | None]
Element = tuple[str, Attributes]
"""Its name and attributes."""
PLAIN = frozenset(
    {
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "cite",
        "class",
        "d",
        "datetime",
        "dir",
        "role",
        "scope",
        "viewBox",
    }
)
"""Attributes that lead nowhere and do nothing: most elements have no others."""
SILENT = int(LexborDocumentOptions.WO_EVENTS)
"""Nobody is told of each element that is put into the tree, so `<selectedcontent>` stays as it was written."""
BREAK = "\x1f"
"""Put between pieces of text; no text has it."""
PIECE = re.compile(rf"\S[^{BREAK}]*")


class Parsed:
    """An HTML page, its elements gone through once. Only what matters is kept: most of the time is spent here."""

    def __init__(self, content: bytes) -> None:
        self._tree = tree = LexborHTMLParser(content, options=SILENT)
        self.elements: list[Element] = []
        """Those that have any attributes but `PLAIN` ones, in the order of the page."""
        for node in tree.root.traverse() if tree.root else ():
            attributes = node.attributes
            if attributes and not PLAIN.issuperset(attributes):
                self.elements.append((node.tag or "", attributes))
        self.names: set[str] = set().union(*[attributes for _, attributes in self.elements])
        """Of their attributes: one look tells which the page does not have."""
        self.meta = _meta(self.elements)
        """Content of the meta elements, by `name`, `property` or `http-equiv` in lower case."""
        self.titles = [node.text().strip() for node in (tree.head.iter() if tree.head else ()) if node.tag == "title"]
        """Of the page; pictures within it may have their own."""
        self.headings = [node.text().strip() for node in tree.tags("h1")]
        """Its h1 elements."""
        self.scripts = [(node.attributes, node.text()) for node in tree.tags("script")]
        """Attributes and text of its script elements, those with data included."""
        self.styles = [node.text() for node in tree.tags("style")]
        """Texts of its style elements."""

    def having(self, name: str) -> list[Element]:
        """The elements with an attribute."""
        return [element for element in self.elements if name in element[1]] if name in self.names else []

    @property
    def language(self) -> str:
        """Of the whole page."""
        return value(self.elements[0][1], "lang") if self.elements and self.elements[0][0] == "html" else ""

    @cached_property
    def _broken_text(self) -> str:
        main = next(iter(self._tree.tags("main")), self._tree.body)
        return main.text(separator=BREAK) if main else ""

    @cached_property
    def text(self) -> str:
        """The text of its main part."""
        return self._broken_text.replace(BREAK, "")

    def beginning(self, length: int) -> list[str]:
        """So many characters of the text of its main part, as the elements cut it; no piece is blank."""
        return [piece.rstrip() for piece in PIECE.findall(self._broken_text[:length])]

    def says(self, words: str) -> bool:
        """Whether its main part has these words, whatever white space is between them."""
        return words in self.text or " ".join(words.split()) in " ".join(self.text.split())


def _meta(elements: Iterable[Element]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, attributes in elements:
        if tag == "meta":
            name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
            found.setdefault(name.lower(), value(attributes, "content"))
    return found


def value(attributes: Attributes, name: str) -> str:
    """An attribute without white space around it; empty if it is absent."""
    return (attributes.get(name) or "").strip()
