"""The site that `init` makes: it builds at once, without a warning, and also when its example is gone or changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from factsite.editing import starter
from factsite.pipeline import Options, build
from tests import scratch

EXAMPLE = "content/claims/example-bridge-cost.yaml"


def test_a_new_site_builds_without_warnings(tmp_path: Path) -> None:
    assert starter.begin(tmp_path / "new/site") == []

    result = build(Options(tmp_path / "new/site", strict=True))

    assert result.problems == ()
    assert result.counts == {"claims": 1, "actors": 1, "sources": 2, "articles": 1, "pages": 2}
    assert "claims/example-bridge-cost/index.html" in result.written


WITHDRAWN = "withdrawn\ncorrections: [{date: 2026-03-09, note: Nobody had claimed it.}]"


@pytest.mark.parametrize("status", ["draft", WITHDRAWN])
def test_the_example_is_free_of_warnings_in_every_state(tmp_path: Path, status: str) -> None:
    starter.begin(tmp_path)
    example = (tmp_path / EXAMPLE).read_text()
    scratch.write(tmp_path, {EXAMPLE: example.replace("status: published", f"status: {status}")})

    assert scratch.checked(tmp_path, strict=True).problems == ()


def test_without_its_example_the_site_is_empty_and_builds(tmp_path: Path) -> None:
    starter.begin(tmp_path)
    for file in tmp_path.glob("content/*/example-*"):
        file.unlink()

    result = scratch.checked(tmp_path, strict=True)

    assert result.problems == ()
    assert result.counts == {"claims": 0, "actors": 0, "sources": 0, "articles": 0, "pages": 2}


def test_all_files_of_the_example_go_by_one_name() -> None:
    content = {path for path in starter.files() if path.startswith("content/") and "/pages/" not in path}

    assert len(content) == 5
    assert all(path.split("/")[2].startswith("example-") for path in content)


def test_a_folder_with_other_files_is_kept_as_it_is(tmp_path: Path) -> None:
    """As a Git host makes a new repository."""
    scratch.write(tmp_path, {".git/config": "git", "README.md": "mine", ".gitignore": "mine"})

    assert starter.begin(tmp_path) == []
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert (tmp_path / "README.md").read_text() == "mine"
    assert (tmp_path / "site.yaml").exists()


@pytest.mark.parametrize("name", ["site.yaml", "content/claims/mine.yaml", "thesis.txt"])
def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path, name: str) -> None:
    scratch.write(tmp_path, {name: "mine"})
    before = sorted(tmp_path.rglob("*"))

    assert [problem.code for problem in starter.begin(tmp_path)] == ["file-exists"]
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_in_the_way_is_listed_as_far_as_anybody_wants_to_read(tmp_path: Path) -> None:
    scratch.write(tmp_path, {f"{number}.txt": "" for number in range(1, 8)})

    (problem,) = starter.begin(tmp_path)
    assert problem.message.endswith("it has `1.txt`, `2.txt`, `3.txt`, `4.txt`, `5.txt` in it and 2 more")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert [problem.code for problem in starter.begin(tmp_path / "file")] == ["file-exists"]


def test_what_is_next_can_be_copied_whatever_the_folder_is_called() -> None:
    assert "python build.py serve --root 'my checks'\n" in starter.welcome(Path("my checks"))
