"""Addresses, as pure functions: ids, the path of each page, relative and absolute URLs.

A *path* here is the address of a page below the site's root, with forward slashes and without a leading one:
`claims/some-id/`. A folder path stands for its `index.html`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import SplitResult, quote, urlsplit

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
SECTIONS = ("claims", "actors", "sources", "topics", "ratings", "compare", "timeline", "corrections", "search")
"""Pages that the generator itself makes, by their first folder."""
RESERVED = frozenset({*SECTIONS, "assets", "data", "embed", "pagefind", "share", "index", "404"})
"""Ids that a plain page cannot have, because its address would be taken."""
PLAIN = re.compile(r"[a-z0-9/#.-]*")
"""Paths that need no percent-encoding: almost all, and the check is faster."""
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
LINK_SCHEMES = {"actor": "actors", "claim": "claims", "source": "sources", "topic": "topics", "page": ""}
"""Schemes of links between pages in Markdown, each with the folder that it stands for."""
SIMPLE = re.compile(r"https?://([a-z0-9.-]+)((?:/[^?#\s]*)?)")
"""Addresses that need not be taken apart to be compared: nearly all, and it takes a third of the time."""
HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.")
"""Parts of a host name that do not make another outlet."""
TRACKERS = ("utm_", "fbclid")
"""How parts of a query begin that tell where readers came from."""


def is_id(text: str) -> bool:
    """Whether the text can be an id."""
    return re.fullmatch(ID_PATTERN, text) is not None


def slug(text: str) -> str:
    """The nearest valid id: accents dropped, everything else turned into single hyphens."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")


def page_path(section: str, entry_id: str) -> str:
    """`claims`, `x` → `claims/x/`."""
    return f"{section}/{entry_id}/" if section else f"{entry_id}/"


def file_of(path: str) -> str:
    """The output file of a page path: `claims/x/` → `claims/x/index.html`."""
    return path + "index.html" if path == "" or path.endswith("/") else path


def page_of(file: str) -> str:
    """The path of a page by its output file: `claims/x/index.html` → `claims/x/`, `404.html` → `404.html`."""
    folder, slash, name = file.rpartition("/")
    return folder + slash if name == "index.html" else file


def share_path(claim_id: str) -> str:
    """Where a claim's picture for links elsewhere stands."""
    return f"share/{claim_id}.png"


def root_of(path: str) -> str:
    """The relative way from a page to the site's root: `claims/x/` → `../../`, the home page → `./`."""
    return "../" * path.count("/") or "./"


@lru_cache(maxsize=10_000)
def absolute(base_url: str, path: str) -> str:
    """The public address of a path."""
    quoted = path if PLAIN.fullmatch(path) else quote(path, safe="/#:@!$&'()*+,;=~-._")
    return base_url.rstrip("/") + "/" + quoted


def base_path(base_url: str) -> str:
    """The folder of the host that the site lives in: `/` or `/some/folder/`."""
    return urlsplit(base_url).path.rstrip("/") + "/"


def scheme(url: str) -> str:
    """The scheme of a URL in lower case; empty for a relative one and for one that cannot be read."""
    try:
        return urlsplit(url.strip()).scheme.lower()
    except ValueError:  # such as `https://[`
        return ""


def is_web(url: str) -> bool:
    """Whether it is a complete address of the web: scheme, host, a port that is a number if there is one, no space."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is no port
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def is_safe(url: str) -> bool:
    """Whether a text may link to it: an address of the web or of mail."""
    return is_web(url) if scheme(url) in {"http", "https"} else scheme(url) in SAFE_SCHEMES


def parts(url: str) -> SplitResult:
    """Of an address as it was typed; all empty if it cannot be taken apart, which the checks of the model report."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def host(url: str) -> str:
    """The host of an address, without `www.` and the like; empty if it cannot be read."""
    return _outlet(parts(url).hostname or "")


def _outlet(name: str) -> str:
    """A host's name without what may stand in front of it."""
    if not name.startswith(HOST_PREFIXES):
        return name
    return next(name.removeprefix(prefix) for prefix in HOST_PREFIXES if name.startswith(prefix))


def bare(url: str) -> str:
    """What two addresses of one document share: nothing of `http`, `www.`, a slash at the end and what tracks readers.

    An anchor stays, because the entries of a live blog have nothing else of their own; but for that of the page's top
    and words to be highlighted (`#:~:text=`).
    """
    simple = SIMPLE.fullmatch(url)
    if simple:
        return f"{_outlet(simple[1])}{simple[2].rstrip('/')}?#"
    found = parts(url)
    query = "&".join(sorted(each for each in found.query.split("&") if each and not each.startswith(TRACKERS)))
    anchor = found.fragment.partition(":~:")[0]
    return f"{host(url)}{found.path.rstrip('/')}?{query}#{anchor if anchor != 'top' else ''}"


def internal_path(url: str) -> str | None:
    """The page path that `actor:mek`, `claim:x#evidence`, `source:x` and so on stand for; None for other links."""
    kind, colon, rest = url.partition(":")
    if not colon or kind not in LINK_SCHEMES:
        return None
    entry_id, hash_sign, anchor = rest.partition("#")
    return page_path(LINK_SCHEMES[kind], entry_id) + hash_sign + anchor


def text_fragment(url: str, exact: str) -> str:
    """A link that opens `url` at the words `exact` (https://wicg.github.io/scroll-to-text-fragment/).

    Long quotes become a range of their first and last words. The hyphen and comma are part of the syntax, so they
    are percent-encoded too.
    """
    words = exact.split()
    if len(exact) <= 200:
        directive = _fragment_term(" ".join(words))
    else:
        directive = f"{_fragment_term(' '.join(words[:6]))},{_fragment_term(' '.join(words[-6:]))}"
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"


def _fragment_term(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
