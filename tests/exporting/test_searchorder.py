"""Pagefind's filters come in any order; ours come in one."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

import cbor2
from hypothesis import given
from hypothesis import strategies as st

from factsite.exporting import searchorder

FILTERS = {"kind": {"Actor": [1, 2], "Claim": [3]}, "year": {"2018": [1], "2020": [2, 3], "2026": [3]}}


def written(data: object) -> bytes:
    return gzip.compress(b"pagefind_dcd" + cbor2.dumps(data), mtime=0)


def read(content: bytes) -> Any:
    return cbor2.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd"))


def index(filters: Sequence[str], years: Sequence[str]) -> dict[str, bytes]:
    """An index as Pagefind writes it, with its filters and their values in some order."""
    orders = {"kind": list(FILTERS["kind"]), "year": years}
    files = {
        f"filter/en_{name}.pf_filter": written([name, [[value, FILTERS[name][value]] for value in orders[name]]])
        for name in filters
    }
    meta = [
        "1.5.2",
        [["en_page", 3]],
        [["a", "z", "en_index"]],
        [[name, f"en_{name}"] for name in filters],
        [],
        ["title"],
    ]
    entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_meta", "wasm": "en", "page_count": 3}}}
    return files | {
        "pagefind.en_meta.pf_meta": written(meta),
        "pagefind-entry.json": json.dumps(entry).encode(),
        "fragment/en_page.pf_fragment": b"page",
    }


@given(st.permutations(list(FILTERS)), st.permutations(list(FILTERS["year"])))
def test_any_order_comes_out_as_one(filters: list[str], years: list[str]) -> None:
    assert searchorder.ordered(index(filters, years)) == searchorder.ordered(index(["kind", "year"], sorted(years)))


def test_nothing_is_lost_and_names_lead_to_files() -> None:
    found = searchorder.ordered(index(["year", "kind"], ["2026", "2018", "2020"]))

    entry = json.loads(found["pagefind-entry.json"])
    meta = read(found[f"pagefind.{entry['languages']['en']['hash']}.pf_meta"])
    filters = {name: read(found[f"filter/{code}.pf_filter"]) for name, code in meta[3]}
    assert filters == {name: [name, [[v, pages] for v, pages in values.items()]] for name, values in FILTERS.items()}
    assert meta[:3] == ["1.5.2", [["en_page", 3]], [["a", "z", "en_index"]]]
    assert found["fragment/en_page.pf_fragment"] == b"page"
    assert len(found) == 5


def test_an_index_of_nothing_stays_so() -> None:
    assert searchorder.ordered({}) == {}
