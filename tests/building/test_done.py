"""What came of a step, when it comes from another process."""

from __future__ import annotations

from pathlib import Path

import msgspec

from factsite.auditing.marks import Audited, Led
from factsite.building.done import Done, File, Line, pack
from factsite.building.results import Chunk, Result
from factsite.problems import Problem, Severity
from factsite.working import spool
from factsite.working.spool import Spool

AUDITED = Audited(False, b"p", b"", b"", b"")
FILES = tuple(
    File(f"claims/a/{name}", b"s", b"d", size, "content/a.yaml", "claim.html", True, "default-src", b"", AUDITED)
    for name, size in (("index.html", 3), ("old.html", 9), ("index.json", 2))
)
LINES = (Line("data/claims.json", 4, AUDITED), Line("data/claims.csv", 1, AUDITED))
READS = ("claims/a", "cards/b")
DONE = Done(b"k", pack(READS), ("claim.html",), FILES, LINES, b"")
PROBLEM = Problem("late", "It is late.", "content/a.yaml", keys=("evidence", 0), severity=Severity.WARNING)
RESULT = Result("claim/a", DONE, (0, 2), (PROBLEM,), (("claim.html", PROBLEM),))
FAILED = Result("topic/b", None, (), (), (("topic.html", PROBLEM),))
OTHER = Result("claim/c", msgspec.structs.replace(DONE, files=FILES[:1], lines=LINES[:1]), (0,), (), ())
CHUNK = Chunk(
    [RESULT, FAILED, OTHER],
    [b"one", ("spool", 100, 2), None],
    {"data/claims.json": b"linemore", "data/claims.csv": b"c"},
    Led(b"a", b""),
)


def sent() -> Result:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(RESULT), type=Result)


def test_it_comes_as_it_was_sent() -> None:
    assert sent() == RESULT
    assert DONE.reads == READS


def test_texts_that_several_have_are_in_memory_once() -> None:
    one, other = (found.shared() for result in (sent(), sent()) if (found := result.done))

    assert one == other == DONE
    assert one.files[0].policy is other.files[2].policy
    assert one.lines[0].path is other.lines[0].path


def test_new_files_are_in_memory_or_in_the_spool_or_files_already() -> None:
    assert [(file.path, body) for file, body in CHUNK.files("/spool/site")] == [
        ("claims/a/index.html", b"one"),
        ("claims/a/index.json", ("spool", 100, 2)),
        ("claims/a/index.html", "/spool/site/claims/a/index.html"),
    ]


def test_lines_stand_one_behind_the_other_in_each_collection(tmp_path: Path) -> None:
    json = {"claim/a": b"line", "claim/c": b"more"}
    room = Spool(tmp_path)
    stored = msgspec.structs.replace(
        CHUNK, lines={path: room.put(spool.read(body)) for path, body in CHUNK.lines.items()}
    )

    for chunk in (CHUNK, stored):
        assert chunk.lines_in("data/claims.json") == json
        assert chunk.lines_in("data/claims.csv") == {"claim/a": b"c"}
        assert chunk.lines_in("data/others.json") == {}
    room.clear()
