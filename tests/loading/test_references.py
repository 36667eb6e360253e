"""Every id and every link points at something."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.problems import Keys
from tests import scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
ACTOR = (scratch.SITES / "minimal/content/actors/mayor.yaml").read_text()
ARTICLE = (scratch.SITES / "minimal/content/articles/gazette.md").read_text()
SETTINGS = (scratch.SITES / "minimal/site.yaml").read_text()
ANALYSIS = "analysis: |\n  The accounts are public. We found no second independent source.\n"
BRIDGE = "content/claims/bridge-cost.yaml"


def said(root: Path, *, drafts: bool = False) -> list[tuple[str, str, Keys | None, str, str]]:
    """Code, path, keys, message and nearest of everything that is wrong."""
    problems = scratch.linked(root, drafts=drafts)[1]
    return [(str(p.severity)[0] + ":" + p.code, p.path, p.keys, p.message, p.nearest) for p in problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "keys", "message", "nearest"),
    [
        ('rating: "false"', "rating: fals", "unknown-rating", ("rating",), "There is no rating `fals`", "false"),
        ("[mayor]", "[Jane Doe]", "unknown-actor", ("claimants", 0), "There is no actor `Jane Doe`", "mayor"),
        ('"false"', "False", "unknown-rating", ("rating",), "There is no rating `False`", "false"),
        ('"false"', "“false”", "unknown-rating", ("rating",), "There is no rating `“false”`", "false"),
        ("[money]", "[Money]", "unknown-topic", ("topics", 0), "There is no topic `Money`", "money"),
        ("[mayor]", "[major]", "unknown-actor", ("claimants", 0), "There is no actor `major`", "mayor"),
        ("[money]", "[money, roads]", "unknown-topic", ("topics", 1), "There is no topic `roads`", ""),
        ("article: gazette", "article: gazete", "unknown-article", ("appearances", 0, "article"), "There is no article `gazete`", "gazette"),
        ("source: gazette", "source: audit", "unknown-source", ("evidence", 0, "source"), "There is no source `audit`", ""),
        ("checked:", "related: [bridge-costs]\nchecked:", "unknown-claim", ("related", 0), "There is no claim `bridge-costs`", "bridge-cost"),
        ("checked:", "responses:\n  - {from: mayer, date: 2026, note: No.}\nchecked:", "unknown-actor", ("responses", 0, "from"), "There is no actor `mayer`", "mayor"),
        ("checked:", "corrections:\n  - {date: 2026, note: No., rating_was: truth}\nchecked:", "unknown-rating", ("corrections", 0, "rating_was"), "There is no rating `truth`", "true"),
        ("[money]", "[money, money]", "duplicate-item", ("topics", 1), "`money` stands twice in `topics`", ""),
    ],
)  # fmt: skip
def test_ids_of_a_claim(tmp_path: Path, old: str, new: str, code: str, keys: Keys, message: str, nearest: str) -> None:
    root = scratch.minimal(tmp_path, {BRIDGE: CLAIM.replace(old, new)})

    assert said(root) == [(f"e:{code}", BRIDGE, keys, message, nearest)]


def test_where_ids_come_from_is_said(tmp_path: Path) -> None:
    changed = (
        CLAIM.replace("[mayor]", "[nobody]").replace("source: gazette", "source: none").replace("[money]", "[none]")
    )

    expected = [problem.expected for problem in scratch.linked(scratch.minimal(tmp_path, {BRIDGE: changed}))[1]]

    assert expected == [
        "the name of a file in content/actors/, without its ending",
        "an id from `topics` in site.yaml: money",
        "the name of a file in content/sources/ or content/articles/, without its ending",
    ]


def test_ids_in_the_settings(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"site.yaml": SETTINGS + "featured: [bridge]\nnavigation: [claims, abuot]\n"})
    scratch.write(root, {"content/pages/about.md": "---\ntitle: About\n---\nUs.\n"})

    assert said(root) == [
        ("e:unknown-claim", "site.yaml", ("featured", 0), "There is no claim `bridge`", "bridge-cost"),
        ("e:unknown-page", "site.yaml", ("navigation", 1), "There is no page `abuot`", "about"),
    ]


def test_former_ids_lead_to_the_present_ones(tmp_path: Path) -> None:
    files = {
        "content/actors/mayor.yaml": ACTOR + "old_ids: [jane]\n",
        BRIDGE: CLAIM.replace("[mayor]", "[jane]") + "aliases: [bridge]\nrelated: [bridge]\n",
        "content/articles/gazette.md": ARTICLE.replace("type: news", "type: news\naliases: [the-gazette]"),
        "content/pages/about.md": "---\ntitle: About\n---\n[It](source:the-gazette)\n",
    }

    assert [(code, nearest) for code, _, _, _, nearest in said(scratch.minimal(tmp_path, files))] == [
        ("e:unknown-actor", "mayor"),
        ("e:unknown-claim", "bridge-cost"),
        ("e:unknown-source", "gazette"),
    ]


def test_former_ids_must_be_free(tmp_path: Path) -> None:
    files = {
        "content/actors/mayor.yaml": ACTOR + "old_ids: [jane, jane, council]\n",
        "content/actors/council.yaml": "name: Council\nkind: government\nold_ids: [jane]\n",
    }

    assert said(scratch.minimal(tmp_path, files)) == [
        (
            "e:duplicate-id",
            "content/actors/mayor.yaml",
            ("old_ids", 0),
            "The former id `jane` is taken in content/actors/council.yaml",
            "",
        ),
        (
            "e:duplicate-id",
            "content/actors/mayor.yaml",
            ("old_ids", 1),
            "The former id `jane` is taken in content/actors/mayor.yaml",
            "",
        ),
        (
            "e:duplicate-id",
            "content/actors/mayor.yaml",
            ("old_ids", 2),
            "The former id `council` is taken by the actor of that name",
            "",
        ),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "message", "nearest"),
    [
        ("One\n[two](actor:mayer)", "unknown-actor", 2, "There is no actor `mayer`", "mayor"),
        ("[two](actor:mäyor)", "unknown-actor", 1, "There is no actor `mäyor`", "mayor"),
        ("[two](actor:mayor%20actor:mayor)", "unknown-actor", 1, "There is no actor `mayor actor:mayor`", ""),
        ("One\n\n[two](claim:bridge-costs#evidence)", "unknown-claim", 3, "There is no claim `bridge-costs`", "bridge-cost"),
        ("[two](topic:mony)", "unknown-topic", 1, "There is no topic `mony`", "money"),
        ("[two](page:abot)", "unknown-page", 1, "There is no page `abot`", "about"),
        ("[two](javascript:alert(1))", "bad-link", 1, "`javascript:alert(1)` is not an address that a text may link to", ""),
        ("[two](claims/bridge-cost/)", "bad-link", 1, "`claims/bridge-cost/` is not an address that a text may link to", ""),
        ("[two](https://a.example:port/)", "bad-link", 1, "`https://a.example:port/` is not an address that a text may link to", ""),
        ("[two](https://[::1/)", "bad-link", 1, "`https://[::1/` is not an address that a text may link to", ""),
        ("[two](https:///path)", "bad-link", 1, "`https:///path` is not an address that a text may link to", ""),
        ("[two]()", "bad-link", 1, "This link has no address", ""),
        ("[two](actors:mayor)", "bad-link", 1, "`actors:mayor` is not an address that a text may link to", ""),
        ("One <i>two</i>", "raw-html", 1, "Raw HTML is not allowed: `<i>`", ""),
        ("One ![two](https://a.example/x.png)", "image", 1, "Pictures in the text are not supported", ""),
    ],
)  # fmt: skip
def test_links_in_texts(tmp_path: Path, text: str, code: str, line: int, message: str, nearest: str) -> None:
    block = "".join(f"  {line}\n" for line in text.split("\n"))
    files = {
        BRIDGE: CLAIM.replace(ANALYSIS, f"analysis: |\n{block}"),
        "content/pages/about.md": f"---\ntitle: About\n---\n\n{text}\n",
    }

    problems = [p for p in scratch.linked(scratch.minimal(tmp_path, files))[1] if "</i>" not in p.message]

    assert [(p.code, p.path, p.keys, p.line, p.message, p.nearest) for p in problems] == [
        (code, BRIDGE, ("analysis",), line, message, nearest),
        (code, "content/pages/about.md", None, line + 4, message, nearest),
    ]


def test_an_article_links_to_no_page_of_the_site(tmp_path: Path) -> None:
    article = ARTICLE + "\n[She](actor:mayor) and [he](https://a.example/).\n"

    problems = scratch.linked(scratch.minimal(tmp_path, {"content/articles/gazette.md": article}))[1]

    assert [(p.code, p.line) for p in problems] == [("article-link", 16)]


def test_of_a_draft_only_the_form_is_checked_where_it_is_not_shown(tmp_path: Path) -> None:
    """As docs/editing.md says."""
    draft = CLAIM.replace("status: published", "status: draft").replace('"false"', "fals").replace("[mayor]", "[major]")
    root = scratch.minimal(
        tmp_path, {"content/claims/second.yaml": draft.replace("twice what was promised", "no such words")}
    )

    assert said(root) == []
    assert [code for code, *_ in said(root, drafts=True)] == [
        "e:unknown-rating", "e:unknown-actor", "e:quote-not-found",
    ]  # fmt: skip


def test_what_is_published_does_not_lead_to_drafts(tmp_path: Path) -> None:
    draft = CLAIM.replace("status: published", "status: draft")
    files = {
        "content/claims/second.yaml": draft + "related: [third]\n",
        "content/claims/third.yaml": draft,
        BRIDGE: CLAIM.replace(ANALYSIS, "related: [second]\nanalysis: |\n  [it](claim:third)\n"),
        "site.yaml": SETTINGS + "featured: [third]\n",
    }
    root = scratch.minimal(tmp_path, files)

    expected = [("site.yaml", ("featured", 0)), (BRIDGE, ("related", 0)), (BRIDGE, ("analysis",))]
    assert [(code, path, keys) for code, path, keys, _, _ in said(root)] == [
        ("e:draft-reference", *place) for place in expected
    ]
    assert [(code, path, keys) for code, path, keys, _, _ in said(root, drafts=True)] == [
        ("w:draft-reference", *place) for place in expected
    ]


def test_what_refers_to_itself(tmp_path: Path) -> None:
    files = {
        BRIDGE: CLAIM + "related: [bridge-cost]\n",
        "content/actors/mayor.yaml": ACTOR + "member_of:\n  - {actor: mayor}\n",
    }

    assert said(scratch.minimal(tmp_path, files)) == [
        ("e:self-reference", BRIDGE, ("related", 0), "The claim `bridge-cost` refers to itself", ""),
        (
            "e:self-reference",
            "content/actors/mayor.yaml",
            ("member_of", 0, "actor"),
            "The actor `mayor` refers to itself",
            "",
        ),
    ]


def test_what_the_settings_list_twice_would_be_shown_twice(tmp_path: Path) -> None:
    more = "featured: [bridge-cost, bridge-cost]\nnavigation: [claims, methodology, claims]\n"

    assert said(scratch.minimal(tmp_path, {"site.yaml": SETTINGS + more})) == [
        ("e:duplicate-item", "site.yaml", ("featured", 1), "`bridge-cost` stands twice in `featured`", ""),
        ("e:duplicate-item", "site.yaml", ("navigation", 2), "`claims` stands twice in `navigation`", ""),
    ]


def test_markdown_that_nearly_is_is_said_where_it_stands(tmp_path: Path) -> None:
    files = {
        "site.yaml": SETTINGS.replace("The evidence supports it.", "The evidence **supports** it."),
        BRIDGE: CLAIM.replace("not double", "<b>not</b> double").replace("locator: page 3", "note: '[x](source: y)'"),
        "content/pages/about.md": "---\ntitle: About\nsummary: '*Us*'\n---\n\n##Us\n",
        "content/articles/gazette.md": ARTICLE + "\n##Us, [x](source: y)\n",
    }

    assert [(code, path, keys) for code, path, keys, _, _ in said(scratch.minimal(tmp_path, files))] == [
        ("w:markdown", "site.yaml", ("ratings", 0, "meaning")),
        ("w:markdown", BRIDGE, ("verdict",)),
        ("w:markdown", BRIDGE, ("verdict",)),
        ("w:markdown", BRIDGE, ("evidence", 1, "note")),
        ("w:markdown", "content/pages/about.md", ("summary",)),
        ("w:markdown", "content/pages/about.md", None),
    ]


def test_a_rated_claim_needs_evidence(tmp_path: Path) -> None:
    bare = CLAIM[: CLAIM.index("evidence:")] + "checked: 2026\nstatus: published\n"
    files = {BRIDGE: bare, "content/claims/view.yaml": bare.replace('"false"', "opinion")}

    assert said(scratch.minimal(tmp_path, files)) == [
        ("e:missing-key", BRIDGE, (), "The key `evidence` is missing", "")
    ]


def test_a_publisher_that_is_nearly_an_id_is_a_slip(tmp_path: Path) -> None:
    files = {
        "content/actors/the-gazette.yaml": "name: The Gazette\nkind: media\n",
        "content/articles/gazette.md": ARTICLE.replace("The Gazette", "the-gazete"),
    }

    assert said(scratch.minimal(tmp_path, files)) == [
        (
            "w:unknown-actor",
            "content/articles/gazette.md",
            ("publisher",),
            "There is no actor `the-gazete`",
            "the-gazette",
        )
    ]


def test_everything_is_said_at_once(tmp_path: Path) -> None:
    changed = CLAIM.replace("[mayor]", "[nobody]").replace("[money]", "[none]").replace("twice what", "thrice what")

    codes = [code for code, *_ in said(scratch.minimal(tmp_path, {BRIDGE: changed}))]

    assert codes == ["e:unknown-actor", "e:unknown-topic", "e:quote-not-found"]
