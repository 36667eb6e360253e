"""Pages → bytes. A page is rendered from its view and the templates, and from nothing else."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jinja2 import Environment, TemplateError, TemplateNotFound, TemplateSyntaxError

from factsite import jsonld, templating, urls
from factsite.output import Output
from factsite.pieces import Page
from factsite.problems import Problem, Problems

PLAIN_ASSETS = ("favicon.ico", "robots.txt")
"""Assets whose names are fixed by convention, so they are published as they are."""


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
    assets = list(_assets(root))
    templates = Templates(templating.environment(root), {name: path for name, path, _ in assets}, root)
    outputs = [Output(path, content, f"templates/assets/{name}") for name, path, content in assets]
    failed: set[str] = set()
    for page in pages:
        if page.template in failed:
            continue
        rendered = render_page(page, templates)
        if isinstance(rendered, Problem):
            failed.add(page.template)
            problems.add(rendered)
        else:
            outputs.append(rendered)
    return outputs


def _assets(root: Path) -> Iterator[tuple[str, str, bytes]]:
    """Name, published path and content of each asset, the site's own before ours."""
    found: dict[str, Path] = {}
    for folder in templating.folders(root):
        base = folder / "assets"
        for path in sorted(base.rglob("*")) if base.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                found.setdefault(path.relative_to(base).as_posix(), path)
    for name, path in sorted(found.items()):
        content = path.read_bytes()
        yield name, _published(name, content), content


def _published(name: str, content: bytes) -> str:
    """`style.css` → `assets/style.1a2b3c4d.css`, so that hosts may cache it for ever."""
    if name in PLAIN_ASSETS:
        return name
    path = PurePosixPath("assets") / name
    digest = hashlib.blake2b(content, digest_size=5).hexdigest()
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


def render_page(page: Page, templates: Templates) -> Output | Problem:
    """One page, or what is wrong with its template."""
    try:
        text = templates.environment.get_template(page.template).render(_context(page, templates.assets))
    except (TemplateError, TypeError, AttributeError, ValueError, KeyError, LookupError) as error:
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
    shown = f"while rendering `{page.path or 'the home page'}`"
    if isinstance(error, TemplateNotFound):
        message = f"There is no template `{error.name}`"
        return Problem(
            "template",
            message,
            _template_path(page.template, templates),
            notes=(shown,),
            expected="a file in templates/",
        )
    if isinstance(error, TemplateSyntaxError):
        path = _template_path(error.name or page.template, templates)
        return Problem("template", f"{error.message}", path, line=error.lineno, notes=(shown,), expected="valid Jinja")
    place = _place(error, templates)
    if place is None:
        return None
    path, line = place
    return Problem(
        "template",
        f"{type(error).__name__}: {error}",
        path,
        line=line,
        notes=(shown,),
        expected="names and filters that this page has",
    )


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
