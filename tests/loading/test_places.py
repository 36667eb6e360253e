"""Lines and columns of keys and values, found again in the file."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading.places import locate, of_file, spots
from factsite.problems import Keys, Problem
from factsite.reporting import report

CLAIM = """\
claim: "Über: it"
topics: [money, roads]
evidence:
  - source: one
    note: >-
      Two lines
      of text.
  - {source: two, stance: context}
analysis: |

  First paragraph.

  Second one.
would_change: |
  A

  B
made:
"""


def placed(content: str, keys: Keys | None, path: str = "x.yaml", **more: Any) -> tuple[int | None, str]:
    """The line, and what the caret underlines in it."""
    found = locate(Problem("code", "message", path, keys, **more), content.encode())
    assert found.keys is None
    return found.line, found.source_line[(found.column or 1) - 1 :][: found.length]


@pytest.mark.parametrize(
    ("keys", "line", "marked"),
    [
        (("claim",), 1, '"Über: it"'),
        (("topics", 1), 2, "roads"),
        (("topics",), 2, "["),
        (("evidence", 0, "source"), 4, "one"),
        (("evidence", 0), 4, "s"),
        (("evidence", 0, "note"), 5, ">"),
        (("evidence", 1, "stance"), 8, "context"),
        ((), 1, "c"),
    ],
)
def test_values(keys: Keys, line: int, marked: str) -> None:
    assert placed(CLAIM, keys) == (line, marked)


@pytest.mark.parametrize(
    ("keys", "line", "marked"),
    [(("claim",), 1, "claim"), (("evidence", 0, "note"), 5, "note"), (("evidence", 1, "stance"), 8, "stance"), (("made",), 18, "made")],
)  # fmt: skip
def test_keys_themselves(keys: Keys, line: int, marked: str) -> None:
    assert placed(CLAIM, keys, at_key=True) == (line, marked)


def test_what_stands_too_deep_is_not_looked_for() -> None:
    assert placed(f"a: {'[' * 3000}{']' * 3000}\nb: c\n", ("b",)) == (1, "a")


def test_a_list_in_place_of_a_key_is_passed_over() -> None:
    assert placed("? [a, b]\n: c\nd: e\n", ("d",)) == (3, "e")


@pytest.mark.parametrize(
    ("keys", "line"), [(("evidence", 0, "colour"), 4), (("evidence", 7), 3), (("nothing", "at", "all"), 1)]
)
def test_what_is_not_there_is_shown_at_what_should_hold_it(keys: Keys, line: int) -> None:
    assert placed(CLAIM, keys)[0] == line


@pytest.mark.parametrize(
    ("keys", "line_of_value", "line"),
    [(("analysis",), 2, 11), (("analysis",), 4, 13), (("would_change",), 1, 15), (("would_change",), 3, 17), (("evidence", 0, "note"), 1, 6)],
)  # fmt: skip
def test_lines_inside_a_text_block(keys: Keys, line_of_value: int, line: int) -> None:
    assert placed(CLAIM, keys, line=line_of_value)[0] == line


@pytest.mark.parametrize(
    ("keys", "line_of_value", "words", "line"),
    [
        (("analysis",), 2, "First", 11),
        (("analysis",), 2, "Second", 13),  # a link that begins in one line and ends in another
        (("evidence", 0, "note"), 1, "text", 7),  # lines that YAML joins
        (("claim",), None, "it", 1),
    ],
)
def test_the_caret_stands_under_the_words_at_fault(
    keys: Keys, line_of_value: int | None, words: str, line: int
) -> None:
    assert placed(CLAIM, keys, line=line_of_value, words=words) == (line, words)


def test_words_that_do_not_stand_in_the_value_leave_the_caret_where_it_was() -> None:
    assert placed(CLAIM, ("claim",), words="Second") == (1, '"Über: it"')
    found = locate(Problem("code", "message", "x.yaml", ("analysis",), line=2, words="A"), CLAIM.encode())
    assert (found.line, found.column) == (11, None)


def test_a_long_line_is_shown_around_the_words() -> None:
    line = "much " * 60 + "[so](actor:nobody)" + " more" * 60
    found = locate(Problem("code", "message", "x.md", line=3, words="actor:nobody"), f"---\n---\n{line}\n".encode())

    shown = report.excerpt(found)

    assert (shown.marked, shown.before[:1], shown.after[-1:]) == ("actor:nobody", "…", "…")


def test_front_matter_counts() -> None:
    article = "---\ntitle: x\ntype: nwes\n---\n\nText\n"

    assert placed(article, ("type",), "x.md") == (3, "nwes")
    assert placed(article, (), "x.md") == (2, "t")
    assert placed(article, None, "x.md", line=6) == (6, "T")


def test_any_line_ends_and_byte_order_marks() -> None:
    content = CLAIM.replace("\n", "\r\n").encode("utf-8-sig")

    found = locate(Problem("code", "message", "x.yaml", ("evidence", 0, "source")), content)

    assert (found.line, found.source_line) == (4, "  - source: one")


def test_a_file_that_changed_since_still_gets_a_place() -> None:
    assert placed("a: 'b\n", ("a",)) == (1, "a")
    assert placed("", ("a",)) == (1, "")
    assert placed("---\ntitle: x\n", ("title",), "x.md") == (1, "-")
    assert placed("a: b\n", None, line=9) == (9, "")


def test_spots_count_characters_not_bytes() -> None:
    keys, values = spots("{ключ: “значение”, b: c}")

    assert (keys["b",].column, values["b",].column) == (20, 23)


KEYS = st.lists(st.sampled_from(["a", "b", 0, 1, 2]), max_size=3).map(tuple)
CONTENT = st.recursive(
    st.text(max_size=8), lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from("ab"), below, max_size=2)
)  # fmt: skip


@given(CONTENT, KEYS, st.booleans(), st.none() | st.integers(1, 9), st.sampled_from(["x.yaml", "x.md"]))
def test_locate_never_fails(content: Any, keys: Keys, at_key: bool, line: int | None, path: str) -> None:
    text = yaml.dump(content, allow_unicode=True)
    text = f"---\n{text}---\n" if path == "x.md" else text

    found = locate(Problem("code", "message", path, keys, at_key=at_key, line=line), text.encode())

    assert found.line is not None
    assert found.keys is None


def test_of_a_file_that_cannot_be_read_no_line_is_shown(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    problems = [Problem("code", "message", path, ("claim",)) for path in ("gone.yaml", "folder.yaml")]

    assert [of_file(problem, tmp_path) for problem in problems] == problems


@given(st.binary(max_size=60), KEYS)
def test_locate_never_fails_for_broken_files(content: bytes, keys: Keys) -> None:
    assert locate(Problem("code", "message", "x.yaml", keys), content).line


WORDS = st.recursive(
    st.sampled_from(["one", "two", "three", "über"]),
    lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("ab"), below, min_size=1),
)


@given(WORDS, st.booleans())
def test_every_word_is_found_where_it_stands(content: Any, in_brackets: bool) -> None:
    text = yaml.dump({"top": content}, allow_unicode=True, default_flow_style=in_brackets)

    for keys, word in leaves({"top": content}):
        assert placed(text, keys)[1] == word


def leaves(value: Any, keys: Keys = ()) -> list[tuple[Keys, str]]:
    if isinstance(value, dict):
        return [leaf for key, below in value.items() for leaf in leaves(below, (*keys, key))]
    if isinstance(value, list):
        return [leaf for index, below in enumerate(value) for leaf in leaves(below, (*keys, index))]
    return [(keys, value)]
