"""Actors named in an article: whole words, the longest name first."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factsite.linking import mentions
from factsite.linking.folding import fold
from factsite.site import Actor, Name


def actor(actor_id: str, name: str, *aliases: str, short: str | None = None, native: str = "") -> Actor:
    names = (Name(native, "fa"),) if native else ()
    return Actor(actor_id, "x.yaml", name, "organisation", short, names, aliases, None, (), (), ())


ACTORS = [
    actor("iran", "Government of Iran", "Iran", native="ایران"),
    actor("ncri", "National Council of Resistance of Iran", "the Council", short="NCRI"),
    actor("mek", "People’s Mojahedin", "MEK", "PMOI/MEK", "Mujahideen-e-Khalq"),
    actor("doe", "Jane Doe", "Doe"),
    actor("other", "John Doe", "Doe"),
]
NAMES = mentions.index(ACTORS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The NCRI met.", [("ncri", "NCRI")]),
        ("the National Council of Resistance of Iran", [("ncri", "National Council of Resistance of Iran")]),
        ("the National Council of Resistance of Iraq and Iran", [("iran", "Iran")]),
        ("Iran's Iranian allies, pro-Iran", [("iran", "Iran"), ("iran", "Iran")]),
        ("iran and IRAN and Iran_1", []),
        ("the People's Mojahedin", [("mek", "People's Mojahedin")]),
        ("the PMOI/MEK and MEK", [("mek", "PMOI/MEK"), ("mek", "MEK")]),
        ("Mujahideen–e–Khalq", [("mek", "Mujahideen–e–Khalq")]),
        ("Mujahideen-e-Khalqs", []),
        ("Jane Doe met Doe", [("doe", "Jane Doe")]),
        ("Jane\u00a0Doe and Jane \n Doe", [("doe", "Jane\u00a0Doe")]),
        ("در ایران امروز", [("iran", "ایران")]),
        ("(MEK)", [("mek", "MEK")]),
        ("", []),
    ],
)
def test_mentions(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.actor, text[found.start : found.end]) for found in mentions.find(text, NAMES)] == expected


def test_a_name_that_two_actors_share_names_neither() -> None:
    assert mentions.find("Doe", NAMES) == ()


def test_names_without_words_are_no_names() -> None:
    assert mentions.index([actor("x", "…", "—")]).by_word == {}


@given(
    st.lists(
        st.sampled_from(
            ["NCRI", "Iran", "the Council", "of", "National Council", "’", " ", "\n", "-", "ايران", "ایران"]
        )
    ).map(" ".join)
)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    found = mentions.find(text, NAMES)
    edges = [edge for mention in found for edge in (mention.start, mention.end)]

    assert edges == sorted(edges)
    assert len(set(edges)) == len(edges)


PIECES = st.sampled_from(["Jane", "Jane Doe", "John", "J", "Doe", "of", "(", ")", " ", "-", "_", "Janet", "\n", "é"])
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@example("Jane", ["Jane", "Jane Doe"])
@given(TEXTS, st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join), max_size=8, unique=True))
def test_the_longest_name_at_each_word_is_found(text: str, written: list[str]) -> None:
    names = mentions.index_names((str(number), [name]) for number, name in enumerate(written))
    found = mentions.find(text, names)

    folded = fold(text).text
    pairs = [pair for group in names.by_word.values() for pair in group]
    expected, done = [], 0
    for word in mentions.WORD.finditer(folded):
        fitting = []
        for name, owner in pairs:
            first = mentions.WORD.search(name)
            start = word.start() - first.start() if first else -1
            if first and first[0] == word[0] and start >= done <= word.start() and folded.startswith(name, start):
                fitting.append((len(name), -start, owner))
        ends = [(size, start, owner) for size, start, owner in fitting if mentions._whole(folded, size - start)]
        ends = [each for each in ends if "\n" not in folded[-each[1] : each[0] - each[1]]]
        if ends:
            size, start, owner = max(ends)
            expected.append((owner, -start, size - start))
            done = size - start
    assert [(m.actor, m.start, m.end) for m in found] == expected
