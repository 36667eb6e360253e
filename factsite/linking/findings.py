"""What was found in the texts of articles, kept as long as they and what was looked for stay the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from factsite.linking.mentions import ByWord
from factsite.linking.quotes import Ranges
from factsite.remembering.memo import Digest
from factsite.site import Mention


class Quotes(msgspec.Struct, frozen=True, array_like=True):
    """Where the quotes of a claim stand in their articles."""

    key: Digest
    """Of the claim and these articles."""
    ranges: dict[str, Ranges]
    """By `appearances/0` or `evidence/0`, as far as they are in articles of this site."""


class Named(msgspec.Struct, frozen=True, array_like=True):
    """Whom an article names."""

    key: Digest
    """Of the article."""
    mentions: tuple[Mention, ...]


@dataclass(slots=True)
class Kept:
    """What earlier builds found in the articles; replaced by what this one does."""

    quotes: dict[str, Quotes] = field(default_factory=dict)
    """By claim."""
    named: dict[str, Named] = field(default_factory=dict)
    """By article."""
    names: ByWord = field(default_factory=dict)
    """What was looked for in them."""
