"""JSON, CSV, ClaimReview feed, Web Annotations, JSON Schemas and the dictionary of fields."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite import model
from factsite.exporting import data, dictionary, exports, records, table
from factsite.loading.documents import read_yaml
from factsite.remembering.trace import Tracer
from factsite.rendering import jsonld
from factsite.rendering.jsonld import Json
from factsite.site import Site
from factsite.viewing import pieces
from tests import bridges, golden

GOLDEN = Path(__file__).parents[1] / "golden"
HERE = "https://checks.example/"


def read_json(site: Site, path: str) -> Any:
    """An export read as JSON."""
    return json.loads(bridges.exported(site)[path])


def full(tmp_path: Path) -> Any:
    """The JSON beside the page of the claim that says everything."""
    return read_json(bridges.site(tmp_path), "claims/bridge-cost/index.json")


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_beside_a_claim(tmp_path: Path) -> None:
    written = bridges.exported(bridges.site(tmp_path))["claims/bridge-cost/index.json"]
    golden.compare(GOLDEN / "claim.json", (GOLDEN / "claim.json").read_text(encoding="utf-8"), written.decode())


def linked(text: str) -> str:
    """The links of the claim file as the JSON has them."""
    for kind, folder in (("actor:", "actors/"), ("source:", "sources/"), ("topic:", "topics/"), ("page:", "")):
        for entry in ("council", "audit", "speech", "money", "about"):
            text = text.replace(kind + entry, f"{HERE}{folder}{entry}/")
    return text.replace("claim:bridge-colour#evidence", f"{HERE}claims/bridge-colour/#evidence")


def facts(value: Any) -> set[str]:
    """Every scalar of a nested value."""
    if isinstance(value, dict):
        return {fact for inner in value.values() for fact in facts(inner)}
    if isinstance(value, list):
        return {fact for inner in value for fact in facts(inner)}
    return {str(value).strip()}


def written_facts(text: str) -> set[str]:
    """Every scalar of a YAML file."""
    document, problems = read_yaml(text.encode(), "file.yaml")
    assert problems == []
    return facts(document.data)


def test_every_fact_of_a_claim_file_is_in_its_json(tmp_path: Path) -> None:
    written = {linked(fact) for fact in written_facts(bridges.FULL)}
    assert len(written) > 30
    assert written - facts(full(tmp_path)) == set()


def test_every_fact_of_an_actor_and_a_source_is_in_its_json(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    for kind, entry in (("actors", "mayor"), ("sources", "audit")):
        written = {linked(fact) for fact in written_facts(bridges.FILES[f"content/{kind}/{entry}.yaml"])}
        assert written - facts(read_json(site, f"{kind}/{entry}/index.json")) == set()


def test_every_field_that_editors_write_has_a_place_in_the_records() -> None:
    settled_by_link = {"before", "after", "article"}  # they say which passage is meant, or stand for `source`
    renamed = {"url": "original_url", "uses": "evidence_for"}
    for written, record in (
        (model.Claim, records.ClaimRecord),
        (model.Appearance, records.AppearanceRecord),
        (model.Evidence, records.EvidenceRecord),
        (model.Response, records.ResponseRecord),
        (model.Correction, records.CorrectionRecord),
        (model.Actor, records.ActorRecord),
        (model.Membership, records.MembershipRecord),
        (model.Article, records.SourceRecord),
    ):
        fields = {renamed.get(name, name) for name in written.model_fields}
        assert fields - settled_by_link <= set(record.__struct_fields__)


def test_actor_and_source_know_their_published_claims(tmp_path: Path) -> None:
    site = bridges.site(tmp_path, drafts=True)
    council = read_json(site, "actors/council/index.json")
    audit = read_json(site, "sources/audit/index.json")
    assert [claim["id"] for claim in council["claims_by"]] == ["bridge-colour"]
    assert [claim["id"] for claim in council["claims_about"]] == ["bridge-cost"]
    assert [member["actor"]["id"] for member in council["members"]] == ["mayor"]
    assert [document["id"] for document in council["documents"]] == ["audit"]
    assert [(use["claim"]["id"], use["stance"]) for use in audit["evidence_for"]] == [
        ("bridge-cost", "contradicts"),
        ("bridge-colour", "supports"),
    ]


def test_article_text_is_not_in_the_data(tmp_path: Path) -> None:
    article = "---\ntitle: Row\ntype: news\n---\n\nThe bridge cost twice what was promised.\n\nIn May again.\n"
    claim = bridges.OTHER.format(claim="It is.", checked="2026", status="published")
    claim = claim.replace("{source: speech, quote: so it is}", "{article: gazette, quote: The bridge cost twice}")
    files = bridges.FILES | {"content/articles/gazette.md": article, "content/claims/bridge-cost.yaml": claim}
    for path, content in bridges.exported(bridges.site(tmp_path, files)).items():
        assert b"In May again" not in content, path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("[a](actor:mek)", f"[a]({HERE}actors/mek/)"),
        ("[a](<claim:x#y> 'title')", f"[a](<{HERE}claims/x/#y> 'title')"),
        ("<source:x>", f"<{HERE}sources/x/>"),
        ("[1]: page:about", f"[1]: {HERE}about/"),
        ("[a](https://x.example/actor:mek)", "[a](https://x.example/actor:mek)"),
        ("an actor:mek in a sentence", "an actor:mek in a sentence"),
        ("[x](source:audit. And so on", "[x](source:audit. And so on"),  # no link, as its bracket is not closed
    ],
)
def test_links_within_the_site_become_complete(tmp_path: Path, given: str, expected: str) -> None:
    site = bridges.site(tmp_path)
    assert data.Recorder(site, pieces.chrome(site)).prose(given) == expected


def test_what_is_made_of_a_claim_depends_on_the_claim_and_on_cards_alone(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    tracer = Tracer(site)
    exports.of_claim(tracer.site, pieces.chrome(site), tracer.site.claims["bridge-cost"])

    assert tracer.taken() == ("actors/mayor", "cards/bridge-colour", "cards/bridge-cost", "claims/bridge-cost")


# --- what is public --------------------------------------------------------------------------------------------------

COLLECTIONS = ("data/claims.json", "data/claims.csv", "data/annotations.jsonld", "feed.xml", "corrections.xml")


@pytest.mark.parametrize("path", COLLECTIONS)
def test_collections_hold_published_claims_only(tmp_path: Path, path: str) -> None:
    content = bridges.exported(bridges.site(tmp_path, drafts=True))[path].decode()
    assert "The bridge is long." not in content
    assert "The bridge is old." not in content


def test_drafts_are_in_the_collections_of_the_preview(tmp_path: Path) -> None:
    content = bridges.exported(bridges.site(tmp_path, drafts=True, preview=True))["data/claims.json"].decode()
    assert "The bridge is long." in content


def test_a_withdrawn_claim_keeps_its_own_json(tmp_path: Path) -> None:
    assert read_json(bridges.site(tmp_path), "claims/bridge-age/index.json")["status"] == "withdrawn"


def test_collections_of_a_site_without_claims(tmp_path: Path) -> None:
    drafts = {path: re.sub("status: .*", "status: draft", text) for path, text in bridges.FILES.items()}
    empty = bridges.exported(bridges.site(tmp_path, drafts))
    assert json.loads(empty["data/claims.json"])["modified"] is None
    assert empty["data/claims.csv"].count(b"\r\n") == 1
    assert json.loads(empty["data/claimreview.json"])["dataFeedElement"] == []
    assert b"<updated>1970-01-01T00:00:00Z</updated>" in empty["feed.xml"]


# --- CSV -------------------------------------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    """A CSV file as programs should read it."""
    lines = csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True)
    return [{name: table.value(cell) for name, cell in line.items()} for line in lines]


def test_csv_says_what_json_says(tmp_path: Path) -> None:
    files = bridges.exported(bridges.site(tmp_path))
    claims = json.loads(files["data/claims.json"])["claims"]
    found = rows(files["data/claims.csv"])
    assert [row["id"] for row in found] == [claim["id"] for claim in claims]
    for row, claim in zip(found, claims, strict=True):
        for same in ("url", "claim", "short", "verdict", "checked", "modified"):
            assert row[same] == claim[same]
        assert row["made"] == (claim["made"] or "")
        assert row["rating"] == claim["rating"]["id"]
        assert row["claimants"].split() == [actor["id"] for actor in claim["claimants"]]
        assert row["about_names"] == "; ".join(actor["name"] for actor in claim["about"])
        assert row["quote"] == claim["appearances"][0]["quote"]
        stances = [item["stance"] for item in claim["evidence"]]
        assert [int(row[s]) for s in model_stances()] == [stances.count(s) for s in model_stances()]
        assert int(row["from_parties"]) == sum(bool(item["source"]["party_to"]) for item in claim["evidence"])


def model_stances() -> tuple[str, ...]:
    """The stances of evidence."""
    return ("supports", "contradicts", "context")


@given(st.lists(st.text(), min_size=len(table.COLUMNS), max_size=len(table.COLUMNS)))
def test_csv_reads_back_as_it_was_and_runs_nothing(values: list[str]) -> None:
    content = table.write([values])
    (row,) = rows(content)
    assert list(row.values()) == values
    (_, cells) = csv.reader(io.StringIO(content.decode(), newline=""))
    assert not any(cell.lstrip().startswith(tuple("=+-@＝＋－＠")) for cell in cells)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@home", "\t=1", " =1", "'tis", "＝1"])
def test_risky_cells_are_escaped(text: str) -> None:
    assert table.cell(text) == "'" + text
    assert table.value(table.cell(text)) == text


@pytest.mark.parametrize("text", ["", "1-1", "a=b", "5 °C", "«@»", "2026-03-02"])
def test_harmless_cells_stay_as_they_are(text: str) -> None:
    assert table.cell(text) == text


def test_csv_lines_end_as_the_standard_says(tmp_path: Path) -> None:
    content = bridges.exported(bridges.site(tmp_path))["data/claims.csv"]
    assert content.startswith(b"id,url,claim,")
    assert content.endswith(b"\r\n")
    assert b"\r\n" in content
    assert content.replace(b"\r\n", b"").count(b"\n") == 0


# --- ClaimReview -----------------------------------------------------------------------------------------------------


def items(site: Site) -> dict[str, Json]:
    """The items of the ClaimReview feed, by the address of the claim."""
    return {item["item"]["url"]: item for item in read_json(site, "data/claimreview.json")["dataFeedElement"]}


def test_claimreviews_are_those_of_the_pages(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    found = items(site)
    shown = {
        item["url"]: item
        for claim in site.claims.values()
        for item in (jsonld.claim_review(claim, pieces.chrome(site)),)
    }
    published = {f"{HERE}claims/bridge-cost/", f"{HERE}claims/bridge-colour/"}
    assert {url for url, item in found.items() if "dateDeleted" not in item} == published
    assert all(found[url]["item"] == shown[url] for url in published)
    dates = {key: text for key, text in found[f"{HERE}claims/bridge-cost/"].items() if key.startswith("date")}
    assert dates == {"dateCreated": "2026-03-02", "dateModified": "2026-03-10"}


def test_withdrawn_claims_are_listed_as_deleted_and_say_nothing_else(tmp_path: Path) -> None:
    gone = items(bridges.site(tmp_path))[f"{HERE}claims/bridge-age/"]
    assert gone["dateDeleted"] == "2026-04-01"
    assert set(gone["item"]) == {"@context", "@type", "@id", "url"}


def test_what_was_never_reviewable_is_not_listed(tmp_path: Path) -> None:
    opinion = bridges.OTHER.format(claim="It is fair.", checked="2026", status="withdrawn").replace('"true"', "opinion")
    site = bridges.site(tmp_path, bridges.FILES | {"content/claims/bridge-age.yaml": opinion})
    assert f"{HERE}claims/bridge-age/" not in items(site)


# --- Web Annotations -------------------------------------------------------------------------------------------------


def annotated(site: Site) -> dict[str, Json]:
    """The annotations by what follows the base URL in their id."""
    found = read_json(site, "data/annotations.jsonld")
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection"
    assert found["total"] == len(found["first"]["items"])
    return {item["id"].removeprefix(HERE): item for item in found["first"]["items"]}


def test_annotations_point_at_the_publishers_words(tmp_path: Path) -> None:
    found = annotated(bridges.site(tmp_path))
    assert set(found) == {"claims/bridge-cost/#appearance-1", "claims/bridge-cost/#evidence-2"}
    first = found["claims/bridge-cost/#appearance-1"]
    assert first["motivation"] == "assessing"
    assert first["body"][0]["id"] == f"{HERE}claims/bridge-cost/"
    assert [body["value"] for body in first["body"][1:]] == [
        "repeats",
        "False",
        "The audited accounts show a sixth more, not double.",
    ]
    assert [target["source"] for target in first["target"]] == ["https://gazette.example/bridge"] * 2
    assert [target["selector"] for target in first["target"]] == [
        {
            "type": "TextQuoteSelector",
            "exact": "the bridge",
            "prefix": "Jane Doe said that ",
            "suffix": " cost twice what ",
        },
        {"type": "TextQuoteSelector", "exact": "was promised", "prefix": " cost twice what ", "suffix": "."},
    ]


def test_evidence_is_linked_without_a_rating(tmp_path: Path) -> None:
    evidence = annotated(bridges.site(tmp_path))["claims/bridge-cost/#evidence-2"]
    assert evidence["motivation"] == "linking"
    assert [body.get("value") for body in evidence["body"]] == [None, "supports"]


def test_annotations_give_no_words_around_a_quote_that_is_all_that_may_be_shown(tmp_path: Path) -> None:
    text = "She said that the bridge cost twice what was promised.\n\nAn overrun of 16 per cent.\n"
    article = f"---\ntitle: Row\ntype: news\nrights: link\n---\n\n{text}"
    claim = bridges.FULL.replace("an overrun of 16", "overrun of 16")
    files = bridges.FILES | {"content/articles/gazette.md": article, "content/claims/bridge-cost.yaml": claim}
    first = annotated(bridges.site(tmp_path, files))["claims/bridge-cost/#appearance-1"]
    assert [target["selector"] for target in first["target"]] == [
        {"type": "TextQuoteSelector", "exact": "the bridge"},
        {"type": "TextQuoteSelector", "exact": "was promised"},
    ]
    assert first["target"][0]["source"] == f"{HERE}sources/gazette/"


# --- schemas and dictionary ------------------------------------------------------------------------------------------


def test_the_data_keep_to_their_schemas(tmp_path: Path) -> None:
    files = bridges.exported(bridges.site(tmp_path))
    for path, schema in (
        ("data/claims.json", "claims"),
        ("claims/bridge-cost/index.json", "claim"),
        ("actors/mayor/index.json", "actor"),
        ("sources/audit/index.json", "source"),
        ("sources/gazette/index.json", "source"),
    ):
        rules = json.loads(files[f"data/{schema}.schema.json"])
        jsonschema.Draft202012Validator.check_schema(rules)
        jsonschema.validate(json.loads(files[path]), rules)
        assert rules["$id"] == f"{HERE}data/{schema}.schema.json"


def test_a_schema_refuses_what_is_not_such_a_file(tmp_path: Path) -> None:
    rules = json.loads(bridges.exported(bridges.site(tmp_path))["data/claim.schema.json"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "Not an id"}, rules)


def test_every_field_of_every_record_is_explained_once(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    view = dictionary.view(site, pieces.chrome(site))
    labels = [record.label for record in view.records]
    assert labels[0] == "claim"
    assert len(labels) == len(set(labels))
    unexplained = [f"{record.label}.{row.name}" for record in view.records for row in record.fields if not row.summary]
    assert unexplained == []
    types = {row.name: row.type for row in view.records[0].fields}
    assert types["claimants"] == "list of actor reference"
    assert types["made"] == "date or null"
    assert types["status"] == "“draft”, “published”, “withdrawn”"


def test_the_data_page_names_every_file_in_its_folder(tmp_path: Path) -> None:
    site = bridges.site(tmp_path)
    listed = {path for file in dictionary.FILES for path in (file.path, file.schema) if path}
    beside = {f"data/{kind}.schema.json" for kind in ("claim", "actor", "source")}
    own = {"data/index.json"}  # what the filters of the list of claims read
    assert {path for path in bridges.exported(site) if path.startswith("data/")} == listed | beside | own
