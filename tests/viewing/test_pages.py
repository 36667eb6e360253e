"""Which pages there are, and what each shows."""

from __future__ import annotations

from pathlib import Path

from tests import scratch


def test_a_page_without_summary_is_described_by_its_beginning_wherever_that_is_cut(tmp_path: Path) -> None:
    page = f"---\ntitle: About\n---\n\n{'x' * 199} and so on.\n"

    assert list(scratch.checked(scratch.minimal(tmp_path, {"content/pages/about.md": page})).problems) == []
