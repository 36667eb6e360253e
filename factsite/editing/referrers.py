"""Every place where a file names another entry: ids in its fields, and links in its Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from factsite import markdown, model, urls
from factsite.loading.entries import FOLDERS, Content, Entry
from factsite.problems import Keys

OUTLETS = ("publisher", "reposted_by")
"""Fields that hold the id of an actor, or a name in plain text."""
CLAIM_ANCHOR = "claim-"
"""What the id of a claim stands behind, where a link leads to its passage on the page of an article."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where an entry is named."""

    path: str
    """The file that names it."""
    kind: str
    """What is named: claim, actor, source, page, rating, topic. Articles are sources here."""
    id: str
    keys: Keys = ()
    """The field; empty for the text below the front matter."""
    line: int | None = None
    """Of a link: its line, counted from the first one of its field, or in the file if there is no field."""

    @property
    def is_link(self) -> bool:
        """In Markdown, not in a field for ids."""
        return self.line is not None

    @property
    def where(self) -> str:
        """In words: `evidence 2`, `link in analysis`."""
        number = next((f" {key + 1}" for key in self.keys[:-1] if isinstance(key, int)), "")
        place = f"{self.keys[0]}{number}" if self.keys else "the text"
        return f"link in {place}" if self.is_link else place


def of_entry(entry: Entry[model.Written]) -> Iterator[Reference]:
    """Everything that a file names."""
    yield from of_data(entry.path, entry.data)
    for link in markdown.links(entry.body):
        line = link.line + entry.body_line - 1
        yield from (Reference(entry.path, kind, named, line=line) for kind, named in _linked(link.url))


def of_data(path: str, data: model.Written) -> Iterator[Reference]:
    """Everything that the fields name."""
    for keys, mark, named in model.marked(data, model.Ref):
        yield Reference(path, "source" if mark.kind == "article" else mark.kind, named, keys)
    for name in OUTLETS if isinstance(data, model.Source) else ():
        outlet = getattr(data, name, None)
        if outlet and urls.is_id(outlet):
            yield Reference(path, "actor", outlet, (name,))
    for keys, _, text in model.marked(data, model.Prose):
        for link in markdown.links(text):
            yield from (Reference(path, kind, named, keys, link.line) for kind, named in _linked(link.url))


def _linked(url: str) -> Iterator[tuple[str, str]]:
    """Kind and id of what a link names: the entry that it leads to, and a claim in its anchor."""
    if urls.internal_path(url) is None:
        return
    address, _, anchor = unquote(url).partition("#")
    kind, _, entry_id = address.partition(":")
    yield kind, entry_id
    if kind == "source" and anchor.startswith(CLAIM_ANCHOR):
        yield "claim", anchor.removeprefix(CLAIM_ANCHOR).partition(".")[0]


def entries(content: Content) -> Iterator[Entry[model.Written]]:
    """All of them, kind by kind."""
    for folder, _ in FOLDERS.values():
        yield from getattr(content, folder).values()


def of_content(content: Content) -> Iterator[Reference]:
    """Everything that any file names."""
    if content.settings:
        yield from of_data("site.yaml", content.settings)
    for entry in entries(content):
        yield from of_entry(entry)
