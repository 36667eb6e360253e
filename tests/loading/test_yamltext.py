"""YAML becomes nested text, exactly as it was typed; what is not allowed is said with its place."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading.yamltext import parse
from factsite.problems import Problem


def data(text: str) -> dict[str, Any]:
    found, _, problems = parse(text, "x.yaml", 0)
    assert problems == []
    return found


def problems(text: str) -> list[tuple[str, int | None, int | None, str]]:
    """Code, line, column and message of each."""
    return [(p.code, p.line, p.column, p.message) for p in parse(text, "x.yaml", 0)[2]]


@pytest.mark.parametrize(
    "value",
    ["true", "NO", "2018-01", "2018-01-22", "12:30", "010", "1e3", "0x1F", "~", "null", ".5", "+1", "1_000", "="],
)
def test_scalars_are_the_text_that_was_typed(value: str) -> None:
    assert data(f"key: {value}\n") == {"key": value}


def test_keys_without_a_value_count_as_absent_and_are_remembered() -> None:
    text = "claim:\nshort: ''\ntopics: []\nevidence:\n  - source: a\n    quote:\n  -\n"

    found, empty, _ = parse(text, "x.yaml", 0)

    assert found == {"evidence": [{"source": "a"}, ""]}
    assert empty == (("claim",), ("short",), ("topics",), ("evidence", 0, "quote"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: >-\n  one\n  two\n", "one two"),
        ("a: |\n  one\n\n  two\n", "one\n\ntwo\n"),
        ("a: 'it''s'\n", "it's"),
        ('a: "\\u00e9 \\"x\\""\n', 'é "x"'),
        ("a: one\n  two\n", "one two"),
        ("a: https://example.org/#part\n", "https://example.org/#part"),
        ("a: one\u2028two\u0085three\n", "one two three"),
        ('{"a": "as in JSON"}', "as in JSON"),
        ("a: x # a comment\n", "x"),
    ],
)
def test_ways_to_write_a_text(text: str, expected: str) -> None:
    assert data(text) == {"a": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: x\n\tb: y\n", ("tab", 2, 1, "This line is indented with a tab")),
        ("a: x\ty\n", ("tab", 1, 5, "This line has a tab in it")),
        ("a: x\x07y\n", ("control-character", 1, 5, "There is an invisible control character here")),
        ("a: x\n\ufeffb: y\n", ("control-character", 2, 1, "There is an invisible control character here")),
        ("a:\n\u00a0\u00a0- b\n", ("odd-space", 2, 1, "This line is indented with a non-breaking or other odd space")),
        ("a:\n  - b: x\n \u3000  c: y\n", ("odd-space", 3, 2, "This line is indented with a non-breaking or other odd space")),
        ("a: x\nb: y\na: z\n", ("duplicate-key", 3, 1, "The key `a` stands here a second time; it is also on line 1")),
        ("a: *b\n", ("yaml-feature", 1, 4, "`*b` is a YAML alias")),
        ("a: &b c\n", ("yaml-feature", 1, 4, "`&b` is a YAML anchor")),
        ("a: !b c\n", ("yaml-feature", 1, 4, "`!b` is a YAML tag")),
        ("a: !!str c\n", ("yaml-feature", 1, 4, "`tag:yaml.org,2002:str` is a YAML tag")),
        ("? [a]\n: b\n", ("yaml-feature", 1, 3, "A key must be a word")),
        ("a: x\n---\nb: y\n", ("second-document", 2, 1, "A line `---` begins a second document")),
        ("- a\n", ("no-mapping", 1, 1, "The file does not begin with a key")),
        ("just text\n", ("no-mapping", 1, 1, "The file does not begin with a key")),
        ("a: freedom in #Iran\n", ("value-cut", 1, 15, "` #` starts a comment and cut this value")),
        ("a: #Iran\n", ("value-cut", 1, 4, "` #` starts a comment and cut this value")),
        ("é: 'x\n", ("yaml", 1, 4, "A quote opened here is not closed")),
        ("a: {b}\n", ("yaml", 1, 4, "Braces hold keys with values, not a list")),
        ("a:\n  - {b, c,\n d }\n", ("yaml", 2, 5, "Braces hold keys with values, not a list")),
        ("a:\n  – b: x\n", ("yaml", 2, 3, "A list entry begins with a plain hyphen and a space")),
        ("a:\n  -\u00a0b: x\n", ("yaml", 2, 3, "A list entry begins with a plain hyphen and a space")),
        ("a:\n  -\u00a0b: x\n    c: y\n", ("yaml", 2, 3, "A list entry begins with a plain hyphen and a space")),
        (f"{'k' * 1100}: x\nb: y\n", ("yaml", 1, 1, "This key is too long to be one")),
        (f"a: {'[' * 3000}{']' * 3000}\nb: c\n", ("yaml", 1, 24, "Lists and groups are nested more than 20 deep here")),
        (f"a: {'{a: ' * 3000}{'}' * 3000}\nb: c\n", ("yaml", 1, 84, "Lists and groups are nested more than 20 deep here")),
        ("a: " + "[" * 3000, ("yaml", 1, 24, "Lists and groups are nested more than 20 deep here")),
        ("? [a, b]\n: [c]\nd: e\n", ("yaml-feature", 1, 3, "A key must be a word")),
    ],
)  # fmt: skip
def test_what_is_not_allowed(text: str, expected: tuple[str, int, int, str]) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize(
    "text", ["a: {}\n", "a: { }\n", "a: {b: c}\n", "a: {b: , c: }\n", "a:\n  - {b: x, c}\n", "– : x\n"]
)
def test_braces_and_dashes_in_their_place_are_right(text: str) -> None:
    assert problems(text) == []


@pytest.mark.parametrize("mark", ["[", "{", "? ", "- "])
def test_no_depth_ends_the_program(mark: str) -> None:
    assert problems(mark * 3000)[-1][3] == "Lists and groups are nested more than 20 deep here"


def test_a_group_of_keys_without_values_does_not_pass_unseen() -> None:
    assert parse("a:\n  b:\nc: {d: }\ne: {}\n", "x.yaml", 0)[:2] == (
        {"a": {}, "c": {}},
        (("a", "b"), ("a",), ("c", "d"), ("c",), ("e",)),
    )


@pytest.mark.parametrize(
    "text", ["a: x #\n", "a: x # y\n", "a: #!shebang\n", "a: 'in #Iran'\n", "a: x#y\n", "a: |\n  in #Iran\n"]
)
def test_comments_and_quoted_hash_signs_cut_nothing(text: str) -> None:
    assert [problem for problem in problems(text) if problem[0] == "value-cut"] == []


def test_all_mistakes_are_said_at_once() -> None:
    assert [line for _, line, _, _ in problems("a: x\n\tb: y\nc: \tz\n")] == [2, 3]
    assert [code for code, _, _, _ in problems("a: *b\na: c\nd: in #Iran\n")] == [
        "yaml-feature",
        "duplicate-key",
        "value-cut",
    ]


def test_lines_are_those_that_editors_count() -> None:
    assert problems("a: one\u2028two\u0085three\nb: x\nb: y\n")[0][1] == 3


def texts() -> st.SearchStrategy[str]:
    """Any text that YAML can hold as it is."""
    allowed = st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff\u2028\u2029")
    return st.text(allowed, min_size=1, max_size=30)


def nested() -> st.SearchStrategy[dict[str, Any]]:
    """Mappings and lists of texts; no empty ones, because they count as absent."""
    inner = st.recursive(
        texts(),
        lambda below: st.lists(below, min_size=1, max_size=3) | st.dictionaries(texts(), below, min_size=1, max_size=3),
        max_leaves=8,
    )
    return st.dictionaries(texts(), inner, min_size=1, max_size=4)


@given(nested(), st.sampled_from([40, 80, 1000]), st.booleans())
def test_what_is_dumped_is_read_back(value: dict[str, Any], width: int, block: bool) -> None:
    text = yaml.dump(value, Dumper=yaml.SafeDumper, allow_unicode=True, width=width, default_flow_style=not block)

    found, empty, said = parse(text.replace("\t", " "), "x.yaml", 0)

    assert found == value
    assert empty == ()
    assert errors(said) == []


@given(nested())
def test_json_is_yaml_too(value: dict[str, Any]) -> None:
    import json

    found, _, said = parse(json.dumps(value, ensure_ascii=False, indent=1), "x.yaml", 0)

    assert (found, errors(said)) == (value, [])


def errors(said: list[Problem]) -> list[Problem]:
    return [problem for problem in said if problem.severity == "error"]
