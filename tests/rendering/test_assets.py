"""Stylesheets that are joined and made small, and names with fingerprints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.rendering import assets
from tests import scratch


def collected(root: Path, files: dict[str, str | bytes]) -> dict[str, bytes]:
    """The assets of one folder by name."""
    scratch.write(root, {f"assets/{name}": content for name, content in files.items()})
    found, problems = assets.collect([root])
    assert problems == []
    return {asset.name: asset.content for asset in found}


def test_a_stylesheet_holds_what_it_imports_once_and_in_its_place(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        {
            "tokens.css": ":root { --ink: #000 }",
            "base.css": '/* All. */\n@import "tokens.css";\np { color: var(--ink) }',
            "page.css": "@import 'base.css';\n@import \"tokens.css\";\np + p { margin: calc(1px + 2px) }",
        },
    )

    assert found["page.css"] == b":root{--ink:#000}p{color:var(--ink)}p + p{margin:calc(1px + 2px)}"


def test_stylesheets_that_import_each_other_come_to_an_end(tmp_path: Path) -> None:
    found = collected(tmp_path, {"a.css": '@import "b.css";a{b:c}', "b.css": '@import "a.css";d{e:f}'})

    assert found == {"a.css": b"d{e:f}a{b:c}", "b.css": b"a{b:c}d{e:f}"}


def test_imports_from_elsewhere_stay_for_the_audit_to_see(tmp_path: Path) -> None:
    away = '@import "https://fonts.example/x.css";@import "//fonts.example/y.css"'

    assert collected(tmp_path, {"a.css": away})["a.css"].decode() == away


def test_a_site_lays_its_own_files_over_ours(tmp_path: Path) -> None:
    own = scratch.write(tmp_path / "own", {"assets/tokens.css": ":root{--ink:blue}", "assets/logo.svg": "<svg/>"})
    ours = scratch.write(
        tmp_path / "ours", {"assets/tokens.css": ":root{--ink:#000}", "assets/page.css": '@import "tokens.css";'}
    )

    found, problems = assets.collect([own, ours])

    assert problems == []
    assert {asset.name: asset.content for asset in found} == {
        "logo.svg": b"<svg/>",
        "page.css": b":root{--ink:blue}",
        "tokens.css": b":root{--ink:blue}",
    }


def test_names_change_with_the_content_except_those_that_hosts_look_for(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"a/b.min.js": "1", "robots.txt": "", ".hidden": ""}
    scratch.write(tmp_path, {f"assets/{name}": content for name, content in files.items()})

    paths = [asset.path for asset in assets.collect([tmp_path])[0]]

    assert paths[1:] == ["robots.txt"]
    assert re.fullmatch(r"assets/a/b\.min\.[0-9a-f]{10}\.js", paths[0])


@pytest.mark.parametrize(
    ("files", "line", "message", "near"),
    [
        (
            {"page.css": 'p{q:r}\n@import "bsae.css";', "base.css": ""},
            2,
            "There is no stylesheet `bsae.css`",
            "base.css",
        ),
        ({"page.css": b"\xff"}, None, "The stylesheet is not UTF-8 text", ""),
    ],
)
def test_mistakes_in_stylesheets(
    tmp_path: Path, files: dict[str, str | bytes], line: int | None, message: str, near: str
) -> None:
    scratch.write(tmp_path, {f"assets/{name}": content for name, content in files.items()})

    _, problems = assets.collect([tmp_path])

    assert [(p.path, p.line, p.message, p.nearest) for p in problems] == [
        ("templates/assets/page.css", line, message, near)
    ]


VALUES = st.sampled_from(
    ["0", "-.5rem auto", "calc(1px + 2px)", "var(--x) 2px", '"  /* a */ ; }"', "url(a.svg)", "600 1rem/1.4 a, b"]
)
SELECTORS = st.sampled_from(["a", "a b", "a > b", "a + b", "a :is(b, c)", "a:not(b) c", "[x='y  z'] ::before", "*, a"])
RULES = st.builds("{} {{ x: {}; y: {} }}".format, SELECTORS, VALUES, VALUES)
SHEETS = st.lists(RULES | RULES.map("@media (min-width: 4rem) and (max-width: 9rem) {{ {} }}".format)).map("\n".join)


@given(SHEETS)
def test_making_small_changes_nothing_twice_and_only_white_space_once(sheet: str) -> None:
    small = assets.small(sheet)

    assert assets.small(small) == small
    assert squeezed(small) == squeezed(sheet)


def squeezed(sheet: str) -> str:
    """Without white space outside strings, and without the last semicolon of a rule."""
    parts = re.split(r"(\"[^\"]*\"|'[^']*')", sheet)
    return "".join(part if number % 2 else re.sub(r"\s+", "", part) for number, part in enumerate(parts)).replace(
        ";}", "}"
    )
