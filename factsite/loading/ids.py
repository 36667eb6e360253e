"""Which ids there are: everything that an entry can refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from factsite import urls
from factsite.loading.entries import Content
from factsite.problems import nearest

KINDS = ("actor", "claim", "source", "article", "page", "rating", "topic")
"""Everything that has ids."""


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

    @classmethod
    def of(cls, content: Content, *, with_drafts: bool) -> Ids:
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
        return cls(valid, renamed, _names(content), drafts, with_drafts)

    def meant(self, kind: str, text: str) -> str:
        """The id that was meant by something that is none; empty if nothing comes close."""
        for others in (self.renamed, self.named):
            if text.casefold() in others.get(kind, {}):
                return others[kind][text.casefold()]
        return nearest(urls.slug(text) or text, sorted(self.valid[kind]))


def _names(content: Content) -> dict[str, dict[str, str]]:
    """Labels and names by which editors may have meant an id."""
    settings = content.settings
    return {
        "actor": {name.casefold(): actor for actor, outline in content.records.actors() for name in outline.names},
        "rating": {rating.label.casefold(): rating.id for rating in settings.ratings} if settings else {},
        "topic": {topic.label.casefold(): topic.id for topic in settings.topics} if settings else {},
    }


class Noted(AbstractSet[str]):
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
