"""The stages in their order: what a build does, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.pipeline import Options, build
from tests import scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
BRIDGE = "content/claims/bridge-cost.yaml"


def test_a_build_and_a_second_one(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    first = build(Options(root))
    before = scratch.tree(root / "output")
    second = build(Options(root))

    assert first.ok
    assert first.output == root / "output"
    assert first.base_url == "https://checks.example/"
    assert first.counts == {"claims": 1, "actors": 1, "sources": 1, "articles": 1, "pages": 2}
    assert "claims/bridge-cost/index.html" in first.written
    assert (second.written, second.removed) == ((), ())
    assert scratch.tree(root / "output") == before


def test_order_of_the_stages(tmp_path: Path) -> None:
    stages = list(build(Options(scratch.minimal(tmp_path))).seconds)

    wanted = ["load", "link", "render", "audit", "write"]
    assert [stage for stage in stages if stage in wanted] == wanted


def test_a_failed_build_leaves_the_last_site_alone(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    build(Options(root))
    before = scratch.tree(root / "output")
    scratch.write(root, {BRIDGE: CLAIM.replace("twice what", "thrice what")})

    result = build(Options(root))

    assert not result.ok
    assert [(p.code, p.path, p.line) for p in result.problems] == [("quote-not-found", BRIDGE, 8)]
    assert scratch.tree(root / "output") == before


def test_checking_writes_nothing(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    result = scratch.checked(root)

    assert result.ok
    assert not (root / "output").exists()


def test_warnings_stop_strict_builds(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {BRIDGE: CLAIM.replace("not double.", "not #double.")})

    assert scratch.checked(root).ok
    assert not scratch.checked(root, strict=True).ok
    assert not build(Options(root, strict=True)).written


def test_drafts_only_when_asked_for(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"content/claims/draft.yaml": CLAIM.replace("published", "draft")})

    public = build(Options(root, root / "public"))
    everything = build(Options(root, root / "everything", drafts=True))

    assert "claims/draft/index.html" not in public.written
    assert "claims/draft/index.html" in everything.written


def test_another_address(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    result = build(Options(root, base_url="https://other.example/folder"))

    assert result.base_url == "https://other.example/folder"
    page = (root / "output/claims/bridge-cost/index.html").read_text()
    assert "https://other.example/folder/claims/bridge-cost/" in page
    assert "checks.example" not in page
    bad = build(Options(root, base_url="other.example"))
    assert [(p.code, p.path) for p in bad.problems] == [("bad-url", "--base-url")]


def test_a_foreign_output_folder_is_not_touched(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path / "site")
    scratch.write(tmp_path / "mine", {"letter.txt": "Dear …"})

    result = build(Options(root, tmp_path / "mine"))

    assert not result.ok
    assert [problem.code for problem in result.problems] == ["output-foreign"]
    assert scratch.tree(tmp_path / "mine") == {"letter.txt": "Dear …".encode()}


def test_problems_are_in_order_with_their_lines(tmp_path: Path) -> None:
    result = scratch.checked(scratch.overlaid(tmp_path, scratch.SITES / "invalid/many-at-once"))

    places = [(problem.path, problem.line or 0) for problem in result.problems]
    assert len(places) > 3
    assert places == sorted(places)
    assert all(line for _, line in places)
    assert all(problem.source_line for problem in result.problems)


@pytest.mark.parametrize("folder", ["content", "content/claims", "content/articles"])
def test_parts_of_a_site_may_be_missing(tmp_path: Path, folder: str) -> None:
    root = scratch.write(
        tmp_path, {"site.yaml": (scratch.SITES / "empty/site.yaml").read_text(), f"{folder}/.keep": ""}
    )

    assert build(Options(root)).ok


def test_the_root_may_be_named_in_any_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.minimal(tmp_path / "site")
    absolute = build(Options(tmp_path / "site", tmp_path / "one"))
    monkeypatch.chdir(tmp_path)
    relative = build(Options(Path("site"), Path("two")))

    assert absolute.written == relative.written
    assert scratch.tree(tmp_path / "one") == scratch.tree(tmp_path / "two")
