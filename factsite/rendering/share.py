"""The picture of a claim for links that are shared elsewhere: 1200 × 630 pixels, as Open Graph's readers expect.

The template `share.svg` is drawn by resvg with the fonts of `templates/fonts/` alone: the same picture on every
machine, in every script, without a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from factsite import urls
from factsite.problems import Problem, Severity
from factsite.remembering.cache import Cache, digest
from factsite.rendering import drawing, mistakes, templating
from factsite.rendering.drawing import Undrawable
from factsite.rendering.fonts import Chain, Font, NotAFont
from factsite.rendering.mistakes import MISTAKES
from factsite.rendering.typesetting import Lines, Measure, fit, is_rightward, shorten
from factsite.site import Claim, Rating, Site, Value
from factsite.writing.output import Output

TEMPLATE = "share.svg"
TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
"""Of Jinja."""
CONTEXT = ("card", "claim", "leading", "rightward", "label", "stamp", "said")
"""What it is rendered with."""
SIZE = 1200, 630
"""Pixels."""
ROOM, TALL = 1056.0, 312.0
"""Of the claim."""
SIZES = (84, 76, 68, 64, 60, 56, 52, 48, 44, 40)
"""Of its letters; in smaller ones the claim's short form says it better."""
LEADING = 1.24


class ShareCard(Value, frozen=True):
    """What the picture shows."""

    site: str
    host: str
    claim: str
    short: str
    rating: Rating
    label: str
    """The rating in words, or that the check is withdrawn."""
    claimants: tuple[str, ...]
    made: str
    """In words; empty if unknown."""
    best_rating: int | None
    worst_rating: int | None


def card(claim: Claim, site: Site) -> ShareCard:
    """What the picture of a claim shows."""
    values = [rating.value for rating in site.ratings.values() if rating.value is not None]
    return ShareCard(
        site=site.settings.title,
        host=(urlsplit(site.settings.base_url).hostname or "").removeprefix("www."),
        claim=claim.text,
        short=claim.short,
        rating=claim.rating if claim.status != "withdrawn" else msgspec.structs.replace(claim.rating, tone="none"),
        label=claim.rating.label if claim.status != "withdrawn" else "Withdrawn",
        claimants=tuple(actor.label for actor in claim.claimants),
        made=templating.date(claim.made) if claim.made else "",
        best_rating=max(values, default=None),
        worst_rating=min(values, default=None),
    )


def outputs(site: Site, look: Look, cache: Cache | None) -> tuple[list[Output], list[Problem]]:
    """The picture of every claim, drawn only if it is not in the cache; and what is wrong with template and fonts.

    Without a cache only one picture is drawn, and all files are empty: enough to check the site.
    """
    cards = {claim: card(claim, site) for claim in site.claims.values()}
    problems = [*look.problems, *look.check(cards)]
    drawn: Mapping[str, bytes] = {}
    keys = {claim.id: digest(look.digest, msgspec.json.encode(shown)) for claim, shown in cards.items()}
    try:
        drawn = _pictures(look, dict(zip(keys.values(), cards.values(), strict=True)), cache)
    except (*MISTAKES, Undrawable) as error:
        problems.append(look.explained(error))
    files = [Output(urls.share_path(claim.id), drawn.get(keys[claim.id], b""), claim.origin) for claim in cards]
    return files, problems


def _pictures(look: Look, cards: Mapping[str, ShareCard], cache: Cache | None) -> dict[str, bytes]:
    """PNG by the keys of the cards: equal cards have one picture. Raises what is wrong with the template."""
    drawn = {key: kept for key in cards if cache and (kept := cache.get(key))}
    missing = {key: look.svg(shown) for key, shown in cards.items() if key not in drawn}
    for svg in missing.values():
        drawing.check(svg, look.fonts)
    if cache is None:
        for svg in list(missing.values())[:1]:
            drawing.png(svg, look.fonts, SIZE)
        return {}
    for key, content in drawing.pngs(missing, look.fonts, SIZE) if missing else ():
        cache.put(key, content)
        drawn[key] = content
    if missing:
        cache.sweep(set(cards), spare=len(cards) + 100)
    return drawn


class Look:
    """The template and the fonts that cards are drawn with: the site's own before ours."""

    def __init__(self, root: Path, sources: templating.Sources) -> None:
        self.root = root
        self.environment = templating.environment(root)
        files: dict[str, Path] = {}
        for folder in templating.folders(root):
            for path in sorted(folder.glob("fonts/*.[ot]tf")):
                files.setdefault(path.name, path)
        self._files = files
        version = metadata.version("resvg_py").encode()
        contents = (sources.contents[f"fonts/{name}"] for name in files)
        self.digest = digest(version, sources.digest(TEMPLATE), *contents).encode()
        self._contents = sources.contents

    @cached_property
    def problems(self) -> list[Problem]:
        """What is wrong with the fonts."""
        return [
            Problem(
                "share-font",
                f"`{name}` is not a font that can be read",
                f"templates/fonts/{name}",
                expected="a TrueType or OpenType font file",
            )
            for name, font in self._read.items()
            if font is None
        ]

    @cached_property
    def fonts(self) -> drawing.Fonts:
        """What drawings are drawn with."""
        families = {font.family for font in self._read.values() if font}
        return drawing.Fonts(
            tuple(map(str, self._files.values())), tuple(sorted(families)), self.serif.family, self.sans.family
        )

    @cached_property
    def serif(self) -> Chain:
        """All fonts, those with serifs first."""
        return self._chain("Serif")

    @cached_property
    def sans(self) -> Chain:
        """All fonts, those without serifs first."""
        return self._chain("Sans")

    def svg(self, shown: ShareCard) -> str:
        """The card as SVG. Raises MISTAKES."""
        return self.environment.get_template(TEMPLATE).render(self._context(shown))

    def _context(self, shown: ShareCard) -> dict[str, object]:
        claim = self._fit(shown.claim)
        if not claim.whole and shown.short != shown.claim:
            claim = self._fit(shown.short)
        label = shown.label.upper()
        stamp = 118 + 30 * (self.sans.width(label) + 0.06 * len(label))
        return {
            "card": shown,
            "claim": claim,
            "leading": LEADING,
            "rightward": is_rightward(shown.claim),
            "label": label,
            "stamp": round(stamp, 1),
            "said": _said(shown, self.serif.width, (ROOM - stamp - 32) / 28),
        }

    def check(self, cards: Mapping[Claim, ShareCard]) -> Iterator[Problem]:
        """Claims with letters that no font has."""
        for claim, shown in cards.items():
            if missing := self.serif.lacking(shown.claim + "".join(shown.claimants)):
                yield Problem(
                    "share-letters",
                    f"The share image has no font for `{missing}`",
                    claim.origin,
                    ("claim",),
                    expected="a font with these letters in templates/fonts/; or `share_images: false` in site.yaml",
                    severity=Severity.WARNING,
                )

    def explained(self, error: Exception) -> Problem:
        """The mistake in the template. Raises the error if it is our own."""
        if isinstance(error, Undrawable):
            path = mistakes.path_of(TEMPLATE, self.root)
            notes = (f"in the drawing: `{error.at}`",) if error.at else ()
            line = _line_of(error.at, self._contents[TEMPLATE].decode(errors="replace"))
            return Problem("template", error.message, path, line=line, expected=error.expected, notes=notes)
        problem = mistakes.explained(error, self.root, TEMPLATE, CONTEXT, "drawing a share image")
        if problem is None:
            raise error
        return problem

    def _fit(self, text: str) -> Lines:
        return fit(text, self.serif.width, SIZES, ROOM, TALL, LEADING)

    def _chain(self, kind: str) -> Chain:
        """Those whose file's name has the word, then the others, in the order of their names."""
        names = sorted(self._read, key=lambda name: (f"{kind}-" not in name, name))
        return Chain([font for name in names if (font := self._read[name])])

    @cached_property
    def _read(self) -> dict[str, Font | None]:
        """The fonts by the names of their files; None for what is none."""
        found: dict[str, Font | None] = {}
        for name in self._files:
            try:
                found[name] = Font.read(self._contents[f"fonts/{name}"])
            except NotAFont:
                found[name] = None
        return found


def _line_of(drawn: str, template: str) -> int | None:
    """The line of the template that a line of the drawing was made from, if one has the same words around its tags."""
    found: dict[int, int] = {}
    for number, line in enumerate(template.split("\n"), start=1):
        pieces = TAGS.split(line.strip())
        if re.fullmatch(".*".join(map(re.escape, pieces)), drawn):
            found[number] = sum(map(len, pieces))
    best = max(found, key=found.__getitem__, default=None)
    return best if best and found[best] else None


def _said(shown: ShareCard, measure: Measure, width: float) -> str:
    """Who said it and when, in the longest form that fits."""
    first, *others = (f"\u2068{name}\u2069" for name in shown.claimants)  # isolated: a name may run the other way
    short = f"{first} and {len(others)} more" if others else first
    named = f"{first} and {others[0]}" if len(others) == 1 else short
    forms = [
        f"Said by {names}{date}" for date in (f" · {shown.made}" if shown.made else "", "") for names in (named, short)
    ]
    return next((form for form in forms if measure(form) <= width), shorten(forms[-1], measure, width))
