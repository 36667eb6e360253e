"""The ClaimReviews of all claims as one schema.org DataFeed (https://schema.org/DataFeed)."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from factsite import data, jsonld, urls
from factsite.jsonld import Json
from factsite.output import Output
from factsite.site import Claim, Site
from factsite.views import Chrome


def output(site: Site, chrome: Chrome) -> Output:
    """The feed as a file."""
    return Output("data/claimreview.json", data.lined(head(site, chrome), items(site, chrome)), "site.yaml")


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
    if modified := data.latest(site.claims.values()):
        found["dateModified"] = modified
    return found | {"dataFeedElement": []}


def items(site: Site, chrome: Chrome) -> Iterator[Json]:
    """The ClaimReviews exactly as they stand on the pages; of those withdrawn, when that was."""
    shown = {claim.id for claim in data.collected(site)}
    for claim in site.claims.values():
        dates = {"dateCreated": claim.checked, "dateModified": claim.modified}
        if claim.id in shown and jsonld.is_reviewable(claim, chrome):
            yield {"@type": "DataFeedItem", **dates, "item": jsonld.claim_review(claim, chrome)}
        elif claim.status == "withdrawn" and _was_reviewable(claim, chrome):
            url = urls.absolute(chrome.base_url, claim.path)
            gone = {"@context": "https://schema.org", "@type": "ClaimReview", "@id": f"{url}#review", "url": url}
            yield {"@type": "DataFeedItem", **dates, "dateDeleted": claim.modified, "item": gone}


def _was_reviewable(claim: Claim, chrome: Chrome) -> bool:
    return jsonld.is_reviewable(msgspec.structs.replace(claim, status="published"), chrome)
