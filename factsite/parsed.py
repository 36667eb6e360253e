"""A page as a browser parses it: its elements and what it says of itself."""

from __future__ import annotations

from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

Attributes = dict[str, str | None]
BREAK = "\x1f"
"""Put between pieces of text; no text has it."""


class Parsed:
    """An HTML page. Its elements are gone through once and nodes are not kept: this is most of the audit's time."""

    def __init__(self, content: bytes) -> None:
        self._tree = LexborHTMLParser(content)
        root = self._tree.root
        nodes = root.traverse() if root else ()
        self.elements = [(node.tag or "", attributes) for node in nodes if (attributes := node.attributes)]
        """Name and attributes of each element that has any, in the order of the page."""
        self.names: set[str] = set().union(*[attributes for _, attributes in self.elements])
        """Of all attributes: one look tells which the page does not have."""
        self._nodes = [(node.tag, node) for node in self._tree.css("title,h1,script,style")]

    def having(self, name: str) -> list[tuple[str, Attributes]]:
        """The elements with an attribute."""
        return [element for element in self.elements if name in element[1]]

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
        titles = [node for tag, node in self._nodes if tag == "title"]
        return [node.text().strip() for node in titles if node.parent and node.parent.tag == "head"]

    @cached_property
    def headings(self) -> list[str]:
        """Its h1 elements."""
        return [node.text().strip() for tag, node in self._nodes if tag == "h1"]

    @cached_property
    def scripts(self) -> list[tuple[Attributes, str]]:
        """Attributes and text of its script elements, those with data included."""
        return [(node.attributes, node.text()) for tag, node in self._nodes if tag == "script"]

    @cached_property
    def styles(self) -> list[str]:
        """Texts of its style elements."""
        return [node.text() for tag, node in self._nodes if tag == "style"]

    @cached_property
    def pieces(self) -> list[str]:
        """The text of its main part as the elements cut it."""
        main = self._tree.css_first("main") or self._tree.body
        return main.text(separator=BREAK).split(BREAK) if main else []

    @cached_property
    def text(self) -> str:
        """The text of its main part."""
        return "".join(self.pieces)

    def says(self, words: str) -> bool:
        """Whether its main part has these words, whatever white space is between them."""
        return words in self.text or " ".join(words.split()) in " ".join(self.text.split())


def value(attributes: Attributes, name: str) -> str:
    """An attribute without white space around it; empty if it is absent."""
    return (attributes.get(name) or "").strip()
