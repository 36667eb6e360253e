"""What is kept of the audit of each file says whether the audit of all would find nothing."""

from __future__ import annotations

import pytest

from factsite.auditing.audited import Auditor, is_clean
from factsite.auditing.leaks import Telltales
from factsite.auditing.marks import Audited
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


def audited(site: Site, home: str) -> list[Audited]:
    auditor = Auditor(site, Telltales())
    return [auditor.of(page("", home)), auditor.of(page("pages/b/", '<p id="é">x</p>'))]


@pytest.mark.parametrize(
    ("home", "clean"),
    [
        ("", True),
        ('<a href="./pages/b/">x</a> <a href="pages/b/#a">x</a> <a href="/pages/b/#%C3%A9">x</a>', True),
        ('<a href="./pages/b/#top">x</a> <a href="./pages/b/#">x</a>', True),
        ('<a href="./pages/b/#b">x</a>', False),
        ('<a href="./pages/c/">x</a>', False),
        ("<h1>Second</h1>", False),
    ],
)
def test_files_are_clean_if_each_is_and_all_that_they_lead_to_is_there(site: Site, home: str, *, clean: bool) -> None:
    files = audited(site, home)

    assert is_clean(files, files, []) == clean
    assert is_clean(files, files[:1], files[1:]) == clean


def test_what_is_gone_may_have_been_led_to(site: Site) -> None:
    home, gone = audited(site, '<a href="./pages/b/">x</a>')

    assert not is_clean([home], [], [gone])


def test_what_was_met_before_is_not_handed_over_again(site: Site) -> None:
    auditor = Auditor(site, Telltales())
    link = '<a href="./pages/b/#b">x</a>'

    def leads(path: str) -> list[Audited]:
        return [auditor.of(page(path, link.replace("./", "../../" if path else "./"))), auditor.led()]

    home, first = leads("")
    assert first.asked == home.asked
    assert first.anchored == home.anchored
    other, second = leads("pages/c/")
    assert other.asked == home.asked
    assert not second.asked
    assert second.anchored == other.anchored  # ids are always
