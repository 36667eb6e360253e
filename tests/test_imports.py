"""The direction of the imports: stages are siblings that never import one another, and nothing imports upwards."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[1] / "factsite"
MODULES = {path.stem: path for path in sorted(ENGINE.rglob("*.py")) if path.stem != "__init__"}
PACKAGES = {"factsite", *(f"factsite.{path.name}" for path in ENGINE.iterdir() if (path / "__init__.py").is_file())}
STAGES = {"load", "link", "editorial", "render", "share", "exports", "audit", "search", "output"}
"""What the pipeline calls, one after the other."""
VALUES = {"Content", "Entry", "FOLDERS", "Output"}
"""What one stage hands to the next: types and constants, not what it does."""
TOPS = {"commands", "options", "pipeline", "stages", "console", "preview", "preview_site", "preview_search"}
"""What nothing below them imports."""
NOUNS: dict[str, set[str]] = {
    "dates": set(),
    "languages": set(),
    "problems": set(),
    "urls": set(),
    "model": {"dates", "problems", "urls"},
    "site": {"model", "urls"},
    "markdown": {"site", "urls"},
    "views": {"model", "site"},
}
"""What stands above the folders and all of them share, with what each of them needs."""
SERVERS = {"livereload", "tornado"}


def imports(name: str) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a module imports, also inside its functions; modules of the engine by stem."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and node.module in PACKAGES):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = str(node.module)
            yield from ((module.rpartition(".")[2] if "factsite" in module else module, n.name) for n in node.names)


def known(name: str) -> set[str]:
    """The modules of the engine that a module imports, also for their types alone."""
    return {module for module, _ in imports(name) if module in MODULES}


GRAPH = {
    name: {module for module, imported in imports(name) if module in MODULES and imported not in VALUES}
    for name in MODULES
}


def below(name: str) -> set[str]:
    """Everything that a module needs, directly or not."""
    found: set[str] = set()
    pending = [name]
    while pending:
        new = GRAPH[pending.pop()] - found
        found |= new
        pending += new
    return found


@pytest.mark.parametrize("stage", sorted(STAGES))
def test_stages_do_not_know_one_another(stage: str) -> None:
    assert below(stage) & STAGES == set()


def test_imports_go_one_way() -> None:
    assert [name for name in MODULES if name in below(name)] == []


def test_the_nouns_above_the_folders_know_no_folder() -> None:
    above = {name for name, path in MODULES.items() if path.parent == ENGINE} - TOPS

    assert {name: known(name) for name in above} == NOUNS


def test_folders_know_one_another_one_way() -> None:
    needs: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        others = {MODULES[module].parent.name for module in known(name)}
        needs.setdefault(path.parent.name, set()).update(others - {path.parent.name, "factsite"})
    del needs["factsite"]  # the tops need all of them; the nouns, see above

    assert list(TopologicalSorter(needs).static_order())  # raises CycleError, which names the circle


def test_nothing_knows_the_pipeline_but_what_runs_it() -> None:
    assert {name for name in MODULES if GRAPH[name] & TOPS} <= TOPS


def test_only_the_preview_knows_a_server() -> None:
    users = {name for name in MODULES for module, _ in imports(name) if module.split(".")[0] in SERVERS}

    assert users <= {"preview", "preview_site", "preview_search"}


def test_content_can_be_read_before_anything_is_imported_that_renders_or_audits() -> None:
    script = "import sys, factsite.stages; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    loaded = subprocess.run(command, cwd=ENGINE.parent, capture_output=True, check=True, text=True).stdout.split()

    assert not {"jinja2", "selectolax", "factsite.building.steps", "factsite.viewing.pages"} & set(loaded)
