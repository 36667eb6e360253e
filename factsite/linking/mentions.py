"""Finding the actors that an article names: by name or spelling, as whole words, the longest name first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from factsite.linking.folding import fold
from factsite.site import Actor, Mention

WORD = re.compile(r"\w+")


ByWord = dict[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """The names that begin with the same word: there may be thousands, but they have few lengths."""

    actors: dict[str, str]
    """Actor ids by folded name."""
    shapes: tuple[tuple[int, int], ...]
    """Where in a name the word stands, and how long the name is; the longest first."""


@dataclass(frozen=True, slots=True)
class Names:
    """All names, by their first word."""

    by_word: ByWord
    """Pairs of folded name and actor id."""
    beginnings: dict[str, Beginning]
    """The same, to look them up."""


def index(actors: Iterable[Actor]) -> Names:
    """The names under which articles may mention these actors."""
    return index_names(
        (a.id, [name for name in (a.name, a.short, *a.aliases, *(native.text for native in a.names)) if name])
        for a in actors
    )


def owners(actors: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """For each folded name the ids of the actors that have it."""
    found: dict[str, set[str]] = {}
    for actor, names in actors:
        for name in names:
            if WORD.search(name):
                found.setdefault(fold(name).text.strip(), set()).add(actor)
    return found


def index_names(actors: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """The names under which articles may mention these actors, given by id. One that two actors share names neither."""
    by_word: dict[str, list[tuple[str, str]]] = {}
    for name, ids in owners(actors).items():
        first = WORD.search(name)
        if len(ids) == 1 and first:
            by_word.setdefault(first[0], []).append((name, next(iter(ids))))
    ordered = {word: tuple(sorted(pairs)) for word, pairs in by_word.items()}
    return Names(ordered, {word: _beginning(word, pairs) for word, pairs in ordered.items()})


def _beginning(word: str, pairs: Iterable[tuple[str, str]]) -> Beginning:
    actors = dict(pairs)
    shapes = {(name.index(word), len(name)) for name in actors}
    return Beginning(actors, tuple(sorted(shapes, key=lambda shape: (-shape[1], -shape[0]))))


def has_any(text: str, words: Iterable[str]) -> bool:
    """Whether any of these first words may stand in the text: if not, their names are not in it."""
    folded = fold(text).text
    return any(word in folded for word in words)


def find(text: str, names: Names) -> tuple[Mention, ...]:
    """Every mention, in order, none overlapping another."""
    folded = fold(text)
    found = []
    done = 0
    for word in WORD.finditer(folded.text):
        beginning = names.beginnings.get(word[0])  # of nearly all words nothing more is asked
        if beginning is None or word.start() < done:
            continue
        for before, length in beginning.shapes:
            start = word.start() - before
            end = start + length
            is_inside = start >= done and end <= len(folded.text)
            actor = beginning.actors.get(folded.text[start:end]) if is_inside else None
            if actor and _whole(folded.text, end):
                low, high = folded.origin(start), folded.end(end)
                if "\n" in text[low:high]:
                    continue  # one word ends a paragraph, the next one begins another
                found.append(Mention(actor, low, high))
                done = end
                break
    return tuple(found)


def _whole(text: str, end: int) -> bool:
    """Whether no word goes on at `end`."""
    return end >= len(text) or not (text[end - 1].isalnum() and (text[end].isalnum() or text[end] == "_"))
