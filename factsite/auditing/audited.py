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
from factsite.auditing.marks import Audited, Led, Marks, mark, mark_of_id
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

    def led(self) -> Led:
        """Where the files lead that were audited since this was last called, but for addresses that were sent before.

        Each finding says so too, but most files lead where others do: put together, that would be a hundred times as
        much. What one process sends counts only with all that it has sent before.
        """
        return Led(*self.whole.links.unsent())


def is_clean(files: Sequence[Audited], led: Sequence[Led], former: Sequence[Audited]) -> bool:
    """Whether the audit of these files would find nothing.

    `led` is where those of them lead that are new. `former` are those that stood in their place or are gone: nothing
    was wrong with the site when they were there.
    """
    if any(file.is_faulty for file in files):
        return False
    places, anchors = _marks(file.places for file in files), _marks(file.anchors for file in files)
    is_less = _lacks(places, (file.places for file in former)) or _lacks(anchors, (file.anchors for file in former))
    led_from: Sequence[Audited | Led] = files if is_less else led
    return not (
        _lacks(places, (each.asked for each in led_from)) or _lacks(anchors, (each.anchored for each in led_from))
    )


def _lacks(there: array[int], wanted: Iterable[Marks]) -> bool:
    """Whether any mark is not there. A set is made of what is wanted: that is less."""
    marks = set(_marks(wanted))
    return bool(marks) and bool(marks.difference(there))


def _marks(several: Iterable[Marks]) -> array[int]:
    return array("Q", b"".join(several))
