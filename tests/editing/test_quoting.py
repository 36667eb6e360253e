"""A place in an article, made into a quote, is found again in that place and nowhere else."""

from __future__ import annotations

import re

from hypothesis import assume, given
from hypothesis import strategies as st

from factsite.editing import quoting
from factsite.editing.quoting import Quote
from factsite.linking import quotes

ARTICLE = (
    "The bridge cost twice its budget, he said.\nShe said: the bridge cost “a sixth” more … in the end.\nThe bridge."
)


def place(words: str, count: int = 1) -> tuple[tuple[int, int], ...]:
    """The ranges of the words' nth place in the article."""
    start = [match.start() for match in re.finditer(re.escape(words), ARTICLE)][count - 1]
    return ((start, start + len(words)),)


def test_words_that_stand_once_need_no_more() -> None:
    assert quoting.quote(ARTICLE, place("twice its budget")) == Quote("twice its budget")


def test_words_that_stand_twice_get_those_beside_them() -> None:
    assert quoting.quote(ARTICLE, place("bridge cost", 1)) == Quote("bridge cost", before="The")
    assert quoting.quote(ARTICLE, place("bridge cost", 2)) == Quote("bridge cost", before="the")
    assert quoting.quote(ARTICLE, place("The bridge", 1)) == Quote("The bridge", after="cost")


def test_pieces_are_joined_by_a_gap_and_an_ellipsis_of_the_article_is_none() -> None:
    ranges = (*place("The bridge cost"), *place("its budget"))

    assert quoting.quote(ARTICLE, ranges) == Quote("The bridge cost … its budget")
    assert quoting.quote(ARTICLE, place("more … in the end")) == Quote("more ... in the end")


def test_a_quote_over_two_paragraphs_is_one_line_without_soft_hyphens() -> None:
    assert quoting.quote("One\u00adtwo\nthree", ((0, 13),)) == Quote("Onetwo three")


def test_the_lines_to_paste() -> None:
    assert Quote("a: b", "before", "after").lines("gazette") == [
        "  - article: gazette",
        '    quote: "a: b"',
        "    before: before",
        "    after: after",
    ]


WORDS = st.sampled_from(["the", "bridge", "cost", "it’s", "“twice”", "1,000", "U.S.-led", "…", "co\u00adst", "—", "پل"])


@given(st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", " \u00a0"])), min_size=1, max_size=25), st.data())
def test_any_stretch_of_words_is_found_where_it_stands(words: list[tuple[str, str]], data: st.DataObject) -> None:
    text = "".join(word + space for word, space in words).strip()
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, len(spans) - 1))
    ranges = ((spans[first][0], spans[last][1]),)
    found = quoting.quote(text, ranges)
    places = quotes.find(text, found.words, found.before, found.after)
    assume(found.words.strip(". ") and places)  # nothing but dots, which are a gap to whoever reads them

    # Among words that repeat themselves endlessly no words beside a place tell it from the others.
    assert len(places) > 1 or (places[0][0][0], places[0][-1][1]) == ranges[0]


@given(st.permutations([f"word{number}" for number in range(30)]), st.data())
def test_two_places_with_the_same_words_are_told_apart(words: list[str], data: st.DataObject) -> None:
    text = " ".join([*words[:14], "same words", *words[14:20], "same words", *words[20:]])
    start = data.draw(st.sampled_from([text.index("same"), text.rindex("same")]))
    ranges = ((start, start + len("same words")),)

    found = quoting.quote(text, ranges)

    assert quotes.find(text, found.words, found.before, found.after) == [ranges]
