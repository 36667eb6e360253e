"""The schemas with the ids that exist, kept below `.factsite/schemas/` for the editor's own tools.

VS Code cannot fall back from a schema file that is not there to one that is: it shows an error in every file instead.
So a folder's settings (`.vscode/settings.json`) name the committed schemas, which are always there; and beside them a
build writes a *workspace* that names the ones with ids. VS Code offers to open it, and in a workspace the folder's own
`yaml.schemas` do not count.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from factsite import __version__, urls
from factsite.loading.entries import FOLDERS, Content
from factsite.problems import Problem
from factsite.remembering import cache

ENGINE = Path(__file__).parents[1]
FOLDER = Path(".factsite", "schemas")
"""Below the site's root."""
STAMP = "made-from"
"""File with the digest of what the schemas were made from."""
WORKSPACE = "factsite.code-workspace"
PLACES = {"site": "site.yaml", **{kind: f"content/{kind}s/**/*.yaml" for kind in ("claim", "actor", "source")}}
"""Which files each schema is for, as a pattern; front matter in Markdown is nothing that VS Code checks."""

Ids = Mapping[str, Mapping[str, str]]


def keep(root: Path, content: Content, problems: Iterable[Problem]) -> None:
    """Write the schemas again if ids changed. Nothing depends on them: a folder that is read-only stays as it is.

    `problems`: those of the files that could not be read, whose ids exist all the same.
    """
    if content.settings is None:
        return
    found = ids(content, problems)
    key = _key(found)
    folder = root / FOLDER
    with suppress(OSError):
        if (root / ".vscode").is_dir():
            _keep_workspace(root)
        if not _is_current(folder, key):
            write(folder, found)
            _write(folder.parent / ".gitignore", "*\n")
            _write(folder / STAMP, key)


def ids(content: Content, problems: Iterable[Problem]) -> Ids:
    """The ids of each kind of reference, sorted, with a name where one says more than the id."""
    broken = [problem.path for problem in problems]
    claims, sources, articles = (_ids(content, kind, broken) for kind in ("claim", "source", "article"))
    actors = _ids(content, "actor", broken) | {actor: outline.name for actor, outline in content.records.actors()}
    settings = content.settings
    return {
        "actor": actors,
        "claim": claims,
        "source": dict(sorted((sources | articles).items())),
        "article": articles,
        "rating": {rating.id: f"{rating.label}: {rating.meaning}" for rating in settings.ratings} if settings else {},
        "topic": {topic.id: topic.label for topic in settings.topics} if settings else {},
    }


def _ids(content: Content, kind: str, broken: Iterable[str]) -> dict[str, str]:
    folder, suffix = FOLDERS[kind]
    unread = {Path(path).stem for path in broken if path.startswith(f"content/{folder}/") and path.endswith(suffix)}
    return dict.fromkeys(sorted({*filter(urls.is_id, unread), *getattr(content, folder)}), "")


def _key(found: Ids) -> str:
    """Stands for the ids and for the code that turns them into schemas."""
    code = [(ENGINE / name).read_bytes() for name in ("model.py", "editing/schemas.py")]
    return cache.digest(__version__.encode(), json.dumps(found).encode(), *code)


def _is_current(folder: Path, key: str) -> bool:
    try:
        names = {entry.name for entry in os.scandir(folder)}
        return (folder / STAMP).read_bytes() == key.encode() and names >= {
            f"{name}.schema.json" for name in (*FOLDERS, "site")
        }
    except OSError:
        return False


def write(folder: Path, found: Ids | None = None) -> None:
    """One `<kind>.schema.json` for each kind of file; without ids, the ones that are committed."""
    from factsite.editing import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name in schemas.FILES:
        _write(folder / f"{name}.schema.json", schemas.written(name, found))


def _keep_workspace(root: Path) -> None:
    """Write the workspace, unless somebody has put something else into it."""
    path, text = root / WORKSPACE, workspace(root.resolve().name)
    if not path.exists() or _anywhere(path.read_text(encoding="utf-8")) == _anywhere(text):
        _write(path, text)


def workspace(folder: str) -> str:
    """The VS Code workspace (https://code.visualstudio.com/docs/editing/workspaces/multi-root-workspaces).

    Patterns begin with the name of the site's own folder, because sites in folders below it have other ids. Tools write
    unusual characters in it in one way or another, so any will do for them.
    """
    name = re.sub(r"[^A-Za-z0-9._-]+", "*", folder)
    patterns = {f"{FOLDER.as_posix()}/{kind}.schema.json": f"{name}/{pattern}" for kind, pattern in PLACES.items()}
    return json.dumps({"folders": [{"path": "."}], "settings": {"yaml.schemas": patterns}}, indent=2) + "\n"


def _anywhere(workspace: str) -> str:
    """The text of a workspace without the name of the folder, which may have been another one."""
    return re.sub(r'"[^"/]+/(site\.yaml|content/)', r'"\1', workspace)


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and only if it differs: tools read a file again as soon as it changes."""
    with suppress(OSError, UnicodeDecodeError):
        if path.read_text(encoding="utf-8") == text:
            return
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(path)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
