"""The picture of a claim for links that are shared elsewhere: 1200 × 630 pixels, as Open Graph's readers expect.

The template `share.svg` is drawn by resvg with the fonts of `templates/fonts/` alone: the same picture on every
machine, in every script, without a browser.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from jinja2 import Environment, meta

from factsite import urls
from factsite.problems import Problem, Severity
from factsite.remembering.cache import Cache, digest
from factsite.rendering import fonts, templating
from factsite.rendering.typesetting import Lines, Measure, fit, is_rightward, shorten
from factsite.site import Claim, Rating, Site, Value
from factsite.writing.output import Output

TEMPLATE = "share.svg"
WIDTH, HEIGHT = 1200, 630
"""Pixels."""
ROOM, TALL = 1056.0, 312.0
"""Of the claim."""
SIZES = (84, 76, 68, 64, 60, 56, 52, 48, 44, 40)
"""Of its letters; in smaller ones the claim's short form says it better."""
LEADING = 1.24
MANY = 8
"""From so many pictures on it is worth starting processes."""


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


def outputs(site: Site, root: Path, cache: Cache | None) -> tuple[list[Output], list[Problem]]:
    """The picture of every claim, drawn only if it is not in the cache; and warnings for letters without a font.

    Without a cache nothing is drawn, and the files are empty: enough to check the site.
    """
    look = Look.of(root)
    cards = {claim: card(claim, site) for claim in site.claims.values()}
    drawn = _pictures(look, list(cards.values()), cache) if cache else [b""] * len(cards)
    files = zip(cards, drawn, strict=True)
    found = [Output(urls.share_path(claim.id), content, claim.origin) for claim, content in files]
    return found, [*look.problems, *look.check(cards)]


def _pictures(look: Look, cards: Sequence[ShareCard], cache: Cache) -> list[bytes]:
    """Equal cards have one picture."""
    keys = [digest(look.digest, msgspec.json.encode(shown)) for shown in cards]
    drawn = {key: kept for key in keys if (kept := cache.get(key))}
    missing = {key: shown for key, shown in zip(keys, cards, strict=True) if key not in drawn}
    for key, content in look.draw(missing) if missing else ():
        cache.put(key, content)
        drawn[key] = content
    if missing:
        cache.sweep(set(keys), spare=len(keys) + 100)
    return [drawn[key] for key in keys]


class Look:
    """The template, the fonts and the program that draw cards."""

    def __init__(self, environment: Environment, files: Mapping[str, Path]) -> None:
        self.environment = environment
        self.files = files
        self.problems: list[Problem] = []
        self.fonts = {name: font for name, path in files.items() if (font := self._font(name, path))}
        version = metadata.version("resvg_py").encode()
        sources = [source.encode() for source in _sources(environment, TEMPLATE)]
        self.digest = digest(version, *sources, *(path.read_bytes() for path in files.values())).encode()

    @classmethod
    def of(cls, root: Path) -> Look:
        """That of the site in `root`: its own template and fonts before ours."""
        files: dict[str, Path] = {}
        for folder in templating.folders(root):
            for file in sorted(folder.glob("fonts/*.[ot]tf")):
                files.setdefault(file.name, file)
        return cls(templating.environment(root), files)

    def svg(self, shown: ShareCard) -> str:
        """The card as SVG."""
        serif, sans = self._chain("Serif"), self._chain("Sans")
        claim = self._fit(shown.claim, serif)
        if not claim.whole and shown.short != shown.claim:
            claim = self._fit(shown.short, serif)
        label = shown.label.upper()
        stamp = 118 + 30 * (fonts.width(label, sans) + 0.06 * len(label))
        return self.environment.get_template(TEMPLATE).render(
            card=shown,
            claim=claim,
            leading=LEADING,
            rightward=is_rightward(shown.claim),
            label=label,
            stamp=round(stamp, 1),
            said=_said(shown, partial(fonts.width, fonts=serif), (ROOM - stamp - 32) / 28),
        )

    def draw(self, cards: Mapping[str, ShareCard]) -> Iterator[tuple[str, bytes]]:
        """Key and PNG of each card, on all processors if there are many."""
        texts = [self.svg(shown) for shown in cards.values()]
        files = [str(path) for path in self.files.values()]
        with _executor(len(texts)) as executor:
            yield from zip(cards, _drawn(executor, texts, files), strict=True)

    def check(self, cards: Mapping[Claim, ShareCard]) -> Iterator[Problem]:
        """Claims with letters that no font has."""
        for claim, shown in cards.items():
            if missing := fonts.lacking(shown.claim + "".join(shown.claimants), self._chain("Serif")):
                yield Problem(
                    "share-letters",
                    f"The share image has no font for `{missing}`",
                    claim.origin,
                    ("claim",),
                    expected="a font with these letters in templates/fonts/; or `share_images: false` in site.yaml",
                    severity=Severity.WARNING,
                )

    def _fit(self, text: str, chain: Sequence[fonts.Font]) -> Lines:
        return fit(text, partial(fonts.width, fonts=chain), SIZES, ROOM, TALL, LEADING)

    def _chain(self, kind: str) -> list[fonts.Font]:
        """All fonts, those whose file's name has the word first, then in the order of their names."""
        return [self.fonts[name] for name in sorted(self.fonts, key=lambda name: (f"{kind}-" not in name, name))]

    def _font(self, name: str, path: Path) -> fonts.Font | None:
        try:
            return fonts.Font.read(path.read_bytes())
        except fonts.NotAFont:
            message = f"`{name}` is not a font that can be read"
            self.problems.append(
                Problem("share-font", message, f"templates/fonts/{name}", expected="a TrueType or OpenType font file")
            )
            return None


def _said(shown: ShareCard, measure: Measure, width: float) -> str:
    """Who said it and when, in the longest form that fits."""
    first, *others = (f"\u2068{name}\u2069" for name in shown.claimants)  # isolated: a name may run the other way
    short = f"{first} and {len(others)} more" if others else first
    named = f"{first} and {others[0]}" if len(others) == 1 else short
    forms = [
        f"Said by {names}{date}" for date in (f" · {shown.made}" if shown.made else "", "") for names in (named, short)
    ]
    return next((form for form in forms if measure(form) <= width), shorten(forms[-1], measure, width))


def png(svg: str, files: Sequence[str]) -> bytes:
    """Draw it with these font files and no others."""
    import resvg_py  # a third of a build's start-up, and mostly there is nothing to draw

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, font_files=list(files), skip_system_fonts=True))


def _sources(environment: Environment, name: str) -> Iterator[str]:
    """The text of a template and of all that it imports."""
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, name)
    yield source
    for other in sorted(filter(None, meta.find_referenced_templates(environment.parse(source)))):
        yield from _sources(environment, other)


def _drawn(executor: Executor | None, texts: Sequence[str], files: Sequence[str]) -> Iterable[bytes]:
    if executor is not None:
        try:
            return list(executor.map(png, texts, [files] * len(texts), chunksize=4))
        except (BrokenProcessPool, OSError):
            pass  # where processes cannot be started, one does the work
    return (png(text, files) for text in texts)


@contextmanager
def _executor(count: int) -> Iterator[Executor | None]:
    """Processes to draw in, if there is enough to do for them."""
    workers = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, count // 4)
    if count < MANY or workers < 2:
        yield None
        return
    with ProcessPoolExecutor(workers) as executor:
        yield executor
