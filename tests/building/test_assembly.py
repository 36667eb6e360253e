"""What a build does again after an earlier one: no more than it has to, and no less."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.building import assembly
from factsite.building.steps import Made
from factsite.pipeline import Options, build
from tests import scratch

CLAIM = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
BRIDGE, TUNNEL = "content/claims/bridge-cost.yaml", "content/claims/tunnel-cost.yaml"
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


@pytest.mark.parametrize("path", [PAGE, DATA])
def test_a_file_that_was_defaced_right_after_a_build_is_mended(tmp_path: Path, path: str) -> None:
    root = scratch.minimal(tmp_path)
    build(Options(root))
    right = (root / path).read_bytes()
    (root / path).write_bytes(right.replace(b"bridge", b"Bridge"))

    build(Options(root))

    assert (root / path).read_bytes() == right


def test_a_site_without_faults_is_audited_file_by_file_and_never_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "audit", lambda *_: pytest.fail("the whole site was read back once more"))
    root = scratch.minimal(tmp_path)

    assert build(Options(root)).ok
    scratch.write(root, {TUNNEL: CLAIM.replace("The bridge cost", "The tunnel cost")})
    assert build(Options(root)).ok
    (root / TUNNEL).unlink()
    assert build(Options(root)).ok
