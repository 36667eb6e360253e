"""Atom feeds (RFC 4287): all claims and corrections, those on a topic, those of an actor, corrections alone. Pure.

Ids are the addresses of the claim pages; a correction's adds its date. Dates are those of the content. A withdrawn
claim leaves a tombstone (RFC 6721), so that feed readers drop what they have stored of it.
"""

from __future__ import annotations

import heapq
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from factsite import markdown, urls
from factsite.exporting import data
from factsite.site import Actor, Card, Correction, Site, Topic
from factsite.views import Chrome
from factsite.writing.output import Output

NEWEST = 200
"""Entries in a feed, at most: readers fetch the whole of it again and again. `data/claims.json` has everything."""
UNKNOWN = "1970-01-01"
"""Date of a site without claims; RFC 4287 asks for one."""
NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold, not even as references."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    updated: str
    """RFC 3339."""
    xml: str


@dataclass(slots=True)
class Entries:
    """What happened to one claim."""

    claim: list[Entry] = field(default_factory=list)
    """Its own entry; none if it is withdrawn."""
    corrections: list[Entry] = field(default_factory=list)
    gone: str = ""
    """The tombstone of a withdrawn claim."""


def outputs(site: Site, chrome: Chrome) -> Iterator[Output]:
    """All feeds of a site."""
    yield of_site(site, chrome)
    yield of_corrections(site, chrome)
    yield from (of_topic(site, chrome, topic) for topic in site.topics.values())
    yield from (of_actor(site, chrome, actor) for actor in site.actors.values())


def of_site(site: Site, chrome: Chrome) -> Output:
    """All claims and their corrections."""
    # What is older than the newest claims cannot be in the feed, so it is not written; tombstones are, all of them.
    newest = heapq.nlargest(NEWEST, _public(site, site.cards), key=lambda card: card.modified)
    chosen = {card.id for card in newest} | {
        card.id for card in site.cards.values() if card.corrections or card.status == "withdrawn"
    }
    cards = [card for card in _public(site, site.cards) if card.id in chosen]
    return Writer(site, chrome).feed("feed.xml", "", chrome.title, chrome.description, cards, "site.yaml")


def of_corrections(site: Site, chrome: Chrome) -> Output:
    """Corrections alone."""
    cards = [card for card in _public(site, site.cards) if card.corrections]
    return Writer(site, chrome).corrections(cards)


def of_topic(site: Site, chrome: Chrome, topic: Topic) -> Output:
    """The claims on a topic."""
    title = f"{topic.label} · {chrome.title}"
    summary = topic.description or f"Claims on {topic.label}, checked."
    cards = _public(site, site.concerning.get(topic.path, ()))
    return Writer(site, chrome).feed(topic.path + "feed.xml", topic.path, title, summary, cards, "site.yaml")


def of_actor(site: Site, chrome: Chrome, actor: Actor) -> Output:
    """The claims by and about an actor."""
    title = f"{actor.name} · {chrome.title}"
    summary = f"Claims by and about {actor.name}, checked."
    cards = _public(site, site.concerning.get(actor.path, ()))
    return Writer(site, chrome).feed(actor.path + "feed.xml", actor.path, title, summary, cards, actor.origin)


def _public(site: Site, claim_ids: Iterable[str]) -> list[Card]:
    cards = (site.cards[claim_id] for claim_id in claim_ids)
    return [card for card in cards if site.preview or card.status != "draft"]


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts entries together into feeds."""

    site: Site
    chrome: Chrome

    def feed(self, path: str, page: str, title: str, subtitle: str, cards: Iterable[Card], origin: str) -> Output:
        """Claims, their corrections, and tombstones."""
        found = [_entries(card, self.chrome) for card in cards]
        entries = [entry for each in found for entry in (*each.corrections, *each.claim) if not each.gone]
        return self._written(path, page, title, subtitle, entries, [each.gone for each in found if each.gone], origin)

    def corrections(self, cards: Iterable[Card]) -> Output:
        """Corrections alone, those of withdrawn claims included: they say why."""
        entries = [entry for card in cards for entry in _entries(card, self.chrome).corrections]
        title, subtitle = f"Corrections · {self.chrome.title}", "What we got wrong, and what it says now."
        return self._written("corrections.xml", "corrections/", title, subtitle, entries, [], "site.yaml")

    def _written(
        self, path: str, page: str, title: str, subtitle: str, entries: list[Entry], gone: list[str], origin: str
    ) -> Output:
        newest = sorted(entries, key=lambda entry: entry.updated, reverse=True)[:NEWEST]
        chrome, base = self.chrome, self.chrome.base_url
        address = urls.absolute(base, path)
        head = [
            _element("id", address),
            _element("title", title),
            _element("subtitle", subtitle),
            _element("link", rel="self", type="application/atom+xml", href=address),
            _element("link", rel="alternate", type="text/html", href=urls.absolute(base, page)),
            _element("updated", newest[0].updated if newest else self._updated()),
            _author(chrome),
        ]
        if chrome.licence:
            terms = f"{chrome.licence.name} ({chrome.licence.url}). Quotations belong to their authors."
            head.append(_element("rights", terms))
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<feed {NAMESPACES} xml:lang="{_attribute(chrome.language)}">',
            *head,
            *(entry.xml for entry in newest),
            *gone,
            "</feed>\n",
        ]
        return Output(path, "\n".join(lines).encode(), origin)

    def _updated(self) -> str:
        """For a feed without entries."""
        return data.timestamp(data.latest(self.site.cards.values()) or UNKNOWN)


def _author(chrome: Chrome) -> str:
    owner = chrome.publisher
    parts = [_element("name", owner.name), _element("uri", owner.url or chrome.base_url)]
    parts += [_element("email", owner.email)] if owner.email else []
    return f"<author>{''.join(parts)}</author>"


# --- entries ---------------------------------------------------------------------------------------------------------


def _entries(claim: Card, chrome: Chrome) -> Entries:
    url = urls.absolute(chrome.base_url, claim.path)
    corrections = [Entry(data.timestamp(c.date), xml) for c, xml in _corrections(claim, url, chrome)]
    if claim.status == "withdrawn":
        return Entries([], corrections, _element("at:deleted-entry", ref=url, when=data.timestamp(claim.modified)))
    return Entries([Entry(data.timestamp(claim.modified), _claim(claim, url, chrome))], corrections)


def _claim(claim: Card, url: str, chrome: Chrome) -> str:
    """The rating comes first: a headline alone must not spread the claim."""
    draft = "Draft: " if claim.status == "draft" else ""
    return _entry(
        _element("id", url),
        _element("title", f"{draft}{claim.rating.label}: {claim.text}"),
        _element("link", rel="alternate", type="text/html", href=url),
        _element("link", rel="alternate", type="application/json", href=url + "index.json"),
        _element("published", data.timestamp(claim.checked)),
        _element("updated", data.timestamp(claim.modified)),
        *_categories(claim, chrome),
        _element("summary", claim.verdict),
    )


def _corrections(claim: Card, url: str, chrome: Chrome) -> Iterator[tuple[Correction, str]]:
    """Newest first. The n-th correction of one day has an id that later ones do not change."""
    same_day: dict[str, int] = {}
    state = "Withdrawn" if claim.status == "withdrawn" else f"{claim.rating.label} (corrected)"
    for correction in claim.corrections:
        count = same_day[correction.date] = same_day.get(correction.date, 0) + 1
        anchor = f"correction-{correction.date}" + (f"-{count}" if count > 1 else "")
        note = markdown.to_inline_html(correction.note, chrome.base_url)
        was = correction.rating_was
        changed = f" The rating was “{html.escape(was.label)}”." if was else ""
        xml = _entry(
            _element("id", f"{url}#{anchor}"),
            _element("title", f"{state}: {claim.text}"),
            _element("link", rel="alternate", type="text/html", href=url),
            _element("published", data.timestamp(correction.date)),
            _element("updated", data.timestamp(correction.date)),
            *_categories(claim, chrome),
            _element("summary", note + changed, type="html"),
        )
        yield correction, xml


def _categories(claim: Card, chrome: Chrome) -> Iterator[str]:
    scheme = urls.absolute(chrome.base_url, "topics/")
    return (_element("category", term=topic.id, scheme=scheme, label=topic.label) for topic in claim.topics)


# --- XML -------------------------------------------------------------------------------------------------------------


def _entry(*elements: str) -> str:
    return "\n".join(["<entry>", *elements, "</entry>"])


def _element(name: str, text: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{_text(text)}</{name}>" if text else f"<{name}{written}/>"


def _text(value: str) -> str:
    """Escaped for XML; a character that XML cannot hold becomes the replacement character."""
    return html.escape(NOT_XML.sub("\ufffd", value), quote=False)


def _attribute(value: str) -> str:
    return _text(value).replace('"', "&quot;")
