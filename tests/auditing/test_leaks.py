"""What drafts say and articles withhold is found in any file; what is published is not mistaken for it."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from factsite.auditing import leaks
from factsite.auditing.withheld import Draft, Secret
from factsite.loading.load import load
from factsite.problems import Problems
from tests import scratch

SHOWN = "Jane Doe said to the council on Friday that the bridge cost twice what was promised."
LEFT_OUT = "The council will meet again in May to hear the engineers and to vote on the repair of the quay."
ALSO_LEFT_OUT = "“It’s a scandal”, a neighbour said."
ARTICLE = """---
title: Council row over the bridge
publisher: The Gazette
type: news
rights: {rights}
---

{text}
"""
DRAFT = """claim: The tunnel under the harbour was never inspected.
rating: "false"
verdict: Two reports show that inspectors came twice, and that the city's engineers were told.
claimants: [mayor]
appearances: [{article: gazette, quote: the bridge cost twice what was promised}]
evidence: [{source: gazette, stance: contradicts, note: The report of the harbour office lists both visits.}]
analysis: The [mayor](actor:mayor) spoke of the *tunnel* although the documents of the harbour office prove otherwise.
checked: 2026-03-02
"""


def telltales(
    root: Path, rights: str = "excerpt", *, preview: bool = False, files: dict[str, str] | None = None
) -> leaks.Telltales:
    """Those of a site with one article and one draft."""
    text = "\n\n".join((SHOWN, LEFT_OUT, "The auditors found an overrun of 16 per cent.", ALSO_LEFT_OUT))
    article = ARTICLE.format(rights=rights, text=text)
    draft = {"content/articles/gazette.md": article, "content/claims/harbour-tunnel.yaml": DRAFT}
    scratch.minimal(root, draft | (files or {}))
    site = scratch.site(root, drafts=preview, preview=preview)
    content = load(root, Problems())
    return leaks.telltales(
        site, [Draft(e.id, e.path, e.data) for e in content.claims.values() if e.id not in site.claims]
    )


def found(telltales: leaks.Telltales, content: str, path: str = "x/index.html") -> list[tuple[str, str]]:
    return [(secret.code, secret.origin) for secret in leaks.search(path, content.encode(), telltales)]


DRAFT_FOUND = [("audit-draft", "content/claims/harbour-tunnel.yaml")]
ARTICLE_FOUND = [("audit-unpublished", "content/articles/gazette.md")]


@pytest.mark.parametrize(
    "content",
    [
        "<p>The tunnel under the harbour was never inspected.</p>",
        '<meta name="description" content="The tunnel under the harbour was never inspected.">',
        "<p>Two reports show that inspectors came twice, and that the city&#39;s engineers were told.</p>",
        "… that inspectors came twice, and that the city&#39;s engineers were told.",
        "<p>The report of the harbour office lists both visits.</p>",
        "<p>… spoke of the <em>tunnel</em> although the documents of the harbour office prove otherwise.</p>",
        '<a href="../harbour-tunnel/">x</a><a href="../../claims/harbour-tunnel/">y</a>',
        "https://checks.example/share/harbour-tunnel.png",
    ],
)
def test_a_draft_on_a_page(tmp_path: Path, content: str) -> None:
    assert found(telltales(tmp_path), content) == DRAFT_FOUND


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("data/claims.json", '{"related":["harbour-tunnel"]}'),
        (
            "data/claims.json",
            '{"verdict":"Two reports show that inspectors came twice, and that the city\'s engineers were told."}',
        ),
        ("data/claims.csv", "id,claim\nharbour-tunnel,x\n"),
        (
            "data/claims.csv",
            'id,verdict\nx,"Two reports show that inspectors came twice, and that the city\'s engineers were told."\n',
        ),
        ("feed.xml", "<title>The tunnel under the harbour was never inspected.</title>"),
        ("claims/harbour-tunnel/index.html", ""),
        ("share/harbour-tunnel.png", ""),
    ],
)
def test_a_draft_in_another_file(tmp_path: Path, path: str, content: str) -> None:
    assert found(telltales(tmp_path), content, path) == DRAFT_FOUND


@pytest.mark.parametrize(
    "content",
    [
        f"<p>{LEFT_OUT}</p>",
        "… to hear the engineers and to vote on the repair …",
        'The <a href="x">council</a> will meet to <mark>hear</mark> the engineers and to vote on the repair of the',
        json.dumps({"text": LEFT_OUT}),
        "<p>“It’s a scandal”, a neighbour said.</p>",
    ],
)
def test_a_paragraph_that_is_left_out(tmp_path: Path, content: str) -> None:
    assert found(telltales(tmp_path), content) == ARTICLE_FOUND


def test_what_is_published_gives_nothing_away(tmp_path: Path) -> None:
    known = telltales(tmp_path)

    assert found(known, f"<p>{SHOWN}</p><p>The auditors found an overrun of 16 per cent.</p>") == []
    assert (
        found(known, '<a href="../../claims/bridge-cost/">The bridge cost twice its budget.</a> harbour-tunnel-2') == []
    )


def test_words_of_an_editor_that_an_article_has_too_are_published(tmp_path: Path) -> None:
    page = {"content/pages/about.md": f"---\ntitle: About\n---\n\nOn the row: {LEFT_OUT}\n"}

    assert found(telltales(tmp_path, files=page), f"<p>{LEFT_OUT}</p>") == []


def test_only_the_quotes_of_an_article_that_is_only_linked_are_published(tmp_path: Path) -> None:
    known = telltales(tmp_path, "link")

    assert found(known, "<mark>the bridge cost twice what was promised</mark>") == []
    assert found(known, f"<p>{SHOWN.replace('the bridge', 'the <mark>bridge')}") == ARTICLE_FOUND
    assert found(known, f"<p>{LEFT_OUT}") == ARTICLE_FOUND


def test_all_of_an_article_with_full_rights_is_published(tmp_path: Path) -> None:
    assert found(telltales(tmp_path, "full"), f"<p>{LEFT_OUT}</p><p>{ALSO_LEFT_OUT}</p>") == []


def test_the_preview_shows_everything(tmp_path: Path) -> None:
    assert found(telltales(tmp_path, preview=True), f"<p>{LEFT_OUT}</p> claims/harbour-tunnel/") == []


def test_scripts_without_spaces_have_anchors_too(tmp_path: Path) -> None:
    text = "市議会は五月に再び開かれ、技術者の報告を聞いて岸壁の修理について投票する予定である。"
    article = ARTICLE.format(
        rights="excerpt", text="\n\n".join((SHOWN, text, "The auditors found an overrun of 16 per cent."))
    )

    known = telltales(tmp_path, files={"content/articles/gazette.md": article})

    assert found(known, f"<p>{text}</p>") == ARTICLE_FOUND
    assert found(known, "の報告を聞いて岸壁の修理について投票する予定である。") == ARTICLE_FOUND


SECRET = Secret("audit-draft", "a text", "content/a.yaml")
WORDS = (
    "the",
    "of",
    "a",
    "bridge",
    "council",
    "engineers",
    "reported",
    "to",
    "vote",
    "&",
    "“never”",
    "it's",
    "*firm*",
    "<b>",
)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join), max_size=leaks.WHOLE)


@given(TEXTS)
def test_every_text_with_a_long_enough_stretch_is_found(texts: list[str]) -> None:
    known = leaks.of_texts((SECRET, text) for text in texts)

    for text in texts:
        is_long = any(len(stretch.strip().encode()) >= leaks.SHORTEST for stretch in re.split("[&'*<>]", text))
        for content in (str(escape(text)), json.dumps(text, ensure_ascii=False)):
            assert not is_long or leaks.search("x.html", content.encode(), known) == [SECRET]


@given(TEXTS, TEXTS)
def test_published_texts_never_give_anything_away(secrets: list[str], published: list[str]) -> None:
    known = leaks.of_texts((SECRET, text) for text in secrets)
    for text in published:
        known.forget(text)

    for text in published:
        assert leaks.search("x.html", text.encode(), known) == []
