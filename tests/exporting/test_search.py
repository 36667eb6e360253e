"""The search index. What it finds in a browser is tested in browser/test_search.py."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from factsite.exporting import search
from factsite.pipeline import Options, build
from factsite.problems import Problem, Severity
from factsite.remembering.cache import Cache
from factsite.writing.output import Output
from tests import bridges, scratch

PAGE = """<!doctype html><html lang="{lang}"><head><title>{words}</title></head><body><nav>menu</nav>
<main id="main"><article data-pagefind-body data-pagefind-filter="kind:Claim"><h1>{words}</h1></article></main>
<footer>imprint {foot}</footer></body></html>"""


def page(path: str, words: str, *, lang: str = "en", foot: str = "") -> Output:
    return Output(path, PAGE.format(words=words, lang=lang, foot=foot).encode(), "")


def indexed(folder: Path, *pages: Output) -> dict[str, bytes]:
    found = search.outputs(pages, Cache(folder))
    assert not isinstance(found, Problem), found
    return {output.path: output.content for output in found}


def fragments(bundle: dict[str, bytes]) -> list[dict[str, object]]:
    """What a browser is told of each page, by address."""
    signature = b"pagefind_dcd"
    texts = [gzip.decompress(content) for path, content in bundle.items() if path.endswith(".pf_fragment")]
    found = [json.loads(text.removeprefix(signature)) for text in texts]
    return sorted(found, key=lambda fragment: str(fragment["url"]))


def test_pages_with_their_words_and_filters(tmp_path: Path) -> None:
    bundle = indexed(tmp_path, page("claims/a/index.html", "The red bridge"), page("claims/b/index.html", "Cost"))

    assert [(f["url"], f["content"], f["filters"]) for f in fragments(bundle)] == [
        ("/claims/a/", "The red bridge.", {"kind": ["Claim"]}),
        ("/claims/b/", "Cost.", {"kind": ["Claim"]}),
    ]
    assert "pagefind/pagefind.js" in bundle


def test_only_marked_pages_are_in_it(tmp_path: Path) -> None:
    plain = Output("claims/index.html", b"<html lang=en><main>The list of bridges</main></html>", "")
    data = Output("data/a.json", b'"data-pagefind-body"', "")

    assert [f["url"] for f in fragments(indexed(tmp_path, plain, data, page("a/index.html", "A")))] == ["/a/"]


def test_interfaces_that_we_do_not_use_are_left_out(tmp_path: Path) -> None:
    names = {path.rpartition("/")[2] for path in indexed(tmp_path, page("a/index.html", "A"))}

    assert not {name for name in names if name.endswith(".css") or (name.endswith(".js") and name != "pagefind.js")}


def test_the_same_pages_give_the_same_files(tmp_path: Path) -> None:
    pages = [page(f"claims/{n}/index.html", f"Bridge number {n} of {n % 7}") for n in range(40)]

    assert indexed(tmp_path / "one", *pages) == indexed(tmp_path / "other", *pages)


def test_it_is_made_again_only_if_main_parts_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = indexed(tmp_path, page("a/index.html", "A"))
    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "run", lambda *_, **__: pytest.fail("run again"))
        assert indexed(tmp_path, page("a/index.html", "A", foot="changed")) == before

    assert indexed(tmp_path, page("a/index.html", "B")) != before
    assert indexed(tmp_path, page("b/index.html", "A")) != before
    assert indexed(tmp_path, page("a/index.html", "A", lang="de")) != before


def test_a_site_without_pages_to_find(tmp_path: Path) -> None:
    assert indexed(tmp_path) == {}
    assert indexed(tmp_path, page("a/index.html", "… &amp;")) == {}


def test_the_index_has_the_language_of_the_site(tmp_path: Path) -> None:
    entry = json.loads(
        indexed(tmp_path, page("a/index.html", "Eine Brücke", lang="de-AT"))["pagefind/pagefind-entry.json"]
    )

    assert list(entry["languages"]) == ["de"]


# --- without the program ---------------------------------------------------------------------------------------------


def warned(folder: Path) -> Problem:
    found = search.outputs([page("a/index.html", "A")], Cache(folder))
    assert isinstance(found, Problem)
    assert (found.code, found.severity) == ("search-index", Severity.WARNING)
    return found


def test_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "executable", lambda: None)

    assert warned(tmp_path).message == "The site has no search: Pagefind is not installed for this machine"


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("#!/bin/sh\necho 'no room left' >&2\nexit 3\n", "Pagefind failed: no room left"),
        ("no program", "Pagefind does not run on this machine: Exec format error"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a shell script")
def test_a_program_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, message: str) -> None:
    program = tmp_path / "pagefind"
    program.write_text(script)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(search, "executable", lambda: program)

    assert warned(tmp_path / "cache").message == f"The site has no search: {message}"


# --- in a build ------------------------------------------------------------------------------------------------------


def test_a_build_owns_its_index(tmp_path: Path) -> None:
    bridges.site(tmp_path)
    first = build(Options(tmp_path))
    second = build(Options(tmp_path))
    foreign = tmp_path / "output/pagefind/theirs.txt"
    foreign.write_text("theirs")
    settings = tmp_path / "site.yaml"
    settings.write_text(settings.read_text() + "search: false\n")
    third = build(Options(tmp_path))

    assert (first.ok, second.ok, third.ok) == (True, True, True)
    assert "pagefind/pagefind.js" in first.written
    assert (second.written, second.removed) == ((), ()) or (list(second.written), list(second.removed)) == ([], [])
    assert "pagefind/pagefind.js" in third.removed
    assert [path.name for path in foreign.parent.iterdir()] == ["theirs.txt"]


def test_a_site_that_is_to_have_a_search_again_gets_its_whole_index(tmp_path: Path) -> None:
    bridges.site(tmp_path)
    settings, index = tmp_path / "site.yaml", tmp_path / "output/pagefind"
    found = []
    for words in ("", "search: false\n", ""):
        bridges.site(tmp_path)
        settings.write_text(settings.read_text() + words)
        assert build(Options(tmp_path)).ok
        found.append({path.name: path.read_bytes() for path in index.rglob("*") if path.is_file()})

    assert found[0] == found[2]
    assert found[0]
    assert not found[1]


def test_every_kind_of_entry_is_found_with_its_filters(tmp_path: Path) -> None:
    bridges.site(tmp_path)
    assert build(Options(tmp_path)).ok
    files = {path.name: path.read_bytes() for path in (tmp_path / "output/pagefind").rglob("*") if path.is_file()}
    found = {str(fragment["url"]): fragment for fragment in fragments(files)}

    assert found["/claims/bridge-cost/"]["filters"] == {
        "kind": ["Claim"],
        "rating": ["False"],
        "topic": ["Money"],
        "actor": ["Doe", "Town Council"],
        "year": ["2026"],
    }
    assert found["/claims/bridge-cost/"]["meta"] == {
        "title": "The bridge cost twice its budget.",
        "rating": "False",
        "verdict": "The audited accounts show a sixth more, not double.",
    }
    assert found["/sources/gazette/"]["filters"] == {"kind": ["Article"], "year": ["2026"], "actor": ["Doe"]}
    assert found["/sources/audit/"]["filters"] == {"kind": ["Source"], "year": ["2025"]}
    assert found["/actors/mayor/"]["filters"] == {"kind": ["Actor"], "actor": ["Doe"]}
    assert found["/about/"]["filters"] == {"kind": ["Page"]}
    assert not any("bridge-length" in address for address in found), "a draft"


def test_checking_makes_no_index(tmp_path: Path) -> None:
    result = scratch.checked(scratch.minimal(tmp_path))

    assert "search" not in result.seconds
    assert not (tmp_path / ".factsite").exists()
