"""What counts as a change of a site, and when it is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from factsite.previewing.changes import Changes, Snapshot, snapshot
from factsite.previewing.preview import TreeWatcher
from tests import scratch


def site(root: Path, *files: str) -> Path:
    return scratch.write(root, dict.fromkeys(("site.yaml", "content/claims/a.yaml", *files), "x"))


def told(changes: Changes, root: Path) -> list[str]:
    """What two looks in a row tell, as relative paths."""
    assert changes.poll() == []
    return [Path(path).relative_to(root).as_posix() for path in changes.poll()]


def rename(root: Path) -> None:
    (root / "content/claims/a.yaml").rename(root / "content/claims/b.yaml")


def restore_an_old_file(root: Path) -> None:
    scratch.write(root, {"content/claims/old.yaml": "x"})
    os.utime(root / "content/claims/old.yaml", (1, 1))


def write_with_the_same_size_and_date(root: Path) -> None:
    path = root / "content/claims/a.yaml"
    date = path.stat().st_mtime_ns
    (root / "new").write_text("y")
    os.utime(root / "new", ns=(date, date))
    (root / "new").replace(path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: (root / "content/claims/a.yaml").write_text("longer"), ["content/claims/a.yaml"]),
        (lambda root: (root / "content/claims/a.yaml").unlink(), ["content/claims/a.yaml"]),
        (lambda root: (root / "site.yaml").write_text("longer"), ["site.yaml"]),
        (lambda root: (root / "site.yaml").unlink(), ["site.yaml"]),
        (rename, ["content/claims/a.yaml", "content/claims/b.yaml"]),
        (lambda root: scratch.write(root, {"content/new/deep/b.md": "x"}), ["content/new/deep/b.md"]),
        (lambda root: scratch.write(root, {"templates/assets/x.css": "x"}), ["templates/assets/x.css"]),
        (restore_an_old_file, ["content/claims/old.yaml"]),
        (write_with_the_same_size_and_date, ["content/claims/a.yaml"]),
        (lambda root: shutil.rmtree(root / "content"), ["content", "content/claims/a.yaml"]),
        (lambda root: (root / "content/link").symlink_to(root / "content"), ["content/link"]),
        (lambda root: scratch.write(root, {"content/claims/.a.yaml.swp": "x", "content/.git/x": "x"}), []),
        (lambda root: scratch.write(root, {"output/index.html": "x", ".factsite/preview/x": "x"}), []),
        (lambda root: None, []),
    ],
)
def test_every_kind_of_change_is_seen_once(
    tmp_path: Path, change: Callable[[Path], object], expected: list[str]
) -> None:
    root = site(tmp_path)
    changes = Changes(lambda: snapshot(root))
    change(root)

    assert told(changes, root) == expected
    assert told(changes, root) == []


def test_our_own_templates_are_watched_too(tmp_path: Path) -> None:
    assert any(path.endswith("templates/base.html") for path in snapshot(site(tmp_path)))


def test_a_burst_is_told_once_when_it_is_over() -> None:
    states: list[Snapshot] = [{}, {"a": (1, 1, 1)}, {"a": (1, 1, 1), "b": (1, 1, 1)}, {"a": (2, 1, 1), "b": (1, 1, 1)}]
    looks = iter([*states, states[-1], states[-1]])
    changes = Changes(lambda: next(looks))

    assert [changes.poll() for _ in range(5)] == [[], [], [], ["a", "b"], []]


def test_a_change_that_is_taken_back_is_none() -> None:
    looks = iter([{"a": (1, 1, 1)}, {"a": (2, 1, 1)}, {"a": (1, 1, 1)}, {"a": (1, 1, 1)}])
    changes = Changes(lambda: next(looks))

    assert [changes.poll() for _ in range(3)] == [[], [], []]


def test_changes_during_a_build_lead_to_the_next_one(tmp_path: Path) -> None:
    root = site(tmp_path)
    changes = Changes(lambda: snapshot(root))
    built: list[list[str]] = []

    def rebuild(changed: list[str]) -> bool:
        built.append(changed)
        if len(built) == 1:
            scratch.write(root, {"content/claims/b.yaml": "x"})
        return True

    watcher = TreeWatcher(changes, rebuild)
    scratch.write(root, {"content/claims/a.yaml": "changed"})
    for _ in range(6):
        watcher.examine()

    assert built == [[str(root / "content/claims/a.yaml")], [str(root / "content/claims/b.yaml")]]


def test_browsers_hear_of_a_change_only_if_pages_differ_and_never_a_file_name(tmp_path: Path) -> None:
    root = site(tmp_path)
    outcomes = iter([False, True])
    watcher = TreeWatcher(Changes(lambda: snapshot(root)), lambda _: next(outcomes))
    heard = []
    for text in ("one", "three"):
        scratch.write(root, {"content/claims/a.yaml": text})
        heard += [watcher.examine(), watcher.examine()]

    assert heard == [(None, None), (None, None), (None, None), ("*", None)]
