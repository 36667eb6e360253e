"""Markdown → HTML, its links with their lines, an article's text as paragraphs. Pure.

CommonMark (https://spec.commonmark.org/0.31.2/) with tables and without raw HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from factsite import urls
from factsite.site import Paragraph, Run

TARGET = (
    r"(?:actor|claim|source|topic|page):[a-z0-9-]+(?:#[a-z0-9.-]+)?"
    r"|https?://(?:[a-z0-9-]{1,60}\.){1,3}[a-z]{2,20}(?:/[A-Za-z0-9._~/=-]*)?"
)
"""Addresses in which nothing has to be percent-encoded."""
ENCODED = re.compile(TARGET)

PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
SPOTTER = MarkdownIt("commonmark", {"html": True}).enable("table")
"""Knows raw HTML only to refuse it."""
READER = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
"""Keeps apart what was typed and what was escaped."""


def _allow(url: str) -> bool:  # noqa: ARG001 -- a signature of markdown-it's
    """Whether an address is allowed is ours to say, with its line (`links`); markdown-it would only drop it."""
    return True


def _normalized(url: str) -> str:
    """Percent-encoded, but for what is no whole address: it will be refused, in the words in which it was typed."""
    return normalizeLink(url) if not ENCODED.fullmatch(url) and urls.scheme(url) else url


for parser in (PARSER, SPOTTER, READER):
    parser.validateLink = _allow  # type: ignore[method-assign]
    parser.normalizeLink = _normalized  # type: ignore[method-assign]


@dataclass(frozen=True, slots=True)
class Hyperlink:
    """A link or image in a Markdown text."""

    url: str
    line: int
    """Line of the text, from 1."""
    image: bool = False


@dataclass(frozen=True, slots=True)
class Literal:
    """What of a paragraph, heading or cell means nothing to Markdown, so that readers see it as it was typed."""

    text: str
    """With `MARKUP` in place of markup and code, and a backslash alone for what was escaped."""
    line: int
    """Line of the text, from 1."""
    is_paragraph: bool
    """A paragraph that stands by itself, in no list and no quotation."""


MARKUP = "\ufffc"

LETTER = r"[^\\`*_\[\]<&!\n\r\t\x00]"
"""What Markdown gives no meaning to within a line, wherever it stands."""
PLAIN = re.compile(f"{LETTER}*")
BREAK = r"(?<! )\n(?! )"
LINK = re.compile(rf"\[(?:{LETTER}|{BREAK})+\]\(({TARGET})\)")
STRESS = rf"(?<![^ \n])\*[^\W_](?:{LETTER}*[^\W_])?\*(?![^ \n.,;:?])"
"""Whole words between asterisks."""
EASY = re.compile(rf"(?:{LETTER}++|!(?!\[)|{BREAK}|{LINK.pattern}|{STRESS})*+")
"""Text with no markup but such links and such words, in lines that neither begin nor end with a space."""
LINKED, STRESSED = re.compile(r"\[([^]]+)\]\(([^)]+)\)"), re.compile(r"\*([^*]+)\*")
"""The same in a text that is known to be easy, whether escaped or not."""
PROSE = re.compile(r"(?:[^\W\d_](?: *+[^\s|\x00]++)*+(?:\n++|$))++")
"""Lines that begin with a letter and end without a space: nothing but paragraphs, parted by empty lines."""
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
"""What stands between empty lines."""


def to_html(text: str, root: str) -> str:
    """A Markdown text as HTML blocks; `root` is the relative way from the page to the site's root."""
    if PROSE.fullmatch(text):  # spares reading the text block by block; `to_html_by_parsing` gives the same
        return "".join(f"<p>{to_inline_html(part[0], root)}</p>\n" for part in PARAGRAPH.finditer(text))
    return to_html_by_parsing(text, root)


def to_html_by_parsing(text: str, root: str) -> str:
    """The same without a short cut."""
    tokens = PARSER.parse(text)
    _prepare(tokens, root)
    return str(PARSER.renderer.render(tokens, PARSER.options, {}))


def to_inline_html(text: str, root: str) -> str:
    """One line of Markdown as HTML without a paragraph around it."""
    if EASY.fullmatch(text):  # `to_inline_html_by_parsing` gives the same
        html = escapeHtml(text)
        if "*" in html:
            html = STRESSED.sub(r"<em>\1</em>", html)
        return LINKED.sub(lambda link: _linked(link[1], link[2], root), html) if "[" in html else html
    return to_inline_html_by_parsing(text, root)


def _linked(words: str, url: str, root: str) -> str:
    """A link as `to_inline_html_by_parsing` makes it."""
    internal = urls.internal_path(url)
    if internal is None:
        return f'<a href="{url}" rel="external noopener">{words}</a>'
    return f'<a href="{escapeHtml(root)}{internal}">{words}</a>'


def to_inline_html_by_parsing(text: str, root: str) -> str:
    """The same without a short cut."""
    tokens = PARSER.parseInline(text)
    _prepare(tokens, root)
    return str(PARSER.renderer.render(tokens, PARSER.options, {}))


def _prepare(tokens: Sequence[Token], root: str) -> None:
    """Resolves the site's own links, marks those that leave it, and makes tables and headings accessible."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            # The page's title is its only h1, and its sections are h2.
            token.tag = f"h{min(6, int(token.tag[1]) + (1 if token.tag == 'h1' else 0))}"
        for child in token.children or ():
            if child.type == "link_open":
                _resolve(child, root)


def _resolve(link: Token, root: str) -> None:
    url = str(link.attrGet("href") or "")
    internal = urls.internal_path(url)
    if internal is not None:
        link.attrSet("href", root + internal)
    elif urls.scheme(url) in {"http", "https"}:
        link.attrSet("rel", "external noopener")
    elif urls.scheme(url) not in urls.SAFE_SCHEMES:
        del link.attrs["href"]  # `references` refuses such a link; here is the second lock


def to_text(text: str) -> str:
    """The words of a Markdown text, without markup, on one line."""
    if PLAIN.fullmatch(text) and PROSE.fullmatch(text):
        return text
    blocks = ("".join(_words(child) for child in token.children or ()) for token in PARSER.parse(text))
    return " ".join(" ".join(blocks).split())


def _words(token: Token) -> str:
    if token.type in {"text", "code_inline"}:
        return token.content
    return " " if "break" in token.type else ""


def target(link: Hyperlink, text: str) -> str:
    """What stands in the text as the link's target; markdown-it gives it percent-encoded."""
    return (link.url if link.url in text else unquote(link.url)) or "]()"


def links(text: str) -> Iterator[Hyperlink]:
    """Every link and image, with the line it begins on."""
    if "](" not in text and "]:" not in text and "<" not in text and "][" not in text:
        return
    yield from links_of_prose(text) if PROSE.fullmatch(text) else links_by_parsing(text)


def links_by_parsing(text: str) -> Iterator[Hyperlink]:
    """The same without a short cut."""
    for token in PARSER.parse(text):
        yield from _links(token.children or (), (token.map[0] if token.map else 0) + 1)


def links_of_prose(text: str) -> Iterator[Hyperlink]:
    """The same for a text of nothing but paragraphs, each read by itself if there can be a link in it."""
    for paragraph in PARAGRAPH.finditer(text):
        line = text.count("\n", 0, paragraph.start()) + 1
        if EASY.fullmatch(paragraph[0]):  # `links_by_parsing` gives the same
            for link in LINK.finditer(paragraph[0]):
                yield Hyperlink(link[1], line + paragraph[0].count("\n", 0, link.start()))
        else:
            for token in PARSER.parseInline(paragraph[0]):
                yield from _links(token.children or (), line)


def _links(tokens: Sequence[Token], line: int) -> Iterator[Hyperlink]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            line += 1
        elif token.type == "link_open":
            yield Hyperlink(str(token.attrGet("href") or ""), line)
        elif token.type == "image":
            yield Hyperlink(str(token.attrGet("src") or ""), line, image=True)


def raw_html(text: str) -> Iterator[tuple[int, str]]:
    """Every piece of raw HTML, as its line (from 1) and itself."""
    if "<" not in text:
        return
    for token in SPOTTER.parse(text):
        line = (token.map[0] if token.map else 0) + 1
        if token.type == "html_block":
            yield line, token.content.split("\n")[0].strip()
        for child in token.children or ():
            if child.type in {"softbreak", "hardbreak"}:
                line += 1
            elif child.type == "html_inline":
                yield line, child.content


def literals(text: str, *, block: bool) -> Iterator[Literal]:
    """What readers see as it was typed, paragraph by paragraph; `block`: the text may have several."""
    is_paragraph = False
    for token in READER.parse(text) if block else READER.parseInline(text):
        if token.type == "inline":
            typed = "".join(map(_typed, token.children or ()))
            yield Literal(typed, (token.map[0] if token.map else 0) + 1, is_paragraph)
        is_paragraph = token.type == "paragraph_open" and token.level == 0


def _typed(token: Token) -> str:
    if token.type == "text":
        return token.content
    if token.type == "text_special":
        return "\\"
    return "\n" if "break" in token.type else MARKUP


# --- articles --------------------------------------------------------------------------------------------------------

TAGS = {"em_open": "em", "strong_open": "strong"}


Block = tuple[str, tuple[Run, ...], int]
"""Kind, text and line of a paragraph."""


def paragraphs(text: str, first_line: int = 1) -> tuple[Paragraph, ...]:
    """An article's text, block by block. `first_line` is the line of the file on which the text begins."""
    blocks = _blocks_of_prose if PROSE.fullmatch(text.lstrip("\n")) else _blocks
    return _in_a_row(blocks(text), first_line)


def paragraphs_by_parsing(text: str, first_line: int = 1) -> tuple[Paragraph, ...]:
    """The same without a short cut."""
    return _in_a_row(_blocks(text), first_line)


def _in_a_row(blocks: Iterator[Block], first_line: int) -> tuple[Paragraph, ...]:
    """Each behind the one before it."""
    found: list[Paragraph] = []
    start = 0
    for kind, runs, line in blocks:
        paragraph = Paragraph(kind, runs, start, line + first_line)
        found.append(paragraph)
        start += len(paragraph.text) + 1
    return tuple(found)


def _blocks(text: str) -> Iterator[Block]:
    around: list[str] = []
    for token in PARSER.parse(text):
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        runs = _runs(token)
        if runs:
            yield _kind(around), runs, token.map[0] if token.map else 0


def _blocks_of_prose(text: str) -> Iterator[Block]:
    for part in PARAGRAPH.finditer(text):
        words = part[0].replace("\n", " ")
        runs = (Run(words),) if PLAIN.fullmatch(words) else _runs(PARSER.parseInline(part[0])[0])
        if runs:
            yield "p", runs, text.count("\n", 0, part.start())


def _kind(around: Sequence[str]) -> str:
    for tag in reversed(around):
        if re.fullmatch(r"h[1-6]|li|blockquote", tag):
            return "h2" if tag == "h1" else tag
    return "p"


def _runs(token: Token) -> tuple[Run, ...]:
    if token.type in {"code_block", "fence"}:
        return (Run(token.content.rstrip("\n"), ("code",)),)
    if token.type != "inline":
        return ()
    runs: list[Run] = []
    tags: list[str] = []
    href: str | None = None
    for child in token.children or ():
        if child.type in TAGS:
            tags.append(TAGS[child.type])
        elif child.type in {"em_close", "strong_close"}:
            tags.pop()
        elif child.type == "link_open":
            href = str(child.attrGet("href") or "") or None
        elif child.type == "link_close":
            href = None
        else:
            piece = " " if "break" in child.type else child.content
            runs.append(Run(piece, (*tags, "code") if child.type == "code_inline" else tuple(tags), href))
    return tuple(_joined(run for run in runs if run.text))


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours with the same markup as one."""
    last: Run | None = None
    for run in runs:
        if last and (last.tags, last.href) == (run.tags, run.href):
            last = Run(last.text + run.text, run.tags, run.href)
            continue
        if last:
            yield last
        last = run
    if last:
        yield last
