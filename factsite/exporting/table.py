"""The claims as a table: CSV after RFC 4180 that spreadsheets take for text, and that reads back as it was.

Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula. Such a cell, and one that begins with an
apostrophe itself, gets an apostrophe in front: whoever reads the file by program takes one leading apostrophe away and
has the value as it was.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence

from factsite.exporting.records import ActorRef, ClaimRecord, EvidenceRecord

RISKY = re.compile(r"[\t\r\n\0]|\s*['=+\-@＝＋－＠]")
"""How a cell begins that must not reach a spreadsheet as it is; the wide forms are folded to the narrow ones there."""
ESCAPE = "'"

Column = tuple[str, str, Callable[[ClaimRecord], str]]


def _ids(refs: Iterable[ActorRef]) -> str:
    return " ".join(ref.id for ref in refs)


def _names(refs: Iterable[ActorRef]) -> str:
    return "; ".join(ref.name for ref in refs)


def _count(evidence: Sequence[EvidenceRecord], stance: str) -> str:
    return str(sum(item.stance == stance for item in evidence))


COLUMNS: tuple[Column, ...] = (
    ("id", "Id; unique.", lambda c: c.id),
    ("url", "Page on this site.", lambda c: c.url),
    ("claim", "What is claimed, in one neutral sentence.", lambda c: c.claim),
    ("short", "The claim in at most 75 characters, where it was shortened.", lambda c: c.short),
    ("rating", "Id of the rating.", lambda c: c.rating.id),
    ("rating_label", "The rating as readers see it.", lambda c: c.rating.label),
    ("rating_value", "Place on the ordered scale; empty off the scale.", lambda c: str(c.rating.value or "")),
    ("verdict", "One or two plain sentences that say why.", lambda c: c.verdict),
    ("kind", "What sort of statement it is.", lambda c: c.kind or ""),
    ("claimants", "Ids of the actors who say it, parted by spaces.", lambda c: _ids(c.claimants)),
    ("claimant_names", "Their names, parted by semicolons.", lambda c: _names(c.claimants)),
    ("about", "Ids of the actors whom it is about, parted by spaces.", lambda c: _ids(c.about)),
    ("about_names", "Their names, parted by semicolons.", lambda c: _names(c.about)),
    ("topics", "Ids of the topics, parted by spaces.", lambda c: " ".join(topic.id for topic in c.topics)),
    ("made", "When it was said, as precisely as known.", lambda c: c.made or ""),
    ("checked", "When the verdict was reached.", lambda c: c.checked),
    ("modified", "Date of the last check or correction.", lambda c: c.modified),
    ("quote", "The words of its first appearance.", lambda c: c.appearances[0].quote),
    ("quote_source", "Id of the document that they stand in.", lambda c: c.appearances[0].source.id),
    ("quote_url", "Where that document can be read.", lambda c: c.appearances[0].source.original_url or ""),
    ("appearances", "How many places it was found in.", lambda c: str(len(c.appearances))),
    ("supports", "How many pieces of evidence support it.", lambda c: _count(c.evidence, "supports")),
    ("contradicts", "How many contradict it.", lambda c: _count(c.evidence, "contradicts")),
    ("context", "How many give context.", lambda c: _count(c.evidence, "context")),
    (
        "from_parties",
        "How many come from a party to the matter.",
        lambda c: str(sum(bool(e.source.party_to) for e in c.evidence)),
    ),
    ("corrections", "How many corrections were made.", lambda c: str(len(c.corrections))),
)
"""Name, explanation and value of each column."""


def line(claim: ClaimRecord) -> bytes:
    """The row of a claim."""
    return _row(value(claim) for _, _, value in COLUMNS)


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """The header and the rows."""
    return b"".join(map(_row, ([name for name, _, _ in COLUMNS], *rows)))


def _row(values: Iterable[str]) -> bytes:
    """UTF-8, ended by CRLF."""
    return str(_writer.writerow(map(cell, values))).encode()


class _Echo:
    """What gives back whatever is written to it."""

    def write(self, text: str) -> str:
        return text


_writer = csv.writer(_Echo(), lineterminator="\r\n")  # gives back what the file's `write` does


def cell(value: str) -> str:
    """What stands in the file for a value."""
    return ESCAPE + value if not value[:1].isalnum() and RISKY.match(value) else value


def value(cell: str) -> str:
    """What a cell of the file stands for."""
    return cell.removeprefix(ESCAPE)
