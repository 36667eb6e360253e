"""What came of a step, when it comes from another process."""

from __future__ import annotations

import msgspec

from factsite.auditing.marks import Audited
from factsite.building.done import Done, File, Line
from factsite.building.steps import Result
from factsite.problems import Problem, Severity

AUDITED = Audited(False, b"p", b"", b"", b"")
FILES = tuple(
    File(f"claims/a/{name}", b"s", b"d", size, "content/a.yaml", "claim.html", True, "default-src", b"", AUDITED)
    for name, size in (("index.html", 3), ("old.html", 9), ("index.json", 2))
)
LINES = (Line("data/claims.json", 4, AUDITED), Line("data/claims.csv", 1, AUDITED))
DONE = Done(b"k", ("claims/a", "cards/b"), ("claim.html",), FILES, LINES, b"")
PROBLEM = Problem("late", "It is late.", "content/a.yaml", keys=("evidence", 0), severity=Severity.WARNING)
RESULT = Result("claim/a", DONE, (0, 2), b"onetwlinec", [PROBLEM], [("claim.html", PROBLEM)])


def sent() -> Result:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(RESULT), type=Result)


def test_it_comes_as_it_was_sent() -> None:
    assert sent() == RESULT


def test_texts_that_several_have_are_in_memory_once() -> None:
    one, other = (found.shared() for result in (sent(), sent()) if (found := result.done))

    assert one == other == DONE
    assert all(a is b for a, b in zip(one.reads, other.reads, strict=True))
    assert one.files[0].policy is other.files[2].policy
    assert one.lines[0].path is other.lines[0].path


def test_new_files_and_lines_stand_one_behind_the_other() -> None:
    assert [(file.path, body) for file, body in RESULT.files()] == [
        ("claims/a/index.html", b"one"),
        ("claims/a/index.json", b"tw"),
    ]
    assert RESULT.lines() == b"linec"

    stored = msgspec.structs.replace(RESULT, body=("spool", 100, 10))
    assert [body for _, body in stored.files()] == [("spool", 100, 3), ("spool", 103, 2)]
    assert stored.lines() == ("spool", 105, 5)
