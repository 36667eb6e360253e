"""Atom feeds (RFC 4287): all claims and corrections, those on a topic, those of an actor, corrections alone. Pure.

Ids are the addresses of the claim pages; a correction's adds its date. Dates are those of the content. A withdrawn
claim leaves a tombstone (RFC 6721), so that feed readers drop what they have stored of it.
"""

from __future__ import annotations

import heapq
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

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
"""Characters that XML 1.0 cannot hold, not even as references. They are listed, not those that it can hold: `re` would
make a table of 65,536 entries of these, at each start."""


@dataclass(frozen=True, slots=True)
class Event:
    """What an entry of a feed tells: that a claim was checked, or corrected. Most are too old to be written."""

    claim: Card
    updated: str
    """RFC 3339."""
    correction: Correction | None = None
    count: int = 1
    """Place among the corrections of that day."""


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
        events: list[Event] = []
        gone = []
        for card in cards:
            if card.status == "withdrawn":
                gone.append(_tombstone(card, self.chrome))
            else:
                events += [*_corrections(card), Event(card, data.timestamp(card.modified))]
        return self._written(path, page, title, subtitle, events, gone, origin)

    def corrections(self, cards: Iterable[Card]) -> Output:
        """Corrections alone, those of withdrawn claims included: they say why."""
        events = [event for card in cards for event in _corrections(card)]
        title, subtitle = f"Corrections · {self.chrome.title}", "What we got wrong, and what it says now."
        return self._written("corrections.xml", "corrections/", title, subtitle, events, [], "site.yaml")

    def _written(
        self, path: str, page: str, title: str, subtitle: str, events: list[Event], gone: list[str], origin: str
    ) -> Output:
        newest = sorted(events, key=lambda event: event.updated, reverse=True)[:NEWEST]
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
            *(_entry(event, chrome) for event in newest),
            *gone,
            "</feed>\n",
        ]
        return Output(path, "\n".join(lines).encode(), origin)

    def _updated(self) -> str:
        """For a feed without entries."""
        return data.timestamp(data.latest(self.site) or UNKNOWN)


def _author(chrome: Chrome) -> str:
    owner = chrome.publisher
    parts = [_element("name", owner.name), _element("uri", owner.url or chrome.base_url)]
    parts += [_element("email", owner.email)] if owner.email else []
    return f"<author>{''.join(parts)}</author>"


# --- entries ---------------------------------------------------------------------------------------------------------


def _corrections(claim: Card) -> Iterator[Event]:
    """Newest first. The n-th correction of one day has an id that later ones do not change."""
    same_day: dict[str, int] = {}
    for correction in claim.corrections:
        count = same_day[correction.date] = same_day.get(correction.date, 0) + 1
        yield Event(claim, data.timestamp(correction.date), correction, count)


def _tombstone(claim: Card, chrome: Chrome) -> str:
    url = urls.absolute(chrome.base_url, claim.path)
    return _element("at:deleted-entry", ref=url, when=data.timestamp(claim.modified))


def _entry(event: Event, chrome: Chrome) -> str:
    claim, url = event.claim, _text(urls.absolute(chrome.base_url, event.claim.path))
    inner = _corrected(event, event.correction, url, chrome) if event.correction else _checked(event, url)
    topics = (_topic(chrome.base_url, topic.id, topic.label) for topic in claim.topics)
    *head, summary = inner
    return "\n".join(["<entry>", *head, f"<updated>{event.updated}</updated>", *topics, summary, "</entry>"])


def _checked(event: Event, url: str) -> Iterator[str]:
    """The rating comes first: a headline alone must not spread the claim."""
    claim, href = event.claim, _quoted(url)
    draft = "Draft: " if claim.status == "draft" else ""
    yield f"<id>{url}</id>"
    yield _element("title", f"{draft}{claim.rating.label}: {claim.text}")
    yield f'<link rel="alternate" type="text/html" href="{href}"/>'
    yield f'<link rel="alternate" type="application/json" href="{href}index.json"/>'
    yield f"<published>{data.timestamp(claim.checked)}</published>"
    yield _element("summary", claim.verdict)


def _corrected(event: Event, correction: Correction, url: str, chrome: Chrome) -> Iterator[str]:
    claim, was = event.claim, correction.rating_was
    anchor = f"correction-{correction.date}" + (f"-{event.count}" if event.count > 1 else "")
    state = "Withdrawn" if claim.status == "withdrawn" else f"{claim.rating.label} (corrected)"
    note = markdown.to_inline_html(correction.note, chrome.base_url)
    changed = f" The rating was “{html.escape(was.label)}”." if was else ""
    yield f"<id>{url}#{anchor}</id>"
    yield _element("title", f"{state}: {claim.text}")
    yield f'<link rel="alternate" type="text/html" href="{_quoted(url)}"/>'
    yield f"<published>{event.updated}</published>"
    yield _element("summary", note + changed, type="html")


@lru_cache(maxsize=1000)
def _topic(base_url: str, topic_id: str, label: str) -> str:
    return _element("category", term=topic_id, scheme=urls.absolute(base_url, "topics/"), label=label)


# --- XML -------------------------------------------------------------------------------------------------------------


def _element(name: str, text: str = "", **attributes: str) -> str:
    written = "".join(f' {key}="{_attribute(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{_text(text)}</{name}>" if text else f"<{name}{written}/>"


def _text(value: str) -> str:
    """Escaped for XML; a character that XML cannot hold becomes the replacement character."""
    return html.escape(NOT_XML.sub("\ufffd", value), quote=False)


def _attribute(value: str) -> str:
    return _quoted(_text(value))


def _quoted(escaped: str) -> str:
    return escaped.replace('"', "&quot;")
