"""The commands for editors as they are typed: what they write, what they print, how they end."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner, Result

import build as command_line
from factsite import commands, model
from tests import scratch
from tests.serving import BUILD, PATIENCE

COST = "content/claims/bridge-cost.yaml"
QUOTE = "The council will meet again in May."


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command_line.cli, [str(argument) for argument in arguments], catch_exceptions=False)


def test_a_new_claim(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(scratch.minimal(tmp_path))

    result = run("new", "claim", "--quote", QUOTE, "--rating", "false", "--claimant", "mayor")

    assert result.exit_code == 0
    assert result.output == ("content/claims/council-meet-again-may.yaml is new: open it and fill in what is empty.\n")
    text = (tmp_path / "content/claims/council-meet-again-may.yaml").read_text()
    assert f"  - article: gazette\n    quote: {QUOTE}\n    stance: asserts" in text
    assert '\nrating: "false"\n' in text
    assert "\nclaimants: [mayor]\n" in text


def test_nothing_is_overwritten_and_nothing_is_made_in_the_wrong_folder(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path / "site")
    before = (root / COST).read_bytes()

    taken = run("new", "claim", "bridge-cost", "--root", root)
    (tmp_path / "other").mkdir()
    nowhere = run("new", "claim", "bridge-cost", "--root", tmp_path / "other")

    assert (taken.exit_code, nowhere.exit_code) == (1, 1)
    assert "error[duplicate-id]: The id `bridge-cost` is taken" in taken.output
    assert "error[no-settings]" in nowhere.output
    assert (root / COST).read_bytes() == before
    assert list((tmp_path / "other").iterdir()) == []


def test_a_wrong_quote_is_answered_with_what_comes_close(tmp_path: Path) -> None:
    result = run(
        "new",
        "claim",
        "new",
        "--article",
        "gazette",
        "--quote",
        "an overrun of 60 per cent",
        "--root",
        scratch.minimal(tmp_path),
    )

    assert result.exit_code == 1
    assert "error[quote-not-found]: This quote is not in `gazette`\n" in result.output
    assert "“an overrun of 16 per cent” (the article has “16”, the quote “60”)" in result.output
    assert not (tmp_path / "content/claims/new.yaml").exists()


def test_a_file_with_mistakes_elsewhere_does_not_stop_a_new_one(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"content/claims/unfinished.yaml": "claim:\nrating:\n"})

    assert run("new", "claim", "new", "--root", root).exit_code == 0


def test_a_new_source_knows_the_day_it_was_read_and_every_file_says_what_is_next(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    source = run("new", "source", "--url", "https://post.example/a-bridge", "--title", "T", "--root", root)
    page = run("new", "page", "team", "--title", "Team", "--root", root)

    assert source.exit_code == page.exit_code == 0
    written = (tmp_path / "content/sources/post-bridge.yaml").read_text()
    assert re.search(r"\naccessed: 20\d\d-\d\d-\d\d\n", written)
    assert page.output.endswith("Its text goes below the second line `---`; in site.yaml, `navigation` can name it.\n")


def test_a_new_site_and_a_second_one_in_its_place(tmp_path: Path) -> None:
    first = run("init", tmp_path / "checks")
    second = run("init", tmp_path / "checks")

    assert first.exit_code == 0
    assert "is a new site, with one example in it.\n" in first.output
    assert run("check", "--strict", "--root", tmp_path / "checks").exit_code == 0
    assert second.exit_code == 1
    assert "it has `content`, `site.yaml` in it\n" in second.output


def test_show(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    assert "     4  claimants" in run("show", "actor", "mayor", "--root", root).output
    assert json.loads(run("show", "actor", "mayor", "--format", "json", "--root", root).output)["id"] == "mayor"
    wrong = run("show", "actor", "mayer", "--root", root)
    assert wrong.exit_code == 1
    assert "did you mean: `mayor`?" in wrong.output


def test_an_article_goes_by_either_name(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    assert run("show", "article", "gazette", "--root", root).output == (
        run("show", "source", "gazette", "--root", root).output
    )
    assert run("rename", "article", "gazette", "gazette-2026", "--root", root).exit_code == 0
    assert "article: gazette-2026" in (root / COST).read_text()


def test_find(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    exact, near, none = (run("find", words, "--root", root) for words in (QUOTE, "will meat again", "zebra crossing"))

    assert (exact.exit_code, near.exit_code, none.exit_code) == (0, 1, 1)
    assert f"\n  - article: gazette\n    quote: {QUOTE}\n" in exact.output
    assert "(the article has “meet”, the quote “meat”)" in near.output
    assert none.output == "No article has these words, or words like them.\n"


def test_find_says_which_articles_it_could_not_read(tmp_path: Path) -> None:
    root = scratch.minimal(
        tmp_path, {"content/articles/gazette.md": "---\ntitle: 'Row\ntype: news\n---\n\nThe bridge.\n"}
    )

    result = run("find", "the bridge", "--root", root)

    assert result.exit_code == 1
    assert "gazette.md." in result.stderr


def test_rename(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    dry = run("rename", "actor", "mayor", "jane-doe", "--dry-run", "--root", root)
    assert (dry.exit_code, (root / "content/actors/mayor.yaml").exists()) == (0, True)
    assert dry.output.endswith("2 files would change; nothing was written.\n")

    real = run("rename", "actor", "mayor", "jane-doe", "--root", root)

    assert real.output == dry.output.replace("would change; nothing was written.", "changed.")
    assert (real.exit_code, (root / "content/actors/jane-doe.yaml").exists()) == (0, True)
    assert run("check", "--root", root).exit_code == 0
    again = run("rename", "actor", "mayor", "jane-doe", "--root", root)
    assert again.exit_code == 1
    assert "it is now called `jane-doe`" in again.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["new"],
        ["new", "clam"],
        ["show", "page", "x"],
        ["show", "actor"],
        ["find"],
        ["find", " …"],
        ["rename", "actor", "x"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    "name", ["new claim", "new actor", "new source", "new article", "new page", "init", "show", "find", "rename"]
)
def test_every_command_has_help(name: str) -> None:
    result = run(*name.split(), "--help")

    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")


def options(command: click.Command) -> Iterator[click.Option]:
    """The options of a command and of those below it."""
    yield from (each for each in command.params if isinstance(each, click.Option))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from options(below)


def test_every_option_has_help_that_is_more_than_its_name() -> None:
    found = list(options(command_line.cli))

    assert [each.opts for each in found if len((each.help or "").split()) < 2] == []
    assert len(found) > 20


@pytest.mark.parametrize(
    ("kind", "option", "choices"),
    [
        ("actor", "--kind", model.ActorKind),
        ("source", "--type", model.SourceType),
        ("article", "--type", model.SourceType),
    ],
)
def test_help_names_the_choices(kind: str, option: str, choices: object) -> None:
    (about,) = (each.help or "" for each in options(commands.new.commands[kind]) if option in each.opts)

    assert [word for word in get_args(choices) if not re.search(rf"\b{word}\b", about)] == []


def test_looking_up_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    code = (
        "import sys, build\n"
        f"try: build.cli(['show', 'actor', 'mayor', '--root', {str(root)!r}])\n"
        "except SystemExit: pass\n"
        "print(sorted({'jinja2', 'selectolax', 'PIL', 'livereload', 'tornado', 'rich'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=BUILD.parent, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


# --- on a terminal ---------------------------------------------------------------------------------------------------


def typed(root: Path, arguments: list[str], answers: list[tuple[str, str]]) -> str:
    """What a command shows on a terminal on which somebody answers each question in turn."""
    screen, keyboard = pty.openpty()
    command = [sys.executable, str(BUILD), *arguments, "--root", str(root)]
    environment = os.environ | {"TERM": "dumb", "PYTHONUTF8": "1"}
    with subprocess.Popen(command, stdin=keyboard, stdout=keyboard, stderr=keyboard, env=environment) as process:
        os.close(keyboard)
        shown, rest, end = "", "", time.monotonic() + PATIENCE
        pending = list(answers)
        while select.select([screen], [], [], max(0.0, end - time.monotonic()))[0]:
            try:
                read = os.read(screen, 4096).decode(errors="replace")
            except OSError:  # the program has ended
                break
            shown, rest = shown + read, rest + read
            if pending and pending[0][0] in rest:
                os.write(screen, (pending.pop(0)[1] + "\n").encode())
                rest = ""
        os.close(screen)
        assert process.wait(PATIENCE) == 0, shown
    assert pending == [], shown
    return shown.replace("\r\n", "\n")


def test_a_claim_is_asked_for_and_a_wrong_quote_again(tmp_path: Path) -> None:
    shown = typed(
        scratch.minimal(tmp_path),
        ["new", "claim"],
        [
            ("Which one has the claim", "gazete"),
            ("Which article", "gazette"),
            ("Its words, as they stand there", "the council will meat"),
            ("Its words, as they stand there", "The council will meet"),
            ("What is claimed", "The council meets in May."),
            ("Name of the file [council-meets-may]", ""),
        ],
    )

    assert "Articles: gazette\n" in shown
    assert "did you mean: `gazette`?" in shown
    assert "“The council will meet”" in shown
    text = (tmp_path / "content/claims/council-meets-may.yaml").read_text()
    assert "\nclaim: The council meets in May.\n" in text
    assert "    quote: The council will meet\n" in text


def test_everything_can_be_left_for_later_but_the_name(tmp_path: Path) -> None:
    typed(
        scratch.minimal(tmp_path),
        ["new", "claim"],
        [("Which one", ""), ("What is claimed", ""), ("Name of the file", "later")],
    )

    assert "\nclaim:\n" in (tmp_path / "content/claims/later.yaml").read_text()


def test_an_actor_is_asked_for(tmp_path: Path) -> None:
    shown = typed(
        scratch.minimal(tmp_path),
        ["new", "actor", "--name", "The Council"],
        [
            ("(person, organisation, government, media)", "town"),
            ("What it is", "government"),
            ("[the-council]", "council"),
        ],
    )

    assert "'town' is not one of" in shown
    assert "\nkind: government\n" in (tmp_path / "content/actors/council.yaml").read_text()
