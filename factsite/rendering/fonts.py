"""What a font file says of itself: its family, which letters it has, and how wide they are. Pure.

Only the tables `head`, `hhea`, `hmtx`, `cmap` and `name` of the OpenType specification are read
(https://learn.microsoft.com/typography/opentype/spec/).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WINDOWS_UNICODE = {(3, 1), (3, 10)}
"""Platform and encoding of the tables that map Unicode, besides all of platform 0."""
FAMILY_NAMES = (16, 1)
"""What the names are of by which drawings ask for a font: of the typographic family, or of the family of four."""
UNKNOWN = 0.6
"""Width of a letter that no font has, in ems."""


class NotAFont(ValueError):  # noqa: N818 -- it says what the file is
    """Raised for a file that is not a TrueType or OpenType font, or a damaged one."""


@dataclass(frozen=True, slots=True)
class Font:
    """The letters of a font with their widths in ems."""

    widths: dict[int, float]
    """By code point."""
    family: str = ""

    @classmethod
    def read(cls, data: bytes) -> Font:
        """Read the bytes of a `.ttf` or `.otf` file. Raises NotAFont."""
        try:
            tables = dict(_tables(data))
            (units,) = struct.unpack_from(">H", tables["head"], 18)
            advances = _advances(tables)
            widths = {
                point: advances[min(glyph, len(advances) - 1)] / units
                for point, glyph in _glyphs(tables["cmap"])
                if glyph
            }
            names = dict(_names(tables.get("name", bytes(6))))
        except (KeyError, IndexError, struct.error) as error:
            raise NotAFont(str(error)) from error
        return cls(widths, next((names[kind] for kind in FAMILY_NAMES if kind in names), ""))


class Chain(dict[str, float]):
    """Fonts in the order in which they are asked for a letter: the width in ems of each, filled as they are met."""

    def __init__(self, fonts: Sequence[Font]) -> None:
        super().__init__()
        self.fonts = fonts

    def __missing__(self, letter: str) -> float:
        """From the first font that has it."""
        found = (font.widths[ord(letter)] for font in self.fonts if ord(letter) in font.widths)
        self[letter] = advance = 0.0 if _is_unseen(letter) else next(found, UNKNOWN)
        return advance

    @property
    def family(self) -> str:
        """Of the first font; empty if there is none."""
        return next((font.family for font in self.fonts), "")

    def width(self, text: str) -> float:
        """Width of a text in ems, without kerning: a little too wide."""
        return sum(map(self.__getitem__, text))

    def lacking(self, text: str) -> str:
        """The letters of a text that no font has, each once, in the order of the text."""
        missing = (
            letter
            for letter in dict.fromkeys(text)
            if not letter.isspace() and not _is_unseen(letter) and not any(ord(letter) in f.widths for f in self.fonts)
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


def _names(table: bytes) -> Iterator[tuple[int, str]]:
    """What a name is of, and the name, of those in Unicode."""
    _, count, start = struct.unpack_from(">HHH", table)
    for place in range(count):
        platform, encoding, _, kind, length, offset = struct.unpack_from(">HHHHHH", table, 6 + 12 * place)
        if platform == 0 or (platform, encoding) in WINDOWS_UNICODE:
            name = table[start + offset : start + offset + length]
            yield kind, name.decode("utf-16-be", errors="replace")


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
