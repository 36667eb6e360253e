"""docs/problems.md explains every kind of problem, with an example that is what its site in `sites/invalid` prints.

`UPDATE_EXPECTED=1 .venv/bin/pytest -n0 tests/test_catalogue.py` writes the examples anew, once `test_sites` has done so
with its `expected.txt`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from factsite import model
from factsite.auditing import faults
from factsite.loading import validation
from tests import golden, scratch
from tests.loading import test_diagnosis

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs" / "problems.md"
SECTION = re.compile(r"^### (?P<code>\S+)\n\n(?P<text>.*?)```text\n(?P<example>.*?)```\n", re.MULTILINE | re.DOTALL)
SITE = re.compile(r"\(\.\./tests/sites/invalid/([\w-]+)\)")
MAKERS = {"Problem": 0, "Fault": 0, "_refuse": 1}
"""What makes problems, with the place of the code among its arguments."""
KINDS = {*get_args(get_type_hints(model.Ref)["kind"]), "page"}
"""What `unknown-{kind}` stands for."""


def calls(tree: ast.AST) -> Iterator[ast.expr]:
    """The expression for the code, wherever a problem is made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = MAKERS.get(name)
            if place is not None and len(node.args) > place:
                yield node.args[place]


def codes() -> set[str]:
    """Every code in the sources."""
    found = {code for code, *_ in validation.REMEDIES.values()} | set(faults.EXPECTED)
    for path in sorted((ROOT / "factsite").rglob("*.py")):
        for expression in calls(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(expression, ast.JoinedStr):
                assert ast.unparse(expression) == "f'unknown-{kind}'", f"{path.name}: {ast.unparse(expression)}"
                found |= {f"unknown-{kind}" for kind in KINDS}
            elif isinstance(expression, ast.Constant):
                found.add(str(expression.value))
            else:  # a code that comes from elsewhere: from another problem, a finding or a table
                assert isinstance(expression, ast.Name | ast.Attribute), f"{path.name}: {ast.unparse(expression)}"
    return found - {""}


def example(site: str, code: str) -> str:
    """The first problem with this code that a site prints, without the line that points here."""
    printed = (scratch.SITES / "invalid" / site / "expected.txt").read_text(encoding="utf-8")
    first = next(part for part in printed.split("\n\n") if f"[{code}]: " in part)
    return "".join(f"{line}\n" for line in first.split("\n") if not line.startswith("     = see: "))


def refreshed(text: str) -> str:
    """The catalogue with the examples of now."""

    def section(match: re.Match[str]) -> str:
        site = SITE.search(match["text"])
        shown = example(site[1], match["code"]) if site else match["example"]
        return f"### {match['code']}\n\n{match['text']}```text\n{shown}```\n"

    return SECTION.sub(section, text)


if golden.UPDATE:
    DOCS.write_text(refreshed(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
TEXT = DOCS.read_text(encoding="utf-8")
SECTIONS = {match["code"]: match for match in SECTION.finditer(TEXT)}


def test_examples_are_what_is_printed() -> None:
    assert refreshed(TEXT) == TEXT


def test_every_code_is_explained_and_every_section_is_a_code() -> None:
    headings = re.findall(r"^### (\S+)$", TEXT, re.MULTILINE)

    assert sorted(codes() - set(headings)) == []
    assert sorted(set(headings) - codes()) == []
    assert len(headings) == len(set(headings)) == len(SECTIONS)


@pytest.mark.parametrize("code", sorted(SECTIONS))
def test_each_section_has_a_remedy_and_an_example_of_its_code(code: str) -> None:
    assert len(SECTIONS[code]["text"].split()) >= 8
    assert f"[{code}]: " in SECTIONS[code]["example"]


def test_every_yaml_message_is_in_the_table() -> None:
    rows = re.findall(r"^\| (.+?) \| ", TEXT, re.MULTILINE)
    patterns = [re.escape(row).replace("…", ".+") for row in rows]
    messages = {example.expected.split("\n")[2] for example in test_diagnosis.EXAMPLES}

    assert [message for message in sorted(messages) if not any(re.fullmatch(p, message) for p in patterns)] == []


def test_forty_sites_are_broken_each_in_its_own_way() -> None:
    printed = [path.read_text(encoding="utf-8") for path in sorted((scratch.SITES / "invalid").glob("*/expected.txt"))]

    assert len(printed) >= 40
    assert len(set(printed)) == len(printed)
    assert "no problems\n" not in printed
