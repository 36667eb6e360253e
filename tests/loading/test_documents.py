"""Files become text: encodings, line ends, front matter and its line numbers."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading.documents import Document, decode, read_markdown, read_yaml
from factsite.problems import Problem

EXPECTED = "a first line `---`, the fields, a second line `---`, then the text"


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1
    return problems[0]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_line_ends_and_byte_order_marks_do_not_matter(ends: str, mark: bytes) -> None:
    content = mark + "---\ntitle: Über\n---\nOne\n\nTwo\n".replace("\n", ends).encode()

    assert read_markdown(content, "x.md") == (Document({"title": "Über"}, "One\n\nTwo\n", 4), [])


@pytest.mark.parametrize(
    ("content", "line", "column", "shown", "message"),
    [
        ("name: x\nsummary: Müller\n".encode("cp1252"), 2, 11, "summary: Müller", "The file is not UTF-8 text; this is probably `ü`, as Windows writes it"),
        ("über: ".encode() + "“No” – he".encode("cp1252"), 1, 7, "über: “No” – he", "The file is not UTF-8 text; this is probably `“`, as Windows writes it"),
        (b"name: x\r\nsummary: \x81\r\n", 2, 10, "summary: \ufffd", "The file is not UTF-8 text"),
        ("name: x\n".encode("utf-16"), 1, None, "", "The file is UTF-16 text, not UTF-8"),
        ("name: x\n".encode("utf-16-le"), 1, None, "", "The file is UTF-16 text, not UTF-8"),
        ("name: x\n".encode("utf-16-be"), 1, None, "", "The file is UTF-16 text, not UTF-8"),
    ],
)  # fmt: skip
def test_a_file_in_another_encoding_is_refused_with_its_line(
    content: bytes, line: int, column: int | None, shown: str, message: str
) -> None:
    problem = only(read_yaml(content, "x.yaml")[1])

    assert (problem.code, problem.expected) == ("not-utf8", "save the file with the encoding UTF-8")
    assert (problem.line, problem.column, problem.source_line, problem.message) == (line, column, shown, message)


CONFLICT = "<<<<<<< HEAD\ntitle: x\n=======\ntitle: y\n>>>>>>> other\n"


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("x.yaml", CONFLICT, 1),
        ("x.yaml", "kind: person\nsummary: |\n  Some text.\n" + CONFLICT, 4),
        ("x.md", f"---\n{CONFLICT}---\nText.\n", 2),
        ("x.md", f"---\ntitle: x\n---\n{CONFLICT}", 4),
        ("x.md", CONFLICT, 1),
    ],
)
def test_versions_that_were_not_merged(path: str, text: str, line: int) -> None:
    read = read_yaml if path.endswith(".yaml") else read_markdown

    problem = only(read(text.replace("\n", "\r\n").encode(), path)[1])

    assert (problem.code, problem.line) == ("merge-conflict", line)


def test_underlined_headings_and_code_are_no_conflict() -> None:
    body = "Heading\n=======\n\n    <<<<<<< HEAD\n\n<<<<<<<<<<<<\n"

    assert read_markdown(f"---\ntitle: x\n---\n{body}".encode(), "x.md")[1] == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem(content: bytes) -> None:
    assert only(read_yaml(content, "x.yaml")[1]).code == "empty-file"
    assert only(read_markdown(content, "x.md")[1]).code == "empty-file"


def test_a_body_may_have_rules_and_be_missing() -> None:
    document, problems = read_markdown(b"---\ntitle: x\n---\n\nOne\n\n---\n\nTwo\n", "x.md")

    assert problems == []
    assert document.body == "\nOne\n\n---\n\nTwo\n"
    assert read_markdown(b"---\ntitle: x\n---", "x.md")[0].body == ""


@pytest.mark.parametrize(
    ("text", "line", "message", "expected"),
    [
        ("Some text.\n", 1, "The file has no front matter", EXPECTED),
        ("# Heading\n\nSome text.\n", 1, "The file has no front matter", EXPECTED),
        ("title: x\n---\nText\n", 1, "The line `---` above the fields is missing", "a line `---` above this one"),
        ("\n---\ntitle: x\n---\n", 1, "Above the first line `---` there is an empty line", "`---` on the first line of the file"),
        ("----\ntitle: x\n----\n", 1, "The first line is not `---`", "three hyphens and nothing else"),
        ("—\ntitle: x\n—\n", 1, "The first line is not `---`", "three hyphens and nothing else"),
        (" ---\ntitle: x\n---\n", 1, "The first line is not `---`", "three hyphens and nothing else"),
        ("---\ntitle: x\n", 1, "The front matter is not closed", "a line `---` below the fields"),
        ("---\ntitle: x\n----\nText\n", 3, "The front matter is not closed", "`---` here: three hyphens and nothing else"),
        ("---\ntitle: x\n–––\nText\n", 3, "The front matter is not closed", "`---` here: three hyphens and nothing else"),
        ("---\ntitle: x\ntopics:\n  - a\n\nParis: A man said.\n", 6, "The front matter is not closed", "a line `---` between the fields and the text, which seems to begin here"),
    ],
)  # fmt: skip
def test_front_matter_that_is_not_fenced(text: str, line: int, message: str, expected: str) -> None:
    problem = only(read_markdown(text.encode(), "x.md")[1])

    assert (problem.code, problem.line, problem.message, problem.expected) == ("front-matter", line, message, expected)


def test_lines_of_front_matter_are_those_of_the_file() -> None:
    problem = only(read_markdown(b"---\ntitle: x\ntitle: y\n---\n", "x.md")[1])

    assert (problem.code, problem.line, problem.column) == ("duplicate-key", 3, 1)
    assert problem.message == "The key `title` stands here a second time; it is also on line 2"


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_problems(content: bytes) -> None:
    for read, path in ((read_yaml, "x.yaml"), (read_markdown, "x.md")):
        document, problems = read(content, path)
        text, _ = decode(content, path)

        assert document.data == {} or not any(problem.severity == "error" for problem in problems)
        assert all(
            1 <= (problem.line or 0) <= text.count("\n") + 1 for problem in problems if problem.code != "not-utf8"
        )
