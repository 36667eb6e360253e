"""Models from nested text, and everything that is wrong with it in the editor's words."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from typing import Any

import pytest

from factsite import model
from factsite.loading.validation import NOUNS, validate
from factsite.problems import Keys, Problem

CLAIM: dict[str, Any] = {
    "claim": "The bridge cost twice its budget.",
    "rating": "false",
    "verdict": "It did not.",
    "claimants": ["mayor"],
    "appearances": [{"article": "gazette", "quote": "twice what was promised"}],
    "evidence": [{"source": "audit", "stance": "contradicts"}],
    "checked": "2026-03-02",
}


def said(
    change: dict[str, Any], kind: type[model.Written] = model.Claim, base: dict[str, Any] = CLAIM
) -> list[Problem]:
    """What is wrong with a good claim after some keys of it were changed; None removes one."""
    data = {key: value for key, value in (base | change).items() if value is not None}
    found, problems = validate(kind, data, "x.yaml")
    assert (found is None) == bool(problems)
    return problems


def only(change: dict[str, Any], kind: type[model.Written] = model.Claim, base: dict[str, Any] = CLAIM) -> Problem:
    problems = said(change, kind, base)
    assert len(problems) == 1
    return problems[0]


def test_a_good_claim() -> None:
    found, problems = validate(model.Claim, CLAIM, "x.yaml")

    assert problems == []
    assert found is not None
    assert (found.rating, found.status, found.appearances[0].stance) == ("false", "draft", "asserts")


@pytest.mark.parametrize(
    ("change", "code", "keys", "message", "expected", "nearest"),
    [
        ({"checked": "2018-13"}, "bad-date", ("checked",), "`2018-13` is not a date of the calendar", "a date as precise as known: 2018, 2018-01 or 2018-01-22", ""),
        ({"made": "22 January 2018"}, "bad-date", ("made",), "`22 January 2018` is not a date of the calendar", "a date as precise as known: 2018, 2018-01 or 2018-01-22", "2018-01-22"),
        ({"made": "۲۰۱۸"}, "bad-date", ("made",), "`۲۰۱۸` is not a date of the calendar", "a date as precise as known: 2018, 2018-01 or 2018-01-22", ""),
        ({"aliases": ["Old id"]}, "bad-id", ("aliases", 0), "`Old id` cannot be an id", "lower-case letters a to z, digits and single hyphens", "old-id"),
        ({"kind": "statistics"}, "unknown-value", ("kind",), "`statistics` is not a value of `kind`", "one of statistic, event, attribution, identity, quote, prediction, opinion", "statistic"),
        ({"status": "Published"}, "unknown-value", ("status",), "`Published` is not a value of `status`", "one of draft, published, withdrawn", "published"),
        ({"short": "x" * 80}, "too-long", ("short",), "`short` has 80 characters", "at most 75 characters", ""),
        ({"topics": "money, roads"}, "wrong-type", ("topics",), "`topics` is text, not a list", "a list: `topics: [money, roads]`, or lines that begin with `- `", ""),
        ({"topics": "-money -roads"}, "wrong-type", ("topics",), "`topics` is text, not a list", "a space behind each dash: `- …`", ""),
        ({"topics": "– money – roads"}, "wrong-type", ("topics",), "`topics` is text, not a list", "a plain hyphen and a space before each entry: `- …`", ""),
        ({"topics": "(money, roads)"}, "wrong-type", ("topics",), "`topics` is text, not a list", "a list: `topics: [money, roads]`, or lines that begin with `- `", ""),
        ({"topics": {}}, "wrong-type", ("topics",), "`topics` is a group of keys, not a list", "`- ` before the first key below `topics:`, two spaces more before the others", ""),
        ({"appearances": {"article": "a"}}, "wrong-type", ("appearances",), "`appearances` is a group of keys, not a list", "`- ` before the first key below `appearances:`, two spaces more before the others", ""),
        ({"evidence": ["audit"]}, "wrong-type", ("evidence", 0), "`evidence` has an item that is text, not a group of keys", "`key: value` behind each `- `", ""),
        ({"evidence": ["source:audit"]}, "wrong-type", ("evidence", 0), "`evidence` has an item that is text, not a group of keys", "an ordinary colon and a space behind it: `source: …`", ""),
        ({"evidence": ["source： audit"]}, "wrong-type", ("evidence", 0), "`evidence` has an item that is text, not a group of keys", "an ordinary colon and a space behind it: `source: …`", ""),
        ({"verdict": {"The bridge": "it cost"}}, "wrong-type", ("verdict",), "`verdict` is a group of keys, not text", "quotes around a text that has a colon in it", ""),
        ({"verdict": ["one", "two"]}, "wrong-type", ("verdict",), "`verdict` is a list, not text", "one text: `verdict: …`", ""),
        ({"reviewers": [{"Doe": "Jane"}]}, "wrong-type", ("reviewers", 0), "`reviewers` has an item that is a group of keys, not text", "quotes around a text that has a colon in it", ""),
        ({"reviewers": [["a"]]}, "wrong-type", ("reviewers", 0), "`reviewers` has an item that is a list, not text", "one text behind each `- `", ""),
        ({"topics": ["money", ""]}, "empty-value", ("topics", 1), "`topics` has an empty item", "a value, or no such line at all", ""),
        ({"evidence": [""]}, "empty-value", ("evidence", 0), "`evidence` has an empty item", "a value, or no such line at all", ""),
        ({"verdict": "  "}, "empty-value", ("verdict",), "`verdict` is empty", "a value, or no such line at all", ""),
        ({"claimants": []}, "empty-value", ("claimants",), "`claimants` is empty", "a value, or no such line at all", ""),
        ({"rating": None}, "missing-key", (), "The key `rating` is missing", "`rating:`, which a claim needs: id of a rating of site.yaml", ""),
        ({"claim": None}, "missing-key", (), "The key `claim` is missing", "`claim:`, which a claim needs: what is claimed, in one neutral sentence", ""),
        ({"evidence": [{"source": "a"}]}, "missing-key", ("evidence", 0), "The key `stance` is missing", "`stance:`, which a piece of evidence needs: what it does to the claim", ""),
        ({"appearances": [{"quote": "x"}]}, "one-place", ("appearances", 0), "An appearance names an article or a source", "either `article:` or `source:`, and only one", ""),
        ({"appearances": [{"quote": "x", "article": "a", "source": "b"}]}, "one-place", ("appearances", 0), "An appearance names an article or a source", "either `article:` or `source:`, and only one", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_claim(
    change: dict[str, Any], code: str, keys: Keys, message: str, expected: str, nearest: str
) -> None:
    assert only(change) == Problem(code, message, "x.yaml", keys, expected=expected, nearest=nearest)


def test_unknown_keys() -> None:
    problem = only({"verdit": "x", "verdict": None})

    assert (problem.code, problem.keys, problem.at_key, problem.nearest) == (
        "unknown-key",
        ("verdit",),
        True,
        "verdict",
    )
    assert problem.message == "`verdit` is not a key of a claim"
    assert problem.expected.startswith("one of claim, short, rating, verdict, ")
    assert only({"Topics": ["x"]}).nearest == "topics"


def test_unknown_keys_inside_lists_and_from_commas() -> None:
    problem = only({"responses": [{"from": "a", "date": "2020", "note": "Asked", "no answer": "yet"}]})

    assert (problem.keys, problem.message) == (("responses", 0, "no answer"), "`no answer` is not a key of a response")
    assert problem.expected == "one of from, date, note; quotes around a text with a comma or a colon in it"


def test_a_key_without_a_value_is_not_said_to_be_missing() -> None:
    data = {key: value for key, value in CLAIM.items() if key != "rating"}

    found, problems = validate(model.Claim, data, "x.yaml", [("rating",), ("short",), ("evidence", 0, "note")])

    assert found is None
    assert [(p.code, p.message, p.keys, p.at_key) for p in problems] == [
        ("missing-key", "The key `rating` has no value", ("rating",), True)
    ]


def test_unknown_keys_without_a_value_do_not_pass_unseen() -> None:
    empty = [("verdit",), ("evidence", 0, "no answer"), ("about", "x"), ("about",), ("colour", "x"), ("colour",)]

    found, problems = validate(model.Claim, CLAIM, "x.yaml", empty)

    assert found is None
    assert [problem.keys for problem in problems] == [("verdit",), ("evidence", 0, "no answer"), ("colour",)]


@pytest.mark.parametrize(
    ("change", "code", "message", "nearest"),
    [
        ({"url": "www.example.org"}, "bad-url", "`www.example.org` is not a complete web address", "https://www.example.org"),
        ({"url": "javascript:alert(1)"}, "bad-url", "`javascript:alert(1)` is not a complete web address", ""),
        ({"url": "https://"}, "bad-url", "`https://` is not a complete web address", ""),
        ({"url": "https://a.example:port/"}, "bad-url", "`https://a.example:port/` is not a complete web address", ""),
        ({"url": "https://a.example:99999/"}, "bad-url", "`https://a.example:99999/` is not a complete web address", ""),
        ({"url": "https://[::1/"}, "bad-url", "`https://[::1/` is not a complete web address", ""),
        ({"url": "https://[::1"}, "bad-url", "`https://[::1` is not a complete web address", ""),
        ({"url": "https://a.example https://b.example"}, "bad-url", "`https://a.example https://b.example` is not a complete web address", "https://a.example"),
        ({"language": "Persian"}, "bad-language", "`Persian` is not a language tag", "fa"),
        ({"type": "News"}, "unknown-value", "`News` is not a value of `type`", "news"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_source(change: dict[str, Any], code: str, message: str, nearest: str) -> None:
    problem = only(change, model.Source, {"title": "Audit", "type": "primary"})

    assert (problem.code, problem.message, problem.nearest) == (code, message, nearest)


def test_a_membership_begins_before_it_ends() -> None:
    actor = {"name": "Jane Doe", "kind": "person"}

    problem = only({"member_of": [{"actor": "council", "from": "2019-05", "to": "2018"}]}, model.Actor, actor)

    assert (problem.code, problem.keys) == ("date-order", ("member_of", 0, "to"))
    for since, until in (("2018", "2018-05"), ("2018-05", "2018"), ("2018-05-01", "2018-05-01")):
        assert said({"member_of": [{"actor": "council", "from": since, "to": until}]}, model.Actor, actor) == []


SETTINGS: dict[str, Any] = {
    "title": "Checks",
    "description": "Checked.",
    "base_url": "https://checks.example/",
    "publisher": {"name": "Desk"},
    "ratings": [{"id": "true", "label": "True", "meaning": "It holds."}],
}


@pytest.mark.parametrize(
    ("change", "code", "keys", "message", "expected"),
    [
        ({"ratings": [{"id": "x", "label": "X", "meaning": "M", "value": "five"}]}, "wrong-type", ("ratings", 0, "value"), "`five` is not a whole number", "a whole number from 1"),
        ({"ratings": [{"id": "x", "label": "X", "meaning": "M", "value": "2.5"}]}, "wrong-type", ("ratings", 0, "value"), "`2.5` is not a whole number", "a whole number from 1"),
        ({"ratings": [{"id": "x", "label": "X", "meaning": "M", "value": "0"}]}, "wrong-type", ("ratings", 0, "value"), "`0` is not a whole number from 1", "a whole number from 1"),
        ({"ratings": [{"id": "x", "label": "X", "meaning": "M", "reviewable": "maybe"}]}, "wrong-type", ("ratings", 0, "reviewable"), "`maybe` is not `true` or `false`", "`true` or `false`"),
        ({"publisher": "Desk"}, "wrong-type", ("publisher",), "`publisher` is text, not a group of keys", "`key: value` below `publisher:`, indented by two spaces"),
        ({"publisher": {"name": "Desk", "email": "desk at example.org"}}, "bad-value", ("publisher", "email"), "`desk at example.org` is not valid for `email`", "a value like desk@example.org"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_settings(
    change: dict[str, Any], code: str, keys: Keys, message: str, expected: str
) -> None:
    assert only(change, model.Settings, SETTINGS) == Problem(code, message, "x.yaml", keys, expected=expected)


@pytest.mark.parametrize(
    ("base_url", "nearest"),
    [
        ("https://checks.example/?draft=1", "https://checks.example/"),
        ("https://checks.example/#top", "https://checks.example/"),
        ("https://desk:secret@checks.example/folder/", "https://checks.example/folder/"),
    ],
)
def test_a_site_is_published_below_a_plain_address(base_url: str, nearest: str) -> None:
    problem = only({"base_url": base_url}, model.Settings, SETTINGS)

    assert (problem.code, problem.keys, problem.nearest) == ("bad-url", ("base_url",), nearest)
    assert problem.message == f"`{base_url}` is not an address that a site can be published at"


@pytest.mark.parametrize("base_url", ["https://checks.example", "http://localhost:8000/some/folder", "https://[::1]/"])
def test_a_host_with_a_port_or_a_folder_is_a_plain_address(base_url: str) -> None:
    assert said({"base_url": base_url}, model.Settings, SETTINGS) == []


def test_all_mistakes_are_said_at_once() -> None:
    problems = said(
        {
            "rating": None,
            "checked": "soon",
            "colour": "red",
            "aliases": ["A b"],
            "evidence": [{"source": "a", "stance": "for"}],
        }
    )

    assert sorted(problem.code for problem in problems) == [
        "bad-date",
        "bad-id",
        "missing-key",
        "unknown-key",
        "unknown-value",
    ]


def test_every_model_has_a_noun() -> None:
    pending, names = [model.Written], set()
    while pending:
        found = pending.pop().__subclasses__()
        pending += found
        names |= {each.__name__ for each in found}

    assert names == NOUNS.keys()
