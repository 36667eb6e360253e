"""Dates that are missing, or that cannot follow one another. Pure: a claim or a source in, problems out.

A correction may well be older than the date of the check: whoever weighs everything anew changes that date.
"""

from __future__ import annotations

from collections.abc import Iterator

from factsite.dates import is_after
from factsite.problems import Problem
from factsite.site import Claim, Source


def check_claim(claim: Claim) -> Iterator[Problem]:
    """A claim is made before it is checked."""
    if is_after(claim.made, claim.checked):
        message = f"`made` is later than `checked`, which is {claim.checked}"
        yield Problem(
            "date-order", message, claim.origin, ("made",), expected="a date no later than that on which it was checked"
        )


def check_source(source: Source) -> Iterator[Problem]:
    """A page of the web has a date of access, because it changes; anything else has its own date."""
    missing = "accessed" if source.url else "published"
    if not getattr(source, missing):
        kind = "online" if source.url else "not online"
        expected = f"`{missing}:`, as precisely as it is known; a document that is {kind} needs it"
        yield Problem("undated-source", f"The source has no `{missing}` date", source.origin, (), expected=expected)
    if source.accessed and is_after(source.published, source.accessed):
        message = f"`accessed` is earlier than `published`, which is {source.published}"
        expected = "a date no earlier than that on which it was published"
        yield Problem("date-order", message, source.origin, ("accessed",), expected=expected)
