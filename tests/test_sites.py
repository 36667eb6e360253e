"""Tiny whole sites: those in order are built, and those with mistakes get exactly the problems of their `expected.txt`.

`UPDATE_EXPECTED=1 .venv/bin/pytest -n0 tests/test_sites.py` writes these files anew. Look at the difference: each is
what an editor reads.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from factsite.pipeline import BuildResult, Options, build
from factsite.reporting import report
from factsite.urls import base_path
from tests import golden, scratch

VALID = ("minimal", "empty", "unusual")
SECRETS = ("Zwetschgenröster", "Quittenmus", "این بند")
"""Words of a draft and of paragraphs that are not published, on the site `unusual`."""
INVALID = sorted(path for path in (scratch.SITES / "invalid").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", INVALID, ids=lambda folder: folder.name)
def test_mistakes_are_said(folder: Path, tmp_path: Path) -> None:
    root = scratch.overlaid(tmp_path, folder)
    expected = folder / "expected.txt"

    result = scratch.checked(root)

    assert not result.written
    golden.compare(expected, expected.read_text() if expected.exists() else "", report.text(result.problems))


@pytest.fixture(scope="module", params=VALID)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, BuildResult, Path]:
    """One of the sites in order: its name, what came of the build, and its folder."""
    root = tmp_path_factory.mktemp(request.param) / "site"
    shutil.copytree(scratch.SITES / request.param, root)
    return request.param, build(Options(root)), root


def test_sites_in_order_have_no_mistakes(built: tuple[str, BuildResult, Path]) -> None:
    _, result, _ = built

    assert [problem for problem in result.problems if problem.severity == "error"] == []
    assert result.written


def test_a_second_build_writes_nothing(built: tuple[str, BuildResult, Path]) -> None:
    _, first, root = built

    second = build(Options(root))

    assert (second.written, second.removed) == ((), ())
    assert sorted(second.unchanged) == sorted(first.written)


def test_every_link_and_anchor_leads_somewhere(built: tuple[str, BuildResult, Path]) -> None:
    _, result, _ = built
    pages = {page.url: page for page in read(result)}

    for page in pages.values():
        for target in page.links:
            address, _, anchor = target.partition("#")
            assert address in pages or (result.output / local(address, result)).is_file(), f"{page.url}: {target}"
            assert not anchor or unquote(anchor) in pages[address].ids, f"{page.url}: {target}"


def test_no_page_asks_another_host_for_anything(built: tuple[str, BuildResult, Path]) -> None:
    for page in read(built[1]):
        assert page.requests == []


def test_nothing_unpublished_is_in_any_file(built: tuple[str, BuildResult, Path]) -> None:
    _, result, _ = built

    for path in result.output.rglob("*"):
        if path.is_file():
            assert not [word for word in SECRETS if word.encode() in path.read_bytes()], path


class Page:
    """What a browser would find on a page."""

    def __init__(self, url: str, content: bytes) -> None:
        soup = BeautifulSoup(content, "lxml")
        host = urlsplit(url).netloc
        self.url = url
        self.ids = {str(tag["id"]) for tag in soup.select("[id]")}
        hrefs = [urljoin(url, str(tag["href"])) for tag in soup.select("a[href], link[href]")]
        self.links = [href for href in hrefs if urlsplit(href).netloc == host]
        sources = [str(tag["src"]) for tag in soup.select("[src]")]
        sources += [str(tag["href"]) for tag in soup.select("link[rel=stylesheet], link[rel=icon], link[rel=preload]")]
        self.requests = [source for source in sources if urlsplit(source).netloc]


def read(result: BuildResult) -> Iterator[Page]:
    """The pages, read back from disk by another parser than the audit's; the preview of a card for other sites too."""
    for path in sorted(result.output.rglob("*.html")):
        name = path.relative_to(result.output).as_posix()
        url = urljoin(result.base_url.rstrip("/") + "/", name.removesuffix("index.html"))
        yield Page(url, path.read_bytes())


def local(address: str, result: BuildResult) -> str:
    """The file behind an address of the site."""
    return unquote(urlsplit(address).path.removeprefix(base_path(result.base_url)))


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("unusual") / "site"
    shutil.copytree(scratch.SITES / "unusual", root)
    assert build(Options(root)).ok
    return root / "output"


def soup(folder: Path, path: str) -> BeautifulSoup:
    return BeautifulSoup((folder / path / "index.html").read_bytes(), "lxml")


def words(page: BeautifulSoup, selector: str = "main") -> str:
    return " ".join(" ".join(tag.get_text(" ") for tag in page.select(selector)).split())


def test_an_unusual_article(unusual: Path) -> None:
    page = soup(unusual, "sources/column")

    passage = page.select_one("main mark")
    assert passage is not None
    paragraph = passage.find_parent("p")
    assert paragraph is not None
    ends = [str(link.extract()["href"]) for link in paragraph.select('a[href^="#note-"]')]
    assert ends == ["#note-2", "#note-1"]  # the nested quote ends first; a third one goes on further down
    assert paragraph.get_text() == (
        "Hossein says that “the Front, that is the Popular\u00a0Front, came first,” he said.  It never came first."
    )
    assert page.select_one('a[href="../../actors/popular-front/"]') is not None


def test_an_article_of_which_only_quotes_may_be_shown(unusual: Path) -> None:
    shown = words(soup(unusual, "sources/farsi"))

    assert "جبهه مردم" in shown
    assert "هرگز نیامد" not in shown


def test_redirects_and_withdrawn_claims(unusual: Path) -> None:
    for old, new in {
        "claims/old-nested": "claims/nested",
        "claims/older-nested": "claims/nested",
        "actors/frontists": "actors/front",
        "sources/old-speech": "sources/speech",
    }.items():
        page = soup(unusual, old)
        link = page.select_one(f'a[href$="/{new}/"]')
        assert link is not None, old
    assert "This was withdrawn." in words(soup(unusual, "claims/withdrawn"))
    assert "This was withdrawn." not in words(soup(unusual, "claims"))
    assert not (unusual / "claims/draft").exists()


def test_a_template_of_ones_own(unusual: Path) -> None:
    page = BeautifulSoup((unusual / "404.html").read_bytes(), "lxml")

    assert words(page) == "Page not found A template of this site: home ."
    assert [str(link["href"]) for link in page.select("main a")] == ["/some/folder/"]


def test_ratings_of_ones_own(unusual: Path) -> None:
    shown = words(soup(unusual, "ratings"))

    assert shown.index("Bunk") < shown.index("Sound") < shown.index("So it is said")
    claim = words(soup(unusual, "claims/nested"))
    assert "Bunk" in claim
    assert "So it is said" in claim  # before it was corrected


def test_an_empty_site_says_that_it_is_empty(tmp_path: Path) -> None:
    result = build(Options(scratch.write(tmp_path, {"site.yaml": (scratch.SITES / "empty/site.yaml").read_text()})))

    assert result.ok
    assert result.counts["claims"] == 0
    for page in ("", "claims", "ratings"):
        assert "No claim has been checked yet." in words(soup(result.output, page))
    assert "No actor is listed yet." in words(soup(result.output, "actors"))
    assert "No document is listed yet." in words(soup(result.output, "sources"))
    assert "The claims are not grouped by topic." in words(soup(result.output, "topics"))
    for page in ("", "claims", "actors", "sources", "topics"):
        lists = soup(result.output, page).select("main :is(ul, ol, nav)")
        assert [found for found in lists if not found.get_text(strip=True)] == []
