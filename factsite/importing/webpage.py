"""A saved web page → the blocks of its text, each with what the markup says about it. Pure.

All visible text of the page is in one of the blocks, so that nothing is lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

from bs4 import BeautifulSoup, NavigableString, Tag

from factsite.importing.furniture import Block
from factsite.importing.pagewords import is_sentence, key_of

Judge = Callable[[str], str]
"""HTML → the article's text as another program sees it; empty if it sees none."""

UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "head", "svg", "math", "iframe", "object", "canvas", "datalist"}
)
"""Elements without text for readers. What stands in `noscript` is said again by the page with scripts."""
LEAVES = frozenset(
    """
    p h1 h2 h3 h4 h5 h6 li blockquote dt dd figcaption caption td th pre address button label legend summary option
    div section article aside nav header footer main form figure table ul ol dl details dialog body
    """.split()  # noqa: SIM905 -- a list of words is read more easily
)
"""Elements that begin and end a block."""
BESIDE = frozenset({"nav", "footer", "aside", "form", "dialog", "button"})
"""Elements that never hold an article."""
ELEMENTS: Mapping[str, str] = {
    "nav": "menu", "menu": "menu", "aside": "aside", "footer": "footer", "dialog": "dialog", "table": "table",
    "form": "form", "label": "form", "select": "form", "option": "form", "button": "button",
    "figure": "caption", "figcaption": "caption",
}  # fmt: skip
ROLES: Mapping[str, str] = {
    "navigation": "menu", "banner": "page header", "contentinfo": "footer", "complementary": "aside", "search": "form",
    "dialog": "dialog", "alertdialog": "dialog", "alert": "dialog", "toolbar": "button", "tooltip": "dialog",
}  # fmt: skip
CLASSES: Mapping[str, str] = {
    "cookie notice": "cookies?|consent|gdpr|cmp|onetrust|privacy",
    "paywall": "paywall|regwall|metered|subscription|subscribe|piano",
    "newsletter": "newsletters?|signup|sign-up|optin|mailing",
    "pull quote": "pull-?quotes?|pulled",
    "related links": (
        "related|recommend(?:ed|ations?)|more-?(?:stories|on|from)|read-?(?:next|more|also)|trending|up-?next"
        "|most-?(?:read|popular|viewed)|promo|teasers?|outbrain|taboola"
    ),
    "share buttons": "share|sharing|social|follow|addthis|sharethis",
    "breadcrumb": "breadcrumbs?",
    "byline": "byline|authors?|bio|contributor|vcard",
    "category line": "tags?|topics?|categor(?:y|ies)|keywords|kicker|eyebrow|section-label",
    "comments": "comments?|disqus|respond",
    "advertisement": "ads?|advert(?:isement)?s?|adslot|sponsor(?:ed)?|dfp|banner",
    "caption": "captions?|credit|image-info|wp-caption",
    "date line": "date|timestamp|pubdate|published|posted-on|updated",
    "audio or video": "player|audio|video|listen",
    "menu": "menu|navbar|nav|toc|table-of-contents|pagination|pager|toolbar|languages?",
    "footer": "footer|copyright|colophon",
}
"""What classes and ids of elements say, as words between hyphens, underscores or spaces."""
TRUSTED = "standfirst|subtitle|sub-?headline|dek|lede?|lead|intro|summary"
"""Classes of what stands between headline and text and belongs to the article."""


def _words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[-_ ])(?:{words})(?:$|[-_ ])")


PATTERNS = {reason: _words(words) for reason, words in CLASSES.items()}
IS_TRUSTED = _words(TRUSTED)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
OUTSIDE = "outside the article"
PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, its element and that element's ancestors, inside out."""

    text: str
    way: tuple[Tag, ...]

    def within(self, element: Tag) -> bool:
        """Whether it stands in this very element; elements that look alike are equal."""
        return any(each is element for each in self.way)


def blocks(soup: BeautifulSoup, judge: Judge | None = None) -> list[Block]:
    """The text of the page, in order. `judge`: a second opinion on which paragraphs are the article's."""
    pieces = list(_pieces(soup))
    seen = key_of(judge(str(soup))) if judge else ""
    article = _article(soup, [piece for piece in pieces if not seen or key_of(piece.text) in seen] or pieces)
    size = sum(len(piece.text) for piece in pieces if piece.within(article))
    begun = [piece.within(article) for piece in pieces].index(True) if size else 0
    sizes: dict[int, int] = {}
    return [
        _block(piece, _below(piece, article, size, sizes))
        if piece.within(article)
        else _outside(piece, before=n < begun)
        for n, piece in enumerate(pieces)
    ]


# --- text ------------------------------------------------------------------------------------------------------------


def _pieces(soup: BeautifulSoup) -> Iterator[_Piece]:
    """Stretches of text between the borders of block elements, and between two line breaks."""
    words: list[str] = []
    last: Tag | None = None
    for text, element in _strings(soup):
        if element is not last or text == PARAGRAPH:
            yield from _joined(words, last)
            words, last = [], element
        words.append(text)
    yield from _joined(words, last)


def _joined(words: list[str], element: Tag | None) -> Iterator[_Piece]:
    text = re.sub(r"[ \t\n\r\f]+", " ", "".join(words)).strip()
    if text and element is not None:
        yield _Piece(text, (element, *element.parents))


def _strings(soup: BeautifulSoup) -> Iterator[tuple[str, Tag]]:
    """Each string with its nearest block element; two line breaks in a row count as the end of a block."""
    for node in soup.descendants:
        leaf = next((parent for parent in node.parents if parent.name in LEAVES), None)
        if leaf is None:
            continue
        if isinstance(node, Tag) and node.name == "br":
            yield (PARAGRAPH if _is_before_break(node) else " "), leaf
        elif type(node) is NavigableString and not any(parent.name in UNSEEN for parent in node.parents):
            yield str(node), leaf  # comments and the like are of other types


def _is_before_break(node: Tag) -> bool:
    follower = node.next_sibling
    while isinstance(follower, NavigableString) and not follower.strip():
        follower = follower.next_sibling
    return isinstance(follower, Tag) and follower.name == "br"


# --- the article -----------------------------------------------------------------------------------------------------


def _article(soup: BeautifulSoup, pieces: list[_Piece]) -> Tag:
    """The element that holds the article: one marked as such that has most of the page's sentences, or the densest."""
    sentences = [piece for piece in pieces if is_sentence(piece.text) and not _is_beside(piece)]
    total = sum(len(piece.text) for piece in sentences)

    def share(element: Tag) -> float:
        return sum(len(piece.text) for piece in sentences if piece.within(element)) / total if total else 0.0

    for selector in ("article", "[itemprop=articleBody]", "main, [role=main]"):
        best = max(soup.select(selector), key=share, default=None)
        if best is not None and share(best) >= 0.6:
            return best
    return _densest(soup.body or soup, share)


def _densest(element: Tag, share: Callable[[Tag], float]) -> Tag:
    """Going inwards as long as one child has nearly all the sentences."""
    while True:
        children = [child for child in element.children if isinstance(child, Tag) and child.name != "p"]
        best = max(children, key=share, default=None)
        if best is None or share(best) < 0.75:
            return element
        element = best


def _is_beside(piece: _Piece) -> bool:
    return any(element.name in BESIDE for element in piece.way)


# --- what the markup says --------------------------------------------------------------------------------------------


def _below(piece: _Piece, article: Tag, size: int, sizes: dict[int, int]) -> list[Tag]:
    """The elements of the article that a block stands in, without those that hold a good part of its text.

    `size`: characters of the article; `sizes`: those of elements that are known already, by identity.
    """
    way = list(takewhile(lambda element: element is not article, piece.way))
    for element in way:
        if id(element) not in sizes:
            sizes[id(element)] = len(element.get_text())
    return [element for element in way if element.name in BESIDE or sizes[id(element)] < 0.4 * size]


def _block(piece: _Piece, way: list[Tag]) -> Block:
    reason = next((reason for element in way if (reason := _reason(element))), "")
    trusted = not reason and any(IS_TRUSTED.search(_classes(element)) for element in way)
    return Block(piece.text, _kind(way), reason, trusted)


def _outside(piece: _Piece, *, before: bool) -> Block:
    """A block beside the article. A standfirst above it belongs to it all the same."""
    way = [element for element in piece.way if element.name not in {"html", "body"}]
    reason = next((reason for element in way if (reason := _reason(element))), "")
    if before and not reason and is_sentence(piece.text) and any(IS_TRUSTED.search(_classes(each)) for each in way):
        return Block(piece.text, trusted=True)
    return Block(piece.text, reason="headline" if piece.way[0].name == "h1" else reason or OUTSIDE)


def _reason(element: Tag) -> str:
    """Why what stands in this element is furniture."""
    if reason := ELEMENTS.get(element.name) or ROLES.get(str(element.get("role"))):
        return reason
    if element.has_attr("hidden") or HIDDEN.search(str(element.get("style") or "")):
        return "hidden"
    classes = _classes(element)
    return next((reason for reason, words in PATTERNS.items() if words.search(classes)), "") if classes else ""


def _classes(element: Tag) -> str:
    """Classes and id as lower-case words: `ArticleShareBar` → `article-share-bar`."""
    classes = element.get("class") or []
    found = [*([classes] if isinstance(classes, str) else classes), str(element.get("id") or "")]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", " ".join(found)).lower()


def _kind(way: list[Tag]) -> str:
    kinds = (element.name for element in way if re.fullmatch(r"h[1-6]|li|blockquote", element.name))
    kind = next(kinds, "p")
    return "h2" if kind == "h1" else kind
