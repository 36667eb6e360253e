"""What editors write: types, partial dates, and the marks by which references and Markdown are found."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from factsite import model
from factsite.loading.validation import validate

ACTOR = {"name": "Jane Doe", "kind": "person"}
RATING = {"id": "true", "label": "True", "meaning": "It holds."}


def is_date(text: str) -> bool:
    found, _ = validate(model.Correction, {"date": text, "note": "x"}, "x.yaml")
    return found is not None


@pytest.mark.parametrize("text", ["2018", "2018-01", "2018-01-22", "2024-02-29", "0001", "9999-12-31"])
def test_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    ["2018-13", "2018-00", "2018-02-30", "2023-02-29", "0000", "18", "2018-1", "2018-01-2", "20180122", "2018-01-22T10:00", "۲۰۱۸", "x", "2018-", "-2018", "2018/01"],
)  # fmt: skip
def test_no_dates(text: str) -> None:
    assert not is_date(text)


@given(st.dates(min_value=dt.date(1, 1, 1)), st.sampled_from([4, 7, 10]))
def test_every_day_month_and_year_of_the_calendar_is_a_date(day: dt.date, precision: int) -> None:
    assert is_date(day.isoformat()[:precision])


@given(st.text(max_size=12) | st.from_regex(r"\d{4}-\d\d(-\d\d)?", fullmatch=True))
def test_what_is_a_date_is_one_of_the_calendar(text: str) -> None:
    if is_date(text):
        parts = text.strip().split("-")
        assert dt.date(*(int(part) for part in [*parts, "1", "1"][:3]))


@given(st.dates(), st.dates())
def test_dates_of_one_precision_sort_as_text(first: dt.date, second: dt.date) -> None:
    for precision in (4, 7, 10):
        a, b = first.isoformat()[:precision], second.isoformat()[:precision]
        assert (first <= second) or (a >= b)


@pytest.mark.parametrize("tag", ["en", "fa", "zh-Hans", "de-CH-1996", "ckb"])
def test_languages(tag: str) -> None:
    assert validate(model.Name, {"text": "x", "lang": tag}, "x.yaml")[0] is not None


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("false", False), ("no", False), ("yes", True), ("False", False)]
)
def test_texts_become_truth_values_and_numbers_where_the_model_says_so(value: str, expected: bool) -> None:
    found, _ = validate(model.Rating, RATING | {"reviewable": value, "value": "05"}, "site.yaml")

    assert found is not None
    assert (found.reviewable, found.value) == (expected, 5)


def test_texts_that_look_like_something_else_stay_texts() -> None:
    found, _ = validate(model.Actor, {"name": "null", "kind": "person", "aliases": ["NO", "1e3", " x "]}, "x.yaml")

    assert found is not None
    assert (found.name, found.aliases) == ("null", ("NO", "1e3", "x"))


def test_what_was_written_cannot_be_changed() -> None:
    actor, _ = validate(model.Actor, ACTOR, "x.yaml")

    assert actor is not None
    with pytest.raises(ValidationError):
        actor.name = "John"  # type: ignore[misc]


def test_references_are_found_with_their_keys() -> None:
    claim, problems = validate(
        model.Claim,
        {
            "claim": "c",
            "rating": "false",
            "verdict": "v",
            "claimants": ["a", "b"],
            "topics": ["t"],
            "appearances": [{"article": "x", "quote": "q"}, {"source": "y", "quote": "q"}],
            "evidence": [{"source": "z", "stance": "context", "note": "n"}],
            "analysis": "text",
            "checked": "2026",
            "responses": [{"from": "a", "date": "2026", "note": "r"}],
            "corrections": [{"date": "2026", "note": "k", "rating_was": "true"}],
            "related": ["other"],
        },
        "x.yaml",
    )

    assert problems == []
    assert claim is not None
    assert [(keys, mark.kind, text) for keys, mark, text in model.marked(claim, model.Ref)] == [
        (("rating",), "rating", "false"),
        (("claimants", 0), "actor", "a"),
        (("claimants", 1), "actor", "b"),
        (("topics", 0), "topic", "t"),
        (("appearances", 0, "article"), "article", "x"),
        (("appearances", 1, "source"), "source", "y"),
        (("evidence", 0, "source"), "source", "z"),
        (("responses", 0, "from"), "actor", "a"),
        (("corrections", 0, "rating_was"), "rating", "true"),
        (("related", 0), "claim", "other"),
    ]
    assert [(keys, mark.block, text) for keys, mark, text in model.marked(claim, model.Prose)] == [
        (("evidence", 0, "note"), False, "n"),
        (("analysis",), True, "text"),
        (("responses", 0, "note"), False, "r"),
        (("corrections", 0, "note"), False, "k"),
    ]


def test_every_key_is_described_or_speaks_for_itself() -> None:
    plain = {"id", "name", "url", "rating", "topics", "date", "note", "text", "lang", "actor", "role", "from", "to", "title", "type", "kind", "author", "published", "summary", "language", "member_of", "responses", "corrections", "related", "email", "publisher"}  # fmt: skip
    for kind in model.MODELS.values():
        undescribed = {field.alias or name for name, field in kind.model_fields.items() if not field.description}
        assert undescribed <= plain
