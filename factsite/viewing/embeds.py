"""Claims as cards for other sites: how large they are and what they show. Pure."""

from __future__ import annotations

import math

from factsite import urls
from factsite.site import Claim
from factsite.views import Chrome, Embed, EmbedView

NARROW = 34
"""Characters of the verdict that fit on a line of a card 320 pixels wide; style in embed.css."""
LINE = 24
"""Height of such a line in CSS pixels."""
AROUND = 170
"""Height of everything else on the card: rating, names, dates, borders."""


def path(claim_id: str) -> str:
    """Address of the card."""
    return urls.page_path("embed", claim_id)


def embed(claim: Claim, chrome: Chrome) -> Embed:
    """What a page needs to know to show the card."""
    return Embed(urls.absolute(chrome.base_url, path(claim.id)), height(claim))


def height(claim: Claim) -> int:
    """CSS pixels, in steps of 20. The claim is set larger than the verdict, by about a fifth."""
    lines = math.ceil(len(claim.text) * 1.2 / NARROW) * 1.2 + math.ceil(len(claim.verdict) / NARROW)
    return math.ceil((AROUND + lines * LINE) / 20) * 20


def view(claim: Claim, chrome: Chrome) -> EmbedView:
    """What the card shows."""
    return EmbedView(
        site=chrome,
        title=claim.text,
        description=f"{claim.rating.label}. {claim.verdict}",
        origin=claim.origin,
        trail=(),
        claim=claim,
    )
