"""Structured data of each page, as plain dicts ready for `json`: ClaimReview, WebPage, breadcrumbs, publisher.

Shapes follow https://schema.org/ClaimReview and Google's fact-check guidelines
(https://developers.google.com/search/docs/appearance/structured-data/factcheck): one root object in its own block, on
one page only, saying nothing that the page does not show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlsplit

from factsite import urls
from factsite.site import Actor, Appearance, Claim, Evidence, Source
from factsite.views import (
    ActorView,
    Chrome,
    ClaimView,
    DataView,
    EmbedView,
    HomeView,
    NotFoundView,
    PlainView,
    RedirectView,
    View,
)

Json = dict[str, Any]
Quoting = TypeVar("Quoting", Appearance, Evidence)

ACTOR_TYPES: Mapping[str, str] = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "media": "NewsMediaOrganization",
}
POLICY_PROPERTIES = {
    "methodology": "verificationFactCheckingPolicy",
    "corrections-policy": "correctionsPolicy",
    "funding": "ownershipFundingInfo",
}
"""The property of NewsMediaOrganization that each policy page answers."""
NUMBERS = (0, False)
"""Values that are not empty, though Python takes them for false."""


def blocks(view: View, path: str) -> list[Json]:
    """The JSON-LD blocks of a page, each with one root object."""
    if isinstance(view, NotFoundView | RedirectView | EmbedView):
        return []
    found = [_web_page(view, path)]
    if isinstance(view, ClaimView) and (review := review_of(view.claim, view.site)):
        found.insert(0, review)
    if isinstance(view, ActorView) and view.number == 1:
        found.insert(0, _profile(view, path))
    if isinstance(view, DataView):
        found.insert(0, _dataset(view, path))
    if isinstance(view, HomeView) or (isinstance(view, PlainView) and path == "about/"):
        found.insert(0, _publisher(view.site))
    return found


@lru_cache(maxsize=100)
def review_of(claim: Claim, site: Chrome) -> Json | None:
    """The ClaimReview of a claim; None if it may have none.

    It is made once for the page and the feed. Both are made of many claims in turn, so several have to be remembered.
    """
    return claim_review(claim, site) if is_reviewable(claim, site) else None


def is_reviewable(claim: Claim, site: Chrome) -> bool:
    """Published, rated on the merits, evidenced, and said by somebody elsewhere, not only disputed there."""
    own = urlsplit(site.base_url).hostname
    said = [appearance.source.url for appearance in claim.appearances if appearance.stance != "disputes"]
    elsewhere = any(url is None or urlsplit(url).hostname != own for url in said)
    return claim.status == "published" and claim.rating.reviewable and bool(claim.evidence) and elsewhere


def claim_review(claim: Claim, site: Chrome) -> Json:
    """The ClaimReview of a claim (section c of the requirements in docs/design.md)."""
    url = urls.absolute(site.base_url, claim.path)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "@id": f"{url}#review",
            "url": url,
            "claimReviewed": claim.short,
            "datePublished": claim.checked,
            "dateModified": claim.modified,
            "inLanguage": site.language,
            "author": organisation(site),
            "reviewBody": claim.verdict,
            "reviewRating": _rating(claim, site),
            "itemReviewed": _claim(claim, url),
            "citation": [_citation(evidence) for evidence in _once(claim.evidence)],
            "correction": [
                {"@type": "CorrectionComment", "text": correction.note, "datePublished": correction.date}
                for correction in claim.corrections
            ],
        }
    )


def _rating(claim: Claim, site: Chrome) -> Json:
    """Numbers only for ratings on the ordered scale; a sentinel value would be read as a score."""
    rating: Json = {"@type": "Rating", "alternateName": claim.rating.label, "ratingExplanation": claim.verdict}
    if claim.rating.value is not None and site.best_rating != site.worst_rating:
        rating |= {"ratingValue": claim.rating.value, "bestRating": site.best_rating, "worstRating": site.worst_rating}
    return rating


def _claim(claim: Claim, url: str) -> Json:
    return {
        "@type": "Claim",
        "@id": f"{url}#claim",
        "text": claim.text,
        "author": [_actor(actor) for actor in claim.claimants],
        "datePublished": claim.made,
        "appearance": [_appearance(appearance) for appearance in _once(claim.appearances, but="disputes")],
    }


def _once(items: Sequence[Quoting], but: str = "") -> list[Quoting]:
    """One item for each document, though several passages of it may be quoted; none of the stance `but`."""
    found: dict[str, Quoting] = {}
    for item in items:
        if item.stance != but:
            found.setdefault(item.source.id, item)
    return list(found.values())


def _actor(actor: Actor) -> Json:
    return {"@type": ACTOR_TYPES[actor.kind], "name": actor.name, "sameAs": list(actor.same_as)}


def _appearance(appearance: Appearance) -> Json:
    kind = {"news": "NewsArticle", "opinion": "OpinionNewsArticle"}.get(appearance.source.type, "CreativeWork")
    return _work(appearance.source, kind, "headline")


def _citation(evidence: Evidence) -> Json:
    return _work(evidence.source, "CreativeWork", "name")


def _work(source: Source, kind: str, title_property: str) -> Json:
    publisher = {"@type": "Organization", "name": source.publisher.name} if source.publisher else None
    return {
        "@type": kind,
        title_property: source.title,
        "url": source.url,
        "datePublished": source.published,
        "publisher": publisher,
        "archivedAt": source.archive_url,
    }


def organisation(site: Chrome) -> Json:
    """The publisher of the site."""
    return {
        "@type": "Organization",
        "name": site.publisher.name,
        "url": site.publisher.url or site.base_url,
        "logo": site.publisher.logo,
    }


def _publisher(site: Chrome) -> Json:
    policies = {
        POLICY_PROPERTIES[name]: urls.absolute(site.base_url, path)
        for name, path in site.policies.items()
        if name in POLICY_PROPERTIES
    }
    owner = {"@context": "https://schema.org", **organisation(site), "@type": "NewsMediaOrganization"}
    return _filled(owner | policies)


def _profile(view: ActorView, path: str) -> Json:
    main = _actor(view.actor) | {"alternateName": [*view.actor.aliases, *(name.text for name in view.actor.names)]}
    url = urls.absolute(view.site.base_url, path)
    return _filled({"@context": "https://schema.org", "@type": "ProfilePage", "url": url, "mainEntity": main})


def _dataset(view: DataView, path: str) -> Json:
    """https://schema.org/Dataset, which dataset searches read."""
    site = view.site
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": f"{site.title}: checked claims",
            "description": f"{site.description} {view.description}",
            "url": urls.absolute(site.base_url, path),
            "license": site.licence.url if site.licence else None,
            "creator": organisation(site),
            "inLanguage": site.language,
            "isAccessibleForFree": True,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.label,
                    "encodingFormat": file.format,
                    "contentUrl": urls.absolute(site.base_url, file.path),
                }
                for file in view.files
            ],
        }
    )


def _web_page(view: View, path: str) -> Json:
    base = view.site.base_url
    trail = [(view.site.title, ""), *((link.label, link.path) for link in view.trail), (view.title, path)]
    items = [
        {"@type": "ListItem", "position": place, "name": label, "item": urls.absolute(base, target)}
        for place, (label, target) in enumerate(trail, start=1)
    ]
    crumbs = {"@type": "BreadcrumbList", "itemListElement": items} if path else None
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "url": urls.absolute(base, path),
            "name": view.title,
            "description": view.description,
            "inLanguage": view.site.language,
            "isPartOf": {"@type": "WebSite", "name": view.site.title, "url": base},
            "breadcrumb": crumbs,
        }
    )


def _filled(block: Json) -> Json:
    """Without empty values, at any depth: consumers stumble over empty strings."""
    filled = {}
    for key, value in block.items():
        inner = value if type(value) is str else _filled_value(value)
        if inner or inner in NUMBERS:
            filled[key] = inner
    return filled


def _filled_value(value: Any) -> Any:
    if isinstance(value, dict):
        return _filled(value)
    if isinstance(value, list):
        return [inner for item in value if (inner := _filled_value(item)) or inner in NUMBERS]
    return value
