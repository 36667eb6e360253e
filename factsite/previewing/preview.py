"""`build.py serve`: the site at its own address on this machine, built again and reloaded when a file changes.

The only module that knows livereload and tornado. Build and server share one thread, so no request meets a half-built
site. livereload keeps its state on classes: one preview for each process.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from socket import socket
from typing import Any
from urllib.parse import unquote, urlsplit

import click
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import Server
from livereload.watcher import Watcher
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from factsite.building.kept import Kept
from factsite.pipeline import Options
from factsite.previewing.changes import Changes, snapshot
from factsite.previewing.preview_search import PreviewSearch
from factsite.previewing.preview_site import PreviewSite
from factsite.reporting.report import wants_color
from factsite.working.locks import lock

HOST = "127.0.0.1"
HOST_NAMES = r"(127\.0\.0\.1|localhost)"
"""What a browser may call us. Any other name is somebody else's that was made to point here (DNS rebinding)."""
PAUSE = 0.1
"""Seconds between looks at the files; longer where a look takes long."""


def serve(root: Path, base_url: str | None, port: int, *, opens: bool) -> int:
    """Show the site until Ctrl-C; the exit status. `port` 0 takes any free one; `opens` opens a browser."""
    if not (root / "site.yaml").exists():  # one with mistakes can be mended while the preview shows them
        click.echo(f"There is no site.yaml in `{root.resolve()}`; `--root` names the folder of a site.", err=True)
        return 1
    try:
        sockets = bind_sockets(port, HOST)
    except OSError as error:
        remedy = f"choose another one with `--port {port + 1}`, or end what uses it (another preview?)"
        click.echo(f"Port {port} of this machine cannot be used: {error.strerror or error}; {remedy}.", err=True)
        return 1
    origin = f"http://{HOST}:{sockets[0].getsockname()[1]}"
    hidden = root / ".factsite"
    try:
        hidden.mkdir(exist_ok=True)
        (hidden / ".gitignore").write_text("*\n")
    except OSError as error:
        click.echo(f"Cannot write `{hidden}`, where the preview is built: {error.strerror or error}", err=True)
        return 1
    with suppress(KeyboardInterrupt), _only_one(hidden, origin) as other:
        if other:
            click.echo(f"A preview of this site runs already: {other}/", err=True)
            return 1
        options = Options(root, hidden / "preview", base_url, drafts=True, preview=True, memory=Kept())
        _run(PreviewSite(options, say=click.echo, color=wants_color(sys.stdout)), sockets, origin, opens=opens)
    click.echo("\nThe preview has ended.")
    return 0


@contextmanager
def _only_one(hidden: Path, origin: str) -> Iterator[str]:
    """Keep the folder to ourselves, or give the origin of the preview that has it: both would be told half of all."""
    with (hidden / "preview.lock").open("a+") as file:
        if not lock(file.fileno()):
            file.seek(0)
            yield file.read()
            return
        file.truncate(0)
        file.write(origin)
        file.flush()
        yield ""


def _run(site: PreviewSite, sockets: list[socket], origin: str, *, opens: bool) -> None:
    changes = Changes(partial(snapshot, site.options.root))  # before the first build: nothing is missed during it
    site.rebuild()
    IOLoop.current()  # before Ctrl-C is offered: one that meets it half made leaves a traceback
    address = origin + site.base
    click.echo(f"The preview is at {address} and follows every change; Ctrl-C ends it.")
    if opens:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    PreviewServer(site, changes, sockets).serve(host=HOST, port=sockets[0].getsockname()[1])


class PreviewServer(Server):  # type: ignore[misc] # livereload has no types
    """livereload's server with our addresses and our watcher."""

    def __init__(self, site: PreviewSite, changes: Changes, sockets: list[socket]) -> None:
        super().__init__(watcher=TreeWatcher(changes, site.rebuild))
        self.site = site
        self.sockets = sockets

    def application(self, *_: object, **__: object) -> None:
        """Called by `serve` to set up what answers requests. There is no /forcereload."""
        LiveReloadHandler.watcher = self.watcher
        LiveReloadHandler.live_css = False
        LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # otherwise a second save within three seconds is ignored
        application = Application(log_function=lambda _: None)
        application.add_handlers(
            HOST_NAMES,
            [
                (r"/livereload", Socket, {"site": self.site}),
                (r"/livereload\.js", Script),
                (r"/(?:.*/)?pagefind/(.+)", Index, {"search": PreviewSearch(self.site)}),
                (r"(/.*)", Page, {"site": self.site}),
            ],
        )
        HTTPServer(application).add_sockets(self.sockets)

    def _setup_logging(self) -> None:
        # It tells of every reload, and of tabs that were closed while they were told to.
        logging.getLogger("livereload").setLevel(logging.CRITICAL)


class TreeWatcher(Watcher):  # type: ignore[misc] # livereload has no types
    """Looks at all files, and rebuilds once for each burst of changes."""

    def __init__(self, changes: Changes, rebuild: Callable[[list[str]], bool]) -> None:
        super().__init__()
        self.changes = changes
        self.rebuild = rebuild
        self.seconds = 0.0
        """How long the last look took."""
        self.watch("site")  # without any, livereload would watch the current folder

    def start(self, callback: Callable[[], None]) -> bool:
        """Call `callback`, which calls `examine`, again and again."""

        def look() -> None:
            try:
                callback()
            finally:
                IOLoop.current().call_later(max(PAUSE, 4 * self.seconds), look)

        IOLoop.current().call_later(PAUSE, look)
        return True

    def examine(self) -> tuple[str | None, None]:
        """What browsers are told has changed, and no delay. Not the file's name: it is none of their business."""
        begun = time.perf_counter()
        changed = self.changes.poll()
        self.seconds = time.perf_counter() - begun
        self.filepath = "*" if changed and self.rebuild(changed) else None
        return self.filepath, None


class Page(RequestHandler):
    """A page, or any other file of the site."""

    def initialize(self, site: PreviewSite) -> None:
        """Tornado's way to hand over what a handler needs."""
        self.site = site

    def get(self, path: str) -> None:
        """Answer as a static host does."""
        answer = self.site.answer(unquote(path))
        self.set_status(answer.status)
        self.set_header("Cache-Control", "no-store")
        if answer.location:
            query = f"?{self.request.query}" if self.request.query else ""
            self.set_header("Location", answer.location + query)
        self.set_header("Content-Type", answer.kind)
        self.write(answer.body)

    head = get

    def compute_etag(self) -> None:
        """None: pages are never taken from a browser's memory."""


class Index(RequestHandler):
    """A file of the search index."""

    def initialize(self, search: PreviewSearch) -> None:
        """Tornado's way to hand over what a handler needs."""
        self.search = search

    async def get(self, path: str) -> None:
        """Answer once the index is made."""
        content = await self.search.file(path)
        if content is None:
            raise HTTPError(404)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/javascript" if path.endswith(".js") else "application/octet-stream")
        self.write(content)


class Script(LiveReloadJSHandler):  # type: ignore[misc] # livereload has no types
    """livereload's own script, from our own host."""

    def set_default_headers(self) -> None:
        """A new version of livereload must not meet an old script."""
        self.set_header("Cache-Control", "no-store")


class Socket(LiveReloadHandler):  # type: ignore[misc] # livereload has no types
    """The connection of a page, over which it is told to reload."""

    def initialize(self, site: PreviewSite) -> None:
        """Tornado's way to hand over what a handler needs."""
        self.site = site
        self.number = site.number
        """Of the build that the page shows."""

    def prepare(self) -> None:
        """Pages of other origins must not listen. Other programs, which send no origin, may."""
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(403)

    def check_origin(self, origin: str) -> bool:  # noqa: ARG002
        """`prepare` has checked it, in the same way for every version of Tornado."""
        return True

    def on_message(self, message: Any) -> None:
        """The handshake; a page that was served before the last rebuild is told at once."""
        content = json_decode(message)
        if content.get("command") == "hello":
            self.number = content.get("snipver")
        super().on_message(message)
        if content.get("command") == "info" and self.number != self.site.number:
            self.send_message({"command": "reload", "path": "*", "liveCSS": False})
