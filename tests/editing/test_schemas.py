"""The JSON Schemas for editors' tools: held to the models, and never stricter than the loader."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, ValidationError

from factsite import model, urls
from factsite.editing import completions, schemas, starter
from factsite.loading import documents, load, reading, validation
from factsite.loading.entries import FOLDERS, Content
from factsite.pipeline import Options, build
from factsite.problems import Problem, Problems
from tests import scratch

ROOT = Path(__file__).parents[2]
GENERATED = Path(".factsite", "schemas")


# --- YAML as editors' tools read it ----------------------------------------------------------------------------------


SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CoreLoader(SafeLoader):  # type: ignore[misc] # libyaml's, where there is one
    """The core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), which VS Code's extension uses."""


CoreLoader.yaml_implicit_resolvers = {}
for kind, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{kind}", re.compile(f"^(?:{pattern})$"), first)


def core(text: str) -> Any:
    """What a tool sees in YAML."""
    return yaml.load(text, Loader=CoreLoader)


def errors(schema: dict[str, Any], text: str) -> list[str]:
    """What a tool says about YAML: place and message."""
    found = Draft7Validator(schema).iter_errors(core(text))
    return sorted(f"{error.json_path}: {error.message}" for error in found)


def places(found: Iterable[ValidationError]) -> Iterator[str]:
    """Where errors are, and those inside of alternatives."""
    for error in found:
        yield error.json_path
        yield from places(error.context or ())


def front(path: Path) -> str:
    """The YAML of a content file."""
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".yaml" else documents.split_front(text, "")[0]


def files(root: Path) -> Iterator[tuple[str, Path]]:
    """Kind and path of every file of a site."""
    yield "site", root / "site.yaml"
    for kind, (folder, suffix) in FOLDERS.items():
        yield from ((kind, path) for path in sorted((root / "content" / folder).rglob(f"*{suffix}")))


def committed(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def generated(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / GENERATED / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


# --- the committed ones ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", schemas.FILES)
def test_the_committed_schemas_are_those_of_the_models(name: str) -> None:
    """`make schemas` writes them again."""
    assert (ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8") == schemas.written(name)


def test_there_are_no_others() -> None:
    assert {path.name for path in (ROOT / "schemas").iterdir()} == {f"{name}.schema.json" for name in schemas.FILES}


@pytest.mark.parametrize("name", schemas.FILES)
def test_they_are_valid_schemas(name: str) -> None:
    Draft7Validator.check_schema(committed(name))


def models() -> Iterator[type[model.Written]]:
    for value in vars(model).values():
        if isinstance(value, type) and issubclass(value, model.Written) and value is not model.Written:
            yield value


@pytest.mark.parametrize("written", list(models()), ids=lambda written: written.__name__)
def test_every_field_says_what_it_is(written: type[model.Written]) -> None:
    assert [name for name, info in written.model_fields.items() if not info.description] == []


@pytest.mark.parametrize("name", schemas.FILES)
def test_the_content_of_this_site_has_no_errors(name: str) -> None:
    schema = committed(name)
    found = {path.name: errors(schema, front(path)) for kind, path in files(ROOT) if kind == name}

    assert found
    assert {path: messages for path, messages in found.items() if messages} == {}


# --- the ones with ids -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with schemas for the content of this site."""
    root = tmp_path_factory.mktemp("kept")
    problems = Problems()
    completions.keep(root, load.load(ROOT, problems), problems)
    return root


@pytest.mark.parametrize("name", schemas.FILES)
def test_neither_does_it_with_the_ids_that_exist(kept: Path, name: str) -> None:
    schema = generated(kept, name)
    Draft7Validator.check_schema(schema)

    assert {
        path.name: found for kind, path in files(ROOT) if kind == name and (found := errors(schema, front(path)))
    } == {}


def keep(root: Path) -> Path:
    """What a build does for editors' tools, and nothing else of it."""
    problems = Problems()
    completions.keep(root, load.load(root, problems), problems)
    return root


def enum(root: Path, name: str, kind: str) -> list[str]:
    found: list[str] = generated(root, name)["definitions"][f"{kind}-id"].get("enum", [])
    return found


def test_names_of_files_that_cannot_be_ids_are_none(tmp_path: Path) -> None:
    site = scratch.minimal(tmp_path, {"content/actors/council.yaml": "name: 'x", "content/actors/Jane Doe.yaml": ""})
    Path(os.fsdecode(os.fsencode(site) + b"/content/actors/caf\xe9.yaml")).touch()

    assert enum(keep(site), "claim", "actor") == ["council", "mayor"]


def test_a_build_writes_the_ids_that_exist(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path, {"content/sources/report.yaml": "title: Report\ntype: primary\n"})

    assert build(Options(root)).ok
    assert enum(root, "claim", "actor") == ["mayor"]
    assert enum(root, "claim", "article") == ["gazette"]
    assert set(enum(root, "claim", "source")) >= {"gazette", "report"}
    assert enum(root, "claim", "rating") == ["true", "false", "opinion"]
    assert enum(root, "claim", "topic") == ["money"]
    assert enum(root, "site", "claim") == ["bridge-cost"]
    assert enum(root, "source", "actor") == ["mayor"]


def test_ids_of_files_that_cannot_be_read_exist_all_the_same(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path, {"content/actors/council.yaml": "nmae: Council\n"}))
    assert enum(root, "claim", "actor") == ["council", "mayor"]


def test_a_build_that_fails_at_link_writes_them_too(tmp_path: Path) -> None:
    root = scratch.minimal(
        tmp_path, {"content/claims/other.yaml": CLAIM.replace("mayor", "nobody") + "status: published\n"}
    )

    assert not build(Options(root)).ok
    assert enum(root, "claim", "claim") == ["bridge-cost", "other"]


def test_without_settings_the_last_ones_stay(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path))
    before = (root / GENERATED / "claim.schema.json").read_bytes()

    keep(scratch.write(root, {"site.yaml": "title: ["}))
    assert (root / GENERATED / "claim.schema.json").read_bytes() == before


def test_a_check_writes_nothing(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    build(Options(root, write=False))

    assert not (root / ".factsite").exists()


def stamps(root: Path) -> dict[str, int]:
    return {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(root / GENERATED)}


def test_they_are_written_only_when_ids_change(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path))
    before = stamps(root)

    assert stamps(keep(root)) == before

    keep(scratch.write(root, {"content/actors/council.yaml": "name: Council\nkind: government\n"}))
    same = {name for name, stamp in stamps(root).items() if before[name] == stamp}
    assert same == {"page.schema.json", "site.schema.json"}


def test_deleted_ones_come_back(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path))
    (root / GENERATED / "claim.schema.json").unlink()

    assert enum(keep(root), "claim", "actor") == ["mayor"]


def test_a_folder_that_cannot_be_written_to_does_no_harm(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path, {".factsite": "a file where the folder should be"}))
    assert (root / ".factsite").read_text() == "a file where the folder should be"


def test_a_site_without_ids_of_a_kind_takes_any() -> None:
    found = completions.ids(Content(), [Problem("x", "x", "site.yaml")])
    assert schemas.schema("claim", found) == schemas.schema("claim")


def test_names_stand_beside_the_ids_and_long_lists_are_not_told() -> None:
    ids = {f"actor-{number:02}": f"Actor {number}" for number in range(30)}
    known = schemas.schema("claim", {"actor": ids})["definitions"]["actor-id"]

    assert known["enumDescriptions"] == list(ids.values())
    assert known["errorMessage"] == "There is no such id on this site"


# --- what VS Code is told --------------------------------------------------------------------------------------------


def without_comments(path: Path) -> Any:
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def test_the_folders_settings_name_schemas_that_are_always_there() -> None:
    patterns = without_comments(ROOT / ".vscode" / "settings.json")["yaml.schemas"]

    assert patterns == {f"schemas/{name}.schema.json": pattern for name, pattern in completions.PLACES.items()}
    assert [path for path in patterns if not (ROOT / path).is_file()] == []


def test_the_workspace_names_the_ones_with_ids(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path / "site", {".vscode/settings.json": "{}"}))
    workspace = json.loads((root / "factsite.code-workspace").read_text())

    assert workspace["folders"] == [{"path": "."}]
    patterns = workspace["settings"]["yaml.schemas"]
    assert patterns == {
        f".factsite/schemas/{name}.schema.json": f"site/{glob}" for name, glob in completions.PLACES.items()
    }
    assert [path for path in patterns if not (root / path).is_file()] == []


def test_a_workspace_follows_its_folder(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path / "site", {".vscode/settings.json": "{}"}))
    moved = keep(root.rename(tmp_path / "my site ü (2)"))

    assert '"my*site*2*/content/claims/**/*.yaml"' in (moved / "factsite.code-workspace").read_text()


def test_a_workspace_is_kept_as_somebody_changed_it(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path, {".vscode/settings.json": "{}", "factsite.code-workspace": "{}"}))
    assert (root / "factsite.code-workspace").read_text() == "{}"


def test_who_does_not_use_vs_code_gets_no_workspace(tmp_path: Path) -> None:
    root = keep(scratch.minimal(tmp_path))
    assert not (root / "factsite.code-workspace").exists()


@pytest.mark.parametrize("name", ["extensions.json", "content.code-snippets"])
def test_a_new_site_has_the_same_help(name: str) -> None:
    assert starter.files()[f".vscode/{name}"] == (ROOT / ".vscode" / name).read_bytes()


def snippet(name: str, typed: str = "") -> str:
    """A snippet with its first choices, and `typed` at every empty stop
    (https://code.visualstudio.com/docs/editing/userdefinedsnippets).
    """
    body = without_comments(ROOT / ".vscode" / "content.code-snippets")[name]["body"]
    text = re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}", r"\1", "\n".join(body))
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-21")
    return re.sub(r"\$\d+", typed, re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", text)) + "\n"


TYPED = '"2018"'
"""A text, and a date."""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("A piece of evidence", "evidence"),
        ("An appearance", "appearances"),
        ("A response", "responses"),
        ("A correction", "corrections"),
    ],
)
def test_snippets_of_items(name: str, key: str) -> None:
    kept = re.sub(rf"^{key}:\n(?:[ -].*\n)+", "", CLAIM, flags=re.MULTILINE)
    text = kept + f"{key}:\n" + snippet(name, TYPED)

    assert without_comments(ROOT / ".vscode" / "content.code-snippets")[name]["prefix"] == key.removesuffix("s")
    assert reading.parse("claim", "x", "x.yaml", text.encode())[1] == []
    assert errors(committed("claim"), text) == []


def test_the_snippet_of_a_claim() -> None:
    text = snippet("A claim", TYPED)

    assert reading.parse("claim", "x", "x.yaml", text.encode())[1] == []
    assert errors(committed("claim"), text) == []


def test_what_a_snippet_leaves_empty_is_asked_for_or_left_out() -> None:
    """Nothing that was only meant as a hint is taken for what an editor wrote."""
    problems = reading.parse("claim", "x", "x.yaml", snippet("A claim").encode())[1]

    assert [(problem.code, problem.keys) for problem in problems] == [
        ("missing-key", ("claim",)),
        ("missing-key", ("verdict",)),
        ("missing-key", ("appearances", 0, "quote")),
    ]


# --- never stricter than the loader ----------------------------------------------------------------------------------

CLAIM = """\
claim: The bridge cost twice its budget.
rating: "false"
verdict: The accounts show a sixth more.
claimants: [mayor]
appearances:
  - article: gazette
    quote: the bridge cost twice what was promised
evidence:
  - source: gazette
    stance: contradicts
checked: 2026-03-02
"""


@pytest.mark.parametrize(
    "line",
    [
        "rating: false",
        "rating: 'false'",
        "checked: 2018",
        "checked: 2018-01",
        "checked: '2018'",
        "made:",
        "made: ''",
        "short: 1984",
        "topics: []",
        "topics:",
        "related: [2018, 1e5, true]",
        "kind: ''",
        "reviewers: [NO, 12]",
        "status:",
        "responses: [{from: mayor, date: 2018, note: 12}]",
    ],
)
def test_what_is_text_to_us_is_no_error(line: str) -> None:
    text = re.sub(rf"^{line.partition(':')[0]}:.*\n", "", CLAIM, flags=re.MULTILINE) + line + "\n"

    assert reading.parse("claim", "x", "x.yaml", text.encode())[1] == []
    assert errors(committed("claim"), text) == []


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("claim:", "$.claim"),
        ("claim: [a]", "$.claim"),
        ("kind: evnt", "$.kind"),
        ("checked: 2018-13", "$.checked"),
        ("checked: 18", "$.checked"),
        ("claimants: mayor", "$.claimants"),
        ("claimants: []", "$.claimants"),
        ("claimants: ['']", "$.claimants[0]"),
        ("short: " + "x" * 76, "$.short"),
        ("colour: red", "$"),
        ("appearances: [{quote: x}]", "$.appearances[0]"),
        ("appearances: [{quote: x, article: a, source: b}]", "$.appearances[0]"),
        ("evidence: [{source: a, stance: support}]", "$.evidence[0].stance"),
    ],
)
def test_mistakes_are_errors(line: str, place: str) -> None:
    text = re.sub(rf"^{line.partition(':')[0]}:.*\n(?:[ -].*\n)*", "", CLAIM, flags=re.MULTILINE) + line + "\n"

    assert reading.parse("claim", "x", "x.yaml", text.encode())[1] != []
    assert place in places(Draft7Validator(committed("claim")).iter_errors(core(text)))


def test_ids_that_do_not_exist_are_errors(kept: Path) -> None:
    text = CLAIM.replace("mayor", "nobody").replace("gazette", "reuters-2026-03-12")
    assert list(places(Draft7Validator(generated(kept, "claim")).iter_errors(core(text))))[:1] == ["$.claimants[0]"]


WORDS = """
false true NO yes 2018 2018-01 2018-01-22 12:30 1e3 0x1F .5 -7 5.0 '5' "x" '' https://a.example en zh-Hans mek a-b news
event draft positive asserts
"""
SCALARS = st.sampled_from(WORDS.split())


@pytest.mark.parametrize("name", schemas.FILES)
@given(data=st.data())
def test_what_the_loader_takes_the_schema_takes(name: str, data: st.DataObject) -> None:
    """A real file with one field replaced by any scalar or list of scalars. Link refuses references that are no ids."""
    path = next(path for kind, path in files(scratch.SITES / "minimal") if kind == name)
    fields = schemas.FILES[name].model_fields
    key = data.draw(st.sampled_from([info.alias or field for field, info in fields.items()]))
    value = data.draw(SCALARS | st.lists(SCALARS, max_size=3).map(lambda items: f"[{', '.join(items)}]") | st.just(""))
    text = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", front(path), flags=re.MULTILINE) + f"{key}: {value}\n"

    document, problems = documents.read_yaml(text.encode(), "")
    found, more = validation.validate(schemas.FILES[name], document.data, "", document.empty)
    if (
        found
        and not problems
        and not more
        and all(urls.is_id(entry_id) for *_, entry_id in model.marked(found, model.Ref))
    ):
        assert errors(committed(name), text) == []
