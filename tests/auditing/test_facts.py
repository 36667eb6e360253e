"""One page read by itself: what it says of itself, where it leads, what is wrong with it."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from factsite.auditing.addresses import FETCHED, FETCHED_LISTS
from factsite.auditing.facts import INLINE, Facts, facts, stylesheet_facts
from factsite.auditing.faults import EXPECTED
from factsite.auditing.parsed import PLAIN

GOOD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The bridge · Checks</title>
<meta name="description" content="What the bridge cost.">
<link rel="canonical" href="https://checks.example/claims/bridge/">
<link rel="stylesheet" href="../../assets/style.css">
<link rel="alternate" type="application/json" href="index.json">
<meta property="og:url" content="https://checks.example/claims/bridge/">
<script src="../../assets/site.js" defer></script>
</head>
<body>
<a href="#main">Skip</a>
<main id="main">
<h1>The bridge</h1>
<p><a href="../../actors/mayor/#claims">The mayor</a>, <a href="https://gazette.example/" rel="external">a paper</a></p>
</main>
</body>
</html>
"""


def changed(old: str, new: str) -> Facts:
    """The facts of the good page with a change."""
    assert GOOD.count(old) == 1
    return facts(GOOD.replace(old, new).encode())


def faults(page: Facts) -> list[tuple[str, str]]:
    return [(fault.code, fault.message) for fault in page.faults]


def test_a_good_page_says_what_it_is_and_where_it_leads() -> None:
    page = facts(GOOD.encode())

    assert page == Facts(
        canonical="https://checks.example/claims/bridge/",
        ids=("main",),
        links=(
            "../../assets/style.css",
            "index.json",
            "../../actors/mayor/#claims",
            "../../assets/site.js",
            "https://checks.example/claims/bridge/",
        ),
    )


@pytest.mark.parametrize(
    ("old", "new", "code", "message"),
    [
        (' lang="en"', "", "audit-language", "The page does not say its language"),
        ("<title>The bridge · Checks</title>", "", "audit-title", "The page has no title"),
        ("The bridge · Checks", " ", "audit-title", "The title is empty"),
        ("</title>", "</title><title>B</title>", "audit-title", "The page has more than one title"),
        ("<h1>The bridge</h1>", "<h2>The bridge</h2>", "audit-heading", "The page has no h1"),
        ("<h1>The bridge</h1>", "<h1> </h1>", "audit-heading", "The h1 is empty"),
        ("</h1>", "</h1><h1>Another</h1>", "audit-heading", "The page has more than one h1"),
        ("What the bridge cost.", "", "audit-description", "The page has no meta description"),
        ('<link rel="canonical"', '<link rel="alternate"', "audit-canonical", "The page has no canonical address"),
        ("<h1>", '<h1 id="main">', "audit-duplicate-id", "The id `main` stands more than once on its page"),
        ("#main", "#mein", "audit-dead-anchor", "`#mein` leads to an id that its page does not have"),
        (
            "<body>",
            '<body><svg><use href="#no"/></svg>',
            "audit-dead-anchor",
            "`#no` leads to an id that its page does not have",
        ),
        ("<title>", '<base href="/"><title>', "audit-dead-link", "`<base>` bends every relative address of the page"),
    ],
)
def test_what_a_page_lacks(old: str, new: str, code: str, message: str) -> None:
    assert faults(changed(old, new)) == [(code, message)]


@pytest.mark.parametrize(
    ("element", "what"),
    [
        ('<img src="https://cdn.example/x.png" alt="">', "`src` of `<img>`"),
        ('<img src="//cdn.example/x.png" alt="">', "`src` of `<img>`"),
        ('<img srcset="a.png 1x, https://cdn.example/x,y.png 2x" alt="">', "`srcset` of `<img>`"),
        ('<iframe src="https://cdn.example/"></iframe>', "`src` of `<iframe>`"),
        ('<video poster="http://cdn.example/x.jpg"></video>', "`poster` of `<video>`"),
        ('<video><source src="https://cdn.example/x.mp4"></video>', "`src` of `<source>`"),
        ('<audio src="https://cdn.example/x.mp3"></audio>', "`src` of `<audio>`"),
        ('<object data="https://cdn.example/x.pdf"></object>', "`data` of `<object>`"),
        ('<embed src="https://cdn.example/x.pdf">', "`src` of `<embed>`"),
        ('<script src="https://cdn.example/x.js"></script>', "`src` of `<script>`"),
        ('<form action="https://cdn.example/"></form>', "`action` of `<form>`"),
        ('<button formaction="https://cdn.example/">Go</button>', "`formaction` of `<button>`"),
        ('<a href="x/" ping="https://cdn.example/p">x</a>', "`ping` of `<a>`"),
        ('<svg><image href="https://cdn.example/x.png"/></svg>', "`href` of `<image>`"),
        ('<svg><use xlink:href="https://cdn.example/x.svg#a"/></svg>', "`xlink:href` of `<use>`"),
        ('<link rel="stylesheet" href="https://cdn.example/x.css">', "`<link rel=stylesheet>`"),
        ('<link rel="preload" as="font" href="https://cdn.example/x.woff2">', "`<link rel=preload>`"),
        ('<link rel="preconnect" href="https://cdn.example">', "`<link rel=preconnect>`"),
        ('<link rel="shortcut icon" href="https://cdn.example/x.ico">', "`<link rel=shortcut icon>`"),
        ('<LINK REL="StyleSheet" HREF=" HTTPS://cdn.example/x.css ">', "`<link rel=stylesheet>`"),
    ],
)
def test_requests_to_other_hosts(element: str, what: str) -> None:
    page = changed("<h1>", f"{element}<h1>")

    assert faults(page) == [("audit-foreign-request", f"{what} makes a request to another host")]


@pytest.mark.parametrize(
    "element",
    [
        '<a href="https://gazette.example/">a link is no request</a>',
        '<a href="mailto:desk@checks.example">mail</a>',
        '<blockquote cite="https://gazette.example/">quoted</blockquote>',
        '<img src="data:image/png;base64,AA==" alt="">',
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">',
        '<script type="application/json">{"a": 1}</script>',
        '<svg><title>A picture has a title of its own</title><path d="M0 0"/></svg>',
        "<p>&lt;img src=&quot;https://cdn.example/&quot; onclick=&quot;x&quot;&gt;</p>",
    ],
)
def test_what_makes_no_request(element: str) -> None:
    assert changed("<h1>", f"{element}<h1>").faults == ()


@pytest.mark.parametrize(
    ("element", "message"),
    [
        ("<script>go()</script>", "There is a script in the page itself"),
        ('<script type="module">go()</script>', "There is a script in the page itself"),
        ("<style>p { color: red }</style>", "There is a style element in the page itself"),
        ('<p style="color: red">red</p>', "`<p>` has the attribute `style`"),
        ('<p onclick="go()">go</p>', "`<p>` has the attribute `onclick`"),
        ("<p ONCLICK=go()>go</p>", "`<p>` has the attribute `onclick`"),
        ('<iframe srcdoc="hello"></iframe>', "`<iframe>` has the attribute `srcdoc`"),
        ('<a href="JavaScript:go()">go</a>', "There is script in an address"),
    ],
)
def test_scripts_and_styles_in_the_page(element: str, message: str) -> None:
    assert faults(changed("<h1>", f"{element}<h1>")) == [("audit-inline", message)]


def test_every_file_of_a_source_set_is_a_link() -> None:
    page = changed("<h1>", '<img srcset="a.png, b,c.png 1.5x,  d.png 100w" src="e.png" alt=""><h1>')

    assert {"a.png", "b,c.png", "d.png", "e.png"} <= set(page.links)
    assert page.faults == ()


@pytest.mark.parametrize("content", ["0; url=../../claims/new/", "0;URL='../../claims/new/'", "0,../../claims/new/"])
def test_a_redirect_needs_neither_heading_nor_description(content: str) -> None:
    html = f"""<!doctype html><html lang="en"><title>Moved</title>
    <meta name="robots" content="noindex"><meta http-equiv="refresh" content="{content}">"""

    assert facts(html.encode()) == Facts(indexed=False, target="../../claims/new/", links=("../../claims/new/",))


def test_a_page_that_is_not_indexed_needs_no_canonical_address() -> None:
    page = changed(
        '<link rel="canonical" href="https://checks.example/claims/bridge/">', '<meta name="robots" content="noindex">'
    )

    assert (page.indexed, page.canonical, page.faults) == (False, "", ())


def test_a_stylesheet_is_read_for_what_it_fetches() -> None:
    css = b"""
    @import "more.css";
    @import url(//fonts.example/a.css);
    /* url(https://commented.example/) */
    a { background: url("data:image/svg+xml,x") } b { background: URL( 'img/b.png' ) } c { mask: url(img/c.svg#x) }
    @font-face { src: url(https://fonts.example/f.woff2) format("woff2") }
    """

    sheet = stylesheet_facts(css)

    assert sheet.links == ("more.css", "img/b.png", "img/c.svg#x")
    assert [fault.detail for fault in sheet.faults] == ["//fonts.example/a.css", "https://fonts.example/f.woff2"]


@given(st.binary() | st.text(alphabet="<>/=\"' aphrefsrcid&;!-").map(str.encode))
def test_any_bytes_can_be_read(content: bytes) -> None:
    assert {fault.code for fault in facts(content).faults} <= EXPECTED.keys()


def test_no_attribute_that_is_asked_for_is_passed_over() -> None:
    asked = {"href", "id", "lang", "name", "property", "http-equiv", "content", *INLINE, *FETCHED, *FETCHED_LISTS}

    assert PLAIN.isdisjoint(asked)
    assert not any(name.startswith("on") for name in PLAIN)


@pytest.mark.parametrize("plain", sorted(PLAIN))
def test_attributes_that_lead_nowhere_hide_no_others(plain: str) -> None:
    page = changed(
        "<h1>", f'<p {plain}="x"></p><i {plain}="x" id="j" onclick="go()"></i><a {plain}="x" href="y/"></a><h1>'
    )

    assert faults(page) == [("audit-inline", "`<i>` has the attribute `onclick`")]
    assert page.ids == ("main", "j")
    assert "y/" in page.links


ATTRIBUTES = st.dictionaries(
    st.sampled_from(["href", "id", "class", "title"]), st.text(alphabet="ab/.#?&<>\"' é", max_size=8), max_size=3
)
ELEMENTS = st.tuples(st.sampled_from(["a", "p", "div", "li", "span", "section"]), ATTRIBUTES)


@given(st.lists(ELEMENTS, max_size=8))
def test_ids_and_links_are_those_that_another_reader_finds(elements: list[tuple[str, dict[str, str]]]) -> None:
    soup = BeautifulSoup("", "lxml")
    for tag, attributes in elements:
        soup.append(soup.new_tag(tag, attrs=attributes))
    html = soup.encode(formatter="html5")
    page = facts(b"<!doctype html><html><body>" + html)

    other = BeautifulSoup(html, "lxml")
    hrefs = dict.fromkeys(str(found["href"]).strip() for found in other.select("[href]"))
    assert page.ids == tuple(str(found["id"]) for found in other.select("[id]") if found["id"])
    assert page.links == tuple(href for href in hrefs if href and href[0] != "#" and not href.startswith("//"))
