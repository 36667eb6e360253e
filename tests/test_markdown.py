"""Markdown: the site's own links, links with their lines, no raw HTML, an article's text as paragraphs."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.common.normalize_url import normalizeLink

from factsite import markdown
from factsite.markdown import Hyperlink
from factsite.site import Run


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[the MEK](actor:mek)", '<p><a href="../../actors/mek/">the MEK</a></p>\n'),
        ("[it](claim:x#evidence-2)", '<p><a href="../../claims/x/#evidence-2">it</a></p>\n'),
        ("[how](page:methodology)", '<p><a href="../../methodology/">how</a></p>\n'),
        ("[x](https://a.example/)", '<p><a href="https://a.example/" rel="external noopener">x</a></p>\n'),
        ("[x](mailto:a@b.example)", '<p><a href="mailto:a@b.example">x</a></p>\n'),
        ("# One\n\n## Two\n\n###### Six", "<h2>One</h2>\n<h2>Two</h2>\n<h6>Six</h6>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("| a |\n|---|\n| b |", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>\n"),
    ],
)  # fmt: skip
def test_blocks(text: str, html: str) -> None:
    assert markdown.to_html(text, "../../") == html


def test_inline_text_has_no_paragraph() -> None:
    assert markdown.to_inline_html("*Read* [it](source:x)", "./") == '<em>Read</em> <a href="./sources/x/">it</a>'


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "/x", "vbscript:x"]
)
def test_an_unsafe_address_never_reaches_a_page(url: str) -> None:
    assert markdown.to_html(f"[x]({url})", "./") == "<p><a>x</a></p>\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [a](claim:x) two\nthree [b](claim:y)", [("claim:x", 1), ("claim:y", 2)]),
        ("One\n\n- two\n- [a](claim:x)", [("claim:x", 4)]),
        ("| a |\n|---|\n| b |\n| [a](claim:x) |", [("claim:x", 4)]),
        ("> one\n> [a](claim:x)", [("claim:x", 2)]),
        ("One  \n[a](claim:x)", [("claim:x", 2)]),
        ("[a][b]\n\n[b]: claim:x", [("claim:x", 1)]),
        ("<https://a.example/>", [("https://a.example/", 1)]),
        ("`[a](claim:x)`", []),
        ("[a]", []),
    ],
)
def test_links_have_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(link.url, link.line) for link in markdown.links(text)] == expected


def test_images_are_links_that_say_so() -> None:
    assert list(markdown.links("![a](b.png)")) == [Hyperlink("b.png", 1, image=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One <b>two</b>\nthree <br>", [(1, "<b>"), (1, "</b>"), (2, "<br>")]),
        ("One\n\n<div>\ntwo\n</div>", [(3, "<div>")]),
        ("One <!-- no --> two", [(1, "<!-- no -->")]),
        ("`<b>` and 1 < 2 and <https://a.example/> and \\<b>", []),
    ],
)
def test_raw_html_is_found(text: str, expected: list[tuple[int, str]]) -> None:
    assert list(markdown.raw_html(text)) == expected


def test_plain_text() -> None:
    assert (
        markdown.to_text("# One\n\nTwo *three* `four`\nfive [six](claim:x)\n\n- seven")
        == "One Two three four five six seven"
    )


def test_paragraphs_of_an_article() -> None:
    text = "# Title\n\nOne **two *three***\nfour.\n\n> Quoted [link](https://a.example/).\n\n- Item\n\n```\ncode\n```\n"

    found = markdown.paragraphs(text, first_line=9)

    assert [(p.kind, p.text, p.start, p.line) for p in found] == [
        ("h2", "Title", 0, 9),
        ("p", "One two three four.", 6, 11),
        ("blockquote", "Quoted link.", 26, 14),
        ("li", "Item", 39, 16),
        ("p", "code", 44, 18),
    ]
    assert found[1].runs == (
        Run("One ", ()),
        Run("two ", ("strong",)),
        Run("three", ("strong", "em")),
        Run(" four.", ()),
    )
    assert found[2].runs[1] == Run("link", (), "https://a.example/")
    assert found[4].runs == (Run("code", ("code",)),)


def test_an_empty_article_has_no_paragraphs() -> None:
    assert markdown.paragraphs(" \n\n") == ()


MARKDOWN = st.lists(
    st.sampled_from(["word", " ", "\n", "\n\n", "*", "**", "_", "`", "# ", "> ", "- ", "1. ", "[x](claim:y)", "<b>", "|", "&amp;", "\\", "![a](b)", "    "]),
    max_size=25,
).map("".join)  # fmt: skip


@given(MARKDOWN)
def test_the_paragraphs_say_what_the_page_says(text: str) -> None:
    page = BeautifulSoup(markdown.to_html(text, "./"), "lxml").get_text()
    article = " ".join(paragraph.text for paragraph in markdown.paragraphs(text) if "![" not in text)

    assert "![" in text or "".join(article.split()) == "".join(page.split())


@given(MARKDOWN)
def test_paragraphs_follow_one_another(text: str) -> None:
    found = markdown.paragraphs(text)
    whole = "\n".join(paragraph.text for paragraph in found)

    assert all(whole[p.start : p.start + len(p.text)] == p.text for p in found)
    assert [p.line for p in found] == sorted(p.line for p in found)
    assert all(a.tags != b.tags or a.href != b.href for p in found for a, b in pairwise(p.runs))


LINES = st.text(st.characters(), max_size=12).map(lambda text: f"w{text}")
MARKED = st.text("ab A1.,:;\"'>&<*_`[]()!\\|#-+=~\n\n é“’—\u00a0\u2028x:", max_size=40)
PIECES = ["one", "Two", " ", " ", "\n", "\n\n", "*", "*so*", "*so so*", "**", "_", "é", "1", "!", "?", ".", ",", "“", '"', "'", "<", ">", "&",
    "[", "]", "(", ")", "](", "\\", "`", "#", "- ", ":", "\u00a0", "\u2028", "\t", "it", "claim:x", "source:a-1#b.2", "https://a.example",
    "https://a.example/b_c/D.html?e=f", "http://xn--b-1ga.example/~a/", "[it](claim:x)", "[it](page:x)", "[“so” \"1\"](actor:x#y)",
    "[two\nlines](https://a.example/b)", "![it](claim:x)", "[*so*](claim:x)", "*[it](claim:x)*", "[it](claim:x 'y')", "[it](<claim:x>)",
    "[it](https://a.example/?b=c&d)", "[it](https://a.example/%zz)", "[it](https://A.example/é)", "[it](https://a..example)", "[it](javascript:x)"]  # fmt: skip
TEXTS = st.one_of(
    MARKED, st.lists(LINES, max_size=5).map("\n".join), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
)


@given(TEXTS)
def test_the_short_cuts_give_what_parsing_gives(text: str) -> None:
    assert markdown.to_html(text, "../") == markdown.to_html_by_parsing(text, "../")
    assert markdown.to_inline_html(text, "../") == markdown.to_inline_html_by_parsing(text, "../")


@given(st.from_regex(markdown.TARGET, fullmatch=True))
def test_an_address_that_counts_as_encoded_is(url: str) -> None:
    assert normalizeLink(url) == url


@given(TEXTS)
def test_links_are_found_in_prose_as_in_any_text(text: str) -> None:
    assert list(markdown.links(text)) == list(markdown.links_by_parsing(text))


@given(TEXTS)
def test_paragraphs_of_prose_are_those_of_any_text(text: str) -> None:
    assert markdown.paragraphs(f"\n{text}", 7) == markdown.paragraphs_by_parsing(f"\n{text}", 7)
