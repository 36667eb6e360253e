"""What a newsroom asks of a check before it is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.loading.load import load
from factsite.problems import Keys, Problem, Problems, Severity
from factsite.reviewing import editorial
from tests import scratch, whole

ROOT = Path(__file__).parents[2]

SETTINGS = """\
title: Bridge checks
description: Claims about one bridge, checked.
base_url: https://checks.example/
publisher: {name: Bridge desk}
ratings:
  - {id: holds, label: Holds, meaning: It holds., value: 3}
  - {id: partly, label: Holds in part, meaning: Some of it holds., value: 2}
  - {id: fails, label: Fails, meaning: It does not hold., value: 1}
  - {id: open, label: Open, meaning: Nobody knows.}
  - {id: opinion, label: Opinion, meaning: Nothing to check., reviewable: false}
"""
CLAIM = """\
claim: The bridge cost twice its budget.
rating: fails
verdict: The audited accounts show a sixth more, not double.
claimants: [mayor]
appearances:
  - {article: gazette, quote: the bridge cost twice what was promised}
evidence:
  - {source: accounts, stance: contradicts}
  - {source: herald-report, stance: contradicts}
analysis: The accounts are the best evidence.
would_change: Other accounts.
checked: 2026-03-02
status: published
"""
ARTICLE = """\
---
title: Council row over the bridge
publisher: The Gazette
type: news
published: 2026-02-20
url: https://gazette.example/bridge
accessed: 2026-03-01
---

Jane Doe said that the bridge cost twice what was promised. The auditors found an overrun of 16 per cent.
"""
ACCOUNTS = "{title: Accounts, publisher: Auditors, type: primary, url: 'https://audit.example/', accessed: 2026-03-01}"
REPORT = "{title: Report, publisher: The Herald, type: news, url: 'https://herald.example/', accessed: 2026-03-01}"
PARTY = "{title: Reply, publisher: Town hall, type: advocacy, published: 2026, party_to: [mayor]}"
CLAIM_PATH = "content/claims/bridge.yaml"
SITE = {
    "site.yaml": SETTINGS,
    CLAIM_PATH: CLAIM,
    "content/articles/gazette.md": ARTICLE,
    "content/actors/mayor.yaml": "{name: Jane Doe, kind: person}",
    "content/sources/accounts.yaml": ACCOUNTS,
    "content/sources/herald-report.yaml": REPORT,
    "content/pages/methodology.md": "---\ntitle: Methodology\n---\n\nHow we check.\n",
    "content/pages/corrections-policy.md": "---\ntitle: Corrections\n---\n\nHow we correct.\n",
}
"""A site of one claim with which nothing is wrong."""


def warnings(root: Path, files: dict[str, str], drop: tuple[str, ...] = ()) -> list[Problem]:
    """What is said of the site above with some files added or replaced, and some left out."""
    scratch.write(root, {path: text for path, text in {**SITE, **files}.items() if path not in drop})
    content = load(root, Problems())
    drafts = [entry.data for entry in content.claims.values() if entry.data.status == "draft"]
    return list(whole.reviewed(scratch.site(root), drafts))


def claim(*edits: tuple[str, str]) -> dict[str, str]:
    """The claim above with some of its words replaced."""
    text = CLAIM
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return {CLAIM_PATH: text}


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_complete_site_has_no_warnings(tmp_path: Path) -> None:
    assert warnings(tmp_path, {}) == []


def test_a_withdrawn_claim_says_why(tmp_path: Path) -> None:
    (found,) = warnings(tmp_path, claim(("status: published", "status: withdrawn")))
    assert (found.code, found.path, found.keys) == ("withdrawn-without-reason", CLAIM_PATH, ("status",))


def test_everything_found_is_a_warning_with_a_remedy(tmp_path: Path) -> None:
    found = warnings(
        tmp_path, claim(("analysis: The accounts are the best evidence.\n", ""), ("cost twice its", "wrongly cost its"))
    )
    assert len(found) == 2
    assert all(problem.severity is Severity.WARNING and problem.expected for problem in found)


WITHDRAWN = "withdrawn\ncorrections: [{date: 2026-03-03, note: The article does not say it.}]"


@pytest.mark.parametrize("status", ["draft", WITHDRAWN])
def test_only_published_claims_are_looked_at(tmp_path: Path, status: str) -> None:
    bad = claim(("status: published", f"status: {status}"), ("would_change: Other accounts.\n", ""))
    assert warnings(tmp_path, bad) == []


# --- verdicts and their evidence -------------------------------------------------------------------------------------


def resting_on(
    *evidence: str, rating: str = "fails", analysis: str = "We found no second independent source."
) -> dict[str, str]:
    """The claim with this evidence, each a source and a stance, and with a party's document at hand."""
    items = "\n".join(f"  - {{source: {item.replace(':', ', stance: ')}}}" for item in evidence)
    head, _, rest = CLAIM.partition("evidence:\n")
    text = f"{head}evidence:\n{items}\nanalysis{rest.partition('analysis')[2]}"
    text = text.replace("rating: fails", f"rating: {rating}").replace("The accounts are the best evidence.", analysis)
    return {CLAIM_PATH: text, "content/sources/reply.yaml": PARTY, "content/pages/notes.md": NOTES}


NOTES = "---\ntitle: Notes\n---\n\n[a](source:accounts) [b](source:herald-report) [c](source:reply)\n"


@pytest.mark.parametrize(
    ("rating", "evidence"),
    [
        ("fails", ["reply:contradicts"]),
        ("fails", ["reply:contradicts", "accounts:context", "herald-report:supports"]),
        ("fails", ["gazette:contradicts"]),
        ("fails", ["accounts:context"]),
        ("holds", ["reply:supports", "accounts:contradicts"]),
    ],
)
def test_an_end_of_the_scale_needs_evidence_that_is_no_partys(tmp_path: Path, rating: str, evidence: list[str]) -> None:
    (found,) = warnings(tmp_path, resting_on(*evidence, rating=rating))
    assert (found.code, found.path, found.keys) == ("one-sided-verdict", CLAIM_PATH, ("rating",))


def test_the_documents_that_do_not_suffice_are_named(tmp_path: Path) -> None:
    (found,) = warnings(tmp_path, resting_on("reply:contradicts"))
    assert found.notes == ("with `stance: contradicts` there is only: reply",)


@pytest.mark.parametrize(
    ("rating", "evidence"),
    [
        ("fails", ["reply:contradicts", "accounts:contradicts"]),
        ("holds", ["accounts:supports"]),
        ("partly", ["reply:contradicts"]),
        ("open", ["reply:supports"]),
        ("opinion", ["reply:supports"]),
    ],
)
def test_other_verdicts_may_rest_on_what_there_is(tmp_path: Path, rating: str, evidence: list[str]) -> None:
    assert warnings(tmp_path, resting_on(*evidence, rating=rating)) == []


def test_a_scale_of_one_step_has_no_ends(tmp_path: Path) -> None:
    one = SETTINGS.replace(", value: 3", "").replace(", value: 2", "")
    assert warnings(tmp_path, {"site.yaml": one, **resting_on("reply:contradicts")}) == []


BARE = "The accounts are the best evidence."


@pytest.mark.parametrize(
    ("evidence", "number"),
    [
        (["reply:supports"], "no independent source"),
        (["gazette:context"], "no independent source"),
        (["accounts:context"], "one independent source"),
        (["accounts:supports", "reply:supports", "gazette:context"], "one independent source"),
    ],
)
def test_few_sources_need_a_word_about_it(tmp_path: Path, evidence: list[str], number: str) -> None:
    (found,) = warnings(tmp_path, resting_on(*evidence, rating="open", analysis=BARE))
    assert (found.code, found.keys, found.message) == ("few-sources", ("analysis",), f"The claim has {number}")


def test_two_reports_of_one_outlet_are_one_source(tmp_path: Path) -> None:
    accounts = {"content/sources/accounts.yaml": ACCOUNTS.replace("Auditors", "THE HERALD")}
    (found,) = warnings(tmp_path, accounts)
    assert (found.code, found.notes) == ("few-sources", ("counted: The Herald",))


def test_documents_without_publisher_stand_for_themselves(tmp_path: Path) -> None:
    files = {
        "content/sources/accounts.yaml": ACCOUNTS.replace("publisher: Auditors, ", ""),
        "content/sources/herald-report.yaml": REPORT.replace("publisher: The Herald, ", ""),
    }
    assert warnings(tmp_path, files) == []


def test_an_article_with_the_claim_counts_where_it_is_not_the_only_one(tmp_path: Path) -> None:
    second = {"content/articles/echo.md": ARTICLE.replace("The Gazette", "The Echo")}
    twice = resting_on("gazette:supports", "echo:supports", rating="open", analysis=BARE)
    place = "  - {article: gazette, quote: the bridge cost twice what was promised}\n"
    twice[CLAIM_PATH] = twice[CLAIM_PATH].replace(place, place + place.replace("gazette", "echo"))
    assert warnings(tmp_path, {**second, **twice}) == []


def test_what_gets_no_rating_needs_no_sources(tmp_path: Path) -> None:
    assert warnings(tmp_path, resting_on("reply:context", rating="opinion", analysis=BARE)) == []


def test_the_word_about_it_may_be_broken_over_lines(tmp_path: Path) -> None:
    analysis = "|\n  We found no independent\n  source for it."
    assert warnings(tmp_path, resting_on("reply:supports", rating="open", analysis=analysis)) == []


def test_languages_without_such_words_are_not_held_to_them(tmp_path: Path) -> None:
    french = {"site.yaml": SETTINGS + "language: fr\n"}
    assert warnings(tmp_path, {**french, **resting_on("reply:supports", rating="open", analysis=BARE)}) == []


# --- reasons ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("analysis: The accounts are the best evidence.\n", "no-analysis"),
        ("would_change: Other accounts.\n", "no-would-change"),
    ],
)
def test_published_claims_give_their_reasons(tmp_path: Path, line: str, code: str) -> None:
    (found,) = warnings(tmp_path, claim((line, "")))
    assert (found.code, found.path, found.keys) == (code, CLAIM_PATH, ())


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("The mayor made false claims on the bridge.", "false"),
        ("The accounts of the bridge are FAKE.", "fake"),
        ("The mayor holds the key.", "holds"),  # a label of the site's own scale
        ("The claim holds in part.", "holds in part"),  # the longer of two labels
    ],
)
def test_words_of_judgement_are_found(tmp_path: Path, sentence: str, word: str) -> None:
    (found,) = warnings(tmp_path, claim(("The bridge cost twice its budget.", sentence)))
    assert (found.code, found.keys, found.message) == (
        "verdict-word",
        ("claim",),
        f"`claim` has the verdict word `{word}`",
    )


def test_the_short_form_is_looked_at_too(tmp_path: Path) -> None:
    (found,) = warnings(tmp_path, claim(("rating: fails", "short: A bogus bridge\nrating: fails")))
    assert (found.code, found.keys) == ("verdict-word", ("short",))


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor called the accounts “fake” and a 'matter of human rights'.",
        'The mayor said that "it is all wrong".',
        "The untrustworthy and the misled construed a correction.",
        "The right bank lies in disputed territory with accurate clocks.",
    ],
)
def test_other_peoples_words_and_neutral_ones_are_not(tmp_path: Path, sentence: str) -> None:
    quoted = sentence.replace("'", "''")
    assert warnings(tmp_path, claim(("The bridge cost twice its budget.", f"'{quoted}'"))) == []


def test_a_site_in_another_language_has_the_words_of_its_own_scale(tmp_path: Path) -> None:
    german = {"site.yaml": SETTINGS.replace("label: Fails", "label: Falsch") + "language: de-AT\n"}
    words = claim(("The bridge cost twice its budget.", "Die Rechnung ist falsch, sie ist fake."))
    assert [problem.message for problem in warnings(tmp_path, {**german, **words})] == [
        "`claim` has the verdict word `falsch`"
    ]


NEUTRAL = st.lists(st.sampled_from(["the", "bridge", "cost", "right", "truth", "falsehood", "12"]), max_size=6)


@given(NEUTRAL, st.sampled_from(editorial.VERDICT_WORDS["en"]), NEUTRAL)
def test_each_word_is_found_wherever_it_stands(before: list[str], word: str, after: list[str]) -> None:
    judging = editorial.judging([], "en")
    assert judging.search(" ".join([*before, *after])) is None
    found = judging.search(" ".join([*before, word, *after]))
    assert found is not None
    assert found[0] == word


def test_long_claims_need_a_short_form(tmp_path: Path) -> None:
    fitting, long = "The bridge " + "x" * 64, "The bridge " + "x" * 65
    assert warnings(tmp_path, claim(("The bridge cost twice its budget.", fitting))) == []
    (found,) = warnings(tmp_path, claim(("The bridge cost twice its budget.", long)))
    assert (found.code, found.keys) == ("no-short", ("claim",))
    short = ("rating: fails", "short: The bridge\nrating: fails")
    assert warnings(tmp_path, claim(("The bridge cost twice its budget.", long), short)) == []


def test_quotes_of_more_than_sixty_words_are_too_long(tmp_path: Path) -> None:
    sixty = " ".join(f"word{number}" for number in range(60))
    text = {"content/articles/gazette.md": f"{ARTICLE}\n{sixty} and more.\n"}
    own = "quote: the bridge cost twice what was promised"
    assert warnings(tmp_path, {**text, **claim((own, f"quote: {sixty}"))}) == []
    (found,) = warnings(tmp_path, {**text, **claim((own, f"quote: {sixty} and"))})
    assert (found.code, found.keys) == ("long-quote", ("appearances", 0, "quote"))
    assert found.message == "The quote has 61 words"


def test_quotes_of_the_evidence_are_measured_too(tmp_path: Path) -> None:
    long = claim(("{source: herald-report, ", "{source: herald-report, quote: " + "word " * 61 + ", "))
    (found,) = warnings(tmp_path, long)
    assert (found.code, found.keys) == ("long-quote", ("evidence", 1, "quote"))


def test_marks_of_omission_are_no_words(tmp_path: Path) -> None:
    fifty_nine = " ".join(f"word{number}" for number in range(59))
    text = {"content/articles/gazette.md": f"{ARTICLE}\n{fifty_nine} and then more.\n"}
    own = "quote: the bridge cost twice what was promised"
    assert warnings(tmp_path, {**text, **claim((own, f"quote: {fifty_nine} … more"))}) == []


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("cost twice its budget", "cost\u202e twice its budget", ("claim",)),
        ("rating: fails", "short: A\u2066 bridge\nrating: fails", ("short",)),
        ("not double", "not \u202adouble", ("verdict",)),
        ("quote: the bridge", "quote: the \u2069bridge", ("appearances", 0, "quote")),
        ("source: herald-report", "source: herald-report, quote: \u202cso", ("evidence", 1, "quote")),
        ("not double", "not \u2068دو\u2069\u2069 double", ("verdict",)),
        ("not double", "not \u2067\u202edo\u202cuble\u2069", ("verdict",)),
    ],
)
def test_characters_that_turn_the_direction_are_found(tmp_path: Path, old: str, new: str, keys: Keys) -> None:
    (found,) = warnings(tmp_path, claim((old, new)))
    assert (found.code, found.keys, found.words in new) == ("invisible-character", keys, True)


def test_letters_of_any_direction_and_their_marks_are_not(tmp_path: Path) -> None:
    text = claim(("not double", "not double (\u200eدو برابر\u200f, می\u200cشود)"))  # marks, a zero-width non-joiner
    assert warnings(tmp_path, text) == []


def test_isolates_that_are_closed_set_names_apart(tmp_path: Path) -> None:
    text = claim(("not double", "not double (\u2068دو \u2066Bridge 2\u2069 برابر\u2069, \u2067دو\u2069)"))
    assert warnings(tmp_path, text) == []


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", ["2026-03-03", "2026-04", "2027"])
def test_a_claim_is_made_before_it_is_checked(tmp_path: Path, made: str) -> None:
    (found,) = warnings(tmp_path, claim(("checked:", f"made: {made}\nchecked:")))
    assert (found.code, found.path, found.keys) == ("date-order", CLAIM_PATH, ("made",))


@pytest.mark.parametrize("made", ["2026-03-02", "2026-03", "2026", "2025-12-31"])
def test_as_far_as_both_dates_are_known(tmp_path: Path, made: str) -> None:
    assert warnings(tmp_path, claim(("checked:", f"made: {made}\nchecked:"))) == []


@pytest.mark.parametrize(("published", "codes_found"), [("2026-03-02", ["date-order"]), ("2026-03", []), ("2025", [])])
def test_a_source_is_read_after_it_is_published(tmp_path: Path, published: str, codes_found: list[str]) -> None:
    accounts = ACCOUNTS.replace("type:", f"published: {published}, type:")
    assert codes(warnings(tmp_path, {"content/sources/accounts.yaml": accounts})) == codes_found


def test_a_correction_may_be_older_than_a_check_that_was_made_anew(tmp_path: Path) -> None:
    corrected = ("checked:", "corrections: [{date: 2026-02-27, note: A name.}]\nchecked:")
    assert warnings(tmp_path, claim(corrected)) == []


# --- sources, actors, pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "missing"),
    [
        ("{title: Accounts, publisher: A, type: primary, url: 'https://a.example/', published: 2026}", "accessed"),
        ("{title: Accounts, publisher: A, type: primary, accessed: 2026}", "published"),
    ],
)
def test_sources_have_the_date_that_fits_them(tmp_path: Path, source: str, missing: str) -> None:
    (found,) = warnings(tmp_path, {"content/sources/accounts.yaml": source})
    assert (found.code, found.path) == ("undated-source", "content/sources/accounts.yaml")
    assert found.message == f"The source has no `{missing}` date"


def test_a_page_of_the_web_may_have_no_date_of_its_own_and_a_book_none_of_access(tmp_path: Path) -> None:
    book = "{title: Accounts, publisher: A, type: primary, published: 1998}"
    assert warnings(tmp_path, {"content/sources/accounts.yaml": book}) == []


def test_articles_are_sources_too(tmp_path: Path) -> None:
    undated = {"content/articles/gazette.md": ARTICLE.replace("accessed: 2026-03-01\n", "")}
    assert [(p.code, p.path) for p in warnings(tmp_path, undated)] == [
        ("undated-source", "content/articles/gazette.md")
    ]


UNUSED = {
    "content/sources/spare.yaml": "{title: Spare, type: news, published: 2026}",
    "content/actors/spare.yaml": "{name: Spare Person, kind: person}",
}


def test_what_nobody_uses_is_found(tmp_path: Path) -> None:
    assert [(p.code, p.path) for p in warnings(tmp_path, UNUSED)] == [
        ("unused-actor", "content/actors/spare.yaml"),
        ("unused-source", "content/sources/spare.yaml"),
    ]


def test_an_article_without_claims_is_unused(tmp_path: Path) -> None:
    other = {"content/articles/other.md": ARTICLE}
    assert [(p.code, p.path) for p in warnings(tmp_path, other)] == [("unused-source", "content/articles/other.md")]


USING_BOTH = """\
claim: The bridge is red.
rating: open
verdict: We do not know.
claimants: [spare]
appearances: [{source: spare, quote: red}]
evidence: [{source: accounts, stance: context}, {source: herald-report, stance: context}]
analysis: Nobody looked.
would_change: A look.
checked: 2026-03-02
"""


@pytest.mark.parametrize("status", ["draft", "published", WITHDRAWN])
def test_what_any_claim_uses_is_in_use(tmp_path: Path, status: str) -> None:
    assert warnings(tmp_path, {**UNUSED, "content/claims/red.yaml": f"{USING_BOTH}status: {status}\n"}) == []


@pytest.mark.parametrize(
    "files",
    [
        claim(("best evidence.", "best evidence, see [a](source:spare) and [b](actor:spare).")),
        {"content/pages/methodology.md": "---\ntitle: M\n---\n\n[a][1] [b](actor:spare)\n\n[1]: source:spare\n"},
        {"content/actors/mayor.yaml": "{name: Jane Doe, kind: person, summary: '[a](source:spare), [b](actor:spare)'}"},
    ],
)
def test_what_a_text_links_to_is_in_use(tmp_path: Path, files: dict[str, str]) -> None:
    assert warnings(tmp_path, {**UNUSED, **files}) == []


@pytest.mark.parametrize(
    "files",
    [
        {"content/sources/accounts.yaml": ACCOUNTS.replace("Auditors", "spare")},
        {
            "content/sources/accounts.yaml": ACCOUNTS.replace("type:", "party_to: [spare], type:"),
            **resting_on("herald-report:contradicts"),
        },
        {"content/articles/gazette.md": ARTICLE.replace("type:", "reposted_by: spare\ntype:")},
        {"content/articles/gazette.md": f"{ARTICLE}\nSpare Person was there.\n"},
        {"content/actors/mayor.yaml": "{name: Jane Doe, kind: person, member_of: [{actor: spare}]}"},
        claim(("checked:", "about: [spare]\nchecked:")),
        claim(("checked:", "responses: [{from: spare, date: 2026, note: No answer.}]\nchecked:")),
    ],
)
def test_an_actor_is_used_in_many_ways(tmp_path: Path, files: dict[str, str]) -> None:
    spare = {"content/actors/spare.yaml": UNUSED["content/actors/spare.yaml"]}
    assert "unused-actor" not in codes(warnings(tmp_path, {**spare, **files}))


@pytest.mark.parametrize("name", editorial.POLICIES)
def test_a_site_has_its_policies(tmp_path: Path, name: str) -> None:
    path = f"content/pages/{name}.md"
    (found,) = warnings(tmp_path, {}, drop=(path,))
    assert (found.code, found.path) == ("no-policy", path)


# --- the first site --------------------------------------------------------------------------------------------------


def test_the_first_site_keeps_its_own_rules() -> None:
    assert [str(problem) for problem in whole.reviewed(scratch.site(ROOT))] == []


def test_its_methodology_explains_every_code() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "factsite/reviewing").glob("*.py"))
    used = set(re.findall(r'Problem\(\s*"([a-z-]+)"', code))
    methodology = (ROOT / "content/pages/methodology.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^- `([a-z-]+)`: ", methodology, re.MULTILINE)) == used
