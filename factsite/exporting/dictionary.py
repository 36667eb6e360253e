"""What the fields of the data mean, for programs (JSON Schema) and for people (the data page)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from factsite import urls
from factsite.exporting import data, feeds, table
from factsite.exporting.records import ROOTS
from factsite.site import Link, Site
from factsite.views import Chrome, DataFile, DataView, Field, Fields
from factsite.writing.output import Output

Schema = Mapping[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES = (
    DataFile(
        "data/claims.json",
        "All claims",
        "JSON",
        "Every published claim with its evidence, analysis and corrections.",
        "data/claims.schema.json",
    ),
    DataFile("data/claims.csv", "All claims as a table", "CSV", "One line for each claim, for spreadsheets.", None),
    DataFile(
        "data/claimreview.json",
        "ClaimReview",
        "JSON-LD",
        "The markup of the claim pages as one schema.org DataFeed; withdrawn checks are listed as deleted.",
        None,
    ),
    DataFile(
        "data/annotations.jsonld",
        "Checked passages",
        "JSON-LD",
        "The quotes with the words around them, as W3C Web Annotations of the publishers’ pages.",
        None,
    ),
)
LINK = Link("data", "data/", "Data and feeds")
"""The data page in menus."""
TYPES = {"string": "text", "integer": "whole number"}


def schemas(base_url: str) -> Iterator[Output]:
    """A JSON Schema for each kind of file."""
    for name, root in ROOTS.items():
        path = f"data/{name}.schema.json"
        (schema,), parts = msgspec.json.schema_components([root])
        found = {"$schema": DIALECT, "$id": urls.absolute(base_url, path), **schema, "$defs": parts}
        yield Output(path, data.encoded(found), "site.yaml")


def view(site: Site, chrome: Chrome) -> DataView:
    """What the data page shows."""
    claims = data.collected(site)
    return DataView(
        site=chrome,
        title=LINK.label,
        description=f"All that {chrome.title} has published, as files for programs, spreadsheets and feed readers.",
        origin="",
        trail=(),
        files=FILES,
        records=tuple(_records()),
        columns=tuple(Field(name, "text", words) for name, words, _ in table.COLUMNS),
        claims=len(claims),
        example=claims[0].path if claims else None,
        newest=feeds.NEWEST,
    )


def _records() -> Iterator[Fields]:
    """A table for each record, those that are files first, in the order in which they mention each other."""
    _, parts = msgspec.json.schema_components(list(ROOTS.values()))
    order = dict.fromkeys(_reached(parts, [root.__name__ for root in ROOTS.values()]))
    for name in order:
        part = parts[name]
        rows = (Field(key, words(inner), _explained(inner)) for key, inner in part["properties"].items())
        yield Fields(urls.slug(title(name)), title(name), str(part.get("description", "")), tuple(rows))


def title(name: str) -> str:
    """`ClaimRecord` → `claim`, `ActorRef` → `actor reference`: how the data page calls a record."""
    words = name.removesuffix("Record")
    return (words.removesuffix("Ref") + " reference" if words.endswith("Ref") else words).lower()


def _reached(parts: Mapping[str, Any], names: Iterable[str]) -> Iterator[str]:
    """The records and, after each, those that it holds."""
    for name in names:
        yield name
        yield from _reached(parts, _refs(parts[name]))


def _refs(schema: Any) -> Iterator[str]:
    """Names of the records that a schema refers to, in its order."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield _name(schema)
        for inner in schema.values():
            yield from _refs(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _refs(inner)


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).rpartition("/")[2]


def _explained(schema: Schema) -> str:
    return str(schema.get("description", ""))


def words(schema: Schema) -> str:
    """The type of a field in words: `text or null`, `list of evidence`."""
    if "anyOf" in schema:
        return " or ".join(words(inner) for inner in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"“{value}”" for value in schema["enum"])
    if "$ref" in schema:
        return title(_name(schema))
    if schema.get("type") == "array":
        return f"list of {words(schema['items'])}"
    if str(schema.get("pattern", "")).startswith(r"^\d{4}"):
        return "date"
    return TYPES.get(str(schema.get("type")), str(schema.get("type")))
