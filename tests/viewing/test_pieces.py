"""Long lists cut into pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.viewing import pieces


def test_lists_below_each_other_share_pages() -> None:
    assert list(pieces.split(["abc", "", "de"], 2)) == [
        [("a", "b"), (), ()],
        [("c",), (), ("d",)],
        [(), (), ("e",)],
    ]


def test_nothing_has_a_page_too() -> None:
    assert list(pieces.split([[], []], 10)) == [[(), ()]]


@given(st.lists(st.lists(st.integers(), max_size=12), min_size=1, max_size=4), st.integers(1, 5))
def test_every_entry_is_on_one_page_in_order(sections: list[list[int]], size: int) -> None:
    pages = list(pieces.split(sections, size))

    assert [[item for page in pages for item in page[place]] for place in range(len(sections))] == sections
    assert all(sum(map(len, page)) == size for page in pages[:-1])
    assert sum(map(len, pages[-1])) <= size
    shown = [{place: part for place, part in enumerate(page) if part} for page in pages]
    assert list(pieces.portions(sections, size)) == shown
    assert all(list(page) == sorted(page) for page in pieces.portions(sections, size))


def test_further_pages_have_addresses_and_titles_of_their_own() -> None:
    assert pieces.numbered("claims/", 3) == ("claims/", "claims/page/2/", "claims/page/3/")
    assert [pieces.titled("Claims", number) for number in (1, 2)] == ["Claims", "Claims, page 2"]


@pytest.mark.parametrize(
    ("count", "number", "shown"),
    [
        (1, 1, "1*"),
        (3, 2, "1 2* 3"),
        (4, 1, "1* 2 …4"),
        (9, 1, "1* 2 …9"),
        (9, 3, "1 2 3* 4 …9"),
        (9, 4, "1 …3 4* 5 …9"),
        (9, 5, "1 …4 5* 6 …9"),
        (9, 9, "1 …8 9*"),
    ],
)
def test_a_page_of_a_list_leads_to_its_neighbours_and_the_ends(count: int, number: int, shown: str) -> None:
    paths = pieces.numbered("claims/", count)
    pager = pieces.pager(paths, number)

    marked = ["…" * link.is_gapped + str(link.number) + "*" * (link.number == number) for link in pager.links]
    assert " ".join(marked) == shown
    assert [link.path for link in pager.links] == [paths[link.number - 1] for link in pager.links]
    assert pager.count == count
    assert pager.previous == (paths[number - 2] if number > 1 else None)
    assert pager.next == (paths[number] if number < count else None)
