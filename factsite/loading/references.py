"""Every id and every link in the content points at something: checks only, nothing is built here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import unquote

from factsite import markdown, model, urls
from factsite.loading import slips
from factsite.loading.entries import FOLDERS, Content, Entry
from factsite.loading.ids import KINDS, Ids
from factsite.loading.slips import Slip
from factsite.problems import Keys, Problem, as_warning, nearest
from factsite.working.asked import Asked

T = TypeVar("T", bound=model.Written)

Marked = tuple[Keys, Any, str]
"""Where a text stands, how it is marked, and itself."""
MARKUP = re.compile(r"[\[\]<*~`#]|[>|][-+]")
"""Without any of these a text has neither link nor HTML nor slip in it; most have none."""
KIND_OF = {written: kind for kind, written in model.MODELS.items()}


def needs(entry: Entry[model.Written]) -> tuple[tuple[str, ...], bool]:
    """What must exist for the entry to be right, as `kind:id`; and whether it is wrong whatever exists."""
    asked = {kind: Asked() for kind in KINDS}
    is_faulty = any(True for _ in _check_entry(entry, Ids(asked, {}, {}, frozenset(), with_drafts=False)))
    return tuple(f"{kind}:{entry_id}" for kind, ids in asked.items() for entry_id in ids), is_faulty


def suspects(content: Content, ids: Ids) -> Content:
    """The content without the entries of which their outlines tell that `check` would find nothing."""
    public = {f"{kind}:{entry_id}" for kind in KINDS for entry_id in ids.valid[kind]}
    public -= {f"claim:{draft}" for draft in ids.drafts}

    def chosen(entries: Mapping[str, Entry[T]], kind: str) -> dict[str, Entry[T]]:
        outlines = content.records.found[kind]
        unsure = (
            key for key in entries if outlines[key].outline.suspect or not public.issuperset(outlines[key].outline.refs)
        )
        return {key: entries[key] for key in unsure}

    return replace(
        content,
        claims=chosen(content.claims, "claim"),
        actors=chosen(content.actors, "actor"),
        sources=chosen(content.sources, "source"),
        articles=chosen(content.articles, "article"),
        pages=chosen(content.pages, "page"),
    )


def check(content: Content, ids: Ids) -> Iterator[Problem]:
    """Everything that points at nothing."""
    yield from _check_settings(content, ids)
    for folder, _ in FOLDERS.values():
        for entry in getattr(content, folder).values():
            yield from _check_entry(entry, ids)
    yield from _check_aliases(content, ids)
    yield from _check_outlets(content, ids)
    yield from _check_evidence(content)


def _check_settings(content: Content, ids: Ids) -> Iterator[Problem]:
    settings = content.settings
    if settings is None:
        return
    marked = list(model.marked(settings))
    yield from _check_refs([ref for ref in marked if isinstance(ref[1], model.Ref)], "site.yaml", ids, public=True)
    yield from _check_plain(marked, "site.yaml")
    valid = ids.valid["page"] | set(urls.SECTIONS)
    for index, name in enumerate(settings.navigation):
        if name not in valid:
            expected = f"{', '.join(urls.SECTIONS)}, or the name of a file in content/pages/"
            problem = _unknown("site.yaml", ("navigation", index), "page", name, ids)
            yield replace(problem, expected=expected, nearest=nearest(name, sorted(valid)))
        elif name in settings.navigation[:index]:
            yield _repeated("site.yaml", ("navigation", index), name)


def _check_entry(entry: Entry[model.Written], ids: Ids) -> Iterator[Problem]:
    public = not (isinstance(entry.data, model.Claim) and entry.data.status == "draft")
    marked = list(model.marked(entry.data))
    refs = [found for found in marked if isinstance(found[1], model.Ref)]
    yield from _check_refs(refs, entry.path, ids, public=public)
    yield from _check_own(refs, entry)
    yield from _check_plain(marked, entry.path)
    for keys, prose, text in marked:
        if isinstance(prose, model.Prose) and MARKUP.search(text):
            yield from _check_slips(slips.in_markdown(text, block=prose.block), entry.path, keys)
            for problem in _check_prose(text, entry.path, ids, public=public):
                yield replace(problem, keys=keys)
    if entry.body:
        for problem in _check_body(entry, ids, public=public):
            yield replace(problem, line=(problem.line or 1) + entry.body_line - 1)
    if isinstance(entry.data, model.Article):
        yield from _check_article(entry)


def _check_refs(refs: Iterable[Marked], path: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    seen: set[tuple[Keys, str]] = set()
    for keys, mark, entry_id in refs:
        yield from _check_id(path, keys, mark.kind, entry_id, ids, public=public)
        if isinstance(keys[-1], int) and (keys[:-1], entry_id) in seen:
            yield _repeated(path, keys, entry_id)
        seen.add((keys[:-1], entry_id))


def _repeated(path: str, keys: Keys, item: str) -> Problem:
    return Problem("duplicate-item", f"`{item}` stands twice in `{keys[-2]}`", path, keys, expected="each id once")


def _check_own(refs: Iterable[Marked], entry: Entry[model.Written]) -> Iterator[Problem]:
    """Claims that are related to themselves, actors that belong to themselves."""
    own = KIND_OF[type(entry.data)]
    for keys, mark, entry_id in refs:
        if (mark.kind, entry_id) == (own, entry.id):
            message = f"The {own} `{entry_id}` refers to itself"
            yield Problem("self-reference", message, entry.path, keys, expected=f"another {own}, or no such line")


def _check_article(entry: Entry[model.Written]) -> Iterator[Problem]:
    """An article's text is somebody else's: it knows no pages of this site."""
    for link in markdown.links(entry.body):
        if urls.internal_path(link.url) is not None:
            message = "The text of an article cannot link to a page of this site"
            expected = "the text as it was published; the actors it names are linked by themselves"
            line, words = link.line + entry.body_line - 1, markdown.target(link, entry.body)
            yield Problem("article-link", message, entry.path, line=line, words=words, expected=expected)


def _check_id(path: str, keys: Keys, kind: str, entry_id: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    """`public`: what refers to the id is itself published."""
    if entry_id not in ids.valid[kind]:
        yield _unknown(path, keys, kind, entry_id, ids)
    elif kind == "claim" and public and entry_id in ids.drafts:
        message = f"The claim `{entry_id}` is a draft, so the published site cannot link to it"
        expected = "a published claim; set its `status: published`, or leave it out here"
        problem = Problem("draft-reference", message, path, keys, expected=expected)
        yield as_warning(problem) if ids.with_drafts else problem


def _unknown(path: str, keys: Keys | None, kind: str, entry_id: str, ids: Ids) -> Problem:
    message, expected = f"There is no {kind} `{entry_id}`", _where(kind)
    if kind in {"rating", "topic"}:
        expected += ": " + ", ".join(sorted(ids.valid[kind]))
    return Problem(f"unknown-{kind}", message, path, keys, expected=expected, nearest=ids.meant(kind, entry_id))


def _where(kind: str) -> str:
    if kind in {"rating", "topic"}:
        return f"an id from `{kind}s` in site.yaml"
    folder = FOLDERS[kind][0]
    also = " or content/articles/" if kind == "source" else ""
    return f"the name of a file in content/{folder}/{also}, without its ending"


# --- prose -----------------------------------------------------------------------------------------------------------


def _check_body(entry: Entry[model.Written], ids: Ids, *, public: bool) -> Iterator[Problem]:
    """An article's text is left as it was published, whatever marks it has."""
    if not isinstance(entry.data, model.Article):
        yield from _check_slips(slips.in_markdown(entry.body, block=True), entry.path, None)
    yield from _check_prose(entry.body, entry.path, ids, public=public)


def _check_plain(marked: Iterable[Marked], path: str) -> Iterator[Problem]:
    """Markup in texts that have none."""
    for keys, mark, text in marked:
        if isinstance(mark, model.Plain):
            yield from _check_slips(slips.in_plain(text), path, keys)


def _check_slips(found: Iterable[Slip], path: str, keys: Keys | None) -> Iterator[Problem]:
    for slip in found:
        message = f"Readers would see `{slip.typed}` as it was typed"
        yield as_warning(
            Problem(
                "markdown",
                message,
                path,
                keys,
                line=slip.line,
                words=slip.typed,
                expected=slip.right,
                nearest=slip.meant,
            )
        )


def _check_prose(text: str, path: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    """Problems with their lines counted from the text's own first line."""
    for line, html in markdown.raw_html(text):
        message = f"Raw HTML is not allowed: `{html[:40]}`"
        expected = "Markdown; or a backslash before the `<`"
        yield Problem("raw-html", message, path, line=line, words=html, expected=expected)
    for link in markdown.links(text):
        for problem in _check_link(link, path, ids, public=public):
            yield replace(problem, keys=None, line=link.line, words=markdown.target(link, text))


def _check_link(link: markdown.Hyperlink, path: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    internal = urls.internal_path(link.url)
    if link.image:
        expected = "a link to the picture's page"
        yield Problem("image", "Pictures in the text are not supported", path, expected=expected)
    elif internal is not None:
        kind, _, entry_id = unquote(link.url.partition("#")[0]).partition(":")
        yield from _check_id(path, (), kind, entry_id, ids, public=public)
    elif not urls.is_safe(link.url):
        message = (
            f"`{link.url[:60]}` is not an address that a text may link to" if link.url else "This link has no address"
        )
        expected = "https://…, mailto:…, or a page of this site: actor:id, claim:id, source:id, topic:id, page:id"
        yield Problem("bad-link", message, path, expected=expected)


# --- what the marks do not say ---------------------------------------------------------------------------------------


def _check_aliases(content: Content, ids: Ids) -> Iterator[Problem]:
    """Former ids must not be taken."""
    groups: tuple[tuple[str, str, Mapping[str, Entry[model.Written]]], ...] = (
        ("claim", "aliases", content.claims),
        ("actor", "old_ids", content.actors),
        ("source", "aliases", content.sources),
        ("source", "aliases", content.articles),
    )
    seen: dict[tuple[str, str], str] = {}
    for kind, name, entries in groups:
        for entry in entries.values():
            for index, old in enumerate(getattr(entry.data, name)):
                taken = f"by the {kind} of that name" if old in ids.valid[kind] else seen.get((kind, old))
                if taken:
                    message = f"The former id `{old}` is taken {taken}"
                    expected = "an id that no other file has or had"
                    yield Problem("duplicate-id", message, entry.path, (name, index), expected=expected)
                seen[kind, old] = f"in {entry.path}"


def _check_outlets(content: Content, ids: Ids) -> Iterator[Problem]:
    """A publisher that looks like an id, and nearly is one, is a slip rather than a name."""
    for entries in (content.sources, content.articles):
        for entry in entries.values():
            for name in ("publisher", "reposted_by"):
                value = getattr(entry.data, name, None)
                if value and "-" in value and urls.is_id(value) and value not in ids.valid["actor"]:
                    yield as_warning(_unknown(entry.path, (name,), "actor", value, ids))


def _check_evidence(content: Content) -> Iterator[Problem]:
    """Claims whose rating is reviewable need evidence."""
    if content.settings is None:
        return
    free = {rating.id for rating in content.settings.ratings if not rating.reviewable}
    for entry in content.claims.values():
        if not entry.data.evidence and entry.data.rating not in free:
            message = "The key `evidence` is missing"
            expected = f"`evidence:`, which a claim rated `{entry.data.rating}` needs"
            yield Problem("missing-key", message, entry.path, (), expected=expected)
