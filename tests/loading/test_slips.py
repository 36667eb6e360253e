"""Markdown that nearly is, and prose that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite import markdown
from factsite.loading import slips


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("See [x](source: y).", "[x](source: y)", "[x](source:y)"),
        ("See [x] (source:y).", "[x] (source:y)", "[x](source:y)"),
        ("See [x](actor : y#top).", "[x](actor : y#top)", "[x](actor:y#top)"),
        ("See [x](source:y. And more", "[x](source:y.", "[x](source:y)"),
        ("See [x](source: The Report).", "[x](source: The Report)", "[x](source:the-report)"),
        ("See [x](https://a.example/a b).", "[x](https://a.example/a b)", "[x](https://a.example/a%20b)"),
        ("See [x](mailto: a@b.example).", "[x](mailto: a@b.example)", "[x](mailto:a@b.example)"),
        ("See [x][source:y].", "[x][source:y]", "[x](source:y)"),
        ("See [x]{claim:y}.", "[x]{claim:y}", "[x](claim:y)"),
        ("See (x)[page:y].", "(x)[page:y]", "[x](page:y)"),
        ("See [*x*](source: y).", "](source: y)", "](source:y)"),
        ("See x](source:y).", "](source:y)", ""),
        ("As seen[^1].", "[^1]", ""),
        ("[^note]: See there", "[^note]", ""),
        ("It ~~is~~ was.", "~~is~~", ""),
        ("It **is so.", "**is", ""),
        ("It ** is** so.", "** is**", "**is**"),
        ("It **is ** so.", "**is **", "**is**"),
        ("Run `make all.", "`make", ""),
        ("##What we found", "##What we found", "## What we found"),
        ("#What we found", "#What we found", "# What we found"),
        ("It ** see [it](source:y) now** so.", "** see", ""),
        ("##See [it](source:y)", "##See", ""),
        ("~~see [it](source:y)~~", "~~see", ""),
        ("**[The report](source:y) says", "**", ""),
        (r"It ** is\* so** now.", "** is", ""),
        ("The verdict. >- It goes on.", ">-", ""),
    ],
)  # fmt: skip
def test_slips(text: str, typed: str, meant: str) -> None:
    (found,) = slips.in_markdown(text, block=True)

    assert (found.typed, found.meant, found.line) == (typed, meant, 1)
    assert found.right
    assert list(slips.in_markdown(text.replace(typed, f"\\{typed}", 1), block=True)) == []  # as it proposes


RIGHT = [
    "[x](source:y) [x](https://a.example/) <source:y> [x][1] **x** *x* `x` # x",
    "A note* and a second one**, 2 * 3, 2**3, 3 ** 4 ** 5.",
    "** The second note",
    "As said**.\n\n**The second note",
    "[sic], […], [...], [His] (own) words, [his] (page 3), the toll [sic] (source: Reuters)",
    "Isma`il and `Ali of Rabi` al-Awwal",
    "#MeToo was trending.",
    "#MeToo",
    "- #MeToo and what came of it",
    "#1 of the list",
    "C# and F#",
    "## #MeToo and what came of it",
    r"\[x](source: y), \**x, \`x, \[^1], \#What we found",
    "`[x](source: y)`, `**x`, `[^1]`",
    "    ##code",
    "See https://a.example/ (source: y).",
    "> - quoted\n\n>- quoted\n\na -> b >-- c a>-b",
    "| a | b |\n|---|-:|\n|-1 | - |",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_prose(text: str) -> None:
    assert list(slips.in_markdown(text, block=True)) == []


def test_slips_have_their_lines() -> None:
    text = "One [x](source: y)\ntwo [^1]\n\n- three\n- **four\n\n## Five\n\n##Six\n"

    assert [(slip.line, slip.typed) for slip in slips.in_markdown(text, block=True)] == [
        (1, "[x](source: y)"),
        (2, "[^1]"),
        (5, "**four"),
        (9, "##Six"),
    ]


def test_a_single_line_has_no_headings() -> None:
    assert list(slips.in_markdown("##x", block=False)) == []
    assert [slip.typed for slip in slips.in_markdown("[x](source: y)", block=False)] == ["[x](source: y)"]


@pytest.mark.parametrize(
    ("text", "typed", "meant"),
    [
        ("See [the accounts](source:y).", "[the accounts](source:y)", "the accounts"),
        ("See [it](source: y).", "[it](source: y)", "it"),
        ("It is **not** so.", "**not**", "not"),
        ("It is *not* so.", "*not*", "not"),
        ("It is <b>so.", "<b>", ""),
        ("A&nbsp;b", "&nbsp;", ""),
        ("It is “[so](source:y)”.", "[so](source:y)", "so"),
        ("It is “so”, **not** “so”.", "**not**", "not"),
        ("The verdict. |- It goes on.", "|-", ""),
    ],
)
def test_markup_in_plain_text(text: str, typed: str, meant: str) -> None:
    (found,) = slips.in_plain(text)

    assert (found.typed, found.meant, found.line) == (typed, meant, 1)
    assert list(slips.in_plain(text.replace(typed, f"`{typed}`"))) == []  # as it proposes


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 > 1, AT&T; 2 * 3 * 4",
        "a note* and one more*",
        "[sic], […] (page 3)",
        "#1 `Ali",
        'The leaflet says “it is *not* so”, and "**now**".',
        "The page hides `<b>`.",
    ],
)
def test_right_plain_text(text: str) -> None:
    assert list(slips.in_plain(text)) == []


PIECES = [
    "word",
    "x",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "`",
    "#",
    "[",
    "]",
    "(",
    ")",
    "[x]",
    "(source:y)",
    "source:",
    "[^1]",
    "~~",
    "\\",
    "- ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_what_is_found_is_what_readers_would_see(text: str) -> None:
    seen = "".join(markdown.to_text(text).split())

    for slip in slips.in_markdown(text, block=True):
        assert "".join(slip.typed.replace("\\", "").split()) in seen
        assert markdown.MARKUP not in slip.typed + slip.meant
