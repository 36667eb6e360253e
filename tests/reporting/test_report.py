"""Problems as text, data, GitHub annotations and HTML."""

import io
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from factsite.problems import Problem, Severity, as_warning
from factsite.reporting import report, report_html

UNKNOWN = Problem(
    "unknown-id",
    "`reuter` is not an actor",
    "content/claims/a.yaml",
    line=7,
    column=13,
    length=6,
    source_line="claimants: [reuter]",
    expected="the id of a file in content/actors/",
    nearest="reuters",
    notes=("one line", "two\nlines"),
)


def with_line(line: str, column: int, length: int = 1) -> Problem:
    return replace(UNKNOWN, source_line=line, column=column, length=length)


def test_text_has_place_line_caret_and_what_would_be_right() -> None:
    assert report.text([UNKNOWN]) == (
        "content/claims/a.yaml:7:13: error[unknown-id]: `reuter` is not an actor\n"
        "   7 | claimants: [reuter]\n"
        "     |             ^^^^^^\n"
        "     = expected: the id of a file in content/actors/\n"
        "     = did you mean: `reuters`?\n"
        "     = one line\n"
        "     = two\n"
        "       lines\n"
        "     = see: docs/problems.md#unknown-id\n"
        "\n"
        "1 error\n"
    )


def test_text_leaves_out_what_is_not_known() -> None:
    assert report.text([as_warning(Problem("output-busy", "Another build is at work"))]) == (
        "warning[output-busy]: Another build is at work\n     = see: docs/problems.md#output-busy\n\n1 warning\n"
    )


def test_a_line_without_a_column_is_shown_without_a_caret() -> None:
    assert "   7 | claimants: [reuter]\n     = expected" in report.text([replace(UNKNOWN, column=None)])


def test_paths_lead_from_the_reader_to_the_file() -> None:
    assert report.text([UNKNOWN], prefix="sites/iran").startswith("sites/iran/content/claims/a.yaml:7:13: ")
    assert report.data(UNKNOWN, "sites/iran")["path"] == "sites/iran/content/claims/a.yaml"


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ("", "no problems"),
        ("e", "1 error"),
        ("eee w", "3 errors, 1 warning"),
        ("ww", "2 warnings"),
    ],
)
def test_summary(severities: str, expected: str) -> None:
    kinds = {"e": Severity.ERROR, "w": Severity.WARNING}
    problems = [Problem("x", "X", severity=kinds[letter]) for letter in severities.replace(" ", "")]

    assert report.summary(problems) == expected


@pytest.mark.parametrize(
    ("line", "column", "length", "shown", "caret"),
    [
        ("name: 漢字 bad", 10, 3, "name: 漢字 bad", "           ^^^"),
        ("name: 漢字", 7, 2, "name: 漢字", "      ^^^^"),
        ("name: e\u0301te\u0301 bad", 13, 3, "name: e\u0301te\u0301 bad", "          ^^^"),
        ("\tname: x", 1, 1, "→   name: x", "^^^^"),
        ("\tname: x", 8, 1, "→   name: x", "          ^"),
        ("name:", 6, 1, "name:", "     ^"),
        ("name:", 60, 9, "name:", "     ^"),
        ("a: \u202etxt\x1b[2J", 4, 1, "a: \ufffdtxt\ufffd[2J", "   ^"),
    ],
)
def test_the_caret_stands_under_its_columns(line: str, column: int, length: int, shown: str, caret: str) -> None:
    excerpt = report.excerpt(with_line(line, column, length))

    assert (excerpt.line, report.caret(excerpt)) == (shown, caret)


def test_a_long_line_is_cut_around_the_mistake() -> None:
    excerpt = report.excerpt(with_line("before " * 50 + "mistake" + " after" * 50, 351, 7))

    assert excerpt.marked == "mistake"
    assert excerpt.before.startswith("…")
    assert excerpt.after.endswith("…")
    assert report.width(excerpt.line) == report.ROOM


@given(st.text(min_size=0, max_size=400), st.integers(1, 420), st.integers(1, 420))
def test_every_excerpt_fits_and_its_caret_lies_below_it(line: str, column: int, length: int) -> None:
    excerpt = report.excerpt(with_line(line.replace("\n", " "), column, length))

    assert report.width(excerpt.line) <= report.ROOM
    assert report.width(excerpt.before) <= len(report.caret(excerpt)) <= report.ROOM + 1
    assert not re.search("[\x00-\x1f\x7f-\x9f]", excerpt.line)


def test_only_what_a_message_quotes_is_cut() -> None:
    message = f"`a` is {'not ' * 40}`b`"

    assert message in report.text([Problem("code", message)])


@pytest.mark.parametrize(("length", "shown"), [(85, "x" * 85), (5000, "x" * 80 + "…")])
def test_what_a_message_quotes_is_cut_to_a_readable_length(length: int, shown: str) -> None:
    problem = Problem("unknown-topic", f"There is no topic `{'x' * length}`")

    assert f": There is no topic `{shown}`\n" in report.text([problem])
    assert f"<code>{shown}</code>" in report_html.page([problem], "Mistakes")
    assert f"`{shown}`" in report.github([problem])


def test_colour_changes_nothing_but_colour() -> None:
    problems = [UNKNOWN, as_warning(with_line("[bold]not markup[/bold] " * 20, 2))]

    colored = report.text(problems, color=True)

    assert "\x1b[1;31merror[unknown-id]" in colored
    assert "\x1b[1;33mwarning[unknown-id]" in colored
    assert re.sub("\x1b\\[[0-9;]*m", "", colored) == report.text(problems)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environment: dict[str, str], expected: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert report.wants_color(stream) is expected


def test_data_holds_every_field_that_people_see() -> None:
    assert report.data(UNKNOWN) == {
        "severity": "error",
        "path": "content/claims/a.yaml",
        "code": "unknown-id",
        "message": "`reuter` is not an actor",
        "line": 7,
        "column": 13,
        "length": 6,
        "source_line": "claimants: [reuter]",
        "expected": "the id of a file in content/actors/",
        "nearest": "reuters",
        "notes": ("one line", "two\nlines"),
    }


def test_github_annotations_are_escaped() -> None:
    problem = Problem("bad", "100 %: a, b\r\nc", "content/a, b:c.yaml", line=3, column=2, length=4, expected="d")

    assert report.github([problem, as_warning(Problem("bad", "X"))]) == (
        "::error file=content/a%2C b%3Ac.yaml,line=3,col=2,endColumn=6,title=bad::"
        "100 %25: a, b%0D%0Ac%0Aexpected: d%0Asee: docs/problems.md#bad\n"
        "::warning title=bad::X%0Asee: docs/problems.md#bad\n"
    )


def test_a_page_says_the_same_as_the_text() -> None:
    page = BeautifulSoup(report_html.page([UNKNOWN], "1 error: `a.yaml`"), "lxml")

    assert page.title is not None
    assert page.title.text == "1 error"
    section = page.select_one("#factsite-problems")
    assert section is not None
    words = " ".join(section.get_text(" ").split())
    for part in ("1 error: a.yaml", "content/claims/a.yaml:7:13 error[unknown-id]", "reuter is not an actor"):
        assert part in words
    assert "expected: the id of a file in content/actors/ did you mean: reuters ? one line two lines see:" in words
    assert [mark.text for mark in section.find_all("mark")] == ["reuter"]
    assert [pre.text for pre in section.find_all("pre")] == ["claimants: [reuter]"]


def test_a_page_shows_markup_in_content_as_text() -> None:
    evil = "</pre><script>alert(1)</script>"
    problem = Problem(
        evil, evil, evil, line=1, column=1, length=50, source_line=evil, expected=evil, nearest=evil, notes=(evil,)
    )

    page = BeautifulSoup(report_html.page([problem], evil), "lxml")

    assert page.find("script") is None
    assert [pre.text for pre in page.find_all("pre")] == [evil]


def test_a_page_stays_readable_with_thousands_of_problems() -> None:
    fragment = BeautifulSoup(report_html.fragment([UNKNOWN] * 5000, "5000 errors"), "lxml")

    assert len(fragment.find_all("li")) == report_html.MOST
    assert "… and 4800 more." in fragment.text
