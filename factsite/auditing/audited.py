"""What the audit found out about one file, in a form that can be kept.

That is whether anything is wrong with it by itself, where it leads, and what can be led to.

If no file has a fault and everything that is led to is there, the audit would find nothing. In the other case it is run
as a whole, to say what is wrong.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from factsite import urls
from factsite.auditing import audit, leaks
from factsite.auditing.facts import facts
from factsite.auditing.marks import Audited, Marks, mark, mark_of_id
from factsite.site import Site
from factsite.writing.output import Output


class Auditor:
    """Audits one file after the other, each by itself."""

    def __init__(self, site: Site, telltales: leaks.Telltales) -> None:
        self.whole = audit.Audit(None, site, facts)
        self.telltales = telltales

    def of(self, output: Output) -> Audited:
        """The finding on a file."""
        links = self.whole.links
        links.forget()
        is_faulty = any(True for _ in self.whole.faults(output, self.telltales))
        page = urls.page_of(output.path)
        return Audited(
            is_faulty,
            b"".join(map(mark, dict.fromkeys((output.path, page)))),
            b"".join(links.asked.values()),
            b"".join([id_mark for id_mark, _ in links.anchored.values()]),
            b"".join([mark_of_id(page, anchor) for anchor in sorted(links.ids.get(page, ()))]),
        )


def is_clean(files: Sequence[Audited], fresh: Sequence[Audited], former: Sequence[Audited] | None) -> bool:
    """Whether the audit of these files would find nothing.

    `fresh` are those of them that are new, `former` those that stood in their place or are gone; None if it is not
    known that all files were clean before.
    """
    if any(file.is_faulty for file in files):
        return False
    places = _together(file.places for file in files)
    anchors = _together(file.anchors for file in files)
    is_same = (
        former is not None
        and places >= _together(f.places for f in former)
        and anchors >= _together(f.anchors for f in former)
    )
    led_from = fresh if is_same else files
    asked, anchored = _together(file.asked for file in led_from), _together(file.anchored for file in led_from)
    return asked <= places and anchored <= anchors


def _together(marks: Iterable[Marks]) -> set[int]:
    return set(array("Q", b"".join(marks)))
