"""The finished files as a whole: every mistake is found, once, with the file at fault."""

import json
from pathlib import Path

import pytest

from factsite.auditing.audit import audit
from factsite.auditing.facts import facts
from factsite.auditing.withheld import Draft
from factsite.pipeline import Options, build
from factsite.problems import Problem
from factsite.site import Site
from factsite.writing.output import Output
from tests import scratch

ROOT = Path(__file__).parents[2]
BASE = "https://checks.example/"
CLAIM = "claims/bridge-cost/index.html"
ORIGIN = "content/claims/bridge-cost.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """One published claim, rated “False”."""
    root = scratch.minimal(tmp_path_factory.mktemp("site"))
    short = (root / ORIGIN).read_text().replace("rating:", "short: Bridge cost double\nrating:")
    return scratch.site(scratch.write(root, {ORIGIN: short}))


def page(
    path: str = "index.html",
    body: str = "",
    head: str = "",
    origin: str = "",
    template: str = "home.html",
    canonical: str = "",
) -> Output:
    """A page without a fault, but for what is added."""
    address = canonical or BASE + path.removesuffix("index.html")
    html = f"""<!doctype html><html lang="en"><head><title>T</title><meta name="description" content="D">
<link rel="canonical" href="{address}">{head}</head>
<body><main><h1>The bridge cost twice its budget.</h1>{body}</main></body></html>"""
    return Output(path, html.encode(), origin or f"templates/{template}", template)


def review(**changes: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": BASE + "claims/bridge-cost/",
        "claimReviewed": "Bridge cost double",
        "datePublished": "2026-03-02",
        "author": {"name": "Bridge desk"},
        "reviewBody": "A sixth more.",
        "reviewRating": {"alternateName": "False"},
        "itemReviewed": {
            "text": "The bridge cost twice its budget.",
            "author": [{"name": "Jane Doe"}],
            "appearance": [{"url": "https://gazette.example/bridge"}],
        },
    }
    return f'<script type="application/ld+json">{json.dumps(data | changes)}</script>'


VERDICT = '<p>Rating: <b>False</b></p><p>A sixth more. <a href="https://gazette.example/bridge">Gazette</a></p>'


def claim_page(body: str = VERDICT, head: str | None = None, path: str = CLAIM) -> Output:
    return page(path, body, review() if head is None else head, ORIGIN, "claim.html")


def found(site: Site, *outputs: Output) -> list[Problem]:
    return list(audit([page(), claim_page(), *outputs], site))


def shown(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(problem.path, problem.code, problem.message) for problem in problems]


def test_a_good_site_has_no_problems(site: Site) -> None:
    assert found(site) == []


def test_a_fault_on_one_page_names_the_content_it_comes_from(site: Site) -> None:
    source = page(
        "sources/a/index.html", '<a href="../../claims/bridge-kost/">x</a>', "", "content/sources/a.yaml", "source.html"
    )

    (problem,) = found(site, source)

    assert problem == Problem(
        "audit-dead-link",
        "There is no `claims/bridge-kost/` on the site",
        "content/sources/a.yaml",
        expected="the address of a page or file of this site",
        nearest="claims/bridge-cost/",
        notes=(
            "on `sources/a/`, made from content/sources/a.yaml with templates/source.html: `../../claims/bridge-kost/`",
        ),
    )


def test_a_fault_on_many_pages_is_reported_once_with_their_template(site: Site) -> None:
    pages = [
        page(
            f"sources/{name}/index.html",
            '<img src="https://cdn.example/x.png">',
            "",
            f"content/sources/{name}.yaml",
            "source.html",
        )
        for name in "abcde"
    ]

    (problem,) = found(site, *pages)

    assert (problem.path, problem.message) == (
        "templates/source.html",
        "`src` of `<img>` makes a request to another host (5 files)",
    )
    assert problem.notes == (
        "on `sources/a/`, made from content/sources/a.yaml with templates/source.html: https://cdn.example/x.png",
        "on `sources/b/`, made from content/sources/b.yaml with templates/source.html: https://cdn.example/x.png",
        "on `sources/c/`, made from content/sources/c.yaml with templates/source.html: https://cdn.example/x.png",
        "and 2 more of the same",
    )


def test_a_fault_in_several_templates_names_them(site: Site) -> None:
    outputs = [page(f"{name}/index.html", '<p style="x">', template=f"{name}.html") for name in ("actors", "sources")]

    (problem,) = found(site, *outputs)

    assert (problem.path, problem.code) == ("templates/actors.html", "audit-inline")
    assert problem.notes[-1] == "pages of several templates have it: templates/actors.html, templates/sources.html"


def test_only_a_template_can_have_forgotten_the_heading(site: Site) -> None:
    claim = claim_page()
    headless = Output(CLAIM, claim.content.replace(b"h1>", b"p>"), claim.origin, claim.template)

    assert shown(list(audit([headless], site))) == [("templates/claim.html", "audit-heading", "The page has no h1")]


def test_assets_and_data_are_read_too(site: Site) -> None:
    outputs = (
        Output(
            "assets/a.css", b"@import 'b.css'; p { background: url(//cdn.example/x.png) }", "templates/assets/a.css"
        ),
        Output(
            "assets/a.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x.example/"/></svg>',
            "templates/assets/a.svg",
        ),
        Output("feed.xml", b"<id>https://checks.example/claims/gone/</id>", "site.yaml"),
    )

    assert shown(found(site, *outputs)) == [
        ("templates/assets/a.css", "audit-foreign-request", "The stylesheet makes a request to another host"),
        ("templates/assets/a.css", "audit-dead-link", "There is no `assets/b.css` on the site"),
        ("templates/assets/a.svg", "audit-foreign-request", "`href` of `<image>` makes a request to another host"),
        ("site.yaml", "audit-dead-link", "There is no `claims/gone/` on the site"),
    ]


def test_anchors_on_other_pages(site: Site) -> None:
    link = page("actors/index.html", '<a href="../#claims">x</a>', origin="content/actors/a.yaml")

    assert shown(found(site, link)) == [
        ("content/actors/a.yaml", "audit-dead-anchor", "The page `./` has no id `claims`")
    ]


@pytest.mark.parametrize("head", ["", '<meta name="robots" content="noindex">'])
def test_a_page_may_name_another_as_canonical_only_if_it_is_not_indexed(site: Site, head: str) -> None:
    card = page("embed/a/index.html", head=head, template="embed.html", canonical=BASE + "claims/bridge-cost/")

    wrong = ("templates/embed.html", "audit-canonical", "The canonical address is not the page's own")
    assert shown(found(site, card)) == ([] if head else [wrong])


@pytest.mark.parametrize(
    ("output", "message"),
    [
        (claim_page(head=""), "The page of a claim that was checked has no ClaimReview"),
        (
            claim_page(path="actors/a/index.html"),
            "There is a ClaimReview on a page that is not that of a published, rated claim",
        ),
        (
            claim_page(head=review(url=BASE)),
            "`url` of the ClaimReview is not the page's own address",
        ),
        (
            claim_page(head=review(claimReviewed="Something else")),
            "`claimReviewed` is neither on the page nor the claim's short form",
        ),
        (
            claim_page(VERDICT.replace("False", "True") + "<li>Another claim: <b>False</b></li>"),
            "The rating of the ClaimReview is not the one that the page shows",
        ),
        (
            claim_page(VERDICT.replace("False", "Wrong")),
            "The page does not show its rating near its beginning",
        ),
    ],
)
def test_a_claim_review_that_does_not_fit_its_page(site: Site, output: Output, message: str) -> None:
    problems = shown(list(audit([page(), output], site)))

    assert ("templates/claim.html", "audit-claim-review", message) in problems


def test_a_claim_that_is_not_rated_needs_no_claim_review(tmp_path: Path) -> None:
    opinion = (scratch.SITES / "minimal" / ORIGIN).read_text().replace('rating: "false"', "rating: opinion")
    site = scratch.site(scratch.minimal(tmp_path, {ORIGIN: opinion}))

    assert shown(list(audit([claim_page(head="")], site))) == []
    assert [problem.code for problem in audit([claim_page()], site)] == ["audit-claim-review"]


def test_what_is_given_away_names_the_file_that_gives_it_and_the_file_it_is_from(site: Site, tmp_path: Path) -> None:
    draft = (scratch.SITES / "minimal" / ORIGIN).read_text().replace("bridge cost", "tunnel cost", 1)
    content, _ = scratch.loaded(scratch.minimal(tmp_path, {"content/claims/tunnel-cost.yaml": draft}))
    entry = content.claims["tunnel-cost"]
    feed = Output("feed.xml", b"<title>The tunnel cost twice its budget.</title>", "site.yaml")

    (problem,) = audit([feed], site, [Draft(entry.id, entry.path, entry.data)])

    assert (problem.path, problem.code) == ("site.yaml", "audit-draft")
    assert (
        problem.message == "The site gives away the draft `tunnel-cost`, written in `content/claims/tunnel-cost.yaml`"
    )


def test_facts_may_be_remembered(site: Site) -> None:
    outputs = [page(), claim_page()]
    remembered = {output.content: facts(output.content) for output in outputs}

    assert list(audit(outputs, site, read=remembered.__getitem__)) == []


# --- the templates themselves ----------------------------------------------------------------------------------------

MORE = {
    "content/claims/bridge-date.yaml": """claim: The bridge opened in May.
rating: "true"
verdict: It did.
claimants: [mayor]
about: [mayor]
made: 2026-05
appearances: [{article: gazette, quote: The council will meet again in May.}]
evidence: [{source: accounts, stance: supports, note: "The [mayor](actor:mayor) signed them."}]
analysis: "See [the other claim](claim:bridge-cost#evidence)."
would_change: Another document.
checked: 2026-03-02
status: published
corrections: [{date: 2026-03-03, note: A typing error., rating_was: "false"}]
related: [bridge-cost]
aliases: [bridge-opening]
""",
    "content/claims/bridge-draft.yaml": """claim: The bridge will be closed for repairs in the autumn of next year.
rating: opinion
verdict: A prediction that nobody can check today.
claimants: [mayor]
appearances: [{article: gazette, quote: The auditors found an overrun of 16 per cent.}]
checked: 2026-03-02
""",
    "content/claims/bridge-withdrawn.yaml": """claim: The bridge is blue.
rating: "false"
verdict: It is green.
claimants: [mayor]
appearances: [{article: gazette, quote: the bridge cost}]
evidence: [{source: accounts, stance: contradicts}]
checked: 2026-03-02
status: withdrawn
""",
    "content/sources/accounts.yaml": """title: “Accounts” & more
type: primary
url: https://audit.example/a.pdf?x=1&y=2
archive_url: https://archive.example/a
party_to: [mayor]
""",
    "content/pages/methodology.md": "---\ntitle: Methodology\n---\n\n# How\n\nWe read [accounts](source:accounts).\n",
}


@pytest.mark.parametrize("base_url", [None, "https://host.example/some/folder"])
@pytest.mark.parametrize("preview", [False, True])
def test_the_templates_pass(tmp_path: Path, preview: bool, base_url: str | None) -> None:
    root = scratch.minimal(tmp_path, MORE)

    result = build(Options(root, base_url=base_url, drafts=preview, preview=preview, write=False))

    assert [problem for problem in result.problems if problem.severity == "error"] == []
    assert "audit" in result.seconds


def test_the_site_of_this_repository_passes() -> None:
    result = build(Options(ROOT, write=False))

    assert [problem for problem in result.problems if problem.code.startswith("audit")] == []
    assert "audit" in result.seconds
