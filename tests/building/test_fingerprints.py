"""The digest of a linked value changes with the files that it is made from, and with no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.building import fingerprints
from factsite.linking.findings import Kept
from factsite.linking.link import link
from factsite.loading.load import load
from factsite.problems import Problems
from factsite.remembering.trace import Digests
from tests import scratch

READS = (
    "claims/bridge-cost",
    "cards/bridge-cost",
    "actors/mayor",
    "sources/accounts",
    "articles/gazette",
    "uses/accounts",
    "highlights/gazette",
    "ratings/false",
    "claims/",
    "claims/*",
)


def of(root: Path) -> Digests:
    problems, kept = Problems(), Kept()
    content = load(root, problems)
    site = link(content, problems, kept)
    assert site is not None
    assert list(problems) == []
    return fingerprints.of(site, content.records, kept)


def changed(root: Path, path: str, before: str, after: str) -> set[str]:
    """What has another digest after a change in a file of the minimal site."""
    old = of(scratch.minimal(root))
    known = {read: old[read] for read in READS}
    text = (root / path).read_text(encoding="utf-8")
    assert before in text
    scratch.write(root, {path: text.replace(before, after, 1)})
    new = of(root)
    return {read for read in READS if new[read] != known[read]}


CLAIM = {"claims/bridge-cost", "claims/*", "uses/accounts", "highlights/gazette"}
"""What a claim is, and is part of."""


@pytest.mark.parametrize(
    ("path", "before", "after", "expected"),
    [
        ("claims/bridge-cost.yaml", "Other accounts.", "Newer accounts.", CLAIM),
        ("claims/bridge-cost.yaml", "twice its budget", "thrice its budget", {*CLAIM, "cards/bridge-cost"}),
        ("actors/mayor.yaml", "kind: person", "kind: person\nsummary: Mayor.", {*CLAIM, "actors/mayor"}),
        ("sources/accounts.yaml", "2026-01", "2026-02", {*CLAIM, "sources/accounts"}),
        ("articles/gazette.md", "again in May", "again in June", {*CLAIM, "articles/gazette"}),
        ("pages/methodology.md", "title: ", "title: Our ", set()),
    ],
)
def test_a_change_shows_where_it_matters_and_nowhere_else(
    tmp_path: Path, path: str, before: str, after: str, expected: set[str]
) -> None:
    assert changed(tmp_path, f"content/{path}", before, after) == expected


def test_of_the_settings_a_claim_has_its_rating_and_its_topics(tmp_path: Path) -> None:
    rating = changed(tmp_path, "site.yaml", "The evidence contradicts it.", "It does not hold.")
    other = changed(tmp_path, "site.yaml", "The evidence supports it.", "It holds.")

    assert {"ratings/false", *CLAIM} <= rating
    assert other == set()
