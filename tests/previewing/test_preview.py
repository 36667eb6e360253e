"""The preview: what counts as a change, what is shown, and the server itself in a process of its own."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tornado.escape import json_decode
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection as Connection
from tornado.websocket import websocket_connect

from factsite import pipeline
from factsite.pipeline import BuildResult, Options
from factsite.previewing.changes import Changes, Snapshot, snapshot
from factsite.previewing.preview import TreeWatcher
from factsite.previewing.preview_site import PreviewSite
from factsite.problems import Problem, as_warning
from tests import scratch
from tests.serving import BUILD, PATIENCE, Preview, preview

CLAIM = "content/claims/bridge-cost.yaml"
CLAIM_PAGE = "/claims/bridge-cost/"


# --- what counts as a change -----------------------------------------------------------------------------------------


def site(root: Path, *files: str) -> Path:
    return scratch.write(root, dict.fromkeys(("site.yaml", "content/claims/a.yaml", *files), "x"))


def told(changes: Changes, root: Path) -> list[str]:
    """What two looks in a row tell, as relative paths."""
    assert changes.poll() == []
    return [Path(path).relative_to(root).as_posix() for path in changes.poll()]


def rename(root: Path) -> None:
    (root / "content/claims/a.yaml").rename(root / "content/claims/b.yaml")


def restore_an_old_file(root: Path) -> None:
    scratch.write(root, {"content/claims/old.yaml": "x"})
    os.utime(root / "content/claims/old.yaml", (1, 1))


def write_with_the_same_size_and_date(root: Path) -> None:
    path = root / "content/claims/a.yaml"
    date = path.stat().st_mtime_ns
    (root / "new").write_text("y")
    os.utime(root / "new", ns=(date, date))
    (root / "new").replace(path)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: (root / "content/claims/a.yaml").write_text("longer"), ["content/claims/a.yaml"]),
        (lambda root: (root / "content/claims/a.yaml").unlink(), ["content/claims/a.yaml"]),
        (lambda root: (root / "site.yaml").write_text("longer"), ["site.yaml"]),
        (lambda root: (root / "site.yaml").unlink(), ["site.yaml"]),
        (rename, ["content/claims/a.yaml", "content/claims/b.yaml"]),
        (lambda root: scratch.write(root, {"content/new/deep/b.md": "x"}), ["content/new/deep/b.md"]),
        (lambda root: scratch.write(root, {"templates/assets/x.css": "x"}), ["templates/assets/x.css"]),
        (restore_an_old_file, ["content/claims/old.yaml"]),
        (write_with_the_same_size_and_date, ["content/claims/a.yaml"]),
        (lambda root: shutil.rmtree(root / "content"), ["content", "content/claims/a.yaml"]),
        (lambda root: (root / "content/link").symlink_to(root / "content"), ["content/link"]),
        (lambda root: scratch.write(root, {"content/claims/.a.yaml.swp": "x", "content/.git/x": "x"}), []),
        (lambda root: scratch.write(root, {"output/index.html": "x", ".factsite/preview/x": "x"}), []),
        (lambda root: None, []),
    ],
)
def test_every_kind_of_change_is_seen_once(
    tmp_path: Path, change: Callable[[Path], object], expected: list[str]
) -> None:
    root = site(tmp_path)
    changes = Changes(lambda: snapshot(root))
    change(root)

    assert told(changes, root) == expected
    assert told(changes, root) == []


def test_our_own_templates_are_watched_too(tmp_path: Path) -> None:
    assert any(path.endswith("templates/base.html") for path in snapshot(site(tmp_path)))


def test_a_burst_is_told_once_when_it_is_over() -> None:
    states: list[Snapshot] = [{}, {"a": (1, 1, 1)}, {"a": (1, 1, 1), "b": (1, 1, 1)}, {"a": (2, 1, 1), "b": (1, 1, 1)}]
    looks = iter([*states, states[-1], states[-1]])
    changes = Changes(lambda: next(looks))

    assert [changes.poll() for _ in range(5)] == [[], [], [], ["a", "b"], []]


def test_a_change_that_is_taken_back_is_none() -> None:
    looks = iter([{"a": (1, 1, 1)}, {"a": (2, 1, 1)}, {"a": (1, 1, 1)}, {"a": (1, 1, 1)}])
    changes = Changes(lambda: next(looks))

    assert [changes.poll() for _ in range(3)] == [[], [], []]


def test_changes_during_a_build_lead_to_the_next_one(tmp_path: Path) -> None:
    root = site(tmp_path)
    changes = Changes(lambda: snapshot(root))
    built: list[list[str]] = []

    def rebuild(changed: list[str]) -> bool:
        built.append(changed)
        if len(built) == 1:
            scratch.write(root, {"content/claims/b.yaml": "x"})
        return True

    watcher = TreeWatcher(changes, rebuild)
    scratch.write(root, {"content/claims/a.yaml": "changed"})
    for _ in range(6):
        watcher.examine()

    assert built == [[str(root / "content/claims/a.yaml")], [str(root / "content/claims/b.yaml")]]


def test_browsers_hear_of_a_change_only_if_pages_differ_and_never_a_file_name(tmp_path: Path) -> None:
    root = site(tmp_path)
    outcomes = iter([False, True])
    watcher = TreeWatcher(Changes(lambda: snapshot(root)), lambda _: next(outcomes))
    heard = []
    for text in ("one", "three"):
        scratch.write(root, {"content/claims/a.yaml": text})
        heard += [watcher.examine(), watcher.examine()]

    assert heard == [(None, None), (None, None), (None, None), ("*", None)]


# --- what is shown ---------------------------------------------------------------------------------------------------

BROKEN = Problem("unknown-key", "`clam` is not a key", "content/claims/a.yaml", line=1, source_line="clam: x")


class Fake:
    """A pipeline whose next outcomes the test states: pages, problems or an exception."""

    def __init__(self, root: Path, base_url: str = "https://checks.example/") -> None:
        self.base_url = base_url
        self.next: dict[str, str] | list[Problem] | Exception = {}
        self.said: list[str] = []
        options = Options(root, root / ".factsite/preview", drafts=True, preview=True)
        self.site = PreviewSite(options, self.said.append)

    def build(self, options: Options) -> BuildResult:
        assert options.folder.name == "preview"
        if isinstance(self.next, Exception):
            raise self.next
        if isinstance(self.next, dict):
            scratch.write(options.folder, self.next)
            return BuildResult((), True, options.folder, self.base_url, written=tuple(self.next))
        is_fatal = any(problem.severity == "error" for problem in self.next)
        return BuildResult(tuple(self.next), not is_fatal, options.folder, self.base_url)

    def rebuild(self, outcome: dict[str, str] | list[Problem] | Exception) -> bool:
        self.next = outcome
        return self.site.rebuild()

    def page(self, path: str) -> str:
        return self.site.answer(path).body.decode()


PAGES = {
    "index.html": "<html><head><title>Home</title></HEAD ><body class=x>home</body></html>",
    "claims/a/index.html": "<html><head></head><body>claim a</body></html>",
    "404.html": "<html><head></head><body>nowhere</body></html>",
    "data/claims.json": "{}",
}


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake(tmp_path)
    monkeypatch.setattr(pipeline, "build", made.build)
    return made


@pytest.mark.parametrize(
    ("path", "status", "kind", "location"),
    [
        ("/", 200, "text/html; charset=utf-8", ""),
        ("/index.html", 200, "text/html; charset=utf-8", ""),
        ("/claims/a/", 200, "text/html; charset=utf-8", ""),
        ("/claims/a", 301, "text/html; charset=utf-8", "/claims/a/"),
        ("/data/claims.json", 200, "application/json; charset=utf-8", ""),
        ("/claims/", 404, "text/html; charset=utf-8", ""),
        ("/claims/b/", 404, "text/html; charset=utf-8", ""),
        ("/.factsite.json", 404, "text/html; charset=utf-8", ""),
        ("/../../site.yaml", 404, "text/html; charset=utf-8", ""),
        ("//evil.example", 404, "text/html; charset=utf-8", ""),
        ("/claims/a/\0", 404, "text/html; charset=utf-8", ""),
    ],
)
def test_answers_are_those_of_a_static_host(fake: Fake, path: str, status: int, kind: str, location: str) -> None:
    scratch.write(fake.site.options.root, {"site.yaml": "secret", ".factsite/preview/.factsite.json": "{}"})
    fake.rebuild(PAGES)

    answer = fake.site.answer(path)

    assert (answer.status, answer.kind, answer.location) == (status, kind, location)
    assert b"secret" not in answer.body


def test_links_that_lead_out_of_the_preview_are_not_followed(fake: Fake) -> None:
    fake.rebuild(PAGES)
    (fake.site.options.root / "secret.html").write_text("secret")
    (fake.site.options.folder / "link.html").symlink_to(fake.site.options.root / "secret.html")
    (fake.site.options.folder / "up").symlink_to(fake.site.options.root)

    assert [fake.site.answer(path).status for path in ("/link.html", "/up/secret.html")] == [404, 404]


@pytest.mark.parametrize("path", ["/", "/claims/a/", "/nowhere/"])
def test_every_page_has_the_script_in_its_head(fake: Fake, path: str) -> None:
    fake.rebuild(PAGES)

    head = fake.page(path).lower().partition("<body")[0]

    assert f'<script async src="/livereload.js?snipver={fake.site.number}&amp;maxdelay=2000"></script></head' in head


def test_a_failed_build_keeps_the_last_pages_with_the_problems_above_them(fake: Fake) -> None:
    fake.rebuild(PAGES)

    assert fake.rebuild([BROKEN])

    for path, content in (("/", "home"), ("/claims/a/", "claim a"), ("/nowhere/", "nowhere")):
        page = fake.page(path)
        assert "1 error: below is the last good build" in page
        assert page.index("<code>clam</code> is not a key") < page.index(content)
    assert fake.rebuild(PAGES)
    assert "factsite-problems" not in fake.page("/")


def test_without_any_good_build_there_is_a_page_of_problems(fake: Fake) -> None:
    scratch.write(fake.site.options.folder, {"index.html": "<head></head>of yesterday"})
    fake.rebuild([BROKEN])

    answer = fake.site.answer("/anything/")

    assert answer.status == 500
    assert "<code>clam</code> is not a key" in answer.body.decode()
    assert "livereload.js" in answer.body.decode()
    assert "yesterday" not in fake.page("/")
    fake.rebuild(PAGES)
    assert "home" in fake.page("/")


def test_warnings_are_folded_away(fake: Fake) -> None:
    fake.rebuild(PAGES)
    fake.rebuild([as_warning(BROKEN)])

    page = fake.page("/")

    assert "<details>\n<summary>1 warning</summary>" in page
    assert "below is" not in page


def test_our_own_mistake_is_shown_and_the_preview_goes_on(fake: Fake, tmp_path: Path) -> None:
    fake.rebuild(PAGES)

    assert fake.rebuild(FileNotFoundError(f"{tmp_path}/content/x"))

    page = fake.page("/")
    assert "The generator has a mistake, not you: FileNotFoundError: content/x" in page
    assert "test_preview.py:" in page
    assert str(tmp_path) not in page
    assert "Traceback (most recent call last)" in fake.said[-3]
    assert fake.rebuild(PAGES)
    assert "FileNotFoundError" not in fake.page("/")


def test_no_folder_of_this_machine_is_named_on_a_page(fake: Fake, tmp_path: Path) -> None:
    place = f"{tmp_path}/.factsite/preview"
    fake.rebuild([Problem("output-foreign", f"`{place}` has files", notes=(f"see {place}/x",))])

    assert str(tmp_path) not in fake.page("/")


def test_a_build_that_changes_no_page_does_not_make_browsers_reload(fake: Fake) -> None:
    fake.rebuild(PAGES)
    number = fake.site.number

    assert not fake.rebuild([])
    assert fake.site.number == number
    assert fake.rebuild([BROKEN])
    assert not fake.rebuild([BROKEN])
    assert fake.site.number == number + 1


@pytest.mark.parametrize("base_url", ["https://checks.example/a/b/", "https://checks.example/a/b"])
def test_the_site_lives_below_the_path_of_its_base_url(fake: Fake, base_url: str) -> None:
    fake.base_url = base_url
    fake.rebuild(PAGES)

    answers = {path: fake.site.answer(path) for path in ("/", "/a/b", "/a/b/", "/a/b/claims/a", "/claims/a/", "/a/")}

    assert {path: (answer.status, answer.location) for path, answer in answers.items()} == {
        "/": (302, "/a/b/"),
        "/a/b": (302, "/a/b/"),
        "/a/b/": (200, ""),
        "/a/b/claims/a": (301, "/a/b/claims/a/"),
        "/claims/a/": (404, ""),
        "/a/": (404, ""),
    }


def test_each_build_is_one_line_that_says_what_changed(fake: Fake) -> None:
    root = fake.site.options.root
    fake.next = PAGES
    fake.site.rebuild([str(root / "content/claims/a.yaml"), str(root / "site.yaml")])
    fake.next = [BROKEN]
    fake.site.rebuild([str(root / "site.yaml")])

    assert fake.said[0][10:].startswith("content/claims/a.yaml and 1 more: 4 written, 0 removed in ")
    assert fake.said[1][10:].startswith("site.yaml: not built in ")
    assert fake.said[2].startswith("content/claims/a.yaml:1: error[unknown-key]")


def test_warnings_are_told_once_and_then_counted(fake: Fake) -> None:
    fake.rebuild([as_warning(BROKEN)])
    fake.rebuild([as_warning(BROKEN)])

    assert "nothing changed (1 warning) in" in fake.said[0]
    assert fake.said[1].startswith("content/claims/a.yaml:1: warning[unknown-key]")
    assert "nothing changed (1 warning) in" in fake.said[2]
    assert len(fake.said) == 3


# --- the server ------------------------------------------------------------------------------------------------------


def edit(root: Path, old: str, new: str, path: str = CLAIM) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new, 1))


@asynccontextmanager
async def connected(running: Preview, number: int | None = None, **headers: str) -> AsyncIterator[Connection]:
    """A page's connection after its handshake; `number` is that of the build that the page shows."""
    address = running.host.replace("http", "ws") + "/livereload"
    connection = await websocket_connect(HTTPRequest(address, headers=headers))
    if number is None:
        number = int(running.get("/")[1].partition("snipver=")[2].partition("&")[0])
    await connection.write_message(f'{{"command": "hello", "snipver": {number}}}')
    assert (await message(connection))["command"] == "hello"
    await connection.write_message('{"command": "info", "url": "http://x"}')
    yield connection
    connection.close()
    while await connection.read_message() is not None:
        pass


async def connect(running: Preview, **headers: str) -> None:
    async with connected(running, 1, **headers):
        pass


async def message(connection: Connection) -> Any:
    async with asyncio.timeout(PATIENCE):
        return json_decode(await connection.read_message() or "null")


def test_an_edit_is_built_into_the_preview_only_and_browsers_are_told(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    async def scenario(running: Preview) -> Any:
        async with connected(running) as connection:
            edit(root, "The bridge cost twice", "The tunnel cost twice")
            return await message(connection)

    with preview(root) as running:
        status, page, headers = running.get(CLAIM_PAGE)
        assert status == 200
        assert "The bridge cost twice" in page
        assert headers["Cache-Control"] == "no-store"
        assert "Etag" not in headers

        assert asyncio.run(scenario(running)) == {
            "command": "reload",
            "path": "*",
            "liveCSS": False,
            "liveImg": True,
        }

        assert "The tunnel cost twice" in running.get(CLAIM_PAGE)[1]
        assert running.wait_for_rebuild(1)[10:].startswith(f"{CLAIM}: ")
    assert not (root / "output").exists()
    assert (root / ".factsite/.gitignore").read_text() == "*\n"


def test_two_saves_within_a_second_are_both_told(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    async def scenario(running: Preview) -> None:
        async with connected(running) as connection:
            for old, new in (("twice", "thrice"), ("thrice", "four times")):
                edit(root, f"claim: The bridge cost {old}", f"claim: The bridge cost {new}")
                assert (await message(connection))["command"] == "reload"

    with preview(root) as running:
        asyncio.run(scenario(running))
        assert "The bridge cost four times" in running.get(CLAIM_PAGE)[1]
        assert not any("error[" in line for line in running.lines)


def test_a_page_that_missed_a_build_is_told_when_it_connects(tmp_path: Path) -> None:
    async def scenario(running: Preview) -> Any:
        async with connected(running, number=7) as connection:
            return await message(connection)

    with preview(scratch.minimal(tmp_path)) as running:
        assert asyncio.run(scenario(running)) == {"command": "reload", "path": "*", "liveCSS": False}


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:1", "https://localhost", "null"])
def test_other_origins_cannot_listen(tmp_path: Path, origin: str) -> None:
    with preview(scratch.minimal(tmp_path)) as running:
        asyncio.run(connect(running, Origin=running.host))
        with pytest.raises(HTTPClientError, match="403"):
            asyncio.run(connect(running, Origin=origin))


def test_other_names_for_this_machine_are_refused(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running:
        port = running.host.rpartition(":")[2]

        assert running.get("/", host=f"localhost:{port}")[0] == 200
        for name in (f"evil.example:{port}", "127.0.0.1.evil.example", f"localhost.evil.example:{port}"):
            assert running.get("/", host=name)[0] == 404
            with pytest.raises(HTTPClientError, match="404"):
                asyncio.run(connect(running, Host=name, Origin=f"http://{name}"))


def test_addresses_of_livereload_that_we_do_not_need_are_closed(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running:
        assert running.get("/forcereload")[0] == 404
        status, script, headers = running.get("/livereload.js")
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        assert "snipver" in script


def test_nothing_outside_the_preview_can_be_fetched(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running:
        connection = HTTPConnection(running.host.removeprefix("http://"))
        for path in ("/../../site.yaml", "/%2e%2e/%2e%2e/site.yaml", "/..%2f..%2fsite.yaml", "//etc/passwd"):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert answer.status == 404
            assert b"base_url" not in answer.read()
        connection.close()


def test_the_base_path_is_that_of_the_host(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path), "--base-url", "https://checks.example/a/b/") as running:
        assert running.address.endswith("/a/b/")
        assert running.get("/?x=1")[2]["url"] == running.address + "?x=1"
        assert running.get("/a/b" + CLAIM_PAGE)[0] == 200
        assert running.get(CLAIM_PAGE)[0] == 404


def test_a_site_that_is_broken_from_the_start_recovers(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    edit(root, "claim:", "clam:")

    with preview(root) as running:
        status, page, _ = running.get(CLAIM_PAGE)
        assert status == 500
        assert "<code>clam</code> is not a key" in page
        assert any("error[unknown-key]" in line for line in running.lines)

        edit(root, "clam:", "claim:")
        running.wait_for_rebuild(1)

        assert running.get(CLAIM_PAGE)[0] == 200


def test_a_missing_site_is_shown_as_a_problem_too(tmp_path: Path) -> None:
    with preview(tmp_path) as running:
        assert "no-settings" in running.get("/")[1]


def test_a_burst_of_changes_is_one_build(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    actor = (root / "content/actors/mayor.yaml").read_text()

    with preview(root) as running:
        for number in range(200):
            scratch.write(root, {f"content/actors/mayor-{number}.yaml": actor})
        assert "and 199 more" in running.wait_for_rebuild(1)
        time.sleep(1)
        assert len(running.rebuilds) == 2


def test_a_port_in_use_is_said_politely(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        command = [sys.executable, str(BUILD), "serve", "--root", str(scratch.minimal(tmp_path)), "--port", str(port)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert ended.returncode == 1
    assert f"Port {port} of this machine cannot be used: Address already in use" in ended.stderr
    assert f"--port {port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_folder_that_cannot_be_written_is_said_politely(tmp_path: Path) -> None:
    (tmp_path / ".factsite").write_text("")
    command = [sys.executable, str(BUILD), "serve", "--root", str(tmp_path), "--port", "0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert ended.returncode == 1
    assert ended.stderr == f"Cannot write `{tmp_path}/.factsite`, where the preview is built: File exists\n"


def test_only_this_machine_can_connect(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running, socket.socket() as other:
        other.settimeout(2)
        port = int(running.host.rpartition(":")[2])
        assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_politely(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(PATIENCE) == 0

    assert running.lines[-1] == "The preview has ended."
    assert not any("Traceback" in line for line in running.lines)


def test_a_second_preview_of_the_same_site_ends_politely(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    command = [sys.executable, str(BUILD), "serve", "--root", str(root), "--port", "0"]

    with preview(root) as running:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == f"A preview of this site runs already: {running.host}/\n"
    with preview(root) as running:
        assert running.get("/")[0] == 200
