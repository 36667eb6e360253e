"""Looking up an entry: which one is meant, and everything that refers to it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath

from factsite import model
from factsite.editing import referrers
from factsite.editing.referrers import Reference
from factsite.linking import link, mentions, passages
from factsite.loading import places
from factsite.loading.entries import FOLDERS, Content, Entry
from factsite.problems import Problem, nearest

KINDS: Mapping[str, tuple[str, ...]] = {"claim": ("claim",), "actor": ("actor",), "source": ("source", "article")}
"""What can be looked up, with the kinds of its files: an article is a source, too."""
FORMER = {"claim": "aliases", "actor": "old_ids", "source": "aliases"}
"""The field that keeps former ids."""


def entries(content: Content, kind: str) -> dict[str, Entry[model.Written]]:
    """What can be named as `kind`, by id."""
    return {entry_id: entry for each in KINDS[kind] for entry_id, entry in getattr(content, FOLDERS[each][0]).items()}


def former_ids(data: model.Written, kind: str) -> tuple[str, ...]:
    """The ids that an entry had."""
    return tuple(getattr(data, FORMER[kind]))


def renamed(content: Content, kind: str) -> dict[str, str]:
    """Former ids, with the present one."""
    return {old: entry_id for entry_id, entry in entries(content, kind).items() for old in former_ids(entry.data, kind)}


def unknown(content: Content, kind: str, entry_id: str) -> Problem:
    """That there is no such entry, and which one was probably meant."""
    present = renamed(content, kind).get(entry_id)
    message = f"There is no {kind} `{entry_id}`" + (f"; it is now called `{present}`" if present else "")
    others = [other for other in KINDS if other != kind and entry_id in entries(content, other)]
    message += "".join(f"; there is a{'n' * (other == 'actor')} {other} of this name" for other in others)
    folders = " or ".join(f"content/{FOLDERS[each][0]}/" for each in KINDS[kind])
    expected = f"the name of a file in {folders}, without its ending"
    near = present or nearest(entry_id, sorted(entries(content, kind)))
    return Problem(f"unknown-{kind}", message, expected=expected, nearest=near)


# --- what refers to it -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """One place that refers to the entry, or that mentions it."""

    path: str
    line: int
    what: str
    """`evidence 2, contradicts`; the words of a mention."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and what refers to it."""

    kind: str
    id: str
    label: str
    path: str
    details: tuple[str, ...]
    """What to know about it, in a few words each."""
    references: tuple[Place, ...]
    mentions: tuple[Place, ...]
    """Of an actor: where articles name it, once for each paragraph."""


def show(root: Path, content: Content, kind: str, entry_id: str) -> Found | Problem:
    """An entry and everything that refers to it. Content with mistakes is looked through as far as it could be read."""
    entry = entries(content, kind).get(entry_id)
    if entry is None:
        return unknown(content, kind, entry_id)
    naming = [each for each in referrers.of_content(content) if (each.kind, each.id) == (kind, entry_id)]
    return Found(
        kind=kind,
        id=entry_id,
        label=_label(entry.data),
        path=entry.path,
        details=tuple(_details(entry.data, kind)),
        references=tuple(_places(root, content, naming)),
        mentions=tuple(_mentions(content, entry_id)) if kind == "actor" else (),
    )


def _label(data: model.Written) -> str:
    return str(next(getattr(data, name) for name in ("claim", "name", "title") if hasattr(data, name)))


def _details(data: model.Written, kind: str) -> Iterator[str]:
    if isinstance(data, model.Claim):
        yield from (data.rating, data.status)
    elif isinstance(data, model.Actor):
        yield data.kind
    elif isinstance(data, model.Source):
        yield from filter(None, (data.type, data.publisher, data.published))
    for old in former_ids(data, kind):
        yield f"once {old}"


def _places(root: Path, content: Content, references: list[Reference]) -> Iterator[Place]:
    claims = {entry.path: entry.data for entry in content.claims.values()}
    for path, group in groupby(references, key=lambda reference: reference.path):
        file = (root / path).read_bytes()
        found = [Place(path, _line(each, file), _what(each, claims.get(path))) for each in group]
        yield from sorted(found, key=lambda place: place.line)


def _line(reference: Reference, file: bytes) -> int:
    if not reference.keys:
        return reference.line or 1
    return places.locate(Problem("", "", reference.path, reference.keys, line=reference.line), file).line or 1


def _what(reference: Reference, claim: model.Claim | None) -> str:
    """Where the entry is named, with the stance of an appearance or of evidence, and whether the claim is a draft."""
    words = [reference.where]
    if claim and len(reference.keys) > 1 and not reference.is_link:
        items = getattr(claim, str(reference.keys[0]))
        stance = getattr(items[reference.keys[1]], "stance", None)
        words += [stance] if stance else []
    return ", ".join([*words, "of a draft"] if claim and claim.status == "draft" else words)


def _mentions(content: Content, actor: str) -> Iterator[Place]:
    actors, articles = link.unlinked(content)
    names = mentions.index(actors.values())
    for article in articles.values():
        seen = set()
        for found in mentions.find(article.text, names):
            line = passages.line_of(article, found.start)
            if found.actor == actor and line not in seen:
                seen.add(line)
                yield Place(article.source.origin, line, article.text[found.start : found.end])


# --- for people and machines -----------------------------------------------------------------------------------------


def text(found: Found, prefix: str = "") -> str:
    """The entry and the places, by file. `prefix` leads from the reader's folder to the site's root."""
    path = PurePosixPath(prefix, found.path)
    lines = [f"{found.kind} {found.id}: {found.label}", f"{path} ({', '.join(found.details)})", ""]
    files = len({place.path for place in found.references})
    lines.append(f"{_count(len(found.references), 'reference')} in {_count(files, 'file')}")
    lines += _listed(found.references, prefix)
    if found.mentions:
        lines += [
            "",
            f"named in {_count(len(found.mentions), 'paragraph')} of articles",
            *_listed(found.mentions, prefix),
        ]
    return "\n".join(lines)


def _listed(found: tuple[Place, ...], prefix: str) -> Iterator[str]:
    for path, group in groupby(found, key=lambda place: place.path):
        yield f"  {PurePosixPath(prefix, path)}"
        yield from (f"  {place.line:>6}  {place.what}" for place in group)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def as_json(found: Found) -> str:
    """The same for machines; paths lead from the site's root."""

    def rows(found: tuple[Place, ...]) -> list[dict[str, object]]:
        return [{"path": place.path, "line": place.line, "what": place.what} for place in found]

    names = ("kind", "id", "label", "path", "details")
    data = {name: getattr(found, name) for name in names}
    return json.dumps(
        data | {"references": rows(found.references), "mentions": rows(found.mentions)}, indent=1, ensure_ascii=False
    )
