"""A new site: the files of `factsite/starter/`, which are a small finished site with one worked example."""

from __future__ import annotations

from pathlib import Path

from factsite.editing import newfiles
from factsite.problems import Problem

STARTER = Path(__file__).parents[1] / "starter"


def begin(folder: Path) -> list[Problem]:
    """Put the starting files into a folder, which is made if it is not there; all of them or none."""
    if folder.exists() and not folder.is_dir():
        return [Problem("file-exists", f"`{folder}` is a file", expected="a folder, or a name that is not taken")]
    present = [name for name in ("site.yaml", "content") if (folder / name).exists()]
    if present:
        message = f"`{folder}` has `{present[0]}` in it already"
        return [Problem("file-exists", message, expected="a folder without a site in it")]
    return newfiles.create(folder, {path: content for path, content in files().items() if _is_wanted(folder, path)})


def files() -> dict[str, bytes]:
    """The starting files by their paths."""
    paths = sorted(path for path in STARTER.rglob("*") if path.is_file())
    return {path.relative_to(STARTER).as_posix(): path.read_bytes() for path in paths}


def _is_wanted(folder: Path, path: str) -> bool:
    """Hidden files that a folder has already, such as `.gitignore`, are left as they are."""
    return not path.startswith(".") or not (folder / path).exists()


def welcome(folder: Path) -> str:
    """What to do with the new site."""
    return "\n".join(
        [
            f"{folder} is a new site, with one example in it.",
            f"  Look at it:       python build.py serve --root {folder}",
            f"  Make it yours:    {folder}/site.yaml, then the pages in {folder}/content/pages/",
            f"  Add a claim:      python build.py new claim --root {folder}",
            f"  Drop the example: delete {folder}/content/*/example-*",
        ]
    )
