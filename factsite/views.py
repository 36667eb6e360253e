"""What each page shows: one frozen value per template, from which the page is rendered and nothing else.

A view's fields are the variables of its template. Equal views render to equal bytes, so a view's digest is its page's
key.
"""

from __future__ import annotations

from dataclasses import dataclass

from factsite import model
from factsite.site import (
    Actor,
    Bearing,
    Card,
    Claim,
    Correction,
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

    def __hash__(self) -> int:
        """Of what tells sites apart; a dict has no hash."""
        return hash(self.base_url)


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


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    path: str
    template: str
    view: View


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
    rating_is: Rating
    """The rating that it led to, or left as it was."""


class HomeView(View, frozen=True):
    """`home.html`"""

    featured: tuple[Card, ...]
    newest: tuple[Card, ...]
    """Without those featured."""
    tally: Tally
    articles: tuple[ArticleRow, ...]
    """The newest."""
    articles_total: int
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


class PagerLink(Value, frozen=True):
    """A page of a list that another page of it leads to, or that page itself."""

    number: int
    """From 1."""
    path: str
    is_gapped: bool
    """Pages are left out before it."""


class Pager(Value, frozen=True):
    """The way from one page of a list to the others."""

    count: int
    """How many pages the list has."""
    links: tuple[PagerLink, ...]
    """The first page, the last, and this one between its neighbours, by number."""
    previous: str | None
    """Its path; None on the first page."""
    next: str | None
    """Its path; None on the last page."""


class PagedView(View, frozen=True):
    """Base of the views of lists that are cut into pages."""

    number: int
    """Of this page, from 1."""
    pager: Pager


class Jump(Value, frozen=True):
    """Where a group of a list begins, on this or another page."""

    id: str
    path: str
    """With the anchor."""
    count: int
    """How many entries it has in all."""


class ClaimsView(PagedView, frozen=True):
    """`claims.html`: one page of the list of claims. Only the first page has choices."""

    cards: tuple[Card, ...]
    total: int
    ratings: tuple[Choice, ...] | None
    """None here and below: too many for the page; they come with the index."""
    topics: tuple[Choice, ...] | None
    actors: tuple[Choice, ...] | None
    articles: tuple[Choice, ...] | None
    years: tuple[Choice, ...] | None
    scale: tuple[Rating, ...]
    """All ratings, to show claims of other pages with theirs."""


class ClaimView(View, frozen=True):
    """`claim.html`"""

    claim: Claim
    related: tuple[Card, ...]
    embed: Embed
    image: str | None
    """Path of the picture for links that are shared elsewhere."""


class Embed(Value, frozen=True):
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


class ActorsView(PagedView, frozen=True):
    """`actors.html`"""

    groups: tuple[ActorGroup, ...]
    """Those that this page shows at least a part of."""
    jumps: tuple[Jump, ...]
    """All groups, by kind."""
    total: int


class Tie(Value, frozen=True):
    """A membership with the actor at its other end."""

    actor: Link
    membership: Membership


class ActorView(PagedView, frozen=True):
    """`actor.html`: lists hold what this page shows of them; the tallies count all."""

    actor: Actor
    member_of: tuple[Tie, ...]
    members: tuple[Tie, ...]
    by: tuple[Card, ...]
    about: tuple[Card, ...]
    by_tally: Tally
    about_tally: Tally
    documents: tuple[Source, ...]
    """What it published."""
    documents_total: int
    named_in: tuple[Card, ...]
    """Claims that neither are by the actor nor about it, but whose reasoning links to it."""
    named_total: int
    mentioned_in: tuple[Source, ...]
    mentioned_total: int


class SourceRow(Value, frozen=True):
    """A source as lists show it."""

    source: Source
    claims: int
    """How many claims rest on it or appear in it."""


class SourceGroup(Value, frozen=True):
    """Sources of one type."""

    type: model.SourceType
    sources: tuple[SourceRow, ...]


class SourcesView(PagedView, frozen=True):
    """`sources.html`"""

    articles: tuple[ArticleRow, ...]
    groups: tuple[SourceGroup, ...]
    """Those that this page shows at least a part of."""
    jumps: tuple[Jump, ...]
    """All groups: `articles`, then the types."""
    total: int


class UseRow(Value, frozen=True):
    """A claim that rests on a source, with what the source does for it."""

    card: Card
    evidence: Bearing


class SourceView(PagedView, frozen=True):
    """`source.html`: a document whose text is not here. Lists hold what this page shows of them."""

    source: Source
    uses: tuple[UseRow, ...]
    uses_total: int
    appearing: tuple[Card, ...]
    """Claims that can be read or heard in it."""
    appearing_total: int


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
    anchor: str
    """By which the claim's page knows the passage."""


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


class TopicView(PagedView, frozen=True):
    """`topic.html`"""

    topic: Topic
    cards: tuple[Card, ...]
    """Those of this page."""
    tally: Tally
    """Of all its claims."""


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


class StanceCount(Value, frozen=True):
    """How many passages of an article take a stance towards the claims in them."""

    stance: model.AppearanceStance
    count: int


class Column(Value, frozen=True):
    """An article that is compared with others."""

    source: Source
    label: str
    """Publisher, or author, or title."""
    claims: int
    """How many claims appear in it."""
    stances: tuple[StanceCount, ...]
    """Of all stances, in their order; a claim counts once for each stance that the article takes."""


class Cell(Value, frozen=True):
    """What an article does with a claim."""

    article: Link
    label: str
    stances: tuple[model.AppearanceStance, ...]


class CompareRow(Value, frozen=True):
    """A claim with the articles that it appears in."""

    card: Card
    cells: tuple[Cell, ...]
    """In the order of the articles."""


class CompareGroup(Value, frozen=True):
    """Claims that appear in one article only."""

    column: Column
    rows: tuple[CompareRow, ...]
    """Those that this page shows."""
    total: int


class CompareView(PagedView, frozen=True):
    """`compare.html`: claims by articles."""

    columns: tuple[Column, ...]
    """All articles, if they are few enough to stand side by side."""
    stances: tuple[model.AppearanceStance, ...]
    """Those that any article takes."""
    shared: tuple[CompareRow, ...]
    """Claims in two or more articles, as far as they are on this page; those in most articles first."""
    shared_total: int
    groups: tuple[CompareGroup, ...]
    """As far as they are on this page."""
    single_total: int
    """Claims in one article only."""


class TimelineEntry(Value, frozen=True):
    """Something that happened on a date: exactly one of the three is there."""

    article: Source | None = None
    card: Card | None = None
    correction: CorrectionRow | None = None


class TimelineDate(Value, frozen=True):
    """What happened on one date, which may be a month or a year."""

    date: str
    entries: tuple[TimelineEntry, ...]


class TimelineYear(Value, frozen=True):
    """A year, or what has no date at all."""

    year: str
    """Empty for claims without a date."""
    tally: Tally
    """Of all claims made in the year, on this page or not."""
    dates: tuple[TimelineDate, ...]


class BarPart(Value, frozen=True):
    """A part of a bar."""

    tone: model.Tone
    y: float
    height: float


class Bar(Value, frozen=True):
    """Claims of one stretch of time. Horizontal measures are per cent of the picture, vertical ones pixels."""

    x: float
    width: float
    parts: tuple[BarPart, ...]
    total: int
    label_y: float | None
    """Where the number stands, if there is room for it."""


class Span(Value, frozen=True):
    """Claims of which only the year is known."""

    x: float
    width: float
    count: int


class Marker(Value, frozen=True):
    """An article or a correction on the time axis."""

    x: float
    y: float
    number: int


class Picture(Value, frozen=True):
    """The timeline as a drawing. Horizontal measures are per cent of its width, vertical ones pixels."""

    height: float
    axis: float
    """Height of the time axis from above."""
    ticks: tuple[tuple[float, str], ...]
    """Beginnings of years, with their labels."""
    unit: str
    """What a bar stands for: `month`, `quarter` or `year`."""
    bars: tuple[Bar, ...]
    spans: tuple[Span, ...]
    spans_y: float
    articles: tuple[Marker, ...]
    """Numbered as in the key below the picture; number 0 if there are too many for a key."""
    corrections: tuple[Marker, ...]
    corrections_y: float
    summary: str
    """What the picture shows, in words."""


class TimelineView(PagedView, frozen=True):
    """`timeline.html`"""

    picture: Picture | None
    """On the first page, unless nothing has a date."""
    key: tuple[Source, ...]
    """The articles that the picture numbers."""
    years: tuple[TimelineYear, ...]
    """The latest first."""


class CorrectionsView(PagedView, frozen=True):
    """`corrections.html`"""

    rows: tuple[CorrectionRow, ...]
    total: int
    withdrawn: tuple[Card, ...]


class SearchView(View, frozen=True):
    """`search.html`"""

    ratings: tuple[Rating, ...]
    """The scale, to show results with their rating."""


class PlainView(View, frozen=True):
    """`page.html`"""

    body: str
    """Markdown."""


class NotFoundView(View, frozen=True):
    """`404.html`, at any depth: its links begin with the site's base path."""


class RedirectView(View, frozen=True):
    """`redirect.html`: an old address."""

    target: Link


class EmbedView(View, frozen=True):
    """`embed.html`: a claim as a card for other sites, without the site around it."""

    claim: Claim


class DataFile(Value, frozen=True):
    """A file for machines."""

    path: str
    label: str
    format: str
    summary: str
    schema: str | None
    """Path of its JSON Schema."""


class Field(Value, frozen=True):
    """A field of a record, or a column of a table, explained."""

    name: str
    type: str
    """In words: `text or null`."""
    summary: str


class Fields(Value, frozen=True):
    """The fields of a record."""

    id: str
    """For an anchor."""
    label: str
    summary: str
    fields: tuple[Field, ...]


class DataView(View, frozen=True):
    """`data.html`: what there is for machines."""

    files: tuple[DataFile, ...]
    records: tuple[Fields, ...]
    columns: tuple[Field, ...]
    """Of the table of claims."""
    claims: int
    """How many."""
    example: str | None
    """Path of a claim page, whose address shows how those of the files beside pages are made."""
    newest: int
    """Entries in a feed, at most."""
