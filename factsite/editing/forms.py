"""The text of a new file: every field with what to write into it, and filled in what is known. Pure.

A field that must be filled in stands there empty, and `build.py check` asks for it. A field that may be filled in
stands behind a `#`, which makes it a comment.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from factsite import model

WIDTH = 100
"""Columns of a comment."""
MOST_IDS = 60
"""Ids that a comment lists; where there are more, it says where they are."""

Lines = list[str]
"""Lines of YAML without line ends."""

HOW = (
    "Fill in what is empty. A line after `#` is a comment: remove the `# ` to use it. `python build.py check` says"
    " what is still missing, and docs/editing.md explains every field."
)
LATER: Mapping[type[model.Written], frozenset[str]] = {
    model.Claim: frozenset({"aliases", "corrections"}),
    model.Actor: frozenset({"old_ids"}),
    model.Source: frozenset({"aliases"}),
    model.Article: frozenset({"aliases"}),
}
"""Fields that no new file needs."""
NEEDED = frozenset({"evidence"})
"""Fields that nearly every file needs, although the models cannot know it: claims of most ratings have evidence."""
SAMPLES: Mapping[str, Lines] = {
    "analysis": ["analysis: |", "  From the evidence to the verdict, step by step. Markdown, in several paragraphs."],
    "would_change": ["would_change: >-", "  The evidence that would lead to another verdict."],
    "responses": ["responses:", "  - {from: an-actor, date: 2026-01-31, note: Asked on 29 January; no answer yet.}"],
    "names": ["names:", "  - {text: the name in its own script, lang: fa}"],
    "member_of": ["member_of:", "  - {actor: another-actor, role: spokesperson, from: 2018}"],
    "appearances": ["appearances:", "  - article:", "    quote:", "    stance: asserts  # or repeats, disputes"],
    "evidence": [
        "evidence:",
        "  - source:  # the name of a file in content/sources/ or content/articles/, without its ending",
        "    stance:  # supports, contradicts or context",
        "    note:  # what it shows, in your own words",
    ],
}
"""What stands for fields that are more than one value."""


def form(kind: type[model.Written], given: Mapping[str, Lines], hints: Mapping[str, str], heading: str) -> str:
    """The fields of a model as YAML. `given`: the lines of those that are known; `hints`: more to say, by key."""
    blocks = [_comment(f"{heading} {HOW}")]
    for name, field in kind.model_fields.items():
        key = field.alias or name
        if key in LATER.get(kind, ()):
            continue
        says = (field.description, _choices(field.annotation), hints.get(key))
        needed = key in NEEDED or field.is_required()
        lines = _field(key, given.get(key), is_list=_is_list(field.annotation), needed=needed)
        blocks.append([*_comment(" ".join(filter(None, says))), *lines])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def listed(ids: Sequence[str], folder: str) -> str:
    """Ids to choose from, or where they are."""
    if len(ids) > MOST_IDS:
        return f"One of the {len(ids)} files in {folder}, without the ending."
    return f"Known: {', '.join(ids)}." if ids else f"A file in {folder}, without the ending; there is none yet."


def _field(key: str, given: Lines | None, *, is_list: bool, needed: bool) -> Iterator[str]:
    if given:
        yield from given
    elif key in SAMPLES:
        yield from SAMPLES[key] if needed else ("# " + line for line in SAMPLES[key])
    elif needed:
        yield f"{key}:"
    else:
        yield f"# {key}: []" if is_list else f"# {key}:"


def _comment(text: str) -> list[str]:
    lines = textwrap.wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return ["# " + line for line in lines]


def _choices(annotation: Any) -> str:
    """`One of: …` for a field that takes one of several words."""
    words = [word for word in _leaves(annotation) if isinstance(word, str)]
    return f"One of: {', '.join(words)}." if words else ""


def _leaves(annotation: Any) -> Iterator[Any]:
    inner = get_args(annotation)
    if not inner:
        yield annotation
    elif hasattr(annotation, "__metadata__"):  # the type of an annotated one, not what is said about it
        yield from _leaves(annotation.__origin__)
    else:
        for each in inner:
            yield from _leaves(each)


def _is_list(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) is tuple
