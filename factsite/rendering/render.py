"""Pages → bytes. A page is rendered from its view and the templates, and from nothing else."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from factsite import urls
from factsite.problems import Problem, Problems, nearest
from factsite.rendering import assets, jsonld, templating
from factsite.views import Page
from factsite.writing.output import Output


@dataclass(frozen=True, slots=True)
class Templates:
    """What is needed to render: the environment and the published paths of the assets."""

    environment: Environment
    assets: Mapping[str, str]
    """Name below `templates/assets/` → published path with a fingerprint."""
    root: Path
    """The site's folder, to name template files relative to it."""


def render(root: Path, pages: Iterable[Page], problems: Problems) -> list[Output]:
    """Every page and asset, rendered. Mistakes in templates are problems, each reported once."""
    published, found = assets.collect(templating.folders(root))
    problems.extend(found)
    templates = Templates(templating.environment(root), {asset.name: asset.path for asset in published}, root)
    outputs = [Output(asset.path, asset.content, f"templates/assets/{asset.name}") for asset in published]
    failed: set[str] = set()
    seen: set[tuple[str, int | None, str]] = set()
    for page in pages:
        if page.template in failed:
            continue
        rendered = render_page(page, templates)
        if isinstance(rendered, Problem):
            failed.add(page.template)
            place = (rendered.path, rendered.line, rendered.message)
            if place not in seen:  # a mistake in base.html is met by every other template
                problems.add(rendered)
            seen.add(place)
        else:
            outputs.append(rendered)
    return outputs


MISTAKES = (
    TemplateError,
    TypeError,
    AttributeError,
    ValueError,
    LookupError,
    ArithmeticError,
    RecursionError,
)
"""What a template can raise by what is written in it."""


def render_page(page: Page, templates: Templates) -> Output | Problem:
    """One page, or what is wrong with its template."""
    try:
        text = templates.environment.get_template(page.template).render(_context(page, templates.assets))
    except MISTAKES as error:
        problem = _explain(error, page, templates)
        if problem is None:
            raise
        return problem
    origin = page.view.origin or _template_path(page.template, templates)
    return Output(urls.file_of(page.path), text.encode(), origin, page.template)


def _context(page: Page, assets: Mapping[str, str]) -> dict[str, object]:
    view = page.view
    base = view.site.base_url
    context: dict[str, object] = {name: getattr(view, name) for name in view.__struct_fields__}
    return context | {
        "path": page.path,
        "root": urls.base_path(base) if page.path == "404.html" else urls.root_of(page.path),
        "canonical": urls.absolute(base, page.path),
        "template": page.template,
        "assets": assets,
        "json_ld": jsonld.blocks(view, page.path),
    }


# --- mistakes in templates -------------------------------------------------------------------------------------------


def _explain(error: Exception, page: Page, templates: Templates) -> Problem | None:
    """The template's mistake; None if the exception does not come from a template and is our own."""
    path, line = _place(error, templates) or ("", None)
    near, expected = "", "names and filters that this page has"
    message = f"{type(error).__name__}: {error}"
    if isinstance(error, TemplateSyntaxError):
        path, line = _template_path(error.name or page.template, templates), error.lineno
        message, expected = str(error.message), "valid Jinja"
    elif isinstance(error, TemplateNotFound):
        path = path or _template_path(page.template, templates)
        message, expected = f"There is no template `{error.name}`", "a file in templates/"
    elif isinstance(error, UnicodeDecodeError):
        path, line = _undecodable(templates) or path, None
        message, expected = "The template is not UTF-8 text", "save the file with the encoding UTF-8"
    elif isinstance(error, UndefinedError):
        name = re.match(r"'(\w+)' is undefined", str(error))
        message = str(error)
        near = nearest(name[1], _context(page, templates.assets)) if name else ""
    if not path:
        return None
    notes = (f"while rendering `{page.path or 'the home page'}`",)
    return Problem("template", message, path, line=line, expected=expected, nearest=near, notes=notes)


def _undecodable(templates: Templates) -> str:
    """The first template file that is not UTF-8; empty if all of them are."""
    for folder in templating.folders(templates.root):
        for path in sorted(folder.rglob("*.html")):
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                return _relative(path, templates)
    return ""


def _place(error: Exception, templates: Templates) -> tuple[str, int] | None:
    """File and line of the innermost template in the traceback: Jinja rewrites its frames to template lines."""
    folders = templating.folders(templates.root)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if any(path.is_relative_to(folder) for folder in folders):
            return _relative(path, templates), frame.lineno or 1
    return None


def _template_path(name: str, templates: Templates) -> str:
    for folder in templating.folders(templates.root):
        if (folder / name).is_file():
            return _relative(folder / name, templates)
    return f"templates/{name}"


def _relative(path: Path, templates: Templates) -> str:
    root = templates.root.resolve()
    resolved = path.resolve()
    engine = templating.ENGINE_TEMPLATES.parent
    for base in (root, engine):
        if resolved.is_relative_to(base):
            return resolved.relative_to(base).as_posix()
    return resolved.as_posix()
