"""Where addresses lead within the finished site. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote

from factsite import urls
from factsite.auditing.faults import Fault
from factsite.auditing.marks import EVERYWHERE, Mark, Marks, mark, mark_of_id
from factsite.problems import nearest
from factsite.working.recent import Recent
from factsite.writing.output import Output

LISTED = rb"([^\s\"'<>\\,;)]*)"
"""The rest of an address in a text file, as a pattern."""
GUESSES = 40
"""Dead links for which the nearest address is sought: on a large site each takes some milliseconds."""

MEANT = 600_000
"""Addresses of which it is remembered what they mean, and at most twice as many: a bound for memory, which each takes
some 400 bytes of."""

PLAIN = re.compile(r"(?:[^./][^/]*/)*[^./][^/]*/?")
"""A path that goes down only: from the site's root it means the same on every page and in every other file."""
PAGES = ("/", ".html")
"""Endings of pages' paths. What stands behind `#` in other addresses is no id: `report.pdf#page=3`."""
Target = tuple[str, str]
"""Path below the site's root, and id on that page or an empty text. A path that begins with `/` or `..` is outside."""
Marked = tuple[str, str, Mark, Mark]
"""The same with the mark of the path and that of the id, which is empty without one. Pages lead to the same places
again and again: to look for what is known of each in a second dictionary takes as long as to find it in the first."""


def resolve(url: str, page_path: str, base_url: str) -> Target | None:
    """What an address on a page means; None if it leaves the site. `base_url` ends in a slash."""
    address, _, anchor = url.partition("#")
    path = address.partition("?")[0]
    if path.startswith(base_url):
        path = path[len(base_url) :]
    elif "://" in path or path.startswith("//"):
        return None
    elif path.startswith("/"):
        path = path.removeprefix(urls.base_path(base_url))
    elif path:
        path = _joined(page_path, path)
    else:
        path = page_path
    return unquote(path), unquote(anchor)


def _joined(page_path: str, path: str) -> str:
    """A relative path from a page, from the root; a folder keeps its slash."""
    if "/" not in path and path not in {".", ".."}:
        return page_path[: page_path.rfind("/") + 1] + path
    root = urls.root_of(page_path)
    if path.startswith(root) and PLAIN.fullmatch(path, len(root)):
        return path[len(root) :]
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(page_path), path))
    is_folder = path.endswith("/") or path.rpartition("/")[2] in {".", ".."}
    return ("" if joined == "." else joined + "/") if is_folder else joined


class Links:
    """The addresses of a finished site, and those of its links that lead nowhere."""

    def __init__(self, base_url: str, paths: Iterable[str] | None) -> None:
        """`paths` are those of all files; None if they are not known yet: then whatever is led to counts as there."""
        self.base_url = base_url
        files = list(paths or ())
        self.known: set[str] | None = None if paths is None else {*files, *map(urls.page_of, files)}
        """Files, and folders that stand for their `index.html`."""
        self.asked: dict[str, Mark] = {}
        """What is led to, in the order in which it was met, each with its mark."""
        self._listed = re.compile(re.escape(base_url.encode()) + LISTED)
        self._meant: Recent[str, Marked] = Recent(MEANT)
        """By the address from the site's root, whether a page gave it relative to itself or a feed in full."""
        self.ids: dict[str, frozenset[str]] = {}
        self.anchored: dict[Target, tuple[Mark, list[Output]]] = {}
        """The ids that are led to, each with its mark and the files that lead to it."""
        self._unsent: list[Mark] = []
        """Where addresses lead that had to be looked at since `unsent` was last called: all new ones, and those that
        are not remembered."""
        self._unsent_ids: list[Mark] = []
        """All ids that were led to since then. An address may be known from a data file, where nobody checks its id: so
        that it is known does not tell that its id was sent."""
        self._guesses = GUESSES
        self._nearest = cache(self._guess)

    def forget(self) -> None:
        """All that was found in files. What addresses mean stays known, and what is not sent yet."""
        self.asked = {}
        self.ids = {}
        self.anchored = {}

    def unsent(self) -> tuple[Marks, Marks]:
        """Where all files lead, and to which ids, but for addresses that were sent before."""
        found = b"".join(dict.fromkeys(self._unsent)), b"".join(dict.fromkeys(self._unsent_ids))
        self._unsent, self._unsent_ids = [], []
        return found

    def add_ids(self, file: str, ids: Iterable[str]) -> None:
        """Takes in the ids of a page."""
        self.ids[urls.page_of(file)] = frozenset(ids)

    def dead(self, output: Output, links: Iterable[str]) -> Iterator[Fault]:
        """The links of a file that lead to no file. Their anchors are only noted: not all ids are known yet."""
        path = urls.page_of(output.path)
        root = urls.root_of(path)
        below, known, asked = len(root), self.known, self.asked
        for url in links:
            marked = (self._meant[url[below:]] if url.startswith(root) else None) or self._marked(url, path, root)
            if marked is None:
                continue
            place, anchor, own_mark, id_mark = marked
            asked[place] = own_mark
            if known is not None and place not in known:
                yield self._dead(place, url)
            elif anchor and (not place or place.endswith(PAGES)):
                self.anchored.setdefault((place, anchor), (id_mark, []))[1].append(output)
                self._unsent_ids.append(id_mark)
            if path == "404.html" and not url.startswith(("/", self.base_url)):
                yield Fault(
                    "audit-dead-link", "A relative link on the page for unknown addresses fails in folders", url
                )

    def dead_listed(self, output: Output) -> Iterator[Fault]:
        """Absolute addresses in a data file, feed or sitemap that do not exist."""
        known, asked = self.known, self.asked
        for rest in sorted(set(self._listed.findall(output.content))):
            address = rest.decode(errors="replace").rstrip(".")  # which may end a sentence
            url = self.base_url + address
            marked = self._meant[address] or self._marked(url, "", self.base_url)
            if marked is None:
                continue
            path, _, own_mark, _ = marked
            asked[path] = own_mark
            if known is not None and path not in known:
                yield self._dead(path, url)

    def _marked(self, url: str, path: str, root: str) -> Marked | None:
        """What an address on a page means; remembered if it leads down from the site's root, given as `root`."""
        target = resolve(url, path, self.base_url)
        if target is None:
            return None
        place, anchor = target
        marked = place, anchor, mark(place), mark_of_id(place, anchor)
        self._unsent.append(marked[2])
        address = url.removeprefix(root)
        if address != url and PLAIN.fullmatch(address or "x"):
            self._meant[address] = marked
        return marked

    def dead_anchors(self) -> Iterator[tuple[Output, Fault]]:
        """Links to ids that their page does not have."""
        for (path, anchor), (_, outputs) in self.anchored.items():
            ids = self.ids.get(urls.page_of(path))
            if ids is not None and anchor not in ids and anchor not in EVERYWHERE:
                message = f"The page `{path or './'}` has no id `{anchor}`"
                fault = Fault("audit-dead-anchor", message, nearest=nearest(anchor, sorted(ids)))
                yield from ((output, fault) for output in outputs)

    def _dead(self, path: str, url: str) -> Fault:
        return Fault("audit-dead-link", f"There is no `{path}` on the site", f"`{url}`", self._nearest(path))

    def _guess(self, path: str) -> str:
        self._guesses -= 1
        return nearest(path, sorted(self.known or ())) if self._guesses >= 0 else ""
