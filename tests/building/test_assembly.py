"""What a build does again after an earlier one: no more than it has to, and no less."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from factsite.auditing import audited
from factsite.auditing.audited import is_clean
from factsite.auditing.marks import Audited, Led
from factsite.building import assembly
from factsite.building.steps import FEW, Made
from factsite.pipeline import Options, build
from factsite.problems import Problem
from factsite.rendering.render import Templates, render_page
from factsite.rendering.templating import ENGINE_TEMPLATES as TEMPLATES
from factsite.views import Page
from factsite.writing.output import Output
from tests import many, scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
BRIDGE, TUNNEL = "content/claims/bridge-cost.yaml", "content/claims/tunnel-cost.yaml"
MANY = {f"claims/c{number}": many.claim(f"It is {number}", "gazette") for number in range(FEW + 5)}
"""More than are worked on in one process, and an article."""
MANY["articles/gazette"] = many.article("Council row", "2026-02-20")
QUICK = "search: false\nshare_images: false\n"
PAGE, DATA = "output/claims/bridge-cost/index.html", "output/data/claims.json"


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that have run, in order."""
    steps: list[str] = []
    look = Made.look

    def noting(made: Made) -> None:
        steps.append(made.step)
        look(made)

    monkeypatch.setattr(Made, "look", noting)
    return steps


def test_an_edit_right_after_a_build_makes_only_its_own_claim_again(tmp_path: Path, ran: list[str]) -> None:
    root = scratch.minimal(tmp_path, {TUNNEL: CLAIM.replace("The bridge cost", "The tunnel cost")})
    for words in ("Once.", "Twice."):
        ran.clear()
        scratch.write(root, {BRIDGE: CLAIM.replace("Other accounts.", words)})
        assert build(Options(root)).ok

    assert [step for step in ran if step.startswith("claim/")] == ["claim/bridge-cost"]
    assert all(name in (root / DATA).read_text() for name in ("The bridge cost", "The tunnel cost", "Twice."))


def test_an_edit_renders_only_the_page_of_a_list_that_shows_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def noting(page: Page, templates: Templates) -> Output | Problem:
        rendered.append(page.path)
        return render_page(page, templates)

    many.site(tmp_path, MANY, settings=QUICK)
    assert build(Options(tmp_path)).ok
    assert (tmp_path / "output/claims/page/2/index.html").exists()

    monkeypatch.setattr("factsite.rendering.render.render_page", noting)
    scratch.write(tmp_path, {"content/claims/c1.yaml": MANY["claims/c1"].replace("It is 1", "It is one")})
    assert build(Options(tmp_path)).ok

    assert [path for path in rendered if path.startswith("claims/page/") or path == "claims/"] == ["claims/"]
    assert "It is one" in (tmp_path / "output/claims/index.html").read_text()


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_a_file_that_was_defaced_right_after_a_build_is_mended(tmp_path: Path, path: str) -> None:
    root = scratch.minimal(tmp_path)
    build(Options(root))
    right = (root / path).read_bytes()
    (root / path).write_bytes(right.replace(b"bridge", b"Bridge"))

    build(Options(root))

    assert (root / path).read_bytes() == right


@pytest.mark.parametrize("processes", [1, 2])
def test_a_site_without_faults_is_audited_file_by_file_and_never_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(assembly, "audit", lambda *_: pytest.fail("the whole site was read back once more"))
    options = Options(tmp_path, processes=processes)
    many.site(tmp_path, MANY, settings=QUICK)

    assert build(options).ok
    scratch.write(tmp_path, {"content/claims/c1.yaml": MANY["claims/c1"].replace("Anybody", "Everybody")})
    assert build(options).ok
    (tmp_path / "content/claims/c2.yaml").unlink()
    assert build(options).ok


@pytest.mark.parametrize("number", [1, FEW])
@pytest.mark.parametrize("link", ["../c1/#nowhere", "../nobody/"])
def test_a_dead_link_is_found_wherever_it_stands_and_whichever_process_met_it(
    tmp_path: Path, link: str, number: int
) -> None:
    many.site(tmp_path, MANY, settings=QUICK)
    template = (TEMPLATES / "claim.html").read_text()
    wrong = f"""{{% if claim.id == "c{number}" %}}<a href="{link}">x</a>{{% endif %}}"""
    scratch.write(tmp_path, {"templates/claim.html": template.replace("</h1>", f"</h1>{wrong}", 1)})

    result = build(Options(tmp_path, processes=2))

    [found] = [problem for problem in result.problems if problem.severity == "error"]
    assert found.code == ("audit-dead-anchor" if "#" in link else "audit-dead-link")
    assert f"`claims/c{number}/`" in found.notes[0]


def test_the_search_index_which_is_made_after_the_audit_does_not_count_as_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[set[bytes], set[bytes]]] = []

    def noting(files: Sequence[Audited], led: Sequence[Led], former: Sequence[Audited]) -> bool:
        asked.append(({file.places for file in files}, {file.places for file in former}))
        return is_clean(files, led, former)

    monkeypatch.setattr(audited, "is_clean", noting)
    root = scratch.minimal(tmp_path)
    for words in ("Once.", "Twice."):
        scratch.write(root, {BRIDGE: CLAIM.replace("Other accounts.", words)})
        assert build(Options(root)).ok

    assert (root / "output/pagefind").is_dir()
    now, former = asked[-1]
    assert former
    assert former <= now
