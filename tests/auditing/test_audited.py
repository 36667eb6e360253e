"""What is kept of the audit of each file says whether the audit of all would find nothing."""

from __future__ import annotations

import pytest

from factsite.auditing.audited import Auditor, is_clean
from factsite.auditing.leaks import Telltales
from factsite.auditing.marks import Audited, Led, mark
from factsite.site import Site
from factsite.writing.output import Output
from tests import scratch


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return scratch.site(scratch.minimal(tmp_path_factory.mktemp("site")))


def page(path: str, body: str) -> Output:
    html = f"""<!doctype html><html lang="en"><head><title>T</title><meta name="description" content="D">
<link rel="canonical" href="https://checks.example/{path}"></head><body><h1 id="a">H</h1>{body}</body></html>"""
    return Output(f"{path}index.html", html.encode(), "", "")


def audited(site: Site, home: str) -> tuple[list[Audited], Led]:
    """A home page, another page and a document, and where they lead."""
    auditor = Auditor(site, Telltales())
    outputs = page("", home), page("pages/b/", '<p id="é">x</p>'), Output("assets/report.pdf", b"%PDF", "", "")
    return [auditor.of(output) for output in outputs], auditor.led()


@pytest.mark.parametrize(
    ("home", "clean"),
    [
        ("", True),
        ('<a href="./pages/b/">x</a> <a href="pages/b/#a">x</a> <a href="/pages/b/#%C3%A9">x</a>', True),
        ('<a href="./pages/b/#top">x</a> <a href="./pages/b/#">x</a>', True),
        ('<a href="./assets/report.pdf#page=3">x</a>', True),
        ('<a href="./pages/b/#b">x</a>', False),
        ('<a href="./pages/b/index.html#b">x</a>', False),
        ('<a href="./pages/c/">x</a>', False),
        ('<a href="./assets/other.pdf#page=3">x</a>', False),
        ("<h1>Second</h1>", False),
    ],
)
def test_files_are_clean_if_each_is_and_all_that_they_lead_to_is_there(site: Site, home: str, *, clean: bool) -> None:
    files, led = audited(site, home)

    assert is_clean(files, [led], []) == clean
    assert is_clean(files, [led], files[1:]) == clean


def test_what_is_gone_may_have_been_led_to(site: Site) -> None:
    (home, gone, document), _ = audited(site, '<a href="./pages/b/">x</a>')

    assert not is_clean([home, document], [], [gone])
    assert is_clean([home, gone], [], [document])


def test_addresses_are_sent_once_and_ids_each_time(site: Site) -> None:
    auditor = Auditor(site, Telltales())
    home = auditor.of(page("", '<a href="./pages/b/#b">x</a>'))
    first = auditor.led()
    other = auditor.of(page("pages/c/", '<a href="../../pages/b/#b">x</a> <a href="../../pages/d/">x</a>'))
    second = auditor.led()

    assert (first.asked, first.anchored) == (home.asked, home.anchored)
    assert (second.asked, second.anchored) == (mark("pages/d/"), other.anchored)
    assert other.asked == home.asked + second.asked


def test_the_id_of_an_address_that_a_data_file_had_first_is_sent(site: Site) -> None:
    auditor = Auditor(site, Telltales())
    data = auditor.of(Output("data/claims.json", b'{"url": "https://checks.example/pages/b/#b"}', "", ""))
    assert (data.asked, auditor.led()) == (mark("pages/b/"), Led(mark("pages/b/"), b""))

    auditor.of(page("", '<a href="./pages/b/#b">x</a>'))

    assert auditor.led().anchored == mark("pages/b/#b")
