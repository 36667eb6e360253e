"""A new id for an entry: everything that names it follows, every other byte stays, and it is all or nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factsite.editing import referrers, rename, replacing
from factsite.loading import load
from factsite.pipeline import Options, build
from factsite.problems import Problems
from tests import scratch

GAZETTE = "content/articles/gazette.md"
COST = "content/claims/bridge-cost.yaml"
MAYOR = "content/actors/mayor.yaml"
START = """\
claim: The bridge cost twice its budget.
rating: "false"
verdict: No.
claimants: [mayor]
appearances:
  - article: gazette
    quote: the bridge cost twice what was promised
evidence:
  - source: gazette
    stance: contradicts
checked: 2026-03-02
status: published
"""


def site(root: Path, files: dict[str, str] | None = None) -> Path:
    """The claim above with its actor and article, and some files more."""
    return scratch.minimal(root, {COST: START, **(files or {})})


def renamed(root: Path, kind: str, old: str, new: str) -> dict[str, str]:
    """The files that changed, by their new paths, as they are after the renaming."""
    changes, problems = rename.plan(root, kind, old, new)
    assert problems == []
    assert replacing.apply(root, changes) == []
    return {change.new_path: (root / change.new_path).read_bytes().decode() for change in changes}


def refused(root: Path, kind: str, old: str, new: str) -> list[str]:
    """Code and file of what is said against it. Nothing is changed."""
    before = scratch.tree(root)
    _, problems = rename.plan(root, kind, old, new)
    assert problems != []
    assert scratch.tree(root) == before
    return [f"{problem.code} {problem.path}".strip() for problem in problems]


# --- how ids are written ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marked",
    [
        "claimants: [«mayor»]",
        "claimants: [ «mayor» ]  # not the mayor of mayor",
        'claimants: ["«mayor»"]',
        "claimants: ['«mayor»', mayor-x]",
        "claimants:\n  - «mayor»\nabout:\n- «mayor»",
        "claimants:\n  - >-\n    «mayor»",
        "claimants: [«mayor»]\nkind: event # mayor",
        "claimants: [mayor-x]\nreviewers: [mayor]\nabout: [«mayor»]",
        "claimants: [«mayor»]\nanalysis: |\n  [mayor](actor:«mayor») mayor",
        "claimants: [«mayor»]\nanalysis: <actor:«mayor»> `actor:mayor`",
        "claimants: [«mayor»]\nanalysis: |\n  [a], [a]\n\n  [a]: actor:«mayor»",
        "claimants: [«mayor»]\nanalysis: '[a](actor:mayor-x) [b](claim:mayor)'",
        "claimants: [«mayor»]\nanalysis: '[a](https://mayor.example/mayor)'",
        "claimants: [«mayor»]\nshort: actor:mayor",
        "claimants: [«mayor»]\nresponses: [{from: «mayor», date: 2026, note: mayor}]",
    ],
)
def test_only_what_names_the_actor_is_changed(tmp_path: Path, marked: str) -> None:
    """Marked is what must change."""
    before, after = marked.replace("«", "").replace("»", ""), marked.replace("«mayor»", "jane")
    files = {
        COST: START.replace("claimants: [mayor]", before),
        "content/actors/mayor-x.yaml": "name: X\nkind: person\n",
        "content/claims/mayor.yaml": START.replace("[mayor]", "[mayor-x]"),
    }

    changed = renamed(site(tmp_path, files), "actor", "mayor", "jane")

    assert changed[COST] == START.replace("claimants: [mayor]", after)
    assert changed.keys() == {COST, "content/actors/jane.yaml"}


@pytest.mark.parametrize("written", ['"ma\\u0079or"', '"ma\\\n    yor"'])
def test_an_id_in_escapes_is_refused(tmp_path: Path, written: str) -> None:
    root = site(tmp_path, {COST: START.replace("[mayor]", f"[{written}]")})

    assert refused(root, "actor", "mayor", "jane") == [f"cannot-rename {COST}"]


def test_line_ends_marks_and_endings_of_files_stay(tmp_path: Path) -> None:
    text = "\ufeff" + START.rstrip("\n").replace("\n", "\r\n")
    root = site(tmp_path, {COST: text, MAYOR: "name: Jane Doe\r\nkind: person"})

    assert renamed(root, "actor", "mayor", "jane") == {
        COST: text.replace("[mayor]", "[jane]"),
        "content/actors/jane.yaml": "name: Jane Doe\r\nkind: person\r\nold_ids: [mayor]\r\n",
    }
    assert not (root / MAYOR).exists()


def test_a_claim_is_followed_by_all_that_names_it(tmp_path: Path) -> None:
    settings = (scratch.SITES / "minimal/site.yaml").read_text() + "featured: [bridge-cost] # bridge-cost\n"
    page = (
        "---\ntitle: bridge-cost\n---\n\n"
        "[bridge-cost](claim:bridge-cost#evidence) [x](source:gazette#claim-bridge-cost.2)\n"
    )
    other = START + "related:\n  - bridge-cost\n"
    root = site(tmp_path, {"site.yaml": settings, "content/pages/about.md": page, "content/claims/other.yaml": other})

    assert renamed(root, "claim", "bridge-cost", "cost") == {
        "site.yaml": settings.replace("[bridge-cost]", "[cost]"),
        "content/pages/about.md": page.replace("claim:bridge-cost", "claim:cost").replace(
            "#claim-bridge-cost", "#claim-cost"
        ),
        "content/claims/other.yaml": other.replace("- bridge-cost", "- cost"),
        "content/claims/cost.yaml": START + "aliases: [bridge-cost]\n",
    }


def test_an_article_keeps_its_ending_and_its_text(tmp_path: Path) -> None:
    root = site(tmp_path)
    text = (root / GAZETTE).read_text()

    assert renamed(root, "source", "gazette", "row") == {
        COST: START.replace("article: gazette", "article: row").replace("source: gazette", "source: row"),
        "content/articles/row.md": text.replace("\n---\n", "\naliases: [gazette]\n---\n"),
    }


def test_a_publisher_is_an_actor_only_if_there_is_one(tmp_path: Path) -> None:
    source = "title: mayor\ntype: primary\npublisher: mayor\nparty_to: [mayor]\nnote: See [her](actor:mayor).\n"
    root = site(tmp_path, {"content/sources/a.yaml": source})

    assert renamed(root, "actor", "mayor", "jane")["content/sources/a.yaml"] == (
        "title: mayor\ntype: primary\npublisher: jane\nparty_to: [jane]\nnote: See [her](actor:jane).\n"
    )


def test_a_file_in_a_folder_stays_there_and_keeps_its_permissions(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/actors/town/clerk.yaml": "name: C\nkind: person\n"})
    (root / "content/actors/town/clerk.yaml").chmod(0o640)

    renamed(root, "actor", "clerk", "head-clerk")

    assert (root / "content/actors/town/head-clerk.yaml").stat().st_mode & 0o777 == 0o640


# --- the former id ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "old_ids: [mayor]\n"),
        ("old_ids:\n", "old_ids: [mayor]\n"),
        ("old_ids: []  # none\n", "old_ids: [mayor]  # none\n"),
        ("old_ids: [a]\nshort: a\n", "old_ids: [a, mayor]\nshort: a\n"),
        ('old_ids: [b, "a"]\n', 'old_ids: [b, "a", mayor]\n'),
        ("old_ids:\n  - a  # the first\nshort: J\n", "old_ids:\n  - a  # the first\n  - mayor\nshort: J\n"),
        ("old_ids:\n- 'a'", "old_ids:\n- 'a'\n- mayor\n"),
        ("old_ids: [jane, a]\n", "old_ids: [mayor, a]\n"),
        ("summary: |\n  Jane.\n", "summary: |\n  Jane.\nold_ids: [mayor]\n"),
    ],
)
def test_the_former_id_is_kept(tmp_path: Path, before: str, after: str) -> None:
    start = "name: Jane Doe\nkind: person\n"
    root = site(tmp_path, {MAYOR: start + before})

    assert renamed(root, "actor", "mayor", "jane")["content/actors/jane.yaml"] == start + after


def test_an_unusual_file_without_a_place_for_it_is_refused(tmp_path: Path) -> None:
    root = site(tmp_path, {MAYOR: "{name: Jane Doe, kind: person}\n"})

    assert refused(root, "actor", "mayor", "jane") == [f"cannot-rename {MAYOR}"]


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "old", "new", "expected"),
    [
        ("actor", "mayer", "jane", ["unknown-actor"]),
        ("actor", "was-mayor", "jane", ["unknown-actor"]),
        ("actor", "mayor", "Jane", ["bad-id"]),
        ("actor", "mayor", "mayor", ["duplicate-id"]),
        ("actor", "mayor", "clerk", ["duplicate-id"]),
        ("actor", "mayor", "was-clerk", ["duplicate-id"]),
        ("source", "gazette", "report", ["duplicate-id"]),
        ("source", "report", "gazette", ["duplicate-id"]),
        ("claim", "gazette", "row", ["unknown-claim"]),
        ("actor", "mayor", "post", ["cannot-rename content/sources/report.yaml"]),
    ],
)
def test_ids_that_cannot_be(tmp_path: Path, kind: str, old: str, new: str, expected: list[str]) -> None:
    files = {
        MAYOR: "name: Jane Doe\nkind: person\nold_ids: [was-mayor]\n",
        "content/actors/clerk.yaml": "name: C\nkind: person\nold_ids: [was-clerk]\n",
        "content/sources/report.yaml": "title: R\ntype: primary\npublisher: post\n",
    }

    assert refused(site(tmp_path, files), kind, old, new) == expected


def test_a_site_with_files_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    root = site(tmp_path, {"content/claims/broken.yaml": "claim: [mayor\n"})

    assert refused(root, "actor", "mayor", "jane") == ["yaml content/claims/broken.yaml", "cannot-rename"]


def test_references_to_nothing_elsewhere_do_not_matter(tmp_path: Path) -> None:
    root = site(tmp_path, {COST: START.replace("[mayor]", "[mayor, nobody]")})

    assert renamed(root, "actor", "mayor", "jane")[COST] == START.replace("[mayor]", "[jane, nobody]")


# --- all or nothing --------------------------------------------------------------------------------------------------


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    root = site(tmp_path)
    before = scratch.tree(root)
    changes, _ = rename.plan(root, "actor", "mayor", "jane")

    assert replacing.text(changes, dry_run=True) == (
        "content/actors/mayor.yaml → content/actors/jane.yaml\n"
        "     3 + old_ids: [mayor]\n"
        "content/claims/bridge-cost.yaml\n"
        "     4 - claimants: [mayor]\n"
        "     4 + claimants: [jane]\n"
        "\n"
        "2 files would change; nothing was written."
    )
    assert scratch.tree(root) == before


def test_a_file_that_is_saved_meanwhile_stops_all(tmp_path: Path) -> None:
    root = site(tmp_path)
    changes, _ = rename.plan(root, "actor", "mayor", "jane")
    scratch.write(root, {COST: START + "# saved\n"})
    before = scratch.tree(root)

    assert [problem.code for problem in replacing.apply(root, changes)] == ["cannot-rename"]
    assert scratch.tree(root) == before


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    root = site(tmp_path)
    changes, _ = rename.plan(root, "actor", "mayor", "jane")
    scratch.write(root, {"content/actors/jane.yaml": "mine"})
    before = scratch.tree(root)

    assert [problem.code for problem in replacing.apply(root, changes)] == ["cannot-rename"]
    assert scratch.tree(root) == before


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(
    ("method", "fails_at"), [("open", 0), ("open", 2), ("open", 3), ("replace", 0), ("replace", 1), ("unlink", 0)]
)
def test_whatever_breaks_off_leaves_every_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str, error: BaseException, fails_at: int
) -> None:
    root = site(tmp_path)
    before = scratch.tree(root)
    changes, _ = rename.plan(root, "actor", "mayor", "jane")
    calls: list[Path] = []
    real = getattr(Path, method)

    def failing(path: Path, *arguments: object, **options: object) -> object:
        calls.append(path)
        if len(calls) == fails_at + 1:
            raise error
        return real(path, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Path, method, failing)
        try:
            problems = replacing.apply(root, changes)
        except KeyboardInterrupt:
            problems = []
        monkeypatch.undo()

    assert len(calls) > fails_at
    assert (problems != []) == isinstance(error, OSError)
    assert scratch.tree(root) == before


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / COST).rename(root / "content/claims/.real")
    (root / COST).symlink_to(".real")

    renamed(root, "actor", "mayor", "jane")

    assert (root / COST).is_symlink()
    assert "claimants: [jane]" in (root / COST).read_text()


# --- what always holds -----------------------------------------------------------------------------------------------

IDS = st.lists(st.sampled_from(["q-old", "q", "old", "q-old-x", "x-q-old"]), min_size=1, max_size=3, unique=True)
PIECES = """\
q-old | [q-old](actor:q-old) | [x](actor:q) | `actor:q-old` | <actor:q-old> | actor:q-old | [a](claim:q-old) | [r]
| [b](source:q-old#claim-q-old.e) | https://q-old.example/ | **[s](actor:x-q-old)**"""
PROSE = st.lists(st.sampled_from([*PIECES.split("|"), "\n", "\n\n"]), max_size=8).map("".join)


@st.composite
def claims(draw: st.DrawFn) -> str:
    """A claim that names some of many ids that look alike, in any way of writing."""

    def items(key: str, ids: list[str]) -> str:
        style = draw(st.sampled_from(["flow", "block", "quoted", "commented"]))
        lines = {
            "flow": [f"{key}: [{', '.join(ids)}]"],
            "quoted": [f"{key}:", *(f'- "{each}"' for each in ids)],
            "block": [f"{key}:", *(f"  - {each}" for each in ids)],
            "commented": [f"# {ids}", f"{key}:", *(f"  - {each}  # actor:q-old" for each in ids)],
        }
        return "\n".join(lines[style])

    analysis = "\n".join("  " + line.strip() for line in ("[r]: actor:q-old\n\n" + draw(PROSE)).split("\n"))
    source = draw(st.sampled_from(["q-old", "q"]))
    text = "\n".join(
        [
            "claim: q-old says q-old",
            'rating: "true"',
            "verdict: q-old",
            items("claimants", draw(IDS)),
            items("about", draw(IDS)),
            "appearances:\n  - {source: q-old, quote: q-old}\n",
            f"evidence:\n  - source: {source}\n    stance: context\n    quote: actor:q-old",
            f"analysis: |\n{analysis}",
            "checked: 2026",
            items("related", draw(IDS)),
        ]
    )
    end = draw(st.sampled_from(["\n", "\r\n"]))
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", end) + draw(st.sampled_from(["", end]))


def references(root: Path, kind: str = "", old: str = "", new: str = "") -> list[str]:
    """Everything that is named in the site, sorted, with one id in place of another."""
    found = referrers.of_content(load.load(root, Problems()))
    shown = (replace(each, path="", id=new if (each.kind, each.id) == (kind, old) else each.id) for each in found)
    return sorted(map(str, shown))


@settings(max_examples=25)
@given(text=claims(), kind=st.sampled_from(["claim", "actor", "source"]))
def test_after_a_renaming_the_same_things_are_named_and_all_else_is_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str, kind: str
) -> None:
    root = site(tmp_path_factory.mktemp("site"), _files(text))
    before = scratch.tree(root)
    wanted, named = references(root, kind, "q-old", "brand-new"), references(root)
    own, moved = f"content/{kind}s/q-old.yaml", f"content/{kind}s/brand-new.yaml"

    changed = set(renamed(root, kind, "q-old", "brand-new"))

    after = scratch.tree(root)
    assert references(root) == wanted
    assert after.keys() == before.keys() - {own} | {moved}
    for path in before.keys() - {own}:
        assert after[path].replace(b"brand-new", b"q-old") == before[path]
        assert (path in changed) == (after[path] != before[path])

    renamed(root, kind, "brand-new", "q-old")

    assert references(root) == named
    assert {path: content for path, content in scratch.tree(root).items() if path != own} == {
        path: content for path, content in before.items() if path != own
    }


def _files(text: str) -> dict[str, str]:
    """Entries of every kind with ids that look alike; one claim has this text."""
    ids = ("q-old", "q", "old", "q-old-x", "x-q-old")
    files = {f"content/actors/{each}.yaml": "name: q-old\nkind: person\n" for each in ids}
    files |= {f"content/sources/{each}.yaml": "title: q-old\ntype: news\npublisher: q-old\n" for each in ids[:2]}
    files |= {f"content/claims/{each}.yaml": START for each in ids[1:]}
    return files | {"content/claims/q-old.yaml": text, "content/claims/other.yaml": text}


CHECK = """\
claim: It cost twice that.
rating: "false"
verdict: No.
claimants: [zq-mayor]
appearances:
  - {article: zq-gazette, quote: it cost twice that}
evidence:
  - {source: zq-account, stance: contradicts}
checked: 2026-03-02
status: published
"""
CROSSED = """\
analysis: See [a](claim:zq-cost), [b](actor:zq-mayor), [c](source:zq-account) and [d](source:zq-gazette).
related: [zq-cost]
"""
PUBLISHED = {
    "site.yaml": (scratch.SITES / "minimal/site.yaml").read_text()
    + "search: false\nshare_images: false\nfeatured: [zq-cost]\n",
    "content/actors/zq-mayor.yaml": "name: Jane Doe\nkind: person\n",
    "content/articles/zq-gazette.md": "---\ntitle: A\npublisher: zq-mayor\ntype: news\n---\nSo it cost twice that.",
    "content/sources/zq-account.yaml": "title: Account\ntype: primary\nparty_to: [zq-mayor]\n",
    "content/claims/zq-cost.yaml": CHECK,
    "content/claims/again.yaml": CHECK + CROSSED,
    "content/pages/about.md": "---\ntitle: About\n---\n[A](claim:zq-cost) [b](actor:zq-mayor) [c](source:zq-gazette).",
}


@pytest.mark.parametrize(
    ("kind", "old", "section"),
    [
        ("claim", "zq-cost", "claims"),
        ("actor", "zq-mayor", "actors"),
        ("source", "zq-account", "sources"),
        ("source", "zq-gazette", "sources"),
    ],
)
def test_the_site_builds_to_the_same_pages_but_for_the_id(tmp_path: Path, kind: str, old: str, section: str) -> None:
    root, new = scratch.write(tmp_path / "site", PUBLISHED), f"{old}s"  # which sorts into the same place
    before = outputs(root, tmp_path / "before")

    changed = renamed(root, kind, old, new)

    redirect = outputs(root, tmp_path / "after")[f"{section}/{old}/index.html"]
    assert f"{section}/{new}/".encode() in redirect
    own = next(path for path in changed if path.rpartition("/")[2].startswith(f"{new}."))
    kept = [line for line in changed[own].split("\n") if line not in {f"aliases: [{old}]", f"old_ids: [{old}]"}]
    scratch.write(root, {own: "\n".join(kept)})
    assert outputs(root, tmp_path / "without") == {
        path.replace(old, new): content.replace(old.encode(), new.encode()) for path, content in before.items()
    }


def outputs(root: Path, folder: Path) -> dict[str, bytes]:
    """The files of the built site."""
    result = build(Options(root, folder))
    assert result.ok, result.problems
    return {path: (folder / path).read_bytes() for path in result.written}
