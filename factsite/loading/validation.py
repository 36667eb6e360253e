"""Nested text → a model of what was written, or problems in the editor's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from factsite import urls
from factsite.loading import guesses
from factsite.loading.yamllines import BULLET
from factsite.model import Written
from factsite.problems import Key, Keys, Problem, nearest

M = TypeVar("M", bound=Written)

NOUNS = {
    "Claim": "a claim",
    "Actor": "an actor",
    "Source": "a source",
    "Article": "an article",
    "Page": "a page",
    "Settings": "site.yaml",
    "Appearance": "an appearance",
    "Evidence": "a piece of evidence",
    "Response": "a response",
    "Correction": "a correction",
    "Name": "a name",
    "Membership": "a membership",
    "Rating": "a rating",
    "Topic": "a topic",
    "Publisher": "the publisher",
    "Licence": "the licence",
}
"""What each model is called in messages."""

REMEDIES: Mapping[str, tuple[str, str, str]] = {
    "date": ("bad-date", "a date of the calendar", "a date as precise as known: 2018, 2018-01 or 2018-01-22"),
    "url": ("bad-url", "a complete web address", "a complete address: https://example.org/page"),
    "base_url": (
        "bad-url",
        "an address that a site can be published at",
        "scheme, host and perhaps a folder: https://example.org/checks/",
    ),
    "language": ("bad-language", "a language tag", "a language tag: en, fa, zh-Hans"),
    "int_parsing": ("wrong-type", "a whole number", "a whole number from 1"),
    "int_from_float": ("wrong-type", "a whole number", "a whole number from 1"),
    "greater_than_equal": ("wrong-type", "a whole number from 1", "a whole number from 1"),
    "bool_parsing": ("wrong-type", "`true` or `false`", "`true` or `false`"),
}
"""For each type of pydantic error that needs no more thought: code, what the value is not, and what was expected."""


def _address(text: str) -> str:
    found = guesses.url(text)
    return found if urls.is_web(found) else ""


def _folder(text: str) -> str:
    return re.sub(r"(?<=//)[^/]*@|[?#].*", "", text)


GUESSES: Mapping[str, Callable[[str], str]] = {
    "date": guesses.date,
    "url": _address,
    "base_url": _folder,
    "language": guesses.language,
}


def validate(
    model: type[M], data: dict[str, Any], path: str, empty: Collection[Keys] = ()
) -> tuple[M | None, list[Problem]]:
    """The model with this data, or everything that is wrong with it. `empty`: keys of the file without a value."""
    problems = [_unknown_key(owner, keys, path) for keys, owner in _strangers(model, empty)]
    try:
        found = model.model_validate(data)
    except ValidationError as error:
        details = [each for each in error.errors(include_url=False) if not _is_echo(each)]
        said = [(each, _problem(model, each, path, empty)) for each in details]
        unknown = [problem for problem in (*problems, *(p for _, p in said)) if problem.code == "unknown-key"]
        misspelt = {(*(problem.keys or ())[:-1], problem.nearest) for problem in unknown}
        return None, problems + [problem for each, problem in said if not _is_misspelt(each, misspelt)]
    return (None if problems else found), problems


def _is_misspelt(details: ErrorDetails, misspelt: AbstractSet[Keys]) -> bool:
    """A key that is only misspelt is not missing as well."""
    return details["type"] == "missing" and tuple(details["loc"]) in misspelt


def _strangers(model: type[BaseModel], empty: Collection[Keys]) -> Iterator[tuple[Keys, type[BaseModel]]]:
    """Keys without a value that the model does not know: they count as absent, and must not pass unseen."""
    for keys in empty:
        owner = _owner(model, keys)
        if keys[-1] not in _keys_of(owner) and not any(keys[:end] in empty for end in range(1, len(keys))):
            yield keys, owner


def _is_echo(details: ErrorDetails) -> bool:
    """A list whose only items are wrong also counts as too short; the items have their own problems."""
    return details["type"] == "too_short" and len(details["input"]) > 0


def _problem(model: type[BaseModel], details: ErrorDetails, path: str, empty: Collection[Keys]) -> Problem:
    keys: Keys = tuple(details["loc"])
    kind, value = details["type"], details["input"]
    owner = _owner(model, keys)
    name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
    if kind == "extra_forbidden":
        return _unknown_key(owner, keys, path)
    if kind == "missing":
        expected = f"`{name}:`, which {NOUNS[owner.__name__]} needs{_about(owner, name)}"
        if keys in empty:
            return Problem("missing-key", f"The key `{name}` has no value", path, keys, at_key=True, expected=expected)
        return Problem("missing-key", f"The key `{name}` is missing", path, keys[:-1], expected=expected)
    if kind == "literal_error":
        valid = _choices(owner, name)
        expected = "one of " + ", ".join(valid)
        message = f"`{value}` is not a value of `{name}`"
        return Problem("unknown-value", message, path, keys, expected=expected, nearest=nearest(str(value), valid))
    if kind == "string_pattern_mismatch":
        return _bad_pattern(name, str(value), path, keys, details)
    return _other(kind, name, value, path, keys, details)


def _unknown_key(owner: type[BaseModel], keys: Keys, path: str) -> Problem:
    name, valid = str(keys[-1]), _keys_of(owner)
    expected = "one of " + ", ".join(valid)
    if not re.fullmatch(r"[\w-]+", name):
        expected += "; quotes around a text with a comma or a colon in it"
    message = f"`{name}` is not a key of {NOUNS[owner.__name__]}"
    return Problem("unknown-key", message, path, keys, at_key=True, expected=expected, nearest=nearest(name, valid))


def _other(kind: str, name: str, value: Any, path: str, keys: Keys, details: ErrorDetails) -> Problem:
    """Wrong types, lengths, and what the models' own validators refuse."""
    if kind in REMEDIES:
        code, noun, expected = REMEDIES[kind]
        guess = GUESSES[kind](value) if kind in GUESSES else ""
        return Problem(code, f"`{value}` is not {noun}", path, keys, expected=expected, nearest=guess)
    if kind == "one_place":
        message, expected = "An appearance names an article or a source", "either `article:` or `source:`, and only one"
        return Problem("one-place", message, path, keys, expected=expected)
    if kind == "membership_order":
        message, expected = "The membership ends before it begins", f"a date no earlier than `from: {value['from']}`"
        return Problem("date-order", message, path, (*keys, "to"), expected=expected)
    if kind == "string_too_long":
        message, expected = (
            f"`{name}` has {len(value)} characters",
            f"at most {details['ctx']['max_length']} characters",
        )
        return Problem("too-long", message, path, keys, expected=expected)
    if value == "" or kind in {"string_too_short", "too_short"}:
        message = f"`{name}` has an empty item" if isinstance(keys[-1], int) else f"`{name}` is empty"
        return Problem("empty-value", message, path, keys, expected="a value, or no such line at all")
    wanted, expected = _wanted(kind, name, value, keys)
    return Problem("wrong-type", f"`{name}` {_is(value, keys)}, not {wanted}", path, keys, expected=expected)


def _is(value: Any, keys: Keys) -> str:
    what = "a list" if isinstance(value, list) else "a group of keys" if isinstance(value, dict) else "text"
    return f"has an item that is {what}" if isinstance(keys[-1], int) else f"is {what}"


def _wanted(kind: str, name: str, value: Any, keys: Keys) -> tuple[str, str]:
    """What the value should be, in two ways: named, and with an example."""
    if kind == "tuple_type":
        return "a list", _as_list(name, value)
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        glued = re.match(r"([\w-]+)(?::(?=\S)|\s*[：﹕])", value) if isinstance(value, str) else None
        if glued:
            return "a group of keys", f"an ordinary colon and a space behind it: `{glued[1]}: …`"
        below = f"below `{name}:`, indented by two spaces" if keys[-1] == name else "behind each `- `"
        return "a group of keys", f"`key: value` {below}"
    if isinstance(value, dict):
        return "text", "quotes around a text that has a colon in it"
    return "text", f"one text: `{name}: …`" if keys[-1] == name else "one text behind each `- `"


def _as_list(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"`- ` before the first key below `{name}:`, two spaces more before the others"
    if value.startswith("-"):
        return "a space behind each dash: `- …`"
    if BULLET.match(value):
        return "a plain hyphen and a space before each entry: `- …`"
    items = value.strip('()“”„"')
    return f"a list: `{name}: [{items if len(items) < 40 else '…'}]`, or lines that begin with `- `"


def _bad_pattern(name: str, value: str, path: str, keys: Keys, details: ErrorDetails) -> Problem:
    if details["ctx"]["pattern"] == urls.ID_PATTERN:
        return Problem(
            "bad-id",
            f"`{value}` cannot be an id",
            path,
            keys,
            expected="lower-case letters a to z, digits and single hyphens",
            nearest=urls.slug(value),
        )
    expected = f"a value like {_example(name)}"
    return Problem("bad-value", f"`{value}` is not valid for `{name}`", path, keys, expected=expected)


def _example(name: str) -> str:
    return {"email": "desk@example.org", "cname": "checks.example.org"}.get(name, "those in docs/editing.md")


# --- reading the models ----------------------------------------------------------------------------------------------


def _owner(model: type[BaseModel], keys: Keys) -> type[BaseModel]:
    """The model that the last key belongs to."""
    for key in keys[:-1]:
        if isinstance(key, str):
            model = _nested(model, key) or model
    return model


def _nested(model: type[BaseModel], key: Key) -> type[BaseModel] | None:
    field = next((f for name, f in model.model_fields.items() if (f.alias or name) == key), None)
    pending = [field.annotation] if field else []
    while pending:
        annotation = pending.pop()
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return annotation
        pending.extend(get_args(annotation))
    return None


def _keys_of(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _choices(model: type[BaseModel], key: str) -> list[str]:
    """The values of a field that takes one of several words."""
    field = next(f for name, f in model.model_fields.items() if (f.alias or name) == key)
    pending: list[Any] = [field.annotation]
    found: list[str] = []
    while pending:
        annotation = pending.pop(0)
        found += [annotation] if isinstance(annotation, str) else []
        pending.extend(get_args(annotation))
    return found


def _about(model: type[BaseModel], key: str) -> str:
    """The field's description, if it has one."""
    field = next((f for name, f in model.model_fields.items() if (f.alias or name) == key), None)
    return (
        f": {field.description[:1].lower()}{field.description[1:].rstrip('.')}" if field and field.description else ""
    )
