"""What is there twice is said at both files."""

from __future__ import annotations

from pathlib import Path

from factsite.problems import Keys, Severity
from factsite.reviewing import doubles
from tests import scratch

MINIMAL = scratch.SITES / "minimal/content"
CLAIM = (MINIMAL / "claims/bridge-cost.yaml").read_text()
ARTICLE = (MINIMAL / "articles/gazette.md").read_text()


def said(root: Path, files: dict[str, str]) -> list[tuple[str, str, Keys | None, tuple[str, ...]]]:
    """Code, path, keys and notes of what is there twice on the minimal site with these files."""
    scratch.minimal(root, files)
    content, problems = scratch.loaded(root)
    assert problems == []
    found = list(doubles.check(content, scratch.site(root).claims))
    assert all(problem.severity is Severity.WARNING and problem.expected for problem in found)
    return [(problem.code, problem.path, problem.keys, problem.notes) for problem in found]


def test_nothing_is_there_twice(tmp_path: Path) -> None:
    assert said(tmp_path, {"content/actors/council.yaml": "{name: Jane Doe Council, kind: government}"}) == []


def test_two_actors_with_one_name(tmp_path: Path) -> None:
    mayor = "{name: Jane O\u2019Doe, kind: person, short: Doe}"
    other = '{name: John Doe, kind: person, aliases: [J. Doe, "Jane O\'Doe"], names: [{text: Doe, lang: de}]}'

    assert said(tmp_path, {"content/actors/mayor.yaml": mayor, "content/actors/other.yaml": other}) == [
        ("shared-name", "content/actors/mayor.yaml", ("name",), ("the other: content/actors/other.yaml",)),
        ("shared-name", "content/actors/other.yaml", ("aliases", 1), ("the other: content/actors/mayor.yaml",)),
        ("shared-name", "content/actors/mayor.yaml", ("short",), ("the other: content/actors/other.yaml",)),
        ("shared-name", "content/actors/other.yaml", ("names", 0, "text"), ("the other: content/actors/mayor.yaml",)),
    ]


def test_an_actor_may_say_its_own_name_twice(tmp_path: Path) -> None:
    assert said(tmp_path, {"content/actors/mayor.yaml": "{name: Doe, kind: person, short: Doe, aliases: [Doe]}"}) == []


def test_two_claims_with_one_sentence(tmp_path: Path) -> None:
    again = CLAIM.replace("twice its budget.", "twice its Budget")

    assert said(tmp_path, {"content/claims/again.yaml": again}) == [
        ("duplicate-claim", "content/claims/again.yaml", ("claim",), ("the other: content/claims/bridge-cost.yaml",)),
        ("duplicate-claim", "content/claims/bridge-cost.yaml", ("claim",), ("the other: content/claims/again.yaml",)),
    ]


def test_drafts_and_withdrawn_claims_may_have_the_sentence_of_another(tmp_path: Path) -> None:
    files = {
        f"content/claims/{status}.yaml": CLAIM.replace("status: published", f"status: {status}")
        for status in ("draft", "withdrawn")
    }
    assert said(tmp_path, files) == []


def test_two_sources_with_one_address(tmp_path: Path) -> None:
    source = "{title: Row, type: news, url: 'http://www.gazette.example/bridge/'}"

    assert said(tmp_path, {"content/sources/row.yaml": source}) == [
        ("duplicate-source", "content/sources/row.yaml", ("url",), ("the other: content/articles/gazette.md",)),
        ("duplicate-source", "content/articles/gazette.md", ("url",), ("the other: content/sources/row.yaml",)),
    ]


def test_other_addresses_are_other_documents(tmp_path: Path) -> None:
    source = "{title: Row, type: news, url: 'https://gazette.example/bridge?page=2'}"
    assert said(tmp_path, {"content/sources/row.yaml": source}) == []
