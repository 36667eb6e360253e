"""Atom feeds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from factsite.exporting import feeds
from tests import bridges, golden, scratch

GOLDEN = Path(__file__).parents[1] / "golden"
HERE = "https://checks.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def feed(root: Path, path: str, files: dict[str, str] | None = None) -> etree._Element:
    """A feed of the full site."""
    site = bridges.site(root, {**bridges.FILES, **(files or {})})
    return etree.fromstring(bridges.exported(site)[path])


def titles(found: etree._Element) -> list[str]:
    """Titles of the entries, in order."""
    return [entry.findtext(f"{ATOM}title") for entry in found.iter(f"{ATOM}entry")]


def test_the_feed_of_everything(tmp_path: Path) -> None:
    written = bridges.exported(bridges.site(tmp_path))["feed.xml"].decode()
    golden.compare(GOLDEN / "feed.xml", (GOLDEN / "feed.xml").read_text(encoding="utf-8"), written)


@pytest.mark.parametrize(
    "path", ["feed.xml", "corrections.xml", "topics/money/feed.xml", "actors/mayor/feed.xml", "actors/council/feed.xml"]
)
def test_feeds_have_what_rfc_4287_requires(tmp_path: Path, path: str) -> None:
    found = feed(tmp_path, path)
    assert found.tag == f"{ATOM}feed"
    assert found.findtext(f"{ATOM}id") == HERE + path
    assert found.find(f"{ATOM}link[@rel='self']").get("href") == HERE + path
    assert found.find(f"{ATOM}author/{ATOM}name").text == "Bridge desk"
    entries = list(found.iter(f"{ATOM}entry"))
    for element in (found, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        assert RFC_3339.fullmatch(element.findtext(f"{ATOM}updated"))
    assert all(entry.find(f"{ATOM}link[@rel='alternate'][@type='text/html']") is not None for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))


def test_entries_come_newest_first_and_corrections_before_the_claim(tmp_path: Path) -> None:
    assert titles(feed(tmp_path, "feed.xml")) == [
        "False (corrected): The bridge cost twice its budget.",
        "False (corrected): The bridge cost twice its budget.",
        "False: The bridge cost twice its budget.",
        "False (corrected): The bridge cost twice its budget.",
        "True: The bridge is red.",
    ]


def test_topics_and_actors_have_their_own(tmp_path: Path) -> None:
    corrected = ["False (corrected): The bridge cost twice its budget."]
    cost = [*corrected * 2, "False: The bridge cost twice its budget.", *corrected]
    assert titles(feed(tmp_path / "a", "topics/money/feed.xml")) == cost
    assert titles(feed(tmp_path / "b", "actors/mayor/feed.xml")) == cost
    assert titles(feed(tmp_path / "c", "actors/council/feed.xml")) == [*cost, "True: The bridge is red."]


def test_a_withdrawn_claim_leaves_a_tombstone(tmp_path: Path) -> None:
    for path in ("feed.xml", "actors/council/feed.xml"):
        (gone,) = feed(tmp_path / path, path).iter(GONE)
        assert dict(gone.attrib) == {"ref": f"{HERE}claims/bridge-age/", "when": "2026-04-01T00:00:00Z"}


def test_the_corrections_of_a_withdrawn_claim_stay_in_the_feed_of_corrections(tmp_path: Path) -> None:
    withdrawn = (
        bridges.FILES["content/claims/bridge-age.yaml"] + "corrections: [{date: 2026-04-02, note: We were wrong.}]\n"
    )
    found = feed(tmp_path, "corrections.xml", {"content/claims/bridge-age.yaml": withdrawn})
    assert titles(found)[0] == "Withdrawn: The bridge is old."


def test_ids_of_corrections_stay_when_another_is_added(tmp_path: Path) -> None:
    ids = {entry.findtext(f"{ATOM}id") for entry in feed(tmp_path / "a", "corrections.xml").iter(f"{ATOM}entry")}
    more = bridges.FULL.replace("related:", "  - {date: 2026-03-10, note: A third.}\nrelated:")
    later = feed(tmp_path / "b", "corrections.xml", {"content/claims/bridge-cost.yaml": more})
    assert {entry.findtext(f"{ATOM}id") for entry in later.iter(f"{ATOM}entry")} > ids


def test_links_in_a_correction_are_complete(tmp_path: Path) -> None:
    notes = [entry.findtext(f"{ATOM}summary") for entry in feed(tmp_path, "corrections.xml").iter(f"{ATOM}entry")]
    assert notes[0] == f'The date of the <a href="{HERE}sources/speech/">speech</a> was wrong.'
    assert notes[2] == "16, not 18, per cent. The rating was “True”."


def test_a_feed_without_entries_has_the_date_of_the_site(tmp_path: Path) -> None:
    found = feed(tmp_path, "actors/nobody/feed.xml", {"content/actors/nobody.yaml": "{name: Nobody, kind: person}"})
    assert titles(found) == []
    assert found.findtext(f"{ATOM}updated") == "2026-04-01T00:00:00Z"


def test_feeds_hold_the_newest_entries_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "NEWEST", 3)
    assert len(titles(feed(tmp_path, "feed.xml"))) == 3


def test_the_base_url_may_end_in_a_folder(tmp_path: Path) -> None:
    site_yaml = (scratch.SITES / "minimal" / "site.yaml").read_text(encoding="utf-8")
    moved = site_yaml.replace("https://checks.example/", "https://host.example/some/folder")
    found = feed(tmp_path, "feed.xml", {"site.yaml": moved})
    assert found.findtext(f"{ATOM}id") == "https://host.example/some/folder/feed.xml"


@given(st.text())
def test_any_text_is_well_formed_xml(text: str) -> None:
    written = feeds._element("title", text, label=text)
    read = etree.fromstring(written)
    kept = feeds.NOT_XML.sub("\ufffd", text)
    # XML processors turn \r and \r\n into \n, and white space in attributes into spaces.
    assert (read.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
    assert len(read.get("label")) <= len(kept)
