"""What editors write: the files of a site, field by field, as `docs/editing.md` explains them.

Every scalar arrives as text (`documents`), and the models give it its type. `Ref` marks ids of other entries,
`Prose` marks Markdown and `Plain` our own words without it, so that later stages find each of them by `marked`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from factsite import dates, urls
from factsite.problems import Keys


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks the id of another entry."""

    kind: Literal["actor", "claim", "source", "article", "rating", "topic"]


@dataclass(frozen=True, slots=True)
class Prose:
    """Marks Markdown; `block` for several paragraphs, otherwise one line of text with links and emphasis."""

    block: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """Marks our own words that are shown as they stand, without Markdown."""


def _partial_date(text: str) -> str:
    if not dates.is_date(text):
        raise PydanticCustomError("date", "is not a date of the calendar")
    return text


def _link(text: str) -> str:
    if not urls.is_web(text):
        raise PydanticCustomError("url", "is not a complete http or https address")
    return text


def _folder(text: str) -> str:
    """Addresses of pages are made by adding to it."""
    if re.search(r"[?#]", text) or "@" in urlsplit(text).netloc:
        raise PydanticCustomError("base_url", "has more than scheme, host and folder")
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", text):
        raise PydanticCustomError("language", "is not a language tag")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[Text, StringConstraints(pattern=urls.ID_PATTERN)]
Date = Annotated[Text, AfterValidator(_partial_date)]
Url = Annotated[Text, AfterValidator(_link)]
BaseUrl = Annotated[Url, AfterValidator(_folder)]
Language = Annotated[Text, AfterValidator(_language)]
Words = Annotated[Text, Plain()]
Line = Annotated[Text, Prose()]
Body = Annotated[Text, Prose(block=True)]
ActorId = Annotated[Text, Ref("actor")]
ClaimId = Annotated[Text, Ref("claim")]
SourceId = Annotated[Text, Ref("source")]
ArticleId = Annotated[Text, Ref("article")]
RatingId = Annotated[Text, Ref("rating")]
TopicId = Annotated[Text, Ref("topic")]


class Written(BaseModel):
    """Base of everything that stands in a file: unknown keys are refused, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


# --- site.yaml -------------------------------------------------------------------------------------------------------

Tone = Literal["positive", "mixed", "negative", "open", "none"]


class Rating(Written):
    """One step of the scale that claims are rated on."""

    id: Id = Field(description="What claim files call it.", examples=["mostly-false"])
    label: Text = Field(description="What readers see.", examples=["Mostly false"])
    meaning: Words = Field(description="What the rating says, in one sentence; shown on the ratings page.")
    tone: Tone = Field("open", description="Gives colour and icon.")
    value: int | None = Field(
        None, ge=1, description="Place on the ordered scale; left out if the rating stands off it."
    )
    reviewable: bool = Field(default=True, description="`false` for what gets no ClaimReview and needs no evidence.")


class Topic(Written):
    """A subject that claims are grouped by."""

    id: Id = Field(description="What claim files call it; its page's address.", examples=["protests"])
    label: Text = Field(description="What readers see.", examples=["Protests"])
    description: Words | None = Field(None, description="One sentence on the topic's page.")


class Publisher(Written):
    """Who is responsible for the site."""

    name: Text = Field(description="The newsroom or person, as readers see it.")
    url: Url | None = Field(None, description="Its home page.")
    email: Annotated[Text, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")] | None = Field(
        None, description="Where readers report mistakes.", examples=["desk@example.org"]
    )
    logo: Url | None = Field(None, description="Address of an image, for ClaimReview.")


class Licence(Written):
    """What others may do with the site's own text and data."""

    name: Text = Field(description="Its short name.", examples=["CC BY 4.0"])
    url: Url = Field(description="Its text.", examples=["https://creativecommons.org/licenses/by/4.0/"])


class Settings(Written):
    """`site.yaml`: what the site is called, where it is published, and what its claims are rated and grouped by."""

    title: Text = Field(description="Name of the site.")
    description: Words = Field(description="One or two sentences; the home page and search engines show them.")
    base_url: BaseUrl = Field(
        description="Where the site is published; may end in a folder.", examples=["https://example.org/checks/"]
    )
    language: Language = Field("en", description="Language of the site, as a BCP 47 tag.")
    publisher: Publisher = Field(description="Who is responsible for the site.")
    licence: Licence | None = Field(None, description="Licence of the site's own text and data.")
    ratings: tuple[Rating, ...] = Field(min_length=1, description="The scale, in order.")
    topics: tuple[Topic, ...] = Field((), description="What claims are grouped by.")
    navigation: tuple[Id, ...] = Field(
        ("claims", "actors", "sources"), description="Sections and pages in the header, in order."
    )
    featured: tuple[ClaimId, ...] = Field((), description="Claims that the home page shows first.")
    search: bool = Field(default=True, description="A page to search the site, with an index that browsers read.")
    share_images: bool = Field(default=True, description="A picture of each claim for links that are shared elsewhere.")
    cname: Annotated[Text, StringConstraints(pattern=r"^[a-z0-9.-]+$")] | None = Field(
        None, description="Own domain, for hosts that read a CNAME file."
    )


# --- content/claims --------------------------------------------------------------------------------------------------

AppearanceStance = Literal["asserts", "repeats", "disputes"]
EvidenceStance = Literal["supports", "contradicts", "context"]
ClaimKind = Literal["statistic", "event", "attribution", "identity", "quote", "prediction", "opinion"]
Status = Literal["draft", "published", "withdrawn"]


class Appearance(Written):
    """One place where the claim can be read or heard."""

    article: ArticleId | None = Field(None, description="Id of an article of this site, in which the quote is found.")
    source: SourceId | None = Field(None, description="Id of a source whose text is not here, instead of an article.")
    quote: Text = Field(description="The words themselves, verbatim; `…` where words are left out.")
    stance: AppearanceStance = Field("asserts", description="What the place does with the claim.")
    locator: Text | None = Field(None, description="Page, paragraph or minute.")
    before: Text | None = Field(None, description="The words just before the quote, if it stands twice.")
    after: Text | None = Field(None, description="The words just after the quote, if it stands twice.")

    @model_validator(mode="after")
    def _one_place(self) -> Appearance:
        if (self.article is None) == (self.source is None):
            raise PydanticCustomError("one_place", "an appearance names either an article or a source")
        return self


class Evidence(Written):
    """One document that bears on the claim."""

    source: SourceId = Field(description="Id of a source or of an article.")
    stance: EvidenceStance = Field(description="What it does to the claim.")
    quote: Text | None = Field(None, description="Its words, verbatim; found in the text if it is an article.")
    note: Line | None = Field(None, description="What it shows, in our own words.")
    locator: Text | None = Field(None, description="Page, paragraph or minute.")
    before: Text | None = Field(None, description="The words just before the quote, if it stands twice.")
    after: Text | None = Field(None, description="The words just after the quote, if it stands twice.")


class Response(Written):
    """What a claimant answered when asked, or that nobody answered."""

    by: ActorId = Field(alias="from", description="Who was asked.")
    date: Date = Field(description="When the claimant answered, or was asked without an answer.")
    note: Line = Field(description="What they answered, or that nobody answered.")


class Correction(Written):
    """A dated change of a published claim."""

    date: Date = Field(description="When it was corrected.")
    note: Line = Field(description="What was wrong and what it says now.")
    rating_was: RatingId | None = Field(None, description="The rating before, if it changed.")


class Claim(Written):
    """`content/claims/<id>.yaml`: one claim, its verdict and what it rests on."""

    claim: Words = Field(description="What is claimed, in one neutral sentence.")
    short: Annotated[Words, StringConstraints(max_length=75)] | None = Field(
        None, description="The claim in at most 75 characters, for ClaimReview and the share image."
    )
    rating: RatingId = Field(description="Id of a rating of site.yaml.")
    verdict: Words = Field(description="One or two plain sentences that say why.")
    kind: ClaimKind | None = Field(None, description="What sort of statement it is.")
    claimants: tuple[ActorId, ...] = Field(min_length=1, description="Who says it.")
    about: tuple[ActorId, ...] = Field((), description="Whom it is about.")
    topics: tuple[TopicId, ...] = Field((), description="Ids of topics of site.yaml.")
    made: Date | None = Field(None, description="When it was said.", examples=["2018-01-22", "2018-01", "2018"])
    appearances: tuple[Appearance, ...] = Field(min_length=1, description="Where it can be read.")
    evidence: tuple[Evidence, ...] = Field((), description="What bears on it, in the order shown.")
    analysis: Body | None = Field(None, description="The reasoning, step by step.")
    would_change: Body | None = Field(None, description="Which evidence would change the verdict.")
    checked: Date = Field(description="When the verdict was reached.", examples=["2026-11-21"])
    reviewers: tuple[Text, ...] = Field((), description="Who checked it.")
    status: Status = Field("draft", description="Only `published` and `withdrawn` claims are public.")
    responses: tuple[Response, ...] = Field((), description="What claimants answered when asked.")
    corrections: tuple[Correction, ...] = Field((), description="What was changed after publication, oldest first.")
    related: tuple[ClaimId, ...] = Field((), description="Claims that readers of this one should see.")
    aliases: tuple[Id, ...] = Field((), description="Former ids, whose addresses keep working.")


# --- content/actors --------------------------------------------------------------------------------------------------

ActorKind = Literal["person", "organisation", "government", "media"]


class Name(Written):
    """A name in another script or language."""

    text: Text = Field(description="The name as it is written there.")
    lang: Language = Field(description="Language of the name, as a BCP 47 tag.", examples=["fa", "ar"])


class Membership(Written):
    """That one actor belongs to another."""

    actor: ActorId = Field(description="Id of the body that it belongs to.")
    role: Text | None = Field(None, description="What it is there.")
    since: Date | None = Field(None, alias="from", description="When it joined.")
    until: Date | None = Field(None, alias="to", description="When it left.")

    @model_validator(mode="after")
    def _in_order(self) -> Membership:
        if dates.is_after(self.since, self.until):
            raise PydanticCustomError("membership_order", "a membership begins before it ends")
        return self


class Actor(Written):
    """`content/actors/<id>.yaml`: a person or body that makes claims or is their subject."""

    name: Text = Field(description="Full name, as readers see it.")
    kind: ActorKind = Field(description="What sort of actor it is.")
    short: Text | None = Field(None, description="Short name, for labels.")
    names: tuple[Name, ...] = Field((), description="Names in native script.")
    aliases: tuple[Text, ...] = Field((), description="Spellings found in articles.")
    summary: Line | None = Field(None, description="Who it is, in one or two neutral sentences.")
    member_of: tuple[Membership, ...] = Field((), description="Bodies that it belongs to.")
    same_as: tuple[Url, ...] = Field((), description="Addresses that identify it: Wikidata, home page.")
    old_ids: tuple[Id, ...] = Field((), description="Former ids, whose addresses keep working.")


# --- content/sources, content/articles -------------------------------------------------------------------------------

SourceType = Literal["primary", "news", "research", "reference", "ngo", "opinion", "advocacy"]
Rights = Literal["excerpt", "full", "link"]


class Source(Written):
    """`content/sources/<id>.yaml`: a document that is cited."""

    title: Text = Field(description="Title of the document, or what it is.")
    publisher: Text | None = Field(None, description="Id of an actor, or a name in plain text.")
    author: Text | None = Field(None, description="Who wrote it, as it says itself.")
    type: SourceType = Field(description="What sort of document it is.")
    published: Date | None = Field(
        None, description="When it was published, as precisely as known.", examples=["2018-01-22", "2018-01", "2018"]
    )
    url: Url | None = Field(None, description="Where it can be read.")
    archive_url: Url | None = Field(None, description="An archived copy.")
    accessed: Date | None = Field(None, description="When it was read.")
    language: Language | None = Field(None, description="Its language, as a BCP 47 tag.", examples=["en", "fa"])
    summary: Line | None = Field(None, description="What it is, in one neutral sentence.")
    party_to: tuple[ActorId, ...] = Field((), description="Actors of the matter that it is, or speaks for.")
    note: Line | None = Field(None, description="For example: read in a repost.")
    aliases: tuple[Id, ...] = Field((), description="Former ids, whose addresses keep working.")


class Article(Source):
    """Front matter of `content/articles/<id>.md`: a source whose text is here."""

    rights: Rights = Field(
        "excerpt", description="What is published: checked paragraphs, the full text, or nothing but the quotes."
    )
    reposted_by: Text | None = Field(
        None, description="Id of an actor, or a name: whose page the text was read on, if not the publisher's."
    )


class Page(Written):
    """Front matter of `content/pages/<id>.md`: a plain page."""

    title: Text = Field(description="Title of the page.")
    summary: Words | None = Field(None, description="One sentence for search engines.")


Kind = Literal["claim", "actor", "source", "article", "page"]
MODELS: dict[str, type[Written]] = {"claim": Claim, "actor": Actor, "source": Source, "article": Article, "page": Page}
"""The model of each kind of file below `content/`, by kind."""


# --- finding the marks -----------------------------------------------------------------------------------------------

Mark = Ref | Prose | Plain


def marked(written: Written, mark: Any = Mark) -> Iterator[tuple[Keys, Any, str]]:
    """Every value that carries such a mark, or any, with its keys in the file and the mark itself."""
    for name, key, own, nested in _plan(type(written)):
        value = getattr(written, name)
        if value is None:
            continue
        items = enumerate(value) if isinstance(value, tuple) else ((None, value),)
        for index, item in items:
            keys: Keys = (key,) if index is None else (key, index)
            if nested:
                yield from ((keys + below, found, text) for below, found, text in marked(item, mark))
            elif isinstance(own, mark):
                yield keys, own, item


@cache
def _plan(model: type[Written]) -> tuple[tuple[str, str, Mark | None, bool], ...]:
    """For each field that has or may hold a mark: attribute, key in the file, own mark, whether it is a model."""
    plan = []
    for name, info in model.model_fields.items():
        leaves = list(_leaves(info.annotation, tuple(info.metadata)))
        mark = next((m for _, marks in leaves for m in marks if isinstance(m, Mark)), None)
        nested = any(isinstance(leaf, type) and issubclass(leaf, Written) for leaf, _ in leaves)
        if mark or nested:
            plan.append((name, info.alias or name, mark, nested))
    return tuple(plan)


def _leaves(annotation: Any, marks: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The types inside `tuple[...]`, unions and `Annotated`, each with its metadata."""
    metadata = getattr(annotation, "__metadata__", None)
    if metadata is not None:
        yield from _leaves(annotation.__origin__, (*marks, *metadata))
        return
    inner = [arg for arg in get_args(annotation) if arg is not Ellipsis and arg is not type(None)]
    if not inner or annotation.__class__.__name__ == "_LiteralGenericAlias":
        yield annotation, marks
    for arg in inner if annotation.__class__.__name__ != "_LiteralGenericAlias" else ():
        yield from _leaves(arg, marks)
