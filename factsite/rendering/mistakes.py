"""Mistakes in templates as problems: what Jinja raises, with the template's file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.utils import missing

from factsite.loading import files
from factsite.problems import Problem, nearest
from factsite.rendering import templating

MISTAKES = (
    TemplateError,
    TypeError,
    AttributeError,
    ValueError,
    LookupError,
    ArithmeticError,
    RecursionError,
    OSError,
)
"""What a template can raise by what is written in it, or because it cannot be read."""


def explained(error: Exception, root: Path, template: str, names: Iterable[str], shown: str) -> Problem | None:
    """The mistake in a template; None if the exception does not come from a template and is our own.

    `template`: the one that was asked for; `names`: what it is rendered with; `shown`: what it was rendered for.
    """
    path, line = _place(error, root) or ("", None)
    near, expected = "", "names and filters that this page has"
    message = f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateSyntaxError):
        path, line = path_of(error.name or template, root), error.lineno
        message, expected = str(error.message), "valid Jinja"
    elif isinstance(error, TemplateNotFound):
        path = path or path_of(template, root)
        message, expected = f"There is no template `{error.name}`", "a file in templates/"
    elif isinstance(error, UnicodeDecodeError):
        path, line = _undecodable(root) or path, None
        message, expected = "The template is not UTF-8 text", "save the file with the encoding UTF-8"
    elif isinstance(error, OSError):
        path, line = _relative(Path(str(error.filename)), root) if error.filename else "", None
        message, expected = f"The template cannot be read: {error.strerror}", "a file that may be read"
    elif isinstance(error, UndefinedError):
        message = re.sub(r"'(?:\w+\.)*(\w+) object' has no attribute '(.+)'", r"\1 has no field `\2`", str(error))
        near = _meant(error, names)
    if not path:
        return None
    return Problem("template", message, path, line=line, expected=expected, nearest=near, notes=(f"while {shown}",))


def _meant(error: UndefinedError, names: Iterable[str]) -> str:
    """The name that is most like the one that is not there: of the object that was asked for it, or of the page."""
    if not isinstance(error, templating.UnknownNameError) or not isinstance(error.name, str):  # a number names nothing
        return ""
    if error.owner is not missing:
        names = error.owner if isinstance(error.owner, Mapping) else dir(error.owner)
    return nearest(error.name, (name for name in names if not name.startswith("_")))


def _undecodable(root: Path) -> str:
    """The first template file that is not UTF-8; empty if all of them are."""
    for folder in templating.folders(root):
        for path in files.walk(folder):
            if path.suffix not in {".html", ".svg"}:
                continue
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                return _relative(path, root)
    return ""


def _place(error: Exception, root: Path) -> tuple[str, int] | None:
    """File and line of the innermost template in the traceback: Jinja rewrites its frames to template lines."""
    folders = templating.folders(root)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(path.is_relative_to(folder) for folder in folders):
            return _relative(path, root), frame.lineno or 1
    return None


def path_of(name: str, root: Path) -> str:
    """The file of a template, as problems name it."""
    for folder in templating.folders(root):
        if (folder / name).is_file():
            return _relative(folder / name, root)
    return f"templates/{name}"


def _relative(path: Path, root: Path) -> str:
    resolved = path.resolve()
    for base in (root.resolve(), templating.ENGINE_TEMPLATES.parent):
        if resolved.is_relative_to(base):
            return resolved.relative_to(base).as_posix()
    return resolved.as_posix()
