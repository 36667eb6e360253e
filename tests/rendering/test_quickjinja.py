"""Our Jinja writes what Jinja writes."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from factsite.rendering import quickjinja
from factsite.rendering.quickjinja import QuickEnvironment
from factsite.site import Link

MACROS = """
{% macro show(value, word='w', items=()) %}[{{ value }}|{{ word }}|{% for each in items %}{{ each }}{% endfor %}]{% endmacro %}
{% macro path(link) %}<a href="{{ link.path }}">{{ link.label }}</a>{% endmacro %}
{% macro around() %}<p>{{ caller() }}</p>{% endmacro %}
{% macro all() %}{{ varargs }}{{ kwargs }}{% endmacro %}
"""
VALUES = {
    "text": "<&>",
    "safe": Markup("<i>"),
    "link": Link("x", "x/?a&b", "<x>"),
    "list": [1, 2],
    "yes": True,
    "none": None,
}


def written(kind: type[Environment], template: str) -> list[str]:
    """What the template writes, three times: the second time from what is remembered, the third with other values."""
    loader = DictLoader({"macros": MACROS, "page": "{% import 'macros' as m %}" + template})
    page = kind(loader=loader, autoescape=True, undefined=StrictUndefined).get_template("page")
    return [page.render(values) for values in (VALUES, VALUES, VALUES | {"text": "b", "list": [3], "yes": 1})]


@pytest.mark.parametrize(
    "template",
    [
        "{{ text }}{{ safe }}{{ 1 }}{{ 1.5 }}{{ none }}{{ list }}{{ '<' }}",
        "{{ 'a' if yes }}{{ 'a<' if not yes }}{{ 'a' if none else 'b' }}{{ ('a' if none) ~ 'c' }}{{ ('a' if none) | default('d') }}",
        "{% for each in list %}{{ each }}{{ ', ' if not loop.last }}{% endfor %}",
        "{{ m.show(text) }}{{ m.show(safe) }}{{ m.show('<i>') }}{{ m.show(text, word=safe) }}{{ m.show(value='v', word='<i>') }}",
        "{{ m.show(1) }}{{ m.show(true) }}{{ m.show(1.0) }}{{ m.show(1, word=1) }}{{ m.show(1, word=true) }}",
        "{{ m.show(yes) }}{{ m.show(list) }}{{ m.show(1, items=list) }}{{ m.show(1, 'x', (1, 2)) }}{{ m.show(1, 'x', (list, 2)) }}",
        "{{ m.path(link) }}{{ m.path({'path': 1, 'label': text}) }}",
        "{% call m.around() %}{{ text }}{% endcall %}{{ m.all(1, text, a=2) }}",
        "{% macro own(x) %}{{ x }}{{ text }}{% endmacro %}{{ own(1) }}{{ own(safe) }}",
        "{{ list | map('string') | join(text) }}{{ [link] | map(attribute='label') | list }}{{ list | sum }}{{ list | first }}",
        "{{ [link, link] | unique | selectattr('id') | rejectattr('path', 'equalto', 'y') | list | length }}{{ range(3) | select('odd') | list }}",
        "{{ [link] | groupby('id') }}{{ list | slice(2) | list }}{{ list | reject('odd') | list }}",
        "{{ range(2) | list }}{% set ns = namespace(x=1) %}{% set ns.x = 2 %}{{ ns.x }}{{ dict(a=1) }}",
        "{% filter upper %}{{ text }}{% endfilter %}{% autoescape false %}{{ text }}{{ 'a' if none }}{% endautoescape %}",
    ],
)  # fmt: skip
def test_the_same_as_jinja(template: str) -> None:
    assert written(QuickEnvironment, template) == written(Environment, template)


@pytest.mark.parametrize(
    ("call", "runs"),
    [
        ("m.count('a')", 1),
        ("m.count('a', x=1)", 1),
        ("m.count((1, 'a'))", 1),
        ("m.count([1])", 2),
        ("m.count((1, [1]))", 2),
        ("m.count('a', x=[1])", 2),
    ],
)
def test_a_macro_runs_once_for_the_same_values_that_cannot_change(call: str, runs: int) -> None:
    ran: list[Any] = []
    macros = "{% macro count(value, x=0) %}{{ value | noted }}{% endmacro %}"
    environment = QuickEnvironment(loader=DictLoader({"macros": macros}), autoescape=True)
    environment.filters["noted"] = ran.append
    page = environment.from_string(f"{{% import 'macros' as m %}}{{{{ {call} }}}}")

    assert page.render() == page.render()
    assert len(ran) == runs


def test_what_macros_remember_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quickjinja, "MOST", 3)
    macros = "{% macro same(value) %}{{ value }}{% endmacro %}"
    environment = QuickEnvironment(loader=DictLoader({"macros": macros}), autoescape=True)
    page = environment.from_string("{% import 'macros' as m %}{% for x in range(10) %}{{ m.same(x) }}{% endfor %}")

    assert page.render() == "0123456789"
    assert len(environment.get_template("macros").module.same.known) <= 3  # type: ignore[attr-defined]
