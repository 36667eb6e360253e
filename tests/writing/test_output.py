"""The output folder: nobody else's files, only changed bytes, and a killed build is mended by the next."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factsite.writing import folder as folder_module
from factsite.writing.output import Output, Stored, _one_by_one, clashes, write
from factsite.writing.staging import Staging
from tests import scratch

MANIFEST = ".factsite.json"
SITE = {
    "index.html": b"home",
    "claims/a/index.html": b"claim a",
    "claims/a/index.json": b"{}",
    "claims/b/index.html": b"b",
}


def outputs(files: dict[str, bytes]) -> list[Output]:
    return [Output(path, content, "content/x.yaml") for path, content in files.items()]


def tree(folder: Path) -> dict[str, bytes]:
    """All files but the manifest, links not followed; folders without files end in `/`."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = b"-> " + os.fsencode(path.readlink())
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    found.pop(MANIFEST, None)
    return found


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*")}


def codes(folder: Path, files: dict[str, bytes]) -> list[str]:
    return [problem.code for problem in write(folder, outputs(files)).problems]


def test_an_absent_folder_is_made_and_filled(tmp_path: Path) -> None:
    result = write(tmp_path / "deep" / "output", outputs(SITE))

    assert result.problems == ()
    assert result.written == tuple(SITE)
    assert tree(tmp_path / "deep" / "output") == SITE


def test_a_second_write_touches_nothing(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    before = stamps(tmp_path)

    result = write(tmp_path, outputs(SITE))

    assert (result.written, result.removed) == ((), ())
    assert result.unchanged == tuple(sorted(SITE))
    assert stamps(tmp_path) == before


def test_only_changed_bytes_are_written(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    before = stamps(tmp_path)

    result = write(tmp_path, outputs(SITE | {"index.html": b"news"}))

    assert result.written == ("index.html",)
    after = stamps(tmp_path)
    assert [path for path in after if after[path] != before[path]] == [str(tmp_path / "index.html")]


def test_the_manifest_does_not_depend_on_the_order_of_outputs(tmp_path: Path) -> None:
    write(tmp_path / "one", outputs(SITE))
    write(tmp_path / "two", outputs(SITE)[::-1])

    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()
    assert json.loads((tmp_path / "one" / MANIFEST).read_text())["files"] == sorted(SITE)


def test_a_file_edited_by_hand_is_repaired_even_with_the_same_size_and_date(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    path = tmp_path / "index.html"
    date = path.stat().st_mtime_ns
    path.write_bytes(b"HOME")
    os.utime(path, ns=(date, date))

    assert write(tmp_path, outputs(SITE)).written == ("index.html",)
    assert tree(tmp_path) == SITE


def test_a_deleted_file_and_a_deleted_folder_are_restored(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    (tmp_path / "index.html").unlink()
    (tmp_path / "claims/b/index.html").unlink()
    (tmp_path / "claims/b").rmdir()

    assert write(tmp_path, outputs(SITE)).written == ("index.html", "claims/b/index.html")
    assert tree(tmp_path) == SITE


def test_what_is_gone_is_removed_with_the_folders_that_it_leaves_empty(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))

    result = write(tmp_path, outputs({"index.html": b"home"}))

    assert sorted(result.removed) == ["claims/a/index.html", "claims/a/index.json", "claims/b/index.html"]
    assert tree(tmp_path) == {"index.html": b"home"}


def test_files_that_others_put_there_stay_and_keep_their_folder(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    (tmp_path / "claims/a/notes.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("example.org")

    result = write(tmp_path, outputs({"index.html": b"home"}))

    assert result.problems == ()
    assert tree(tmp_path) == {"index.html": b"home", "claims/a/notes.txt": b"mine", "CNAME": b"example.org"}


@pytest.mark.parametrize("name", ["thesis.doc", ".git", "index.html", ".factsite.tmp2"])
def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("precious")
    before = stamps(tmp_path)

    assert codes(tmp_path, SITE) == ["output-foreign"]
    assert stamps(tmp_path) == before


def test_the_temporary_file_of_a_foreign_folder_is_left_alone_too(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("precious")
    (tmp_path / ".factsite.tmp").write_text("whose?")

    assert codes(tmp_path, SITE) == ["output-foreign"]
    assert (tmp_path / ".factsite.tmp").exists()


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", ".factsite.tmp"])
def test_a_folder_that_a_file_manager_or_a_killed_build_looked_into_counts_as_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")

    assert codes(tmp_path, SITE) == []


@pytest.mark.parametrize(
    "manifest",
    [
        *("", "[]", "{", "{}", "null", "\udcff", '{"about": "\udcff", "files": []}'),
        *('{"files": 3}', '{"files": [3]}', '{"files": [["a//b"]]}', '{"files": ["\udcff"]}'),
        pytest.param('{"about": ' + "[" * 100_000 + "]" * 100_000 + ', "files": []}', id="deep"),
    ],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    write(tmp_path, outputs(SITE))
    (tmp_path / MANIFEST).write_bytes(manifest.encode(errors="surrogateescape"))

    assert codes(tmp_path, {}) == ["output-foreign"]
    assert tree(tmp_path) == SITE


def test_a_manifest_cannot_make_us_remove_what_lies_outside(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("precious")
    folder = tmp_path / "output"
    write(folder, outputs(SITE))
    named = [*SITE, "../outside.txt", str(outside), "claims/../../outside.txt"]
    (folder / MANIFEST).write_text(json.dumps({"files": named}))

    result = write(folder, outputs({"index.html": b"home"}))

    assert result.problems == ()
    assert outside.read_text() == "precious"


def test_a_file_becomes_a_folder_and_a_folder_a_file(tmp_path: Path) -> None:
    write(tmp_path, outputs({"a": b"file", "b/c/d": b"deep"}))

    result = write(tmp_path, outputs({"a/x": b"deep", "b": b"file"}))

    assert result.problems == ()
    assert sorted(result.removed) == ["a", "b/c/d"]
    assert tree(tmp_path) == {"a/x": b"deep", "b": b"file"}


def test_a_name_that_changes_only_in_case_is_removed_before_it_is_written(tmp_path: Path) -> None:
    """Where case does not count, the old name is the new file."""
    write(tmp_path, outputs({"Index.html": b"old", "Claims/a": b"a"}))
    steps: list[str] = []

    with recorded(steps):
        write(tmp_path, outputs({"index.html": b"new", "claims/a": b"a"}))

    assert steps == [
        "replace .factsite.json",
        "unlink Claims/a",
        "unlink Index.html",
        "rmdir Claims",
        "replace index.html",
        "mkdir claims",
        "replace claims/a",
        "replace .factsite.json",
    ]


def test_a_foreign_file_in_our_place_is_refused_unless_it_is_equal(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    (tmp_path / "CNAME").write_text("mine.example")

    assert codes(tmp_path, SITE | {"CNAME": b"site.example"}) == ["output-foreign"]
    assert tree(tmp_path) == SITE | {"CNAME": b"mine.example"}
    assert codes(tmp_path, SITE | {"CNAME": b"mine.example"}) == []


def test_a_foreign_folder_where_a_file_must_be_is_refused(tmp_path: Path) -> None:
    write(tmp_path, outputs({"a/x": b"x"}))
    (tmp_path / "a" / "mine").mkdir()
    (tmp_path / "b").mkdir()

    problems = write(tmp_path, outputs({"a": b"file", "b": b"file"})).problems

    assert [problem.message.split("`")[1] for problem in problems] == [f"{tmp_path}/a", f"{tmp_path}/b"]
    assert tree(tmp_path) == {"a/x": b"x", "a/mine/": b"", "b/": b""}


def test_links_out_of_the_folder_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("precious")
    folder = tmp_path / "output"
    write(folder, outputs(SITE))
    (folder / "claims/a/index.html").unlink()
    (folder / "claims/a/index.html").symlink_to(outside / "index.html")
    (folder / "claims/b/index.html").unlink()
    (folder / "claims/b").rmdir()
    (folder / "claims/b").symlink_to(outside)

    [problem] = write(folder, outputs(SITE)).problems

    assert problem.message == f"`{folder}/claims/b` is no folder, and the site needs one there"
    (folder / "claims/b").unlink()
    assert write(folder, outputs(SITE)).problems == ()
    assert tree(folder) == SITE
    assert tree(outside) == {"index.html": b"precious"}


def test_pruning_does_not_go_through_links(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "a").mkdir(parents=True)
    (outside / "a/index.html").write_text("precious")
    folder = tmp_path / "output"
    write(folder, outputs({"index.html": b"home", "claims/a/index.html": b"a"}))
    (folder / "claims/a/index.html").unlink()
    (folder / "claims/a").rmdir()
    (folder / "claims").rmdir()
    (folder / "claims").symlink_to(outside)

    result = write(folder, outputs({"index.html": b"home"}))

    assert (result.problems, result.removed) == ((), ())
    assert tree(outside) == {"a/index.html": b"precious"}


@pytest.mark.parametrize(
    ("paths", "at_fault"),
    [
        (["a", "a"], ["a"]),
        (["a/x", "A/y"], ["A/y"]),
        (["A.html", "a.html"], ["a.html"]),
        (["caf\u00e9", "cafe\u0301"], ["cafe\u0301"]),
        (["a", "a/x"], ["a/x"]),
        (["a/x", "a/y", "A"], ["a/x"]),
        (["../a"], ["../a"]),
        (["/a"], ["/a"]),
        (["a//b"], ["a//b"]),
        ([MANIFEST], [MANIFEST]),
        ([""], [""]),
        (["a\\b"], ["a\\b"]),
        (["./a", "a/./b", "a/."], ["./a", "a/./b", "a/."]),
        (["a/.."], ["a/.."]),
        (["a/"], ["a/"]),
        ([".factsite.tmp", ".factsite.tmp.12"], [".factsite.tmp", ".factsite.tmp.12"]),
        (["caf\u00e9/x", "cafe\u0301/y"], ["cafe\u0301/y"]),
        (["\u00c9/x", "\u00e9/y"], ["\u00e9/y"]),
        (["caf\u00e9/x", "cafe\u0301"], ["caf\u00e9/x"]),
        (["a/x", "a/y", "b/x", "ab"], []),
        (["..a", "a..", "...", "b/.../c", ".well-known/x", "c./d", ".factsite.tmpl"], []),
    ],
)
def test_names_that_cannot_stand_side_by_side(tmp_path: Path, paths: list[str], at_fault: list[str]) -> None:
    files = [Output(path, b"", f"content/{number}") for number, path in enumerate(paths)]

    problems = clashes(files)

    assert [problem.code for problem in problems] == ["output-names"] * len(at_fault)
    assert [files[int(problem.path[-1])].path for problem in problems] == at_fault
    assert write(tmp_path / "output", files).problems == tuple(problems)
    assert (tmp_path / "output").exists() == (not problems)


def test_names_are_looked_at_one_by_one_only_if_something_is_wrong() -> None:
    with patch("factsite.writing.output._one_by_one", side_effect=AssertionError):
        assert clashes(outputs(SITE)) == []


PARTS = st.sampled_from(["a", "A", "\u00e9", "e\u0301", "\u00c9", "\u00df", "ss", "", ".", "..", "..a"])


@given(st.lists(st.lists(PARTS, min_size=1, max_size=3).map("/".join), max_size=5))
def test_a_look_at_all_names_finds_what_a_look_at_each_does(paths: list[str]) -> None:
    files = [Output(path, b"", f"content/{number}") for number, path in enumerate(paths)]

    assert clashes(files) == _one_by_one(files)


def test_a_full_disk_is_a_problem_and_the_next_build_mends_it(tmp_path: Path) -> None:
    write(tmp_path, outputs(SITE))
    changed = {path: content * 2 for path, content in SITE.items()} | {"new/index.html": b"new"}

    with failing("write", after=2, error=errno.ENOSPC):
        result = write(tmp_path, outputs(changed))

    assert [problem.code for problem in result.problems] == ["output-unwritable"]
    assert result.problems[0].message == f"Cannot write `{tmp_path}/claims/a/index.html`: No space left on device"
    assert result.written == ("index.html",)
    assert tree(tmp_path) == SITE | {"index.html": b"homehome"}
    assert codes(tmp_path, changed) == []
    assert tree(tmp_path) == changed


def test_a_disk_that_is_full_for_several_processes_is_said_too(tmp_path: Path) -> None:
    many = {f"claims/{number:04}/index.html": b"claim" for number in range(1200)}

    with failing("write", after=400, error=errno.ENOSPC):
        result = write(tmp_path, outputs(many), processes=2)

    assert [problem.message.rpartition(": ")[2] for problem in result.problems] == ["No space left on device"]
    assert codes(tmp_path, many) == []
    assert tree(tmp_path) == many


# --- files that are there already ------------------------------------------------------------------------------------


@contextmanager
def staged(
    parent: Path, files: dict[str, bytes], in_memory: Container[str] = ()
) -> Iterator[tuple[list[Stored], Staging]]:
    """The files in a tree to be moved from, all but those `in_memory`."""
    room = Staging(parent)
    bodies = room.put_files([(path, content) for path, content in files.items() if path not in in_memory])
    assert bodies.count(None) == len(bodies)
    yield (
        [
            Stored(path, content if path in in_memory else f"{room.tree}/{path}", "content/x.yaml")
            for path, content in files.items()
        ],
        room,
    )
    room.clear()


def test_new_folders_are_moved_as_they_are(tmp_path: Path) -> None:
    steps: list[str] = []
    with staged(tmp_path, SITE, in_memory={"claims/a/index.json"}) as (made, room):
        numbers = {path: Path(str(room.tree), path).stat().st_ino for path in SITE if path != "claims/a/index.json"}
        with recorded(steps):
            result = write(tmp_path / "output", made, tree=room.tree)

    assert steps == [
        "replace .factsite.json",
        "replace index.html",
        "replace claims",
        "mkdir claims/a",  # which turns out to be there
        "replace claims/a/index.json",
    ]
    assert sorted(result.written) == sorted(SITE)
    assert tree(tmp_path / "output") == SITE
    assert {path: (tmp_path / "output" / path).stat().st_ino for path in numbers} == numbers


def test_in_folders_that_are_there_only_changed_files_are_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    write(folder, outputs(SITE | {"claims/gone/index.html": b"gone"}))
    (folder / "claims/notes.txt").write_bytes(b"precious")
    before = stamps(folder)
    changed = SITE | {"claims/b/index.html": b"news", "claims/c/index.html": b"c", "claims/c/d/index.html": b"d"}

    with staged(tmp_path, changed) as (made, room):
        result = write(folder, made, tree=room.tree)

    assert result.written == ("claims/b/index.html", "claims/c/index.html", "claims/c/d/index.html")
    assert result.removed == ("claims/gone/index.html",)
    assert tree(folder) == changed | {"claims/notes.txt": b"precious"}
    same = [str(folder / path) for path in ("index.html", "claims/a/index.html")]
    assert {path: stamps(folder)[path] for path in same} == {path: before[path] for path in same}


def test_a_file_becomes_a_folder_that_is_moved_there(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    write(folder, outputs({"about": b"old"}))

    with staged(tmp_path, {"about/team/index.html": b"new"}) as (made, room):
        assert write(folder, made, tree=room.tree).problems == ()

    assert tree(folder) == {"about/team/index.html": b"new"}


def test_what_cannot_be_moved_from_one_drive_to_another_is_written(tmp_path: Path) -> None:
    with staged(tmp_path, SITE) as (made, room):

        class Drives(System):
            def __init__(self) -> None:
                super().__init__((), 0, None)

            def replace(self, source: str, target: str) -> None:
                if source.startswith(str(room.tree)):
                    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
                os.replace(source, target)  # noqa: PTH105

        with patch.object(folder_module, "os", Drives()):
            result = write(tmp_path / "output", made, tree=room.tree)

    assert result.problems == ()
    assert sorted(result.written) == sorted(SITE)
    assert tree(tmp_path / "output") == SITE


def test_a_folder_that_appears_meanwhile_gets_its_files_one_by_one(tmp_path: Path) -> None:
    def survey(folder: folder_module.Folder, relevant: set[str]) -> None:
        look(folder, relevant)
        scratch.write(Path(folder.path), {"claims/notes.txt": "precious"})

    look = folder_module.Folder.survey
    with staged(tmp_path, SITE) as (made, room), patch.object(folder_module.Folder, "survey", survey):
        assert write(tmp_path / "output", made, tree=room.tree).problems == ()

    assert tree(tmp_path / "output") == SITE | {"claims/notes.txt": b"precious"}


def test_a_file_that_has_gone_from_the_tree_is_a_problem(tmp_path: Path) -> None:
    with staged(tmp_path, SITE) as (made, room):
        Path(str(room.tree), "index.html").unlink()
        result = write(tmp_path / "output", made, tree=room.tree)

    assert [problem.code for problem in result.problems] == ["output-unwritable"]
    assert codes(tmp_path / "output", SITE) == []


def test_a_refused_permission_is_a_problem(tmp_path: Path) -> None:
    with failing("mkdir", after=0, error=errno.EACCES):
        result = write(tmp_path / "output", outputs(SITE))

    assert result.problems[0].message == f"Cannot write `{tmp_path}/output/claims/a/index.html`: Permission denied"


def test_a_file_where_the_output_folder_should_be_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("precious")

    assert codes(tmp_path / "output", SITE) == ["output-unwritable"]


def test_two_builds_at_once_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "PATIENCE", 0.0)
    hold = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], 0), 2); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert codes(tmp_path, SITE) == ["output-busy"]
        other.stdin.close()
        other.wait()

        assert codes(tmp_path, SITE) == []


# --- killed anywhere -------------------------------------------------------------------------------------------------


class Killed(BaseException):
    """What a process feels when it ends: nothing after it runs."""


class System:
    """`os`, with every change noted, and failing or dying after so many of them."""

    def __init__(self, names: tuple[str, ...], after: int, error: BaseException | None) -> None:
        self.names, self.left, self.error = names, after, error
        self.steps: list[str] = []

    def __getattr__(self, name: str) -> object:
        real = getattr(os, name)
        if name not in self.names:
            return real

        def counted(*args: object, **options: object) -> object:
            if name == "open" and args[1] == folder_module.OLD_FILE:
                return real(*args, **options)
            if self.left <= 0 and self.error:
                raise self.error
            self.left -= 1
            if name in {"replace", "unlink", "mkdir", "rmdir"}:
                self.steps.append(f"{name} {args[1 if name == 'replace' else 0]}")
            return real(*args, **options)

        return counted


CHANGES = ("open", "write", "replace", "unlink", "mkdir", "rmdir", "makedirs")


@contextmanager
def recorded(steps: list[str]) -> Iterator[None]:
    """Collect the changes that are made inside the block, as `verb path`."""
    system = System(CHANGES, 10**6, None)
    with patch.object(folder_module, "os", system):
        yield
    found = [step.split(" ", 1) for step in system.steps if ".factsite.tmp" not in step]
    base = os.path.commonpath([path for _, path in found])
    steps.extend(f"{verb} {os.path.relpath(path, base)}" for verb, path in found)


@contextmanager
def failing(name: str, after: int, error: int) -> Iterator[None]:
    with patch.object(folder_module, "os", System((name,), after, OSError(error, os.strerror(error)))):
        yield


NAMES = st.sampled_from(["a", "b", "B", "index.html"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
SITES = st.dictionaries(PATHS, st.sampled_from([b"", b"old", b"new", b"long" * 50]), max_size=6)


@settings(max_examples=400, deadline=None)
@given(rounds=st.lists(st.tuples(SITES, st.integers(0, 60), st.booleans()), min_size=1, max_size=4), last=SITES)
def test_whenever_builds_are_killed_files_are_whole_and_the_next_build_mends_all(
    rounds: list[tuple[dict[str, bytes], int, bool]], last: dict[str, bytes]
) -> None:
    assume(not any(clashes(outputs(site)) for site in [last, *(site for site, _, _ in rounds)]))
    with TemporaryDirectory() as name:
        folder = Path(name) / "output"
        write(folder, outputs({"first": b"build"}))
        (folder / "foreign.txt").write_bytes(b"precious")
        planned: dict[str, set[bytes]] = {"first": {b"build"}, "foreign.txt": {b"precious"}}
        for site, steps, is_staged in rounds:
            for path, content in site.items():
                planned.setdefault(path, set()).add(content)
            build_and_die(folder, site, steps, is_staged=is_staged)
            found = {path: content for path, content in tree(folder).items() if path != ".factsite.tmp"}
            assert all(content in planned[path] for path, content in found.items() if not path.endswith("/"))
            assert found["foreign.txt"] == b"precious"

        assert write(folder, outputs(last)).problems == ()
        assert tree(folder) == last | {"foreign.txt": b"precious"}
        assert write(folder, outputs(last)).written == ()


def build_and_die(folder: Path, site: dict[str, bytes], steps: int, *, is_staged: bool = False) -> None:
    with staged(folder.parent, site, () if is_staged else site) as (made, room):
        with patch.object(folder_module, "os", System(CHANGES, steps, Killed())):
            try:
                result = write(folder, made, tree=room.tree)
            except Killed:
                return
        assert result.problems == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"about/team/index.html": b"old"}, {"about": b"new"}),
        ({"about": b"old"}, {"about/team/index.html": b"new"}),
        ({"About/x": b"old"}, {"about/x": b"new"}),
    ],
)
def test_a_build_that_is_killed_at_any_step_of_a_change_can_be_repeated(
    tmp_path: Path, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    for steps in range(30):
        folder = tmp_path / str(steps)
        write(folder, outputs(before))
        build_and_die(folder, after, steps)

        assert codes(folder, after) == []
        assert tree(folder) == after


def test_a_first_build_that_is_killed_does_not_make_the_folder_foreign(tmp_path: Path) -> None:
    for steps in range(60):
        folder = tmp_path / str(steps)
        build_and_die(folder, SITE, steps)

        assert codes(folder, {"index.html": b"home"}) == []
        assert tree(folder) == {"index.html": b"home"}
