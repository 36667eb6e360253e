"""Files for hosts and robots: headers, redirects, sitemap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from factsite.exporting import hosting, sitemap
from factsite.problems import Problems
from factsite.writing.output import Output
from tests import bridges, golden, scratch, whole
from tests.whole import pages, render

GOLDEN = Path(__file__).parents[1] / "golden"
HERE = "https://checks.example/"
MINE = {"claim.html", "embed.html", "data.html"}


def page(path: str, policy: str) -> Output:
    """A rendered page that states a policy."""
    return Output(path, f'<meta http-equiv="Content-Security-Policy" content="{policy}">'.encode(), "")


RENDERED = (
    page("index.html", "default-src &#39;none&#39;"),
    page("404.html", "default-src 'none'"),
    page("about/index.html", "default-src 'none'"),
    page("claims/x/index.html", "default-src 'none'; script-src 'self'"),
    page("embed/x/index.html", "default-src 'none'"),
    page("search/index.html", "script-src 'self' 'wasm-unsafe-eval'"),
)


def rules(content: bytes) -> dict[str, dict[str, str]]:
    """A `_headers` file by pattern."""
    found: dict[str, dict[str, str]] = {}
    for line in content.decode().splitlines():
        if line.startswith("/"):
            headers = found[line] = {}
        else:
            name, value = line.strip().split(": ", 1)
            headers[name] = value
    return found


def test_the_headers_file() -> None:
    written = hosting.headers(whole.policies(RENDERED)).decode()
    golden.compare(GOLDEN / "_headers", (GOLDEN / "_headers").read_text(encoding="utf-8"), written)


def test_no_header_is_given_by_two_rules_that_match_the_same_address() -> None:
    found = rules(hosting.headers(whole.policies(RENDERED)))
    for address in (
        "/",
        "/404.html",
        "/about/",
        "/claims/x/",
        "/embed/x/",
        "/search/",
        "/data/claims.json",
        "/feed.xml",
    ):
        matching = [
            name
            for pattern, headers in found.items()
            if re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), address)
            for name in headers
        ]
        assert len(matching) == len(set(matching)), address


def test_only_cards_may_be_framed() -> None:
    framed = {
        pattern
        for pattern, headers in rules(hosting.headers(whole.policies(RENDERED))).items()
        if "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", "frame-ancestors 'none'")
    }
    assert framed == {"/embed/*"}


def test_headers_say_what_the_pages_say(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    problems = Problems()
    rendered = render(tmp_path, [page for page in pages(site) if page.template in MINE], problems)
    assert list(problems) == []
    found = rules(bridges.exported(site, rendered)["_headers"])
    pages_of_mine = [output for output in rendered if output.path.endswith(".html")]
    assert {output.path.split("/")[0] for output in pages_of_mine} == {"claims", "embed", "data"}
    for output in pages_of_mine:
        (stated,) = etree.HTML(output.content).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        section = output.path.split("/")[0]
        closed = "" if section == "embed" else "; frame-ancestors 'none'"
        assert found[f"/{section}/*"]["Content-Security-Policy"] == stated + closed


def test_redirects_keep_old_addresses_alive(tmp_path: Path) -> None:
    assert bridges.exported(bridges.site(tmp_path))["_redirects"].decode().splitlines() == [
        "/claims/bridge-price/ /claims/bridge-cost/ 301",
        "/claims/bridge-price/index.json /claims/bridge-cost/index.json 301",
        "/embed/bridge-price/ /embed/bridge-cost/ 301",
        "/actors/major/ /actors/mayor/ 301",
        "/actors/major/index.json /actors/mayor/index.json 301",
        "/actors/major/feed.xml /actors/mayor/feed.xml 301",
        "/sources/bridge-audit/ /sources/audit/ 301",
        "/sources/bridge-audit/index.json /sources/audit/index.json 301",
    ]


def test_redirects_lead_to_the_folder_of_the_base_url(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    assert hosting.redirects(site, "https://host.example/some/folder/").startswith(
        b"/claims/bridge-price/ /some/folder/claims/bridge-cost/ 301\n"
    )


def test_a_site_without_former_addresses_has_no_redirects(tmp_path: Path) -> None:
    assert "_redirects" not in bridges.exported(bridges.site(tmp_path, {}))


def test_a_domain_of_its_own(tmp_path: Path) -> None:
    assert "CNAME" not in bridges.exported(bridges.site(tmp_path / "a"))
    settings = (scratch.SITES / "minimal" / "site.yaml").read_text(encoding="utf-8")
    site = bridges.site(tmp_path / "b", {"site.yaml": settings + "cname: checks.example\n"})
    assert bridges.exported(site)["CNAME"] == b"checks.example\n"


def test_robots_find_the_sitemap_and_jekyll_stays_away(tmp_path: Path) -> None:
    files = bridges.exported(bridges.site(tmp_path))
    assert files["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {HERE}sitemap.xml\n"
    assert files[".nojekyll"] == b""


def test_a_newsroom_may_bring_its_own_robots_file(tmp_path: Path) -> None:
    own = Output("robots.txt", b"User-agent: *\nDisallow: /\n", "templates/assets/robots.txt")
    assert "robots.txt" not in bridges.exported(bridges.site(tmp_path), [own])


# --- sitemap ---------------------------------------------------------------------------------------------------------


def addresses(content: bytes) -> dict[str, str | None]:
    """Address below the base URL, and date, of each entry of a sitemap."""
    space = f"{{{sitemap.NAMESPACE}}}"
    found = etree.fromstring(content)
    return {each.findtext(f"{space}loc").removeprefix(HERE): each.findtext(f"{space}lastmod") for each in found}


def test_the_sitemap_has_the_dates_of_the_content(tmp_path: Path) -> None:
    found = addresses(bridges.exported(bridges.site(tmp_path, drafts=True))["sitemap.xml"])
    expected = {
        "": "2026-03-10",
        "claims/": "2026-03-10",
        "claims/bridge-cost/": "2026-03-10",
        "claims/bridge-colour/": "2026-01",
        "claims/bridge-age/": "2026-04-01",
        "actors/mayor/": "2026-03-10",
        "actors/council/": "2026-03-10",
        "sources/audit/": "2026-03-10",
        "sources/speech/": "2026-03-10",
        "topics/money/": "2026-03-10",
        "data/": "2026-03-10",
        "about/": None,
    }
    assert {path: found[path] for path in expected} == expected


def test_a_claim_that_is_called_like_the_pages_of_a_list_does_not_date_them(tmp_path: Path) -> None:
    page = bridges.OTHER.format(claim="The bridge is on page 1.", checked="2026-02", status="published")
    site = bridges.site(tmp_path, bridges.FILES | {"content/claims/page.yaml": page}, drafts=True)

    made = sitemap.outputs(site, ["claims/page/", "claims/page/2/"], HERE)

    assert addresses(next(made).content) == {"claims/page/": "2026-02", "claims/page/2/": "2026-03-10"}


def test_the_sitemap_leaves_out_what_is_not_to_be_found(tmp_path: Path) -> None:
    found = addresses(bridges.exported(bridges.site(tmp_path, drafts=True))["sitemap.xml"])
    assert not any(path.startswith("embed/") for path in found)
    assert "404.html" not in found
    assert "claims/bridge-price/" not in found
    assert "claims/bridge-length/" not in found


def test_a_large_sitemap_is_an_index_of_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(bridges.exported(bridges.site(tmp_path))["sitemap.xml"])
    monkeypatch.setattr(sitemap, "LIMIT", 5)
    files = bridges.exported(bridges.site(tmp_path))
    index = addresses(files["sitemap.xml"])
    assert list(index) == [f"sitemap-{number}.xml" for number in range(1, len(index) + 1)]
    parts = [addresses(files[path]) for path in index]
    assert all(len(part) <= 5 for part in parts)
    assert {path: date for part in parts for path, date in part.items()} == whole
