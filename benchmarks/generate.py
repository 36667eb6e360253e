"""Generated content of any size, seeded: one set of facts, written in the project's format or as a Hugo site.

The proportions are those of the benchmark: for every ten claims one actor, two sources and one article of 900 words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

WORDS_PER_ARTICLE = 900
WORDS_PER_PARAGRAPH = 60
KINDS = ("person", "organisation", "government", "media")
STANCES = ("supports", "contradicts", "context")
TYPES = ("primary", "news", "research", "reference", "ngo")
TOPICS = tuple(f"topic-{number:02d}" for number in range(1, 21))
RATINGS = ("true", "mostly-true", "needs-context", "mostly-false", "false", "disputed", "unproven")
SIDES = {"true": "supports", "false": "contradicts"}
"""What the ends of the scale have to rest on."""
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu zan ber col dra fen gol hin".split()  # noqa: SIM905 -- to be read


@dataclass(frozen=True, slots=True)
class Actor:
    """One generated actor."""

    id: str
    name: str
    kind: str
    alias: str
    summary: str
    member_of: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """One generated source."""

    id: str
    title: str
    publisher: str
    type: str
    published: str
    url: str
    party_to: str | None
    summary: str


@dataclass(frozen=True, slots=True)
class Article:
    """One generated article."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    paragraphs: tuple[str, ...]
    names: tuple[str, ...]
    """Ids of the actors that it names, in the order of the text."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What bears on a generated claim."""

    source: str
    stance: str
    note: str
    locator: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One generated claim."""

    id: str
    text: str
    rating: str
    verdict: str
    claimants: tuple[str, ...]
    about: tuple[str, ...]
    topics: tuple[str, ...]
    made: str
    checked: str
    appearances: tuple[tuple[str, str, str], ...]
    """Article id, quote, stance."""
    evidence: tuple[Evidence, ...]
    analysis: tuple[str, ...]
    """Paragraphs of Markdown; links to actors are written `[name](actor:id)`."""
    would_change: str
    related: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole generated site."""

    actors: tuple[Actor, ...]
    sources: tuple[Source, ...]
    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]


def facts(claims: int, seed: int = 1) -> Facts:
    """The same facts for the same size and seed."""
    rng = random.Random(seed)
    vocabulary = [_word(rng) for _ in range(4000)]
    actors = tuple(_actors(rng, max(2, claims // 10), vocabulary))
    sources = tuple(_sources(rng, max(20, claims // 5), vocabulary, actors))
    articles = tuple(_articles(rng, max(2, claims // 10), vocabulary, actors))
    return Facts(actors, sources, articles, tuple(_claims(rng, claims, vocabulary, actors, sources, articles)))


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3)))


def _sentence(rng: random.Random, vocabulary: list[str], words: int) -> str:
    chosen = rng.choices(vocabulary, k=words)
    if words > 12:
        chosen[words // 2] += ","
    return " ".join(chosen).capitalize() + "."


def _date(rng: random.Random) -> str:
    return f"{rng.randint(2010, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def _actors(rng: random.Random, count: int, vocabulary: list[str]) -> Iterator[Actor]:
    for number in range(1, count + 1):
        name = f"{rng.choice(vocabulary).capitalize()} {rng.choice(vocabulary).capitalize()} {_roman(number)}"
        member_of = f"actor-{rng.randint(1, number - 1):05d}" if number > 3 and rng.random() < 0.3 else None
        summary = _sentence(rng, vocabulary, 18)
        yield Actor(f"actor-{number:05d}", name, rng.choice(KINDS), f"{name} Group", summary, member_of)


def _roman(number: int) -> str:
    """A suffix of letters that makes a name unique."""
    letters = ""
    while number:
        number, place = divmod(number, 26)
        letters += "abcdefghijklmnopqrstuvwxyz"[place]
    return letters.capitalize()


def _sources(rng: random.Random, count: int, vocabulary: list[str], actors: tuple[Actor, ...]) -> Iterator[Source]:
    for number in range(1, count + 1):
        yield Source(
            id=f"source-{number:05d}",
            title=_sentence(rng, vocabulary, 8)[:-1],
            publisher=rng.choice(vocabulary).capitalize(),
            type=rng.choice(TYPES),
            published=_date(rng),
            url=f"https://source.example/{number}/",
            party_to=rng.choice(actors).id if rng.random() < 0.2 else None,
            summary=_sentence(rng, vocabulary, 14),
        )


def _articles(rng: random.Random, count: int, vocabulary: list[str], actors: tuple[Actor, ...]) -> Iterator[Article]:
    for number in range(1, count + 1):
        paragraphs, named = [], []
        for _ in range(WORDS_PER_ARTICLE // WORDS_PER_PARAGRAPH):
            sentences = [_sentence(rng, vocabulary, 20) for _ in range(WORDS_PER_PARAGRAPH // 20)]
            named.append(rng.choice(actors))
            sentences[0] = f"{named[-1].name} said: “{sentences[0]}”"
            paragraphs.append(" ".join(sentences))
        title = _sentence(rng, vocabulary, 9)[:-1]
        url, names = f"https://news.example/{number}/", dict.fromkeys(actor.id for actor in named)
        publisher = rng.choice(actors).id
        yield Article(f"article-{number:05d}", title, publisher, _date(rng), url, tuple(paragraphs), tuple(names))


def _claims(
    rng: random.Random,
    count: int,
    vocabulary: list[str],
    actors: tuple[Actor, ...],
    sources: tuple[Source, ...],
    articles: tuple[Article, ...],
) -> Iterator[Claim]:
    for number in range(1, count + 1):
        rating = rng.choice(RATINGS)
        # Two links for each analysis, as an editor sets them.
        linked = rng.sample(actors, k=min(2, len(actors)))
        analysis = [_sentence(rng, vocabulary, 45) for _ in range(4)]
        analysis[0] += f" This is about [{linked[0].name}](actor:{linked[0].id})."
        analysis[2] += f" It was *not* said by [{linked[1].name}](actor:{linked[1].id})."
        yield Claim(
            id=f"claim-{number:06d}",
            text=_short(rng, vocabulary),
            rating=rating,
            verdict=_sentence(rng, vocabulary, 22),
            claimants=(rng.choice(actors).id,),
            about=tuple(actor.id for actor in rng.sample(actors, k=min(2, len(actors)))),
            topics=(rng.choice(TOPICS),),
            made=_date(rng),
            checked=f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            appearances=tuple(
                _appearance(rng, article) for article in rng.sample(articles, k=1 + (rng.random() < 0.2))
            ),
            evidence=tuple(
                _evidence(rng, vocabulary, source, SIDES.get(rating) if place == 0 else None)
                for place, source in enumerate(_independent_first(rng.sample(sources, k=min(12, len(sources)))))
            ),
            analysis=tuple(analysis),
            would_change=_sentence(rng, vocabulary, 20),
            related=tuple(f"claim-{n:06d}" for n in rng.sample(range(1, count + 1), k=min(3, count)) if n != number),
        )


def _appearance(rng: random.Random, article: Article) -> tuple[str, str, str]:
    """A stretch of 14 words, which stands in the article once: words are drawn from 4,000."""
    words = rng.choice(article.paragraphs).split(" ")
    start = rng.randint(6, len(words) - 15)
    return article.id, " ".join(words[start : start + 14]).strip("“”.,"), "asserts" if rng.random() < 0.8 else "repeats"


def _short(rng: random.Random, vocabulary: list[str]) -> str:
    """A claim of at most 75 characters."""
    return next(text for text in iter(lambda: _sentence(rng, vocabulary, 10), "") if len(text) <= 75)


def _independent_first(drawn: list[Source]) -> list[Source]:
    """Three sources, the first two no party's and of two publishers, as the desk's rules ask."""
    free = [source for source in drawn if not source.party_to]
    second = next(source for source in free if source.publisher != free[0].publisher)
    return [free[0], second, next(source for source in drawn if source not in (free[0], second))]


def _evidence(rng: random.Random, vocabulary: list[str], source: Source, stance: str | None) -> Evidence:
    note = _sentence(rng, vocabulary, 20)
    return Evidence(source.id, stance or rng.choice(STANCES), note, f"page {rng.randint(1, 90)}")
