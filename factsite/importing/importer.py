"""`build.py import`: a saved web page or a text file → an article file, and what was left out of it. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from factsite import model, urls
from factsite.editing import forms, hosts, scaffold, yamlwriter
from factsite.importing import datelines, furniture, incoming, textblocks
from factsite.importing.furniture import Sifted
from factsite.importing.incoming import Source
from factsite.importing.metadata import Metadata
from factsite.importing.pagewords import key_of
from factsite.importing.webpage import Judge
from factsite.loading.entries import Content
from factsite.problems import Problem, as_warning

FOLDER = ".factsite/import"
"""Where the pieces that were set aside are kept, below the site's root."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A new article file, and what there is to say about it."""

    path: str
    text: str
    aside_path: str
    aside_text: str
    facts: tuple[tuple[str, str, str], ...]
    """Field, value, where it was found."""
    aside: tuple[furniture.Aside, ...]
    paragraphs: int
    problems: tuple[Problem, ...]
    """Warnings: what a person should look at."""


@dataclass(slots=True)
class _Draft:
    """An article while it is put together."""

    source: Source
    page: Metadata
    sifted: Sifted
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Value and where it was found, by key."""
    doubts: list[Problem] = field(default_factory=list)
    """What a person should look at, each with the field it is about, if any."""

    def set(self, key: str, value: str, where: str) -> None:
        if value and key not in self.fields:
            self.fields[key] = value, where

    def get(self, key: str) -> str:
        return self.fields.get(key, ("", ""))[0]


def read(content: Content, source: Source, entry_id: str = "", judge: Judge | None = None) -> Imported | list[Problem]:
    """The article in a file, or what is wrong. Without an id, one is made from publisher and date."""
    page, blocks, problems = incoming.read(source, judge)
    if problems:
        return problems
    draft = _Draft(source, page, furniture.sift(blocks, page.title, page.author))
    if not draft.sifted.kept:
        message = f"No article was found in {source.name}"
        return [
            Problem("import-empty", message, expected="a saved page or a text file with at least one whole sentence")
        ]
    _fill(draft, content)
    entry_id = entry_id or _suggested_id(draft, content)
    problems = [
        *scaffold.check_id("article", entry_id, scaffold.taken_ids(content, "article")),
        *_same_page(draft, content),
    ]
    return problems or _imported(draft, entry_id, content)


# --- fields ----------------------------------------------------------------------------------------------------------


def _fill(draft: _Draft, content: Content) -> None:
    page, sifted = draft.page, draft.sifted
    draft.set("title", page.title, "From the page.")
    draft.set("title", sifted.title, "The line above the text.")
    draft.set("author", page.author, "From the page.")
    draft.set("author", sifted.author, "The line above the text.")
    _set_publisher(draft, content)
    draft.set("type", page.type, "What the page calls itself.")
    _set_date(draft)
    draft.set("url", page.url, "From the page.")
    draft.set("accessed", draft.source.saved, "The day on which the file was saved.")
    draft.set("language", page.language, "From the page.")
    _add_doubts(draft)


def _set_publisher(draft: _Draft, content: Content) -> None:
    """The agency named at the end, or whose page it is: the id of an actor that is known by this name or host."""
    page, credit = draft.page, draft.sifted.credit
    name = page.publisher or urls.host(page.url)
    known = hosts.habits(content, page.url).fields.get("publisher") if page.url else None
    host_id = _actor(content, [page.publisher, _outlet(page.url)]) or (known if isinstance(known, str) else "")
    if credit:
        draft.set("publisher", _actor(content, [credit]) or credit, "The agency named at the end of the text.")
        if draft.get("publisher") != (host_id or name):
            draft.set("reposted_by", host_id or name, "Whose page it is.")
    draft.set("publisher", host_id or name, "Whose page it is.")


def _outlet(url: str) -> str:
    """`rudaw` for an address on www.rudaw.net."""
    labels = [label for label in urls.host(url).split(".")[:-1] if label not in hosts.GENERIC]
    return labels[-1] if labels else ""


def _actor(content: Content, names: Iterable[str]) -> str:
    """The only actor with one of these names, as id, name, short name or spelling; empty if there is none."""
    wanted = {key_of(name) for name in names if name}
    found = [
        entry.id
        for entry in content.actors.values()
        if wanted & {key_of(each) for each in (entry.id, entry.data.name, entry.data.short or "", *entry.data.aliases)}
    ]
    return found[0] if len(found) == 1 else ""


def _set_date(draft: _Draft) -> None:
    """The page's own date, or a line above the text unless it is of the day the page was copied."""
    page, sifted = draft.page, draft.sifted
    texts = [block.text for block in sifted.kept]
    for place, day in page.dates[:1]:
        draft.set("published", day, f"From {place}.")
    for line in sifted.dates:
        printed = datelines.find(line)
        if printed and not page.dates and datelines.is_crawl_date(printed.day, texts):
            message = (
                f"`{printed}` above the text is later than every year that the text names: was the page copied then?"
            )
            draft.doubts.append(_suspicious(message))
        elif printed:
            draft.set("published", str(printed), "A line beside the text.")


def _suggested_id(draft: _Draft, content: Content) -> str:
    taken = scaffold.taken_ids(content, "article")
    publisher, day = draft.get("publisher"), draft.get("published")
    outlet = publisher if publisher in content.actors else urls.slug(_outlet(draft.page.url) or publisher)
    if outlet and day:
        return hosts.free(f"{outlet}-{day}", taken)
    if draft.page.url:
        return hosts.suggested_id(draft.page.url, hosts.habits(content, draft.page.url), taken)
    stem = urls.slug(draft.source.name.rpartition(".")[0] or draft.source.name)
    return hosts.shortened(draft.get("title"), taken) or (hosts.free(stem, taken) if stem else "")


def _same_page(draft: _Draft, content: Content) -> Iterator[Problem]:
    known = hosts.same(content, draft.page.url) if draft.page.url else None
    if known:
        message = f"This page's address is that of `{known.id}` already"
        yield Problem("duplicate-source", message, known.path, ("url",), expected="a document that is not there yet")


# --- doubts ----------------------------------------------------------------------------------------------------------


def _add_doubts(draft: _Draft) -> None:
    """What a person should look at."""
    page, sifted = draft.page, draft.sifted
    dates = [*page.dates, *((f"`{line.strip()}`", str(datelines.find(line))) for line in sifted.dates)]
    if draft.page.url and (day := datelines.find(draft.page.url)):
        dates.append(("the web address", str(day)))
    first = sifted.kept[0].text
    day_found = datelines.find(draft.get("published"))
    messages = [
        *datelines.differing(dates),
        *(message for line in sifted.dates for message in datelines.wrong_weekday(line)),
        *(datelines.against_weekday(first, day_found.day.year) if day_found else ()),
    ]
    draft.doubts += map(_suspicious, messages)
    draft.doubts += [_doubt(f"elsewhere the page calls itself “{title}”", "title") for title in page.other_titles]
    if not page.is_free:
        sifted.doubts.append("the page says that not everybody can read all of it: the text may be cut")
    draft.doubts += map(_doubt, [*page.remarks, *sifted.doubts])


def _suspicious(message: str) -> Problem:
    expected = "the day on which the text was published, or less: a month, a year"
    return _warning(Problem("suspicious-date", message, keys=("published",), expected=expected))


def _doubt(message: str, key: str = "") -> Problem:
    keys = (key,) if key else None
    return _warning(Problem("import-doubt", message, keys=keys, expected="a look at the page itself"))


def _warning(problem: Problem) -> Problem:
    return replace(as_warning(problem), message=problem.message[:1].upper() + problem.message[1:])


# --- the file --------------------------------------------------------------------------------------------------------


def _imported(draft: _Draft, entry_id: str, content: Content) -> Imported:
    path, sifted = f"content/articles/{entry_id}.md", draft.sifted
    lines = {key: yamlwriter.entry(key, value) for key, (value, _) in draft.fields.items()}
    hints = {"publisher": forms.listed(sorted(content.actors), "content/actors/")} if "publisher" not in lines else {}
    hints |= {key: where for key, (_, where) in draft.fields.items()}
    hints |= {str(each.keys[0]): each.message for each in draft.doubts if each.keys and each.keys[0] not in lines}
    front = forms.form(model.Article, lines, hints, f"Imported from {draft.source.name}.")
    aside = "".join(f"[{each.reason}]\n{each.text}\n\n" for each in sifted.aside)
    return Imported(
        path=path,
        text=f"---\n{front}---\n\n{textblocks.article(sifted.kept)}",
        aside_path=f"{FOLDER}/{entry_id}.set-aside.txt",
        aside_text=aside,
        facts=tuple((key, *draft.fields.get(key, ("", ""))) for key in SHOWN if key in draft.fields or key in NEEDED),
        aside=tuple(sifted.aside),
        paragraphs=len(sifted.kept),
        problems=tuple(
            replace(each, path=path, keys=each.keys if each.keys and each.keys[0] in lines else None)
            for each in draft.doubts
        ),
    )


SHOWN = ("title", "author", "publisher", "reposted_by", "type", "published", "url", "accessed", "language")
NEEDED = frozenset({"title", "type", "published"})
"""Fields that are told as missing."""
