"""What a saved web page says about itself: JSON-LD, Open Graph and other meta elements. Pure.

Sources: https://schema.org/NewsArticle, https://ogp.me (`og:`, `article:`), https://html.spec.whatwg.org/#the-meta-element.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup

from factsite.importing import datelines
from factsite.importing.pagewords import key_of

Node = dict[str, Any]

ARTICLES = re.compile(r"(News)?Article|\w+NewsArticle|BlogPosting|LiveBlogPosting|Report|ScholarlyArticle")
TYPES = {
    "OpinionNewsArticle": "opinion",
    "NewsArticle": "news",
    "ReportageNewsArticle": "news",
    "ScholarlyArticle": "research",
}
"""What our field `type` can take from a page's own type; an `Article` may be anything."""
DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "pubdate", "publish-date", "publishdate", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "dcterms.issued", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_date", "date",
)  # fmt: skip
"""Names of meta elements with the date of publication, the most reliable first."""
AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl", "citation_author")
TITLES = ("og:title", "twitter:title", "dc.title", "headline", "citation_title")
HOSTS = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title", "twitter:site")


@dataclass(slots=True)
class Metadata:
    """What was found; empty where nothing was."""

    titles: list[str] = field(default_factory=list)
    """The most reliable first."""
    author: str = ""
    publisher: str = ""
    dates: list[tuple[str, str]] = field(default_factory=list)
    """Dates of publication: where each is stated, and as ISO date of the day there. The most reliable first."""
    url: str = ""
    language: str = ""
    type: str = ""
    """A value of the field `type`, if the page's own type leaves no choice."""
    is_free: bool = True
    """The page does not say that only subscribers can read all of it."""
    remarks: list[str] = field(default_factory=list)
    """What could not be read."""

    @property
    def title(self) -> str:
        """The page's own heading, or what it calls itself elsewhere."""
        return next(iter(self.titles), "")

    @property
    def other_titles(self) -> list[str]:
        """Titles that say more or something else than the best one."""
        keys = {key_of(self.title)}
        others = []
        for title in self.titles[1:]:
            key = key_of(title)
            if not any(key.startswith(known) or known.startswith(key.rstrip(".… ")) for known in keys):
                others.append(title)
            keys.add(key)
        return others


def read(soup: BeautifulSoup) -> Metadata:
    """Everything that the page says."""
    found = Metadata()
    nodes = list(_json_ld(soup, found))
    by_id = {str(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
    article = max(filter(_is_article, nodes), key=lambda node: "datePublished" in node, default=None)
    if article is not None:
        _from_article(article, by_id, found)
    meta = _meta(soup)
    _from_meta(meta, found)
    _from_elements(soup, found)
    found.url = found.url or _absolute(meta.get("og:url", ""), "")
    found.language = _language(found.language or meta.get("og:locale", "") or meta.get("content-language", ""))
    found.author = "" if found.author == found.publisher else re.sub(r"^by\s+", "", found.author, flags=re.IGNORECASE)
    return found


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _json_ld(soup: BeautifulSoup, found: Metadata) -> Iterator[Node]:
    """Every object in the page's JSON-LD, outermost first."""
    for script in soup.find_all("script", type=re.compile(r"^application/ld\+json", re.IGNORECASE)):
        text = re.sub(r"^\s*(<!--|//<!\[CDATA\[)|(-->|//\]\]>)\s*$", "", script.get_text())
        try:
            data = json.loads(text, strict=False)
        except ValueError:
            found.remarks.append("A block of JSON-LD on the page cannot be read")
            continue
        yield from _nodes(data)


def _nodes(data: Any) -> Iterator[Node]:
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _nodes(value)


def _types(node: Node) -> list[str]:
    return [str(each).rpartition("/")[2] for each in _list(node.get("@type"))]


def _is_article(node: Node) -> bool:
    return any(ARTICLES.fullmatch(each) for each in _types(node)) and ("headline" in node or "datePublished" in node)


def _from_article(article: Node, by_id: dict[str, Node], found: Metadata) -> None:
    found.titles += [_text(article.get(key)) for key in ("headline", "name") if _text(article.get(key))]
    found.author = _names(article.get("author"), by_id)
    found.publisher = _names(article.get("publisher"), by_id)
    found.language = _text(article.get("inLanguage"))
    found.type = next((TYPES[each] for each in _types(article) if each in TYPES), "")
    found.is_free = str(article.get("isAccessibleForFree", "true")).rpartition("/")[2].lower() not in {"false", "no"}
    if day := _day(_text(article.get("datePublished"))):
        found.dates.append(("JSON-LD", day))
    page = article.get("mainEntityOfPage")
    found.url = _absolute(_text(article.get("url")) or _text(page.get("@id") if isinstance(page, dict) else page), "")


def _names(value: Any, by_id: dict[str, Node]) -> str:
    """The names of persons or bodies: texts, objects, or references to objects elsewhere on the page."""
    names = []
    for each in _list(value):
        node = by_id.get(str(each.get("@id")), each) if isinstance(each, dict) else {"name": each}
        name = _text(node.get("name"))
        if name and not name.startswith("http"):
            names.append(name)
    return ", ".join(dict.fromkeys(names))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    first = next(iter(_list(value)), "")
    if isinstance(first, dict):
        first = first.get("name") or first.get("@value") or ""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", first)).split()) if isinstance(first, str) else ""


# --- meta and other elements -----------------------------------------------------------------------------------------


def _meta(soup: BeautifulSoup) -> dict[str, str]:
    """Meta elements by name, property or itemprop in lower case; the first of each."""
    found: dict[str, str] = {}
    for element in soup.find_all("meta", content=True):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        text = " ".join(str(element["content"]).split())
        if name and text:
            found.setdefault(str(name).lower(), text)
    return found


def _from_meta(meta: dict[str, str], found: Metadata) -> None:
    found.titles += [meta[name] for name in TITLES if name in meta]
    authors = (meta[name] for name in AUTHORS if name in meta)
    found.author = found.author or next((each for each in authors if not re.match(r"https?:|@", each)), "")
    found.publisher = found.publisher or next((meta[name].lstrip("@") for name in HOSTS if name in meta), "")
    for name in DATES:
        if day := _day(meta.get(name, "")):
            found.dates.append((f"the meta element `{name}`", day))


def _from_elements(soup: BeautifulSoup, found: Metadata) -> None:
    canonical = soup.select_one("link[rel~=canonical][href]")
    saved = re.search(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url: )(\S+)", str(soup)[:5000])
    found.url = _absolute(str(canonical["href"]) if canonical else "", found.url) or found.url
    if not found.url and saved:
        found.url = _absolute(saved[1], "")
    root = soup.select_one("html[lang]")
    found.language = str(root["lang"]) if root else found.language
    headings = soup.find_all("h1")
    if len(headings) == 1 and (text := " ".join(headings[0].get_text(" ").split())):
        found.titles.insert(0, text)
    if soup.title and not found.titles:
        found.titles.append(re.split(r"\s+[|–—·-]\s+", " ".join(soup.title.get_text().split()))[0])
    times = soup.select(
        "time[itemprop=datePublished], time[pubdate], article header time[datetime], h1 ~ time[datetime]"
    )
    if times and (day := _day(str(times[0].get("datetime") or times[0].get_text()))):
        found.dates.append(("the date shown", day))


def _absolute(url: str, base: str) -> str:
    """A complete http address, or nothing."""
    url = urljoin(base, url.strip()) if url.strip() else ""
    return url if re.match(r"https?://[^/\s]+\S*$", url) else ""


def _day(text: str) -> str:
    """The day of a time, as it is where the time was written."""
    return str(datelines.find(text) or "")


def _language(tag: str) -> str:
    tag = tag.strip().replace("_", "-")
    return tag if re.fullmatch(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*", tag) else ""
