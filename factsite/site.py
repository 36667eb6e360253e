"""What templates read: the linked site as frozen values, without cycles.

An entry refers to what it rests on by value (a claim holds its actors, its sources and its rating) and to everything
else by id; backlinks are maps of ids on `Site`. So every value can be encoded and hashed as a whole, and the hash of
what a page shows is the page's key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from msgspec.structs import force_setattr

from factsite import model, urls


class Value(msgspec.Struct, frozen=True, array_like=True, gc=False, cache_hash=True):
    """Base of all linked values: immutable, comparable, encodable."""


class Link(Value, frozen=True):
    """A page of the site by its path, with the words to show for it."""

    id: str
    path: str
    label: str


NOWHERE = Link("", "", "")
"""In place of a value's own link until the value is there. That link is made once and not each time: many values hold
it, and whether two links are the same is known at a glance if they are one."""


class Rating(Value, frozen=True):
    """One step of the scale."""

    id: str
    label: str
    meaning: str
    tone: model.Tone
    value: int | None
    reviewable: bool
    place: int
    """Place in the settings' list, from 0."""

    @property
    def path(self) -> str:
        """Where it is explained."""
        return f"ratings/#{self.id}"


class Topic(Value, frozen=True):
    """A subject that claims are grouped by."""

    id: str
    label: str
    description: str | None
    link: Link = NOWHERE
    """A link to it."""

    def __post_init__(self) -> None:
        """Its link."""
        force_setattr(self, "link", Link(self.id, urls.page_path("topics", self.id), self.label))

    @property
    def path(self) -> str:
        """Its page."""
        return self.link.path


class Name(Value, frozen=True):
    """A name in another script or language."""

    text: str
    lang: str


class Membership(Value, frozen=True):
    """That an actor belongs to the actor with this id."""

    actor: str
    role: str | None
    since: str | None
    until: str | None


class Actor(Value, frozen=True):
    """A person or body that makes claims or is their subject."""

    id: str
    origin: str
    """The file it was written in, relative to the site's root."""
    name: str
    kind: model.ActorKind
    short: str | None
    names: tuple[Name, ...]
    aliases: tuple[str, ...]
    summary: str | None
    member_of: tuple[Membership, ...]
    same_as: tuple[str, ...]
    old_ids: tuple[str, ...]
    link: Link = NOWHERE
    """A link to it under its short name."""

    def __post_init__(self) -> None:
        """Its link."""
        force_setattr(self, "link", Link(self.id, urls.page_path("actors", self.id), self.label))

    @property
    def path(self) -> str:
        """Its page."""
        return self.link.path

    @property
    def label(self) -> str:
        """The short name if it has one."""
        return self.short or self.name


class Outlet(Value, frozen=True):
    """A publisher: an actor of the site, or only a name."""

    name: str
    actor: Link | None


class Source(Value, frozen=True):
    """A document that is cited; an article if its text is here."""

    id: str
    origin: str
    title: str
    publisher: Outlet | None
    author: str | None
    type: model.SourceType
    published: str | None
    url: str | None
    archive_url: str | None
    accessed: str | None
    language: str | None
    summary: str | None
    party_to: tuple[Link, ...]
    note: str | None
    aliases: tuple[str, ...]
    rights: model.Rights | None
    """How much of the text is published; None if the text is not here."""
    reposted_by: Outlet | None
    link: Link = NOWHERE
    """A link to it."""

    def __post_init__(self) -> None:
        """Its link."""
        force_setattr(self, "link", Link(self.id, urls.page_path("sources", self.id), self.title))

    @property
    def is_article(self) -> bool:
        """Whether its text is here."""
        return self.rights is not None

    @property
    def path(self) -> str:
        """Its page."""
        return self.link.path


class Run(Value, frozen=True):
    """A stretch of an article's text with the same markup."""

    text: str
    tags: tuple[str, ...] = ()
    """`em`, `strong`, `code`, from the outside in."""
    href: str | None = None


class Paragraph(Value, frozen=True):
    """One block of an article's text."""

    kind: str
    """`p`, `h2` to `h6`, `blockquote`, `li`."""
    runs: tuple[Run, ...]
    start: int
    """Where it begins in the article's whole text; paragraphs are joined by one line break."""
    line: int
    """Line of the file, from 1."""

    @property
    def text(self) -> str:
        """Its words without markup."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])


class Article(Value, frozen=True):
    """The text of an article."""

    source: Source
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All of it, paragraphs joined by a line break."""
        return "\n".join([paragraph.text for paragraph in self.paragraphs])


class Part(Value, frozen=True):
    """A stretch of a passage, inside or outside the quote."""

    text: str
    quoted: bool


class Passage(Value, frozen=True):
    """A quote in its surroundings, as far as the article's `rights` let it be shown."""

    article: str
    ranges: tuple[tuple[int, int], ...]
    """The quoted stretches, as offsets in the article's text."""
    paragraphs: tuple[tuple[Part, ...], ...]
    """The paragraphs that it touches, each split into parts; only quoted parts if `rights` is `link`."""

    @property
    def exact(self) -> str:
        """The quoted words as they stand in the article, gaps as an ellipsis."""
        return " … ".join(part.text for parts in self.paragraphs for part in parts if part.quoted)


def text_order(ranges: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Sorts the passages of an article as readers meet them: of those that begin together, the longest comes first."""
    return ranges[0][0], -ranges[-1][1]


def passage_anchor(claim_id: str, number: int, *, is_evidence: bool) -> str:
    """The anchor of a claim's passage in an annotated article: they are counted in their `text_order` from 1, those
    that are evidence apart, since the claim's page does not know the numbers of the article's notes.
    """
    return f"claim-{claim_id}{'.e' if is_evidence else ''}{f'.{number}' if number > 1 else ''}"


class Appearance(Value, frozen=True):
    """One place where a claim can be read."""

    source: Source
    quote: str
    stance: model.AppearanceStance
    locator: str | None
    passage: Passage | None
    """None if the text is not here and the quote is as transcribed by us."""


class Evidence(Value, frozen=True):
    """One document that bears on a claim."""

    number: int
    """Place in the claim's list, from 1."""
    source: Source
    stance: model.EvidenceStance
    quote: str | None
    note: str | None
    locator: str | None
    passage: Passage | None


class Response(Value, frozen=True):
    """What a claimant answered."""

    by: Link
    date: str
    note: str


class Correction(Value, frozen=True):
    """A dated change of a published claim."""

    date: str
    note: str
    rating_was: Rating | None


class Claim(Value, frozen=True):
    """A claim with everything its page shows, except its related claims."""

    id: str
    origin: str
    text: str
    short: str
    """At most 75 characters if the editor kept to it; else the claim itself."""
    rating: Rating
    verdict: str
    kind: model.ClaimKind | None
    claimants: tuple[Actor, ...]
    about: tuple[Actor, ...]
    topics: tuple[Topic, ...]
    made: str | None
    appearances: tuple[Appearance, ...]
    evidence: tuple[Evidence, ...]
    analysis: str | None
    would_change: str | None
    checked: str
    reviewers: tuple[str, ...]
    status: model.Status
    responses: tuple[Response, ...]
    corrections: tuple[Correction, ...]
    """Newest first."""
    related: tuple[str, ...]
    aliases: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its page."""
        return urls.page_path("claims", self.id)

    @property
    def weighed(self) -> dict[str, tuple[Evidence, ...]]:
        """The evidence by stance: what speaks for it or against it in the order of the file, context last."""
        stances = sorted(dict.fromkeys(item.stance for item in self.evidence), key=lambda stance: stance == "context")
        return {stance: tuple(item for item in self.evidence if item.stance == stance) for stance in stances}

    @property
    def read_in(self) -> list[Source]:
        """The documents that it appears in."""
        return list({appearance.source.id: appearance.source for appearance in self.appearances}.values())

    @property
    def party_count(self) -> int:
        """How many documents of the evidence are from a party to the matter."""
        return sum(1 for item in self.evidence if item.source.party_to)

    def anchor(self, item: Appearance | Evidence) -> str:
        """Where a passage stands in the annotated article."""
        items: tuple[Appearance | Evidence, ...] = self.evidence if isinstance(item, Evidence) else self.appearances
        found = [(other, other.passage) for other in items if other.passage and other.source.id == item.source.id]
        found.sort(key=lambda pair: text_order(pair[1].ranges))
        same = [other for other, _ in found]
        return passage_anchor(self.id, same.index(item) + 1, is_evidence=isinstance(item, Evidence))

    @property
    def modified(self) -> str:
        """Date of the last check or correction."""
        return max([self.checked, *(correction.date for correction in self.corrections)])


class Card(Value, frozen=True):
    """A claim as lists show it."""

    id: str
    text: str
    rating: Rating
    verdict: str
    claimants: tuple[Link, ...]
    about: tuple[Link, ...]
    topics: tuple[Link, ...]
    articles: tuple[Link, ...]
    made: str | None
    checked: str
    modified: str
    status: model.Status
    origin: str = ""
    """The file it was written in, relative to the site's root."""
    places: tuple[tuple[str, model.AppearanceStance], ...] = ()
    """Source and stance of each appearance."""
    corrections: tuple[Correction, ...] = ()
    """Newest first."""
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Its page."""
        return urls.page_path("claims", self.id)


class Standing(Value, frozen=True):
    """How a claim stands: for what looks at all claims, and shows none."""

    id: str
    status: model.Status
    modified: str
    """Date of the last check or correction."""
    aliases: tuple[str, ...] = ()


class PlainPage(Value, frozen=True):
    """A page such as the methodology, its body still in Markdown."""

    id: str
    origin: str
    title: str
    summary: str | None
    body: str

    @property
    def path(self) -> str:
        """Its address."""
        return urls.page_path("", self.id)

    @property
    def link(self) -> Link:
        """A link to it."""
        return Link(id=self.id, path=self.path, label=self.title)


class Highlight(Value, frozen=True):
    """A checked passage of an article, or one that serves as evidence."""

    claim: str
    ranges: tuple[tuple[int, int], ...]
    quote: str
    stance: str
    """Stance of the appearance, or of the evidence."""
    is_evidence: bool


class Mention(Value, frozen=True):
    """The first place where an article names an actor, per paragraph."""

    actor: str
    start: int
    end: int


class Bearing(Value, frozen=True):
    """What a document does to a claim: a piece of its evidence, without the document."""

    number: int
    """Place in the claim's list, from 1."""
    stance: model.EvidenceStance
    note: str | None
    locator: str | None


class Use(Value, frozen=True):
    """That a claim rests on a source."""

    claim: str
    evidence: Bearing


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, linked. Mappings keep the order in which lists show their entries."""

    settings: model.Settings
    preview: bool
    """Drafts and unpublished paragraphs are in, marked as such."""
    ratings: Mapping[str, Rating]
    topics: Mapping[str, Topic]
    actors: Mapping[str, Actor]
    """By name."""
    sources: Mapping[str, Source]
    """Newest first; articles too."""
    articles: Mapping[str, Article]
    """Newest first."""
    claims: Mapping[str, Claim]
    """Latest checked first."""
    cards: Mapping[str, Card]
    """One for each claim, in the same order."""
    standings: Mapping[str, Standing]
    """One for each claim, in the same order."""
    pages: Mapping[str, PlainPage]
    claims_by: Mapping[str, tuple[str, ...]]
    """Claims that an actor makes."""
    claims_about: Mapping[str, tuple[str, ...]]
    """Claims whose subject an actor is."""
    claims_naming: Mapping[str, tuple[str, ...]]
    """Claims whose reasoning links to an actor that neither makes the claim nor is its subject."""
    claims_on: Mapping[str, tuple[str, ...]]
    """Claims of a topic."""
    concerning: Mapping[str, tuple[str, ...]]
    """Claims on a topic, or by or about an actor, withdrawn ones too, by the path of its page."""
    claims_rated: Mapping[str, tuple[str, ...]]
    """Claims with a rating."""
    uses: Mapping[str, tuple[Use, ...]]
    """Claims that rest on a source."""
    used_by: Mapping[str, tuple[str, ...]]
    """Claims that rest on a source, by their ids alone."""
    appearing: Mapping[str, tuple[str, ...]]
    """Claims that appear in a source or article."""
    highlights: Mapping[str, tuple[Highlight, ...]]
    """Passages of an article, in their `text_order`."""
    mentions: Mapping[str, tuple[Mention, ...]]
    """Actors named in an article, in the order of the text."""
    mentioned_in: Mapping[str, tuple[str, ...]]
    """Articles that name an actor."""
    published_by: Mapping[str, tuple[str, ...]]
    """Sources that an actor published."""
    members: Mapping[str, tuple[str, ...]]
    """Actors that say they belong to an actor."""

    @property
    def listed(self) -> list[Card]:
        """All claims that lists show."""
        return [card for card in self.cards.values() if card.status != "withdrawn"]

    @property
    def has_share_images(self) -> bool:
        """Whether each claim has a picture for links elsewhere; the preview needs none."""
        return self.settings.share_images and not self.preview
