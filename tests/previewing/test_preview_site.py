"""What the preview shows at an address, and says of a build, for every outcome of a build."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from factsite import pipeline
from factsite.pipeline import BuildResult, Options
from factsite.previewing.preview_site import PreviewSite
from factsite.problems import Problem, as_warning
from tests import scratch

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


def test_a_preview_that_starts_a_moment_later_has_other_numbers(fake: Fake, tmp_path: Path) -> None:
    for outcome in ("one", "two"):
        fake.rebuild({"index.html": outcome})
    time.sleep(0.01)

    assert Fake(tmp_path).site.number > fake.site.number


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
    assert "test_preview_site.py:" in page
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
