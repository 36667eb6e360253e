"""`build.py import`: saved pages and text files become articles, and nothing is lost on the way."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import build as command_line
from factsite import markdown
from factsite.importing import importer, imports, incoming, textblocks
from factsite.importing.furniture import Block
from factsite.importing.importer import Imported
from factsite.importing.incoming import Source
from factsite.loading import documents, reading
from factsite.loading.entries import Content
from factsite.loading.yamltext import FORBIDDEN
from tests import golden, scratch

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parents[1] / "data"
PAGES = sorted((DATA / "pages").glob("*.html"))
ACTORS = {
    "content/actors/herald.yaml": "name: Riverside Herald\nkind: media\naliases: [The Riverside Herald]\n",
    "content/actors/reuters.yaml": "name: Reuters\nkind: media\n",
    "content/actors/rood.yaml": "name: Rood\nkind: media\n",
}
SENTENCE = "Jane Doe said that the bridge cost twice what was promised."


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    found, problems = scratch.loaded(scratch.minimal(tmp_path_factory.mktemp("site"), ACTORS))
    assert problems == []
    return found


def read(content: Content, path: Path, entry_id: str = "", *, advised: bool = False) -> Imported:
    judge = imports.second_opinion() if advised else None
    saved = "2026-04-01" if path.suffix == ".html" else ""
    result = importer.read(content, Source(path.name, path.read_bytes(), saved), entry_id, judge)
    assert isinstance(result, Imported)
    return result


def refused(content: Content, text: str, entry_id: str = "", name: str = "text.txt") -> list[str]:
    result = importer.read(content, Source(name, text.encode()), entry_id)
    assert isinstance(result, list)
    return [problem.code for problem in result]


def body(text: str) -> list[str]:
    document, problems = documents.read_markdown(text.encode(), "")
    assert problems == []
    return [line for line in document.body.split("\n") if line]


def facts(result: Imported) -> dict[str, str]:
    return {key: value for key, value, _ in result.facts if value}


# --- the articles of the first site ----------------------------------------------------------------------------------

RAW = {
    "000_2dc305aecb967953": "reuters-2026-03-12",
    "001_9884085a23881e69": "just-the-news-2020-07",
    "002_1f1f9ece3faad676": "rafizadeh-2018-01-22",
    "003_e4e2ae2144d8c61f": "rudaw-2025-01-12",
    "004_0eb85ffab401cfd7": "ncri-2020-07",
}


@pytest.mark.parametrize(("name", "article"), RAW.items())
def test_the_paragraphs_are_those_that_people_chose(content: Content, name: str, article: str) -> None:
    committed = (ROOT / "content" / "articles" / f"{article}.md").read_text(encoding="utf-8")
    assert body(read(content, DATA / "raw" / f"{name}.txt").text) == body(committed)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000_2dc305aecb967953", {"publisher": "reuters", "published": "2026-03-12"}),
        (
            "001_9884085a23881e69",
            {
                "title": "Iran resistance group says it will step up efforts to oust mullahs from Tehran",
                "published": "2020-07-22",
            },
        ),
        (
            "002_1f1f9ece3faad676",
            {
                "title": "What really scares Iran’s clerical dictators",
                "author": "Majid Rafizadeh",
                "published": "2018-01-22",
            },
        ),
        (
            "003_e4e2ae2144d8c61f",
            {"title": "Iran condemns France over dissident organization’s conference in Paris"},
        ),
        (
            "004_0eb85ffab401cfd7",
            {"title": "International Community Should Side With Iranian People and Their Organized Resistance"},
        ),
    ],
)
def test_what_is_known_of_them(content: Content, name: str, expected: dict[str, str]) -> None:
    assert facts(read(content, DATA / "raw" / f"{name}.txt")) == expected


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("000_2dc305aecb967953", ["newsletter", "agency credit"]),
        (
            "001_9884085a23881e69",
            [
                "label above the text",
                "headline",
                "date line",
                "repeated headline",
                "category line",
                "repeated headline",
                "label below the text",
                "label below the text",
                "related links",
                "language menu",
                "follow line",
            ],
        ),
        ("002_1f1f9ece3faad676", ["headline", "byline", "pull quote", "pull quote", "related links"]),
        ("003_e4e2ae2144d8c61f", ["headline", *["doubled paragraph"] * 16]),
        (
            "004_0eb85ffab401cfd7",
            ["date line", "breadcrumb", "headline", "repeated headline", "label above the text"],
        ),
    ],
)
def test_what_is_set_aside(content: Content, name: str, reasons: list[str]) -> None:
    assert [each.reason for each in read(content, DATA / "raw" / f"{name}.txt").aside] == reasons


@pytest.mark.parametrize(
    ("name", "warnings"),
    [
        ("000_2dc305aecb967953", ["The dateline says 2026-03-11, a Wednesday, and the paragraph says Thursday"]),
        ("001_9884085a23881e69", []),
        ("002_1f1f9ece3faad676", ["The last paragraph seems to be a note on the author"]),
        ("003_e4e2ae2144d8c61f", []),
        (
            "004_0eb85ffab401cfd7",
            ["`2024-04-17` above the text is later than every year that the text names: was the page copied then?"],
        ),
    ],
)
def test_what_people_had_to_decide(content: Content, name: str, warnings: list[str]) -> None:
    assert [problem.message for problem in read(content, DATA / "raw" / f"{name}.txt").problems] == warnings


# --- saved pages -----------------------------------------------------------------------------------------------------


def shown(result: Imported) -> str:
    """What an import makes and says, for people to read."""
    warnings = "".join(f"{problem.severity}[{problem.code}] {problem.message}\n" for problem in result.problems)
    parts = {result.path: result.text, result.aside_path: result.aside_text, "warnings": warnings}
    return "".join(f"=== {name}\n{text}" for name, text in parts.items())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
@pytest.mark.parametrize("advised", [False, True])
def test_saved_pages(content: Content, path: Path, advised: bool) -> None:
    expected = path.with_suffix(".txt")
    expected.touch()
    golden.compare(expected, expected.read_text(encoding="utf-8"), shown(read(content, path, advised=advised)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_an_imported_page_needs_only_what_people_must_decide(content: Content, path: Path) -> None:
    result = read(content, path)
    entry, problems = reading.parse("article", "x", result.path, result.text.encode())

    assert {(problem.code, problem.keys) for problem in problems} <= {("missing-key", ("type",))}
    assert (entry is None) == ("type" not in facts(result))


def test_an_imported_page_is_part_of_a_site_that_builds(tmp_path: Path, content: Content) -> None:
    result = read(content, DATA / "pages" / "herald.html")
    checked = scratch.checked(scratch.minimal(tmp_path, ACTORS | {result.path: result.text}))

    assert [problem for problem in checked.problems if problem.severity == "error"] == []


def test_an_agency_is_the_publisher_and_the_page_a_repost(content: Content) -> None:
    head = '<meta property="og:site_name" content="The Riverside Herald"><meta property="og:url" content="https://h.example/a">'
    html = f"<html><head>{head}</head><body><article><p>{SENTENCE} REUTERS</p></article></body></html>"

    result = importer.read(content, Source("page.html", html.encode()), "a")

    assert isinstance(result, Imported)
    assert facts(result) == {"publisher": "reuters", "reposted_by": "herald", "url": "https://h.example/a"}


# --- text and Markdown -----------------------------------------------------------------------------------------------


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())))
def test_any_text_is_written_so_that_it_reads_back(text: str) -> None:
    block = Block(" ".join(FORBIDDEN.sub("", text).split()) or "x")
    (paragraph,) = markdown.paragraphs(textblocks.as_markdown(block))

    assert (paragraph.text, paragraph.kind) == (block.text, "p")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("[the allegations] are 5 * 3 and #Iran", "[the allegations] are 5 * 3 and #Iran"),
        ("1. FC Riverside", "1\\. FC Riverside"),
        ("- no", "\\- no"),
        ("# no", "\\# no"),
        ("*all* papers", "\\*all\\* papers"),
        ("[link](https://a.example)", "\\[link\\](https://a.example)"),
        ("<b> is bold", "\\<b\\> is bold"),
        ("AT&amp;T", "AT\\&amp;T"),
        ("[a]: b", "\\[a\\]: b"),
        ("a page\f\nends, a bell\x07\x00", "a page ends, a bell"),
    ],
)
def test_only_what_would_mean_something_gets_a_backslash(text: str, written: str) -> None:
    assert textblocks.as_markdown(Block(text)) == written


def test_text_that_was_wrapped_is_unwrapped() -> None:
    text = """\
        The auditors found an overrun of 16 per cent, which nobody on
        the council disputes, and which nobody on the council knew of
        before the bridge was opened.

        The council will meet again in May, and the mayor has said
        that she will not attend."""
    first, second = (block.text for block in textblocks.from_text(text))
    assert first.startswith("The auditors found an overrun of 16 per cent, which nobody on the council disputes, and")
    assert second == "The council will meet again in May, and the mayor has said that she will not attend."


def test_lines_are_paragraphs_otherwise() -> None:
    assert [block.text for block in textblocks.from_text("One sentence.\nAnother one.\n\n A third. \n")] == [
        "One sentence.",
        "Another one.",
        "A third.",
    ]


# --- ids, refusals ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Bridge costs twice its budget\n{SENTENCE}", "bridge-costs-twice-budget"),
        (f"12 May 2026\n{SENTENCE} REUTERS", "reuters-2026-05-12"),
        (SENTENCE, "text"),
    ],
)
def test_ids(content: Content, text: str, expected: str) -> None:
    result = importer.read(content, Source("text.txt", text.encode()))
    assert isinstance(result, Imported)
    assert result.path == f"content/articles/{expected}.md"


def test_what_cannot_be_imported(content: Content) -> None:
    canonical = '<link rel="canonical" href="https://gazette.example/bridge">'

    assert refused(content, "") == ["import-empty"]
    assert refused(content, "Follow us\nShare") == ["import-empty"]
    assert refused(content, "<html></html>", name="page.html") == ["import-empty"]
    assert refused(content, SENTENCE, "gazette") == ["duplicate-id"]
    assert refused(content, SENTENCE, "Not an id") == ["bad-id"]
    assert refused(content, f"<html><head>{canonical}</head><body><p>{SENTENCE}</p></body></html>") == [
        "duplicate-source"
    ]


def test_text_in_another_encoding(content: Content) -> None:
    result = importer.read(content, Source("text.txt", "Café.".encode("cp1252")))
    assert isinstance(result, list)
    assert [(problem.code, problem.path, problem.message) for problem in result] == [
        ("not-utf8", "", "`text.txt` is not UTF-8 text (line 1)")
    ]


PERSIAN = f"{SENTENCE} پل. {SENTENCE}"


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("windows-1256", PERSIAN.encode("cp1256")),
        ("utf-8", PERSIAN.encode()),
        ("no\x01such", PERSIAN.encode()),
        ("iso-8859-1", PERSIAN.replace("پل", "“caf\xe9”").encode("cp1252")),
        ("utf-8", PERSIAN.replace("پل", "caf\xe9").encode("cp1252")),
    ],
)
def test_pages_in_any_encoding(content: Content, declared: str, text: bytes) -> None:
    html = f"<html><head><meta charset={declared}></head><body><p>".encode() + text + b"</p></body></html>"
    result = importer.read(content, Source("page.html", html))

    assert isinstance(result, Imported)
    assert re.fullmatch(rf"{SENTENCE} (پل|“café”|café). {SENTENCE}", body(result.text)[0])
    is_certain = declared != "utf-8" or text == PERSIAN.encode()
    assert [problem.message for problem in result.problems] == (
        [] if is_certain else ["Some characters of the file could not be read"]
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_pages_with_a_byte_order_mark(content: Content, encoding: str) -> None:
    html = f"<html><head><meta charset=windows-1252></head><body><p>{PERSIAN}</p></body></html>"
    result = importer.read(content, Source("page.html", html.encode(encoding)))

    assert isinstance(result, Imported)
    assert body(result.text) == [PERSIAN]


@pytest.mark.parametrize(
    ("name", "content_bytes", "expected"),
    [
        ("a.html", b"", True),
        ("A.HTM", b"", True),
        ("a.txt", b"\xef\xbb\xbf\n<!DOCTYPE html>", True),
        ("a", b"<!-- saved from url=(0001)x --><html>", True),
        ("a.txt", b"<b> is how the minutes mark a vote.", False),
        ("a.txt", b"Text", False),
    ],
)
def test_what_is_a_page(name: str, content_bytes: bytes, expected: bool) -> None:
    assert incoming.is_html(name, content_bytes) is expected


# --- the command -----------------------------------------------------------------------------------------------------


def run(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(
        command_line.cli, ["import", "--root", str(root), *map(str, arguments)], catch_exceptions=False
    )


def test_the_command_writes_the_article_and_shows_what_it_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = scratch.minimal(tmp_path, ACTORS)
    monkeypatch.chdir(root)

    result = run(Path(), DATA / "raw" / "000_2dc305aecb967953.txt")

    assert result.exit_code == 0
    assert result.output == OUTPUT
    assert (root / ".factsite/import/reuters-2026-03-12.set-aside.txt").read_text(encoding="utf-8") == (
        "[newsletter]\ndate 2026-03-12 Sign up now: Get ST's newsletters delivered to your inbox\n\n"
        "[agency credit]\nREUTERS\n\n"
    )


OUTPUT = """\
content/articles/reuters-2026-03-12.md is new, with 11 paragraphs: open it and fill in what is empty.
  title        not found
  publisher    reuters  (The agency named at the end of the text)
  type         not found
  published    2026-03-12  (A line beside the text)

Set aside, in full in .factsite/import/reuters-2026-03-12.set-aside.txt:
  newsletter           date 2026-03-12 Sign up now: Get ST's newsletters delivered to your i…
  agency credit        REUTERS

content/articles/reuters-2026-03-12.md:19:12: warning[suspicious-date]: The dateline says 2026-03-11, a Wednesday, \
and the paragraph says Thursday
  19 | published: 2026-03-12
     |            ^^^^^^^^^^
     = expected: the day on which the text was published, or less: a month, a year
     = see: docs/problems.md#suspicious-date

1 warning
"""


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    scratch.write(root, {"page.txt": SENTENCE, "content/articles/mine.md": "not even an article"})

    result = run(root, root / "page.txt", "--as", "mine")

    assert result.exit_code == 1
    assert "error[file-exists]" in result.output
    assert (root / "content/articles/mine.md").read_text() == "not even an article"
    assert not (root / ".factsite").exists()


def test_what_is_set_aside_may_be_lost_but_not_silently(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {".factsite": "a file in place of the folder"})

    result = run(root, DATA / "raw" / "000_2dc305aecb967953.txt", "--as", "bridge")

    assert result.exit_code == 0
    assert "warning[unwritable]: What was set aside cannot be kept: " in result.output
    assert (root / "content/articles/bridge.md").exists()


def test_a_file_that_cannot_be_read_is_named_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = scratch.minimal(tmp_path / "site", {"../page.html": ""})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", _refuse)

    assert [problem.message for problem in imports.run(root, Content(), Path("page.html"), "")] == [
        "`page.html` cannot be read: Permission denied"
    ]


def _refuse(_: Path) -> bytes:
    raise PermissionError(13, "Permission denied")


def test_without_the_extra_a_page_is_imported_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    root = scratch.minimal(tmp_path)

    result = run(root, DATA / "pages" / "herald.html")

    assert result.exit_code == 0
    assert result.output.endswith(f"\n{imports.EXTRA}\n")


def test_the_extra_in_part_counts_as_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where one of its own libraries is of another version."""
    scratch.write(tmp_path, {"trafilatura.py": "from sys import no_such_name\n"})
    monkeypatch.delitem(sys.modules, "trafilatura", raising=False)
    monkeypatch.syspath_prepend(tmp_path)

    assert imports.second_opinion() is None


def test_a_page_is_read_on_the_day_its_file_was_saved(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    run(root, DATA / "pages" / "gazette.html", "--as", "row")

    assert "\naccessed: 20" in (root / "content/articles/row.md").read_text(encoding="utf-8")
