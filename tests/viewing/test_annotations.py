"""An article's text with its checked passages, mentions and gaps."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from factsite.linking import mentions
from factsite.site import Actor, Article, Card, Highlight, Rating
from factsite.viewing.annotations import Annotated, annotate, published
from factsite.views import Block
from tests.linking.test_passages import article

TEXT = "One *two* three.\n\n# Four\n\nFive six **seven [eight](https://a.example/)** nine.\n\nTen eleven.\n\nTwelve."
RATING = Rating("false", "False", "It does not hold.", "negative", 1, reviewable=True, place=0)
CARD = Card("claim", "A claim.", RATING, "No.", (), (), (), (), None, "2026", "2026", "published")
ACTOR = Actor("six", "x.yaml", "six", "person", None, (), ("eight", "Twelve"), None, (), (), ())


def highlight(*ranges: tuple[int, int]) -> Highlight:
    return Highlight("claim", ranges, "quote", "asserts", is_evidence=False)


def annotated(
    highlights: Sequence[Highlight] = (), text: str = TEXT, *, rights: str = "excerpt", preview: bool = False
) -> tuple[Article, Annotated]:
    found = article("a", text, rights)
    named = mentions.find(found.text, mentions.index([ACTOR]))
    return found, annotate(found, highlights, named, {"claim": CARD}, {"six": ACTOR}, preview=preview)


def shown(block: Block) -> str:
    return f"[{block.left_out}]" if block.kind == "gap" else "".join(segment.text for segment in block.segments)


def texts(result: Annotated) -> list[str]:
    return [shown(block) for block in result.blocks]


def test_only_checked_paragraphs_are_published() -> None:
    _, result = annotated([highlight((4, 7)), highlight((47, 50))])

    assert texts(result) == ["One two three.", "[2]", "Ten eleven.", "[1]"]
    assert [block.number for block in result.blocks] == [1, 2, 4, 5]
    assert [note.number for note in result.notes] == [1, 2]
    assert [[note.number for note in block.notes] for block in result.blocks] == [[1], [], [2], []]
    assert result.published == 2


def test_all_of_it_if_the_rights_allow() -> None:
    assert texts(annotated(rights="full")[1]) == [
        "One two three.",
        "Four",
        "Five six seven eight nine.",
        "Ten eleven.",
        "Twelve.",
    ]


def test_nothing_but_the_quotes_if_the_rights_allow_no_more() -> None:
    assert texts(annotated([highlight((4, 7), (9, 13))], rights="link")[1]) == [" […] two […] hree […] ", "[4]"]


def test_the_preview_shows_everything_and_says_what_is_not_published() -> None:
    _, result = annotated([highlight((4, 7))], rights="link", preview=True)

    assert texts(result) == ["One two three.", "Four", "Five six seven eight nine.", "Ten eleven.", "Twelve."]
    assert [block.unpublished for block in result.blocks] == [False, True, True, True, True]


def test_nothing_checked_is_one_gap() -> None:
    assert texts(annotated()[1]) == ["[5]"]
    assert annotated(text=" ")[1] == Annotated((), (), 0)


def test_segments_carry_markup_highlights_and_mentions() -> None:
    _, result = annotated([highlight((20, 33)), highlight((29, 38))])

    rows = [
        (s.text, s.tags, s.href is not None, s.notes, s.starts, s.ends, s.actor is not None)
        for s in result.blocks[1].segments
    ]

    assert rows == [
        ("Five ", (), False, (1,), (1,), (), False),
        ("six", (), False, (1,), (), (), True),
        (" ", (), False, (1,), (), (), False),
        ("seve", ("strong",), False, (1, 2), (2,), (1,), False),
        ("n ", ("strong",), False, (2,), (), (), False),
        ("eig", ("strong",), True, (2,), (), (2,), False),
        ("ht", ("strong",), True, (), (), (), False),
        (" nine.", (), False, (), (), (), False),
    ]


def test_an_actor_is_linked_where_it_is_first_shown() -> None:
    _, result = annotated([highlight((59, 65))])

    assert [s.actor.id for block in result.blocks for s in block.segments if s.actor] == ["six"]
    assert texts(result) == ["[4]", "Twelve."]


# --- what must always hold -------------------------------------------------------------------------------------------

SIZE = len(article("a", TEXT).text)
RANGES = st.lists(st.integers(0, SIZE), min_size=2, max_size=6, unique=True).map(sorted)
HIGHLIGHTS = st.lists(
    RANGES.map(lambda edges: highlight(*zip(edges[::2], edges[1::2], strict=False))), max_size=5
)  # fmt: skip


@given(HIGHLIGHTS, st.sampled_from(["excerpt", "full", "link"]), st.booleans())
def test_the_segments_are_the_text_of_the_published_paragraphs(
    highlights: list[Highlight], rights: str, preview: bool
) -> None:
    found, result = annotated(highlights, rights=rights, preview=preview)

    public = published(found, highlights)
    expected = [p.text for place, p in enumerate(found.paragraphs) if preview or place in public]
    blocks = [shown(block) for block in result.blocks if block.kind != "gap"]
    if rights == "link" and not preview:
        assert all(
            piece in text for block, text in zip(blocks, expected, strict=True) for piece in block.split(" […] ")
        )
    else:
        assert blocks == expected
    assert len(public) == result.published
    assert len(expected) + sum(block.left_out for block in result.blocks) == len(found.paragraphs)


@given(HIGHLIGHTS)
def test_every_highlight_begins_and_ends_once_and_covers_its_ranges(highlights: list[Highlight]) -> None:
    found, result = annotated(highlights, rights="full")

    segments = [segment for block in result.blocks for segment in block.segments]
    for number, each in enumerate(highlights, start=1):
        covered = "".join(segment.text for segment in segments if number in segment.notes)
        assert covered == "".join(found.text[start:end] for start, end in each.ranges).replace("\n", "")
        first, last = found.text[each.ranges[0][0]], found.text[each.ranges[-1][1] - 1]
        assert sum(number in segment.starts for segment in segments) == (first != "\n")
        assert sum(number in segment.ends for segment in segments) == (last != "\n")
