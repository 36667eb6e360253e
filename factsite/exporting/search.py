"""The search index: rendered pages → the files that Pagefind's script reads in a browser (https://pagefind.app).

Pagefind is a program that reads a folder of pages. It gets one with nothing but what it indexes: of each page that has
a `data-pagefind-body` its main part. So an index stays valid as long as none of these parts change, and the same parts
give the same files on every machine with the same version of Pagefind.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from factsite.exporting.searchorder import ordered
from factsite.problems import Problem, Severity
from factsite.remembering import memo
from factsite.remembering.cache import Cache, digest
from factsite.writing.output import Output

FOLDER = "pagefind"
"""Where the files stand below the site's root."""
BODY = b"data-pagefind-body"
UNUSED = ("pagefind-*.js", "pagefind-*.css")
"""Pagefind's own user interfaces and its worker: ours is `search.js`, and a small index needs no worker."""

SPARE = 3
"""Indexes that are kept beside the one in use: of the preview, and with drafts."""

Page = tuple[str, bytes]
"""Path and content of a page."""
Bundle = Mapping[str, bytes]
"""The files of an index by their paths below `pagefind/`."""


def outputs(pages: Iterable[Output], cache: Cache) -> list[Output] | Problem:
    """The index of the pages as files of the site, or a warning that says why there is none."""
    found = bundle([(page.path, page.content) for page in pages if page.path.endswith(".html")], cache)
    if isinstance(found, Problem):
        return found
    return [Output(f"{FOLDER}/{path}", content, "") for path, content in found.items()]


def bundle(pages: Iterable[Page], cache: Cache) -> Bundle | Problem:
    """The index of these pages, made anew only if what it is made of changed."""
    pages = [page for page in pages if BODY in page[1]]
    if not any(_has_words(_main(content)) for _, content in pages):  # Pagefind fails without any
        return {}
    language = _language(pages)
    pages = [(path, _main(content)) for path, content in pages]
    program = executable()
    if program is None:
        return _without("Pagefind is not installed for this machine", "`pip install 'pagefind[bin]'`")
    inputs = [part for path, content in pages for part in (path.encode(), content)]
    key = digest(b"ordered", _version(program).encode(), language.encode(), *inputs)
    kept = cache.get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=dict[str, bytes])
    found = _indexed(program, pages, language)
    if not isinstance(found, Problem):
        found = ordered(found)
        cache.put(key, msgspec.msgpack.encode(found))
        cache.sweep({key}, spare=SPARE)
    return found


def digest_of(content: bytes) -> bytes:
    """Stands for what the index makes of a page; empty if it leaves it out."""
    if BODY not in content:
        return b""
    return memo.of_bytes(content[: content.find(b"<body")] + _main(content))


def _main(content: bytes) -> bytes:
    return content[content.find(b"<main") : content.rfind(b"</main>")]


def _has_words(main: bytes) -> bool:
    return re.search(r"\w", re.sub(r"<[^>]*>|&\w+;", "", main.decode())) is not None


def _language(pages: Sequence[Page]) -> str:
    """The site's language, as an ISO 639-1 code; all pages have the same."""
    found = re.search(rb"""<html[^>]*\slang=["']?([a-zA-Z]+)""", pages[0][1])
    return found[1].decode().lower() if found else "en"


def executable() -> Path | None:
    """The program: the one of the Python package, or one that is installed otherwise; None without any."""
    try:
        from pagefind_bin import get_executable  # type: ignore[import-untyped] # it has no types

        return Path(get_executable())
    except (ImportError, FileNotFoundError):
        other = shutil.which("pagefind_extended") or shutil.which("pagefind")
        return Path(other) if other else None


def _version(program: Path) -> str:
    """Whatever makes its output different: the version of the package, or of the file that was found."""
    try:
        return metadata.version("pagefind_bin")
    except metadata.PackageNotFoundError:
        state = program.stat()
        return f"{program} {state.st_size} {state.st_mtime_ns}"


def _indexed(program: Path, pages: Sequence[Page], language: str) -> dict[str, bytes] | Problem:
    """Run the program on a folder of its own, where no settings file of somebody else lies."""
    with tempfile.TemporaryDirectory(prefix="factsite-search-", ignore_cleanup_errors=True) as folder:
        site, target = Path(folder, "site"), Path(folder, FOLDER)
        site.mkdir()
        for path, content in pages:
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"<!doctype html><html><body>" + content + b"</main></body></html>")
        options = ("--site", site, "--output-path", target, "--force-language", language, "--silent")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        try:
            run = subprocess.run((program, *options), cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603  # our own arguments
        except OSError as error:
            return _without(f"Pagefind does not run on this machine: {error.strerror}", "a build of it for this system")
        if run.returncode:
            said = (run.stderr or run.stdout).decode(errors="replace").strip().splitlines()
            return _without(f"Pagefind failed: {said[-1] if said else run.returncode}", "a page that it can read")
        return _read(target)


def _read(folder: Path) -> dict[str, bytes]:
    """All files that our script needs, in the order of their names; none if there was nothing to index."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in files
        if not any(path.match(pattern) for pattern in UNUSED)
    }


def _without(message: str, expected: str) -> Problem:
    return Problem(
        "search-index",
        f"The site has no search: {message}",
        expected=f"{expected}; or `search: false` in site.yaml",
        severity=Severity.WARNING,
    )
