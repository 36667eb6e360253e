"""The Jinja environment: the templates' filters, and where templates come from."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from functools import lru_cache, partial
from importlib.util import cache_from_source
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from urllib.parse import urlsplit

import msgspec
from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    UndefinedError,
)
from jinja2.bccache import Bucket
from jinja2.utils import missing
from markupsafe import Markup

from factsite import languages, markdown, urls
from factsite.loading import files
from factsite.remembering import memo
from factsite.remembering.cache import Cache, digest
from factsite.rendering.quickjinja import QuickEnvironment

ENGINE_TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

ESCAPES = {letter: f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
"""What could end a script element, or a line of an old script, and how JSON writes it instead."""

SPARE = 100
"""Compiled templates of former versions that may stay."""


def folders(root: Path) -> list[Path]:
    """Where templates and assets are looked up: the site's own first, then ours."""
    own = root / "templates"
    return [own, ENGINE_TEMPLATES] if own.is_dir() and own.resolve() != ENGINE_TEMPLATES else [ENGINE_TEMPLATES]


NAMED = re.compile(
    r"""\{%[-+]?\s*(?:extends|import|include|from)\b
    (?:\s*(["'])([^"'\\]+)\1\s*(?=[-+]?%\}|(?:as|import|ignore|with|without)\b))?""",
    re.VERBOSE,
)
"""Where a template refers to another one: by nothing but its name, or, without the last group, by an expression."""


class Sources:
    """The text of all templates, to tell which of them a page is made from."""

    def __init__(self, root: Path) -> None:
        self.paths: dict[str, Path] = {}
        """Where each lies, and the fonts beside them."""
        for folder in folders(root):
            for path in files.walk(folder):
                name = path.relative_to(folder).as_posix()
                if not name.startswith("assets/"):
                    self.paths.setdefault(name, path)
        self.contents = {name: path.read_bytes() for name, path in self.paths.items()}
        self._digests: dict[str, bytes] = {}

    def digest(self, name: str) -> bytes:
        """Of a template and of all that it refers to."""
        if name not in self._digests:
            chosen: set[str] = set()
            self._collect(name, chosen)
            parts = (part for each in sorted(chosen) for part in (each.encode(), self.contents.get(each, b"")))
            self._digests[name] = memo.digest(*parts)
        return self._digests[name]

    def _collect(self, name: str, chosen: set[str]) -> None:
        if name in chosen:
            return
        chosen.add(name)
        for match in NAMED.finditer(self.contents.get(name, b"").decode(errors="replace")):
            if match[2]:
                self._collect(PurePosixPath(match[2].lstrip("/")).as_posix(), chosen)  # `./a.html` is `a.html`
            else:  # any of them
                chosen.update(self.contents)


class Folder(FileSystemLoader):
    """The templates of a folder, without what is ignored: `Sources` has all that a page can be made from."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Raises TemplateNotFound."""
        if any(map(files.is_ignored, PurePosixPath(template).parts)):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


class Compiled(BytecodeCache):
    """Templates as Python compiles them, as it keeps modules in `__pycache__`: once for each process, and on disk.

    Ours lie beside our modules, so that they are compiled once for all sites; a site's own lie with the site.
    """

    known: ClassVar[dict[str, bytes]] = {}
    ours: ClassVar[Cache] = Cache(Path(cache_from_source(__file__)).with_name("templates"))

    def __init__(self, cache: Cache | None) -> None:
        self.cache = cache
        """The site's; None if nothing may be written there."""
        self.used: set[str] = set()
        self._ours: set[str] = set()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """What is known of a template."""
        if filename and Path(filename).is_relative_to(ENGINE_TEMPLATES):
            self._ours.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take it from memory, or from disk."""
        key = self._key(bucket)
        content = self.known.get(key) or next(filter(None, (cache.get(key) for cache in self._caches(bucket))), None)
        if content:
            self.known[key] = content
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Put it into memory, and into the first place on disk that takes it."""
        key = self._key(bucket)
        content = self.known[key] = bucket.bytecode_to_string()
        for cache in self._caches(bucket):
            if (cache is not self.ours or not sys.dont_write_bytecode) and cache.put(key, content):
                cache.sweep(self.used, SPARE)
                break

    def _caches(self, bucket: Bucket) -> list[Cache]:
        """Where it may be, the best place first."""
        ours = [self.ours] if bucket.key in self._ours else []
        return [*ours, self.cache] if self.cache else ours

    def _key(self, bucket: Bucket) -> str:
        key = digest(memo.engine(), bucket.key.encode(), bucket.checksum.encode())
        self.used.add(key)
        return key


class UnknownNameError(UndefinedError):
    """Raised for a name that is not there, with the object that was asked for it; `missing` if it was the page.

    Of a list it may be a number.
    """

    def __init__(self, owner: object, name: str | int, message: str) -> None:
        super().__init__(message)
        self.owner, self.name = owner, name


class Unknown(StrictUndefined):
    """What Jinja has in place of a value that is not there: any use of it raises."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: str | None = None, *_: Any) -> None:
        super().__init__(hint, obj, name, partial(UnknownNameError, obj, "" if name is None else name))  # type: ignore[arg-type] # it is called


def environment(root: Path, cache: Cache | None = None) -> Environment:
    """Strict: a misspelt name is an error, never an empty string. `cache` is for compiled templates."""
    env = QuickEnvironment(
        loader=ChoiceLoader([Folder(folder) for folder in folders(root)]),
        autoescape=True,
        undefined=Unknown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Compiled(cache),
    )
    env.filters.update(
        date=date,
        short_date=short_date,
        md=lambda text, root="./": Markup(markdown.to_html(text, root)),  # noqa: S704  # raw HTML is off in the parser
        md_inline=lambda text, root="./": Markup(markdown.to_inline_html(text, root)),  # noqa: S704  # see above
        md_text=markdown.to_text,
        json=safe_json,
        text_fragment=urls.text_fragment,
        host=host,
        plural=plural,
        language=languages.name,
        direction=languages.direction,
        suits=languages.suits,
    )
    return env


@lru_cache(maxsize=10_000)
def date(value: str) -> str:
    """`2018-01-22` → `22 January 2018`; `2018-01` → `January 2018`; `2018` → `2018`."""
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    return " ".join(part for part in (day.lstrip("0"), MONTHS[int(month) - 1] if month else "", year) if part)


def short_date(value: str) -> str:
    """`2018-01-22` → `22 Jan 2018`."""
    return " ".join(word[:3] if word in MONTHS else word for word in date(value).split(" "))


def safe_json(value: object) -> Markup:
    """JSON that can stand inside a script element: nothing in it can end the element."""
    try:
        text = msgspec.json.encode(value).decode() if type(value) is dict else _json(value)
    except (TypeError, UnicodeEncodeError):  # text that is marked as safe, which only Python's own encoder knows
        text = _json(value)
    for letter, escape in ESCAPES.items():
        if letter in text:
            text = text.replace(letter, escape)
    return Markup(text)  # noqa: S704  # escaped above


def _json(value: object) -> str:
    """By Python's own encoder, a tenth as fast, which refuses what has no form in JSON: a linked value, a set."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def host(url: str) -> str:
    """The host of a URL without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def plural(count: int, one: str, many: str = "") -> str:
    """`1 claim`, `3 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
