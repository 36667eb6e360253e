"""Every id and every link in the content points at something: checks only, nothing is built here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import unquote

from factsite import markdown, model, urls
from factsite.loading.entries import FOLDERS, Content, Entry
from factsite.problems import Keys, Problem, as_warning, nearest

T = TypeVar("T", bound=model.Written)

LINKED = {"actors": "actor", "claims": "claim", "sources": "source", "topics": "topic", "": "page"}
"""The kind of entry behind each folder of a page path."""


@dataclass(frozen=True, slots=True)
class Ids:
    """Which ids there are, by kind."""

    valid: Mapping[str, AbstractSet[str]]
    renamed: Mapping[str, Mapping[str, str]]
    """Former ids, with the present one."""
    named: Mapping[str, Mapping[str, str]]
    """What people call things, in lower case, with the id."""
    drafts: AbstractSet[str]
    """Claims that are not public."""
    with_drafts: bool
    """Drafts are shown in this build."""

    def meant(self, kind: str, text: str) -> str:
        """The id that was meant by something that is none; empty if nothing comes close."""
        for others in (self.renamed, self.named):
            if text.casefold() in others.get(kind, {}):
                return others[kind][text.casefold()]
        return nearest(urls.slug(text) or text, sorted(self.valid[kind]))


class _Noted(AbstractSet[str]):
    """Ids of one kind of which each is said to exist, to find out which an entry needs."""

    def __init__(self) -> None:
        self.asked: dict[str, None] = {}

    def __contains__(self, entry_id: object) -> bool:
        self.asked[str(entry_id)] = None
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(self.asked)

    def __len__(self) -> int:
        return len(self.asked)


KINDS = ("actor", "claim", "source", "article", "page", "rating", "topic")
"""Everything that has ids."""


def needs(entry: Entry[model.Written]) -> tuple[tuple[str, ...], bool]:
    """What must exist for the entry to be right, as `kind:id`; and whether it is wrong whatever exists."""
    asked = {kind: _Noted() for kind in KINDS}
    is_faulty = any(True for _ in _check_entry(entry, Ids(asked, {}, {}, frozenset(), with_drafts=False)))
    return tuple(f"{kind}:{entry_id}" for kind, ids in asked.items() for entry_id in ids), is_faulty


def collect(content: Content, *, with_drafts: bool) -> Ids:
    """The ids of everything that can be referred to."""
    settings, records = content.settings, content.records
    documents = content.sources.keys() | content.articles.keys()
    valid: dict[str, AbstractSet[str]] = {
        "actor": content.actors.keys(),
        "claim": content.claims.keys(),
        "source": documents,
        "article": content.articles.keys(),
        "page": content.pages.keys(),
        "rating": {rating.id for rating in settings.ratings} if settings else set(),
        "topic": {topic.id for topic in settings.topics} if settings else set(),
    }
    renamed = {
        "claim": {old: claim for claim, outline in records.claims() for old in outline.aliases},
        "actor": {old: actor for actor, outline in records.actors() for old in outline.old_ids},
        "source": {old: source for source, outline in records.sources() for old in outline.aliases},
    }
    drafts = {claim for claim, outline in records.claims() if outline.status == "draft"}
    return Ids(valid, renamed, _names(content), drafts, with_drafts)


def _names(content: Content) -> dict[str, dict[str, str]]:
    """Labels and names by which editors may have meant an id."""
    settings = content.settings
    return {
        "actor": {name.casefold(): actor for actor, outline in content.records.actors() for name in outline.names},
        "rating": {rating.label.casefold(): rating.id for rating in settings.ratings} if settings else {},
        "topic": {topic.label.casefold(): topic.id for topic in settings.topics} if settings else {},
    }


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
    for keys, mark, entry_id in model.marked(settings, model.Ref):
        yield from _check_id("site.yaml", keys, mark.kind, entry_id, ids, public=True)
    valid = ids.valid["page"] | set(urls.SECTIONS)
    for index, name in enumerate(settings.navigation):
        if name not in valid:
            expected = f"{', '.join(urls.SECTIONS)}, or the name of a file in content/pages/"
            problem = _unknown("site.yaml", ("navigation", index), "page", name, ids)
            yield replace(problem, expected=expected, nearest=nearest(name, sorted(valid)))


def _check_entry(entry: Entry[model.Written], ids: Ids) -> Iterator[Problem]:
    public = not (isinstance(entry.data, model.Claim) and entry.data.status == "draft")
    seen: set[tuple[Keys, str]] = set()
    for keys, mark, entry_id in model.marked(entry.data, model.Ref):
        yield from _check_id(entry.path, keys, mark.kind, entry_id, ids, public=public)
        if isinstance(keys[-1], int) and (keys[:-1], entry_id) in seen:
            message = f"`{entry_id}` stands twice in `{keys[-2]}`"
            yield Problem("duplicate-item", message, entry.path, keys, expected="each id once")
        seen.add((keys[:-1], entry_id))
    for keys, _, text in model.marked(entry.data, model.Prose):
        for problem in _check_prose(text, entry.path, ids, public=public):
            yield replace(problem, keys=keys)
    if entry.body:
        for problem in _check_prose(entry.body, entry.path, ids, public=public):
            yield replace(problem, line=(problem.line or 1) + entry.body_line - 1)
    if isinstance(entry.data, model.Article):
        yield from _check_article(entry)


def _check_article(entry: Entry[model.Written]) -> Iterator[Problem]:
    """An article's text is somebody else's: it knows no pages of this site."""
    for link in markdown.links(entry.body):
        if urls.internal_path(link.url) is not None:
            message = "The text of an article cannot link to a page of this site"
            expected = "the text as it was published; the actors it names are linked by themselves"
            line = link.line + entry.body_line - 1
            yield Problem("article-link", message, entry.path, line=line, expected=expected)


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
    folder, suffix = FOLDERS[kind]
    also = " or content/articles/" if kind == "source" else ""
    return f"the name of a file in content/{folder}/{also}, without its `{suffix}`"


# --- prose -----------------------------------------------------------------------------------------------------------


def _check_prose(text: str, path: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    """Problems with their lines counted from the text's own first line."""
    for line, html in markdown.raw_html(text):
        message = f"Raw HTML is not allowed: `{html[:40]}`"
        yield Problem("raw-html", message, path, line=line, expected="Markdown; or a backslash before the `<`")
    for link in markdown.links(text):
        yield from _check_link(link, path, ids, public=public)


def _check_link(link: markdown.Hyperlink, path: str, ids: Ids, *, public: bool) -> Iterator[Problem]:
    internal = urls.internal_path(link.url)
    if link.image:
        expected = "a link to the picture's page"
        yield Problem("image", "Pictures in the text are not supported", path, line=link.line, expected=expected)
    elif internal is not None:
        kind, _, entry_id = unquote(link.url.partition("#")[0]).partition(":")
        for problem in _check_id(path, (), kind, entry_id, ids, public=public):
            yield replace(problem, keys=None, line=link.line)
    elif urls.scheme(link.url) not in urls.SAFE_SCHEMES:
        yield Problem(
            "bad-link",
            f"`{link.url[:60]}` is not an address that a text may link to" if link.url else "This link has no address",
            path,
            line=link.line,
            expected="https://…, mailto:…, or a page of this site: actor:id, claim:id, source:id, topic:id, page:id",
        )


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
