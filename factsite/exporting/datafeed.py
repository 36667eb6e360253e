"""The ClaimReviews of all claims as one schema.org DataFeed (https://schema.org/DataFeed)."""

from __future__ import annotations

import msgspec

from factsite import urls
from factsite.exporting import data
from factsite.rendering import jsonld
from factsite.rendering.jsonld import Json
from factsite.site import Claim, Site
from factsite.views import Chrome


def head(site: Site, chrome: Chrome) -> Json:
    """The feed without its items."""
    found: Json = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": f"{chrome.title}: ClaimReview",
        "description": chrome.description,
        "url": urls.absolute(chrome.base_url, "data/claimreview.json"),
        "inLanguage": chrome.language,
        "publisher": jsonld.organisation(chrome),
    }
    if chrome.licence:
        found["license"] = chrome.licence.url
    if modified := data.latest(site):
        found["dateModified"] = modified
    return found | {"dataFeedElement": []}


def line(claim: Claim, chrome: Chrome) -> bytes:
    """The ClaimReview exactly as it stands on the page; of a withdrawn claim, when that was; empty if there is none."""
    dates = {"dateCreated": claim.checked, "dateModified": claim.modified}
    item: Json = {"@type": "DataFeedItem", **dates}
    if claim.status == "withdrawn" and _was_reviewable(claim, chrome):
        url = urls.absolute(chrome.base_url, claim.path)
        gone = {"@context": "https://schema.org", "@type": "ClaimReview", "@id": f"{url}#review", "url": url}
        return data.line({**item, "dateDeleted": claim.modified, "item": gone})
    review = jsonld.review_of(claim, chrome)
    return data.line({**item, "item": review}) if review else b""


def _was_reviewable(claim: Claim, chrome: Chrome) -> bool:
    return jsonld.is_reviewable(msgspec.structs.replace(claim, status="published"), chrome)
