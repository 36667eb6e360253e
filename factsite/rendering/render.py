"""Pages → bytes. A page is rendered from its view and the templates, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment

from factsite import urls
from factsite.problems import Problem
from factsite.rendering import jsonld, mistakes
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

    _paths: dict[str, str] = field(default_factory=dict)

    def path_of(self, name: str) -> str:
        """The file of a template, as problems name it."""
        if name not in self._paths:
            self._paths[name] = mistakes.path_of(name, self.root)
        return self._paths[name]

    def prepare(self, names: Iterable[str]) -> None:
        """Compile the templates among these files, once for all processes that are copies of this one."""
        for name in names:
            if name.endswith(".html"):
                with suppress(*mistakes.MISTAKES):  # which are said of the page that is rendered with it, if any is
                    self.environment.get_template(name)


def render_page(page: Page, templates: Templates) -> Output | Problem:
    """One page, or what is wrong with its template."""
    try:
        text = templates.environment.get_template(page.template).render(_context(page, templates.assets))
    except mistakes.MISTAKES as error:
        shown = f"rendering `{page.path or 'the home page'}`"
        names = _context(page, templates.assets)
        problem = mistakes.explained(error, templates.root, page.template, names, shown)
        if problem is None:
            raise
        return problem
    origin = page.view.origin or templates.path_of(page.template)
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
