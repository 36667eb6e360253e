"""docs/publishing.md and the workflow: what they say to do is done here, as far as it can be."""

from __future__ import annotations

import grp
import http.server
import os
import pwd
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner

import build as command_line
from factsite.exporting import hosting
from factsite.pipeline import Options, build
from tests import scratch

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "publishing.md").read_text(encoding="utf-8")
WORKFLOW = ROOT / ".github" / "workflows" / "check.yaml"
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
FILES = {
    "content/claims/bridge-length.yaml": (
        'claim: The bridge is a mile long.\nrating: "false"\nverdict: It is not.\nclaimants: [mayor]\n'
        "appearances: [{source: gazette, quote: a mile}]\nevidence: [{source: gazette, stance: contradicts}]\n"
        "checked: 2026-03-03\nstatus: published\naliases: [bridge-size]\n"
    )
}


def blocks(language: str) -> list[str]:
    """The examples of the guide in a language."""
    return [text for _, found, text in FENCE.findall(GUIDE) if found == language]


# --- commands --------------------------------------------------------------------------------------------------------


def commands(workflow: str) -> list[str]:
    """What the steps of a workflow run."""
    jobs = yaml.load(workflow, Loader=yaml.BaseLoader)["jobs"].values()
    return [step["run"] for job in jobs for step in job["steps"] if "run" in step]


def test_the_workflow_checks_and_builds_every_pull_request() -> None:
    workflow = WORKFLOW.read_text(encoding="utf-8")

    assert "pull_request" in yaml.load(workflow, Loader=yaml.BaseLoader)["on"]
    assert commands(workflow) == [
        "make .venv/runtime",
        ".venv/bin/python build.py check --strict --format github",
        ".venv/bin/python build.py check --drafts --format github",
        ".venv/bin/python build.py --strict",
    ]


def test_the_workflow_may_only_read() -> None:
    workflow = yaml.load(WORKFLOW.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)

    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow["jobs"].values())


def all_commands() -> set[str]:
    examples = [line.strip().removeprefix("- ") for text in blocks("yaml") + blocks("sh") for line in text.split("\n")]
    inline = re.findall(r"`(python build\.py [^`…]*)`", GUIDE)
    return {*commands(WORKFLOW.read_text(encoding="utf-8")), *examples, *inline}


BUILDS = sorted(found[1].strip() for each in all_commands() if (found := re.search(r"python build\.py(.*)", each)))


@pytest.mark.parametrize("arguments", BUILDS)
def test_the_commands_exist(arguments: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = scratch.minimal(tmp_path / "site")
    monkeypatch.chdir(root)

    ended = CliRunner().invoke(command_line.cli, arguments.replace("/tmp", str(tmp_path)).split())

    assert ended.exit_code == 0, ended.output


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {found for each in all_commands() for found in re.findall(r"\bmake ([\w./]+)", each)}

    assert targets == {".venv/runtime"}
    assert re.search(r"^\.venv/runtime:", makefile, re.MULTILINE)


def test_the_modules_that_the_makefile_runs_exist() -> None:
    modules = re.findall(r"python -m ([\w.]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))

    assert [module for module in modules if find_spec(module) is None] == []
    assert len(modules) >= 5


def test_the_examples_are_yaml() -> None:
    assert [sorted(yaml.load(text, Loader=yaml.BaseLoader)) for text in blocks("yaml")] == [
        ["concurrency", "jobs", "name", "on", "permissions"],
        ["check"],
    ]


def test_the_template_of_pull_requests_is_the_checklist() -> None:
    template = ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md"
    assert template.read_text(encoding="utf-8") == (DOCS / "pull-request-checklist.md").read_text(encoding="utf-8")


# --- hosts -----------------------------------------------------------------------------------------------------------


def site(folder: Path, base_url: str) -> Path:
    """A site published below `folder`, in the folder of its address."""
    output = folder / "www" / urlsplit(base_url).path.strip("/")
    result = build(Options(scratch.minimal(folder / "site", FILES), output, base_url=base_url))
    assert result.ok, result.problems
    return folder / "www"


def get(url: str) -> tuple[int, bytes, Message]:
    """Status, bytes and headers; redirects are followed."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read(), error.headers


def crawl(start: str) -> dict[str, int]:
    """The status of everything that can be reached from a page without leaving the host, by address."""
    found: dict[str, int] = {}
    pending = [start]
    while pending:
        url = pending.pop()
        if url in found:
            continue
        found[url], content, headers = get(url)
        if headers.get("Content-Type", "").startswith("text/html"):
            elements = BeautifulSoup(content, "lxml").select("[href], [src]")
            links = (urldefrag(urljoin(url, str(each.get("href") or each.get("src")))).url for each in elements)
            pending += [link for link in links if urlsplit(link).netloc == urlsplit(start).netloc]
    return found


@contextmanager
def python_server(folder: Path) -> Iterator[str]:
    """`python3 -m http.server --directory folder`, as its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("base_url", ["https://checks.example/", "https://host.example/some/checks/"])
def test_every_link_leads_somewhere_at_a_root_and_in_a_folder(tmp_path: Path, base_url: str) -> None:
    base = urlsplit(base_url).path
    with python_server(site(tmp_path, base_url)) as host:
        found = crawl(host + base) | crawl(f"{host}{base}404.html") | crawl(f"{host}{base}claims/bridge-size/")

    assert {url: status for url, status in found.items() if status != 200} == {}
    paths = {url.removeprefix(host + base) for url in found}
    assert {"", "404.html", "claims/bridge-cost/", "claims/bridge-length/", "actors/mayor/", "feed.xml"} <= paths
    assert all(url.startswith(host + base) for url in found)


@pytest.mark.parametrize("name", hosting.EVERYWHERE)
def test_nginx_sends_what_other_hosts_send(name: str) -> None:
    value = hosting.EVERYWHERE[name]
    assert re.search(rf'^    add_header {name} "?{re.escape(value)}"? always;$', blocks("nginx")[0], re.MULTILINE)


NGINX = shutil.which("nginx")


@contextmanager
def nginx(folder: Path, configuration: str) -> Iterator[str]:
    """nginx with the configuration of the guide on a free port, as its address."""
    assert NGINX
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = re.sub(r"listen 80;", f"listen 127.0.0.1:{port};", configuration)
    types = next((line for line in ("/etc/nginx/mime.types",) if Path(line).exists()), "")
    inner = (
        f"include {types};" if types else "types { text/html html; text/css css; application/json json; text/xml xml; }"
    )
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = f"{pwd.getpwuid(os.getuid()).pw_name} {grp.getgrgid(os.getgid()).gr_name}"
    (folder / "nginx.conf").write_text(
        f"daemon off; user {owner}; pid {folder}/pid; error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {temporary} {inner}\n{configuration}\n}}\n"
    )
    command = [NGINX, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx did not start")


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
def test_nginx_at_the_root_of_a_domain(tmp_path: Path) -> None:
    configuration = blocks("nginx")[0].replace("/srv/checks", str(site(tmp_path, "https://checks.example/")))
    with nginx(tmp_path, configuration) as host:
        assert set(crawl(host + "/").values()) == {200}

        status, content, headers = get(f"{host}/claims/no/such/page/")
        assert (status, b"<html" in content) == (404, True)
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"

        (style,) = (tmp_path / "www" / "assets").glob("style.*.css")
        assert "immutable" in get(f"{host}/assets/{style.name}")[2]["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in get(host + "/")[2]
        assert get(f"{host}/data/claims.json")[2]["Access-Control-Allow-Origin"] == "*"
        assert "Content-Security-Policy" not in get(f"{host}/embed/bridge-cost/")[2]
        assert get(f"{host}/data/annotations.jsonld")[2]["Content-Type"] == "application/ld+json; charset=utf-8"
        assert [get(f"{host}/{name}")[0] for name in ("_headers", "_redirects", ".factsite.json")] == [404, 404, 404]


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
def test_nginx_in_a_folder(tmp_path: Path) -> None:
    folder = site(tmp_path, "https://example.org/checks/")
    with nginx(tmp_path, f"server {{ listen 80; root {folder}; absolute_redirect off;\n{blocks('nginx')[1]}}}") as host:
        assert set(crawl(f"{host}/checks/").values()) == {200}

        status, content, _ = get(f"{host}/checks/claims/no/such/page/")
        assert (status, b'href="/checks/claims/"' in content) == (404, True)
        assert b'href="/checks/' not in get(f"{host}/elsewhere/")[1]


# --- the guides ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["publishing.md", "pull-request-checklist.md"])
def test_links_between_the_guides_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", (DOCS / name).read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        text = (DOCS / path).read_text(encoding="utf-8")
        assert not anchor or f"# {anchor}\n" in text, link


def test_the_files_it_names_are_those_that_are_written(tmp_path: Path) -> None:
    output = site(tmp_path, "https://checks.example/")
    named = set(re.findall(r"`([._\w]+)`", "".join(re.findall(r"^\| (.+?) \|", GUIDE, re.MULTILINE))))

    assert named - {"CNAME"} == {path.name for path in output.iterdir() if path.is_file()} & named
    assert {"404.html", "_headers", "_redirects", ".nojekyll", "robots.txt", "sitemap.xml", ".factsite.json"} <= named
