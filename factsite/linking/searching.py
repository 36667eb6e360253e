"""What stands in the articles: quotes in their places, and the names of actors. Each article is gone through once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from factsite.linking import backlinks, mentions, passages
from factsite.linking.findings import Kept, Named, Quotes
from factsite.linking.mentions import Names
from factsite.linking.quotes import Ranges
from factsite.loading.entries import Content
from factsite.loading.outlines import ClaimOutline, Record
from factsite.problems import Keys, Problem, Problems
from factsite.remembering.memo import Digest, joined
from factsite.site import Article, Mention
from factsite.working import executor

AT_A_TIME, FEW = 50, 150
"""How many one process searches at a time, and those for which none is started: an article takes nearly a millisecond,
and a process ten to be there and as much again to touch what it shares."""


class _Found(NamedTuple):
    """What was found in an article."""

    article: str
    quotes: list[tuple[str, dict[str, Ranges], list[Problem]]]
    """For each claim where its quotes stand, and what is wrong with them."""
    mentions: tuple[Mention, ...] | None
    """None if nobody asked."""


def search(
    content: Content, articles: Mapping[str, Article], kept: Kept, problems: Problems, processes: int = 0
) -> None:
    """Find every quote that should stand in an article of this site, and everybody whom the articles name.

    Only what `kept` does not have is sought, and put into it. Quotes that are not found are among the problems; what
    was found besides stays for the next build.
    """
    records, paths = content.records.found["claim"], content.records.paths["claim"]
    texts = content.records.found["article"]
    outlines = {key: outline for key, outline in content.records.claims() if key in content.claims}
    keys = {key: _quotes_key(records[key], outline, texts) for key, outline in outlines.items()}
    stale = [key for key, digest in keys.items() if key not in kept.quotes or kept.quotes[key].key != digest]
    quoting = backlinks.grouped((a, key) for key in stale for a in backlinks.quoted(outlines[key]) if a in articles)
    names = mentions.index_names((actor, outline.names) for actor, outline in content.records.actors())
    unsearched = _unsearched(texts, articles, kept, names)

    def look(part: Sequence[str]) -> list[_Found]:
        return [
            _Found(
                article,
                [(key, *_quotes(records[key], article, articles, paths[key])) for key in quoting.get(article, ())],
                mentions.find(articles[article].text, names) if article in unsearched else None,
            )
            for article in part
        ]

    asked = [article for article in articles if article in quoting or article in unsearched]
    parts = executor.spread(look, asked, chunk=AT_A_TIME, few=FEW, processes=processes)
    found = [each for part in parts for each in part]
    _keep_quotes(keys, stale, found, kept, problems)
    _keep_names(texts, articles, names, found, kept)


# --- quotes ----------------------------------------------------------------------------------------------------------


def _quotes_key(claim: Record, outline: ClaimOutline, articles: Mapping[str, Record]) -> Digest:
    """Of all that decides where the quotes of a claim stand."""
    return joined(claim.digest + b"".join([articles[a].digest for a in backlinks.quoted(outline) if a in articles]))


def _quotes(
    claim: Record, article: str, articles: Mapping[str, Article], path: str
) -> tuple[dict[str, Ranges], list[Problem]]:
    """Where the claim's quotes from an article stand, and what is wrong with them."""
    found: dict[str, Ranges] = {}
    problems: list[Problem] = []
    written = claim.passages()
    for name, items in (("appearances", written.appearances), ("evidence", written.evidence)):
        for index, item in enumerate(items):
            if not item.quote or article != (item.article or (item.source if name == "evidence" else None)):
                continue
            keys: Keys = (name, index)
            place = passages.locate(articles, article, item.quote, item.before, item.after, path, keys)
            if isinstance(place, Problem):
                problems.append(place)
            else:
                found[f"{name}/{index}"] = place
    return found, problems


def _keep_quotes(
    keys: Mapping[str, Digest], stale: Iterable[str], found: Iterable[_Found], kept: Kept, problems: Problems
) -> None:
    """Where the quotes of these claims stand; nothing is kept of a claim with a quote that was not found."""
    ranges: dict[str, dict[str, Ranges]] = {key: {} for key in stale}
    faulty: set[str] = set()
    for key, places, wrong in (quotes for each in found for quotes in each.quotes):
        ranges[key].update(places)
        problems.extend(wrong)
        faulty |= {key} if wrong else set()
    # Sorted: equal findings are equal bytes, in whatever order articles are searched.
    fresh = {
        key: Quotes(keys[key], dict(sorted(places.items()))) for key, places in ranges.items() if key not in faulty
    }
    kept.quotes = {key: kept.quotes[key] for key in keys.keys() - ranges.keys()} | fresh


# --- names -----------------------------------------------------------------------------------------------------------


def _unsearched(
    records: Mapping[str, Record], articles: Mapping[str, Article], kept: Kept, names: Names
) -> Collection[str]:
    """The articles in which names have to be sought: those that changed, and those with a word of a name that did."""
    changed = {
        word for word in names.by_word.keys() | kept.names.keys() if names.by_word.get(word) != kept.names.get(word)
    }
    return {
        article
        for article in articles
        if article not in kept.named
        or kept.named[article].key != records[article].digest
        or (changed and mentions.has_any(articles[article].text, changed))
    }


def _keep_names(
    records: Mapping[str, Record], articles: Iterable[str], names: Names, found: Iterable[_Found], kept: Kept
) -> None:
    fresh = {each.article: each.mentions for each in found if each.mentions is not None}
    kept.named = {
        article: Named(records[article].digest, fresh[article]) if article in fresh else kept.named[article]
        for article in articles
    }
    kept.names = names.by_word
