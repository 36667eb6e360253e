"""What a web address tells about a source: the publisher that earlier files name, a fitting id. Pure, no network."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from factsite import model, urls
from factsite.loading.entries import Content, Entry

GENERIC = frozenset({"ac", "co", "com", "edu", "gob", "gouv", "gov", "net", "or", "org"})
"""Second-level domains that name no outlet: `bbc.co.uk`."""
SMALL = (
    "a after an and are as at be but by for from has have how in into is it its more of on or over says that the their"
    " this to was were what when who why will with"
)
SMALL_WORDS = frozenset(SMALL.split())
"""Words of an address that an id can do without."""
SUBJECT_WORDS = 4
ID_LENGTH = 45


@dataclass(frozen=True, slots=True)
class Habits:
    """What the documents of one host have in common."""

    host: str
    count: int
    """How many there are."""
    fields: dict[str, str | tuple[str, ...]]
    """Fields that are the same in all of them. All but the publisher only if there are several."""
    prefix: str
    """What all their ids begin with: `al-monitor`; empty if nothing."""


def documents(content: Content) -> Iterator[Entry[model.Source]]:
    """Sources and articles."""
    yield from content.sources.values()
    yield from content.articles.values()


def habits(content: Content, url: str) -> Habits:
    """What the files of this site know of the address's host."""
    name = urls.host(url)
    known = [entry for entry in documents(content) if entry.data.url and urls.host(entry.data.url) == name]
    fields: dict[str, str | tuple[str, ...] | None] = {}
    for key in ("publisher", "type", "language", "party_to"):
        values = {_value(entry.data, key) for entry in known}
        if len(values) == 1 and (len(known) > 1 or key == "publisher"):
            fields[key] = values.pop()
    if not known:
        owner = _owner(content, name)
        fields = {"publisher": owner} if owner else {}
    given = {key: value for key, value in fields.items() if value}
    return Habits(name, len(known), given, _prefix([entry.id for entry in known]))


def _value(data: model.Source, key: str) -> str | tuple[str, ...] | None:
    """Of the publisher: whose page it is."""
    if key == "publisher" and isinstance(data, model.Article) and data.reposted_by:
        return data.reposted_by
    value = getattr(data, key)
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def _owner(content: Content, name: str) -> str | None:
    """The actor whose home page is on this host."""
    owners = [
        entry.id for entry in content.actors.values() if any(urls.host(url) == name for url in entry.data.same_as)
    ]
    return owners[0] if len(owners) == 1 and name else None


def _prefix(ids: list[str]) -> str:
    """The words that several ids begin with."""
    if len(ids) < 2:
        return ""
    columns = zip(*(entry_id.split("-") for entry_id in ids), strict=False)
    shared = []
    for column in columns:
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return "-".join(shared)


# --- the same document -----------------------------------------------------------------------------------------------


def same(content: Content, url: str) -> Entry[model.Source] | None:
    """The file that has this address already, but for `www.`, `http`, a slash at the end and what tracks readers."""
    wanted = urls.bare(url)
    for entry in documents(content):
        if any(urls.bare(each) == wanted for each in (entry.data.url, entry.data.archive_url) if each):
            return entry
    return None


# --- an id -----------------------------------------------------------------------------------------------------------


def year(url: str) -> str:
    """The year in an address such as `/2012/09/28/title`; empty if there is none."""
    found = re.search(r"(?<!\d)((?:19|20)\d\d)(?:[-/_]?(?:0[1-9]|1[0-2])(?!\d{3})|(?=[/_-]|$))", urls.parts(url).path)
    return found[1] if found else ""


def suggested_id(url: str, known: Habits, taken: Collection[str]) -> str:
    """`publisher-subject-year` from an address; a number behind it if that is taken."""
    publisher = known.fields.get("publisher", "")
    outlet = known.prefix or (publisher if isinstance(publisher, str) and urls.is_id(publisher) else _name(known.host))
    words = [outlet]
    for word in [*_subject(url, outlet), year(url)]:
        if word and len("-".join([*words, word])) <= ID_LENGTH:
            words.append(word)
    return free("-".join(words), taken)


def free(entry_id: str, taken: Collection[str]) -> str:
    """The id, or with the first number behind it that makes it new."""
    numbered = (f"{entry_id}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (entry_id, *numbered) if each not in taken)


def _name(name: str) -> str:
    """The part of a host name that names the outlet."""
    labels = [label for label in name.split(".")[:-1] if label not in GENERIC]
    return urls.slug(labels[-1] if labels else name) or "source"


def _subject(url: str, outlet: str) -> Iterable[str]:
    """The words of the last part of the path that has any."""
    for part in reversed(urls.parts(url).path.split("/")):
        text = urls.slug(re.sub(r"\.[a-z]{2,5}$", "", unquote(part)))
        words = [word for word in text.split("-") if _says_something(word) and word not in outlet.split("-")]
        if words:
            return words[:SUBJECT_WORDS]
    return []


def _says_something(word: str) -> bool:
    return word.isalpha() and len(word) > 1 and word not in SMALL_WORDS


def shortened(text: str, taken: Collection[str]) -> str:
    """An id from a sentence: its first words that say something. Empty if it has none in Latin letters."""
    words: list[str] = []
    for word in urls.slug(text.replace("'", "").replace("’", "")).split("-"):
        if word and word not in SMALL_WORDS and len("-".join([*words, word])) <= ID_LENGTH:
            words.append(word)
        if len(words) > SUBJECT_WORDS:
            break
    return free("-".join(words), taken) if words else ""
