"""Small sites for tests: the files that matter stand in the test, the rest comes from `tests/sites/minimal`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from factsite.linking.link import link
from factsite.loading.entries import Content
from factsite.loading.load import load
from factsite.pipeline import BuildResult, Options, build
from factsite.problems import Problem, Problems
from factsite.site import Site

SITES = Path(__file__).parent / "sites"
"""Tiny whole sites, one in each folder; in `invalid/`, broken ones."""
GONE = ".gone"
"""Ending of a file, in a folder that is laid over a site, that stands for the absence of the file without it."""

BUILT = (".factsite", "output")
"""What builds leave in a site's folder, also in those above if somebody looked at them."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Files by path, on disk below `root`."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def minimal(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """One claim, one actor and one article below `root`, with some files added or replaced."""
    shutil.copytree(SITES / "minimal", root, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*BUILT))
    return write(root, files or {})


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder by path, but what builds leave in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {path: content for path, content in found.items() if path.partition("/")[0] not in BUILT}


def overlaid(root: Path, folder: Path) -> Path:
    """The minimal site with the files of `folder` laid over it."""
    minimal(root)
    shutil.copytree(folder, root, dirs_exist_ok=True, symlinks=True, ignore=shutil.ignore_patterns("expected.txt"))
    for mark in sorted(root.rglob(f"*{GONE}")):
        mark.unlink()
        mark.with_name(mark.name.removesuffix(GONE)).unlink()
    return root


def checked(root: Path, *, drafts: bool = False, strict: bool = False) -> BuildResult:
    """Everything but writing."""
    return build(Options(root, drafts=drafts, strict=strict, write=False))


def loaded(root: Path) -> tuple[Content, list[Problem]]:
    """The content of a site and what is wrong with its files."""
    problems = Problems()
    return load(root, problems), list(problems)


def linked(root: Path, *, drafts: bool = False, preview: bool = False) -> tuple[Site | None, list[Problem]]:
    """A linked site and everything that is wrong with it."""
    problems = Problems()
    content = load(root, problems)
    return link(content, problems, drafts=drafts, preview=preview), list(problems)


def site(root: Path, *, drafts: bool = False, preview: bool = False) -> Site:
    """A linked site without mistakes."""
    found, problems = linked(root, drafts=drafts, preview=preview)
    assert found is not None
    assert problems == []
    return found
