"""A new site: the files of `factsite/starter/`, which are a small finished site with one worked example."""

from __future__ import annotations

import shlex
from pathlib import Path

from factsite.editing import newfiles
from factsite.loading.files import is_ignored
from factsite.problems import Problem

STARTER = Path(__file__).parents[1] / "starter"
HARMLESS = ("README", "LICENSE", "LICENCE")
"""What Git hosts put into a new repository, besides hidden files."""
SHOWN = 5
"""Names that a message lists."""


def begin(folder: Path) -> list[Problem]:
    """Put the starting files into a folder, which is made if it is not there; all of them or none."""
    if folder.exists() and not folder.is_dir():
        return [Problem("file-exists", f"`{folder}` is a file", expected="a folder, or a name that is not taken")]
    present = sorted(path.name for path in folder.glob("*") if not _is_harmless(path.name))
    if present:
        message = f"`{folder}` is not empty: it has {', '.join(f'`{name}`' for name in present[:SHOWN])} in it"
        message += f" and {len(present) - SHOWN} more" * (len(present) > SHOWN)
        return [Problem("file-exists", message, expected="a new folder, or a new repository")]
    return newfiles.create(folder, {path: content for path, content in files().items() if _is_wanted(folder, path)})


def _is_harmless(name: str) -> bool:
    return is_ignored(name) or name.partition(".")[0].upper() in HARMLESS


def files() -> dict[str, bytes]:
    """The starting files by their paths."""
    paths = sorted(path for path in STARTER.rglob("*") if path.is_file())
    return {path.relative_to(STARTER).as_posix(): path.read_bytes() for path in paths}


def _is_wanted(folder: Path, path: str) -> bool:
    """Hidden files that a folder has already, such as `.gitignore`, are left as they are."""
    return not path.startswith(".") or not (folder / path).exists()


def welcome(folder: Path) -> str:
    """What to do with the new site."""
    quoted = shlex.quote(str(folder))
    return "\n".join(
        [
            f"{folder} is a new site, with one example in it.",
            f"  Look at it:       python build.py serve --root {quoted}",
            f"  Make it yours:    {folder}/site.yaml, then the pages in {folder}/content/pages/",
            f"  Add a claim:      python build.py new claim --root {quoted}",
            f"  Drop the example: delete {folder}/content/*/example-*",
        ]
    )
