"""What each page shows: one frozen value per template, from which the page is rendered and nothing else.

A view's fields are the variables of its template. Equal views render to equal bytes, so a view's digest is its page's
key.
"""

from __future__ import annotations

from factsite import model
from factsite.site import (
    Actor,
    Card,
    Claim,
    Correction,
    Evidence,
    Link,
    Membership,
    Rating,
    Source,
    Topic,
    Value,
)


class Owner(Value, frozen=True):
    """Who is responsible for the site."""

    name: str
    url: str | None
    email: str | None
    logo: str | None


class Licence(Value, frozen=True):
    """What others may do with the site's own text and data."""

    name: str
    url: str


class Chrome(Value, frozen=True):
    """What every page shows around its content."""

    title: str
    description: str
    base_url: str
    language: str
    publisher: Owner
    licence: Licence | None
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    """The plain pages."""
    policies: dict[str, str]
    """Paths of the pages that the fact-checkers' codes ask for, by id, as far as they exist: `methodology`, …"""
    best_rating: int | None
    worst_rating: int | None
    """Ends of the ordered scale, for ClaimReview."""
    preview: bool


class View(Value, frozen=True):
    """Base of all views."""

    site: Chrome
    title: str
    """Of the page, without the site's name."""
    description: str
    """One or two sentences for search engines and shares, in plain text."""
    origin: str
    """The content file at fault if the page is wrong; empty for lists."""
    trail: tuple[Link, ...]
    """The pages above this one, without the home page."""


class RatingCount(Value, frozen=True):
    """How many claims have a rating."""

    rating: Rating
    count: int


class Tally(Value, frozen=True):
    """How many claims have which rating."""

    total: int
    counts: tuple[RatingCount, ...]
    """In the order of the scale, without zeros."""


class ArticleRow(Value, frozen=True):
    """An article as lists show it."""

    source: Source
    tally: Tally


class CorrectionRow(Value, frozen=True):
    """A correction as lists show it."""

    card: Card
    correction: Correction


class HomeView(View, frozen=True):
    """`home.html`"""

    featured: tuple[Card, ...]
    newest: tuple[Card, ...]
    """Without those featured."""
    tally: Tally
    articles: tuple[ArticleRow, ...]
    topics: tuple[TopicRow, ...]
    corrections: tuple[CorrectionRow, ...]
    actors: int
    """How many."""
    sources: int
    """How many."""


class Choice(Value, frozen=True):
    """One value that a list can be narrowed to."""

    id: str
    label: str
    count: int


class ClaimsView(View, frozen=True):
    """`claims.html`: one page of the list of claims."""

    cards: tuple[Card, ...]
    total: int
    number: int
    """Of this page, from 1."""
    pages: tuple[Link, ...]
    """All pages of the list, this one included."""
    ratings: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    articles: tuple[Choice, ...]
    years: tuple[Choice, ...]


class ClaimView(View, frozen=True):
    """`claim.html`"""

    claim: Claim
    related: tuple[Card, ...]
    embed: Embed


class Embed(Value):
    """The card that other sites can show in a frame."""

    url: str
    height: int
    """In CSS pixels, enough for the text on a narrow screen."""


class ActorRow(Value, frozen=True):
    """An actor as lists show it."""

    actor: Actor
    by: int
    """How many claims it makes."""
    about: int
    """How many claims are about it."""


class ActorGroup(Value, frozen=True):
    """Actors of one kind."""

    kind: model.ActorKind
    actors: tuple[ActorRow, ...]


class ActorsView(View, frozen=True):
    """`actors.html`"""

    groups: tuple[ActorGroup, ...]
    total: int


class Tie(Value, frozen=True):
    """A membership with the actor at its other end."""

    actor: Link
    membership: Membership


class ActorView(View, frozen=True):
    """`actor.html`"""

    actor: Actor
    member_of: tuple[Tie, ...]
    members: tuple[Tie, ...]
    by: tuple[Card, ...]
    about: tuple[Card, ...]
    by_tally: Tally
    about_tally: Tally
    documents: tuple[Source, ...]
    """What it published."""
    mentioned_in: tuple[Source, ...]


class SourceRow(Value, frozen=True):
    """A source as lists show it."""

    source: Source
    claims: int
    """How many claims rest on it or appear in it."""


class SourceGroup(Value, frozen=True):
    """Sources of one type."""

    type: model.SourceType
    sources: tuple[SourceRow, ...]


class SourcesView(View, frozen=True):
    """`sources.html`"""

    articles: tuple[ArticleRow, ...]
    groups: tuple[SourceGroup, ...]
    total: int


class UseRow(Value, frozen=True):
    """A claim that rests on a source, with what the source does for it."""

    card: Card
    evidence: Evidence


class SourceView(View, frozen=True):
    """`source.html`: a document whose text is not here."""

    source: Source
    uses: tuple[UseRow, ...]
    appearing: tuple[Card, ...]
    """Claims that can be read or heard in it."""


class Note(Value, frozen=True):
    """What stands beside a highlight: the claim that it belongs to."""

    number: int
    """From 1, in the order of the text."""
    card: Card
    stance: str
    """Stance of the appearance, or of the evidence."""
    is_evidence: bool
    """The passage is evidence for the claim rather than its appearance."""
    quote: str


class Segment(Value, frozen=True):
    """A stretch of text with the same markup, the same highlights and the same link."""

    text: str
    tags: tuple[str, ...]
    href: str | None
    notes: tuple[int, ...]
    """Numbers of the notes whose passages cover it, in order."""
    starts: tuple[int, ...]
    """Those of them that begin here: the place for the anchor `note-N` back."""
    ends: tuple[int, ...]
    """Those of them that end here: the place for the note's number."""
    actor: Link | None
    """The first mention of an actor."""


class Block(Value, frozen=True):
    """A published paragraph, or a stretch of paragraphs that are left out."""

    kind: str
    """`p`, `h2` to `h6`, `blockquote`, `li`; or `gap`."""
    number: int
    """Of the paragraph in the article, from 1; of a gap, that of its first paragraph."""
    segments: tuple[Segment, ...]
    notes: tuple[Note, ...]
    """Notes whose passages begin in this paragraph."""
    left_out: int
    """How many paragraphs are left out, if it is a gap."""
    unpublished: bool
    """Shown in the preview only."""


class ArticleView(View, frozen=True):
    """`article.html`: an annotated article."""

    source: Source
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    """All of them, in the order of the text."""
    tally: Tally
    uses: tuple[UseRow, ...]
    """Claims that rest on it as evidence."""
    actors: tuple[Link, ...]
    """Whom it names."""
    paragraphs: int
    """How many it has in all."""
    published: int
    """How many of them are published."""


class TopicRow(Value, frozen=True):
    """A topic as lists show it."""

    topic: Topic
    tally: Tally


class TopicsView(View, frozen=True):
    """`topics.html`"""

    topics: tuple[TopicRow, ...]


class TopicView(View, frozen=True):
    """`topic.html`"""

    topic: Topic
    cards: tuple[Card, ...]
    tally: Tally


class RatingRow(Value, frozen=True):
    """A rating with the claims that have it."""

    rating: Rating
    count: int
    cards: tuple[Card, ...]
    """The latest few."""


class RatingsView(View, frozen=True):
    """`ratings.html`"""

    ratings: tuple[RatingRow, ...]
    total: int


class PlainView(View, frozen=True):
    """`page.html`"""

    body: str
    """Markdown."""


class NotFoundView(View, frozen=True):
    """`404.html`, at any depth: its links begin with the site's base path."""


class RedirectView(View, frozen=True):
    """`redirect.html`: an old address."""

    target: Link


class EmbedView(View):
    """`embed.html`: a claim as a card for other sites, without the site around it."""

    claim: Claim


class DataFile(Value):
    """A file for machines."""

    path: str
    label: str
    format: str
    summary: str
    schema: str | None
    """Path of its JSON Schema."""


class Field(Value):
    """A field of a record, or a column of a table, explained."""

    name: str
    type: str
    """In words: `text or null`."""
    summary: str


class Fields(Value):
    """The fields of a record."""

    id: str
    """For an anchor."""
    label: str
    summary: str
    fields: tuple[Field, ...]


class DataView(View):
    """`data.html`: what there is for machines."""

    files: tuple[DataFile, ...]
    records: tuple[Fields, ...]
    columns: tuple[Field, ...]
    """Of the table of claims."""
    claims: int
    """How many."""
    example: str | None
    """Path of a claim page, whose address shows how those of the files beside pages are made."""
