"""Writing files that are not there yet. Nothing is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from factsite.problems import Problem


def create(root: Path, files: Mapping[str, bytes]) -> list[Problem]:
    """Write files by their paths below `root`; all of them or none, and none over another.

    Every file that is in the way is a problem, and so is what the system refuses.
    """
    made: list[Path] = []
    problems = [_exists(path) for path in files if (root / path).exists() or (root / path).is_symlink()]
    try:
        for path, content in files.items() if not problems else ():
            target = root / path
            _make_folder(root, target.parent)
            with target.open("xb") as file:  # fails if somebody else made it meanwhile, and never follows a link
                made.append(target)
                file.write(content)
    except OSError as error:
        problems.append(_refused(path, error))
        for target in made:
            target.unlink(missing_ok=True)
    return problems


def _make_folder(root: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(0, f"`{folder.name}` is no folder") from None
    if not folder.resolve().is_relative_to(root.resolve()):
        raise OSError(0, "its folder is a link that leads out of the site")


def _exists(path: str) -> Problem:
    return Problem("file-exists", "There is such a file already", path, expected="another id, or no such file")


def _refused(path: str, error: OSError) -> Problem:
    if isinstance(error, FileExistsError):
        return _exists(path)
    message = f"The file cannot be written: {error.strerror or error}"
    return Problem("unwritable", message, path, expected="a folder that may be written to, with room in it")
