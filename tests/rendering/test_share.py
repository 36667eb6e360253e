"""The pictures of claims for links elsewhere."""

# ruff: noqa: E501 -- tables of cases, one on each line

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from factsite.pipeline import Options, build
from factsite.problems import Problem
from factsite.remembering import stamps
from factsite.remembering.cache import Cache
from factsite.rendering import drawing, share, templating
from factsite.rendering.share import Look, ShareCard
from factsite.site import Rating
from factsite.writing.output import Output
from tests import scratch

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">{}</svg>'
EMPTY = SVG.format("")
RATING = Rating("false", "False", "It is not so.", "negative", 1, reviewable=True, place=1)
CARD = ShareCard(
    site="Bridge checks",
    host="checks.example",
    claim="The bridge cost twice its budget.",
    short="The bridge cost double",
    rating=RATING,
    label="False",
    claimants=("Jane Doe",),
    made="February 2026",
    best_rating=2,
    worst_rating=1,
)


def look_of(root: Path) -> Look:
    return Look(root, templating.Sources(root))


@pytest.fixture
def look(tmp_path: Path) -> Look:
    return look_of(tmp_path)


def outputs(root: Path, cache: Cache | None = None) -> tuple[list[Output], list[Problem]]:
    """The pictures of the site in a folder, and what is wrong."""
    return share.outputs(scratch.site(root), look_of(root), cache)


def drawn(look: Look, card: ShareCard) -> Image.Image:
    return Image.open(io.BytesIO(drawing.png(look.svg(card), look.fonts, share.SIZE))).convert("RGB")


def texts(svg: str) -> list[str]:
    """The words of each text element."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def ink(picture: Image.Image, left: int, top: int, right: int, bottom: int) -> bool:
    """Whether anything is drawn in a part of the picture."""
    return len(picture.crop((left, top, right, bottom)).getcolors(1 << 20) or ()) > 1


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_it_shows_claim_rating_and_site(look: Look) -> None:
    assert texts(look.svg(CARD)) == [
        "Bridge checks",
        "checks.example",
        "The bridge cost",
        "twice its budget.",
        "FALSE",
        "Said by \u2068Jane Doe\u2069 · February 2026",
    ]


def test_it_is_as_large_as_readers_of_open_graph_expect(look: Look) -> None:
    picture = drawn(look, CARD)

    assert picture.size == (1200, 630)
    assert picture.getpixel((600, 5)) == (0xA3, 0x2A, 0x1E), "the tone of the rating"
    assert ink(picture, 72, 132, 1128, 444), "the claim"


def test_a_claim_that_is_too_long_gives_way_to_its_short_form(look: Look) -> None:
    long = msgspec.structs.replace(CARD, claim="The bridge cost twice its budget, " * 12)

    assert "The bridge cost double" in texts(look.svg(long))


def test_without_a_short_form_it_is_cut(look: Look) -> None:
    long = "The bridge cost twice its budget, " * 12
    svg = look.svg(msgspec.structs.replace(CARD, claim=long, short=long))

    assert any(text.endswith("…") for text in texts(svg))


def test_the_words_stay_inside(look: Look) -> None:
    wide = msgspec.structs.replace(
        CARD, claim="W" * 200 + " and more" * 40, short="M" * 75, claimants=("Doe " * 40, "B")
    )
    picture = drawn(look, wide)

    assert not ink(picture, 1140, 20, 1200, 630)
    assert not ink(picture, 72, 450, 1128, 480)


@pytest.mark.parametrize(
    ("claim", "left", "right"),
    [("The council’s name is شورا.", True, False), ("نام شورا NCRI است.", False, True)],
)
def test_a_claim_begins_where_its_script_begins(look: Look, claim: str, left: bool, right: bool) -> None:
    picture = drawn(look, msgspec.structs.replace(CARD, claim=claim))

    assert ink(picture, 72, 200, 200, 400) is left
    assert ink(picture, 1000, 200, 1128, 400) is right


def test_arabic_letters_are_joined(look: Look) -> None:
    joined, apart = (
        drawn(look, msgspec.structs.replace(CARD, claim=claim)) for claim in ("نننن", "ن\u200cن\u200cن\u200cن")
    )

    assert joined.tobytes() != apart.tobytes()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Doe",), "Said by Doe · February 2026"),
        (("Doe", "Roe"), "Said by Doe and Roe · February 2026"),
        (("Doe", "Roe", "Poe"), "Said by Doe and 2 more · February 2026"),
        (("The Council of the Town", "A very long name of a board"), "Said by The Council of the Town and 1 more"),
    ],
)
def test_as_many_names_as_there_is_room_for(look: Look, names: tuple[str, ...], expected: str) -> None:
    card = msgspec.structs.replace(CARD, claimants=names, label="Not checkable")

    assert texts(look.svg(card))[-1].translate({0x2068: None, 0x2069: None}) == expected


def test_its_colours_are_those_of_the_pages() -> None:
    styles = "".join(path.read_text() for path in sorted((templating.ENGINE_TEMPLATES / "assets").glob("*.css")))
    template = (templating.ENGINE_TEMPLATES / "share.svg").read_text()
    own = re.findall(r"'(positive|mixed|negative|open|none)': '(#\w{6})'", template)
    own += re.findall(r"set (paper|ink|soft) = '(#\w{6})'", template)

    assert len(own) == 8
    assert [name for name, color in own if f"--{name}: {color};" not in styles] == []


# --- when it is drawn ------------------------------------------------------------------------------------------------


def test_it_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch.minimal(tmp_path)
    cache = Cache.of(tmp_path, "share")
    (first,), problems = outputs(tmp_path, cache)
    monkeypatch.setattr(drawing, "png", lambda *_: pytest.fail("drawn again"))

    assert outputs(tmp_path, cache) == ([first], problems)
    assert (first.path, first.content[:4], problems) == ("share/bridge-cost.png", b"\x89PNG", [])


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("content/claims/bridge-cost.yaml", None),
        ("templates/share.svg", EMPTY),
    ],
)
def test_it_is_drawn_again_if_anything_in_it_changes(tmp_path: Path, path: str, content: str | bytes | None) -> None:
    scratch.minimal(tmp_path)
    cache = Cache.of(tmp_path, "share")
    (before,), _ = outputs(tmp_path, cache)
    claim = (tmp_path / "content/claims/bridge-cost.yaml").read_text().replace("twice its budget", "a penny")
    scratch.write(tmp_path, {path: content or claim})
    (after,), _ = outputs(tmp_path, cache)

    assert after.content != before.content


def test_other_fonts_make_another_look(tmp_path: Path, look: Look) -> None:
    sans = (templating.ENGINE_TEMPLATES / "fonts/NotoSans-Bold.ttf").read_bytes()

    own = look_of(scratch.write(tmp_path, {"templates/fonts/NotoSans-Bold.ttf": sans + b"\0"}))

    assert own.digest != look.digest


def test_many_are_drawn_as_few_are(look: Look) -> None:
    svgs = {str(n): look.svg(msgspec.structs.replace(CARD, claim=f"Claim {n}")) for n in range(drawing.MANY)}

    drawn = dict(drawing.pngs(svgs, look.fonts, share.SIZE))

    assert drawn == {key: drawing.png(svg, look.fonts, share.SIZE) for key, svg in svgs.items()}


def test_without_a_cache_files_are_empty(tmp_path: Path) -> None:
    scratch.minimal(tmp_path)

    assert [output.content for output in outputs(tmp_path)[0]] == [b""]
    assert not (tmp_path / ".factsite").exists()


# --- what can be wrong -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "line", "message", "nearest"),
    [
        ("<svg>\n{{ card.claimm }}</svg>", 2, "ShareCard has no field `claimm`", "claim"),
        ("<svg>\n{{ calim }}</svg>", 2, "'calim' is undefined", "claim"),
        ("<svg>\n{% if %}</svg>", 2, "Expected an expression, got 'end of statement block'", ""),
        ("{% set x = 1 %}\n{# #}<svg>\n<text>{{ card.claim }}</b>\n</svg>", 3, "The drawing is not XML: mismatched tag", ""),
        ("<svg>\n<text>{{ '<' | safe }}</text>\n</svg>", 2, "The drawing is not XML: not well-formed (invalid token)", ""),
        ("", None, "The drawing is not XML: no element found", ""),
        (SVG.format("\n<text font-family='Comic'/>").replace("'", '"'), 2, "There is no font `Comic` in templates/fonts/", ""),
        (EMPTY.replace("1200", "0"), None, "The drawing cannot be drawn: SVG has an invalid size", ""),
        (EMPTY.replace("1200", "9"), None, "The drawing is 9 × 630 pixels large", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("writes", [True, False], ids=["build", "check"])
def test_mistakes_in_its_template_are_said(
    tmp_path: Path, own: str, line: int | None, message: str, nearest: str, writes: bool
) -> None:
    root = scratch.minimal(tmp_path, {"templates/share.svg": own})

    result = build(Options(root, write=writes))

    found = [(p.code, p.path, p.line, p.message, p.nearest) for p in result.problems]
    assert found == [("template", "templates/share.svg", line, message, nearest)]
    assert not (root / "output").exists()


def test_a_mistake_that_one_claim_brings_out_is_found_by_a_check(tmp_path: Path) -> None:
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
    root = scratch.minimal(tmp_path, {
        "templates/share.svg": SVG.format("<text>{{ card.claim | safe }}</text>"),
        "content/claims/bridge-cost-two.yaml": claim.replace("The bridge cost", "R & D cost"),
    })  # fmt: skip

    assert [(p.path, p.line) for p in outputs(root)[1]] == [("templates/share.svg", 1)]


def test_words_in_any_family_are_drawn(look: Look) -> None:
    """resvg leaves out text for which it has no font."""
    plain = SVG.format("<text x='9' y='99' font-size='40'>Words</text>")
    sans = plain.replace("<text", "<text font-family='sans-serif'")
    pictures = [drawing.png(svg, look.fonts, share.SIZE) for svg in (EMPTY, plain, sans)]

    assert len(set(pictures)) == 3


def test_letters_without_a_font_are_a_warning(tmp_path: Path) -> None:
    claim = (scratch.SITES / "minimal/content/claims/bridge-cost.yaml").read_text()
    scratch.minimal(tmp_path, {"content/claims/bridge-cost.yaml": claim.replace("The bridge", "大桥 the bridge")})
    _, (problem,) = outputs(tmp_path)

    assert (problem.code, problem.path, problem.keys) == (
        "share-letters",
        "content/claims/bridge-cost.yaml",
        ("claim",),
    )
    assert problem.message == "The share image has no font for `大桥`"


def test_a_file_that_is_no_font_is_an_error(tmp_path: Path) -> None:
    scratch.minimal(tmp_path, {"templates/fonts/Own.ttf": "nothing"})
    _, (problem,) = outputs(tmp_path)

    assert (problem.code, problem.path) == ("share-font", "templates/fonts/Own.ttf")


@pytest.mark.parametrize(("setting", "preview"), [("", False), ("share_images: false\n", False), ("", True)])
def test_pages_name_it_where_there_is_one(tmp_path: Path, setting: str, preview: bool) -> None:
    settings = (scratch.SITES / "minimal/site.yaml").read_text()
    scratch.minimal(tmp_path, {"site.yaml": f"{settings}search: false\n{setting}"})
    result = build(Options(tmp_path, preview=preview))
    page = (tmp_path / "output/claims/bridge-cost/index.html").read_text()
    expected = not setting and not preview

    assert result.ok
    assert ('property="og:image" content="https://checks.example/share/bridge-cost.png"' in page) is expected
    assert ("summary_large_image" in page) is expected
    assert (tmp_path / "output/share/bridge-cost.png").exists() is expected


def test_a_changed_drawing_changes_the_pictures_of_a_warm_build(tmp_path: Path) -> None:
    root = scratch.minimal(tmp_path)
    drawing = root / "templates" / "share.svg"
    drawing.parent.mkdir(exist_ok=True)
    drawing.write_text((templating.ENGINE_TEMPLATES / "share.svg").read_text())
    for _ in range(2):  # the second build finds all files older than what the first one kept
        build(Options(root))
        time.sleep(2.5 * stamps.TICK / 1e9)

    drawing.write_text(drawing.read_text().replace('font-size="28"', 'font-size="20"'))

    assert [path for path in build(Options(root)).written if path.startswith("share/")]
