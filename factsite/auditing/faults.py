"""What the audit can find wrong with a finished page, as values."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

EXPECTED: Mapping[str, str] = {
    "audit-dead-link": "the address of a page or file of this site",
    "audit-dead-anchor": "an id that the page has",
    "audit-duplicate-id": "each id once on a page",
    "audit-foreign-request": "the file among the site's own assets, by a relative address",
    "audit-inline": "scripts and styles in files among the assets: the content security policy blocks inline ones",
    "audit-title": "one title that says what the page is",
    "audit-heading": "exactly one h1 with words in it",
    "audit-language": "`lang` on the html element",
    "audit-description": "a meta description",
    "audit-canonical": "a canonical link with the page's own address",
    "audit-json-ld": "structured data that says what the page says",
    "audit-claim-review": "a ClaimReview that says what the page says, complete as its readers require",
    "audit-draft": "nothing of a draft outside the preview; `status: published` if it is finished",
    "audit-unpublished": "only what the article's `rights` allow to be published",
}
"""What would be right, by code."""
OF_TEMPLATES = frozenset(
    {
        "audit-inline",
        "audit-title",
        "audit-heading",
        "audit-language",
        "audit-description",
        "audit-canonical",
        "audit-json-ld",
        "audit-claim-review",
        "audit-draft",
        "audit-unpublished",
    }
)
"""Codes of faults that only a template can have, even if a single page shows them; the others may come from content."""


class Fault(msgspec.Struct, frozen=True):
    """Something wrong with one page. Pages with equal code and message have the same fault."""

    code: str
    """A key of `EXPECTED`."""
    message: str
    """One sentence, without what differs from page to page."""
    detail: str = ""
    """What this page has."""
    nearest: str = ""
    """The closest valid value."""
