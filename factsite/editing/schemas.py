"""The models as JSON Schemas, for the tools that editors write YAML with. Pure.

Such tools give a scalar the type of YAML 1.2 (`rating: false` is a boolean to them, `made: 2018` a number), while we
read it as the text that was typed. So wherever we take text, the schema also takes what that text may become: a tool
that shows an error where we see none would teach editors not to look. Values that are taken but not to be proposed
stand below `not`, because tools propose what stands below `type`, `enum` and `const`.

Draft 7 of JSON Schema (https://json-schema.org/draft-07), which all tools know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import AfterValidator, StringConstraints
from pydantic.fields import FieldInfo

from factsite import model, urls
from factsite.model import Ref, Written

Schema = dict[str, Any]
Ids = Mapping[str, Mapping[str, str]]
"""For each kind of reference the ids that exist, each with what it stands for, or with an empty text."""

FILES: Mapping[str, type[Written]] = {**model.MODELS, "site": model.Settings}
"""The model of each kind of file."""
NAME_OR_ID = frozenset({"publisher", "reposted_by"})
"""Texts that may be the id of an actor."""
TRUTHS = ("true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "1", "0")
"""What pydantic takes for a boolean, in any case (https://docs.pydantic.dev/latest/api/standard_library_types/#booleans)."""

MANY = 20
"""With more ids than this, a tool must not list them all in its message."""

ONE_PLACE: Schema = {
    "oneOf": [{"required": [name], "properties": {name: {"not": {"type": "null"}}}} for name in ("article", "source")]
}
"""What `Appearance` checks for itself."""

TAKEN: Mapping[str, Schema] = {
    "absent": {
        "$comment": "Nothing, or something empty: the key counts as absent.",
        "not": {"type": ["number", "boolean"]},
        "maxLength": 0,
        "maxItems": 0,
        "maxProperties": 0,
    },
    "typed": {
        "$comment": "A number or a boolean to YAML, text to the site.",
        "not": {"type": ["string", "array", "object", "null"]},
    },
}
ABSENT: Schema = {"$ref": "#/definitions/absent"}
TYPED: Schema = {"$ref": "#/definitions/typed"}

TEXTS: Mapping[Any, Schema] = {
    model._partial_date: {
        "type": "string",
        "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
        "patternErrorMessage": "A date as precise as known: 2018, 2018-01 or 2018-01-22",
    },
    model._link: {
        "type": "string",
        "pattern": r"^[hH][tT][tT][pP][sS]?://\S+$",
        "patternErrorMessage": "A complete address: https://example.org/page",
    },
    model._language: {
        "type": "string",
        "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$",
        "patternErrorMessage": "A language tag: en, fa, zh-Hans",
    },
}
"""What the models' own checks ask for, by check."""


def written(name: str, ids: Ids | None = None) -> str:
    """The schema file for `claim`, `actor`, `source`, `article`, `page` or `site`, ended with a line feed."""
    return json.dumps(schema(name, ids), indent=2, ensure_ascii=False) + "\n"


def schema(name: str, ids: Ids | None = None) -> Schema:
    """The schema for such a file; with `ids`, references must be to one of them."""
    definitions: Schema = {}
    root = _model(FILES[name], definitions)
    for key in [key for key in definitions if key.endswith("-id")]:
        definitions[key] = _id((ids or {}).get(key.removesuffix("-id"), {}))
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": "Generated from factsite/model.py; `make schemas` writes it again.",
        **root,
        "definitions": dict(sorted({**definitions, **TAKEN}.items())),
    }


def _id(ids: Mapping[str, str]) -> Schema:
    if not ids:
        return {
            "type": "string",
            "pattern": urls.ID_PATTERN,
            "patternErrorMessage": "An id: a-z, 0-9 and single hyphens",
        }
    known: Schema = {"type": "string", "enum": list(ids)}
    if any(ids.values()):
        known["enumDescriptions"] = list(ids.values())
    if len(ids) > MANY:
        known["errorMessage"] = "There is no such id on this site"
    return known


def _model(written: type[Written], definitions: Schema) -> Schema:
    fields = written.model_fields
    return {
        "title": written.__name__,
        "description": " ".join((written.__doc__ or "").split()),
        "type": "object",
        "properties": {
            info.alias or name: _described(info, _field(name, info, definitions)) for name, info in fields.items()
        },
        "required": [info.alias or name for name, info in fields.items() if info.is_required()],
        "additionalProperties": False,
        **(ONE_PLACE if written is model.Appearance else {}),
    }


def _described(info: FieldInfo, value: Schema) -> Schema:
    about: Schema = {"description": info.description} if info.description else {}
    if isinstance(info.default, str | bool):
        about["default"] = info.default
    if info.examples:
        about["examples"] = list(info.examples)
    return about | value


def _field(name: str, info: FieldInfo, definitions: Schema) -> Schema:
    ways = list(_ways(name, info.annotation, info.metadata, definitions))
    if not info.is_required():
        ways.append(ABSENT)
    return ways[0] if len(ways) == 1 and "$ref" not in ways[0] else {"anyOf": ways}


def _ways(name: str, annotation: Any, marks: Iterable[Any], definitions: Schema) -> Iterator[Schema]:
    """What may stand behind a key or a dash, without its being absent."""
    marks = list(marks)
    while getattr(annotation, "__metadata__", None):  # Annotated
        marks, annotation = [*marks, *annotation.__metadata__], annotation.__origin__
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        yield {"type": "string", "enum": parts}
        if any(_is_native(part) for part in parts):
            yield TYPED
    elif get_origin(annotation) is tuple:
        least = next((mark.min_length for mark in marks if hasattr(mark, "min_length")), 0)
        items = list(_ways(name, parts[0], (), definitions))
        yield {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}} | (
            {"minItems": least} if least else {}
        )
    elif parts:  # a union with None
        yield from _ways(name, parts[0], marks, definitions)
    elif annotation is bool:
        yield {"type": "boolean"}
        yield {"type": "string", "pattern": _any_case(TRUTHS)}
        yield {"type": "integer", "minimum": 0, "maximum": 1}
    elif annotation is int:
        least = next((mark.ge for mark in marks if hasattr(mark, "ge")), 0)
        yield {"type": "integer", "minimum": least}
        yield {"type": "string", "pattern": r"^\d+$"}
    elif annotation is str:
        yield from _text(name, marks, definitions)
    else:
        definitions.setdefault(annotation.__name__, {})
        definitions[annotation.__name__] = _model(annotation, definitions)
        yield {"$ref": f"#/definitions/{annotation.__name__}"}


def _text(name: str, marks: list[Any], definitions: Schema) -> Iterator[Schema]:
    reference = next((mark for mark in marks if isinstance(mark, Ref)), None)
    check = next((mark.func for mark in marks if isinstance(mark, AfterValidator)), None)
    kind = reference.kind if reference else "actor" if name in NAME_OR_ID else None
    if kind:
        definitions.setdefault(f"{kind}-id", {})
        yield {"$ref": f"#/definitions/{kind}-id"}
    if check in TEXTS:
        yield TEXTS[check]
        if check is model._partial_date:
            yield {"type": "integer", "minimum": 1000, "maximum": 9999}
        return
    if not reference:
        yield _constrained(marks)
    yield TYPED


def _constrained(marks: list[Any]) -> Schema:
    """The narrowest of the limits on a text."""
    limits = [mark for mark in marks if isinstance(mark, StringConstraints)]
    names = {"min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"}
    found: Schema = {"type": "string"}
    for limit in limits:
        for name, keyword in names.items():
            if (value := getattr(limit, name)) is not None:
                found[keyword] = value
    return found


def _is_native(word: str) -> bool:
    """Whether YAML 1.2 takes a word for something else than text (https://yaml.org/spec/1.2.2/#103-core-schema)."""
    return (
        re.fullmatch(r"(?i)true|false|null|~|[-+]?(\d+|0o[0-7]+|0x[\da-f]+|(\.\d+|\d+(\.\d*)?)(e[-+]?\d+)?)", word)
        is not None
    )


def _any_case(words: Iterable[str]) -> str:
    """A pattern for words in any case, in the dialect that all tools share."""
    letters = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word) for word in words)
    return f"^({'|'.join(letters)})$"
