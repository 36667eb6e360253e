"""site.yaml and content/ become entries by id; everything that cannot be read is said."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading.entries import FOLDERS
from factsite.loading.files import is_ignored
from factsite.loading.places import locate, of_file
from factsite.loading.reading import File, parse, read_all, taken
from factsite.pipeline import Options, build
from factsite.problems import Problem
from factsite.reporting import report
from factsite.site import Paragraph
from tests import scratch

SETTINGS = (scratch.SITES / "minimal" / "site.yaml").read_text()
ACTOR = "name: Jane Doe\nkind: person\n"


def said(root: Path) -> list[tuple[str, str, str]]:
    """Code, path and message of everything that is wrong."""
    return [(problem.code, problem.path, problem.message) for problem in scratch.loaded(root)[1]]


def site(root: Path, files: Mapping[str, str | bytes]) -> Path:
    return scratch.write(root, {"site.yaml": SETTINGS, **files})


def test_the_minimal_site(tmp_path: Path) -> None:
    content, problems = scratch.loaded(scratch.minimal(tmp_path))

    assert problems == []
    assert {folder: list(getattr(content, folder)) for folder, _ in FOLDERS.values()} == {
        "claims": ["bridge-cost"],
        "actors": ["mayor"],
        "sources": ["accounts"],
        "articles": ["gazette"],
        "pages": ["corrections-policy", "methodology"],
    }
    article = content.articles["gazette"]
    assert (article.path, article.body_line) == ("content/articles/gazette.md", 9)
    kept = content.records.found["article"]["gazette"].paragraphs or b""
    paragraphs = msgspec.msgpack.decode(kept, type=tuple[Paragraph, ...])
    assert paragraphs[0].text.startswith("Jane Doe said")


def test_a_site_without_content_is_a_site(tmp_path: Path) -> None:
    content, problems = scratch.loaded(site(tmp_path, {}))

    assert problems == []
    assert content.settings is not None
    assert content.claims == {}


def test_a_folder_without_settings_is_none(tmp_path: Path) -> None:
    content, problems = scratch.loaded(tmp_path)

    assert content.settings is None
    assert [(p.code, p.path, p.message) for p in problems] == [
        ("no-settings", "site.yaml", "There is no site.yaml here")
    ]


def test_entries_are_read_in_the_order_of_their_names_from_folders_too(tmp_path: Path) -> None:
    files = {f"content/actors/{name}.yaml": ACTOR for name in ("c", "a", "people/b", "2024/z")}

    content, problems = scratch.loaded(site(tmp_path, files))

    assert problems == []
    assert list(content.actors) == ["z", "a", "c", "b"]


@pytest.mark.parametrize(
    "name",
    [".hidden.yaml", "a.yaml~", "#a.yaml#", "~$a.yaml", ".a.yaml.swp", "a.bak", "a.tmp", "Thumbs.db", ".DS_Store"],
)
def test_what_editors_leave_behind_is_ignored(tmp_path: Path, name: str) -> None:
    content, problems = scratch.loaded(site(tmp_path, {f"content/actors/{name}": "\x00"}))

    assert is_ignored(name)
    assert (content.actors, problems) == ({}, [])


@pytest.mark.parametrize(
    ("path", "code", "message", "expected", "nearest"),
    [
        ("content/actors/Jane Doe.yaml", "bad-id", "`Jane Doe` cannot be an id", "lower-case letters a to z, digits and single hyphens", "jane-doe.yaml"),
        ("content/actors/jane_doe.yaml", "bad-id", "`jane_doe` cannot be an id", "lower-case letters a to z, digits and single hyphens", "jane-doe.yaml"),
        ("content/actors/jane--doe.yaml", "bad-id", "`jane--doe` cannot be an id", "lower-case letters a to z, digits and single hyphens", "jane-doe.yaml"),
        ("content/actors/ژان.yaml", "bad-id", "`ژان` cannot be an id", "lower-case letters a to z, digits and single hyphens", ""),
        ("content/actors/jane.yml", "file-name", "A file here ends in `.yaml`", "`jane.yaml`, or another folder", ""),
        ("content/actors/jane.yaml.txt", "file-name", "A file here ends in `.yaml`", "`jane.yaml`, or another folder", ""),
        ("content/actors/jane", "file-name", "A file here ends in `.yaml`", "`jane.yaml`, or another folder", ""),
        ("content/articles/news.txt", "file-name", "A file here ends in `.md`", "`news.md`, or another folder", ""),
        ("content/jane.md", "stray-file", "Nothing reads the file content/jane.md", "the file in one of the folders claims, actors, sources, articles, pages", ""),
        ("content/jane.txt", "stray-file", "Nothing reads the file content/jane.txt", "the file in one of the folders claims, actors, sources, articles, pages", ""),
        ("content/jane.yaml", "stray-file", "Nothing reads the file content/jane.yaml", "the file in one of the folders claims, actors, sources, articles, pages", ""),
    ],
)  # fmt: skip
def test_names_of_files(tmp_path: Path, path: str, code: str, message: str, expected: str, nearest: str) -> None:
    problems = scratch.loaded(site(tmp_path, {path: ACTOR}))[1]

    assert problems == [Problem(code, message, path, expected=expected, nearest=nearest)]


def test_misspelt_folders_are_not_skipped_silently(tmp_path: Path) -> None:
    problems = scratch.loaded(
        site(
            tmp_path,
            {"content/claim/x.yaml": "", "content/README.md": "", "content/LICENSE": "", "content/licence.txt": ""},
        )
    )[1]

    assert [(p.code, p.path, p.nearest) for p in problems] == [("stray-file", "content/claim", "claims")]


@pytest.mark.parametrize("path", ["content", "content/claims", "templates"])
def test_a_file_in_place_of_a_folder_is_not_skipped_silently(tmp_path: Path, path: str) -> None:
    problems = scratch.loaded(site(tmp_path, {path: ""}))[1]

    assert [(problem.code, problem.path) for problem in problems] == [("stray-file", path)]


def test_one_id_twice(tmp_path: Path) -> None:
    source = "title: Audit\ntype: primary\n"
    files = {
        "content/actors/jane.yaml": ACTOR,
        "content/actors/people/jane.yaml": ACTOR,
        "content/sources/x.yaml": source,
        "content/articles/x.md": f"---\n{source}---\nText.\n",
        "content/pages/claims.md": "---\ntitle: Claims\n---\nText.\n",
    }

    assert said(site(tmp_path, files)) == [
        ("duplicate-id", "content/actors/people/jane.yaml", "The id `jane` is taken by content/actors/jane.yaml"),
        ("duplicate-id", "content/sources/x.yaml", "The id `x` is taken by content/articles/x.md"),
        ("duplicate-id", "content/pages/claims.md", "The address `/claims/` belongs to the site's own pages"),
    ]


def test_one_rating_twice(tmp_path: Path) -> None:
    problems = scratch.loaded(scratch.write(tmp_path, {"site.yaml": SETTINGS.replace('"false"', '"true"')}))[1]

    assert [(p.code, p.keys, p.message) for p in problems] == [
        ("duplicate-id", ("ratings", 1, "id"), "The id `true` stands twice in `ratings`")
    ]


def test_an_article_without_text(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/articles/x.md": "---\ntitle: X\ntype: news\n---\n\n"})

    assert said(root) == [("no-text", "content/articles/x.md", "The article has no text")]


def test_a_page_needs_text(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/pages/x.md": "---\ntitle: Who we are\n---\n\n"})

    assert said(root) == [("no-text", "content/pages/x.md", "The page has no text")]


def test_broken_settings_do_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    root = scratch.write(tmp_path, {"site.yaml": "title: 'x", "content/actors/a.yaml": "name: x\nkind: robot\n"})

    assert [(code, path) for code, path, _ in said(root)] == [
        ("yaml", "site.yaml"),
        ("unknown-value", "content/actors/a.yaml"),
    ]


@pytest.mark.parametrize(
    ("link", "target", "message"),
    [
        ("content/actors/a.yaml", "../outside/a.yaml", "This link leads out of the site's folder"),
        ("content/actors/a.yaml", "../outside/none.yaml", "This link leads out of the site's folder"),
        ("content/actors/a.yaml", "content/actors/none.yaml", "This link leads nowhere"),
        ("content/actors/more", "../outside", "This link leads out of the site's folder"),
        ("content/actors/more", "content/claims", "This folder is a link"),
        ("content/actors", "../outside", "This link leads out of the site's folder"),
        ("content", "../outside", "This link leads out of the site's folder"),
        ("templates/assets/x.css", "../outside/a.yaml", "This link leads out of the site's folder"),
        ("templates", "../outside", "This link leads out of the site's folder"),
    ],
)
def test_links_stay_inside(tmp_path: Path, link: str, target: str, message: str) -> None:
    scratch.write(tmp_path / "outside", {"a.yaml": ACTOR})
    root = site(tmp_path / "site", {"content/claims/.keep": ""} if link != "content" else {})
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(root / target)

    content, problems = scratch.loaded(root)

    assert [(p.code, p.path, p.message) for p in problems] == [("link-outside", link, message)]
    assert content.actors.keys() <= {"a"}


def test_a_link_to_a_file_of_the_site_is_a_file(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/actors/a.yaml": ACTOR})
    (root / "content/actors/b.yaml").symlink_to("a.yaml")

    content, problems = scratch.loaded(root)

    assert problems == []
    assert list(content.actors) == ["a", "b"]


def test_what_is_kept_of_files_shares_its_bytes(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/actors/a.yaml": ACTOR, "content/actors/b.yaml": ACTOR})

    content, _ = scratch.loaded(root)
    first, second = content.records.found["actor"].values()

    assert first.data.obj is second.data.obj


@pytest.mark.parametrize(("text", "kept"), [("It *rained*.", False), ("It [rained](actor:a).", True)])
def test_the_markdown_of_an_article_is_kept_if_something_is_wrong_with_it(
    tmp_path: Path, text: str, kept: bool
) -> None:
    article = f"---\ntitle: Rain\ntype: news\n---\n\n{text}\n"
    root = site(tmp_path, {"content/actors/a.yaml": ACTOR, "content/articles/rain.md": article})

    content, _ = scratch.loaded(root)

    assert content.articles["rain"].body == (f"\n{text}\n" if kept else "")


def test_a_file_that_is_gone_when_it_is_read(tmp_path: Path) -> None:
    (read,) = taken(read_all(tmp_path, [File("actor", "jane", "content/actors/jane.yaml")]))

    assert read.record is None
    assert [(p.code, p.message) for p in read.problems] == [
        ("unreadable", "The file cannot be read: No such file or directory")
    ]


@pytest.mark.parametrize("path", ["site.yaml", "content/actors/b.yaml", "content/pages", "templates/assets/x.css"])
def test_nothing_waits_for_a_pipe(tmp_path: Path, path: str) -> None:
    root = scratch.write(
        tmp_path, {"content/actors/a.yaml": ACTOR} | ({} if path == "site.yaml" else {"site.yaml": SETTINGS})
    )
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(root / path)

    result = scratch.checked(root)  # looks for the line in the file too

    assert [(p.code, p.path, p.message) for p in result.problems] == [
        ("unreadable", path, "This is a pipe, a socket or a device")
    ]


def test_a_link_to_itself_leads_nowhere(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/actors/a.yaml": ACTOR})
    (root / "content/actors/b.yaml").symlink_to("b.yaml")

    assert said(root) == [("link-outside", "content/actors/b.yaml", "This link leads nowhere")]


def test_nothing_of_a_file_outside_is_shown(tmp_path: Path) -> None:
    root = scratch.write(tmp_path / "site", {"content/actors/a.yaml": ACTOR})
    scratch.write(tmp_path, {"secret": "password: a: b\n"})
    (root / "site.yaml").symlink_to(tmp_path / "secret")

    printed = report.text(scratch.checked(root).problems)

    assert "link-outside" in printed
    assert "password" not in printed
    assert of_file(Problem("code", "message", "site.yaml", line=1), root).source_line == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"content/actors/caf\xe9.yaml", r"content/actors/caf\xe9.yaml"),
        (b"content/actors/caf\xe9/", r"content/actors/caf\xe9"),
        (b"content/actors/a\nb.yaml", r"content/actors/a\nb.yaml"),
        (b"content/actors/a\x1b[31m.yaml", r"content/actors/a\x1b[31m.yaml"),
        (b"templates/caf\xe9.html", r"templates/caf\xe9.html"),
    ],
)
def test_names_that_cannot_be_shown(tmp_path: Path, name: bytes, shown: str) -> None:
    root = site(tmp_path, {"templates/assets/.keep": "", "content/actors/a.yaml": ACTOR})
    place = os.path.join(os.fsencode(root), name)  # noqa: PTH118 -- no Path holds these bytes
    if place.endswith(b"/"):
        os.mkdir(place)  # noqa: PTH102
        place += b"jane.yaml"
    Path(os.fsdecode(place)).write_text(ACTOR)

    result = build(Options(root))

    assert [(p.code, p.path, p.message) for p in result.problems] == [
        ("file-name", shown, "This name has a character in it that cannot be shown")
    ]
    assert report.text(result.problems).encode()


@pytest.mark.parametrize("name", ["منبع\u200cها", "Größe", "two words"])
def test_folders_inside_may_have_any_name_that_can_be_shown(tmp_path: Path, name: str) -> None:
    assert said(site(tmp_path, {f"content/actors/{name}/a.yaml": ACTOR})) == []


def test_parsing_is_pure() -> None:
    first, problems = parse("actor", "jane", "content/actors/jane.yaml", ACTOR.encode())

    assert problems == []
    assert first == parse("actor", "jane", "content/actors/jane.yaml", ACTOR.encode())[0]


CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
SLIPS = [
    "",
    " ",
    "  ",
    "\n",
    ":",
    ": ",
    "-",
    "- ",
    "'",
    '"',
    "#",
    " #",
    "[",
    "]",
    "{",
    "\t",
    "\u00a0",
    "“",
    "*",
    "…",
    "é",
    "\u200b",
]


@given(
    st.lists(st.tuples(st.integers(0, len(CLAIM)), st.integers(0, 3), st.sampled_from(SLIPS)), min_size=1, max_size=3)
)
def test_any_slips_of_the_hand_are_read_or_said_with_their_line(slips: list[tuple[int, int, str]]) -> None:
    text = CLAIM
    for start, left_out, typed in slips:
        text = text[:start] + typed + text[start + left_out :]

    entry, problems = parse("claim", "x", "content/claims/x.yaml", text.encode())

    assert entry is not None or problems
    for problem in problems:
        found = locate(problem, text.encode())
        assert found.expected
        assert 1 <= (found.line or 0) <= text.count("\n") + 1
        assert found.column is None or 1 <= found.column <= len(found.source_line) + 1
        assert report.text([found])
