"""A whole site made in one go, in memory: what `building.assembly` spreads over steps and remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from factsite import model
from factsite.exporting import data, dictionary, feeds, hosting, listindex, sitemap
from factsite.exporting.exports import COLLECTIONS, frame, of_actor, of_claim
from factsite.problems import Problem, Problems
from factsite.rendering import assets, templating
from factsite.rendering.render import Templates, render_page
from factsite.reviewing import editorial
from factsite.site import Site
from factsite.viewing import pieces
from factsite.viewing.pages import of_step, steps
from factsite.views import Page
from factsite.writing.output import Output


def reviewed(site: Site, drafts: Iterable[model.Claim] = ()) -> Iterator[Problem]:
    """The desk's warnings on what would be published. `drafts`: claims that are not part of the site."""
    rules = editorial.rules(site)
    for claim in site.claims.values():
        yield from editorial.check_claim(claim, rules)
    for source in site.sources.values():
        yield from editorial.check_source(source)
    yield from editorial.check_site(site, drafts)


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    chrome = pieces.chrome(site)
    for step in steps(site):
        yield from of_step(site, chrome, step)


def render(root: Path, shown: Iterable[Page], problems: Problems) -> list[Output]:
    """These pages and every asset. Mistakes in templates are problems, one for each template."""
    published, found = assets.collect(templating.folders(root))
    problems.extend(found)
    templates = Templates(templating.environment(root), {asset.name: asset.path for asset in published}, root)
    outputs = [Output(asset.path, asset.content, f"templates/assets/{asset.name}") for asset in published]
    failed: set[str] = set()
    for page in shown:
        made = render_page(page, templates) if page.template not in failed else None
        if isinstance(made, Problem):
            failed.add(page.template)
            problems.add(made)
        elif made:
            outputs.append(made)
    return outputs


def policies(made: Iterable[Output]) -> dict[str, str]:
    """The policy that the pages below each folder of the root state, by folder; `""` for the home page."""
    return hosting.by_section((o.path, hosting.policy(o.content)) for o in made if o.path.endswith(".html"))


def exports(site: Site, shown: Sequence[Page], made: Sequence[Output]) -> Iterator[Output]:
    """All files besides pages and assets, but for those that are among `made`, the bytes of the pages."""
    own = {output.path for output in made}
    return (output for output in _exports(site, shown, made) if output.path not in own)


def _exports(site: Site, shown: Sequence[Page], made: Sequence[Output]) -> Iterator[Output]:
    chrome = pieces.chrome(site)
    lines: dict[str, list[bytes]] = {path: [] for path in COLLECTIONS}
    for claim in site.claims.values():
        twin, own = of_claim(site, chrome, claim)
        yield twin
        for path, line in own.items():
            lines[path].append(line)
    yield from (output for actor in site.actors.values() for output in of_actor(site, chrome, actor))
    yield from (data.of_source(site, chrome, source) for source in site.sources.values())
    for path, found in lines.items():
        yield Output(path, frame(site, chrome, path, found).around(found), "site.yaml")
    yield from (feeds.of_topic(site, chrome, topic) for topic in site.topics.values())
    yield from dictionary.schemas(chrome.base_url)
    yield from (listindex.output(site), feeds.of_site(site, chrome), feeds.of_corrections(site, chrome))
    yield from sitemap.outputs(site, (page.path for page in shown if sitemap.is_listed(page)), chrome.base_url)
    yield from hosting.outputs(site, chrome.base_url, policies(made))
