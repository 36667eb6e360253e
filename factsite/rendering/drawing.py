"""SVG → PNG with given fonts and no others, by resvg; what is wrong with a drawing that cannot be made. Pure."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from xml.parsers import expat

from factsite.working import executor

CHUNK, FEW = 4, 7
"""Drawings that one process makes at a time, and those for which none is started."""
FAMILIES = re.compile(r"/\*.*?\*/|(?<![\w-])font-family\s*:\s*([^;}!]+)", re.DOTALL)
"""In CSS: a comment, or the value of the property."""
GENERIC = {"serif", "sans-serif", "inherit"}
"""What needs no font of that name: `Fonts.serif`, `Fonts.sans`, and that of the element around."""


class Undrawable(ValueError):  # noqa: N818 -- it says what the drawing is
    """Raised for a drawing that cannot be made as it is meant."""

    def __init__(self, message: str, expected: str, at: str = "") -> None:
        super().__init__(message, expected, at)  # all of them, so that it comes back from another process
        self.message = message
        self.expected = expected
        self.at = at
        """The line of the drawing that is at fault; empty if no single one is."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of drawings, and the families that stand in where a drawing names none of theirs."""

    files: tuple[str, ...]
    families: tuple[str, ...]
    serif: str
    sans: str


def check(svg: str, fonts: Fonts) -> None:
    """Raise Undrawable for what resvg would refuse, or draw without its words."""
    try:
        named = _families(svg)
    except expat.ExpatError as error:
        message = f"The drawing is not XML: {expat.ErrorString(error.code)}"
        raise Undrawable(message, "well-formed SVG", _line(svg, error.lineno)) from error
    for line, families in named:
        names = [name.strip().strip("'\"") for name in families.split(",")]
        if not any(name in GENERIC or name in fonts.families for name in names):
            known = ", ".join(f"`{family}`" for family in fonts.families)
            message = f"There is no font `{names[0]}` in templates/fonts/"
            raise Undrawable(message, f"one of {known}", _line(svg, line))


def _families(svg: str) -> list[tuple[int, str]]:
    """The font families that attributes and styles ask for, with their lines. Raises expat.ExpatError."""
    named: list[tuple[int, str]] = []
    inside: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True  # the text of an element in one piece

    def read(css: str) -> None:
        end = parser.CurrentLineNumber
        named.extend((end - css.count("\n", found.start(1)), found[1]) for found in FAMILIES.finditer(css) if found[1])

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if "font-family" in attributes:
            named.append((parser.CurrentLineNumber, attributes["font-family"]))
        read(attributes.get("style", ""))

    def text(words: str) -> None:
        if inside[-1] == "style":
            read(words)

    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _: inside.pop()
    parser.Parse(svg, True)  # noqa: FBT003 -- the whole of it
    return named


def _line(svg: str, number: int) -> str:
    return svg.split("\n")[number - 1].strip()


def png(svg: str, fonts: Fonts, size: tuple[int, int]) -> bytes:
    """The drawing, `size` pixels wide and high. Raises Undrawable."""
    import resvg_py  # a third of a build's start-up, and mostly there is nothing to draw

    try:
        drawn = bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                font_files=list(fonts.files),
                skip_system_fonts=True,
                font_family=fonts.serif,
                serif_family=fonts.serif,
                sans_serif_family=fonts.sans,
            )
        )
    except ValueError as error:
        raise Undrawable(f"The drawing cannot be drawn: {error}", "SVG that resvg draws") from error
    found = struct.unpack_from(">II", drawn, 16)  # of the header IHDR, which comes first
    if found != size:
        width, height = found
        message, expected = f"The drawing is {width} × {height} pixels large", f"{size[0]} × {size[1]} pixels"
        raise Undrawable(message, expected)
    return drawn


def pngs(
    svgs: Mapping[str, str], fonts: Fonts, size: tuple[int, int], processes: int = 0
) -> Iterator[tuple[str, bytes]]:
    """The drawings by their keys, in several processes if there are many. Raises Undrawable."""
    draw = partial(_drawn, fonts, size)
    parts = executor.spread(draw, list(svgs.values()), chunk=CHUNK, few=FEW, processes=processes)
    yield from zip(svgs, chain.from_iterable(parts), strict=True)


def _drawn(fonts: Fonts, size: tuple[int, int], svgs: Sequence[str]) -> list[bytes]:
    return [png(svg, fonts, size) for svg in svgs]
