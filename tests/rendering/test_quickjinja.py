"""Our Jinja writes what Jinja writes."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import gc
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
        "{{ m.show(1, items=(1, text)) }}{{ m.show(1, items=(true, text)) }}{{ m.show(1, items=(1, safe)) }}{{ m.show(1, items=(1, '<i>')) }}{{ m.show(1, items=((1,), (1,))) }}{{ m.show(1, items=((1,), (true,))) }}",
        "{{ text.join(['a', 'b']) }}{{ text.startswith('<') }}{{ {'a': safe}.get('a') }}{{ list.copy() }}",
        "{% call m.around() %}{{ text }}{% endcall %}{{ m.all(1, text, a=2) }}",
        "{% macro own(x) %}{{ x }}{{ text }}{% endmacro %}{{ own(1) }}{{ own(safe) }}",
        "{{ {'a': {'b': text}}.a.b }}{{ {'a': link}.a.path.upper() }}{{ [link.label, {'k': link.path}.k, link.id] }}{{ {'k': link.id}[{'a': 'k'}.a] }}",
        "{% for each in [link, {'path': 'y/'}] if each.path.startswith('x') recursive %}{{ each.label }}{{ loop.first }}{{ loop([{'path': 'xx', 'label': each.id}]) if loop.depth0 < 1 }}{% endfor %}",
        "{% macro own(x=link.label) %}{% set y %}{{ x.z }}{{ link.id }}{% endset %}{{ y.upper() }}{% endmacro %}{{ own({'z': text}) }}{{ m.path(link).striptags() }}",
        "{{ {'keys': 1}.keys is callable }}{{ link.x is defined }}{{ (link.x or text) if link.x is defined else list.x | default(link.id) }}",
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


def rendered(numbers: list[int]) -> tuple[str, Any]:
    """What a macro writes that is called with each of the numbers, and the macro."""
    macros = "{% macro same(value) %}{{ value }};{% endmacro %}"
    environment = QuickEnvironment(loader=DictLoader({"macros": macros}), autoescape=True)
    page = environment.from_string("{% import 'macros' as m %}{% for x in numbers %}{{ m.same(x) }}{% endfor %}")
    module: Any = environment.get_template("macros").module
    return page.render(numbers=numbers), module.same


@pytest.mark.parametrize(
    ("numbers", "known", "why"),
    [
        ([0, 0, 1, 2, 3, 4, 0], 5, "one of the first came again"),
        ([0, 1, 2, 3, 3, 3], None, "none of the first did, so none is remembered"),
        ([0, 1, 2, *[3] * 5, *[4] * 5], 1, "after a pause it is tried again"),
        ([0, 1, 2, *[3] * 5, 4, 5, 6], None, "and it may be in vain again"),
        ([0, 0, *range(20)], None, "they came again once, but not any more: at the bound that is too seldom"),
    ],
)
def test_a_macro_remembers_as_long_as_it_is_called_the_same_way_again(
    monkeypatch: pytest.MonkeyPatch, numbers: list[int], known: int | None, why: str
) -> None:
    for name, value in (("TRIAL", 3), ("PAUSE", 5), ("MOST", 10)):
        monkeypatch.setattr(quickjinja, name, value)
    text, macro = rendered(numbers)

    assert text == "".join(f"{number};" for number in numbers)
    assert (None if macro.known is None else len(macro.known)) == known, why


@pytest.mark.parametrize(
    "template",
    [
        "{% macro a(i) %}{{ i }}{{ text }}{% endmacro %}{{ a(1) }}",
        "{% macro a(i) %}{{ i }}{% endmacro %}{% macro b(i) %}{{ a(i) }}{{ text }}{% endmacro %}{{ b(1) }}",
        "{% block m %}{% macro a(i) %}{{ i }}{{ text }}{% endmacro %}{{ a(1) }}{% endblock %}",
        "{% import 'macros' as m %}{% call m.around() %}{{ text }}{% endcall %}",
    ],
)
def test_a_render_leaves_no_garbage_in_circles(template: str) -> None:
    page = QuickEnvironment(loader=DictLoader({"macros": MACROS}), autoescape=True).from_string(template)
    page.render(VALUES)
    gc.collect()
    page.render(VALUES)
    assert gc.collect() == 0


def test_what_macros_remember_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quickjinja, "MOST", 3)
    numbers = [number for number in range(10) for _ in range(2)]
    text, macro = rendered(numbers)

    assert text == "".join(f"{number};" for number in numbers)
    assert 0 < len(macro.known) <= 3


def test_what_macros_remember_is_bounded_by_its_length_too(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TRIAL", 2), ("ROOM", 20)):
        monkeypatch.setattr(quickjinja, name, value)
    short = rendered([number for number in range(1, 10) for _ in range(2)])[1]
    long = rendered([number for number in range(10**5, 10**5 + 9) for _ in range(2)])[1]

    assert len(short.known) > 2
    assert 0 < len(long.known) <= 2
