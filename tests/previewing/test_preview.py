"""The preview's server, in a process of its own."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tornado.escape import json_decode
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClientConnection as Connection
from tornado.websocket import websocket_connect

from factsite.previewing.preview import serve
from tests import scratch
from tests.serving import BUILD, PATIENCE, Preview, preview

CLAIM = "content/claims/bridge-cost.yaml"
CLAIM_PAGE = "/claims/bridge-cost/"


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


def test_settings_that_go_missing_are_a_problem_like_others(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    with preview(root) as running:
        (root / "site.yaml").unlink()
        running.wait_for_rebuild(1)
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


def refused(root: Path, port: int = 0) -> str:
    """What a preview says that does not even start."""
    command = [sys.executable, str(BUILD), "serve", "--root", str(root), "--port", str(port)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
    return ended.stderr


def test_a_folder_without_a_site_is_left_alone(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"There is no site.yaml in `{tmp_path}`; `--root` names the folder of a site.\n"
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_said_politely(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = refused(scratch.minimal(tmp_path), port)

    assert said.startswith(f"Port {port} of this machine cannot be used: Address already in use")
    assert f"--port {port + 1}" in said
    assert "Traceback" not in said


def test_a_folder_that_cannot_be_written_is_said_politely(tmp_path: Path) -> None:
    scratch.write(tmp_path, {"site.yaml": "", ".factsite": ""})

    assert refused(tmp_path) == f"Cannot write `{tmp_path}/.factsite`, where the preview is built: File exists\n"


def test_only_this_machine_can_connect(tmp_path: Path) -> None:
    with preview(scratch.minimal(tmp_path)) as running, socket.socket() as other:
        other.settimeout(2)
        port = int(running.host.rpartition(":")[2])
        assert other.connect_ex(("127.0.0.2", port)) != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process")
def test_ctrl_c_ends_politely(tmp_path: Path) -> None:
    # Tests that run in the background may have been told to ignore it, and programs that they start with them.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with preview(scratch.minimal(tmp_path)) as running:
            running.process.send_signal(signal.SIGINT)
            assert running.process.wait(PATIENCE) == 0
    finally:
        signal.signal(signal.SIGINT, before)

    assert running.lines[-1] == "The preview has ended."
    assert not any("Traceback" in line for line in running.lines)


def test_ctrl_c_is_offered_once_the_loop_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loops = []

    def echo(line: str, **_: object) -> None:
        if line.startswith("The preview is at "):
            loops.append(IOLoop.current(instance=False))  # None if it is not made yet: this is a thread of its own
            raise KeyboardInterrupt

    monkeypatch.setattr("factsite.previewing.preview.click.echo", echo)
    with socket.socket() as ours, ThreadPoolExecutor(1) as thread:
        ours.bind(("127.0.0.1", 0))
        monkeypatch.setattr("factsite.previewing.preview.bind_sockets", lambda *_: [ours])
        assert thread.submit(serve, scratch.minimal(tmp_path), None, 0, opens=False).result() == 0

    [loop] = loops
    assert loop is not None
    loop.close()


def test_a_second_preview_of_the_same_site_ends_politely(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)

    with preview(root) as running:
        assert refused(root) == f"A preview of this site runs already: {running.host}/\n"
    with preview(root) as running:
        assert running.get("/")[0] == 200
