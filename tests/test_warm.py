"""Whatever was kept of earlier builds: the site is the one that a clean build makes, byte for byte."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks import factsite_site
from benchmarks.generate import facts
from factsite.building import steps
from factsite.pipeline import BuildResult, Options, build
from factsite.remembering import trace
from factsite.remembering.cache import Cache
from factsite.rendering.templating import Compiled
from factsite.working.spool import PREFIX
from tests import scratch

SITE = facts(12, seed=4)
RNG = random.Random


def made(root: Path) -> Path:
    """A site with twelve claims; some of one article's paragraphs are not published, and one claim is a draft."""
    factsite_site.write(root, SITE)
    edit(root / "content/articles/article-00001.md", "rights: full", "rights: excerpt")
    edit(root / "content/claims/claim-000012.yaml", "status: published", "status: draft")
    for path in (root / "content/claims").iterdir():
        path.write_text(path.read_text().replace(", claim-000012", "").replace("claim-000012", "claim-000001"))
    return root


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def clean(root: Path, fresh: Path, *, shown: bool) -> tuple[BuildResult, dict[str, bytes]]:
    """The site built in a copy without anything kept, compiled templates included, by one process."""
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("output", ".factsite"))
    with patch.multiple(Compiled, known={}, ours=Cache(fresh / ".factsite" / "compiled")):
        result = build(Options(fresh, processes=1, drafts=shown, preview=shown))
    found = scratch.tree(fresh / "output") if (fresh / "output").is_dir() else {}
    shutil.rmtree(fresh)
    return result, found


# --- what editors do -------------------------------------------------------------------------------------------------


def any_file(root: Path, kind: str, rng: random.Random) -> Path:
    return rng.choice(sorted(path for path in (root / "content" / kind).rglob("*") if path.is_file()))


def change_verdict(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    path.write_text(path.read_text().replace("verdict: '", f"verdict: '{rng.choice('ABC')} "))


def change_rating(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    lines = path.read_text().split("\n")
    path.write_text("\n".join("rating: disputed" if line.startswith("rating:") else line for line in lines))


def add_claim(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    path.with_name(f"new-{rng.randint(1, 9)}.yaml").write_text(path.read_text())


def delete_claim(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    path.unlink()
    for other in (root / "content/claims").iterdir():
        other.write_text(other.read_text().replace(f", {path.stem}", "").replace(f"[{path.stem}", f"[{other.stem}"))


def withdraw(root: Path, rng: random.Random) -> None:
    edit(any_file(root, "claims", rng), "status: published", "status: withdrawn")


def publish(root: Path, rng: random.Random) -> None:
    edit(any_file(root, "claims", rng), "status: draft", "status: published")


def correct(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    if "corrections:" not in path.read_text():
        path.write_text(path.read_text() + 'corrections: [{date: 2026-11-01, note: A name., rating_was: "true"}]\n')


def former_id(root: Path, rng: random.Random) -> None:
    path = any_file(root, "claims", rng)
    if "aliases:" not in path.read_text():
        path.write_text(path.read_text() + f"aliases: [once-{path.stem}]\n")


def rename_actor(root: Path, rng: random.Random) -> None:
    path = any_file(root, "actors", rng)
    path.write_text(path.read_text().replace("name: ", f"name: {rng.choice(['Sir', 'Dame'])} ", 1))


def change_source(root: Path, rng: random.Random) -> None:
    path = any_file(root, "sources", rng)
    path.write_text(path.read_text().replace("title: ", "title: New ", 1))


def change_article(root: Path, rng: random.Random) -> None:
    path = any_file(root, "articles", rng)
    actor = any_file(root, "actors", rng).read_text().split("\n")[0].removeprefix("name: ")
    path.write_text(f"{path.read_text()}\nWords of {actor}.\n")


def publish_text(root: Path, rng: random.Random) -> None:
    edit(any_file(root, "articles", rng), "rights: full", f"rights: {rng.choice(['excerpt', 'link'])}")


def add_page(root: Path, rng: random.Random) -> None:
    page = f"---\ntitle: Page {rng.randint(1, 3)}\n---\n\nSee [it](claim:claim-000001).\n"
    (root / f"content/pages/page-{rng.randint(1, 2)}.md").write_text(page)


def change_settings(root: Path, rng: random.Random) -> None:
    edit(root / "site.yaml", "title: ", f"title: {rng.choice('XYZ')}")


def change_topic(root: Path, rng: random.Random) -> None:
    edit(root / "site.yaml", "label: Topic", f"label: {rng.choice(['Theme', 'Subject'])}")


def change_template(root: Path, rng: random.Random) -> None:
    name = rng.choice(["base.html", "claim.html", "partials/ui.html", "topic.html"])
    own = root / "templates" / name
    own.parent.mkdir(parents=True, exist_ok=True)
    source = Path(__file__).parents[1] / "templates" / name
    own.write_text(source.read_text() + f"\n<!-- {rng.randint(1, 3)} -->\n" * (name != "partials/ui.html"))


def change_style(root: Path, rng: random.Random) -> None:
    (root / "templates/assets").mkdir(parents=True, exist_ok=True)
    (root / "templates/assets/own.css").write_text(f"p {{ margin: {rng.randint(1, 3)}px }}")


def move_file(root: Path, rng: random.Random) -> None:
    path = any_file(root, "sources", rng)
    (path.parent / "moved").mkdir(exist_ok=True)
    path.rename(path.parent / "moved" / path.name)


def break_and_build(root: Path, rng: random.Random) -> None:
    """A mistake that stops a build, and its repair."""
    path = any_file(root, "claims", rng)
    text = path.read_text()
    path.write_text(text.replace("topics: [", "topics: [none, "))
    assert not build(Options(root)).ok
    path.write_text(text)


# --- what happens to what is kept, and to the output -----------------------------------------------------------------


def damage(root: Path, rng: random.Random) -> None:
    for path in (root / ".factsite").rglob("*"):
        if path.is_file() and rng.random() < 0.5:
            content = bytearray(path.read_bytes())
            if content:
                content[rng.randrange(len(content))] ^= 0xFF
            path.write_bytes(bytes(content[: rng.randint(0, 2 * len(content))]))


def forget(root: Path, rng: random.Random) -> None:
    shutil.rmtree(root / ".factsite", ignore_errors=True)


def deface(root: Path, rng: random.Random) -> None:
    files = sorted(path for path in (root / "output").rglob("*.html"))
    for path in rng.sample(files, k=min(3, len(files))):
        path.write_bytes(path.read_bytes().replace(b"a", b"b")) if rng.random() < 0.5 else path.unlink()


def deface_data(root: Path, rng: random.Random) -> None:
    files = sorted(path for path in (root / "output/data").rglob("*"))
    for path in rng.sample(files, k=min(2, len(files))):
        path.write_bytes(b"?")


EDITS: list[Callable[[Path, random.Random], None]] = [
    change_verdict, change_rating, add_claim, delete_claim, withdraw, publish, correct, former_id, rename_actor,
    change_source, change_article, publish_text, add_page, change_settings, change_topic, change_template, change_style,
    move_file, break_and_build, damage, forget, deface, deface_data,
]  # fmt: skip


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    edits=st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 99)), min_size=1, max_size=6),
    few=st.sampled_from([0, steps.FEW]),
    few_reads=st.sampled_from([0, trace.FEW]),
    shown=st.booleans(),
)
def test_after_any_edits_the_site_is_the_one_of_a_clean_build(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[Callable[[Path, random.Random], None], int]],
    few: int,
    few_reads: int,
    shown: bool,
) -> None:
    root = made(tmp_path_factory.mktemp("site"))
    options = Options(root, drafts=shown, preview=shown)
    # With 0 all goes over the disk, as on a large site, and all pages are told apart by what they show, as lists are.
    with patch.object(steps, "FEW", few), patch.object(trace, "FEW", few_reads):
        assert build(options).ok
    for change, seed in edits:
        change(root, RNG(seed))
        with patch.object(steps, "FEW", few), patch.object(trace, "FEW", few_reads):
            result = build(options)
        expected, files = clean(root, tmp_path_factory.mktemp("fresh") / "site", shown=shown)

        assert result.problems == expected.problems
        if expected.ok:
            assert scratch.tree(root / "output") == files


BUILD = """
import os, sys
from pathlib import Path
from factsite.building import steps
from factsite.pipeline import Options, build
forks = []
os.register_at_fork(before=lambda: forks.append(1))
result = build(Options(Path(sys.argv[1]), processes=int(sys.argv[2])))
print(result.ok, len(forks))
"""


def test_two_processes_make_what_one_makes_cold_and_after_an_edit(tmp_path: Path) -> None:
    factsite_site.write(tmp_path / "1", facts(150, seed=4))
    shutil.copytree(tmp_path / "1", tmp_path / "2")
    said = []
    for rating in ("false", "true"):
        for name in ("1", "2"):
            edit(tmp_path / name / "site.yaml", "label: ", f"label: {rating} ")
            command = [sys.executable, "-c", BUILD, str(tmp_path / name), name]
            said.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
        assert scratch.tree(tmp_path / "1" / "output") == scratch.tree(tmp_path / "2" / "output")

    assert [ok for ok, _ in said] == ["True"] * 4
    assert [forks == "0" for _, forks in said] == [True, False, True, False]
    assert [path.name for path in (tmp_path / "2" / ".factsite" / "cache").glob(f"{PREFIX}*")] == []


@pytest.mark.parametrize(
    "tag", ["{% include 'x.html' if site.title == 'x' else 'own.html' %}", "{% include 'own' ~ '.html' %}"]
)
def test_a_template_that_is_named_by_an_expression_is_seen(tmp_path: Path, tag: str) -> None:
    page = "{% extends 'base.html' %}{% block main %}<h1>Lost</h1>" + tag + "{% endblock %}"
    root = scratch.minimal(tmp_path, {"templates/404.html": page, "templates/own.html": "Nothing here."})
    assert build(Options(root)).ok
    scratch.write(root, {"templates/own.html": "Nothing at all."})

    assert build(Options(root)).ok
    assert "Nothing at all." in (root / "output/404.html").read_text()
