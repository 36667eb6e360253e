"""Ids, paths, relative and absolute addresses."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite import urls

IDS = st.from_regex(urls.ID_PATTERN.removesuffix("$") + r"\Z")
PATHS = (
    st.just("")
    | st.sampled_from(["404.html", "feed.xml", "claims/"])
    | IDS.map(lambda name: urls.page_path("", name))
    | st.tuples(st.sampled_from(urls.SECTIONS), IDS).map(lambda pair: urls.page_path(*pair))
    | IDS.map(lambda name: f"claims/{name}/page/2/")
)


@pytest.mark.parametrize("text", ["a", "a-1", "2018", "khamenei-credited-mek"])
def test_ids(text: str) -> None:
    assert urls.is_id(text)


@pytest.mark.parametrize("text", ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "a/b", "..", "٣"])
def test_no_ids(text: str) -> None:
    assert not urls.is_id(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Mostly false", "mostly-false"), ("  Élan_vital! ", "elan-vital"), ("a--b", "a-b"), ("ژان", ""), ("ﬁne", "fine")],
)
def test_slug(text: str, slug: str) -> None:
    assert urls.slug(text) == slug


@given(st.text(max_size=20))
def test_a_slug_is_an_id_and_stays_one(text: str) -> None:
    slug = urls.slug(text)

    assert slug == "" or (urls.is_id(slug) and urls.slug(slug) == slug)


@pytest.mark.parametrize(
    ("path", "file", "root"),
    [
        ("", "index.html", "./"),
        ("claims/x/", "claims/x/index.html", "../../"),
        ("about/", "about/index.html", "../"),
        ("404.html", "404.html", "./"),
        ("claims/x/index.json", "claims/x/index.json", "../../"),
    ],
)
def test_files_and_roots(path: str, file: str, root: str) -> None:
    assert (urls.file_of(path), urls.root_of(path), urls.page_of(file)) == (file, root, path)


@given(PATHS, PATHS, st.sampled_from(["https://a.example/", "https://a.example/b", "https://a.example/b/c/"]))
def test_relative_links_lead_to_the_page_wherever_the_site_is(here: str, there: str, base_url: str) -> None:
    link = urls.root_of(here) + there

    assert urljoin(urls.absolute(base_url, here), link) == urls.absolute(base_url, there)


def test_absolute_addresses() -> None:
    assert urls.absolute("https://a.example", "claims/x/") == "https://a.example/claims/x/"
    assert urls.absolute("https://a.example/b/", "") == "https://a.example/b/"
    assert urls.absolute("https://a.example/", "über uns/") == "https://a.example/%C3%BCber%20uns/"
    assert urls.absolute("https://a.example/", "ratings/#false") == "https://a.example/ratings/#false"


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/b", "/b/"),
        ("https://a.example/b/c/", "/b/c/"),
    ],
)
def test_base_path(base_url: str, path: str) -> None:
    assert urls.base_path(base_url) == path


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("HTTPS://a.example", "https"),
        (" javascript:x", "javascript"),
        ("//a.example", ""),
        ("a/b", ""),
        ("https://[", ""),
    ],
)
def test_scheme(url: str, scheme: str) -> None:
    assert urls.scheme(url) == scheme


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("actor:mek", "actors/mek/"),
        ("claim:x#evidence-2", "claims/x/#evidence-2"),
        ("page:about", "about/"),
        ("topic:money", "topics/money/"),
        ("https://a.example/", None),
        ("mailto:a@b.example", None),
        ("actor", None),
    ],
)
def test_links_between_pages(url: str, path: str | None) -> None:
    assert urls.internal_path(url) == path


def test_text_fragments() -> None:
    assert urls.text_fragment("https://a.example/x", "a well-known, “bad” one") == (
        "https://a.example/x#:~:text=a%20well%2Dknown%2C%20%E2%80%9Cbad%E2%80%9D%20one"
    )
    assert urls.text_fragment("https://a.example/x#part", "one\ntwo") == "https://a.example/x#part:~:text=one%20two"
    assert urls.text_fragment("https://a.example/", "word " * 50) == (
        "https://a.example/#:~:text=word%20word%20word%20word%20word%20word,word%20word%20word%20word%20word%20word"
    )


@given(st.text(min_size=1, max_size=250))
def test_text_fragments_escape_their_own_syntax(words: str) -> None:
    directive = urls.text_fragment("https://a.example/", words).partition(":~:text=")[2]

    assert directive.count(",") <= 1
    assert not set(directive) & set("-& \n<>\"'")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example", True),
        ("HTTP://a.example:8000/x?y#z", True),
        ("https://[::1]/", True),
        ("https://a.example:port/", False),
        ("https://a.example:70000/", False),
        ("https://[::1/", False),
        ("https:///x", False),
        ("https://a.example/x y", False),
        ("ftp://a.example/", False),
        ("mailto:a@b.example", False),
        ("", False),
    ],
)
def test_addresses_of_the_web(url: str, expected: bool) -> None:
    assert urls.is_web(url) is expected


@given(st.text(max_size=20).map("https://".__add__))
def test_no_address_is_too_odd_to_be_judged(url: str) -> None:
    assert urls.is_web(url) <= urls.is_safe(url)
