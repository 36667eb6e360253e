"""An article's text with its checked passages: paragraphs, cut where highlights begin and end. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from factsite.linking import passages
from factsite.site import Actor, Article, Card, Highlight, Link, Mention, Paragraph, Run, passage_anchor
from factsite.views import Block, Note, Segment


@dataclass(frozen=True, slots=True)
class Annotated:
    """What the article page shows of the text."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    published: int
    """How many paragraphs are published."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of the text that links to an actor."""

    start: int
    end: int
    link: Link


def annotate(
    article: Article,
    highlights: Sequence[Highlight],
    mentions: Sequence[Mention],
    cards: Mapping[str, Card],
    actors: Mapping[str, Actor],
    *,
    preview: bool,
) -> Annotated:
    """The blocks to show, by the article's `rights`; all of them in the preview."""
    public = published(article, highlights)
    notes = tuple(_notes(highlights, cards))
    shown = range(len(article.paragraphs)) if preview else sorted(public)
    named = _first_mentions(article, mentions, actors, shown)
    blocks = tuple(_blocks(article, highlights, notes, named, public, preview=preview))
    return Annotated(blocks, notes, len(public))


def _notes(highlights: Sequence[Highlight], cards: Mapping[str, Card]) -> Iterator[Note]:
    counted: Counter[tuple[str, bool]] = Counter()
    for number, h in enumerate(highlights, start=1):
        counted[h.claim, h.is_evidence] += 1
        anchor = passage_anchor(h.claim, counted[h.claim, h.is_evidence], is_evidence=h.is_evidence)
        yield Note(number, cards[h.claim], h.stance, h.is_evidence, h.quote, anchor)


def published(article: Article, highlights: Sequence[Highlight]) -> AbstractSet[int]:
    """Places, from 0, of the paragraphs that readers may see, at least in part."""
    if article.source.rights == "full":
        return set(range(len(article.paragraphs)))
    return {place for highlight in highlights for place in passages.touched(article, highlight.ranges)}


def _first_mentions(
    article: Article, mentions: Sequence[Mention], actors: Mapping[str, Actor], shown: Sequence[int]
) -> list[_Named]:
    """The first mention of each actor in the paragraphs that are shown."""
    spans = [(p.start, p.start + len(p.text)) for place in shown for p in (article.paragraphs[place],)]
    first: dict[str, _Named] = {}
    for mention in mentions:
        if mention.actor not in first and any(start <= mention.start and mention.end <= end for start, end in spans):
            first[mention.actor] = _Named(mention.start, mention.end, actors[mention.actor].link)
    return list(first.values())


def _blocks(
    article: Article,
    highlights: Sequence[Highlight],
    notes: Sequence[Note],
    named: Sequence[_Named],
    public: AbstractSet[int],
    *,
    preview: bool,
) -> Iterator[Block]:
    only_quotes = article.source.rights == "link" and not preview
    gap = 0
    for place, paragraph in enumerate(article.paragraphs):
        if place not in public and not preview:
            gap += 1
            continue
        if gap:
            yield _gap(place - gap + 1, gap)
            gap = 0
        start, end = paragraph.start, paragraph.start + len(paragraph.text)
        near = [
            (note.number, h)
            for note, h in zip(notes, highlights, strict=True)
            if h.ranges[0][0] <= end and start <= h.ranges[-1][1]
        ]
        begun = tuple(notes[number - 1] for number, h in near if start <= h.ranges[0][0] < end)
        names = [name for name in named if name.start <= end and start <= name.end]
        segments = tuple(_segments(paragraph, near, names, only_quotes=only_quotes))
        yield Block(paragraph.kind, place + 1, segments, begun, 0, place not in public)
    if gap:
        yield _gap(len(article.paragraphs) - gap + 1, gap)


def _gap(number: int, left_out: int) -> Block:
    return Block("gap", number, (), (), left_out, unpublished=False)


def _segments(
    paragraph: Paragraph, near: Sequence[tuple[int, Highlight]], named: Sequence[_Named], *, only_quotes: bool
) -> Iterator[Segment]:
    """`near`: the highlights that may touch the paragraph, with their numbers."""
    text, left_out = paragraph.text, False
    for start, end, run in _pieces(paragraph, near, named):
        covering = [(number, h) for number, h in near if any(a <= start and end <= b for a, b in h.ranges)]
        if only_quotes and not covering:
            if not left_out:
                yield Segment(" […] ", (), None, (), (), (), None)
            left_out = True
            continue
        left_out = False
        yield Segment(
            text=text[start - paragraph.start : end - paragraph.start],
            tags=run.tags,
            href=run.href,
            notes=tuple([number for number, _ in covering]),
            starts=tuple([number for number, h in covering if h.ranges[0][0] == start]),
            ends=tuple([number for number, h in covering if h.ranges[-1][1] == end]),
            actor=next((name.link for name in named if name.start <= start and end <= name.end), None),
        )


def _pieces(
    paragraph: Paragraph, near: Sequence[tuple[int, Highlight]], named: Sequence[_Named]
) -> Iterator[tuple[int, int, Run]]:
    """Start and end in the article's text, and the run, of each stretch between two borders."""
    borders = {border for _, h in near for pair in h.ranges for border in pair}
    borders |= {border for name in named for border in (name.start, name.end)}
    start = paragraph.start
    for run in paragraph.runs:
        end = start + len(run.text)
        inner = sorted([border for border in borders if start < border < end])
        for low, high in zip([start, *inner], [*inner, end], strict=True):
            yield low, high, run
        start = end
