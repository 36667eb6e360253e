"""Articles are searched for quotes and names at once, on one core or on several."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import factsite_site
from benchmarks.generate import facts
from factsite.linking import mentions, searching
from factsite.linking.findings import Kept
from factsite.linking.link import link
from factsite.loading.load import load
from factsite.problems import Problem, Problems
from tests import scratch


def linked(root: Path, kept: Kept, processes: int = 1) -> list[Problem]:
    problems = Problems()
    link(load(root, problems), problems, kept, processes=processes)
    return list(problems)


def names(kept: Kept) -> dict[str, list[str]]:
    return {article: [mention.actor for mention in found.mentions] for article, found in kept.named.items()}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is only one process here")
def test_two_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    factsite_site.write(tmp_path, facts(40, seed=4))
    place = tmp_path / "content/claims/claim-000007.yaml"
    place.write_text(place.read_text().replace("quote: '", "quote: 'Nowhere "))
    monkeypatch.setattr(searching, "AT_A_TIME", 1)
    monkeypatch.setattr(searching, "FEW", 1)
    forks: list[None] = []
    os.register_at_fork(before=lambda: forks.append(None))
    one, two = Kept(), Kept()

    problems = linked(tmp_path, one), linked(tmp_path, two, processes=2)

    assert len(forks) >= 2
    assert problems[0] == problems[1]
    assert {problem.code for problem in problems[0]} == {"quote-not-found"}
    assert (one.quotes, one.named, one.names) == (two.quotes, two.named, two.names)
    assert len(one.quotes) == 39
    assert any(names(one).values())


def test_names_are_found_beside_a_wrong_quote_and_not_sought_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
    root = scratch.minimal(tmp_path, {"content/claims/bridge-cost.yaml": claim.replace("16 per cent", "17 per cent")})
    kept = Kept()

    assert [problem.code for problem in linked(root, kept)] == ["quote-not-found"]
    assert names(kept) == {"gazette": ["mayor"]}
    monkeypatch.delattr(mentions, "find")
    scratch.write(root, {"content/claims/bridge-cost.yaml": claim})
    assert linked(root, kept) == []


def test_a_new_name_is_sought_where_it_may_stand(tmp_path: Path) -> None:
    article = "---\ntitle: {}\ntype: news\n---\n\nThe Gazette spoke to Ann Example.\n"
    root = scratch.minimal(tmp_path, {"content/articles/other.md": article.format("Other")})
    kept = Kept()
    linked(root, kept)
    before = dict(kept.named)

    scratch.write(root, {"content/actors/ann.yaml": "name: Ann Example\nkind: person\n"})
    assert linked(root, kept) == []

    assert names(kept)["other"] == ["ann"]
    assert kept.named["gazette"] is before["gazette"]
