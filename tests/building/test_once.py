"""What several files show is made once, although steps take turns."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from factsite import pipeline
from factsite.building import steps
from factsite.linking import values
from factsite.rendering import jsonld
from factsite.site import Card, Claim
from factsite.views import Chrome
from tests import many

CLAIMS = {f"claims/c{number}": many.claim(f"It is {number}", "gazette") for number in range(60)}
MANY = {f"claims/c{number}": many.claim(f"It is {number}", "gazette") for number in range(steps.FEW + 5)}
"""More than are worked on in one process."""
ARTICLE = {"articles/gazette": many.article("Council row", "2026-02-20")}


def test_the_review_of_a_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    make = jsonld.claim_review

    def counted(claim: Claim, site: Chrome) -> jsonld.Json:
        made[claim.id] += 1
        return make(claim, site)

    monkeypatch.setattr(jsonld, "claim_review", counted)
    jsonld.review_of.cache_clear()  # an equal claim of another test's site has an equal review
    many.site(tmp_path, CLAIMS | ARTICLE)
    result = pipeline.build(pipeline.Options(tmp_path, processes=1))

    assert result.ok
    assert made == {f"c{number}": 1 for number in range(60)}


def test_cards_are_made_before_there_are_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them are needed in each, by lists and neighbours."""
    log = tmp_path / "made"
    make = values.card

    def logged(key: str, *rest: Any) -> Card:
        with log.open("a") as file:
            file.write(f"{os.getpid()} {key}\n")
        return make(key, *rest)

    many.site(tmp_path, MANY | ARTICLE)
    monkeypatch.setattr(values, "card", logged)
    result = pipeline.build(pipeline.Options(tmp_path, processes=2))

    assert result.ok
    assert sorted(log.read_text().split("\n")[:-1]) == sorted(f"{os.getpid()} c{number}" for number in range(len(MANY)))
