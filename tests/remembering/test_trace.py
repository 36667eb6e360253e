"""What a step reads of a site is noted, and only a change of that changes what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from factsite.remembering import memo, trace
from factsite.remembering.trace import Digests, Noted, Tracer
from tests import scratch

FIELD = {"a": "one", "b": "two"}


@pytest.mark.parametrize(
    ("read", "noted"),
    [
        (lambda field: field["a"], {"claims/a"}),
        (lambda field: field.get("a"), {"claims/a"}),
        (lambda field: field.get("gone"), {"claims/gone"}),
        (lambda field: "gone" in field, {"claims/gone"}),
        (list, {"claims/"}),
        (len, {"claims/"}),
        (lambda field: list(field.values()), {"claims/*"}),
        (lambda field: list(field.items()), {"claims/*"}),
    ],
)
def test_every_look_is_noted(read: Callable[[Mapping[str, str]], object], noted: set[str]) -> None:
    reads: set[str] = set()

    assert read(Noted("claims/", FIELD, reads)) == read(FIELD)
    assert reads == noted


def test_a_site_tells_what_was_read_since_it_was_last_asked(tmp_path: Path) -> None:
    scratch.minimal(tmp_path)
    tracer = Tracer(scratch.site(tmp_path))

    assert tracer.site.claims["bridge-cost"].id == "bridge-cost"
    assert "gone" not in tracer.site.actors
    assert tracer.taken() == ("actors/gone", "claims/bridge-cost")
    assert tracer.taken() == ()


def test_what_was_read_tells_pages_apart_unless_it_is_much_or_all_of_a_field(tmp_path: Path) -> None:
    scratch.minimal(tmp_path)
    tracer = Tracer(scratch.site(tmp_path))

    assert "gone" not in tracer.site.actors
    assert len(tracer.site.claims) == 1
    assert tracer.few == ("actors/gone", "claims/")
    assert list(tracer.site.cards.values())
    assert tracer.few is None

    tracer.taken()
    for number in range(trace.FEW + 1):
        assert str(number) not in tracer.site.actors
    assert tracer.few is None


def test_many_keys_of_a_field_are_all_of_it(tmp_path: Path) -> None:
    scratch.minimal(tmp_path)
    tracer = Tracer(scratch.site(tmp_path))

    for number in range(trace.MANY + 1):
        assert str(number) not in tracer.site.actors
    assert tracer.taken() == ("actors/*",)


# --- what it depends on ----------------------------------------------------------------------------------------------


def digests(field: dict[str, str]) -> Digests:
    return Digests({"claims": (field, lambda key: memo.digest(field[key].encode()))})


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ({"a": "one", "b": "two"}, set()),
        ({"a": "one", "b": "new"}, {"claims/b", "claims/*"}),
        ({"b": "two", "a": "one"}, {"claims/", "claims/*"}),
        ({"a": "one"}, {"claims/b", "claims/", "claims/*"}),
        ({"a": "one", "b": "two", "c": "three"}, {"claims/c", "claims/", "claims/*"}),
    ],
)
def test_only_what_changed_has_another_digest(field: dict[str, str], changed: set[str]) -> None:
    before, after = digests(FIELD), digests(field)
    reads = ("claims/a", "claims/b", "claims/c", "claims/", "claims/*")

    assert {read for read in reads if before[read] != after[read]} == changed
    assert before.together(sorted(set(reads) - changed)) == after.together(sorted(set(reads) - changed))
