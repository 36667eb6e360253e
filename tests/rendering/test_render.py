"""Pages become bytes, from their view and the templates; mistakes in templates are said."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from factsite.problems import Problem, Problems
from factsite.rendering import templating
from factsite.rendering.render import Templates
from factsite.viewing import lists
from factsite.writing.output import Output
from tests import bridges, many, scratch
from tests.whole import pages, render

MAIN = '{% extends "base.html" %}\n{% block main %}\n'


def rendered(root: Path) -> tuple[dict[str, Output], list[Problem]]:
    """Outputs by path, and what is wrong."""
    problems = Problems()
    outputs = render(root, pages(scratch.site(root)), problems)
    return {output.path: output for output in outputs}, list(problems)


def test_every_page_has_a_file_and_says_where_it_comes_from(tmp_path: Path) -> None:
    outputs, problems = rendered(scratch.minimal(tmp_path))

    assert problems == []
    origins = {path: output.origin for path, output in outputs.items()}
    assert origins["index.html"] == "site.yaml"
    assert origins["claims/bridge-cost/index.html"] == "content/claims/bridge-cost.yaml"
    assert origins["actors/mayor/index.html"] == "content/actors/mayor.yaml"
    assert origins["sources/gazette/index.html"] == "content/articles/gazette.md"
    assert origins["methodology/index.html"] == "content/pages/methodology.md"
    assert origins["actors/index.html"] == "templates/actors.html"


def test_rendering_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    assert rendered(root) == rendered(root)


def test_assets_carry_a_fingerprint_of_their_bytes(tmp_path: Path) -> None:
    ours, _ = rendered(scratch.minimal(tmp_path))
    files = {"templates/assets/icon.svg": "<svg/>", "templates/assets/deep/x.svg": "<svg/>"}
    own, _ = rendered(scratch.write(tmp_path, files))

    icons = {name for name in ours if name.startswith("assets/icon.")}
    assert len(icons) == 1
    assert icons.isdisjoint(own)
    assert [name for name in own if name.startswith("assets/deep/x.")]
    icon = BeautifulSoup(own["claims/bridge-cost/index.html"].content, "lxml").select_one("link[rel=icon]")
    assert icon is not None
    assert own[str(icon["href"]).removeprefix("../../")].content == b"<svg/>"


def test_links_are_relative_but_for_the_page_of_unknown_addresses(tmp_path: Path) -> None:
    site = (scratch.SITES / "minimal/site.yaml").read_text().replace("checks.example/", "checks.example/a/b")
    outputs, _ = rendered(scratch.minimal(tmp_path, {"site.yaml": site}))

    def home(path: str) -> str:
        link = BeautifulSoup(outputs[path].content, "lxml").select_one("header a")
        assert link is not None
        return str(link["href"])

    assert home("index.html") == "./"
    assert home("claims/bridge-cost/index.html") == "../../"
    assert home("404.html") == "/a/b/"
    assert (
        b'<link rel="canonical" href="https://checks.example/a/b/claims/bridge-cost/">'
        in outputs["claims/bridge-cost/index.html"].content
    )


def test_a_claims_page_shows_what_its_file_says(tmp_path: Path) -> None:
    outputs, _ = rendered(scratch.minimal(tmp_path))

    page = BeautifulSoup(outputs["claims/bridge-cost/index.html"].content, "lxml")

    text = " ".join(page.get_text(" ").split())
    for words in (
        "The bridge cost twice its budget.",
        "False",
        "The audited accounts show a sixth more, not double.",
        "Jane Doe",
        "the bridge cost twice what was promised",
        "The auditors found an overrun of 16 per cent.",
        "Accounts of the bridge",
        "page 3",
        "We found no second independent source.",
        "Other accounts.",
        "2 March 2026",
    ):
        assert words in text
    blocks = [json.loads(script.get_text()) for script in page.select("script[type='application/ld+json']")]
    assert [block["@type"] for block in blocks] == ["ClaimReview", "WebPage"]


def test_pages_of_a_long_list_lead_to_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "CLAIMS_PER_PAGE", 1)
    claims = {f"claims/{key}": many.claim(key, "gazette") for key in "abcde"}
    site = many.site(tmp_path, claims | {"articles/gazette": many.article("Council row", "2026-02-20")})
    listed = [page for page in pages(site) if page.template == "claims.html"]
    outputs = {output.path: output.content for output in render(tmp_path, listed, Problems())}

    def shown(path: str) -> tuple[list[str], dict[str, str]]:
        page = BeautifulSoup(outputs[path], "lxml")
        pager = page.select(".pager li")
        marks = ["…" * ("gapped" in item.get("class", [])) + item.get_text() for item in pager]
        current = page.select_one("[aria-current=page]:not(header *)")
        assert current is not None
        ends = {str(link["rel"][0]): str(link["href"]) for link in page.select("link[rel=prev], link[rel=next]")}
        return [mark.replace("Page ", "") for mark in marks] + [current.get_text()], ends

    assert shown("claims/index.html") == (["1", "2", "…5", "Page 1"], {"next": "../claims/page/2/"})
    assert shown("claims/page/2/index.html") == (
        ["1", "2", "3", "…5", "Page 2"],
        {"prev": "../../../claims/", "next": "../../../claims/page/3/"},
    )
    assert shown("claims/page/5/index.html") == (["1", "…4", "5", "Page 5"], {"prev": "../../../claims/page/4/"})
    assert b"5 claims, the latest check first, on 5 pages." in outputs["claims/index.html"]


def test_what_people_write_cannot_become_markup(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
    changed = claim.replace("The bridge cost twice its budget.", json.dumps(hostile)).replace(
        "Other accounts.", f"'{hostile.replace(chr(39), '')}'".replace("<", "\\<")
    )
    outputs, _ = rendered(scratch.minimal(tmp_path, {"content/claims/bridge-cost.yaml": changed}))

    for output in outputs.values():
        if output.path.endswith(".html"):
            page = BeautifulSoup(output.content, "lxml")
            assert page.select("img[onerror], [onerror]") == []
            assert all(
                script.get("src") or script.get("type") == "application/ld+json" for script in page.select("script")
            )


@pytest.mark.parametrize(
    ("body", "line", "message", "nearest"),
    [
        ("{{ titel }}", 3, "'titel' is undefined", "title"),
        ("{{ site.titel }}", 3, "Chrome has no field `titel`", "title"),
        ("{{ site.policies.methodolgy }}", 3, "dict has no field `methodolgy`", "methodology"),
        ("{{ trail[9].label }}", 3, "tuple object has no element 9", ""),
        ("{{ none.title }}", 3, "'None' has no attribute 'title'", ""),
        ("{{ title | shout }}", 3, "No filter named 'shout'.", ""),
        ("{{ title }", 3, "unexpected '}'", ""),
        ("{% if title %}", 4, "Encountered unknown tag 'endblock'. You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for 'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'.", ""),
        ("\n\n{{ 1 / 0 }}", 5, "ZeroDivisionError: division by zero", ""),
        ("{{ title + 1 }}", 3, 'TypeError: can only concatenate str (not "int") to str', ""),
        ('{% include "none.html" %}', 3, "There is no template `none.html`", ""),
    ],
)  # fmt: skip
def test_mistakes_in_templates(tmp_path: Path, body: str, line: int, message: str, nearest: str) -> None:
    root = scratch.minimal(tmp_path, {"templates/page.html": f"{MAIN}{body}\n{{% endblock %}}\n"})

    outputs, problems = rendered(root)

    assert [(p.code, p.path, p.line, p.message, p.nearest) for p in problems] == [
        ("template", "templates/page.html", line, message, nearest)
    ]
    assert problems[0].notes == ("while rendering `corrections-policy/`",)
    assert "index.html" in outputs


def test_a_mistake_in_what_all_templates_share_is_said_once(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"templates/base.html": "<!doctype html>\n{{ titel }}\n"})

    problems = [problem for problem in scratch.checked(root).problems if problem.severity == "error"]

    assert [(p.path, p.line) for p in problems] == [("templates/base.html", 2)]


def test_a_mistake_in_a_template_that_no_page_is_made_with_is_not_said(tmp_path: Path) -> None:
    scratch.write(
        tmp_path, {"templates/spare.html": "{% if %}", "templates/other.html": b"\xff", "templates/a.txt": "{%"}
    )
    templates = Templates(templating.environment(tmp_path), {}, tmp_path)

    templates.prepare(templating.Sources(tmp_path).paths)

    assert {name for _, name in templates.environment.cache or ()} >= {"base.html", "partials/ui.html"}


def test_a_template_in_another_encoding(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"templates/page.html": "é".encode("latin-1")})

    problems = rendered(root)[1]

    assert [(p.path, p.message) for p in problems] == [("templates/page.html", "The template is not UTF-8 text")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("claims/bridge-price", "claims/bridge-cost"), ("actors/major", "actors/mayor"), ("sources/bridge-audit", "sources/audit")],
)  # fmt: skip
def test_a_page_at_a_former_address_names_the_new_one(tmp_path: Path, old: str, new: str) -> None:
    outputs = {output.path: output for output in render(tmp_path, pages(bridges.site(tmp_path)), Problems())}

    page = BeautifulSoup(outputs[f"{old}/index.html"].content, "lxml")

    address = f"https://checks.example/{new}/"
    assert [tag["href"] for tag in page.select("link[rel=canonical]")] == [address]
    assert [tag["content"] for tag in page.select("meta[property='og:url']")] == [address]
    assert [tag["content"] for tag in page.select("meta[http-equiv=refresh]")] == [f"0; url=../../{new}/"]


def test_the_way_to_a_passage_ends_at_the_passage(tmp_path: Path) -> None:
    """Several passages of one claim in one article, the later one named first; one of them is evidence besides, and one
    the beginning of another.
    """
    words, later = "the bridge cost twice what was promised", "The council will meet again in May."
    shorter, found = "the bridge cost twice", "The auditors found an overrun of 16 per cent."
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
    changed = claim.replace(
        f"  - article: gazette\n    quote: {words}\n",
        f"  - {{article: gazette, quote: {later}}}\n  - {{article: gazette, quote: {shorter}}}\n"
        f"  - {{article: gazette, quote: {words}}}\n",
    ).replace("evidence:\n", f"evidence:\n  - {{source: gazette, stance: context, quote: {words}}}\n")
    outputs, problems = rendered(scratch.minimal(tmp_path, {"content/claims/bridge-cost.yaml": changed}))

    page = BeautifulSoup(outputs["claims/bridge-cost/index.html"].content, "lxml")
    article = BeautifulSoup(outputs["sources/gazette/index.html"].content, "lxml")

    def words_at(figure: str) -> tuple[str, str]:
        link = page.select_one(f"{figure} a[href*='#claim-']")
        assert link is not None
        anchor = str(link["href"]).partition("#")[2]
        place = article.find(id=anchor)
        assert isinstance(place, Tag)
        marks = article.select(f"mark[data-notes~='{place['data-number']}']")
        return anchor, "".join(mark.get_text() for mark in marks)

    ways = {
        "appearance-1": ("claim-bridge-cost.3", later),
        "appearance-2": ("claim-bridge-cost.2", shorter),
        "appearance-3": ("claim-bridge-cost", words),
        "evidence-1": ("claim-bridge-cost.e", words),
        "evidence-2": ("claim-bridge-cost.e.2", found),
    }
    assert problems == []
    assert {place: words_at(f"#{place}") for place in ways} == ways
