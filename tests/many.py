"""Sites with many short claims and articles, for tests of lists and overviews."""

from __future__ import annotations

from pathlib import Path

from factsite.site import Site
from factsite.views import Page
from tests import scratch
from tests.whole import pages


def claim(text: str, *appearances: str, rating: str = "true", more: str = "") -> str:
    """A claim file. An appearance is an article's id, with its stance behind a space: `gazette repeats`."""
    places = [(place.split()[0], (place.split()[1:] or ["asserts"])[0]) for place in appearances]
    listed = "\n".join(f"  - {{article: {article}, quote: so it is, stance: {stance}}}" for article, stance in places)
    return f"""\
claim: {text}
rating: "{rating}"
verdict: Anybody can see it.
claimants: [mayor]
appearances:
{listed}
evidence: [{{source: {places[0][0]}, stance: supports}}]
checked: 2026-03-02
status: published
{more}"""


def article(title: str, published: str, publisher: str = "The Gazette") -> str:
    """An article in which every claim above can be read."""
    return f"---\ntitle: {title}\npublisher: {publisher}\ntype: news\npublished: {published}\n---\n\nAnd so it is.\n"


def site(root: Path, files: dict[str, str], *, settings: str = "", preview: bool = False) -> Site:
    """A site of these claims and articles, by `claims/ID` and `articles/ID`, and of nothing else but an actor.

    `settings` are put below those of the minimal site, whose last ones are the topics.
    """
    names = {f"content/{name}.{'md' if name.startswith('articles/') else 'yaml'}": text for name, text in files.items()}
    scratch.minimal(root, names)
    with (root / "site.yaml").open("a") as file:
        file.write(settings)
    for own in ("claims/bridge-cost.yaml", "articles/gazette.md", "sources/accounts.yaml"):
        if f"content/{own}" not in names:
            (root / "content" / own).unlink()
    return scratch.site(root, drafts=preview, preview=preview)


def shown(site: Site, template: str) -> list[Page]:
    """The pages with a template, in order."""
    return [page for page in pages(site) if page.template == template]
