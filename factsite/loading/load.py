"""site.yaml and content/ → validated entries by id. Reads everything, links nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path, PurePosixPath

import msgspec

from factsite import model, urls
from factsite.loading import documents, files
from factsite.loading.entries import FOLDERS, Content, Records
from factsite.loading.outlines import Record
from factsite.loading.reading import File, read_all, taken
from factsite.loading.validation import validate
from factsite.problems import Problem, Problems
from factsite.remembering.stamps import Stamp
from factsite.working import executor

CHUNK, FEW = 100, 200
"""Files that one process reads at a time, and those for which none is started."""


@dataclass(slots=True)
class Kept:
    """What earlier builds made of the files of content, by path; replaced by what this one does."""

    files: dict[str, tuple[Stamp, Record]] = field(default_factory=dict)


def load(
    root: Path,
    problems: Problems,
    kept: Kept | None = None,
    processes: int = 0,
    meanwhile: Callable[[], None] = executor.nothing,
) -> Content:
    """Everything below `root`, as far as it can be read. Files that did not change are taken from what is kept.

    `meanwhile` is done here while other processes read, if there is enough to read.
    """
    kept = kept if kept is not None else Kept()
    problems.extend(files.misplaced(root))
    problems.extend(files.strange(root))
    content = Content(settings=_settings(root, problems))
    listed: dict[File, Stamp] = {}
    for kind in FOLDERS if files.fault(root, "content") is None else ():
        listed.update(_listed(root, kind, content.records, problems))
    work = partial(read_all, root)
    read = partial(executor.spread, work, chunk=CHUNK, few=FEW, processes=processes, meanwhile=meanwhile)
    _records(listed, kept, content.records, problems, read)
    for kind, (folder, _) in FOLDERS.items():
        setattr(content, folder, content.records.lazily(kind))
    _check_shared_ids(content, problems)
    return content


def _settings(root: Path, problems: Problems) -> model.Settings | None:
    path = "site.yaml"
    if files.fault(root, path):  # said already
        return None
    try:
        content = (root / path).read_bytes()
    except OSError as error:
        message = "There is no site.yaml here" if isinstance(error, FileNotFoundError) else files.cannot_read(error)
        expected = "the folder of a site; `build.py init` makes a new one"
        problems.add(Problem("no-settings", message, path, expected=expected))
        return None
    document, found = documents.read_yaml(content, path)
    problems.extend(found)
    if any(problem.severity == "error" for problem in found):
        return None
    settings, found = validate(model.Settings, document.data, path, document.empty)
    problems.extend(found)
    if settings:
        problems.extend(_repeated_ids(settings, path))
    return settings


def _repeated_ids(settings: model.Settings, path: str) -> Iterator[Problem]:
    groups: Mapping[str, Sequence[model.Rating | model.Topic]] = {
        "ratings": settings.ratings,
        "topics": settings.topics,
    }
    for name, items in groups.items():
        seen: set[str] = set()
        for index, item in enumerate(items):
            if item.id in seen:
                message = f"The id `{item.id}` stands twice in `{name}`"
                yield Problem("duplicate-id", message, path, (name, index, "id"), expected="each id once")
            seen.add(item.id)


def _listed(root: Path, kind: str, records: Records, problems: Problems) -> dict[File, Stamp]:
    """The files of a kind whose names are right, and which no other file takes the place of."""
    folder, suffix = FOLDERS[kind]
    paths = records.paths[kind]
    listed: dict[File, Stamp] = {}
    for path, stamp in files.below(root, f"content/{folder}", problems):
        name = PurePosixPath(path) if "." in path[: -len(suffix)] or not path.endswith(suffix) else None
        entry_id = name.stem if name else path[path.rindex("/") + 1 : -len(suffix)]
        found = list(_check_name(entry_id, name.suffix if name else suffix, suffix, path))
        if entry_id in paths:
            found.append(_twice(entry_id, path, paths[entry_id]))
        problems.extend(found)
        if not found:
            paths[entry_id] = path
            listed[File(kind, entry_id, path)] = stamp
    return listed


def _records(
    listed: Mapping[File, Stamp],
    kept: Kept,
    records: Records,
    problems: Problems,
    read: Callable[[Sequence[File]], Iterable[bytes]],
) -> None:
    """The record of each file: the one that is kept, or a new one."""
    known = {
        file: entry
        for file, stamp in listed.items()
        if (entry := kept.files.get(file.path)) is not None and entry[0] == stamp
    }
    fresh = [file for file in listed if file not in known]
    made: dict[File, tuple[Stamp, Record]] = {}
    for file, found in zip(fresh, chain.from_iterable(map(taken, read(fresh))), strict=True):
        problems.extend(found.problems)
        if found.record:
            made[file] = (found.stamp, found.record)
    kept.files = {}
    for file in listed:
        entry = made.get(file) or known.get(file)
        if entry is None:
            records.paths[file.kind].pop(file.id)
            continue
        kept.files[file.path] = entry
        records.found[file.kind][file.id] = entry[1]
        if entry[1].problems and file not in made:
            problems.extend(msgspec.msgpack.decode(entry[1].problems, type=list[Problem]))


def _check_name(entry_id: str, ending: str, suffix: str, path: str) -> Iterator[Problem]:
    if ending != suffix:
        name = entry_id.removesuffix(suffix)
        message, expected = f"A file here ends in `{suffix}`", f"`{name}{suffix}`, or another folder"
        yield Problem("file-name", message, path, expected=expected)
    elif not urls.is_id(entry_id):
        expected = "lower-case letters a to z, digits and single hyphens"
        slug = urls.slug(entry_id)
        near = slug + suffix if slug else ""
        yield Problem("bad-id", f"`{entry_id}` cannot be an id", path, expected=expected, nearest=near)


def _twice(entry_id: str, path: str, other: str) -> Problem:
    message = f"The id `{entry_id}` is taken by {other}"
    return Problem("duplicate-id", message, path, expected="another name for one of the two files")


def _check_shared_ids(content: Content, problems: Problems) -> None:
    """Articles and sources share one set of ids; plain pages must not take another page's address."""
    for entry_id in content.sources.keys() & content.articles.keys():
        problems.add(_twice(entry_id, content.sources[entry_id].path, content.articles[entry_id].path))
    for entry_id in content.pages.keys() & urls.RESERVED:
        message = f"The address `/{entry_id}/` belongs to the site's own pages"
        problems.add(Problem("duplicate-id", message, content.pages[entry_id].path, expected="another file name"))
