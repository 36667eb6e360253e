"""What the data exports hold: one record for each claim, actor and source, every field with its explanation.

The JSON Schemas and the dictionary of fields on the data page are made from these types, so they cannot drift apart.
Every key is always there: `null` or an empty list stands for what is not known. Addresses are absolute, dates as
precise as they are known (EDTF level 0: `2018`, `2018-01`, `2018-01-22`).
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from factsite import model, urls


class Record(Struct, frozen=True):
    """Base of all records."""


Id = Annotated[str, Meta(description="Id, unique among entries of its kind.", pattern=urls.ID_PATTERN)]
Page = Annotated[str, Meta(description="Page on this site.")]
Day = Annotated[str, Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A partial date."""


class ActorRef(Record, frozen=True):
    """An actor in short; its own file beside its page has the rest."""

    id: Id
    url: Page
    name: Annotated[str, Meta(description="Name in full.")]


class TopicRef(Record, frozen=True):
    """A topic."""

    id: Id
    url: Page
    label: Annotated[str, Meta(description="What readers see.")]


class RatingRecord(Record, frozen=True):
    """One step of the scale that claims are rated on."""

    id: Id
    label: Annotated[str, Meta(description="What readers see.")]
    meaning: Annotated[str, Meta(description="What the rating says.")]
    value: Annotated[int | None, Meta(description="Place on the ordered scale; null if the rating stands off it.")]
    best: Annotated[int | None, Meta(description="Highest value of the scale.")]
    worst: Annotated[int | None, Meta(description="Lowest value of the scale.")]


class ClaimRef(Record, frozen=True):
    """A claim in short; its own file beside its page has the rest."""

    id: Id
    url: Page
    claim: Annotated[str, Meta(description="What is claimed, in one neutral sentence.")]
    rating: Annotated[str, Meta(description="Id of its rating.")]


class SourceRef(Record, frozen=True):
    """A document in short; its own file beside its page has the rest."""

    id: Id
    url: Page
    title: Annotated[str, Meta(description="Title of the document.")]
    publisher: Annotated[str | None, Meta(description="Name of the publisher.")]
    type: Annotated[model.SourceType, Meta(description="What sort of document it is.")]
    published: Annotated[Day | None, Meta(description="When it was published.")]
    original_url: Annotated[str | None, Meta(description="Where it can be read.")]
    archive_url: Annotated[str | None, Meta(description="An archived copy.")]
    party_to: Annotated[
        tuple[str, ...], Meta(description="Ids of the actors of the matter that it is, or speaks for; empty if none.")
    ]


class AppearanceRecord(Record, frozen=True):
    """One place where the claim can be read or heard."""

    source: Annotated[SourceRef, Meta(description="The article or document.")]
    stance: Annotated[model.AppearanceStance, Meta(description="What the place does with the claim.")]
    quote: Annotated[str, Meta(description="The words as we quote them; … where some are left out.")]
    exact: Annotated[str | None, Meta(description="The same as they stand in the text; null if the text is not here.")]
    locator: Annotated[str | None, Meta(description="Page, paragraph or minute.")]


class EvidenceRecord(Record, frozen=True):
    """One document that bears on the claim."""

    number: Annotated[int, Meta(description="Place in the claim's list, from 1.")]
    source: Annotated[SourceRef, Meta(description="The document.")]
    stance: Annotated[model.EvidenceStance, Meta(description="What it does to the claim.")]
    quote: Annotated[str | None, Meta(description="Its words, verbatim.")]
    exact: Annotated[str | None, Meta(description="The same as they stand in the text; null if the text is not here.")]
    note: Annotated[str | None, Meta(description="What it shows, in our words; Markdown.")]
    locator: Annotated[str | None, Meta(description="Page, paragraph or minute.")]


class ResponseRecord(Record, frozen=True):
    """What a claimant answered when asked, or that nobody answered."""

    by: Annotated[ActorRef, Meta(description="Who was asked.")]
    date: Annotated[Day, Meta(description="When.")]
    note: Annotated[str, Meta(description="The answer, in our words; Markdown.")]


class CorrectionRecord(Record, frozen=True):
    """A dated change of a published claim."""

    date: Annotated[Day, Meta(description="When it was made.")]
    note: Annotated[str, Meta(description="What was wrong and what it says now; Markdown.")]
    rating_was: Annotated[str | None, Meta(description="Id of the rating before, if it changed.")]


class ClaimRecord(Record, frozen=True):
    """One claim, its verdict and what it rests on."""

    id: Id
    url: Page
    status: Annotated[model.Status, Meta(description="Collections hold published claims only.")]
    claim: Annotated[str, Meta(description="What is claimed, in one neutral sentence.")]
    short: Annotated[str, Meta(description="The claim in at most 75 characters, where it was shortened.")]
    rating: Annotated[RatingRecord, Meta(description="What the evidence carries.")]
    verdict: Annotated[str, Meta(description="One or two plain sentences that say why.")]
    kind: Annotated[model.ClaimKind | None, Meta(description="What sort of statement it is.")]
    claimants: Annotated[tuple[ActorRef, ...], Meta(description="Who says it.")]
    about: Annotated[tuple[ActorRef, ...], Meta(description="Whom it is about.")]
    topics: Annotated[tuple[TopicRef, ...], Meta(description="What it is grouped by.")]
    made: Annotated[Day | None, Meta(description="When it was said.")]
    checked: Annotated[Day, Meta(description="When the verdict was reached.")]
    modified: Annotated[Day, Meta(description="Date of the last check or correction.")]
    reviewers: Annotated[tuple[str, ...], Meta(description="Who checked it.")]
    appearances: Annotated[tuple[AppearanceRecord, ...], Meta(description="Where it can be read or heard.")]
    evidence: Annotated[tuple[EvidenceRecord, ...], Meta(description="What bears on it, in the order of the page.")]
    analysis: Annotated[str | None, Meta(description="The reasoning, step by step; Markdown.")]
    would_change: Annotated[str | None, Meta(description="Which evidence would change the verdict; Markdown.")]
    responses: Annotated[tuple[ResponseRecord, ...], Meta(description="What claimants answered.")]
    corrections: Annotated[tuple[CorrectionRecord, ...], Meta(description="Changes since then, newest first.")]
    related: Annotated[tuple[ClaimRef, ...], Meta(description="Other claims that a reader of this one needs.")]
    aliases: Annotated[tuple[str, ...], Meta(description="Former ids, whose addresses still work.")]


class NameRecord(Record, frozen=True):
    """A name in another script or language."""

    text: Annotated[str, Meta(description="The name.")]
    lang: Annotated[str, Meta(description="Its language, as a BCP 47 tag.")]


class MembershipRecord(Record, frozen=True):
    """That one actor belongs to another."""

    actor: Annotated[ActorRef, Meta(description="The other actor.")]
    role: Annotated[str | None, Meta(description="As what.")]
    since: Annotated[Day | None, Meta(description="From when.")]
    until: Annotated[Day | None, Meta(description="Until when.")]


class ActorRecord(Record, frozen=True):
    """A person or body that makes claims or is their subject."""

    id: Id
    url: Page
    name: Annotated[str, Meta(description="Name in full.")]
    kind: Annotated[model.ActorKind, Meta(description="What it is.")]
    short: Annotated[str | None, Meta(description="Short name.")]
    names: Annotated[tuple[NameRecord, ...], Meta(description="Names in native script.")]
    aliases: Annotated[tuple[str, ...], Meta(description="Spellings found in articles.")]
    summary: Annotated[str | None, Meta(description="Who it is; Markdown.")]
    member_of: Annotated[tuple[MembershipRecord, ...], Meta(description="What it belongs to.")]
    members: Annotated[tuple[MembershipRecord, ...], Meta(description="Who belongs to it.")]
    same_as: Annotated[tuple[str, ...], Meta(description="Addresses elsewhere that identify it.")]
    claims_by: Annotated[
        tuple[ClaimRef, ...], Meta(description="Claims that it makes: those we checked, not a sample.")
    ]
    claims_about: Annotated[tuple[ClaimRef, ...], Meta(description="Claims about it: those we checked, not a sample.")]
    documents: Annotated[tuple[SourceRef, ...], Meta(description="Sources that it published.")]
    mentioned_in: Annotated[tuple[SourceRef, ...], Meta(description="Articles of this site that name it.")]
    old_ids: Annotated[tuple[str, ...], Meta(description="Former ids, whose addresses still work.")]


class UseRecord(Record, frozen=True):
    """That a claim rests on a document."""

    claim: Annotated[ClaimRef, Meta(description="The claim.")]
    number: Annotated[int, Meta(description="Place in the claim's list of evidence, from 1.")]
    stance: Annotated[model.EvidenceStance, Meta(description="What the document does to the claim.")]


class SourceRecord(Record, frozen=True):
    """A document that is cited; an article if `rights` is given. Texts of articles are not part of the data."""

    id: Id
    url: Page
    title: Annotated[str, Meta(description="Title of the document.")]
    publisher: Annotated[str | None, Meta(description="Name of the publisher.")]
    publisher_id: Annotated[str | None, Meta(description="Id of the publisher, if it is an actor of this site.")]
    author: Annotated[str | None, Meta(description="Who wrote it.")]
    type: Annotated[model.SourceType, Meta(description="What sort of document it is.")]
    published: Annotated[Day | None, Meta(description="When it was published.")]
    original_url: Annotated[str | None, Meta(description="Where it can be read.")]
    archive_url: Annotated[str | None, Meta(description="An archived copy.")]
    accessed: Annotated[Day | None, Meta(description="When we read it.")]
    language: Annotated[str | None, Meta(description="Its language, as a BCP 47 tag.")]
    summary: Annotated[str | None, Meta(description="What it is; Markdown.")]
    party_to: Annotated[tuple[ActorRef, ...], Meta(description="Actors of the matter that it is, or speaks for.")]
    note: Annotated[str | None, Meta(description="For example that it was read in a repost; Markdown.")]
    rights: Annotated[model.Rights | None, Meta(description="How much of an article's text is shown on its page.")]
    reposted_by: Annotated[str | None, Meta(description="Whose page an article was read on, if not the publisher's.")]
    evidence_for: Annotated[tuple[UseRecord, ...], Meta(description="Claims that rest on it.")]
    appearing: Annotated[tuple[ClaimRef, ...], Meta(description="Claims that can be read or heard in it.")]
    aliases: Annotated[tuple[str, ...], Meta(description="Former ids, whose addresses still work.")]


class OwnerRecord(Record, frozen=True):
    """Who is responsible for the data."""

    name: Annotated[str, Meta(description="Name.")]
    url: Annotated[str | None, Meta(description="Home page.")]


class LicenceRecord(Record, frozen=True):
    """What others may do with our own text and data; quotations belong to their authors."""

    name: Annotated[str, Meta(description="Short name.")]
    url: Annotated[str, Meta(description="Its text.")]


class ClaimsRecord(Record, frozen=True):
    """All published claims."""

    title: Annotated[str, Meta(description="Name of the site.")]
    description: Annotated[str, Meta(description="What the site is.")]
    url: Annotated[str, Meta(description="Home page of the site.")]
    schema: Annotated[str, Meta(description="JSON Schema of this file.")]
    language: Annotated[str, Meta(description="Language of our own text, as a BCP 47 tag.")]
    modified: Annotated[Day | None, Meta(description="Date of the last check or correction; null without claims.")]
    publisher: Annotated[OwnerRecord, Meta(description="Who is responsible.")]
    licence: Annotated[LicenceRecord | None, Meta(description="Licence of our own text and data.")]
    ratings: Annotated[tuple[RatingRecord, ...], Meta(description="The scale, in order.")]
    claims: Annotated[tuple[ClaimRecord, ...], Meta(description="The claims, the latest checked first.")]


Kind = Literal["claim", "actor", "source", "claims"]
ROOTS: dict[Kind, type[Record]] = {
    "claim": ClaimRecord,
    "actor": ActorRecord,
    "source": SourceRecord,
    "claims": ClaimsRecord,
}
"""The records that are files, each with its own JSON Schema."""
