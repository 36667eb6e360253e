"""The generated facts in the project's own format."""

from __future__ import annotations

from pathlib import Path

from benchmarks.generate import RATINGS, TOPICS, Actor, Article, Claim, Facts, Source

POLICIES = ("methodology", "corrections-policy")
TONES = {"true": "positive", "mostly-true": "positive", "needs-context": "mixed", "mostly-false": "negative"}


def write(root: Path, facts: Facts) -> None:
    """Site settings and one file for each entry."""
    for folder in ("claims", "actors", "sources", "articles", "pages"):
        (root / "content" / folder).mkdir(parents=True, exist_ok=True)
    for page in POLICIES:
        text = f"---\ntitle: {page.capitalize()}\nsummary: How we work.\n---\n\nGenerated.\n"
        (root / f"content/pages/{page}.md").write_text(text, encoding="utf-8")
    (root / "site.yaml").write_text(settings(facts), encoding="utf-8")
    for actor in facts.actors:
        (root / f"content/actors/{actor.id}.yaml").write_text(actor_yaml(actor), encoding="utf-8")
    for source in facts.sources:
        (root / f"content/sources/{source.id}.yaml").write_text(source_yaml(source), encoding="utf-8")
    for article in facts.articles:
        (root / f"content/articles/{article.id}.md").write_text(article_md(article), encoding="utf-8")
    for claim in facts.claims:
        (root / f"content/claims/{claim.id}.yaml").write_text(claim_yaml(claim), encoding="utf-8")


def settings(facts: Facts, title: str = "Benchmark") -> str:
    """site.yaml"""
    ratings = "\n".join(
        f'  - {{id: "{rating}", label: {rating.replace("-", " ").capitalize()!r}, meaning: What it means., '
        f"tone: {TONES.get(rating, 'open')}{f', value: {5 - place}' if place < 5 else ''}}}"
        for place, rating in enumerate(RATINGS)
    )
    topics = "\n".join(f"  - {{id: {topic}, label: {topic.capitalize()}}}" for topic in TOPICS)
    featured = ", ".join(claim.id for claim in facts.claims[:3])
    return f"""title: {title}
description: Generated content.
base_url: https://bench.example/
publisher: {{name: The desk}}
search: false
share_images: false
ratings:
{ratings}
topics:
{topics}
featured: [{featured}]
"""


def actor_yaml(actor: Actor) -> str:
    """content/actors/<id>.yaml"""
    member = f"member_of:\n  - {{actor: {actor.member_of}, role: member, from: 2012}}\n" if actor.member_of else ""
    return f"name: {actor.name}\nkind: {actor.kind}\naliases: [{actor.alias}]\nsummary: {actor.summary}\n{member}"


def source_yaml(source: Source) -> str:
    """content/sources/<id>.yaml"""
    party = f"party_to: [{source.party_to}]\n" if source.party_to else ""
    return (
        f"title: {source.title}\npublisher: {source.publisher}\ntype: {source.type}\npublished: {source.published}\n"
        f"url: {source.url}\naccessed: 2026-01-02\nlanguage: en\nsummary: {source.summary}\n{party}"
    )


def article_md(article: Article) -> str:
    """content/articles/<id>.md"""
    front = (
        f"title: {article.title}\npublisher: {article.publisher}\ntype: news\npublished: {article.published}\n"
        f"url: {article.url}\naccessed: 2026-01-02\nlanguage: en\nrights: full\n"
    )
    return f"---\n{front}---\n\n" + "\n\n".join(article.paragraphs) + "\n"


def claim_yaml(claim: Claim) -> str:
    """content/claims/<id>.yaml"""
    appearances = "".join(
        f"  - article: {article}\n    quote: {quote!r}\n    stance: {stance}\n"
        for article, quote, stance in claim.appearances
    )
    evidence = "".join(
        f"  - source: {e.source}\n    stance: {e.stance}\n    locator: {e.locator}\n    note: {e.note!r}\n"
        for e in claim.evidence
    )
    analysis = "\n\n".join(f"  {paragraph}" for paragraph in claim.analysis)
    return (
        f"claim: {claim.text!r}\nrating: {claim.rating}\nverdict: {claim.verdict!r}\nkind: event\n"
        f"claimants: [{', '.join(claim.claimants)}]\nabout: [{', '.join(claim.about)}]\n"
        f"topics: [{', '.join(claim.topics)}]\n"
        f"made: {claim.made}\nappearances:\n{appearances}evidence:\n{evidence}analysis: |\n{analysis}\n"
        f"would_change: {claim.would_change!r}\nchecked: {claim.checked}\nreviewers: [desk]\nstatus: published\n"
        f"related: [{', '.join(claim.related)}]\n"
    )
