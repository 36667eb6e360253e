"""Structured data held against the page it stands on."""

import json
from typing import Any

import pytest

from factsite.auditing.facts import Facts, facts

URL = "https://checks.example/claims/bridge/"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": URL,
    "claimReviewed": "The bridge cost twice its budget",
    "datePublished": "2026-03-02",
    "author": {"@type": "Organization", "name": "Bridge desk"},
    "reviewBody": "The accounts show “a sixth” more & not double.",
    "reviewRating": {
        "@type": "Rating",
        "alternateName": "Mostly false",
        "ratingValue": 2,
        "bestRating": 5,
        "worstRating": 1,
    },
    "itemReviewed": {
        "@type": "Claim",
        "text": "The bridge cost twice its budget.",
        "datePublished": "2026-02",
        "author": [{"@type": "Person", "name": "Jane Doe"}],
        "appearance": [{"@type": "NewsArticle", "url": "https://gazette.example/bridge"}],
    },
    "citation": [{"@type": "CreativeWork", "name": "Accounts", "url": "https://audit.example/a.pdf?x=1&y=2"}],
}


def page(*blocks: object, h1: str = "The bridge cost twice its budget.") -> Facts:
    """The facts of a claim's page with these blocks of structured data."""
    scripts = "".join(
        f'<script type="application/ld+json">{block if isinstance(block, str) else json.dumps(block)}</script>'
        for block in blocks
    )
    return facts(
        f"""<!doctype html><html lang="en"><head><title>The bridge · Checks</title>
<meta name="description" content="Mostly false. Not double."><link rel="canonical" href="{URL}">{scripts}</head>
<body><header><a href="../">True or false?</a></header><main>
<p><a href="../">Claims</a> Checked <time>2 March 2026</time></p><h1>{h1}</h1>
<p><a href="../../ratings/#mostly-false"><svg></svg> <span>Rating: </span><span>Mostly false</span></a></p>
<p>The accounts show “a <b>sixth</b>”
more &amp; not double.</p>
<p><a href="https://gazette.example/bridge#:~:text=twice">Gazette</a>
<a href="https://audit.example/a.pdf?x=1&amp;y=2">Accounts</a></p>
<ul><li>Another claim: False</li></ul></main></body></html>""".encode()
    )


def without(*path: str) -> dict[str, Any]:
    """The good review without one property."""
    review: dict[str, Any] = json.loads(json.dumps(REVIEW))
    inner = review
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return review


def including(**properties: object) -> dict[str, Any]:
    return REVIEW | properties


def rated(**properties: object) -> dict[str, Any]:
    return including(reviewRating={**REVIEW["reviewRating"], **properties})


def of_claim(**properties: object) -> dict[str, Any]:
    return including(itemReviewed={**REVIEW["itemReviewed"], **properties})


def messages(found: Facts, code: str = "audit-claim-review") -> list[str]:
    assert {fault.code for fault in found.faults} <= {code}
    return [fault.message for fault in found.faults]


def test_a_review_that_says_what_its_page_says() -> None:
    found = page(REVIEW)

    assert found.faults == ()
    assert found.review
    assert (found.review.url, found.review.claimed, found.review.label) == (
        URL,
        REVIEW["claimReviewed"],
        "Mostly false",
    )
    assert found.review.claimed_shown
    assert found.review.beginning[:6] == (
        "Claims",
        "Checked",
        "2 March 2026",
        "The bridge cost twice its budget.",
        "Rating:",
        "Mostly false",
    )


def test_a_review_whose_claim_is_a_short_form_of_the_one_on_the_page() -> None:
    review = page(including(claimReviewed="Bridge: double the budget")).review

    assert review
    assert not review.claimed_shown


def test_a_page_without_structured_data() -> None:
    assert page() == page(json.dumps({"@context": "https://schema.org", "@type": "Thing"}))
    assert page().review is None


@pytest.mark.parametrize(
    "path",
    [
        ("claimReviewed",),
        ("url",),
        ("datePublished",),
        ("author", "name"),
        ("reviewRating", "alternateName"),
        ("itemReviewed", "text"),
        ("itemReviewed", "appearance"),
    ],
)
def test_a_required_property_is_missing(path: tuple[str, ...]) -> None:
    assert f"The ClaimReview has no `{'.'.join(path)}`" in messages(page(without(*path)))


def test_a_claimant_without_a_name() -> None:
    assert messages(page(of_claim(author=[{"@type": "Person"}]))) == [
        "The ClaimReview has no `itemReviewed.author.name`"
    ]


@pytest.mark.parametrize(
    ("value", "best", "worst"),
    [(6, 5, 1), (0, 5, 0), (5, 1, 5), (1, 1, 1), (-1, -1, -1), (0.5, 5, 1)],
)
def test_numbers_outside_their_scale(value: float, best: float, worst: float) -> None:
    found = messages(page(rated(ratingValue=value, bestRating=best, worstRating=worst)))

    assert found == ["The numbers of a ClaimReview must fit: 1 ≤ worstRating < bestRating, ratingValue between them"]


def test_numbers_are_all_there_or_none() -> None:
    words_only = without("reviewRating", "ratingValue")
    del words_only["reviewRating"]["bestRating"], words_only["reviewRating"]["worstRating"]

    assert messages(page(words_only)) == []
    assert messages(page(without("reviewRating", "bestRating"))) == [
        "A ClaimReview with numbers needs `ratingValue`, `bestRating` and `worstRating`"
    ]


@pytest.mark.parametrize(
    ("review", "name"),
    [
        (including(reviewBody="Something else."), "reviewBody"),
        (rated(ratingExplanation="Something else."), "reviewRating.ratingExplanation"),
        (of_claim(text="The bridge cost thrice its budget."), "itemReviewed.text"),
    ],
)
def test_what_the_page_does_not_show(review: dict[str, Any], name: str) -> None:
    assert messages(page(review)) == [f"The page does not show the `{name}` of its ClaimReview"]


@pytest.mark.parametrize(
    "review",
    [
        of_claim(appearance=[{"url": "https://gazette.example/another"}]),
        including(citation=[{"url": "https://audit.example/b.pdf"}]),
    ],
)
def test_a_work_that_the_page_does_not_link_to(review: dict[str, Any]) -> None:
    assert messages(page(review)) == ["The page does not link to a work that its ClaimReview names"]


def test_an_appearance_on_the_site_itself() -> None:
    own = of_claim(appearance=[{"url": "https://checks.example/sources/gazette/"}])

    assert "An appearance in the ClaimReview is on this site itself" in messages(page(own))


def test_only_one_review_and_only_at_the_root() -> None:
    graph = {"@context": "https://schema.org", "@type": "Thing", "subjectOf": REVIEW}
    typed = {"@context": "https://schema.org", "@type": "Thing", "about": {"@type": ["Review", "ClaimReview"]}}
    inside = "A ClaimReview stands within other data, not alone in its block"

    assert messages(page(REVIEW, REVIEW)) == ["The page has more than one ClaimReview"]
    assert messages(page(graph)) == [inside]
    assert messages(page(typed)) == [inside]
    assert messages(page(of_claim(review=REVIEW))) == [inside]


def test_a_text_may_speak_of_claim_review() -> None:
    assert page({"@context": "https://schema.org", "@type": "Thing", "name": "ClaimReview"}).faults == ()


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("{", "Structured data cannot be read"),
        ('["a"]', "Structured data cannot be read"),
        ({"@type": "Thing"}, "Structured data must be one object with `@context` and `@type`"),
        ({"@context": "https://schema.org"}, "Structured data must be one object with `@context` and `@type`"),
        (rated(ratingValue="2"), "Structured data cannot be read"),
        (including(inLanguage=""), "`inLanguage` is empty in structured data"),
        (of_claim(sameAs=[{"name": ""}]), "`itemReviewed.sameAs.name` is empty in structured data"),
        (including(dateModified="2 March 2026"), "`dateModified` is no date in structured data"),
        (including(dateModified="2026-02-30"), "`dateModified` is no date in structured data"),
        (including(dateModified=2026), "`dateModified` is no date in structured data"),
    ],
)
def test_data_that_cannot_be_right(block: object, message: str) -> None:
    assert messages(page(block), "audit-json-ld") == [message]


def test_quotes_and_words_that_look_like_empty_values() -> None:
    assert page({"@context": "https://schema.org", "@type": "Thing", "name": 'The ""null"" hypothesis'}).faults == ()


WEB_PAGE = {
    "@context": "https://schema.org",
    "@type": "WebPage",
    "url": URL,
    "name": "The bridge",
    "description": "Mostly false. Not double.",
}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"name": "The bridge cost twice its budget."}, []),
        ({"url": "https://checks.example/"}, ["`url` of the WebPage is not the page's canonical address"]),
        ({"name": "The tunnel"}, ["`name` of the WebPage is neither in the title nor in the h1"]),
        ({"description": "True."}, ["`description` of the WebPage is not the meta description"]),
    ],
)
def test_the_web_page_block(changes: dict[str, str], found: list[str]) -> None:
    assert messages(page(WEB_PAGE | changes), "audit-json-ld") == found
