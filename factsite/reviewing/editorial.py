"""What a newsroom asks of a check before it is published, as far as a machine sees it. Pure: site in, warnings out.

Only published claims are looked at: a draft may be unfinished, and a withdrawn claim stays as it was, but for the
reason why it was withdrawn. The methodology page of the first site explains each code to editors.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from factsite import model
from factsite.loading.slips import QUOTED
from factsite.problems import Keys, Problem, as_warning
from factsite.reviewing import chronology, usage
from factsite.site import Claim, Evidence, Site, Source

QUOTE_WORDS = 60
"""Longest quote, in words: enough for two long sentences, and still a quotation rather than a reprint."""
CLAIM_CHARACTERS = 75
"""Longest claim that fits the lines of those who show ClaimReview, in characters; `short` has the same limit."""
INDEPENDENT_SOURCES = 2
"""Fewest publishers, none of them a party, that a verdict rests on without a word about it."""
POLICIES = ("methodology", "corrections-policy")
"""Pages that the fact-checkers' codes of principles ask for."""

RATING_WORDS = (
    "true untrue false falsely correct correctly incorrect incorrectly wrong wrongly inaccurate inaccurately"
    " proven unproven"
)
"""What a rating says: in the claim it would tell the verdict before the evidence."""
CHECKERS_WORDS = "misleading misleadingly debunked disproved disproven refuted baseless unfounded"
"""What checkers say of a claim once they are done with it."""
INTENT_WORDS = "fake faked hoax bogus fabricated myth lied liar disinformation misinformation"
"""What accuses somebody of intent, which a claim can do only in the words of its claimant."""
VERDICT_WORDS = {"en": f"{RATING_WORDS} {CHECKERS_WORDS} {INTENT_WORDS}".split()}
"""Words that judge, by language. Not among them: `right`, `lies`, `accurate` and `disputed`, because human rights, what
lies in Albania, accurate missiles and disputed islands are no judgement of ours."""
NO_SECOND_SOURCE = {"en": "independent source"}
"""The words by which an analysis says that, and why, it rests on fewer sources; by language."""

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that let a text read otherwise than it is: embeddings, overrides and isolates of the bidirectional
algorithm (https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters)."""
ISOLATED = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")
"""An isolate that is closed: it sets a name of the other direction apart and turns nothing else."""


class Rules(NamedTuple):
    """What the site's settings make of the checks."""

    judging: re.Pattern[str]
    """Finds words of judgement in a sentence in lower case."""
    ends: Mapping[str, str]
    """The ratings at the ends of the scale, each with the stance of evidence that it rests on."""
    no_second_source: str | None
    """The words by which an analysis says that there are few sources; None if the language has none here."""


def check_claim(claim: Claim, rules: Rules) -> Iterator[Problem]:
    """Warnings on one claim."""
    if claim.status == "published":
        yield from map(as_warning, _check_claim(claim, rules))
    elif claim.status == "withdrawn":
        yield from map(as_warning, _check_withdrawn(claim))


def check_source(source: Source) -> Iterator[Problem]:
    """Warnings on one source."""
    yield from map(as_warning, chronology.check_source(source))


def check_site(site: Site, drafts: Iterable[model.Claim] = ()) -> Iterator[Problem]:
    """Warnings on the site as a whole."""
    yield from map(as_warning, usage.check(site, drafts))
    yield from map(as_warning, _check_policies(site))


def rules(site: Site) -> Rules:
    """What the checks go by on this site."""
    language = site.settings.language.partition("-")[0].lower()  # `en` for `en-GB`
    scale = {rating.id: rating.value for rating in site.ratings.values() if rating.value is not None}
    labels = [rating.label for rating in site.ratings.values() if rating.id in scale]
    best, worst = max(scale.values(), default=0), min(scale.values(), default=0)
    stances = {best: "supports", worst: "contradicts"} if best != worst else {}
    ends = {rating: stances[value] for rating, value in scale.items() if value in stances}
    return Rules(judging(labels, language), ends, NO_SECOND_SOURCE.get(language))


def _check_claim(claim: Claim, rules: Rules) -> Iterator[Problem]:
    yield from _check_sentences(claim, rules.judging)
    yield from _check_quotes(claim)
    yield from _check_direction(claim)
    yield from _check_reasons(claim)
    yield from chronology.check_claim(claim)
    independent = _independent(claim)
    if claim.rating.id in rules.ends:
        yield from _check_one_sided(claim, rules.ends[claim.rating.id], independent)
    if claim.rating.reviewable and rules.no_second_source:
        yield from _check_number(claim, rules.no_second_source, independent)


# --- the words -------------------------------------------------------------------------------------------------------


def judging(labels: Iterable[str], language: str) -> re.Pattern[str]:
    """Finds words of judgement in lower case: those of the language, such as `en`, and the labels of the scale."""
    words = {label.lower() for label in labels} | set(VERDICT_WORDS.get(language, ()))
    # Longest first, so that `mostly false` is found rather than its `false`.
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b" if words else r"(?!)")


def _own_words(claim: Claim) -> dict[str, str]:
    """The claim and its short form, if it has one."""
    return {"claim": claim.text} | ({"short": claim.short} if claim.short != claim.text else {})


def _check_sentences(claim: Claim, words: re.Pattern[str]) -> Iterator[Problem]:
    for key, sentence in _own_words(claim).items():
        found = words.search(QUOTED.sub("", sentence.lower()))
        if found:
            message = f"`{key}` has the verdict word `{found[0]}`"
            expected = (
                "a sentence that its claimant would sign; the judgement stands in `rating` and `verdict`, and other"
                " people's words in quotation marks"
            )
            yield Problem("verdict-word", message, claim.origin, (key,), expected=expected)
    if len(claim.short) > CLAIM_CHARACTERS:
        message = f"`claim` has {len(claim.short)} characters, and there is no `short`"
        expected = f"`short:`, the claim in at most {CLAIM_CHARACTERS} characters, for ClaimReview and the share image"
        yield Problem("no-short", message, claim.origin, ("claim",), expected=expected)


def _quotes(claim: Claim) -> Iterator[tuple[Keys, str]]:
    for place, appearance in enumerate(claim.appearances):
        yield ("appearances", place, "quote"), appearance.quote
    for item in claim.evidence:
        if item.quote:
            yield ("evidence", item.number - 1, "quote"), item.quote


def _check_quotes(claim: Claim) -> Iterator[Problem]:
    for keys, quote in _quotes(claim):
        if _words(quote) > QUOTE_WORDS:
            yield _long_quote(quote, claim, keys)


def _check_direction(claim: Claim) -> Iterator[Problem]:
    own: list[tuple[Keys, str]] = [((key,), text) for key, text in _own_words(claim).items()]
    for keys, text in (*own, (("verdict",), claim.verdict), *_quotes(claim)):
        found = TURNS.search(text) and TURNS.search(_without_isolates(text))  # nearly no text has any of them
        if found:
            name = f"U+{ord(found[0]):04X} {unicodedata.name(found[0])}"
            message = f"`{keys[-1]}` has an invisible character that turns the direction of writing: {name}"
            expected = "the text without it: letters know their direction, and readers must see what is there"
            yield Problem("invisible-character", message, claim.origin, keys, words=found[0], expected=expected)


def _without_isolates(text: str) -> str:
    """The text without the marks of those that are closed, from the innermost outwards."""
    while (opened := ISOLATED.sub(r"\1", text)) != text:
        text = opened
    return text


def _words(quote: str) -> int:
    """How many words the quote has; marks between spaces are none. Short quotes are not counted, for speed."""
    return len(re.findall(r"\w\S*", quote)) if len(quote) > QUOTE_WORDS else 0


def _long_quote(quote: str, claim: Claim, keys: Keys) -> Problem:
    expected = f"at most {QUOTE_WORDS} words; `…` leaves words out, two passages are two entries"
    return Problem("long-quote", f"The quote has {_words(quote)} words", claim.origin, keys, expected=expected)


# --- the reasons -----------------------------------------------------------------------------------------------------


def _check_reasons(claim: Claim) -> Iterator[Problem]:
    if not claim.analysis:
        expected = "`analysis:`, the reasoning from the evidence to the verdict"
        yield Problem("no-analysis", "A published claim has no `analysis`", claim.origin, (), expected=expected)
    if not claim.would_change:
        expected = "`would_change:`, the evidence that would lead to another verdict"
        yield Problem("no-would-change", "A published claim has no `would_change`", claim.origin, (), expected=expected)


def _check_withdrawn(claim: Claim) -> Iterator[Problem]:
    if not claim.corrections:
        expected = "an item of `corrections:` with the date and the reason, which readers who come back look for"
        message = "Nothing says why the claim was withdrawn"
        yield Problem("withdrawn-without-reason", message, claim.origin, ("status",), expected=expected)


def _independent(claim: Claim) -> list[Evidence]:
    """Evidence that is no party's, and is not the very article in which alone the claim appears."""
    own = {appearance.source.id for appearance in claim.appearances}
    return [item for item in claim.evidence if not item.source.party_to and own != {item.source.id}]


def _check_one_sided(claim: Claim, stance: str, independent: Sequence[Evidence]) -> Iterator[Problem]:
    if any(item.stance == stance for item in independent):
        return
    message = f"The verdict `{claim.rating.id}` rests on no independent evidence"
    expected = (
        f"a document with `stance: {stance}` that is no party's and not the claim's own article; or a rating nearer the"
        " middle"
    )
    others = sorted({item.source.id for item in claim.evidence if item.stance == stance})
    notes = (f"with `stance: {stance}` there is only: {', '.join(others)}",) if others else ()
    yield Problem("one-sided-verdict", message, claim.origin, ("rating",), expected=expected, notes=notes)


def _check_number(claim: Claim, words: str, independent: Sequence[Evidence]) -> Iterator[Problem]:
    publishers = _publishers(independent)
    if len(publishers) >= INDEPENDENT_SOURCES or words in " ".join((claim.analysis or "").lower().split()):
        return
    message = f"The claim has {'one independent source' if publishers else 'no independent source'}"
    expected = (
        f"{INDEPENDENT_SOURCES} publishers that are no party to the matter; or a sentence in `analysis` with the words"
        f' "{words}" that says why there are fewer'
    )
    keys: Keys = ("analysis",) if claim.analysis else ()
    notes = (f"counted: {', '.join(publishers)}",) if publishers else ()
    yield Problem("few-sources", message, claim.origin, keys, expected=expected, notes=notes)


def _publishers(evidence: Sequence[Evidence]) -> list[str]:
    """Who published it: two reports of one outlet are one source, a document without publisher is one by itself."""
    names = (item.source.publisher.name if item.source.publisher else item.source.title for item in evidence)
    return list({name.casefold(): name for name in names}.values())


# --- pages -----------------------------------------------------------------------------------------------------------


def _check_policies(site: Site) -> Iterator[Problem]:
    for name in POLICIES:
        if name not in site.pages:
            path = f"content/pages/{name}.md"
            expected = f"{path}, which the fact-checkers' codes of principles ask for"
            yield Problem("no-policy", f"The site has no page `{name}`", path, expected=expected)
