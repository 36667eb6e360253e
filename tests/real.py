"""The site of this repository, for tests of what must hold for all that it publishes."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from factsite.linking.link import link
from factsite.loading.load import load
from factsite.problems import Problems
from factsite.urls import page_of
from factsite.writing.output import Output
from tests.whole import pages, render

ROOT = Path(__file__).parent.parent


@cache
def rendered(root: Path = ROOT, *, preview: bool = False) -> dict[str, Output]:
    """Every page and asset of a site by the path of its file; as the preview shows it, with drafts, if asked for."""
    problems = Problems()
    site = link(load(root, problems), problems, drafts=preview, preview=preview)
    assert site is not None
    outputs = render(root, list(pages(site)), problems)
    assert list(problems) == []
    return {output.path: output for output in outputs}


def by_template(outputs: dict[str, Output]) -> dict[str, list[Output]]:
    """The pages by the name of their template, the longest first."""
    found: dict[str, list[Output]] = {}
    for output in sorted(outputs.values(), key=lambda output: -len(output.content)):
        if output.template:
            found.setdefault(output.template.removesuffix(".html"), []).append(output)
    return found


def address(output: Output) -> str:
    """The path of a page."""
    return page_of(output.path)


def copy(root: Path, more: str = "") -> Path:
    """The site's files below `root`, with further lines of site.yaml."""
    shutil.copytree(ROOT / "content", root / "content")
    (root / "site.yaml").write_text((ROOT / "site.yaml").read_text() + more)
    return root
