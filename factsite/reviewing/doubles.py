"""What is there twice: names of actors, claims, sources. Warnings at both files, each naming the other. Pure."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from factsite import model
from factsite.linking import mentions
from factsite.linking.folding import fold
from factsite.loading.entries import Content, Records
from factsite.problems import Keys, Problem, as_warning


def check(content: Content, shown: Container[str]) -> Iterator[Problem]:
    """A warning at each of them. `shown`: the claims that are part of the site."""
    yield from map(as_warning, _names(content))
    yield from map(as_warning, _claims(content.records, shown))
    yield from map(as_warning, _sources(content.records))


def _names(content: Content) -> Iterator[Problem]:
    paths = content.records.paths["actor"]
    owners = mentions.owners((actor, outline.names) for actor, outline in content.records.actors())
    for name, ids in owners.items():
        for actor in sorted(ids) if len(ids) > 1 else ():
            keys, written = _place(content.actors[actor].data, name)
            message = f"`{written}` names another actor too, so articles link to neither"
            expected = "a name that only one of the two has; or, for a spelling that both have, none of the two"
            notes = _others(paths[other] for other in sorted(ids) if other != actor)
            yield Problem("shared-name", message, paths[actor], keys, expected=expected, notes=notes)


def _place(actor: model.Actor, name: str) -> tuple[Keys, str]:
    """Where a folded name stands in the actor's file, and how it is written there."""
    written: list[tuple[Keys, str | None]] = [(("name",), actor.name), (("short",), actor.short)]
    written += [(("aliases", index), alias) for index, alias in enumerate(actor.aliases)]
    written += [(("names", index, "text"), native.text) for index, native in enumerate(actor.names)]
    return next((keys, text) for keys, text in written if text and fold(text).text.strip() == name)


def _claims(records: Records, shown: Container[str]) -> Iterator[Problem]:
    """A claim may be checked anew once an earlier check of it was withdrawn."""
    paths = records.paths["claim"]
    public = ((key, outline) for key, outline in records.claims() if key in shown)
    sentences = (
        (key, outline.text.casefold().rstrip(". ")) for key, outline in public if outline.status != "withdrawn"
    )
    for key, others in _groups(sentences):
        notes = _others(paths[other] for other in others)
        expected = "one file for each claim; another place where it is made is another item of `appearances`"
        yield Problem(
            "duplicate-claim", "The same claim has another file", paths[key], ("claim",), expected=expected, notes=notes
        )


def _sources(records: Records) -> Iterator[Problem]:
    paths = {**records.paths["source"], **records.paths["article"]}
    urls = ((key, _bare(outline.url)) for key, outline in records.sources() if outline.url)
    for key, others in _groups(urls):
        notes = _others(paths[other] for other in others)
        message, expected = "The same address has another file", "one file for each document"
        yield Problem("duplicate-source", message, paths[key], ("url",), expected=expected, notes=notes)


def _bare(url: str) -> str:
    """Without what may differ between two addresses of one page."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _groups(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each key of which the value is not its own, with the other keys."""
    groups: dict[str, list[str]] = {}
    for key, value in pairs:
        groups.setdefault(value, []).append(key)
    for keys in groups.values():
        if len(keys) > 1:
            yield from ((key, [other for other in keys if other != key]) for key in keys)


def _others(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"the other: {path}" for path in paths)
