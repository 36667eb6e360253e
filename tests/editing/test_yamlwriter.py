"""Text written as YAML reads back as the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.editing import yamlwriter
from factsite.loading import yamltext


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("also known by its Farsi name", ["quote: also known by its Farsi name"]),
        ("a colon: here", ['quote: "a colon: here"']),
        ('"So", he said', ['quote: "\\"So\\", he said"']),
        ("#tag", ['quote: "#tag"']),
        ("a #tag", ['quote: "a #tag"']),
        ("- dash", ['quote: "- dash"']),
        ("it's", ["quote: it's"]),
        ("false", ['quote: "false"']),
        ("No", ['quote: "No"']),
        ("2018-01", ["quote: 2018-01"]),
        (" space ", ['quote: " space "']),
        ("two\nlines", ['quote: "two\\x0alines"']),
        ("سازمان مجاهدین", ["quote: سازمان مجاهدین"]),
        ("a\u2028b", ['quote: "a\\u2028b"']),
        ("a bell\x07", ["quote: a bell"]),
        ("\x00\ufeff", ['quote: ""']),
        ("", ['quote: ""']),
    ],
)
def test_the_plainest_way_that_holds(text: str, expected: list[str]) -> None:
    assert yamlwriter.entry("quote", text) == expected


def test_long_text_is_folded_and_a_long_address_is_not() -> None:
    words, address = " ".join(["eleven chars"] * 12), "https://example.org/" + "a" * 120

    assert yamlwriter.entry("quote", words, 2, "- ") == [
        "  - quote: >-",
        "      " + " ".join(["eleven chars"] * 8) + " eleven",
        "      chars " + " ".join(["eleven chars"] * 3),
    ]
    assert yamlwriter.entry("url", address) == [f"url: {address}"]


LETTERS = st.characters(codec="utf-8")


@given(st.text(LETTERS, min_size=1))
def test_any_text_reads_back(text: str) -> None:
    lines = ["list:", *yamlwriter.entry("quote", text, 2, "- "), "    stance: asserts"]

    data, _, problems = yamltext.parse("\n".join(lines) + "\n", "", 0)

    kept = {"quote": readable} if (readable := yamltext.FORBIDDEN.sub("", text)) else {}
    assert data == {"list": [{**kept, "stance": "asserts"}]}
    assert problems == []


@given(st.text(st.sampled_from("word .,:;#'\"-!?&*[]{}>|%@`=~ \u00a0…“”"), min_size=100, max_size=300))
def test_long_text_reads_back(text: str) -> None:
    data, _, problems = yamltext.parse("\n".join(yamlwriter.entry("note", text)) + "\n", "", 0)

    assert data == {"note": text}
    assert problems == []
