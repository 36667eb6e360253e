"""A site with something in every field, and its exports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from factsite.site import Site
from factsite.writing.output import Output
from tests import scratch
from tests.whole import exports, pages

FULL = """\
claim: The bridge cost twice its budget.
short: The bridge cost double
rating: "false"
verdict: The audited accounts show a sixth more, not double.
kind: statistic
claimants: [mayor]
about: [council]
topics: [money]
made: 2026-02
appearances:
  - {article: gazette, quote: the bridge … was promised, stance: repeats, locator: first paragraph}
  - {source: speech, quote: "twice, I say", locator: "12:30"}
evidence:
  - {source: audit, stance: contradicts, note: "The [council](actor:council) spent a sixth more.", locator: page 3}
  - {source: gazette, stance: supports, quote: an overrun of 16 per cent}
analysis: |
  See [the audit](source:audit), [our other check](claim:bridge-colour#evidence) and <topic:money>.

  [1]: page:about
would_change: Other accounts.
checked: 2026-03-02
reviewers: [AB, CD]
status: published
responses:
  - {from: mayor, date: 2026-03-01, note: "No answer to [us](page:about)."}
corrections:
  - {date: 2026-03-09, note: "16, not 18, per cent.", rating_was: "true"}
  - {date: 2026-03-10, note: "The date of the [speech](source:speech) was wrong."}
  - {date: 2026-03-10, note: A name was misspelt.}
related: [bridge-colour]
aliases: [bridge-price]
"""
OTHER = """\
claim: {claim}
rating: "true"
verdict: Anybody can see it.
claimants: [council]
appearances: [{{source: speech, quote: so it is}}]
evidence: [{{source: audit, stance: supports}}]
checked: {checked}
status: {status}
"""
FILES = {
    "content/claims/bridge-cost.yaml": FULL,
    "content/claims/bridge-colour.yaml": OTHER.format(
        claim="The bridge is red.", checked="2026-01", status="published"
    ),
    "content/claims/bridge-age.yaml": OTHER.format(
        claim="The bridge is old.", checked="2026-04-01", status="withdrawn"
    ),
    "content/claims/bridge-length.yaml": OTHER.format(
        claim="The bridge is long.", checked="2026-05-01", status="draft"
    ),
    "content/actors/mayor.yaml": """\
name: Jane Doe
kind: person
short: Doe
names: [{text: جین دو, lang: fa}]
aliases: [the mayor]
summary: Head of [the council](actor:council).
member_of: [{actor: council, role: head, from: 2020, to: 2026-05}]
same_as: [https://people.example/jane]
old_ids: [major]
""",
    "content/actors/council.yaml": "{name: Town Council, kind: government}",
    "content/sources/speech.yaml": "{title: Speech, type: primary, language: en}",
    "content/sources/audit.yaml": """\
title: Audit of the bridge
publisher: council
author: A. Counter
type: primary
published: 2025
url: https://audit.example/bridge.pdf
archive_url: https://archive.example/1
accessed: 2026-03-01
language: en
summary: All that was spent.
party_to: [council]
note: Read in [a copy](source:speech).
aliases: [bridge-audit]
""",
    "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
}
"""Laid over the minimal site: two published claims, one withdrawn and one draft."""


def site(root: Path, files: Mapping[str, str] = FILES, *, drafts: bool = False, preview: bool = False) -> Site:
    """The site above, or another laid over the minimal one."""
    scratch.minimal(root, files)
    return scratch.site(root, drafts=drafts, preview=preview)


def exported(site: Site, rendered: Sequence[Output] = ()) -> dict[str, bytes]:
    """Every export, by path."""
    return {output.path: output.content for output in exports(site, list(pages(site)), rendered)}
