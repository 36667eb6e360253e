"""Where addresses lead, and which lead nowhere."""

import posixpath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factsite import urls
from factsite.auditing.links import Links, resolve
from factsite.writing.output import Output

BASE = "https://checks.example/sub/"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("../../actors/mayor/", ("actors/mayor/", "")),
        ("../b/#evidence-2", ("claims/b/", "evidence-2")),
        ("index.json", ("claims/a/index.json", "")),
        ("", ("claims/a/", "")),
        ("?rating=false", ("claims/a/", "")),
        ("#top", ("claims/a/", "top")),
        (".", ("claims/a/", "")),
        ("..", ("claims/", "")),
        ("../../", ("", "")),
        ("../../../", ("../", "")),
        ("/sub/claims/?page=2#x", ("claims/", "x")),
        ("/claims/", ("/claims/", "")),
        ("https://checks.example/sub/", ("", "")),
        ("https://checks.example/sub/claims/b/", ("claims/b/", "")),
        ("https://checks.example/other/", None),
        ("https://gazette.example/", None),
        ("//gazette.example/", None),
        ("../../%D8%A7.html#%C3%A9", ("ا.html", "é")),
    ],
)
def test_what_an_address_means(url: str, target: tuple[str, str] | None) -> None:
    assert resolve(url, "claims/a/", BASE) == target


PATHS = st.lists(st.from_regex(r"[a-z0-9]+", fullmatch=True), max_size=4).map(
    lambda parts: "".join(f"{p}/" for p in parts)
)


@given(PATHS, PATHS)
def test_the_way_to_the_root_and_on_leads_there_from_everywhere(page: str, target: str) -> None:
    assert resolve(urls.root_of(page) + target, page, BASE) == (target, "")
    assert resolve(urls.absolute(BASE, target), page, BASE) == (target, "")
    assert resolve(urls.base_path(BASE) + target, page, BASE) == (target, "")


@given(PATHS, st.lists(st.sampled_from(["..", ".", "a", ".b", "c.d"]), min_size=1).map("/".join), st.booleans())
def test_a_way_through_folders_leads_where_it_does_on_disk(page: str, way: str, has_slash: bool) -> None:
    place = posixpath.normpath(posixpath.join("far/up/" * 9, page, way))
    root = posixpath.normpath("far/up/" * 9)
    target = resolve(way + "/" * has_slash, page, BASE)

    assert target is not None
    assert posixpath.normpath(posixpath.join(root, target[0])) == place
    is_folder = has_slash or way.rpartition("/")[2] in {".", ".."}
    assert target[0].endswith("/") == (is_folder and target[0] != "")


def links(*paths: str) -> Links:
    return Links(BASE, paths)


def output(path: str, content: str = "") -> Output:
    return Output(path, content.encode(), "")


def test_links_to_files_and_folders_that_exist() -> None:
    site = links("index.html", "claims/a/index.html", "claims/a/index.json", "404.html")
    page = output("claims/a/index.html")

    assert (
        list(site.dead(page, ["../../", "./", "../../claims/a/", "index.json", "../../404.html", "index.html"])) == []
    )


def test_links_to_nothing_name_what_comes_close() -> None:
    site = links("index.html", "claims/bridge/index.html", "actors/mayor/index.html")

    faults = list(site.dead(output("index.html"), ["./claims/brigde/", "actors/mayor", "../x/", "/claims/bridge/"]))

    assert [(fault.message, fault.detail, fault.nearest) for fault in faults] == [
        ("There is no `claims/brigde/` on the site", "`./claims/brigde/`", "claims/bridge/"),
        ("There is no `actors/mayor` on the site", "`actors/mayor`", "actors/mayor/"),
        ("There is no `../x/` on the site", "`../x/`", ""),
        ("There is no `/claims/bridge/` on the site", "`/claims/bridge/`", "claims/bridge/"),
    ]


def test_the_same_address_means_another_page_elsewhere() -> None:
    site = links("a/index.html", "a/x.json", "b/index.html")

    assert list(site.dead(output("a/index.html"), ["x.json"])) == []
    assert len(list(site.dead(output("b/index.html"), ["x.json"]))) == 1


def test_the_page_for_unknown_addresses_needs_absolute_links() -> None:
    site = links("index.html", "404.html")

    assert list(site.dead(output("404.html"), ["/sub/", "https://checks.example/sub/"])) == []
    assert [fault.code for fault in site.dead(output("404.html"), ["./"])] == ["audit-dead-link"]


def test_anchors_are_looked_up_when_all_pages_are_known() -> None:
    site = links("index.html", "ratings/index.html", "data/a.json")
    home, ratings = output("index.html"), output("ratings/index.html")

    assert list(site.dead(home, ["ratings/#false", "ratings/#flase", "ratings/#top", "data/a.json#x"])) == []
    assert list(site.dead(ratings, ["../ratings/#flase"])) == []
    site.add_ids("ratings/index.html", ["true", "false"])
    site.add_ids("index.html", [])

    found = [(file.path, fault.message, fault.nearest) for file, fault in site.dead_anchors()]
    assert found == [
        ("index.html", "The page `ratings/` has no id `flase`", "false"),
        ("ratings/index.html", "The page `ratings/` has no id `flase`", "false"),
    ]


def test_addresses_in_data_and_feeds() -> None:
    site = links("index.html", "claims/a/index.html", "sitemap.xml")
    feed = output(
        "feed.xml",
        """<link href="https://checks.example/sub/"/><id>https://checks.example/sub/claims/a/#review</id>
        See https://checks.example/sub/sitemap.xml. "https://checks.example/sub/claims/b/", https://checks.example/""",
    )

    assert [fault.message for fault in site.dead_listed(feed)] == ["There is no `claims/b/` on the site"]


def test_what_is_remembered_of_addresses_is_right_at_any_depth_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factsite.auditing.links.MEANT", 5)
    places = [f"claims/c{number}/" for number in range(20)]
    found = links(*(f"{place}index.html" for place in places), "index.html", "a/b/c/index.html")
    data = "".join(f'"{BASE}{place}"' for place in (*places, "claims/gone/"))

    for page, root in [("index.html", "./"), ("claims/c0/index.html", "../../"), ("a/b/c/index.html", "../../../")] * 2:
        for place in places:
            assert list(found.dead(output(page), [root + place, f"{root}{place}#x"])) == []
        assert [fault.detail for fault in found.dead(output(page), [f"{root}claims/gone/"])] == [
            f"`{root}claims/gone/`"
        ]
    for _ in range(2):
        assert [f.detail for f in found.dead_listed(output("x.json", data))] == [f"`{BASE}claims/gone/`"]

    assert 0 < len(found._meant) <= 5
    assert {path for path, _ in found.anchored} == set(places)


FILES = ["index.html", "404.html", "a/index.html", "a/b/index.html", "a/b.html", "assets/x.css", "feed.xml"]
PARTS = ["", "a", "b", "ä", "%2e", "..", ".", "/", "//", "?", "#", "%23", ":", "http://", "a/", "../", "./", BASE]
ADDRESSES = st.lists(st.sampled_from(PARTS), max_size=5).map("".join)


@example([("a/index.html", ["a/../b"], "../"), ("feed.xml", ["a/../b"], BASE)])
@example([("a/b/index.html", ["x/"], ""), ("feed.xml", ["x/"], BASE)])
@given(st.lists(st.tuples(st.sampled_from(FILES), st.lists(ADDRESSES, max_size=6), st.sampled_from(["../", BASE, ""]))))
def test_what_is_remembered_is_what_would_be_found_anew(files: list[tuple[str, list[str], str]]) -> None:
    old = Links(BASE, ["a/index.html", "b"])
    for path, addresses, before in files:
        new = Links(BASE, ["a/index.html", "b"])
        old.forget()
        led_to = [before + address for address in addresses]
        file = output(path, " ".join(led_to))
        faults = [
            list(links.dead_listed(file) if path == "feed.xml" else links.dead(file, led_to)) for links in (old, new)
        ]

        assert [fault.message for fault in faults[0]] == [fault.message for fault in faults[1]]
        assert (old.asked, old.anchored) == (new.asked, new.anchored)


def test_what_files_lead_to_is_noted_while_it_is_not_known_what_there_is() -> None:
    found = Links(BASE, None)

    assert list(found.dead(output("claims/a/index.html"), ["../../", "../b/#x", "https://gazette.example/"])) == []
    assert list(found.dead_listed(output("x.json", f'"{BASE}gone/?page=1#x" "{BASE}a%20b." "{BASE}"'))) == []
    assert list(found.asked) == ["", "claims/b/", "a b", "gone/"]
    assert list(found.anchored) == [("claims/b/", "x")]

    found.forget()
    assert (found.asked, found.anchored) == ({}, {})
