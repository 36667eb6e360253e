"""New files: what is filled in, what is left to the editor, and that nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from factsite import model
from factsite.editing import forms, hosts, newclaim, newfiles, scaffold
from factsite.editing.newclaim import Wanted
from factsite.editing.scaffold import Start
from factsite.loading import documents, yamltext
from factsite.loading.entries import FOLDERS, Content
from factsite.loading.validation import validate
from tests import scratch

ARTICLE = """\
---
title: Council row over the bridge
publisher: gazette
type: news
published: 2026-02-20
url: https://www.gazette.example/2026/council-row
language: en
---

The bridge was opened in January.

“It cost twice its budget,” Mayor Jane Doe told the council.

An auditor said that the overrun was 16 per cent.

"Too much," somebody shouted. The bridge was closed again.
"""
GAZETTE = "name: The Gazette\nkind: media\nsame_as: [https://gazette-group.example/]\n"
FILES = {
    "content/articles/row.md": ARTICLE,
    "content/actors/gazette.yaml": GAZETTE,
    "content/actors/mayor.yaml": "name: Jane Doe\nkind: person\naliases: [Mayor Jane Doe]\n",
}


def content(root: Path, files: dict[str, str] | None = None) -> Content:
    found, problems = scratch.loaded(scratch.minimal(root, {**FILES, **(files or {})}))
    assert problems == []
    return found


def started(result: scaffold.Result) -> dict[str, Any]:
    """What stands in the new file."""
    assert isinstance(result, Start), result
    kind = next(kind for kind, (folder, _) in FOLDERS.items() if f"/{folder}/" in result.path)
    read = documents.read_markdown if result.path.endswith(".md") else documents.read_yaml
    document, problems = read(result.text.encode(), result.path)
    assert problems == []
    assert {problem.code for problem in validate(model.MODELS[kind], document.data, "")[1]} <= {"missing-key"}
    return document.data


def refused(result: scaffold.Result) -> list[tuple[str, str]]:
    """Code and nearest value of each problem."""
    assert isinstance(result, list)
    assert not any(problem.path and problem.code != "duplicate-source" for problem in result)
    return [(problem.code, problem.nearest) for problem in result]


# --- claims ----------------------------------------------------------------------------------------------------------


def test_a_claim_from_the_words_of_an_article(tmp_path: Path) -> None:
    result = newclaim.start(content(tmp_path), Wanted(article="row", quote="The bridge was opened in january".title()))
    assert refused(result) == [("quote-not-found", "")]

    result = newclaim.start(content(tmp_path), Wanted(article="row", quote="bridge was  opened in\nJanuary"))

    assert isinstance(result, Start)
    assert result.path == "content/claims/bridge-opened-january.yaml"
    assert started(result) == {
        "claimants": ["gazette"],
        "made": "2026-02-20",
        "appearances": [{"article": "row", "quote": "bridge was opened in January", "stance": "asserts"}],
        "evidence": [{}],
        "status": "draft",
    }


def test_a_new_claim_lacks_what_the_editor_must_decide_and_nothing_else(tmp_path: Path) -> None:
    result = newclaim.start(content(tmp_path), Wanted("new", "row", "bridge was opened in January"))
    assert isinstance(result, Start)
    assert newfiles.create(tmp_path, {result.path: result.text.encode()}) == []

    problems = scratch.checked(tmp_path).problems

    assert {problem.path for problem in problems} == {result.path}
    assert {problem.code for problem in problems} == {"missing-key"}
    assert [problem.message for problem in problems] == [
        "The key `claim` has no value",
        "The key `rating` has no value",
        "The key `verdict` has no value",
        "The key `source` has no value",
        "The key `stance` has no value",
        "The key `checked` has no value",
    ]


def test_a_claim_filled_in_builds(tmp_path: Path) -> None:
    wanted = Wanted("new", "row", "It cost twice its budget", claim='It said: "x" #y', rating="false")
    result = newclaim.start(content(tmp_path), wanted)
    assert isinstance(result, Start)
    text = result.text
    for key, value in {
        "\nverdict:": "\nverdict: No.",
        "\nchecked:": "\nchecked: 2026-03-02",
        "- source:": "- source: row",
        "    stance:  #": "    stance: contradicts  #",
    }.items():
        assert key in text
        text = text.replace(key, value)
    scratch.write(tmp_path, {result.path: text})

    found, problems = scratch.loaded(tmp_path)

    assert problems == []
    assert found.claims["new"].data.claim == 'It said: "x" #y'
    assert found.claims["new"].data.claimants == ("mayor",)
    assert scratch.checked(tmp_path, drafts=True).ok


def test_the_comments_say_what_may_be_chosen(tmp_path: Path) -> None:
    result = newclaim.start(content(tmp_path), Wanted("new", "row", "The bridge was opened in January."))
    assert isinstance(result, Start)
    text = " ".join(result.text.replace("\n# ", " ").split())

    assert "One of: true (True), false (False), opinion (Opinion)." in text
    assert "The publisher of the article. If somebody else says it there, name them instead." in text
    assert "Known: money." in text
    assert "One of: statistic, event, attribution, identity, quote, prediction, opinion." in text


def test_without_an_article_the_words_are_looked_for_in_all(tmp_path: Path) -> None:
    found = content(tmp_path, {"content/articles/copy.md": ARTICLE})

    assert started(newclaim.start(found, Wanted(quote="The council will meet again in May")))["appearances"] == [
        {"article": "gazette", "quote": "The council will meet again in May", "stance": "asserts"}
    ]
    assert refused(newclaim.start(found, Wanted(quote="opened in January"))) == [("quote-ambiguous", "")]
    assert refused(newclaim.start(found, Wanted(quote="opened in June"))) == [("quote-not-found", "")]


def test_a_source_whose_text_is_not_here_can_be_quoted_unchecked(tmp_path: Path) -> None:
    found = content(tmp_path, {"content/sources/speech.yaml": "title: Speech\ntype: primary\n"})

    assert started(newclaim.start(found, Wanted(article="speech", quote="Twice!")))["appearances"] == [
        {"source": "speech", "quote": "Twice!", "stance": "asserts"}
    ]


def test_a_claim_can_be_started_with_nothing_but_an_id(tmp_path: Path) -> None:
    assert started(newclaim.start(content(tmp_path), Wanted("new"))) == {
        "appearances": [{"stance": "asserts"}],
        "evidence": [{}],
        "status": "draft",
    }


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(), [("bad-id", "")]),
        (Wanted("Bridge Cost"), [("bad-id", "bridge-cost")]),
        (Wanted("bridge-cost"), [("duplicate-id", "bridge-cost-2")]),
        (Wanted("was-bridge"), [("duplicate-id", "was-bridge-2")]),
        (Wanted("new", article="rov"), [("unknown-article", "row")]),
        (Wanted("new", rating="falce"), [("unknown-rating", "false")]),
        (Wanted("new", claimants=("mayer",)), [("unknown-actor", "mayor")]),
        (Wanted("new", article="row", quote="The bridge was"), [("quote-ambiguous", "")]),
        (Wanted("new", article="row", quote="The bridge was", after="sold"), [("quote-context", "")]),
        (
            Wanted("bridge-cost", "rov", rating="x"),
            [("duplicate-id", "bridge-cost-2"), ("unknown-rating", ""), ("unknown-article", "row")],
        ),
    ],
)
def test_what_is_wrong_with_a_claim_is_said_all_at_once(
    tmp_path: Path, wanted: Wanted, expected: list[tuple[str, str]]
) -> None:
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text() + "aliases: [was-bridge]\n"

    assert refused(newclaim.start(content(tmp_path, {"content/claims/bridge-cost.yaml": claim}), wanted)) == expected


def test_words_that_stand_twice_are_taken_with_those_beside_them(tmp_path: Path) -> None:
    result = newclaim.start(content(tmp_path), Wanted("new", "row", "The bridge was", after="closed"))

    assert started(result)["appearances"] == [
        {"article": "row", "quote": "The bridge was", "before": "shouted.", "stance": "asserts"}
    ]


def test_what_comes_close_to_a_wrong_quote_is_shown(tmp_path: Path) -> None:
    result = newclaim.start(content(tmp_path), Wanted("new", "row", "The bridge was closed in January."))

    assert isinstance(result, list)
    assert result[0].notes[0] == (
        "content/articles/row.md:10: “The bridge was opened in January.” (the article has “opened”, the quote “closed”)"
    )


# --- who says it -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "quote", "expected"),
    [
        ("“It is so,” Jane Doe said.", "It is so", "mayor"),
        ("“It is so”, said Jane Doe, who was there.", "It is so", "mayor"),
        ("“It is so,” Jane Doe, the mayor of the town, told us.", "“It is so", "mayor"),
        ("Jane Doe told The Gazette: “It is so.”", "It is so", ""),
        ("Jane Doe said: “It is so.”", "It is so", "mayor"),
        ("A clerk of Jane Doe said: “It is so.”", "It is so", ""),
        ("“It is so,” he said. Jane Doe said nothing.", "It is so", ""),
        ("“It is so,” said a friend of Jane Doe.", "It is so", ""),
        ("“It is so,” Jane Doe heard.", "It is so", ""),
        ("“It is so,” Jane Doe said. “It is not.” Nobody else spoke.", "It is not", ""),
        ("It is so, Jane Doe said.", "It is so", ""),
        ("It is so. Jane Doe was there.", "It is so", "gazette"),
        ("It is “so”. Jane Doe was there.", "It is “so”", "gazette"),
    ],
)
def test_a_claimant_is_filled_in_only_if_that_is_certain(tmp_path: Path, text: str, quote: str, expected: str) -> None:
    article = ARTICLE.partition("\n\n")[0] + f"\n\n{text}\n"
    result = started(
        newclaim.start(content(tmp_path, {"content/articles/row.md": article}), Wanted("new", "row", quote))
    )

    assert result.get("claimants", [""]) == [expected]


def test_opinions_are_their_author_s_and_other_languages_leave_speakers_open(tmp_path: Path) -> None:
    opinion = ARTICLE.replace("type: news", "type: opinion\nauthor: Jane Doe")
    french = ARTICLE.replace("language: en", "language: fr")

    column = content(tmp_path / "a", {"content/articles/row.md": opinion})
    assert started(newclaim.start(column, Wanted("new", "row", "bridge was opened")))["claimants"] == ["mayor"]
    foreign = content(tmp_path / "b", {"content/articles/row.md": french})
    assert "claimants" not in started(newclaim.start(foreign, Wanted("new", "row", "It cost twice its budget")))


# --- sources, actors, articles, pages --------------------------------------------------------------------------------


SOURCE = "title: T\ntype: news\npublisher: Town Post\nlanguage: de\nparty_to: [mayor]\nurl: "


def test_a_source_from_its_address(tmp_path: Path) -> None:
    found = content(
        tmp_path,
        {
            "content/sources/post-a.yaml": SOURCE + "https://www.post.example/1\n",
            "content/sources/post-b.yaml": SOURCE.replace("news", "opinion") + "http://post.example/2\n",
        },
    )
    result = scaffold.start(
        found, "source", "", {"url": "https://post.example/town/2025/11/03/the-bridge-of-the-town.html?id=3"}
    )

    assert isinstance(result, Start)
    assert result.path == "content/sources/post-bridge-town-2025.yaml"
    assert started(result) == {
        "publisher": "Town Post",
        "url": "https://post.example/town/2025/11/03/the-bridge-of-the-town.html?id=3",
        "language": "de",
        "party_to": ["mayor"],
    }
    assert "# When it was published, as precisely as known. The address has 2025 in it." in result.text


def test_an_address_of_a_new_host_gives_an_id_only(tmp_path: Path) -> None:
    result = scaffold.start(content(tmp_path), "source", "", {"url": "https://news.bbc.co.uk/", "title": "Home"})

    assert isinstance(result, Start)
    assert result.path == "content/sources/bbc.yaml"
    assert started(result) == {"title": "Home", "url": "https://news.bbc.co.uk/"}


def test_the_home_page_of_an_actor_tells_whose_host_it_is(tmp_path: Path) -> None:
    result = scaffold.start(content(tmp_path), "source", "", {"url": "https://www.gazette-group.example/imprint"})

    assert isinstance(result, Start)
    assert (result.path, started(result)["publisher"]) == ("content/sources/gazette-imprint.yaml", "gazette")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gazette.example/2026/council-row",
        "http://gazette.example/2026/council-row/",
        "https://m.gazette.example/2026/council-row?utm_source=x#top",
    ],
)
def test_a_document_that_is_there_already_is_not_started_again(tmp_path: Path, url: str) -> None:
    assert refused(scaffold.start(content(tmp_path), "source", "", {"url": url})) == [("duplicate-source", "")]


def test_another_page_of_the_same_site_is_another_document(tmp_path: Path) -> None:
    url = "https://www.gazette.example/2026/council-row?page=2"

    assert isinstance(scaffold.start(content(tmp_path), "source", "", {"url": url}), Start)


@pytest.mark.parametrize(
    ("kind", "entry_id", "given", "path"),
    [
        ("actor", "", {"name": "Élise Müller", "kind": "person"}, "content/actors/elise-muller.yaml"),
        ("actor", "em", {"name": "Élise Müller"}, "content/actors/em.yaml"),
        ("article", "", {"title": "The end of the road"}, "content/articles/end-road.md"),
        ("page", "", {"title": "About us"}, "content/pages/about-us.md"),
        ("source", "", {"title": "Report", "published": "2018-01"}, "content/sources/report.yaml"),
    ],
)
def test_ids_come_from_names_and_titles(
    tmp_path: Path, kind: str, entry_id: str, given: dict[str, str], path: str
) -> None:
    result = scaffold.start(content(tmp_path), kind, entry_id, given)

    assert isinstance(result, Start)
    assert result.path == path
    assert started(result) == given


@pytest.mark.parametrize(
    ("kind", "entry_id", "given", "expected"),
    [
        ("actor", "", {}, [("bad-id", "")]),
        ("actor", "", {"name": "علی"}, [("bad-id", "")]),
        ("actor", "mayor", {"kind": "persn"}, [("duplicate-id", "mayor-2"), ("unknown-value", "person")]),
        ("article", "gazette", {}, [("duplicate-id", "gazette-2")]),
        ("source", "row", {}, [("duplicate-id", "row-2")]),
        ("page", "search", {"title": "Search"}, [("duplicate-id", "search-2")]),
        ("source", "new", {"url": "gazette.example"}, [("bad-url", "https://gazette.example")]),
        ("source", "", {"url": "https://[::1/"}, [("bad-url", "")]),
        ("source", "new", {"published": "22.1.2018"}, [("bad-date", "2018-01-22")]),
    ],
)
def test_what_is_wrong_with_what_was_asked_for(
    tmp_path: Path, kind: str, entry_id: str, given: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert refused(scaffold.start(content(tmp_path), kind, entry_id, given)) == expected


@pytest.mark.parametrize("kind", sorted(model.MODELS))
def test_a_new_file_shows_every_field_but_those_of_later_days(tmp_path: Path, kind: str) -> None:
    found = content(tmp_path)
    result = newclaim.start(found, Wanted("new")) if kind == "claim" else scaffold.start(found, kind, "new", {})
    assert isinstance(result, Start)
    shown = {line.removeprefix("# ").partition(":")[0] for line in result.text.split("\n") if ":" in line}
    fields = {field.alias or name for name, field in model.MODELS[kind].model_fields.items()}

    assert fields - shown == forms.LATER.get(model.MODELS[kind], frozenset())


@pytest.mark.parametrize("kind", sorted(model.MODELS))
def test_every_comment_can_be_turned_into_its_field(tmp_path: Path, kind: str) -> None:
    found = content(tmp_path)
    result = newclaim.start(found, Wanted("new")) if kind == "claim" else scaffold.start(found, kind, "new", {})
    assert isinstance(result, Start)
    blocks = result.text.removeprefix("---\n").partition("\n---\n")[0].split("\n\n")
    keys = {field.alias or name for name, field in model.MODELS[kind].model_fields.items()}
    lines = [line for block in blocks for line in _uncommented(block, keys)]

    _, _, problems = yamltext.parse("\n".join(lines) + "\n", "", 0)

    assert problems == []


def _uncommented(block: str, keys: set[str]) -> list[str]:
    """The lines of a block from its field on, without `# `."""
    lines = [line.removeprefix("# ") for line in block.split("\n")]
    starts = [number for number, line in enumerate(lines) if line.partition(":")[0] in keys]
    return lines[starts[-1] :] if starts else []


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2012/09/28/x", "2012"),
        ("https://a.example/x-2018-01-09.html", "2018"),
        ("https://a.example/20180109/x", "2018"),
        ("https://a.example/2019", "2019"),
        ("https://a.example/id/120190", ""),
        ("https://2018.example/x?year=2018", ""),
    ],
)
def test_the_year_in_an_address(url: str, expected: str) -> None:
    assert hosts.year(url) == expected


def test_ids_are_numbered_where_they_are_taken() -> None:
    assert hosts.shortened("The bridge’s cost was “twice” its budget", ()) == "bridges-cost-twice-budget"
    assert hosts.shortened("The bridge", ("bridge", "bridge-2")) == "bridge-3"
    assert hosts.shortened("پل", ()) == ""


# --- writing ---------------------------------------------------------------------------------------------------------


def test_new_files_are_written_with_their_folders(tmp_path: Path) -> None:
    assert newfiles.create(tmp_path, {"content/claims/a.yaml": b"a", "b": b"b"}) == []
    assert (tmp_path / "content/claims/a.yaml").read_bytes() == b"a"


def test_nothing_is_overwritten_and_one_file_in_the_way_stops_all(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("mine")
    (tmp_path / "c").symlink_to(tmp_path / "nowhere")

    problems = newfiles.create(tmp_path, {"a": b"new", "b": b"new", "c": b"new"})

    assert [(problem.code, problem.path) for problem in problems] == [("file-exists", "b"), ("file-exists", "c")]
    assert not (tmp_path / "a").exists()
    assert (tmp_path / "b").read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_what_the_system_refuses_is_a_problem_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    problems = newfiles.create(tmp_path, {"a": b"new", "file/b": b"new"})

    assert [problem.code for problem in problems] == ["unwritable"]
    assert not (tmp_path / "a").exists()


def test_a_folder_that_is_a_link_out_of_the_site_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site/content/claims").symlink_to(tmp_path / "elsewhere")

    problems = newfiles.create(tmp_path / "site", {"content/claims/a.yaml": b"new"})

    assert [problem.code for problem in problems] == ["unwritable"]
    assert list((tmp_path / "elsewhere").iterdir()) == []
