"""Whether a file holds some of the texts that are not published. Pure.

To look for every withheld sentence in every file would take minutes. So both sides are cut at the same few frequent
words, the *anchors*: the first bytes of what stands behind an anchor in a withheld text are a telltale, and a file that
has the same bytes behind an anchor gives that text away. What published texts have as well tells nothing.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from markupsafe import escape

from factsite.auditing import withheld
from factsite.auditing.withheld import Draft, Secret
from factsite.site import Site

LONGEST, SHORTEST = 40, 24
"""Bytes of a telltale. One that the next anchor ends may be shorter, because it is not cut off."""
ANCHORS = 4
"""Each takes another pass over all files; hardly a paragraph has none of four."""
CANDIDATES, SAMPLE = 12, 400
"""Words to choose anchors from, and withheld texts to choose them by."""
WHOLE = 8
"""Withheld texts without a telltale that are searched for as they are; the others are told by their neighbours."""
WORD = re.compile(r"(?=( \w+ |[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]))")
"""What can be an anchor: a word between spaces, or a letter of a script without spaces."""
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
END = b"\n"
WRITTEN_OTHERWISE = bytes.maketrans(b"&<>\"'\\*_`[]|\t\r", END * 14)
"""HTML, JSON and Markdown write these in ways of their own, so no telltale has them."""
BORDERS = bytes.maketrans(b"<>", b'""')
SECTIONS = {b"claims/": b"/", b"embed/": b"/", b"share/": b"."}
"""Folders of the site whose entries are named by the ids of claims, and what stands behind the id."""
DATA = (".json", ".jsonld", ".csv")
"""Endings of files that hold ids as values of their own."""


@dataclass
class Telltales:
    """What no file of the site may hold."""

    anchors: Sequence[bytes] = ()
    behind: dict[bytes, Secret] = field(default_factory=dict)
    """Beginnings of what stands behind an anchor."""
    whole: dict[bytes, Secret] = field(default_factory=dict)
    """Stretches that are searched for as they are."""
    sentences: dict[bytes, Secret] = field(default_factory=dict)
    """Sentences of drafts as they may stand between quotes or tags."""
    ids: dict[bytes, Secret] = field(default_factory=dict)
    """Ids of drafts as they stand in addresses."""
    names: dict[bytes, Secret] = field(default_factory=dict)
    """Those of them that cannot be mistaken for anything else, as they stand in data."""

    @property
    def digest(self) -> bytes:
        """Of everything in it."""
        kinds = (self.behind, self.sentences, self.ids, self.names)
        told = [sorted((head, *map(str.encode, secret)) for head, secret in kind.items()) for kind in kinds]
        return hashlib.blake2b(repr((list(self.anchors), told)).encode(), digest_size=16).digest()

    def forget(self, text: str) -> None:
        """A published text tells nothing."""
        content = LINK.sub(r"\1", text).encode()
        for anchor in self.anchors:
            for head in self.behind.keys() & {piece[:LONGEST] for piece in content.split(anchor)}:
                del self.behind[head]
        for stretch in [stretch for stretch in self.whole if stretch in content]:
            del self.whole[stretch]
        for line in text.split("\n") if self.sentences else ():
            if line.encode() in self.sentences:
                for form in _forms(line):
                    self.sentences.pop(form, None)


# --- withheld texts → telltales --------------------------------------------------------------------------------------


def telltales(site: Site, drafts: Sequence[Draft]) -> Telltales:
    """All that tells of drafts and of what articles do not publish; nothing for the preview, which shows both."""
    if site.preview:
        return Telltales()
    found = of_texts(withheld.passages(site, drafts))
    found.sentences = {form: secret for secret, text in withheld.sentences(drafts) for form in _forms(text)}
    found.ids = {draft.id.encode(): withheld.of_draft(draft) for draft in drafts}
    found.names = {name: secret for name, secret in found.ids.items() if _is_unmistakable(name.decode(), site)}
    for text in withheld.published(site) if found.anchors or found.whole or found.ids else ():
        found.forget(text)
    return found


def of_texts(texts: Iterable[tuple[Secret, str]]) -> Telltales:
    """What tells of these texts, whatever is published."""
    passages = [(secret, _cleaned(text)) for secret, text in texts]
    anchors = _anchors([text for _, text in passages])
    behind = {head: secret for secret, text in passages for head in _heads(text, anchors)}
    return Telltales(anchors, behind, dict(islice(_without_telltales(passages, anchors), WHOLE)))


def _without_telltales(
    passages: Iterable[tuple[Secret, bytes]], anchors: Sequence[bytes]
) -> Iterator[tuple[bytes, Secret]]:
    """The longest clean stretch of each text that no anchor divides."""
    for secret, text in passages:
        stretch = max(text.split(END), key=len).strip()
        if len(stretch) >= SHORTEST and not any(_heads(text, anchors)):
            yield stretch, secret


def _cleaned(text: str) -> bytes:
    """Without what files write differently from editors."""
    return LINK.sub(r"\1", text).encode().translate(WRITTEN_OTHERWISE)


def _forms(sentence: str) -> set[bytes]:
    """A sentence as it stands in HTML, JSON and CSV."""
    return {sentence.encode(), str(escape(sentence)).encode(), json.dumps(sentence, ensure_ascii=False)[1:-1].encode()}


def _is_unmistakable(name: str, site: Site) -> bool:
    others = (site.actors, site.sources, site.topics, site.ratings, site.pages)
    return "-" in name and not any(name in kind for kind in others)


def _anchors(texts: Sequence[bytes]) -> list[bytes]:
    """The words that leave the fewest of the texts without telltales, one chosen after the other."""
    sample = texts[:: len(texts) // SAMPLE + 1]
    counted = Counter(word for text in sample for word in WORD.findall(text.decode()))
    words = [word.encode() for word, _ in counted.most_common(CANDIDATES)]
    covers = {word: {place for place, text in enumerate(sample) if any(_heads(text, [word]))} for word in words}
    chosen: list[bytes] = []
    left = set(range(len(sample)))
    while any(covers.values()) and len(chosen) < ANCHORS:
        best = max(covers, key=lambda word: (len(covers[word] & left), len(covers[word])))
        chosen.append(best)
        left -= covers.pop(best)
    return chosen


def _heads(text: bytes, anchors: Iterable[bytes]) -> Iterator[bytes]:
    """The telltales of a cleaned text."""
    for anchor in anchors:
        _, *pieces = text.split(anchor)
        for place, piece in enumerate(pieces, start=1):
            head, cut, _ = piece.partition(END)
            if len(head) >= LONGEST:
                yield head[:LONGEST]
            elif len(head) >= SHORTEST and not cut and place < len(pieces):
                yield head


# --- files -----------------------------------------------------------------------------------------------------------


def search(path: str, content: bytes, telltales: Telltales) -> list[Secret]:
    """What a file gives away."""
    found = []
    for anchor in telltales.anchors:
        found += _known(telltales.behind, [piece[:LONGEST] for piece in content.split(anchor)])
    found += [secret for stretch, secret in telltales.whole.items() if stretch in content]
    if telltales.ids:
        found += _known(telltales.ids, [*_named(path.encode()), *_named(content)])
        values = _values(path, content)
        found += _known(telltales.sentences, values)
        found += _known(telltales.names, values) if path.endswith(DATA) else []
    return list(dict.fromkeys(found))


def _known(telltales: Mapping[bytes, Secret], pieces: list[bytes]) -> list[Secret]:
    return [] if telltales.keys().isdisjoint(pieces) else [telltales[piece] for piece in pieces if piece in telltales]


def _values(path: str, content: bytes) -> list[bytes]:
    """What stands between quotes or tags, or in the cells of a table."""
    if path.endswith(".csv"):
        rows = csv.reader(content.decode(errors="replace").splitlines())
        return [cell.encode() for row in rows for cell in row]
    return content.translate(BORDERS).split(b'"')


def _named(content: bytes) -> list[bytes]:
    """Ids in addresses of claims and of what is made of them."""
    return [piece.partition(end)[0] for folder, end in SECTIONS.items() for piece in content.split(folder)[1:]]
