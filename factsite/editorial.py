"""What a newsroom asks of a check before it is published, as far as a machine sees it. Pure: site in, warnings out.

Only published claims are looked at: a draft may be unfinished, and a withdrawn claim stays as it was. The methodology
page of the first site explains each code to editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from factsite import model
from factsite.problems import Keys, Problem, as_warning
from factsite.site import Actor, Claim, Evidence, Rating, Site, Source

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

QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
"""Other people's words, which may judge."""
ENTRY_LINK = re.compile(r"\b(actor|source):([a-z0-9-]+)")
"""A link of the site's own in Markdown."""

Used = set[tuple[str, str]]
"""Kind and id of everything that something refers to."""


def check(site: Site, drafts: Iterable[model.Claim] = ()) -> Iterator[Problem]:
    """Warnings on what would be published. `drafts`: claims that are not part of the site; what they use is in use."""
    judging = _judging(site)
    for claim in site.claims.values():
        if claim.status == "published":
            yield from map(as_warning, _check_claim(claim, site, judging))
    for source in site.sources.values():
        yield from map(as_warning, _check_dates(source))
    yield from map(as_warning, _check_use(site, drafts))
    yield from map(as_warning, _check_policies(site))


def _check_claim(claim: Claim, site: Site, judging: re.Pattern[str]) -> Iterator[Problem]:
    yield from _check_sentences(claim, judging)
    yield from _check_quotes(claim)
    yield from _check_reasons(claim)
    yield from _check_one_sided(claim, _end_of_scale(claim.rating, site))
    yield from _check_independent(claim, _language(site))


def _language(site: Site) -> str:
    """`en` for `en-GB`."""
    return site.settings.language.partition("-")[0].lower()


# --- the words -------------------------------------------------------------------------------------------------------


def _judging(site: Site) -> re.Pattern[str]:
    """Finds words of judgement: those of the site's language, and the labels of its own scale in any language."""
    labels = [rating.label.lower() for rating in site.ratings.values() if rating.value is not None]
    # Longest first, so that `mostly false` is found rather than its `false`.
    words = sorted({*labels, *VERDICT_WORDS.get(_language(site), ())}, key=lambda word: (-len(word), word))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b" if words else r"(?!)", re.IGNORECASE)


def _check_sentences(claim: Claim, judging: re.Pattern[str]) -> Iterator[Problem]:
    sentences = {"claim": claim.text} | ({"short": claim.short} if claim.short != claim.text else {})
    for key, sentence in sentences.items():
        found = judging.search(QUOTED.sub("", sentence))
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


def _check_quotes(claim: Claim) -> Iterator[Problem]:
    quotes: list[tuple[Keys, str | None]] = []
    quotes += [(("appearances", place, "quote"), item.quote) for place, item in enumerate(claim.appearances)]
    quotes += [(("evidence", item.number - 1, "quote"), item.quote) for item in claim.evidence]
    for keys, quote in quotes:
        words = len(re.findall(r"\w\S*", quote or ""))
        if words > QUOTE_WORDS:
            expected = f"at most {QUOTE_WORDS} words; `…` leaves words out, two passages are two entries"
            yield Problem("long-quote", f"The quote has {words} words", claim.origin, keys, expected=expected)


# --- the reasons -----------------------------------------------------------------------------------------------------


def _check_reasons(claim: Claim) -> Iterator[Problem]:
    if not claim.analysis:
        expected = "`analysis:`, the reasoning from the evidence to the verdict"
        yield Problem("no-analysis", "A published claim has no `analysis`", claim.origin, (), expected=expected)
    if not claim.would_change:
        expected = "`would_change:`, the evidence that would lead to another verdict"
        yield Problem("no-would-change", "A published claim has no `would_change`", claim.origin, (), expected=expected)


def _independent(claim: Claim) -> list[Evidence]:
    """Evidence that is no party's, and is not the very article in which alone the claim appears."""
    own = {appearance.source.id for appearance in claim.appearances}
    return [item for item in claim.evidence if not item.source.party_to and own != {item.source.id}]


def _end_of_scale(rating: Rating, site: Site) -> Literal["supports", "contradicts"] | None:
    """The stance of evidence that a rating at an end of the scale rests on; None for a rating that is not."""
    values = {each.value for each in site.ratings.values() if each.value is not None}
    if rating.value is None or len(values) == 1:
        return None
    return "supports" if rating.value == max(values) else "contradicts" if rating.value == min(values) else None


def _check_one_sided(claim: Claim, stance: Literal["supports", "contradicts"] | None) -> Iterator[Problem]:
    if stance is None or any(item.stance == stance for item in _independent(claim)):
        return
    message = f"The verdict `{claim.rating.id}` rests on no evidence but that of parties"
    expected = f"a document with `stance: {stance}` that is no party's, or a rating nearer the middle"
    parties = sorted({item.source.id for item in claim.evidence if item.stance == stance})
    notes = (f"with `stance: {stance}` there is only: {', '.join(parties)}",) if parties else ()
    yield Problem("one-sided-verdict", message, claim.origin, ("rating",), expected=expected, notes=notes)


def _check_independent(claim: Claim, language: str) -> Iterator[Problem]:
    words = NO_SECOND_SOURCE.get(language)
    publishers = _publishers(_independent(claim))
    if words is None or not claim.rating.reviewable or len(publishers) >= INDEPENDENT_SOURCES:
        return
    analysis = " ".join((claim.analysis or "").split())
    if words in analysis.lower():
        return
    number = "one independent source" if publishers else "no independent source"
    expected = (
        f"{INDEPENDENT_SOURCES} publishers that are no party to the matter; or a sentence in `analysis` with the words"
        f' "{words}" that says why there are fewer'
    )
    keys: Keys = ("analysis",) if claim.analysis else ()
    notes = (f"counted: {', '.join(publishers)}",) if publishers else ()
    yield Problem("few-sources", f"The claim has {number}", claim.origin, keys, expected=expected, notes=notes)


def _publishers(evidence: Sequence[Evidence]) -> list[str]:
    """Who published it: two reports of one outlet are one source, a document without publisher is one by itself."""
    names = (item.source.publisher.name if item.source.publisher else item.source.title for item in evidence)
    return list({name.casefold(): name for name in names}.values())


# --- sources, actors, pages ------------------------------------------------------------------------------------------


def _check_dates(source: Source) -> Iterator[Problem]:
    """A page of the web has a date of access, because it changes; anything else has its own date."""
    missing = "accessed" if source.url else "published"
    if not getattr(source, missing):
        kind = "online" if source.url else "not online"
        expected = f"`{missing}:`, as precisely as it is known; a document that is {kind} needs it"
        yield Problem("undated-source", f"The source has no `{missing}` date", source.origin, (), expected=expected)


def _check_use(site: Site, drafts: Iterable[model.Claim]) -> Iterator[Problem]:
    unused = _entries(site) - _used(site) - _used_by_drafts(drafts)
    if unused:  # prose is looked through only where it can make a difference
        unused -= {(match[1], match[2]) for text in _prose(site) for match in ENTRY_LINK.finditer(text)}
    for kind, entry_id in sorted(unused):
        yield _unused_source(site.sources[entry_id]) if kind == "source" else _unused_actor(site.actors[entry_id])


def _unused_source(source: Source) -> Problem:
    message = f"No claim rests on the source `{source.id}` or appears in it"
    return Problem("unused-source", message, source.origin, (), expected="a claim that cites it, or no such file")


def _unused_actor(actor: Actor) -> Problem:
    message = f"Nothing refers to the actor `{actor.id}`"
    expected = "a claim, a source, an article or another actor that names it, or no such file"
    return Problem("unused-actor", message, actor.origin, (), expected=expected)


def _entries(site: Site) -> Used:
    return {("actor", actor) for actor in site.actors} | {("source", source) for source in site.sources}


def _used(site: Site) -> Used:
    """What claims, sources and actors refer to by id, and the actors that articles mention."""
    used: Used = {("actor", actor) for actor in (*site.members, *site.mentioned_in)}
    for claim in site.claims.values():
        used |= {("source", appearance.source.id) for appearance in claim.appearances}
        used |= {("source", item.source.id) for item in claim.evidence}
        used |= {("actor", actor.id) for actor in (*claim.claimants, *claim.about)}
        used |= {("actor", response.by.id) for response in claim.responses}
    for source in site.sources.values():
        outlets = (outlet.actor for outlet in (source.publisher, source.reposted_by) if outlet and outlet.actor)
        used |= {("actor", actor.id) for actor in (*outlets, *source.party_to)}
    return used


def _used_by_drafts(drafts: Iterable[model.Claim]) -> Used:
    used: Used = set()
    for draft in drafts:
        marks = model.marked(draft, model.Ref)
        used |= {("source" if mark.kind == "article" else mark.kind, entry_id) for _, mark, entry_id in marks}
        for _, _, text in model.marked(draft, model.Prose):
            used |= {(match[1], match[2]) for match in ENTRY_LINK.finditer(text)}
    return used


def _prose(site: Site) -> Iterator[str]:
    """Every text of the editors' that may link to an entry."""
    for claim in site.claims.values():
        notes = (item.note for items in (claim.evidence, claim.responses, claim.corrections) for item in items)
        yield from filter(None, (claim.analysis, claim.would_change, *notes))
    for actor in site.actors.values():
        yield actor.summary or ""
    for source in site.sources.values():
        yield from filter(None, (source.summary, source.note))
    for page in site.pages.values():
        yield page.body


def _check_policies(site: Site) -> Iterator[Problem]:
    for name in POLICIES:
        if name not in site.pages:
            path = f"content/pages/{name}.md"
            expected = f"{path}, which the fact-checkers' codes of principles ask for"
            yield Problem("no-policy", f"The site has no page `{name}`", path, expected=expected)
