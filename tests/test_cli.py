"""The command line: its commands, options, exit status and what it prints."""

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import build as command_line
from factsite import pipeline
from factsite.pipeline import BuildResult, Options
from factsite.problems import Problem, as_warning
from tests import scratch
from tests.serving import BUILD

CLAIM = "content/claims/bridge-cost.yaml"
BROKEN = {CLAIM: "clam: The bridge cost twice its budget.\n"}
PROBLEM = Problem("unknown-key", "`clam` is not a key", CLAIM, line=1, column=1, length=4, source_line="clam: x")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command_line.cli, [str(argument) for argument in arguments])


class Recorder:
    """Stands in for the pipeline: keeps what it was asked for, gives what the test says."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        self.asked: list[Options] = []

    def build(self, options: Options) -> BuildResult:
        self.asked.append(options)
        is_ok = not any(options.strict or problem.severity == "error" for problem in self.problems)
        return BuildResult(
            self.problems,
            is_ok,
            options.folder,
            "https://checks.example/",
            written=("index.html",) if is_ok and options.write else (),
            unchanged=("a", "b"),
            seconds={"load": 0.5, "write": 0.125} if is_ok and options.write else {"load": 0.5},
            counts={"claims": 1, "actors": 2, "pages": 0},
        )


@pytest.fixture
def recorder(monkeypatch: pytest.MonkeyPatch) -> Recorder:
    made = Recorder()
    monkeypatch.setattr(pipeline, "build", made.build)
    return made


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], Options(Path())),
        (["build"], Options(Path())),
        (["--strict"], Options(Path(), strict=True)),
        (["--no-strict", "--no-drafts"], Options(Path())),
        (["build", "--drafts"], Options(Path(), drafts=True)),
        (["--output", "public"], Options(Path(), Path("public"))),
        (["--base-url", "https://a.example/b/"], Options(Path(), base_url="https://a.example/b/")),
        (["--root", "tests"], Options(Path("tests"))),
        (["check"], Options(Path(), write=False)),
        (
            ["check", "--root", "tests", "--drafts", "--strict", "--base-url", "http://a.example"],
            Options(Path("tests"), base_url="http://a.example", drafts=True, strict=True, write=False),
        ),
    ],
)
def test_options_reach_the_pipeline_and_defaults_are_these(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch, arguments: list[str], expected: Options
) -> None:
    monkeypatch.chdir(BUILD.parent)

    assert run(*arguments).exit_code == 0
    assert recorder.asked == [expected]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--no-such-option"],
        ["bild"],
        ["build", "extra"],
        ["--root", "no-such-folder"],
        ["--format", "xml"],
        ["--base-url", "example.org"],
        ["--base-url", "javascript:alert(1)"],
        ["--base-url", "https://"],
        ["check", "--output", "x"],
        ["find", ""],
        ["serve", "--port", "70000"],
        ["serve", "--strict"],
    ],
)
def test_a_wrong_command_ends_with_2_and_says_why(recorder: Recorder, arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert recorder.asked == []


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["build", "--help"], ["check", "-h"], ["serve", "-h"]])
def test_help(arguments: list[str]) -> None:
    result = run(*arguments)

    assert result.exit_code == 0
    assert result.output.startswith("Usage: ")


def test_version() -> None:
    assert run("--version").output.startswith("factsite, version ")


@pytest.mark.parametrize(
    ("problems", "arguments", "status"),
    [
        ([], [], 0),
        ([as_warning(PROBLEM)], [], 0),
        ([as_warning(PROBLEM)], ["--strict"], 1),
        ([PROBLEM], [], 1),
        ([PROBLEM], ["--format", "json"], 1),
        ([PROBLEM], ["--format", "github"], 1),
    ],
)
@pytest.mark.parametrize("command", ["build", "check"])
def test_exit_status(
    recorder: Recorder, command: str, problems: list[Problem], arguments: list[str], status: int
) -> None:
    recorder.problems = tuple(problems)

    assert run(command, *arguments).exit_code == status


def test_the_end_of_a_build_says_what_was_done(recorder: Recorder, tmp_path: Path) -> None:
    assert run("--root", tmp_path).output.splitlines() == [
        "1 claim, 2 actors",
        f"{tmp_path}/output: 1 written, 2 unchanged, 0 removed",
        "0.62 s (load 0.50, write 0.12)",
        f"To be published at https://checks.example/; to look at it, run `python build.py serve --root {tmp_path}`.",
    ]


def test_timings_are_a_table(recorder: Recorder) -> None:
    assert run("--timings").output.splitlines()[2:5] == [
        "load         500.0 ms    80 %",
        "write        125.0 ms    20 %",
        "all          625.0 ms   100 %",
    ]


def test_a_failed_build_shows_its_problems(recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder.problems = (PROBLEM,)
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path)

    assert run("--root", "site").output.splitlines() == [
        f"site/{CLAIM}:1:1: error[unknown-key]: `clam` is not a key",
        "   1 | clam: x",
        "     | ^^^^",
        "     = see: docs/problems.md#unknown-key",
        "",
        "1 error",
        "",
        "0.50 s (load 0.50)",
        "Nothing was written.",
    ]


def test_json_is_one_document(recorder: Recorder, tmp_path: Path) -> None:
    recorder.problems = (as_warning(PROBLEM),)

    data = json.loads(run("--root", tmp_path, "--format", "json").output)

    assert data == {
        "ok": True,
        "summary": "1 warning",
        "problems": [
            {
                "severity": "warning",
                "path": f"{tmp_path}/{CLAIM}",
                "code": "unknown-key",
                "message": "`clam` is not a key",
                "line": 1,
                "column": 1,
                "length": 4,
                "source_line": "clam: x",
                "expected": "",
                "nearest": "",
                "notes": [],
            }
        ],
        "output": f"{tmp_path}/output",
        "base_url": "https://checks.example/",
        "written": ["index.html"],
        "unchanged": ["a", "b"],
        "removed": [],
        "counts": {"claims": 1, "actors": 2, "pages": 0},
        "seconds": {"load": 0.5, "write": 0.125},
    }


def test_github_paths_start_at_the_repository(
    recorder: Recorder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder.problems = (PROBLEM,)
    (tmp_path / "site").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path / "site")

    lines = run("check", "--format", "github").output.splitlines()

    assert lines[0].startswith(f"::error file=site/{CLAIM},line=1,col=1,endColumn=5,title=unknown-key::")
    assert lines[1] == "1 error"


def test_a_site_without_claims_builds_and_says_so(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    (root / CLAIM).unlink()

    result = run("--root", root)

    assert result.exit_code == 0
    assert "This site has no claims yet." in result.output
    assert (root / "output/index.html").exists()


def test_a_failed_build_leaves_the_last_site_as_it_was(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    assert run("--root", root).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}
    scratch.write(root, BROKEN)

    result = run("--root", root)

    assert result.exit_code == 1
    assert f"{root}/{CLAIM}:1:1: error[unknown-key]" in result.output
    assert {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")} == before


def test_check_writes_nothing(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    before = sorted(root.rglob("*"))

    assert run("check", "--root", root).exit_code == 0
    assert [path for path in sorted(root.rglob("*")) if ".cache" not in path.parts] == before


def test_a_foreign_output_folder_is_a_problem(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path / "site")
    scratch.write(tmp_path, {"thesis/chapter.txt": "precious"})

    result = run("--root", root, "--output", tmp_path / "thesis")

    assert result.exit_code == 1
    assert "error[output-foreign]" in result.output
    assert [path.name for path in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


@pytest.mark.parametrize("folder", ["content/out", "content", "templates/assets", ".git/site", "schemas"])
def test_nothing_is_built_among_the_sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.chdir(scratch.minimal(tmp_path))
    before = sorted(tmp_path.rglob("*"))

    result = run("--output", folder)

    assert result.exit_code == 1
    assert f"error[output-misplaced]: `{folder}` lies in `{Path(folder).parts[0]}`" in result.output
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_outside_of_the_sources_may_have_their_name(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path / "site")

    assert run("--root", root, "--output", tmp_path / "content").exit_code == 0
    assert run("--root", root, "--output", root / "contents").exit_code == 0


def in_a_process(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(BUILD), *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, check=False, env=os.environ | environment)


def test_it_runs_in_a_folder_of_its_own_and_is_plain_when_piped(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, BROKEN)

    ended = in_a_process(root)

    assert ended.returncode == 1
    assert f"\n{CLAIM}:1:1: error[unknown-key]".encode() in ended.stdout
    assert b"\x1b" not in ended.stdout
    assert ended.stderr == b""


def test_an_encoding_without_some_letters_gets_escapes_not_a_traceback(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {CLAIM: "clam: \u0645\u062c\u0627\u0647\u062f\u06cc\u0646\n"})

    ended = in_a_process(root, "check", PYTHONIOENCODING="cp1252")

    assert ended.returncode == 1
    assert b"1 | clam: \\u0645" in ended.stdout
    assert ended.stderr == b""


@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_are_done_without(tmp_path: Path, streams: str) -> None:
    root = scratch.minimal(tmp_path)
    command = f'"$0" "$@" {streams}'

    ended = subprocess.run(
        ["sh", "-c", command, sys.executable, str(BUILD)], cwd=root, capture_output=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert (root / "output/index.html").exists()


# --- without libraries -----------------------------------------------------------------------------------------------

LACKING = """
import runpy, sys
sys.modules[sys.argv[1]] = None
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script as if a library were not there."""


@pytest.mark.parametrize(
    ("library", "command"),
    [
        *product(["click", "msgspec"], [["build"], ["find", "bridge"], ["new", "actor", "x"]]),
        ("rapidfuzz", ["find", "bridge"]),  # proposes words that are nearly right
        ("rapidfuzz", ["check"]),
    ],
)
def test_a_library_that_is_missing_is_said(tmp_path: Path, library: str, command: list[str]) -> None:
    arguments = [sys.executable, "-c", LACKING, library, str(BUILD), *command]
    environment = os.environ | {"PYTHONPATH": str(BUILD.parent)}
    root = scratch.minimal(tmp_path, {CLAIM: "clam: The bridge\n"} if command == ["check"] else {})

    ended = subprocess.run(arguments, cwd=root, env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.startswith(f"The library `{library}`" if library != "click" else "The generator's libraries")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["serve", "--help"]])
def test_commands_import_only_what_they_need(tmp_path: Path, arguments: list[str]) -> None:
    ended = in_a_process(tmp_path, *arguments, PYTHONPROFILEIMPORTTIME="1")

    imported = {line.rpartition(b"|")[2].strip().decode() for line in ended.stderr.splitlines()}
    assert "click" in imported
    assert imported.isdisjoint({"pydantic", "jinja2", "tornado", "livereload", "rich", "factsite.pipeline"})


def test_coverage_counts_claims_as_text_and_as_data(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    text, data = run("coverage", "--root", root), run("coverage", "--root", root, "--format", "json")

    assert (text.exit_code, data.exit_code) == (0, 0)
    assert "Per claimant" in text.output
    assert json.loads(data.output)["total"]["claims"] == 1


def test_coverage_of_a_site_with_mistakes_says_them(tmp_path: Path) -> None:
    root = scratch.minimal(
        tmp_path,
        {CLAIM: (scratch.SITES / "minimal" / CLAIM).read_text().replace("claimants: [", "claimants: [nobody, ")},
    )

    ended = run("coverage", "--root", root)

    assert ended.exit_code == 1
    assert "error[unknown-actor]" in ended.output
