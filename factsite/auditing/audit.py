"""The finished files read back before anything is written: dead links, foreign requests, leaks, structured data.

Each page is read by itself (`facts`); what concerns several files is told from the facts alone. How a file was made is
not asked, only whether it is fit to be published.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from factsite import urls
from factsite.auditing import leaks
from factsite.auditing.facts import Facts, facts, stylesheet_facts
from factsite.auditing.faults import EXPECTED, OF_TEMPLATES, Fault
from factsite.auditing.links import Links
from factsite.auditing.markup import Review
from factsite.auditing.withheld import Draft
from factsite.problems import Problem
from factsite.site import Claim, Site
from factsite.writing.output import Output

SEARCHED = frozenset({"", ".html", ".json", ".jsonld", ".xml", ".csv", ".txt", ".js", ".svg", ".md", ".webmanifest"})
"""Endings of files that are searched for what is not published."""
LISTING = frozenset({".json", ".jsonld", ".xml", ".csv", ".txt"})
"""Endings of files whose absolute addresses on this site must exist."""
SHOWN = 3
"""Pages that a problem names, of those that have it."""

Finding = tuple[Output, Fault]
Read = Callable[[bytes], Facts]


def audit(outputs: Sequence[Output], site: Site, drafts: Sequence[Draft] = (), read: Read = facts) -> Iterator[Problem]:
    """All that is wrong with the finished files, each mistake once.

    `drafts` are those that the site leaves out; `read` stands for `facts`, so that a caller can remember them.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for output, fault in Audit(outputs, site, read).findings(leaks.telltales(site, drafts)):
        found.setdefault((fault.code, fault.message), []).append((output, fault))
    for findings in found.values():
        yield _problem(findings)


@dataclass
class Audit:
    """The files of a site, and what is wrong with each."""

    outputs: Sequence[Output] | None
    """None if they are not known yet: each is then looked at by itself, and what it leads to counts as there."""
    site: Site
    read: Read
    base_url: str = field(init=False)
    links: Links = field(init=False)

    def __post_init__(self) -> None:
        self.base_url = self.site.settings.base_url.rstrip("/") + "/"
        paths = None if self.outputs is None else [output.path for output in self.outputs]
        self.links = Links(self.base_url, paths)
        self.labels = {rating.label.casefold() for rating in self.site.ratings.values()}

    def findings(self, telltales: leaks.Telltales) -> Iterator[Finding]:
        """Every fault of every file."""
        for output in self.outputs or ():
            for fault in self.faults(output, telltales):
                yield output, fault
        yield from self.links.dead_anchors()

    def faults(self, output: Output, telltales: leaks.Telltales) -> Iterator[Fault]:
        """What is wrong with one file, except anchors of others that it leads to."""
        ending = posixpath.splitext(output.path)[1]
        yield from self._faults(output, ending)
        for secret in leaks.search(output.path, output.content, telltales) if ending in SEARCHED else ():
            yield Fault(secret.code, f"The site gives away {secret.name}, written in `{secret.origin}`")

    def _faults(self, output: Output, ending: str) -> Iterator[Fault]:
        if ending == ".html":
            page = self.read(output.content)
            yield from page.faults
            yield from self._page(urls.page_of(output.path), page)
            self.links.add_ids(output.path, page.ids)
            yield from self.links.dead(output, page.links)
        elif ending == ".css":
            sheet = stylesheet_facts(output.content)
            yield from sheet.faults
            yield from self.links.dead(output, sheet.links)
        elif ending == ".svg":
            yield from (fault for fault in facts(output.content).faults if fault.code == "audit-foreign-request")
        elif ending in LISTING:
            yield from self.links.dead_listed(output)

    def _page(self, path: str, page: Facts) -> Iterator[Fault]:
        own = urls.absolute(self.base_url, path)
        if page.canonical and page.indexed and page.canonical != own:
            yield Fault("audit-canonical", "The canonical address is not the page's own", page.canonical)
        section, _, rest = path.partition("/")
        claim = self.site.claims.get(rest.removesuffix("/")) if section == "claims" else None
        expected = claim is not None and self._is_reviewable(claim)
        if page.review is None and expected:
            yield Fault("audit-claim-review", "The page of a claim that was checked has no ClaimReview")
        elif page.review and not (claim and expected):
            yield Fault(
                "audit-claim-review", "There is a ClaimReview on a page that is not that of a published, rated claim"
            )
        elif page.review and claim:
            yield from self._review(page.review, claim, own)

    def _is_reviewable(self, claim: Claim) -> bool:
        """Whether it may have a ClaimReview: published, rated on evidence, and said elsewhere, not just disputed."""
        own = urlsplit(self.base_url).hostname
        said = [item.source.url or "" for item in claim.appearances if item.stance != "disputes"]
        is_from_elsewhere = any(urlsplit(url).hostname != own for url in said)
        return claim.status == "published" and claim.rating.reviewable and bool(claim.evidence) and is_from_elsewhere

    def _review(self, review: Review, claim: Claim, own: str) -> Iterator[Fault]:
        if review.url != own:
            yield Fault("audit-claim-review", "`url` of the ClaimReview is not the page's own address", review.url)
        if not review.claimed_shown and review.claimed != claim.short:
            message = "`claimReviewed` is neither on the page nor the claim's short form"
            yield Fault("audit-claim-review", message, review.claimed)
        words = (piece.rpartition(": ")[2] for piece in review.beginning)
        shown = next((word for word in words if word.casefold() in self.labels), None)
        if shown is None:
            yield Fault("audit-claim-review", "The page does not show its rating near its beginning", review.label)
        elif shown.casefold() != review.label.casefold():
            message = "The rating of the ClaimReview is not the one that the page shows"
            yield Fault("audit-claim-review", message, f"{review.label} instead of {shown}")


# --- findings → problems ---------------------------------------------------------------------------------------------


def _problem(findings: Sequence[Finding]) -> Problem:
    """Equal faults of one or several files."""
    first, fault = findings[0]
    origins = dict.fromkeys(output.origin for output, _ in findings)
    templates = [f"templates/{name}" for name in dict.fromkeys(output.template for output, _ in findings) if name]
    is_of_template = bool(templates) and (fault.code in OF_TEMPLATES or len(origins) > 1)
    count = len({output.path for output, _ in findings})
    notes = [_place(output, found) for output, found in findings[:SHOWN]]
    if len(findings) > SHOWN:
        notes.append(f"and {len(findings) - SHOWN} more of the same")
    if len(templates) > 1:
        notes.append(f"pages of several templates have it: {', '.join(templates)}")
    message = f"{fault.message} ({count} files)" if count > 1 else fault.message
    path = templates[0] if is_of_template else first.origin
    return Problem(fault.code, message, path, expected=EXPECTED[fault.code], nearest=fault.nearest, notes=tuple(notes))


def _place(output: Output, fault: Fault) -> str:
    template = output.template and f"templates/{output.template}"
    made = " with ".join(dict.fromkeys(part for part in (output.origin, template) if part))
    detail = f": {fault.detail}" if fault.detail else ""
    return f"on `{urls.page_of(output.path) or 'the home page'}`, made from {made or 'the whole site'}{detail}"
