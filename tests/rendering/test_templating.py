"""What templates can use, and where they come from."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateNotFound, UndefinedError
from markupsafe import Markup

from factsite.remembering import memo
from factsite.remembering.cache import Cache
from factsite.rendering import templating
from factsite.site import Link
from tests import scratch


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        ("2018-01-22", "22 January 2018", "22 Jan 2018"),
        ("2018-09-01", "1 September 2018", "1 Sep 2018"),
        ("2018-05", "May 2018", "May 2018"),
        ("2018-12", "December 2018", "Dec 2018"),
        ("2018", "2018", "2018"),
    ],
)
def test_dates_are_as_precise_as_given(value: str, long: str, short: str) -> None:
    assert (templating.date(value), templating.short_date(value)) == (long, short)


@pytest.mark.parametrize(
    ("count", "words", "expected"),
    [
        (1, ("claim",), "1 claim"),
        (0, ("claim",), "0 claims"),
        (1234, ("claim",), "1,234 claims"),
        (2, ("reply", "replies"), "2 replies"),
    ],
)
def test_plural(count: int, words: tuple[str, ...], expected: str) -> None:
    assert templating.plural(count, *words) == expected


def test_host() -> None:
    assert templating.host("https://www.example.org:80/x") == "example.org"
    assert templating.host("x") == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda below: st.lists(below) | st.dictionaries(st.text(), below), max_leaves=5
)  # fmt: skip


@given(JSON)
def test_json_can_stand_in_a_script_and_says_the_same(value: object) -> None:
    text = str(templating.safe_json(value))

    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize("value", [Link("mayor", "actors/mayor/", "Mayor"), (Link("a", "b", "c"),), {1}, b"x"])
def test_what_has_no_form_in_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        templating.safe_json(value)


def test_marked_text_is_json_too() -> None:
    assert templating.safe_json({"name": Markup("<b>é")}) == '{"name":"\\u003cb\\u003eé"}'


def test_everything_is_escaped_and_unknown_names_are_errors(tmp_path: Path) -> None:
    environment = templating.environment(tmp_path)

    assert environment.from_string("{{ x }}").render(x="<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"
    assert environment.from_string("{{ x | md('../') }}").render(x="<b> [y](claim:z)") == (
        '<p>&lt;b&gt; <a href="../claims/z/">y</a></p>\n'
    )
    for text in ("{{ nothing }}", "{% if nothing %}{% endif %}", "{% for x in nothing %}{% endfor %}"):
        with pytest.raises(UndefinedError):
            environment.from_string(text).render()


@pytest.mark.parametrize(
    ("page", "read"),
    [
        ("{% extends 'a.html' %}", {"a.html"}),
        ('{%- include "a.html" ignore missing with context -%}', {"a.html"}),
        ("{%include'a.html'%}", {"a.html"}),
        ("{% import 'a.html' as a without context %}{% from\n'b.html' import b %}", {"a.html", "b.html"}),
        ("{% include 'a.html' if x else 'b.html' %}", {"a.html", "b.html", "c.html"}),
        ("{% import 'a' ~ x as a %}", {"a.html", "b.html", "c.html"}),
        ("{% include ['a.html', 'b.html'] %}", {"a.html", "b.html", "c.html"}),
        ("{% include 'a' '.html' %}", {"a.html", "b.html", "c.html"}),
        (r"{% include '\x61.html' %}", {"a.html", "b.html", "c.html"}),
        ("{% include './a.html' %}{% include '/b.html' %}", {"a.html", "b.html"}),
        ("{% include x %}", {"a.html", "b.html", "c.html"}),
        ("{% set included = 'a.html' %}", set()),
    ],
)
def test_which_templates_a_page_is_made_from(tmp_path: Path, page: str, read: set[str]) -> None:
    """Whatever it may refer to counts: one too many costs a moment, one too few leaves a stale page."""
    others = ("a.html", "b.html", "c.html")

    def digest(changed: str) -> bytes:
        files = {f"templates/{name}": "new" if name == changed else "old" for name in others}
        scratch.write(tmp_path, {"templates/page.html": page, **files})
        return templating.Sources(tmp_path).digest("page.html")

    before = digest("")
    assert {name for name in others if digest(name) != before} == read


def test_what_editors_leave_behind_is_no_template(tmp_path: Path) -> None:
    scratch.write(tmp_path, {"templates/page.html": "{% include 'old.html~' %}", "templates/old.html~": "x"})

    assert templating.environment(tmp_path).get_template("./base.html").name
    with pytest.raises(TemplateNotFound, match=r"old\.html~"):
        templating.environment(tmp_path).get_template("page.html").render()
    assert "old.html~" not in templating.Sources(tmp_path).contents


def test_a_sites_own_templates_come_first(tmp_path: Path) -> None:
    scratch.write(tmp_path, {"templates/404.html": "Nothing here."})

    environment = templating.environment(tmp_path)

    assert templating.folders(tmp_path) == [tmp_path / "templates", templating.ENGINE_TEMPLATES]
    assert environment.get_template("404.html").render() == "Nothing here."
    assert environment.get_template("base.html").filename == str(templating.ENGINE_TEMPLATES / "base.html")


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for our own compiled templates; none is compiled so far."""
    folder = tmp_path / "engine"
    monkeypatch.setattr(templating.Compiled, "ours", Cache(folder))
    monkeypatch.setattr(templating.Compiled, "known", {})
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def test_our_templates_are_compiled_once_for_all_sites_and_its_own_for_each(
    tmp_path: Path, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        scratch.write(tmp_path, {f"{name}/templates/404.html": f"Nothing in {name}."})
        environment = templating.environment(tmp_path / name, Cache(tmp_path / name / "cache"))
        environment.get_template("base.html")
        assert environment.get_template("404.html").render() == f"Nothing in {name}."
        assert (len(files(engine)), len(files(tmp_path / name / "cache"))) == (1, 1)

    monkeypatch.setattr(templating.Compiled, "known", {})
    monkeypatch.setattr(Environment, "compile", None)  # a call would raise
    environment = templating.environment(tmp_path / "a", Cache(tmp_path / "a" / "cache"))
    assert environment.get_template("404.html").render() == "Nothing in a."
    assert "main" in environment.get_template("base.html").blocks


@pytest.mark.parametrize("reason", ["read-only", "no bytecode wanted"])
def test_where_nothing_may_lie_beside_the_engine_its_compiled_templates_lie_with_the_site(
    tmp_path: Path, engine: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason == "read-only":
        engine.write_bytes(b"")  # a file, so that nothing can be put below
    else:
        monkeypatch.setattr(sys, "dont_write_bytecode", True)

    templating.environment(tmp_path, Cache(tmp_path / "cache")).get_template("base.html")
    assert "main" in templating.environment(tmp_path).get_template("base.html").blocks

    assert (files(engine), len(files(tmp_path / "cache"))) == (set(), 1)


def test_a_damaged_or_former_compiled_template_is_not_used(
    tmp_path: Path, engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(text: str) -> str:
        monkeypatch.setattr(templating.Compiled, "known", {})
        scratch.write(tmp_path, {"templates/404.html": text})
        return templating.environment(tmp_path).get_template("404.html").render()

    monkeypatch.setattr(templating, "ENGINE_TEMPLATES", tmp_path / "templates")
    assert (made("one"), made("two")) == ("one", "two")
    for path in engine.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert (made("one"), made("two")) == ("one", "two")
    assert len(files(engine)) == 2

    monkeypatch.setattr(memo, "engine", lambda: b"another one, whose code for the same template may differ")
    assert made("one") == "one"
    assert len(files(engine)) == 3
