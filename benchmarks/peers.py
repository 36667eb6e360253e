"""The two generators: how each is told to build, and what is edited before it is told so again."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import factsite_site, hugo_site
from benchmarks.generate import Facts
from benchmarks.measure import Run, run

ENGINE = Path(__file__).resolve().parents[1]
EDITS = ("claim", "actor", "template", "settings")
"""One claim's verdict and reasoning, one actor's name, the claims' template, the site's title."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As on an editor's machine: Python keeps what it has compiled, ourselves and the engine's templates."""
ENVIRONMENT["PYTHONPATH"] = str(ENGINE)


@dataclass(slots=True)
class Peer:
    """A generator with a site of its own."""

    name: str
    root: Path
    command: list[str]
    output: str
    """Its folder, below the root."""
    kept: tuple[str, ...]
    """Folders that a cold build must not find."""
    edited: Mapping[str, tuple[str, str, str]]
    """For each edit the file, a text in it, and what is put in front of that."""
    number: int = field(default=0)
    is_built: bool = field(default=False)
    """Whether the site on disk is that of the content."""

    def forget(self) -> None:
        """Put away all that earlier builds left.

        It is not removed: ext4 without a journal does not use the inode numbers of removed files again for some
        minutes, and passes over them one by one whenever a new file is made.
        """
        self.is_built = False
        for folder in (self.output, *self.kept):
            if (self.root / folder).exists():
                away = tempfile.mkdtemp(prefix="gone-", dir=self.root.parent)
                (self.root / folder).rename(Path(away, "folder"))

    def build(self, *, memory: bool = False) -> Run:
        """Build the site once, when what was written before is on its disk, so that no build waits for another one."""
        self.is_built = True
        if hasattr(os, "sync"):
            os.sync()
        return run(self.command, self.root, ENVIRONMENT, memory=memory)

    def edit(self, name: str) -> str:
        """Make an edit that no build has seen; what the page will say."""
        self.number += 1
        self.is_built = False
        path, before, prefix = self.edited[name]
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        mark = f"{prefix}{self.number} "
        at = text.index(before) + len(before)
        file.write_text(text[:at] + mark + text[at:], encoding="utf-8")
        return mark.strip()

    def size(self) -> tuple[int, float]:
        """Files and megabytes of the finished site."""
        files = [path for path in (self.root / self.output).rglob("*") if path.is_file()]
        return len(files), sum(path.stat().st_size for path in files) / 1e6


def ours(root: Path, facts: Facts) -> Peer:
    """Our generator."""
    factsite_site.write(root, facts)
    (root / "templates").mkdir()
    shutil.copyfile(ENGINE / "templates/claim.html", root / "templates/claim.html")
    edited = {
        "claim": ("content/claims/claim-000005.yaml", "verdict: '", "Edited "),
        "actor": ("content/actors/actor-00002.yaml", "name: ", "Renamed "),
        "template": ("templates/claim.html", "{% block main %}", "<!-- edited -->"),
        "settings": ("site.yaml", "title: ", "Edited "),
    }
    command = [sys.executable, str(ENGINE / "build.py"), "build", "--root", "."]
    return Peer("factsite", root, command, "output", (".factsite",), edited)


def hugo(root: Path, facts: Facts) -> Peer:
    """The peer."""
    hugo_site.write(root, facts)
    edited = {
        "claim": ("content/claims/claim-000005.md", 'verdict: "', "Edited "),
        "actor": ("content/actors/actor-00002.md", 'title: "', "Renamed "),
        "template": ("layouts/claims/page.html", '{{ define "main" }}', "<!-- edited -->"),
        "settings": ("hugo.json", '"title": "', "Edited "),
    }
    return Peer("Hugo", root, [hugo_program(), "--quiet"], "public", ("resources", ".hugo_build.lock"), edited)


def hugo_program() -> str:
    """Hugo itself, not the Python script around it. Raises SystemExit without it."""
    found = sorted(ENGINE.glob(".venv-bench/lib/python*/site-packages/hugo/binaries/hugo"))
    program = os.environ.get("HUGO") or (str(found[0]) if found else shutil.which("hugo"))
    if not program:
        sys.exit("Hugo is not installed: `make bench` does it, from requirements/bench.txt")
    return program


MAKERS: Mapping[str, Callable[[Path, Facts], Peer]] = {"factsite": ours, "Hugo": hugo}
