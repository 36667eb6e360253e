"""What of the content is not published, and what is: the texts of both. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from factsite import model
from factsite.site import Actor, Article, Claim, Highlight, Site, Source
from factsite.viewing.annotations import published as public_places


class Draft(NamedTuple):
    """A claim that the site leaves out."""

    id: str
    origin: str
    """Its file, relative to the site's root."""
    claim: model.Claim


class Secret(NamedTuple):
    """What a text that is not published belongs to."""

    code: str
    """Of the fault, if it gets out."""
    name: str
    """In words."""
    origin: str
    """The file it was written in."""


Texts = Iterator[tuple[Secret, str]]


def of_draft(draft: Draft) -> Secret:
    """What the texts of a draft belong to."""
    return Secret("audit-draft", f"the draft `{draft.id}`", draft.origin)


def sentences(drafts: Iterable[Draft]) -> Texts:
    """What lists and cards would show of drafts."""
    for draft in drafts:
        claim = draft.claim
        yield from ((of_draft(draft), text) for text in (claim.claim, claim.short, claim.verdict) if text)


def passages(site: Site, drafts: Iterable[Draft]) -> Texts:
    """Longer texts: the reasons that drafts give, and what articles do not publish."""
    for draft in drafts:
        claim = draft.claim
        texts = (
            claim.claim,
            claim.verdict,
            claim.analysis,
            claim.would_change,
            *(item.note for item in claim.evidence),
        )
        yield from ((of_draft(draft), text) for text in texts if text)
    for article in site.articles.values():
        source = article.source
        secret = Secret("audit-unpublished", f"unpublished paragraphs of `{source.id}`", source.origin)
        for text in _left_out(article, site.highlights.get(source.id, ())):
            yield secret, text


def _left_out(article: Article, highlights: Iterable[Highlight]) -> Iterator[str]:
    """The stretches of an article that its `rights` withhold."""
    highlights = tuple(highlights)
    if article.source.rights == "link":
        end = 0
        for start, stop in sorted(pair for highlight in highlights for pair in highlight.ranges):
            yield article.text[end:start]
            end = max(end, stop)
        yield article.text[end:]
    else:
        public = public_places(article, highlights)
        yield from (paragraph.text for place, paragraph in enumerate(article.paragraphs) if place not in public)


# --- what is published -----------------------------------------------------------------------------------------------


def published(site: Site) -> Iterator[str]:
    """Everything that editors wrote to be read and that the site shows, entry by entry."""
    settings = site.settings
    yield _joined(settings.title, settings.description, *(rating.meaning for rating in settings.ratings))
    yield _joined(*(topic.description for topic in settings.topics))
    yield from (_joined(page.title, page.summary, page.body) for page in site.pages.values())
    yield from map(_of_actor, site.actors.values())
    yield from map(_of_source, site.sources.values())
    yield from map(_of_claim, site.claims.values())
    for article in site.articles.values():
        yield from _shown(article, site.highlights.get(article.source.id, ()))


def _joined(*texts: str | None) -> str:
    return "\n".join(text for text in texts if text)


def _of_actor(actor: Actor) -> str:
    return _joined(actor.name, *actor.aliases, actor.summary, *(membership.role for membership in actor.member_of))


def _of_source(source: Source) -> str:
    publisher = source.publisher.name if source.publisher else None
    return _joined(source.title, source.author, source.summary, source.note, publisher)


def _of_claim(claim: Claim) -> str:
    return _joined(
        *(claim.text, claim.short, claim.verdict, claim.analysis, claim.would_change),
        *(text for item in claim.appearances for text in (item.quote, item.locator)),
        *(text for item in claim.evidence for text in (item.quote, item.note, item.locator)),
        *(response.note for response in claim.responses),
        *(correction.note for correction in claim.corrections),
    )


def _shown(article: Article, highlights: Iterable[Highlight]) -> Iterator[str]:
    highlights = tuple(highlights)
    if article.source.rights == "link":
        yield from (article.text[start:end] for highlight in highlights for start, end in highlight.ranges)
    else:
        public = public_places(article, highlights)
        yield from (paragraph.text for place, paragraph in enumerate(article.paragraphs) if place in public)
