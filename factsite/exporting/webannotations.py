"""Checked passages as W3C Web Annotations (https://www.w3.org/TR/annotation-model/), for readers' annotation tools.

The target is the publisher's page, not ours; the words around a quote are given only as far as the article's `rights`
let them be shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from factsite import urls
from factsite.exporting import data
from factsite.rendering.jsonld import Json
from factsite.site import Appearance, Claim, Evidence, Part, Passage
from factsite.views import Chrome

AROUND = 32
"""Characters of context on each side of a quote, at most; what the Hypothesis client stores."""


def line(claim: Claim, chrome: Chrome) -> bytes:
    """The annotations of a claim, each on a line; empty if there are none, or if the claim is not in collections."""
    if claim.status == "withdrawn" or (claim.status == "draft" and not chrome.preview):
        return b""
    return b",\n".join(map(data.line, of_claim(claim, chrome)))


def head(lines: Iterable[bytes], chrome: Chrome) -> Json:
    """An AnnotationCollection whose only page will hold all annotations, which these lines are."""
    total = sum(line.count(b"\n") + 1 for line in lines if line)
    url = urls.absolute(chrome.base_url, "data/annotations.jsonld")
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": url,
        "type": "AnnotationCollection",
        "label": f"{chrome.title}: checked passages",
        "total": total,
        "first": {"id": f"{url}#page", "type": "AnnotationPage", "partOf": url, "startIndex": 0, "items": []},
    }


def of_claim(claim: Claim, chrome: Chrome) -> Iterator[Json]:
    """One for each passage that was found in an article, as appearance or as evidence."""
    for number, appearance in enumerate(claim.appearances, start=1):
        if appearance.passage:
            yield _annotation(claim, chrome, appearance, appearance.passage, f"appearance-{number}")
    for evidence in claim.evidence:
        if evidence.passage:
            yield _annotation(claim, chrome, evidence, evidence.passage, f"evidence-{evidence.number}")


def _annotation(claim: Claim, chrome: Chrome, item: Appearance | Evidence, passage: Passage, anchor: str) -> Json:
    """Only a passage that makes the claim is assessed; evidence, and a passage that disputes it, is linked."""
    url = urls.absolute(chrome.base_url, claim.path)
    assessed = isinstance(item, Appearance) and item.stance != "disputes"
    body: list[Json] = [
        {"id": url, "type": "Text", "format": "text/html", "language": chrome.language},
        {"type": "TextualBody", "purpose": "tagging", "value": item.stance},
    ]
    if assessed:
        body.append({"type": "TextualBody", "purpose": "classifying", "value": claim.rating.label})
        comment = {"format": "text/plain", "language": chrome.language}
        body.append({"type": "TextualBody", "purpose": "commenting", "value": claim.verdict, **comment})
    found: Json = {
        "id": f"{url}#{anchor}",
        "type": "Annotation",
        "motivation": "assessing" if assessed else "linking",
        "creator": {"type": "Organization", "name": chrome.publisher.name, "homepage": _home(chrome)},
        "created": data.timestamp(claim.checked),
        "modified": data.timestamp(claim.modified),
        "body": body,
        "target": list(_targets(item, passage, chrome)),
    }
    return found | ({"rights": chrome.licence.url} if chrome.licence else {})


def _home(chrome: Chrome) -> str:
    return chrome.publisher.url or chrome.base_url


def _targets(item: Appearance | Evidence, passage: Passage, chrome: Chrome) -> Iterator[Json]:
    """One for each stretch of words within a paragraph: `exact` cannot leave words out."""
    source = item.source
    for parts in passage.paragraphs:
        for place, part in enumerate(parts):
            if part.quoted:
                target: Json = {
                    "source": source.url or urls.absolute(chrome.base_url, source.path),
                    "selector": {"type": "TextQuoteSelector", **_quoted(parts, place)},
                }
                if source.archive_url:
                    target["state"] = {"type": "TimeState", "cached": source.archive_url}
                yield target


def _quoted(parts: tuple[Part, ...], place: int) -> Json:
    """The quoted part and what stands beside it in its paragraph; for rights `link` there is nothing beside it."""
    before = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    around = {
        "prefix": before.text[-AROUND:] if before and not before.quoted else "",
        "suffix": after.text[:AROUND] if after and not after.quoted else "",
    }
    return {"exact": parts[place].text} | {key: text for key, text in around.items() if text}
