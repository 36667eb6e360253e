"""What a person meant by a value in another form than the one that is read. Pure; a guess is only ever shown."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LANGUAGES = {
    "arabic": "ar",
    "chinese": "zh",
    "english": "en",
    "farsi": "fa",
    "french": "fr",
    "german": "de",
    "greek": "el",
    "hebrew": "he",
    "italian": "it",
    "kurdish": "ku",
    "persian": "fa",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}
"""Tags of languages that people call by name (https://www.iana.org/assignments/language-subtag-registry)."""
DATES = (
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?:[t ].*)?",
    r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})",
    r"(?P<m>\d{1,2})/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})",
    r"(?P<d>1[3-9]|2\d|3[01])/(?P<m>\d{1,2})/(?P<y>\d{4})",
    r"(?:(?P<d>\d{1,2})\.? )?(?P<name>[a-z]{3})[a-z]*\.?,? (?P<y>\d{4})",
    r"(?P<name>[a-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})",
)
"""Forms of dates that can mean only one day. `03/04/2018` can mean two, so it is not among them."""


def date(text: str) -> str:
    """`22 January 2018` → `2018-01-22`; an empty text if it could mean two days, or none."""
    plain = "".join(_plain(character) for character in text).lower().strip()
    for form in DATES:
        match = re.fullmatch(form, plain)
        if match:
            return _iso(match.groupdict())
    return ""


def _plain(character: str) -> str:
    """Digits of any script as ours, dashes of any length as hyphens."""
    return str(unicodedata.digit(character, "")) or ("-" if unicodedata.category(character) == "Pd" else character)


def _iso(parts: dict[str, str | None]) -> str:
    year, day, name = parts["y"], parts.get("d"), parts.get("name")
    month = str(MONTHS.index(name) + 1) if name in MONTHS else parts.get("m")
    if not year or not month:
        return ""
    try:
        found = dt.date(int(year), int(month), int(day or 1)).isoformat()
    except ValueError:
        return ""
    return found if day else found[:7]


def url(text: str) -> str:
    """`www.example.org` → `https://www.example.org`; the address of a Markdown link."""
    link = re.search(r"https?://[^\s<>()\[\]]+", text)
    if link:
        return link[0]
    host = re.fullmatch(r"(?:https?:?/{0,2})?((?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)", text.strip())
    return f"https://{host[1]}" if host else ""


def language(text: str) -> str:
    """`Persian` → `fa`, `en_GB` → `en-GB`."""
    named = LANGUAGES.get(text.lower())
    return named or (text.replace("_", "-") if re.fullmatch(r"[a-zA-Z]{2,3}(_[a-zA-Z0-9]{2,8})+", text) else "")
