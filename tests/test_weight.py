"""What a reader has to fetch."""

from __future__ import annotations

import re

from factsite.writing.output import Output
from tests import real

LIMIT = 60_000
"""Bytes of a claim page with all that it asks for, but for the share image, which no reader's browser fetches."""
ASKED = re.compile(rb'<(?:link rel="(?:stylesheet|icon)"|script)[^>]* (?:href|src)="(?:\.\./|\./|/)*(assets/[^"]+)"')


def asked(page: Output) -> list[str]:
    """The paths of the files that a page makes browsers fetch."""
    return [path.decode() for path in ASKED.findall(page.content)]


def test_a_claim_page_is_light() -> None:
    outputs = real.rendered()
    claims = real.by_template(outputs)["claim"]

    assert len(claims) > 50
    for page in claims:
        files = asked(page)
        assert {path.rpartition(".")[2] for path in files} == {"css", "js", "svg"}
        assert len(page.content) + sum(len(outputs[path].content) for path in files) < LIMIT, page.path


def test_every_page_has_one_stylesheet() -> None:
    outputs = real.rendered()

    for pages in real.by_template(outputs).values():
        for page in pages:
            sheets = [path for path in asked(page) if path.endswith(".css")]
            assert len(sheets) == 1, page.path
            assert b"@import" not in outputs[sheets[0]].content
