"""What several files show is made once, although steps take turns."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from factsite import pipeline
from factsite.rendering import jsonld
from factsite.site import Claim
from factsite.views import Chrome
from tests import many

CLAIMS = {f"claims/c{number}": many.claim(f"It is {number}", "gazette") for number in range(60)}


def test_the_review_of_a_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    make = jsonld.claim_review

    def counted(claim: Claim, site: Chrome) -> jsonld.Json:
        made[claim.id] += 1
        return make(claim, site)

    monkeypatch.setattr(jsonld, "claim_review", counted)
    many.site(tmp_path, CLAIMS | {"articles/gazette": many.article("Council row", "2026-02-20")})
    result = pipeline.build(pipeline.Options(tmp_path, processes=1))

    assert result.ok
    assert made == {f"c{number}": 1 for number in range(60)}
