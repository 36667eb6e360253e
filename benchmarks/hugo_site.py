"""The generated facts as a site for Hugo, with the layouts in `hugo/layouts`: the same pages, the same facts on them.

Where the two generators differ, Hugo is given the easier task: links in texts are written as plain addresses, the
actors that an article names stand in its front matter, and nothing is checked.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.factsite_site import POLICIES, TONES
from benchmarks.generate import RATINGS, TOPICS, Actor, Article, Claim, Facts, Source

LAYOUTS = Path(__file__).parent / "hugo" / "layouts"
ASSETS = Path(__file__).parent.parent / "templates" / "assets"
LINK = re.compile(r"\((actor|claim|source|topic):([a-z0-9-]+)\)")
SECTIONS = {"claims": "Claims", "actors": "Actors", "sources": "Sources", "topics": "Topics", "ratings": "Ratings"}


FORMATS: Mapping[str, tuple[str, ...]] = {
    "claims": ("html", "json", "embed"),
    "actors": ("html", "json", "feed"),
    "sources": ("html", "json"),
    "topics": ("html", "feed"),
}
"""What is written of each entry, by its section, in Hugo's names of formats."""


def write(root: Path, facts: Facts) -> None:
    """Configuration, layouts, assets and one file for each entry."""
    shutil.copytree(LAYOUTS, root / "layouts", dirs_exist_ok=True)
    (root / "assets").mkdir(parents=True, exist_ok=True)
    for asset in ASSETS.iterdir():
        if asset.suffix in {".css", ".js", ".svg"}:
            shutil.copyfile(asset, root / "assets" / asset.name)
    for path, text in _files(facts):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _files(facts: Facts) -> Iterator[tuple[str, str]]:
    yield "hugo.json", settings()
    yield "data/ratings.json", json.dumps(_ratings())
    for section, title in SECTIONS.items():
        collections = ["json", "csv", "reviews", "annotations"] if section == "claims" else []
        cascade = {"outputs": list(FORMATS.get(section, ("html",)))}
        front = {"title": title, "outputs": ["html", *collections]}
        yield f"content/{section}/_index.md", _file(front, cascade=json.dumps({**cascade, "_target": {"kind": "page"}}))
    for topic in TOPICS:
        yield f"content/topics/{topic}.md", _file({"title": topic.capitalize(), "id": topic})
    for page in POLICIES:
        yield f"content/{page}.md", _file({"title": page.capitalize(), "summary": "How we work."}, "Generated.")
    yield from ((f"content/actors/{actor.id}.md", actor_md(actor)) for actor in facts.actors)
    yield from ((f"content/sources/{source.id}.md", source_md(source)) for source in facts.sources)
    yield from ((f"content/sources/{article.id}.md", article_md(article)) for article in facts.articles)
    yield from ((f"content/claims/{claim.id}.md", claim_md(claim)) for claim in facts.claims)


def settings(title: str = "Benchmark") -> str:
    """hugo.json"""
    return json.dumps(
        {
            "baseURL": "https://bench.example/",
            "title": title,
            "locale": "en",
            "disableKinds": ["taxonomy", "term"],
            "buildFuture": True,
            "outputs": {"home": ["html", "feed"], "section": ["html"], "page": ["html"]},
            "outputFormats": {
                "embed": {"mediaType": "text/html", "path": "embed", "isHTML": True, "permalinkable": False},
                "feed": {"mediaType": "application/atom+xml", "baseName": "feed", "rel": "alternate"},
                "reviews": {"mediaType": "application/json", "baseName": "claimreview", "isPlainText": True},
                "annotations": {"mediaType": "application/json", "baseName": "annotations", "isPlainText": True},
            },
            "mediaTypes": {"application/atom+xml": {"suffixes": ["xml"]}},
            "pagination": {"pagerSize": 100},
            "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
            "params": {
                "description": "Generated content.",
                "publisher": "The desk",
                "scale": list(RATINGS),
                "kind_of": {
                    "primary": "primary document",
                    "news": "news",
                    "research": "research",
                    "reference": "reference work",
                    "ngo": "report of a non-governmental organisation",
                },
                "does": {"supports": "Supports it", "contradicts": "Contradicts it", "context": "Gives context"},
            },
        },
        indent=1,
    )


def _ratings() -> dict[str, dict[str, object]]:
    return {
        rating: {
            "label": rating.replace("-", " ").capitalize(),
            "meaning": "What it means.",
            "tone": TONES.get(rating, "open"),
            "value": 5 - place if place < 5 else None,
        }
        for place, rating in enumerate(RATINGS)
    }


def _file(front: Mapping[str, object], body: str = "", cascade: str = "") -> str:
    """Front matter in YAML, the form that editors write; values as JSON, which is YAML."""
    lines = (f"{key}: {_value(value)}" for key, value in front.items() if value not in (None, "", ()))
    more = f"\ncascade: {cascade}" if cascade else ""
    return "---\n" + "\n".join(lines) + more + "\n---\n" + (f"\n{body}\n" if body else "")


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "".join(
            "\n  - " + "\n    ".join(f"{key}: {_value(inner)}" for key, inner in item.items()) for item in value
        )
    return json.dumps(value, ensure_ascii=False)


def actor_md(actor: Actor, name: str = "") -> str:
    """content/actors/<id>.md"""
    return _file(
        {
            "title": name or actor.name,
            "id": actor.id,
            "kind": actor.kind,
            "spellings": [actor.alias],
            "summary": actor.summary,
            "member_of": actor.member_of,
        }
    )


def source_md(source: Source) -> str:
    """content/sources/<id>.md"""
    return _file(
        {
            "title": source.title,
            "id": source.id,
            "date": source.published,
            "publisher": source.publisher,
            "sort": source.type,
            "published": source.published,
            "link": source.url,
            "summary": source.summary,
            "party_to": source.party_to,
        }
    )


def article_md(article: Article) -> str:
    """content/sources/<id>.md of a source whose text is here"""
    front = {
        "title": article.title,
        "id": article.id,
        "date": article.published,
        "publisher": article.publisher,
        "sort": "news",
        "published": article.published,
        "link": article.url,
        "rights": "full",
        "mentions": list(article.names),
    }
    return _file(front, "\n\n".join(article.paragraphs))


def claim_md(claim: Claim, text: str = "") -> str:
    """content/claims/<id>.md"""
    front = {
        "title": text or claim.text,
        "id": claim.id,
        "date": claim.checked,
        "rating": claim.rating,
        "verdict": claim.verdict,
        "claimants": list(claim.claimants),
        "about": list(claim.about),
        "topics": list(claim.topics),
        "made": claim.made,
        "appearances": [dict(zip(("article", "quote", "stance"), each, strict=True)) for each in claim.appearances],
        "evidence": [
            {"source": e.source, "stance": e.stance, "locator": e.locator, "note": e.note} for e in claim.evidence
        ],
        "would_change": claim.would_change,
        "checked": claim.checked,
        "reviewers": ["desk"],
        "related": list(claim.related),
    }
    analysis = "\n\n".join(claim.analysis)
    return _file(front, LINK.sub(lambda match: f"(/{match[1]}s/{match[2]}/)", analysis))
