"""The search index: rendered pages → the files that Pagefind's script reads in a browser (https://pagefind.app).

Pagefind is a program that reads a folder of pages. It gets one with nothing but what it indexes: of each page that has
a `data-pagefind-body` its main part. So an index stays valid as long as none of these parts change, and the same parts
give the same files on every machine with the same version of Pagefind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from factsite.cache import Cache, digest
from factsite.output import Output
from factsite.problems import Problem, Severity

FOLDER = "pagefind"
"""Where the files stand below the site's root."""
BODY = b"data-pagefind-body"
UNUSED = ("pagefind-*.js", "pagefind-*.css")
"""Pagefind's own user interfaces and its worker: ours is `search.js`, and a small index needs no worker."""

Bundle = Mapping[str, bytes]
"""The files of an index by their paths below `pagefind/`."""


def outputs(pages: Iterable[Output], cache: Cache, language: str) -> list[Output] | Problem:
    """The index of the pages as files of the site, or a warning that says why there is none."""
    found = bundle(parts(pages), cache, language)
    if isinstance(found, Problem):
        return found
    return [Output(f"{FOLDER}/{path}", content, "") for path, content in found.items()]


def parts(pages: Iterable[Output]) -> list[tuple[str, bytes]]:
    """Path and main part of each page that is to be found."""
    return [
        (page.path, page.content[page.content.find(b"<main") : page.content.rfind(b"</main>")])
        for page in pages
        if page.path.endswith(".html") and BODY in page.content
    ]


def bundle(pages: Sequence[tuple[str, bytes]], cache: Cache, language: str) -> Bundle | Problem:
    """The index of these parts of pages, made anew only if any of them changed."""
    program = executable()
    if program is None:
        return _without("Pagefind is not installed for this machine", "`pip install 'pagefind[bin]'`")
    language = language.partition("-")[0].lower()
    inputs = [part for path, content in pages for part in (path.encode(), content)]
    key = digest(_version(program).encode(), language.encode(), *inputs)
    kept = cache.get(key)
    if kept is not None:
        return msgspec.msgpack.decode(kept, type=dict[str, bytes])
    found = _indexed(program, pages, language)
    if not isinstance(found, Problem):
        cache.put(key, msgspec.msgpack.encode(found))
        cache.sweep({key})
    return found


def executable() -> Path | None:
    """The program: the one of the Python package, or one that is installed otherwise; None without any."""
    try:
        from pagefind_bin import get_executable

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


def _indexed(program: Path, pages: Sequence[tuple[str, bytes]], language: str) -> dict[str, bytes] | Problem:
    """Run the program on a folder of its own, where no settings file of somebody else lies."""
    with tempfile.TemporaryDirectory(prefix="factsite-search-", ignore_cleanup_errors=True) as folder:
        site, target = Path(folder, "site"), Path(folder, FOLDER)
        site.mkdir()
        for path, content in pages:
            file = site / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"<!doctype html><html><body>" + content + b"</main></body></html>")
        command = [program, "--site", site, "--output-path", target, "--force-language", language, "--silent"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
        try:
            run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)  # noqa: S603  # our own arguments
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
