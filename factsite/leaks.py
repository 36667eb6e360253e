"""What is not published, and whether a file of the site holds some of it. Pure.

To look for every withheld sentence in every file would take minutes. So both sides are cut at the same few frequent words,
the *anchors*: the first bytes of what stands behind an anchor in a withheld text are a telltale, and a file that has the
same bytes behind an anchor gives that text away. What published texts have as well tells nothing and is left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from factsite import annotations, model
from factsite.site import Article, Highlight, Site

LONGEST, SHORTEST = 40, 24
"""Bytes of a telltale. One that the next anchor ends may be shorter, because it is not cut off."""
ANCHORS = 4
"""Each takes another pass over all files; hardly a paragraph has none of four."""
CANDIDATES, SAMPLE = 12, 400
"""Words to choose anchors from, and withheld texts to choose them by."""
WORD = re.compile(r"(?<= )\w+(?= )|[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""What can be an anchor: a word between spaces, or a letter of a script without spaces."""
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
END = b"\n"
WRITTEN_OTHERWISE = bytes.maketrans(b"&<>\"'\\*_`[]|\t\r", END * 14)
"""HTML, JSON and Markdown write these in ways of their own, so no telltale has them."""
BORDERS = bytes.maketrans(b"<>", b'""')
SECTIONS = (b"claims/", b"embed/", b"share/")
"""Folders of the site whose entries are named by the ids of claims."""
NAME = re.compile(rb"[a-z0-9-]+")
VALUES = (".json", ".jsonld", ".csv")
"""Endings of files with ids as values of their own."""


class Draft(NamedTuple):
    """A claim that is not published."""

    id: str
    origin: str
    """Its file, relative to the site's root."""
    claim: model.Claim


class Secret(NamedTuple):
    """A text that is not published."""

    code: str
    name: str
    """What it is, in words."""
    origin: str
    """The file it was written in."""


@dataclass(frozen=True)
class Telltales:
    """What no file of the site may hold."""

    anchors: Sequence[bytes]
    behind: Mapping[bytes, Secret]
    """Beginnings of what stands behind an anchor."""
    sentences: Mapping[bytes, Secret]
    """Sentences of drafts, whole, as they may stand between quotes or tags."""
    ids: Mapping[bytes, Secret]
    """Of drafts, as they stand in addresses."""
    names: Mapping[bytes, Secret]
    """Those of them that cannot be mistaken for another word."""


# --- what is withheld ------------------------------------------------------------------------------------------------


def telltales(site: Site, drafts: Iterable[Draft]) -> Telltales:
    """All that tells of drafts and of what articles do not publish; nothing for the preview, which shows both."""
    if site.preview:
        return Telltales((), {}, {}, {}, {})
    ids = {draft.id: Secret("audit-draft", f"the draft `{draft.id}`", draft.origin) for draft in drafts}
    spoken = [(ids[draft.id], text) for draft in drafts for text in _sentences(draft.claim)]
    withheld = [(_secret(article), text) for article in site.articles.values() for text in _withheld(article, site)]
    withheld += [(ids[draft.id], text) for draft in drafts for text in _reasons(draft.claim)]
    published = [_plain(text).encode() for text in _published(site)]
    ...
