"""What a build is asked to do, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from factsite.problems import Problem

if TYPE_CHECKING:
    from factsite.building.kept import Kept
    from factsite.remembering.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Options:
    """What a build is asked to do."""

    root: Path
    """The folder with site.yaml and content/."""
    output: Path | None = None
    """Where the site is written; None: `output` below the root."""
    base_url: str | None = None
    """In place of the one in site.yaml."""
    drafts: bool = False
    """Drafts are part of the site."""
    preview: bool = False
    """Unpublished paragraphs are shown, and pages say what they come from."""
    strict: bool = False
    """Warnings stop the build."""
    write: bool = True
    """Write the site, if nothing is wrong with it."""
    processes: int = 0
    """How many work at once; 0: one for each core."""
    progress: Callable[[int, int], None] | None = field(default=None, compare=False, repr=False)
    """Told how many steps of how many are done."""
    memory: Kept | None = field(default=None, compare=False, repr=False)
    """What the last build in this process kept; None: it is read from disk, and put there afterwards."""

    @property
    def folder(self) -> Path:
        """Where the site is written."""
        return self.output or self.root / "output"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What came of a build."""

    problems: tuple[Problem, ...]
    """With their lines, by file and line."""
    ok: bool
    output: Path
    base_url: str = ""
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    """Of all files in the output folder, as far as they are old enough to have one."""
    seconds: Mapping[str, float] = field(default_factory=dict)
    """How long each stage took."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many claims, actors, sources, articles and pages there are."""
