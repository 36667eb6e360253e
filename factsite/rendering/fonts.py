"""What a font file says of its letters: which it has, and how wide they are. Pure.

Only the tables `head`, `hhea`, `hmtx` and `cmap` of the OpenType specification are read
(https://learn.microsoft.com/typography/opentype/spec/).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOWS_UNICODE = {(3, 1), (3, 10)}
"""Platform and encoding of the tables that map Unicode, besides all of platform 0."""
UNKNOWN = 0.6
"""Width of a letter that no font has, in ems."""


class NotAFont(ValueError):  # noqa: N818 -- it says what the file is
    """Raised for a file that is not a TrueType or OpenType font, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Font:
    """The letters of a font with their widths in ems."""

    widths: dict[int, float]
    """By code point."""

    @classmethod
    def read(cls, data: bytes) -> Font:
        """Read the bytes of a `.ttf` or `.otf` file. Raises NotAFont."""
        try:
            tables = dict(_tables(data))
            (units,) = struct.unpack_from(">H", tables["head"], 18)
            advances = _advances(tables)
            glyphs = _glyphs(tables["cmap"])
        except (KeyError, IndexError, struct.error) as error:
            raise NotAFont(str(error)) from error
        return cls({point: advances[min(glyph, len(advances) - 1)] / units for point, glyph in glyphs if glyph})


def width(text: str, fonts: Sequence[Font]) -> float:
    """Width of a text in ems, each letter from the first font that has it, without kerning: a little too wide."""
    return sum(_advance(ord(letter), fonts) for letter in text if not _is_unseen(letter))


def _advance(point: int, fonts: Sequence[Font]) -> float:
    return next((font.widths[point] for font in fonts if point in font.widths), UNKNOWN)


def lacking(text: str, fonts: Sequence[Font]) -> str:
    """The letters of a text that no font has, each once, in the order of the text."""
    missing = (
        letter
        for letter in dict.fromkeys(text)
        if not letter.isspace() and not _is_unseen(letter) and not any(ord(letter) in font.widths for font in fonts)
    )
    return "".join(missing)


def _is_unseen(letter: str) -> bool:
    """Whether it only tells how others are set, such as the marks of a direction."""
    return unicodedata.category(letter) == "Cf"


def _tables(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:4] not in {b"\0\1\0\0", b"OTTO", b"true"}:
        raise NotAFont("is no TrueType or OpenType font")
    (count,) = struct.unpack_from(">H", data, 4)
    for place in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * place)
        yield tag.decode("latin-1"), data[offset : offset + length]


def _advances(tables: dict[str, bytes]) -> list[int]:
    """By glyph; all beyond the last are as wide as the last."""
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    return [struct.unpack_from(">H", tables["hmtx"], 4 * glyph)[0] for glyph in range(count)]


def _glyphs(cmap: bytes) -> Iterator[tuple[int, int]]:
    """Code point and glyph, from the Unicode tables of the font."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for place in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * place)
        if platform != 0 and (platform, encoding) not in WINDOWS_UNICODE:
            continue
        (kind,) = struct.unpack_from(">H", cmap, offset)
        if kind == 12:
            yield from _segmented(cmap, offset)
        elif kind == 4:
            yield from _mapped(cmap, offset)


def _segmented(cmap: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Format 12: runs of code points whose glyphs follow each other."""
    (count,) = struct.unpack_from(">I", cmap, start + 12)
    for place in range(count):
        first, last, glyph = struct.unpack_from(">III", cmap, start + 16 + 12 * place)
        yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)


def _mapped(cmap: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Format 4: runs of code points with a shift, or with a list of glyphs."""
    (double,) = struct.unpack_from(">H", cmap, start + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", cmap, start + 14)
    firsts = struct.unpack_from(f">{count}H", cmap, start + 16 + double)
    shifts = struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * double)
    lists = start + 16 + 3 * double
    for place, (first, last, shift) in enumerate(zip(firsts, ends, shifts, strict=True)):
        (offset,) = struct.unpack_from(">H", cmap, lists + 2 * place)
        for point in range(first, min(last, 0xFFFE) + 1):
            if not offset:
                yield point, (point + shift) % 0x10000
                continue
            (glyph,) = struct.unpack_from(">H", cmap, lists + 2 * place + offset + 2 * (point - first))
            yield point, (glyph + shift) % 0x10000 if glyph else 0
