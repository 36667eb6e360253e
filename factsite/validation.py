"""Nested text → a model of what was written, or problems in the editor's words."""

from __future__ import annotations

from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from factsite import urls
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

DATES = "a date as precise as known: 2018, 2018-01 or 2018-01-22"
REMEDIES = {
    "date": ("bad-date", DATES),
    "url": ("bad-url", "a complete address: https://example.org/page"),
    "language": ("bad-language", "a language tag: en, fa, zh-Hans"),
    "one_place": ("one-place", "either `article:` or `source:`, and only one of them"),
    "int_parsing": ("wrong-type", "a whole number"),
    "greater_than_equal": ("wrong-type", "a whole number from 1"),
    "bool_parsing": ("wrong-type", "`true` or `false`"),
}
"""For each type of pydantic error that needs no more thought: code and what was expected."""


def validate(model: type[M], data: dict[str, Any], path: str) -> tuple[M | None, list[Problem]]:
    """The model with this data, or everything that is wrong with it."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_problem(model, details, path) for details in error.errors(include_url=False) if not _is_echo(details)]


def _is_echo(details: ErrorDetails) -> bool:
    """A list whose only items are wrong also counts as too short; the items have their own problems."""
    return details["type"] == "too_short" and len(details["input"]) > 0


def _problem(model: type[BaseModel], details: ErrorDetails, path: str) -> Problem:
    keys: Keys = tuple(details["loc"])
    kind, value = details["type"], details["input"]
    owner = _owner(model, keys)
    name = next((str(key) for key in reversed(keys) if isinstance(key, str)), "")
    if kind == "extra_forbidden":
        valid = _keys_of(owner)
        return Problem(
            "unknown-key",
            f"`{name}` is not a key of {NOUNS[owner.__name__]}",
            path,
            keys,
            at_key=True,
            length=len(name),
            expected="one of " + ", ".join(valid),
            nearest=nearest(name, valid),
        )
    if kind == "missing":
        noun = NOUNS[owner.__name__]
        message = f"The key `{name}` is missing"
        return Problem("missing-key", message, path, keys[:-1], expected=f"`{name}:`, which {noun} needs{_about(owner, name)}")
    if kind == "literal_error":
        valid = _choices(owner, name)
        expected = "one of " + ", ".join(valid)
        return Problem("unknown-value", f"`{value}` is not a value of `{name}`", path, keys, expected=expected, nearest=nearest(str(value), valid))
    if kind == "string_pattern_mismatch":
        return _bad_pattern(name, str(value), path, keys, details)
    return _other(kind, name, value, path, keys, details)


def _other(kind: str, name: str, value: Any, path: str, keys: Keys, details: ErrorDetails) -> Problem:
    """Wrong types, lengths, and what the models' own validators refuse."""
    if kind in REMEDIES:
        code, expected = REMEDIES[kind]
        message = str(details["msg"]) if code == "one-place" else f"`{value}` is not {_noun_of(code)}"
        return Problem(code, message[:1].upper() + message[1:], path, keys, expected=expected)
    if kind == "string_too_long":
        most = details["ctx"]["max_length"]
        return Problem("too-long", f"`{name}` has {len(value)} characters", path, keys, expected=f"at most {most} characters")
    if kind in {"string_too_short", "too_short"}:
        return Problem("empty-value", f"`{name}` has an empty item", path, keys, expected="a value, or no item at all")
    wanted, example = _wanted(kind, name, value)
    return Problem("wrong-type", f"`{name}` is {_is(value)}, not {wanted}", path, keys, expected=example)


def _noun_of(code: str) -> str:
    return {
        "bad-date": "a date of the calendar",
        "bad-url": "a complete http or https address",
        "bad-language": "a language tag",
    }.get(code, "what this key takes")


def _is(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a group of keys" if isinstance(value, dict) else "text"


def _wanted(kind: str, name: str, value: Any) -> tuple[str, str]:
    if kind == "tuple_type":
        item = value if isinstance(value, str) and len(value) < 40 else "…"
        return "a list", f"a list: `{name}: [{item}]`, or lines that begin with `- `"
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return "a group of keys", f"keys below `{name}:`, indented by two spaces"
    if isinstance(value, dict):
        return "text", f"quotes around the text of `{name}` if it has a colon in it"
    return "text", f"one text: `{name}: …`"


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
    return Problem("bad-value", f"`{value}` is not valid for `{name}`", path, keys, expected=f"a value like {_example(name)}")


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
    pending, found = [field.annotation], []
    while pending:
        annotation = pending.pop(0)
        found += [annotation] if isinstance(annotation, str) else []
        pending.extend(get_args(annotation))
    return found


def _about(model: type[BaseModel], key: str) -> str:
    """The field's description, if it has one."""
    field = next((f for name, f in model.model_fields.items() if (f.alias or name) == key), None)
    return f": {field.description[:1].lower()}{field.description[1:].rstrip('.')}" if field and field.description else ""
