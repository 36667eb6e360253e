"""SVG → PNG with given fonts and no others, by resvg; what is wrong with a drawing that cannot be made. Pure."""

from __future__ import annotations

import os
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from xml.parsers import expat

MANY = 8
"""From so many drawings on it is worth starting processes."""
FAMILIES = re.compile(r'font-family="([^"]*)"')
GENERIC = {"serif", "sans-serif"}
"""Families that every set of fonts has: `Fonts.serif` and `Fonts.sans`."""


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
        expat.ParserCreate().Parse(svg, True)  # noqa: FBT003 -- the whole of it
    except expat.ExpatError as error:
        message = f"The drawing is not XML: {expat.ErrorString(error.code)}"
        raise Undrawable(message, "well-formed SVG", _line(svg, error.lineno)) from error
    for found in FAMILIES.finditer(svg):
        names = [name.strip(" '\"") for name in unescape(found[1]).split(",")]
        if not any(name in GENERIC or name in fonts.families for name in names):
            known = ", ".join(f"`{family}`" for family in fonts.families)
            raise Undrawable(
                f"There is no font `{names[0]}` in templates/fonts/",
                f"one of {known}",
                _line(svg, svg.count("\n", 0, found.start()) + 1),
            )


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


def pngs(svgs: Mapping[str, str], fonts: Fonts, size: tuple[int, int]) -> Iterator[tuple[str, bytes]]:
    """The drawings by their keys, on all processors if there are many. Raises Undrawable."""
    with _executor(len(svgs)) as executor:
        yield from zip(svgs, _drawn(executor, list(svgs.values()), fonts, size), strict=True)


def _drawn(executor: Executor | None, svgs: Sequence[str], fonts: Fonts, size: tuple[int, int]) -> Iterable[bytes]:
    if executor is not None:
        try:
            return list(executor.map(png, svgs, [fonts] * len(svgs), [size] * len(svgs), chunksize=4))
        except (BrokenProcessPool, OSError):
            pass  # where processes cannot be started, one does the work
    return (png(svg, fonts, size) for svg in svgs)


@contextmanager
def _executor(count: int) -> Iterator[Executor | None]:
    """Processes to draw in, if there is enough to do for them."""
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, count // 4)
    if count < MANY or workers < 2:
        yield None
        return
    with ProcessPoolExecutor(workers) as executor:
        yield executor
