"""What the preview shows at an address: the last good build, with the problems of the latest one above it."""

from __future__ import annotations

import os
import re
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import quote, unquote

from factsite import pipeline, urls
from factsite.problems import Problem
from factsite.reporting import report, report_html
from factsite.writing.folder import is_safe

TYPES = MimeTypes()  # Python's own table: the system's may hold anything
TYPES.add_type("application/ld+json", ".jsonld")
TYPES.add_type("font/woff2", ".woff2")
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets."""

    status: int
    body: bytes = b""
    kind: str = HTML
    location: str = ""
    """Where to go instead."""


@dataclass(slots=True)
class PreviewSite:
    """One site that is edited, built and shown."""

    options: pipeline.Options
    say: Callable[[str], None]
    """Prints a line for whoever started the preview."""
    color: bool = False
    """Problems are printed in colour."""
    number: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    """Changes whenever a page would look different; never the same as in an earlier preview."""
    base: str = "/"
    """The folder of the host that the site lives in, as in its base_url."""
    built: bool = False
    """There is a good build to show."""
    ok: bool = True
    """The latest build was good."""
    problems: tuple[Problem, ...] = ()
    """Of the latest build."""

    # --- building

    def rebuild(self, changed: Sequence[str] = ()) -> bool:
        """Build again; whether pages look different now. Never raises: the preview outlives our own mistakes."""
        begun = time.perf_counter()
        before = (self.ok, self.problems, self.base)
        try:
            result = pipeline.build(self.options)
        except Exception as error:  # noqa: BLE001 -- our own mistake, shown on terminal and page
            self.say(traceback.format_exc())
            result = pipeline.BuildResult((_crash(error),), ok=False, output=self.options.folder)
        self._take(result)
        self.say(f"{time.strftime('%H:%M:%S')}  {self._names(changed)}{_outcome(result)} in {_since(begun)}")
        if result.problems and not (
            self.ok and self.problems == before[1]
        ):  # warnings are told once, not at each build
            self.say(report.text(result.problems, color=self.color).rstrip())
        differs = bool(result.written or result.removed) or (self.ok, self.problems, self.base) != before
        self.number += differs
        return differs

    def _take(self, result: pipeline.BuildResult) -> None:
        self.ok = result.ok
        self.problems = tuple(_without_place(problem, self.options.root) for problem in result.problems)
        if result.ok:
            self.built = True
            self.base = urls.base_path(result.base_url)

    def _names(self, changed: Sequence[str]) -> str:
        if not changed:
            return ""
        name = os.path.relpath(changed[0], self.options.root)
        return f"{name if len(changed) == 1 else f'{name} and {len(changed) - 1} more'}: "

    # --- answering

    def answer(self, path: str) -> Answer:
        """The page at a path of the host, unquoted, as a static host would serve it."""
        if not self.built:
            page = report_html.page(self.problems, f"{report.summary(self.problems)}: the site cannot be built yet")
            return Answer(500, self._dressed(page.encode(), problems=False))
        base = unquote(self.base)
        if path != base and path in {"/", base.rstrip("/")}:
            return Answer(302, location=self.base)
        below = path.removeprefix(base) if path.startswith(base) else ".."
        content = self._read(urls.file_of(below))
        if content is None and not below.endswith("/") and self._read(f"{below}/index.html") is not None:
            return Answer(301, location=quote(f"{path}/"))
        if content is None:
            return Answer(404, self._dressed(self._read("404.html") or self._not_found(path)))
        kind, _ = TYPES.guess_type(urls.file_of(below))
        if kind == "text/html":
            return Answer(200, self._dressed(content))
        return Answer(200, content, _with_charset(kind or "application/octet-stream"))

    def _read(self, path: str) -> bytes | None:
        """A file of the last good build; nothing that lies elsewhere, not even through a link."""
        if not is_safe(path):
            return None
        folder = self.options.folder.resolve()
        place = (folder / path).resolve()
        return place.read_bytes() if place.is_relative_to(folder) and place.is_file() else None

    def _not_found(self, path: str) -> bytes:
        return (
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Not found</title></head>'
            f'<body><p>There is no page <code>{escape(path)}</code>. <a href="{escape(self.base)}">Home</a></p></body>'
            "</html>\n"
        ).encode()

    def _dressed(self, page: bytes, *, problems: bool = True) -> bytes:
        """A page with the script that reloads it, and with the problems above it."""
        # `snipver` comes back when the script connects, so a page that missed a rebuild while it loaded is found out.
        script = f'<script async src="/livereload.js?snipver={self.number}&amp;maxdelay=2000"></script>'
        page = _insert(page, rb"</head\s*>", script.encode(), after=False)
        if problems and self.problems:
            page = _insert(page, rb"<body[^>]*>", self._above().encode(), after=True)
        return page

    def _above(self) -> str:
        heading = report.summary(self.problems)
        if not self.ok:
            heading += ": below is the last good build, until this is mended"
        return "\n" + report_html.fragment(self.problems, heading, is_open=not self.ok)


def _insert(page: bytes, tag: bytes, addition: bytes, *, after: bool) -> bytes:
    match = re.search(tag, page, re.IGNORECASE)
    if not match:
        return addition + page
    at = match.end() if after else match.start()
    return page[:at] + addition + page[at:]


def _with_charset(kind: str) -> str:
    is_text = kind.startswith("text/") or kind.endswith(("+xml", "/xml", "/javascript", "json"))
    return f"{kind}; charset=utf-8" if is_text else kind


def _outcome(result: pipeline.BuildResult) -> str:
    if not result.ok:
        return "not built"
    done = f"{len(result.written)} written, {len(result.removed)} removed"
    warnings = f" ({report.summary(result.problems)})" if result.problems else ""
    return (done if result.written or result.removed else "nothing changed") + warnings


def _since(begun: float) -> str:
    return f"{time.perf_counter() - begun:.2f} s"


def _crash(error: Exception) -> Problem:
    """An exception that nobody expected."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    trail = "\n".join(f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in frames)
    message = f"The generator has a mistake, not you: {type(error).__name__}: {error}"
    return Problem("internal", message, expected="a report of it, with what the terminal says", notes=(trail,))


def _without_place(problem: Problem, root: Path) -> Problem:
    """Without the name of the folder on this machine, which is nobody's business in a browser."""
    prefix = str(root.resolve()) + os.sep
    notes = tuple(note.replace(prefix, "") for note in problem.notes)
    return replace(problem, message=problem.message.replace(prefix, ""), notes=notes)
