"""What the last build left behind counts only while it is as the build left it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from factsite.remembering import lastbuild, stamps
from factsite.remembering.stamps import Stamp
from factsite.writing.folder import MANIFEST

OLD = 1_000_000_000_000_000_000
INPUTS = b"inputs"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Two files with their manifest."""
    folder = tmp_path / "output"
    folder.mkdir()
    for name in (MANIFEST, "a.html", "b.html"):
        (folder / name).write_text(name)
    return folder


def keep(output: Path, left: dict[str, Stamp]) -> Path:
    place = output.parent / "kept"
    lastbuild.keep(place, INPUTS, [], "", {}, output, left)
    return place


def stamp(path: Path) -> Stamp:
    return stamps.of(path.lstat())


def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """So long after the files were written that all stamps can be trusted."""
    now = stamps.now() + 10 * stamps.TICK
    monkeypatch.setattr(stamps, "now", lambda: now)


def test_a_file_counts_as_it_was_when_it_was_written(output: Path) -> None:
    left = {name: stamp(output / name) for name in ("b.html", "a.html")}
    place = keep(output, left)

    assert lastbuild.unchanged(place, INPUTS, output)
    assert list(lastbuild.unchanged(place, INPUTS, output).files) == ["a.html", "b.html"]  # type: ignore[union-attr]


def test_a_file_that_others_change_before_the_build_has_ended_does_not_count(output: Path) -> None:
    left = {"a.html": stamp(output / "a.html")}
    (output / "a.html").write_text("changed")
    os.utime(output / "a.html", ns=(OLD, OLD))

    assert lastbuild.unchanged(keep(output, left), INPUTS, output) is None


@pytest.mark.parametrize("is_late", [True, False])
def test_a_stamp_that_was_unsure_is_taken_anew(output: Path, monkeypatch: pytest.MonkeyPatch, is_late: bool) -> None:
    if is_late:
        late(monkeypatch)
    place = keep(output, {"a.html": stamps.UNSURE})

    assert bool(lastbuild.unchanged(place, INPUTS, output)) == is_late
