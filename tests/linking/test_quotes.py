"""Quotes are found as they stand, up to typography, as whole words, in exactly the places where they are."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.linking import quotes
from factsite.linking.folding import fold
from factsite.linking.quotes import closest, difference, find

ARTICLE = """\
PARIS, March 11 - A senior official said on Thursday that the U.S.-Israeli war would not topple the leadership.
“I cannot say how many months or a year, but ... this is the track of overthrowing the regime,” he said.
It cost 1,500,000 euros, or 1.5 million, in 2019–20. The city’s council — all of it — agreed.
The café on the naïve side re-opened; the war would not end."""


def found(quote: str, article: str = ARTICLE, before: str = "", after: str = "") -> list[list[str]]:
    """For each place, the pieces as they stand in the article."""
    return [[article[start:end] for start, end in ranges] for ranges in find(article, quote, before, after)]


@pytest.mark.parametrize(
    ("quote", "pieces"),
    [
        ("A senior official said", ["A senior official said"]),
        ("the U.S.-Israeli war", ["the U.S.-Israeli war"]),
        ("the U.S.‑Israeli war", ["the U.S.-Israeli war"]),
        ('"I cannot say how many months', ["“I cannot say how many months"]),
        ("a year, but ... this is the track", ["a year, but ... this is the track"]),
        ("a year, but … the track", ["a year, but", "the track"]),
        ("a year, but [...] the track", ["a year, but", "the track"]),
        ("a year, but [ . . . ] the track", ["a year, but", "the track"]),
        ("[…] months or a year …", ["months or a year"]),
        ("A senior official … overthrowing … cost", ["A senior official", "overthrowing", "cost"]),
        ("he said. It cost", ["he said.\nIt cost"]),
        ("The city's council - all of it - agreed", ["The city’s council — all of it — agreed"]),
        ("The city's council -- all of it -- agreed", ["The city’s council — all of it — agreed"]),
        ("2019-20", ["2019–20"]),
        ("the   naïve\n side", ["the naïve side"]),
        (unicodedata.normalize("NFD", "café on the naïve"), ["café on the naïve"]),
        ("1,500,000 euros", ["1,500,000 euros"]),
        ("1.5 million", ["1.5 million"]),
        ("U.S", ["U.S"]),
        ("overthrowing the regime,'' he said", ["overthrowing the regime,” he said"]),
    ],
)
def test_found_once(quote: str, pieces: list[str]) -> None:
    assert found(quote) == [pieces]


@pytest.mark.parametrize(
    "quote",
    [
        "a senior official",  # another word
        "The city",  # the city’s council
        "senior officials said",
        "enior official",  # not whole words
        "official sai",
        "500,000 euros",  # part of a number
        "1,500 ",
        "5 million",
        "overthrowing … A senior official",  # the other way round
        "cafe",
        "",
        "  ",
        "…",
        "[…] …",
        "nothing of the kind",
    ],
)
def test_not_found(quote: str) -> None:
    assert found(quote) == []


def test_found_twice() -> None:
    assert found("war would not") == [["war would not"], ["war would not"]]
    assert found("war would not topple") == [["war would not topple"]]


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        ("the", "", 1),
        ("that the U.S.-Israeli", "", 1),
        ("Israeli", "", 1),
        ("U.S.-Israeli", "", 1),
        ("U.S.—Israeli ", "", 1),
        ("re-opened; the", "", 1),
        ("", "topple", 1),
        ("", "end", 1),
        ("the", "topple", 0),
        ("Israeli", "end", 0),
        ("nowhere", "", 0),
    ],
)
def test_words_beside_it_settle_which_place_is_meant(before: str, after: str, places: int) -> None:
    assert len(found("war would not", before=before, after=after)) == places


def test_words_beside_it_are_whole_words() -> None:
    article = "Iran said no. Oman said no. Miran said no."

    assert len(found("said no", article, before="Iran")) == 1
    assert len(found("said", article, after="n")) == 0


def test_gaps_are_as_short_as_can_be() -> None:
    article = "one two one two three two"

    assert find(article, "one … two") == [((0, 3), (4, 7)), ((8, 11), (12, 15))]
    assert find(article, "one … three") == [((8, 11), (16, 21))]
    assert find(article, "one … two … two") == [((0, 3), (4, 7), (12, 15)), ((8, 11), (12, 15), (22, 25))]


def test_words_end_behind_their_apostrophes() -> None:
    assert find("We can’t win", "We can") == []
    assert find("C’est l’homme", "homme") == [((8, 13),)]
    assert find("the boys’ club", "the boys") == [((0, 8),)]
    assert find("they said ‘no’ to it", "they said ‘no") == [((0, 13),)]


def test_what_carries_meaning_is_not_folded() -> None:
    assert find("It cost 10⁶ euros", "106 euros") == []
    assert find("half: ½", "1/2") == []


def test_scripts_without_spaces_and_from_right_to_left() -> None:
    assert find("他说这座桥花费两倍", "这座桥花费") == [((2, 7),)]
    assert find("او گفت که پل دو برابر شد", "پل دو برابر") == [((10, 21),)]
    assert find("می\u200cخواهیم", "میخواهیم") == [((0, 9),)]
    assert find("\u202bاو گفت\u202c", "او گفت") == [((1, 7),)]


# --- what must always hold -------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["war", "the", "The", "“No,”", "he", "said", "city's", "naïve", "fi-nal", "1,500", "2019-20", "U.S.", "(sic)", "off", "é", "...", "—", "پل"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
VARIANTS = {
    "'": "'’‘‛",
    "“": '“"„«',
    "”": '”"»',
    "-": "-‐‑–—",
    "—": "—–―-",
    " ": [" ", "  ", "\n", "\u00a0", "\u2009 ", "\t"],
    "fi": ["fi", "ﬁ"],
    "ff": ["ff", "ﬀ"],
    "é": ["é", "e\u0301"],
    "ï": ["ï", "i\u0308"],
    "w": ["w", "\u00adw", "w\u200b"],
    "...": ["...", "…"],
}
"""Ways to set the same text."""


@st.composite
def retyped(draw: st.DrawFn, text: str) -> str:
    """The same words in another typography."""
    for plain, variants in VARIANTS.items():
        parts = text.split(plain)
        text = parts[0] + "".join(draw(st.sampled_from(list(variants))) + part for part in parts[1:])
    return text


@st.composite
def articles_and_places(draw: st.DrawFn) -> tuple[str, str, tuple[int, int]]:
    """An article, words of it in another typography, and where they begin and end in the article."""
    words = draw(st.lists(WORDS.flatmap(retyped), min_size=1, max_size=25))
    spaces = draw(st.lists(st.sampled_from(VARIANTS[" "]), min_size=len(words), max_size=len(words)))
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    article = "".join(word + space for word, space in zip(words, spaces, strict=True))
    start = len("".join(word + space for word, space in zip(words[:first], spaces, strict=False)))
    quote = "".join(word + space for word, space in zip(words[first : last + 1], spaces[first:], strict=False))
    end = start + len(quote) - len(spaces[last])
    return article, draw(retyped(fold(quote).text)).replace("…", "..."), (start, end)


@given(articles_and_places())
def test_whole_words_are_found_in_any_typography_at_their_place(case: tuple[str, str, tuple[int, int]]) -> None:
    article, quote, (start, end) = case

    places = [match[0] for match in find(article, quote)]

    words = fold(article[start:end]).text.strip()
    assert any(start <= low < high <= end and fold(article[low:high]).text == words for low, high in places)


@given(TEXTS.flatmap(retyped), st.data())
def test_what_is_found_is_the_quote(article: str, data: st.DataObject) -> None:
    quote = data.draw(TEXTS.flatmap(retyped))

    for ranges in find(article, quote):
        pieces = [fold(piece).text.strip() for piece in quotes.GAP.split(quote)]
        assert [fold(article[start:end]).text for start, end in ranges] == [piece for piece in pieces if piece]
        assert all(a < b <= c < d for (a, b), (c, d) in pairwise(ranges))


@given(st.text(max_size=60) | TEXTS.flatmap(retyped))
def test_the_way_back_is_monotonic_and_inside_the_text(text: str) -> None:
    folded = fold(text)
    size = len(folded.text)

    origins = [folded.origin(place) for place in range(size)]
    ends = [folded.end(place) for place in range(1, size + 1)]

    assert origins == sorted(origins)
    assert ends == sorted(ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(origins, ends, strict=True))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once


@given(st.text(max_size=60))
def test_unicode_forms_and_line_ends_do_not_matter(text: str) -> None:
    forms = {fold(unicodedata.normalize(form, text)).text for form in ("NFC", "NFD")}

    assert len(forms) == 1


# --- what comes close ------------------------------------------------------------------------------------------------


def test_closest_passages_say_what_differs() -> None:
    near = closest(ARTICLE, "A senior official told us on Thursday that the war")

    assert near[0].passage.startswith("A senior official said on Thursday that the")
    assert "the article has “said”, the quote “told us”" in near[0].differs
    assert ARTICLE[near[0].start :].startswith("A senior official")


def test_marks_around_the_passage_are_no_difference() -> None:
    """Only what stands inside of it, in whichever way it is typed."""
    article = "The mayor said “the bridge is a ‘disaster’ for us all” and left."

    (near,) = closest(article, "the bridge is a “disaster” for us all")

    assert near.passage == "the bridge is a 'disaster' for us all"
    assert near.differs == "quotation marks or apostrophes: the article has `'disaster'`, the quote `\"disaster\"`"
    assert article[near.start :].startswith("the bridge")


@pytest.mark.parametrize(
    ("article", "quote", "expected"),
    [
        ("it is so", "it was so", "the article has “is”, the quote “was”"),
        ("it is so", "it is", "the article also has “so”"),
        ("it is", "it is so", "“so” is not in the article"),
        ("it is", "it is", "only where words begin and end"),
        ('it "is" so', "it is so", 'quotation marks or apostrophes: the article has `"is"`, the quote `is`'),
        ("it's so", "its so", "quotation marks or apostrophes: the article has `it's`, the quote `its`"),
    ],
)
def test_difference(article: str, quote: str, expected: str) -> None:
    assert difference(article, quote) == expected


def test_nothing_close_is_an_empty_list() -> None:
    assert closest("One.\n\nTwo.", "zzzz zzzz zzzz") == []
    assert closest("", "anything") == []
    assert closest(ARTICLE, "…") == []
    assert closest("  \n", " ") == []


@given(st.text(max_size=40), st.text(max_size=40))
def test_closest_passages_stand_in_the_article(article: str, quote: str) -> None:
    for near in closest(article, quote):
        assert 0 <= near.start <= len(article)
        assert near.passage in fold(article).text or fold(near.passage).text in fold(article).text
