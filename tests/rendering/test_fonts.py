"""What font files say of their letters."""

from __future__ import annotations

import struct

import pytest
from PIL import ImageFont

from factsite.rendering.fonts import UNKNOWN, Chain, Font, NotAFont
from factsite.rendering.templating import ENGINE_TEMPLATES

FILES = sorted((ENGINE_TEMPLATES / "fonts").glob("*.ttf"))
SERIF, ARABIC = (
    Font.read((ENGINE_TEMPLATES / f"fonts/{name}-Regular.ttf").read_bytes())
    for name in ("NotoSerif", "NotoNaskhArabic")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_widths_are_those_that_another_reader_finds(path: object) -> None:
    font = Font.read(path.read_bytes())  # type: ignore[attr-defined]
    other = ImageFont.truetype(str(path), 1000, layout_engine=ImageFont.Layout.BASIC)

    assert len(font.widths) > 50
    assert [chr(p) for p, em in font.widths.items() if abs(em * 1000 - other.getlength(chr(p))) > 1] == []


def test_a_letter_comes_from_the_first_font_that_has_it() -> None:
    chain = Chain([SERIF, ARABIC])

    assert chain.width("Aن") == SERIF.widths[ord("A")] + ARABIC.widths[ord("ن")]
    assert chain.width("伊") == UNKNOWN
    assert chain.width("\u2068A\u2069") == SERIF.widths[ord("A")]


def test_letters_that_no_font_has_are_named_once() -> None:
    assert Chain([SERIF, ARABIC]).lacking("A 伊ن\n\u202b伊朗") == "伊朗"


def test_fonts_have_the_name_of_their_family() -> None:
    assert [Font.read(path.read_bytes()).family for path in FILES] == [
        ImageFont.truetype(path).getname()[0] for path in FILES
    ]


def table(groups: list[tuple[int, int, int]]) -> bytes:
    """A `cmap` with one table of format 12."""
    body = b"".join(struct.pack(">III", *group) for group in groups)
    return struct.pack(">HHHHIHHIII", 0, 1, 3, 10, 12, 12, 0, 16 + len(body), 0, len(groups)) + body


def font(cmap: bytes, advances: list[int]) -> bytes:
    """A font with nothing but these letters, 1,000 units to the em."""
    tables = {
        b"cmap": cmap,
        b"head": bytes(18) + struct.pack(">H", 1000) + bytes(34),
        b"hhea": bytes(34) + struct.pack(">H", len(advances)),
        b"hmtx": b"".join(struct.pack(">HH", advance, 0) for advance in advances),
    }
    head, body = b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0), b""
    for tag, content in tables.items():
        head += struct.pack(">4sIII", tag, 0, 12 + 16 * len(tables) + len(body), len(content))
        body += content
    return head + body


def test_letters_beyond_the_first_plane_are_found() -> None:
    read = Font.read(font(table([(0x1F600, 0x1F601, 1)]), [0, 500, 250]))

    assert read.widths == {0x1F600: 0.5, 0x1F601: 0.25}


def test_glyphs_beyond_the_last_width_are_as_wide_as_the_last() -> None:
    assert Font.read(font(table([(65, 67, 1)]), [0, 500])).widths == {65: 0.5, 66: 0.5, 67: 0.5}


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0", font(table([(65, 65, 1)]), [0, 500])[:60]])
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(NotAFont):
        Font.read(data)
