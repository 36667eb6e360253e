"""What an editor did to YAML that cannot be read: the mistakes of `golden/yaml_mistakes.txt`, with both parsers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading import diagnosis
from tests import golden
from tests.golden import Example

GOLDEN = Path(__file__).parents[1] / "golden" / "yaml_mistakes.txt"
LOADERS = {"libyaml": getattr(yaml, "CBaseLoader", yaml.BaseLoader), "python": yaml.BaseLoader}
FRAGMENTS = [
    "claim: ",
    "  - ",
    '"',
    "'",
    "\n",
    ": ",
    "#",
    "[",
    "]",
    "{",
    "}",
    "*",
    "&",
    "|",
    ">",
    "-",
    "word",
    "  ",
    "…",
    "  – ",
    "* ",
    "|9",
    " rating: ",
    "<<<<<<< ",
]


def said(example: Example, loader: Any) -> str:
    """The line, a caret below the mistake, the message and what was expected."""
    try:
        list(yaml.parse(example.given, Loader=loader))
    except yaml.YAMLError as error:
        is_front = example.title.startswith("front matter")
        found = diagnosis.explain(error, example.given, is_front=is_front)
        line = example.given.split("\n")[found.line]
        pointer = " " * found.column + "^" * found.length
        return f"{found.line + 1} | {line}\n  | {pointer}\n{found.message}\nexpected: {found.expected}\n"
    return "can be read\n"


if golden.UPDATE:
    golden.rewritten(GOLDEN, lambda example: said(example, LOADERS["libyaml"]))
EXAMPLES = list(golden.examples(GOLDEN))


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)
def test_says_what_the_editor_did(example: Example, loader: str) -> None:
    assert said(example, LOADERS[loader]) == example.expected


def test_examples_have_different_titles() -> None:
    assert len({example.title for example in EXAMPLES}) == len(EXAMPLES)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join))
def test_any_text_gets_a_message_and_a_place_inside_it(text: str) -> None:
    try:
        list(yaml.parse(text, Loader=LOADERS["libyaml"]))
    except yaml.YAMLError as error:
        found = diagnosis.explain(error, text)

        lines = text.split("\n")
        assert found.message
        assert found.expected
        assert 0 <= found.line < len(lines)
        assert 0 <= found.column <= len(lines[found.line])
