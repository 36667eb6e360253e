"""Saved web pages: which text is the article's, and what pages say about themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from factsite.importing import metadata, webpage
from factsite.importing.metadata import Metadata

PAGES = sorted((Path(__file__).parents[1] / "data" / "pages").glob("*.html"))
TEXT = "<p>Jane Doe said that the bridge cost twice what was promised.</p><p>The auditors found an overrun.</p>"


def soup(html: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def reasons(html: str) -> dict[str, str]:
    """Why each block is furniture, by its text."""
    return {block.text: block.reason for block in webpage.blocks(soup(html))}


def page(head: str, body: str = TEXT) -> Metadata:
    return metadata.read(soup(f"<html><head>{head}</head><body>{body}</body></html>"))


def json_ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


# --- text ------------------------------------------------------------------------------------------------------------


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def visible(html: BeautifulSoup) -> str:
    """All text for readers, found in another way."""
    for element in html.find_all(sorted(webpage.UNSEEN)):
        element.decompose()
    return html.get_text()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_all_text_of_a_page_is_in_its_blocks(path: Path) -> None:
    blocks = webpage.blocks(soup(path.read_bytes()))
    assert letters("".join(block.text for block in blocks)) == letters(visible(soup(path.read_bytes())))


ELEMENTS = st.sampled_from(
    ["p", "div", "article", "li", "ul", "nav", "aside", "span", "em", "section", "td", "br", "h2"]
)
TREES = st.recursive(
    st.text(alphabet="ab ., &<\u06f1\u200c", max_size=12).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(ELEMENTS, st.lists(inner, max_size=4)).map(
        lambda made: f"<{made[0]}>{''.join(made[1])}</{made[0]}>"
    ),
    max_leaves=12,
)


@given(TREES)
def test_all_text_of_any_page_is_in_its_blocks(html: str) -> None:
    html = f"<body>{html}</body>"
    assert letters("".join(block.text for block in webpage.blocks(soup(html)))) == letters(visible(soup(html)))


def test_markup_says_what_is_furniture() -> None:
    found = reasons(
        f"""<header><nav>Home</nav></header><article>
        <div class="ShareBar">Tell your friends what you think of it.</div>
        <div id="cookie-banner">This page wants to be remembered by you.</div>
        <figure><figcaption>The bridge in May, seen from the tower.</figcaption></figure>
        {TEXT}
        <section class="related-stories"><p>The ferry will stop on Monday.</p></section>
        <div hidden>A sentence that nobody sees on the page.</div>
        </article><footer>All of it is ours.</footer>"""
    )
    assert found == {
        "Home": "menu",
        "Tell your friends what you think of it.": "share buttons",
        "This page wants to be remembered by you.": "cookie notice",
        "The bridge in May, seen from the tower.": "caption",
        "Jane Doe said that the bridge cost twice what was promised.": "",
        "The auditors found an overrun.": "",
        "The ferry will stop on Monday.": "related links",
        "A sentence that nobody sees on the page.": "hidden",
        "All of it is ours.": "footer",
    }


@pytest.mark.parametrize(
    "html",
    [
        f"<article class='paywall share-enabled'>{TEXT}</article>",
        f"<article><div class='paywall'>{TEXT}</div></article>",
        f"<main><div class='date-2026 related'>{TEXT}</div></main>",
        f"<div id='subscribe'><table><tr><td>{TEXT}</td></tr></table></div>",
        f"<body class='newsletter-open'>{TEXT}</body>",
    ],
)
def test_an_element_with_the_article_in_it_is_never_furniture(html: str) -> None:
    assert set(reasons(html).values()) == {""}


def test_of_several_articles_the_longest_counts() -> None:
    found = reasons(f"<article><p>Another story has one sentence only.</p></article><article>{TEXT}</article>")
    assert list(found.values()) == ["outside the article", "", ""]


def test_a_standfirst_beside_the_text_belongs_to_it() -> None:
    head = '<div class="standfirst"><p>Who knew it, and when did they know?</p></div>'
    found = webpage.blocks(soup(f"<div>{head}</div><div itemprop='articleBody'>{TEXT}</div>"))

    assert [(block.reason, block.trusted) for block in found] == [("", True), ("", False), ("", False)]


def test_two_line_breaks_are_a_paragraph_and_one_is_a_space() -> None:
    found = webpage.blocks(soup("<div>One<br>and a half.<br> <br/>Two.</div>"))
    assert [block.text for block in found] == ["One and a half.", "Two."]


def test_kinds() -> None:
    html = f"<article><h1>A</h1>{TEXT}<h3>B</h3><ul><li><p>C</p></li></ul><blockquote><p>D</p></blockquote></article>"
    found = {block.text: block.kind for block in webpage.blocks(soup(html))}
    assert [found[text] for text in "ABCD"] == ["h2", "h3", "li", "blockquote"]


def test_a_second_opinion_decides_where_the_article_is() -> None:
    html = f"<div class=a><p>{'Some long text that is no article at all. ' * 9}</p></div><div class=b>{TEXT}</div>"
    alone, advised = webpage.blocks(soup(html)), webpage.blocks(soup(html), lambda _: soup(TEXT).get_text(" "))

    assert [block.reason for block in alone] == ["", "outside the article", "outside the article"]
    assert [block.reason for block in advised] == ["outside the article", "", ""]


# --- what pages say --------------------------------------------------------------------------------------------------


def test_json_ld_in_a_graph_with_references() -> None:
    found = page(
        json_ld(
            """{"@graph": [
            {"@id": "#org", "@type": "Organization", "name": "The Gazette"},
            {"@type": "WebPage", "name": "Wrong", "datePublished": "2001-01-01"},
            {"@type": "https://schema.org/NewsArticle", "headline": "Bridge &amp; budget", "inLanguage": "en-GB",
             "author": [{"@type": "Person", "name": "Ann Other"}, "Sam Neil"], "publisher": {"@id": "#org"},
             "datePublished": "2026-03-12T23:59:00-08:00", "isAccessibleForFree": "False",
             "mainEntityOfPage": {"@id": "https://gazette.example/a"}}]}"""
        )
    )
    assert (found.title, found.author, found.publisher) == ("Bridge & budget", "Ann Other, Sam Neil", "The Gazette")
    assert (found.url, found.language, found.type) == ("https://gazette.example/a", "en-GB", "news")
    assert found.dates == [("JSON-LD", "2026-03-12")]
    assert not found.is_free


def test_broken_json_ld_is_a_remark_and_the_rest_is_read() -> None:
    found = page(json_ld("{,}") + json_ld('{"@type": "NewsArticle", "headline": "A\nline break"}'))

    assert found.title == "A line break"
    assert found.remarks == ["A block of JSON-LD on the page cannot be read"]


def test_meta_elements_only() -> None:
    found = page(
        """<title>Bridge costs - The Gazette</title><meta name=author content="By Ann Other">
        <meta property="article:author" content="https://gazette.example/ann">
        <meta property="og:locale" content="en_GB">
        <meta property="og:site_name" content="The Gazette"><meta name="DC.date.issued" content="2026-03-12">
        <meta property="og:url" content="https://gazette.example/a">"""
    )
    assert (found.title, found.author, found.publisher) == ("Bridge costs", "Ann Other", "The Gazette")
    assert (found.url, found.language, found.type) == ("https://gazette.example/a", "en-GB", "")
    assert found.dates == [("the meta element `dc.date.issued`", "2026-03-12")]


def test_the_canonical_address_counts_more_than_the_others() -> None:
    head = '<link rel=canonical href="/a"><meta property="og:url" content="https://gazette.example/a?b">'
    assert page(head + json_ld('{"@type": "Article", "headline": "A", "url": "https://gazette.example/c"}')).url == (
        "https://gazette.example/a"
    )


def test_browsers_note_where_a_page_was_saved_from() -> None:
    assert (
        page("", "<!-- saved from url=(0030)https://gazette.example/a.html -->" + TEXT).url
        == "https://gazette.example/a.html"
    )


def test_an_author_that_is_the_publisher_is_none() -> None:
    found = page(
        json_ld('{"@type": "NewsArticle", "headline": "A", "author": {"name": "G"}, "publisher": {"name": "G"}}')
    )
    assert (found.author, found.publisher) == ("", "G")


def test_titles_that_say_the_same_are_one() -> None:
    titles = [
        "Bridge costs twice its budget",
        "BRIDGE costs twice…",
        "Bridge costs twice its budget | Gazette",
        "Mayor angry",
    ]
    assert Metadata(titles=titles).other_titles == ["Mayor angry"]


@pytest.mark.parametrize(
    "head", ["", json_ld("[]"), json_ld("3"), json_ld('{"@type": 1, "headline": [null]}'), "<meta name=x content=''>"]
)
def test_pages_that_say_nothing(head: str) -> None:
    assert page(head) == Metadata()
