"""The Jinja environment: the templates' filters, and where templates come from."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from factsite import languages, markdown, urls

ENGINE_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
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


def folders(root: Path) -> list[Path]:
    """Where templates and assets are looked up: the site's own first, then ours."""
    own = root / "templates"
    return [own, ENGINE_TEMPLATES] if own.is_dir() and own.resolve() != ENGINE_TEMPLATES else [ENGINE_TEMPLATES]


def environment(root: Path) -> Environment:
    """Strict: a misspelt name is an error, never an empty string."""
    env = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders(root)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
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


@lru_cache(maxsize=4096)
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
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704  # escaped above


def host(url: str) -> str:
    """The host of a URL without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def plural(count: int, one: str, many: str = "") -> str:
    """`1 claim`, `3 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
