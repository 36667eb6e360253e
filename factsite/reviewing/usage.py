"""Sources and actors that nothing refers to. Pure: a site in, problems out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from factsite import model
from factsite.problems import Problem
from factsite.site import Actor, Site, Source

ENTRY_LINK = re.compile(r"\b(actor|source):([a-z0-9-]+)")
"""A link of the site's own in Markdown."""

Used = set[tuple[str, str]]
"""Kind and id of everything that something refers to."""


def check(site: Site, drafts: Iterable[model.Claim]) -> Iterator[Problem]:
    """A problem for each. `drafts`: claims that are not part of the site; what they use is in use."""
    unused = _entries(site) - _shown(site)
    if unused:  # so are claims, which the backlinks of a site that is in order make needless
        unused -= _used(site) | _used_by_drafts(drafts)
    if unused:  # prose is looked through only where it can make a difference
        unused -= {(match[1], match[2]) for text in _prose(site) for match in ENTRY_LINK.finditer(text)}
    for kind, entry_id in sorted(unused):
        yield _unused_source(site.sources[entry_id]) if kind == "source" else _unused_actor(site.actors[entry_id])


def _unused_source(source: Source) -> Problem:
    message = f"No claim rests on the source `{source.id}` or appears in it"
    return Problem("unused-source", message, source.origin, (), expected="a claim that cites it, or no such file")


def _unused_actor(actor: Actor) -> Problem:
    message = f"Nothing refers to the actor `{actor.id}`"
    expected = "a claim, a source, an article or another actor that names it, or no such file"
    return Problem("unused-actor", message, actor.origin, (), expected=expected)


def _entries(site: Site) -> Used:
    return {("actor", actor) for actor in site.actors} | {("source", source) for source in site.sources}


def _shown(site: Site) -> Used:
    """What some page shows as used."""
    actors = (site.members, site.mentioned_in, site.claims_by, site.claims_about, site.published_by)
    sources = (site.used_by, site.appearing)
    used = {("actor", actor) for found in actors for actor in found}
    return used | {("source", source) for found in sources for source in found}


def _used(site: Site) -> Used:
    """What claims, sources and actors refer to by id, and the actors that articles mention."""
    used: Used = {("actor", actor) for actor in (*site.members, *site.mentioned_in)}
    for claim in site.claims.values():
        used |= {("source", appearance.source.id) for appearance in claim.appearances}
        used |= {("source", item.source.id) for item in claim.evidence}
        used |= {("actor", actor.id) for actor in (*claim.claimants, *claim.about)}
        used |= {("actor", response.by.id) for response in claim.responses}
    for source in site.sources.values():
        outlets = (outlet.actor for outlet in (source.publisher, source.reposted_by) if outlet and outlet.actor)
        used |= {("actor", actor.id) for actor in (*outlets, *source.party_to)}
    return used


def _used_by_drafts(drafts: Iterable[model.Claim]) -> Used:
    used: Used = set()
    for draft in drafts:
        marks = model.marked(draft, model.Ref)
        used |= {("source" if mark.kind == "article" else mark.kind, entry_id) for _, mark, entry_id in marks}
        for _, _, text in model.marked(draft, model.Prose):
            used |= {(match[1], match[2]) for match in ENTRY_LINK.finditer(text)}
    return used


def _prose(site: Site) -> Iterator[str]:
    """Every text of the editors' that may link to an entry."""
    for claim in site.claims.values():
        notes = (item.note for items in (claim.evidence, claim.responses, claim.corrections) for item in items)
        yield from filter(None, (claim.analysis, claim.would_change, *notes))
    for actor in site.actors.values():
        yield actor.summary or ""
    for source in site.sources.values():
        yield from filter(None, (source.summary, source.note))
    for page in site.pages.values():
        yield page.body
