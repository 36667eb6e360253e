"""A page as a browser parses it: its elements and what it says of itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

Attributes = dict[str, str | None]
Element = tuple[str, Attributes]
"""Its name and attributes."""
PLAIN = frozenset({"aria-hidden", "class", "d", "datetime", "dir", "viewBox"})
"""Attributes that lead nowhere and do nothing: most elements have no others."""
BREAK = "\x1f"
"""Put between pieces of text; no text has it."""
PIECE = re.compile(rf"\S[^{BREAK}]*")


class Parsed:
    """An HTML page, its elements gone through once. Only what matters is kept: most of the time is spent here."""

    def __init__(self, content: bytes) -> None:
        self._tree = LexborHTMLParser(content)
        self.elements: list[Element] = []
        """Those that have any attributes but `PLAIN` ones, in the order of the page."""
        self._having: defaultdict[str, list[Element]] = defaultdict(list)
        for node in self._tree.css("*"):
            attributes = node.attributes
            if attributes and not PLAIN.issuperset(attributes):
                element = (node.tag or "", attributes)
                self.elements.append(element)
                for name in attributes:
                    self._having[name].append(element)

    @property
    def names(self) -> AbstractSet[str]:
        """Of the attributes of `elements`."""
        return self._having.keys()

    def having(self, name: str) -> Sequence[Element]:
        """The elements with an attribute."""
        return self._having.get(name, ())

    @cached_property
    def meta(self) -> dict[str, str]:
        """Content of the meta elements, by `name`, `property` or `http-equiv` in lower case."""
        found: dict[str, str] = {}
        for tag, attributes in self.elements:
            if tag == "meta":
                name = attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or ""
                found.setdefault(name.lower(), value(attributes, "content"))
        return found

    @property
    def language(self) -> str:
        """Of the whole page."""
        return value(self.elements[0][1], "lang") if self.elements and self.elements[0][0] == "html" else ""

    @cached_property
    def titles(self) -> list[str]:
        """Of the page; pictures within it may have their own."""
        titles = self._tree.tags("title")
        return [node.text().strip() for node in titles if node.parent and node.parent.tag == "head"]

    @cached_property
    def headings(self) -> list[str]:
        """Its h1 elements."""
        return [node.text().strip() for node in self._tree.tags("h1")]

    @cached_property
    def scripts(self) -> list[tuple[Attributes, str]]:
        """Attributes and text of its script elements, those with data included."""
        return [(node.attributes, node.text()) for node in self._tree.tags("script")]

    @cached_property
    def styles(self) -> list[str]:
        """Texts of its style elements."""
        return [node.text() for node in self._tree.tags("style")]

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
        return PIECE.findall(self._broken_text[:length])

    def says(self, words: str) -> bool:
        """Whether its main part has these words, whatever white space is between them."""
        return words in self.text or " ".join(words.split()) in " ".join(self.text.split())


def value(attributes: Attributes, name: str) -> str:
    """An attribute without white space around it; empty if it is absent."""
    return (attributes.get(name) or "").strip()
