"""A page's structured data held against what the page shows. Pure.

The data are read from the page's own script elements, not from what made them. Rules: Google's table for ClaimReview
(https://developers.google.com/search/docs/appearance/structured-data/factcheck) and the minimum of Bing's
(https://www.bing.com/webmasters/help/markup-claim-review-7202cff4), which asks for a review date as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from factsite.auditing.addresses import Addresses
from factsite.auditing.faults import Fault
from factsite.auditing.parsed import Parsed, value

MEDIA_TYPE = "application/ld+json"
BEGINNING, LONGEST = 1500, 40
"""How far down a page, and in how short a text, the visible rating is sought; in characters."""
DATE = re.compile(r'"(date\w*)"\s*:\s*("[^"]*"|[^,}\]]*)')
REVIEW = re.compile(r'"@type"\s*:\s*(?:\[[^\]]*)?"ClaimReview"')
PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


class Review(msgspec.Struct, frozen=True):
    """The ClaimReview of a page, as far as it has to be compared with other pages."""

    url: str
    claimed: str
    """What is reviewed."""
    claimed_shown: bool
    """It can be read on the page in the same words."""
    label: str
    """The rating in words."""
    beginning: tuple[str, ...]
    """The short texts that the page shows first: the visible rating is among them."""


# --- the shapes ------------------------------------------------------------------------------------------------------


class _Party(msgspec.Struct):
    name: str = ""


class _Work(msgspec.Struct):
    url: str = ""


class _Claim(msgspec.Struct):
    text: str = ""
    author: list[_Party] = []
    appearance: list[_Work] = []


class _Rating(msgspec.Struct):
    label: str = msgspec.field(default="", name="alternateName")
    value: float | None = msgspec.field(default=None, name="ratingValue")
    best: float | None = msgspec.field(default=None, name="bestRating")
    worst: float | None = msgspec.field(default=None, name="worstRating")
    explanation: str = msgspec.field(default="", name="ratingExplanation")


class _Root(msgspec.Struct):
    context: str = msgspec.field(default="", name="@context")
    type: str = msgspec.field(default="", name="@type")
    url: str = ""


class _WebPage(_Root):
    name: str = ""
    description: str = ""


class _ClaimReview(_Root):
    claimed: str = msgspec.field(default="", name="claimReviewed")
    published: str = msgspec.field(default="", name="datePublished")
    body: str = msgspec.field(default="", name="reviewBody")
    author: _Party = msgspec.field(default_factory=_Party)
    rating: _Rating = msgspec.field(default_factory=_Rating, name="reviewRating")
    claim: _Claim = msgspec.field(default_factory=_Claim, name="itemReviewed")
    citation: list[_Work] = []


_ROOT = msgspec.json.Decoder(_Root)
_WEB_PAGE = msgspec.json.Decoder(_WebPage)
_CLAIM_REVIEW = msgspec.json.Decoder(_ClaimReview)


# --- reading ---------------------------------------------------------------------------------------------------------


def read(page: Parsed, found: Addresses) -> tuple[Review | None, list[Fault]]:
    """The ClaimReview among a page's blocks of structured data, and all that is wrong with them."""
    reviews: list[Review] = []
    faults: list[Fault] = []
    for block in (text for attributes, text in page.scripts if value(attributes, "type") == MEDIA_TYPE):
        try:
            faults += _read(block, page, found, reviews)
        except msgspec.DecodeError as error:
            faults.append(Fault("audit-json-ld", "Structured data cannot be read", str(error)))
    if len(reviews) > 1:
        faults.append(Fault("audit-claim-review", "The page has more than one ClaimReview"))
    return (reviews[0] if reviews else None), faults


def _read(block: str, page: Parsed, found: Addresses, reviews: list[Review]) -> Iterator[Fault]:
    root = _ROOT.decode(block)
    yield from _form(block, root)
    is_review = root.type == "ClaimReview"
    if block.count('"ClaimReview"') > is_review and len(REVIEW.findall(block)) > is_review:
        yield Fault("audit-claim-review", "A ClaimReview stands within other data, not alone in its block")
    if is_review:
        review = _CLAIM_REVIEW.decode(block)
        reviews.append(_review(review, page))
        yield from _incomplete(review)
        yield from _scale(review.rating)
        yield from _hidden(review, page, found)
    elif root.type == "WebPage":
        yield from _web_page(_WEB_PAGE.decode(block), page, found)


def _review(found: _ClaimReview, page: Parsed) -> Review:
    return Review(
        url=found.url,
        claimed=found.claimed,
        claimed_shown=found.claimed in page.text,
        label=found.rating.label,
        beginning=tuple([piece for piece in page.beginning(BEGINNING) if len(piece) <= LONGEST]),
    )


def _form(block: str, root: _Root) -> Iterator[Fault]:
    """What may be wrong in any block."""
    if root.context.removeprefix("http://").removeprefix("https://").rstrip("/") != "schema.org" or not root.type:
        yield Fault("audit-json-ld", "Structured data must be one object with `@context` and `@type`")
    if '""' in block:  # a cheap sign: few blocks have it
        for path in _empty(msgspec.json.decode(block), ""):
            yield Fault("audit-json-ld", f"`{path}` is empty in structured data")
    for name, text in DATE.findall(block):
        if not _is_date(text):
            yield Fault("audit-json-ld", f"`{name}` is no date in structured data", text)


def _empty(value: object, path: str) -> Iterator[str]:
    """Where texts are empty or absent."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _empty(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from _empty(inner, path)
    elif value is None or (isinstance(value, str) and not value.strip()):
        yield path


@lru_cache(maxsize=10_000)
def _is_date(text: str) -> bool:
    """Whether a JSON value is a partial ISO 8601 date: a year, a month or a day."""
    written = text[1:-1]
    if text != f'"{written}"' or not PARTIAL_DATE.fullmatch(written):
        return False
    try:
        date.fromisoformat((written + "-01-01")[:10])
    except ValueError:
        return False
    return True


# --- a page like any other -------------------------------------------------------------------------------------------


def _web_page(data: _WebPage, page: Parsed, found: Addresses) -> Iterator[Fault]:
    if found.canonical and data.url != found.canonical:
        yield Fault("audit-json-ld", "`url` of the WebPage is not the page's canonical address", data.url)
    if data.name not in " ".join((*page.titles, *page.headings)):
        yield Fault("audit-json-ld", "`name` of the WebPage is neither in the title nor in the h1", data.name)
    if data.description != page.meta.get("description", ""):
        yield Fault("audit-json-ld", "`description` of the WebPage is not the meta description", data.description)


# --- the claim's -----------------------------------------------------------------------------------------------------


def _incomplete(review: _ClaimReview) -> Iterator[Fault]:
    """Properties that readers of ClaimReview need and that are not there."""
    present = {
        "url": review.url,
        "claimReviewed": review.claimed,
        "datePublished": review.published,
        "author.name": review.author.name,
        "reviewRating.alternateName": review.rating.label,
        "itemReviewed.text": review.claim.text,
        "itemReviewed.appearance": review.claim.appearance,
        "itemReviewed.author.name": all(author.name for author in review.claim.author),
    }
    for name, content in present.items():
        if not content:
            yield Fault("audit-claim-review", f"The ClaimReview has no `{name}`")


def _scale(rating: _Rating) -> Iterator[Fault]:
    """Numbers: all three or none, and in order. A scale below 1 is read as a percentage or as missing."""
    value, best, worst = rating.value, rating.best, rating.worst
    if value is None and best is None and worst is None:
        return
    if value is None or best is None or worst is None:
        message = "A ClaimReview with numbers needs `ratingValue`, `bestRating` and `worstRating`"
        yield Fault("audit-claim-review", message)
    elif not 1 <= worst < best or not worst <= value <= best:
        message = "The numbers of a ClaimReview must fit: 1 ≤ worstRating < bestRating, ratingValue between them"
        yield Fault("audit-claim-review", message, f"{value:g} on a scale from {worst:g} to {best:g}")


def _hidden(review: _ClaimReview, page: Parsed, found: Addresses) -> Iterator[Fault]:
    """What the review says and the page does not."""
    texts = {
        "itemReviewed.text": review.claim.text,
        "reviewBody": review.body,
        "reviewRating.ratingExplanation": review.rating.explanation,
    }
    for name, text in texts.items():
        if not page.says(text):
            yield Fault("audit-claim-review", f"The page does not show the `{name}` of its ClaimReview", text)
    own = urlsplit(review.url).hostname
    for work in review.claim.appearance:
        if work.url and urlsplit(work.url).hostname == own:
            yield Fault("audit-claim-review", "An appearance in the ClaimReview is on this site itself", work.url)
    linked = "\n".join(found.away)
    for work in (*review.claim.appearance, *review.citation):
        if work.url not in linked:
            yield Fault("audit-claim-review", "The page does not link to a work that its ClaimReview names", work.url)
