"""A new claim: the quote is found in its article, and what the article tells is filled in. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factsite import model
from factsite.editing import forms, hosts, lookup, quoting, speakers, yamlwriter
from factsite.editing.forms import Lines
from factsite.editing.scaffold import Result, Start, check_id
from factsite.linking import link, mentions, passages, quotes
from factsite.linking.quotes import Ranges
from factsite.loading.entries import Content
from factsite.problems import Problem, nearest
from factsite.site import Article, Mention

OPINIONS = frozenset({"opinion", "advocacy"})
"""Types of articles whose words are their author's rather than the outlet's."""
HINTS = {
    "claim": "Its claimant would sign it; your judgement belongs in the verdict.",
    "short": "Needed if the sentence above is longer.",
    "evidence": (
        "At least two publishers that are no party to the matter; `python build.py new source --url ADDRESS` makes the"
        " file of a source. A rating that needs no evidence: remove these lines."
    ),
    "checked": "Such as 2026-01-31.",
    "made": "As precise as known: 2018, 2018-01 or 2018-01-22.",
    "status": "`published` when a second person has read it.",
}
"""What a beginner wants to know beyond the model's descriptions."""
UNLESS = "If somebody else says it there, name them instead."
STANCE = "    stance: asserts  # or repeats, disputes"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an editor says about a new claim; all of it may be empty."""

    id: str = ""
    """Without it, one is made from the claim or the quote."""
    article: str = ""
    """Or a source whose text is not here. Without it, the quote is looked for in all articles."""
    quote: str = ""
    before: str = ""
    after: str = ""
    claim: str = ""
    rating: str = ""
    claimants: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What is known of the claim: lines of its fields, and what to say about them."""

    lines: dict[str, Lines] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)


def start(content: Content, wanted: Wanted) -> Result:
    """The file, or everything that is wrong with what was asked for."""
    taken = {*content.claims, *lookup.renamed(content, "claim")}
    entry_id = wanted.id or suggested_id(content, wanted)
    known = Known({"status": ["status: draft"]}, _choices(content))
    problems = [*check_id("claim", entry_id, taken), *_check_known(content, wanted)]
    problems += fill_place(content, wanted, known)
    if problems:
        return problems
    for key in ("claim", "rating"):
        value = getattr(wanted, key)
        if value:
            known.lines[key] = yamlwriter.entry(key, value)
    if wanted.claimants:
        known.lines["claimants"] = [f"claimants: {yamlwriter.flow(wanted.claimants)}"]
        known.hints.pop("claimants")
    text = forms.form(model.Claim, known.lines, known.hints, "A new claim.")
    return Start(f"content/claims/{entry_id}.yaml", text)


def suggested_id(content: Content, wanted: Wanted) -> str:
    """From the first words of the claim, or else of the quote; empty if there are none in Latin letters."""
    return hosts.shortened(wanted.claim or wanted.quote, {*content.claims, *lookup.renamed(content, "claim")})


def _choices(content: Content) -> dict[str, str]:
    """What may be chosen, by field."""
    settings = content.settings
    ratings = ", ".join(f"{rating.id} ({rating.label})" for rating in settings.ratings) if settings else ""
    topics = ", ".join(topic.id for topic in settings.topics) if settings else ""
    return {
        **HINTS,
        "rating": f"One of: {ratings}.",
        "topics": f"Known: {topics}." if topics else "",
        "claimants": forms.listed(sorted(content.actors), "content/actors/"),
        "about": "Actors, as above.",
        "appearances": f"Articles: {forms.listed(sorted(content.articles), 'content/articles/')}",
    }


def _check_known(content: Content, wanted: Wanted) -> Iterator[Problem]:
    valid = [each.id for each in content.settings.ratings] if content.settings else []
    if wanted.rating and wanted.rating not in valid:
        message, expected = f"There is no rating `{wanted.rating}`", f"one of {', '.join(valid)}"
        yield Problem("unknown-rating", message, expected=expected, nearest=nearest(wanted.rating, valid))
    for actor in wanted.claimants:
        if actor not in content.actors:
            yield lookup.unknown(content, "actor", actor)


# --- where it can be read --------------------------------------------------------------------------------------------


def fill_place(content: Content, wanted: Wanted, known: Known) -> Iterator[Problem]:
    """Put the place where the claim stands into `known`, or say what is wrong with it."""
    _, articles = link.unlinked(content)
    article_id = wanted.article
    if wanted.quote and not article_id:
        having = _having(articles.values(), wanted)
        if len(having) != 1:
            yield _nowhere(having)
            return
        article_id = having[0]
    if article_id in articles:
        known.hints["appearances"] = ""
        yield from _fill_from_article(content, articles[article_id], wanted, known)
    elif article_id in content.sources:
        quote = yamlwriter.entry("quote", wanted.quote, 4) if wanted.quote else ["    quote:"]
        known.lines["appearances"] = ["appearances:", f"  - source: {article_id}", *quote, STANCE]
        known.hints["appearances"] = "The text of this document is not here, so the quote is not checked."
    elif article_id:
        near = nearest(article_id, sorted([*articles, *content.sources]))
        expected = "the name of a file in content/articles/ or content/sources/, without its ending"
        yield Problem("unknown-article", f"There is no article `{article_id}`", expected=expected, nearest=near)


def _having(articles: Iterable[Article], wanted: Wanted) -> list[str]:
    """The articles with the quote."""
    return [each.source.id for each in articles if quotes.find(each.text, wanted.quote, wanted.before, wanted.after)]


def _nowhere(having: Sequence[str]) -> Problem:
    if having:
        message = f"This quote stands in several articles: {', '.join(having)}"
        return Problem("quote-ambiguous", message, expected="`--article` with one of them")
    expected = "words exactly as they stand in an article; `python build.py find` shows what comes close"
    return Problem("quote-not-found", "This quote is in no article", expected=expected)


def _fill_from_article(content: Content, article: Article, wanted: Wanted, known: Known) -> Iterator[Problem]:
    article_id = article.source.id
    if not wanted.quote:
        known.lines["appearances"] = ["appearances:", f"  - article: {article_id}", "    quote:", STANCE]
        return
    found = passages.locate({article_id: article}, article_id, wanted.quote, wanted.before, wanted.after, "", ())
    if isinstance(found, Problem):
        yield Problem(found.code, found.message, expected=found.expected, notes=found.notes)
        return
    item = quoting.quote(article.text, found).lines(article_id)
    known.lines["appearances"] = ["appearances:", *item, STANCE]
    _fill_who(content, article, found, known)


# --- who says it -----------------------------------------------------------------------------------------------------


def _fill_who(content: Content, article: Article, ranges: Ranges, known: Known) -> None:
    """Who says it, when, and whom it may be about, as far as the article tells."""
    named = named_in(content, article)
    touched = [article.paragraphs[place] for place in passages.touched(article, ranges)]
    near = dict.fromkeys(m.actor for m in named for p in touched if p.start <= m.start < p.start + len(p.text))
    if near:
        known.hints["about"] = f"Actors, as above. Named in this passage: {', '.join(near)}."
    claimant, reason = claimant_of(content, article, ranges, named)
    if not claimant:
        known.hints["claimants"] = f"{reason} {known.hints.get('claimants', '')}".strip()
        return
    known.lines["claimants"], known.hints["claimants"] = [f"claimants: [{claimant}]"], reason
    if article.source.published and not speakers.is_quoted(article, ranges):
        known.lines["made"] = [f"made: {article.source.published}"]


def named_in(content: Content, article: Article) -> Sequence[Mention]:
    """The actors that an article names."""
    actors, _ = link.unlinked(content)
    return mentions.find(article.text, mentions.index(actors.values()))


def claimant_of(content: Content, article: Article, ranges: Ranges, named: Sequence[Mention]) -> tuple[str, str]:
    """The actor who says these words of an article, or an empty text if that is not certain; and the reason."""
    data = content.articles[article.source.id].data
    language = data.language or (content.settings.language if content.settings else "")
    if speakers.is_quoted(article, ranges):
        speaker = speakers.speaker(article, ranges, named) if language.startswith("en") else None
        if speaker:
            return speaker, "Named beside these words in the article."
        return "", "The words stand in quotation marks: who says them?"
    author = next((each.id for each in content.actors.values() if each.data.name == data.author), None)
    if author and data.type in OPINIONS:
        return author, f"The author of the article. {UNLESS}"
    outlet = data.publisher if data.publisher in content.actors else None
    if speakers.is_reported(article, ranges):
        return "", f"Whoever is said to say it here; {outlet or 'the outlet'}, if it is the outlet's own report."
    return (outlet, f"The publisher of the article. {UNLESS}") if outlet else ("", "")
