"""The editing guide holds: its fields are the models', its examples are valid, its commands print what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner
from PIL import Image
from pydantic import BaseModel

import build as command_line
from factsite import model, urls
from factsite.loading import yamltext
from factsite.loading.validation import validate
from tests import scratch

DOCS = Path(__file__).parents[1] / "docs"
GUIDE = (DOCS / "editing.md").read_text(encoding="utf-8")
README = (DOCS.parent / "README.md").read_text(encoding="utf-8")
MODELS: dict[str, type[model.Written]] = {
    "Claim": model.Claim,
    "Appearance": model.Appearance,
    "Evidence": model.Evidence,
    "Response": model.Response,
    "Correction": model.Correction,
    "Actor": model.Actor,
    "Name": model.Name,
    "Membership": model.Membership,
    "Source": model.Source,
    "Article": model.Article,
    "Page": model.Page,
    "site.yaml": model.Settings,
    "Publisher": model.Publisher,
    "Licence": model.Licence,
    "Rating": model.Rating,
    "Topic": model.Topic,
}
"""Headings below "Every field", with what they describe."""
ALMOST = {("Claim", "evidence"): "nearly always"}
"""Fields that are needed although the model cannot know it."""


@dataclass(frozen=True)
class Row:
    """One line of a table of fields."""

    needed: str
    about: str
    example: str


def tables() -> dict[str, dict[str, Row]]:
    """The fields of each table of the reference, by heading."""
    found: dict[str, dict[str, Row]] = {}
    for section in re.split(r"\n#{3,4} ", GUIDE.partition("\n## Every field\n")[2])[1:]:
        lines = [line for line in section.split("\n") if line.startswith("| `")]
        cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
        assert all(len(row) == 4 for row in cells), cells
        rows = {row[0].strip("`"): Row(row[1], row[2], row[3]) for row in cells}
        assert len(rows) == len(lines)
        found[section.split("\n")[0]] = rows
    return found


TABLES = tables()
FIELDS = [(heading, field) for heading, rows in TABLES.items() for field in rows]


def test_every_model_has_its_heading() -> None:
    written = {each for each in vars(model).values() if isinstance(each, type) and issubclass(each, model.Written)}

    assert list(TABLES) == list(MODELS)
    assert written - {model.Written} == set(MODELS.values())


@pytest.mark.parametrize("heading", MODELS)
def test_every_field_is_documented_in_the_order_of_the_model_and_no_other(heading: str) -> None:
    fields = {field.alias or name: field.is_required() for name, field in MODELS[heading].model_fields.items()}

    assert list(TABLES[heading]) == list(fields)
    assert {field: row.needed for field, row in TABLES[heading].items()} == {
        field: ALMOST.get((heading, field), "yes" if needed else "") for field, needed in fields.items()
    }


@pytest.mark.parametrize(("heading", "field"), FIELDS)
def test_the_example_of_a_field_is_valid(heading: str, field: str) -> None:
    example = TABLES[heading][field].example
    assert (example[0], example[-1]) == ("`", "`")
    data, _, problems = yamltext.parse(example.strip("`").replace("\\|", "|") + "\n", "", 0)

    assert problems == []
    assert list(data) == [field]
    found = validate(MODELS[heading], data, "")[1]
    assert [problem for problem in found if problem.keys or problem.code not in {"missing-key", "one-place"}] == []


@pytest.mark.parametrize(("heading", "field"), FIELDS)
def test_a_field_with_choices_names_them_all(heading: str, field: str) -> None:
    info = next(i for n, i in MODELS[heading].model_fields.items() if (i.alias or n) == field)
    missing = [
        word for word in words_of(info.annotation) if not re.search(rf"\b{word}\b", TABLES[heading][field].about)
    ]

    assert missing == []


def words_of(annotation: Any) -> Iterator[str]:
    """The words of a `Literal`, also inside of a union."""
    for each in get_args(annotation):
        if isinstance(each, str):
            yield each
        elif not (isinstance(each, type) and issubclass(each, BaseModel)):
            yield from words_of(each)


def test_all_sections_of_the_header_are_named() -> None:
    named = set(re.findall(r"[a-z]+", TABLES["site.yaml"]["navigation"].about))

    assert set(urls.SECTIONS) <= named


# --- the tutorial ----------------------------------------------------------------------------------------------------

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_first_claim_goes_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written and commands are called in the order of the text; what they print must be what it shows."""
    monkeypatch.chdir(tmp_path)
    tutorial = GUIDE.partition("\n## Your first claim\n")[2].partition("\n## Without installing")[0]
    commands = 0
    for language, name, text in BLOCK.findall(tutorial):
        if language == "console":
            commands += 1
            command, _, expected = text.partition("\n")
            if "--strict" in command:
                publish(tmp_path / "my-checks/content/claims/account-on-time.yaml")
            assert plain(called(command)) == plain(expected) or fits(plain(expected), plain(called(command))), command
        else:
            scratch.write(tmp_path, {name: text})

    assert commands == 8
    assert scratch.checked(tmp_path / "my-checks", strict=True).problems == ()


def publish(claim: Path) -> None:
    """What the guide says in words."""
    text = claim.read_text(encoding="utf-8")
    assert "status: draft" in text
    claim.write_text(text.replace("status: draft", "status: published"), encoding="utf-8")


def called(command: str) -> str:
    """What a command prints; it may fail, as the guide shows."""
    prompt, python, script, *arguments = shlex.split(command)
    assert (prompt, python, script) == ("$", "python", "build.py")
    return CliRunner().invoke(command_line.cli, arguments, catch_exceptions=False).output


def plain(text: str) -> str:
    """Without what differs from run to run: seconds, and the names of the stages that took them."""
    return re.sub(r"^\d+\.\d\d s \(.*\)$", "SECONDS", text.rstrip(), flags=re.MULTILINE)


def fits(expected: str, printed: str) -> bool:
    """Whether it is the same but for what stands at a line `…`."""
    pattern = ".*".join(map(re.escape, expected.split("\n…\n")))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


# --- links and pictures ----------------------------------------------------------------------------------------------


def anchors(text: str) -> set[str]:
    """The ids that Git hosts give to headings."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_somewhere() -> None:
    prose = re.sub(r"```.*?```|`[^`\n]*`", "", GUIDE, flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", prose)

    inside = [target for target in targets if target.startswith("#")]
    near = [target for target in targets if not target.startswith(("#", "https://"))]
    assert {target[1:] for target in inside} <= anchors(GUIDE)
    assert [target for target in near if not (DOCS / target.partition("#")[0]).exists()] == []
    assert len(near) >= 5


@pytest.mark.parametrize("path", sorted((DOCS / "images").glob("*")), ids=lambda path: path.name)
def test_pictures_are_small_and_used(path: Path) -> None:
    assert path.suffix == ".png"
    assert path.stat().st_size <= 80_000
    assert f"](images/{path.name})" in GUIDE or f"](docs/images/{path.name})" in README
    with Image.open(path) as picture:
        assert picture.width <= 1200
