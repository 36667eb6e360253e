"""Which pages a site has, and the view of each: its path, its template and exactly the data that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from factsite import markdown, urls, views
from factsite.exporting import dictionary
from factsite.site import Actor, Article, Claim, Link, PlainPage, Site, Source, Topic
from factsite.viewing import embeds, lists, overviews, pieces, timeline
from factsite.viewing.annotations import annotate
from factsite.views import Chrome, Page

ARTICLES = 12
"""Articles on the home page, the newest."""
NEWEST = 8
"""Claims on the home page, besides those featured."""
EXAMPLES = 5
"""Claims shown beside each rating."""
PER_PAGE = 100
"""Entries on one page of an actor, a source or a topic."""


Step = str
"""A page or several that are made together: what they are, then a slash and the id of the entry that they belong to."""


def is_whole(step: Step) -> bool:
    """Whether its pages belong to no entry: they show the whole site, or much of it."""
    return step.endswith("/")


def steps(site: Site) -> Iterator[Step]:
    """The pages of a site in groups, each of which can be made by itself."""
    yield "home/"
    yield "claims/"
    yield from (f"claim/{claim}" for claim in site.claims)
    yield "actors/"
    yield from (f"actor/{actor}" for actor in site.actors)
    yield "sources/"
    yield from (f"source/{source}" for source in site.sources)
    yield "topics/"
    yield from (f"topic/{topic}" for topic in site.topics)
    yield from (f"{kind}/" for kind in ("ratings", "overviews", "timeline"))
    yield from (f"page/{page}" for page in site.pages)
    yield from (f"{kind}/" for kind in ("data", "404", "redirects"))


def of_step(site: Site, chrome: Chrome, step: Step) -> Iterator[Page]:
    """The pages of a step."""
    kind, _, entry_id = step.partition("/")
    yield from OF_ENTRY[kind](site, chrome, entry_id) if entry_id else OF_SITE[kind](site, chrome)


# --- home, claims ----------------------------------------------------------------------------------------------------


def _home(site: Site, chrome: Chrome) -> views.HomeView:
    cards = site.listed
    newest = [card for card in cards if card.id not in site.settings.featured]
    return views.HomeView(
        site=chrome,
        title=site.settings.title,
        description=site.settings.description,
        origin="site.yaml",
        trail=(),
        featured=pieces.cards(site, site.settings.featured),
        newest=tuple(newest[:NEWEST]),
        tally=pieces.tally(site, cards),
        articles=tuple(islice(lists.article_rows(site), ARTICLES)),
        articles_total=len(site.articles),
        topics=tuple(_topic_rows(site)),
        corrections=tuple(overviews.corrections(site)[:3]),
        actors=len(site.actors),
        sources=len(site.sources),
    )


def _topic_rows(site: Site) -> Iterator[views.TopicRow]:
    for topic in site.topics.values():
        claim_ids = site.claims_on.get(topic.id, ())
        yield views.TopicRow(topic, pieces.tally(site, pieces.cards(site, claim_ids)))


def _claims(site: Site, chrome: Chrome, claim_id: str) -> Iterator[Page]:
    """A claim's page and its card for other sites."""
    claim = site.claims[claim_id]
    yield Page(claim.path, "claim.html", _claim(site, chrome, claim))
    yield Page(embeds.path(claim.id), "embed.html", embeds.view(claim, chrome))


def _claim(site: Site, chrome: Chrome, claim: Claim) -> views.ClaimView:
    return views.ClaimView(
        site=chrome,
        title=claim.text,
        description=f"{claim.rating.label}. {claim.verdict}",
        origin=claim.origin,
        trail=pieces.above("claims"),
        claim=claim,
        related=pieces.cards(site, claim.related),
        embed=embeds.embed(claim, chrome),
        image=urls.share_path(claim.id) if site.has_share_images else None,
    )


# --- actors ----------------------------------------------------------------------------------------------------------


def _actor(site: Site, chrome: Chrome, actor: Actor) -> Iterator[Page]:
    """The actor's page, and further pages if there is much to list."""
    by = pieces.cards(site, site.claims_by.get(actor.id, ()))
    about = pieces.cards(site, site.claims_about.get(actor.id, ()))
    named = pieces.cards(site, site.claims_naming.get(actor.id, ()))
    documents = [site.sources[source] for source in site.published_by.get(actor.id, ())]
    articles = [site.sources[article] for article in site.mentioned_in.get(actor.id, ())]
    summary = markdown.to_text(actor.summary) if actor.summary else ""
    members = [site.actors[member] for member in site.members.get(actor.id, ())]
    parts = list(pieces.split([by, about, named, documents, articles], PER_PAGE))
    paths = pieces.numbered(actor.path, len(parts))
    by_tally, about_tally = pieces.tally(site, by), pieces.tally(site, about)
    for number, part in enumerate(parts, start=1):
        view = views.ActorView(
            site=chrome,
            title=pieces.titled(actor.name, number),
            description=summary or f"Claims by and about {actor.name}, checked.",
            origin=actor.origin,
            trail=pieces.above("actors") if number == 1 else (*pieces.above("actors"), actor.link),
            number=number,
            pager=pieces.pager(paths, number),
            actor=actor,
            member_of=tuple(views.Tie(site.actors[m.actor].link, m) for m in actor.member_of),
            members=tuple(views.Tie(o.link, m) for o in members for m in o.member_of if m.actor == actor.id),
            by=part[0],
            about=part[1],
            by_tally=by_tally,
            about_tally=about_tally,
            named_in=part[2],
            named_total=len(named),
            documents=part[3],
            documents_total=len(documents),
            mentioned_in=part[4],
            mentioned_total=len(articles),
        )
        yield Page(paths[number - 1], "actor.html", view)


# --- sources ---------------------------------------------------------------------------------------------------------


def _source(site: Site, chrome: Chrome, source: Source) -> Iterator[Page]:
    """The document's page, and further pages if many claims rest on it. An article has one page with its text."""
    if source.id in site.articles:
        yield Page(source.path, "article.html", _article(site, chrome, site.articles[source.id]))
        return
    uses, appearing = _uses(site, source), pieces.cards(site, site.appearing.get(source.id, ()))
    parts = list(pieces.split([uses, appearing], PER_PAGE))
    paths = pieces.numbered(source.path, len(parts))
    for number, part in enumerate(parts, start=1):
        view = views.SourceView(
            site=chrome,
            title=pieces.titled(source.title, number),
            description=_about_source(source, len(lists.resting(site, source))),
            origin=source.origin,
            trail=pieces.above("sources") if number == 1 else (*pieces.above("sources"), source.link),
            number=number,
            pager=pieces.pager(paths, number),
            source=source,
            uses=part[0],
            uses_total=len(uses),
            appearing=part[1],
            appearing_total=len(appearing),
        )
        yield Page(paths[number - 1], "source.html", view)


def _uses(site: Site, source: Source) -> tuple[views.UseRow, ...]:
    return tuple(views.UseRow(site.cards[use.claim], use.evidence) for use in site.uses.get(source.id, ()))


def _about_source(source: Source, claims: int) -> str:
    summary = markdown.to_text(source.summary) if source.summary else ""
    return summary or f"{source.title}: what {claims} {'claim' if claims == 1 else 'claims'} checked here rest on."


def _article(site: Site, chrome: Chrome, article: Article) -> views.ArticleView:
    source = article.source
    mentions = site.mentions.get(source.id, ())
    annotated = annotate(
        article, site.highlights.get(source.id, ()), mentions, site.cards, site.actors, preview=site.preview
    )
    named = dict.fromkeys(mention.actor for mention in mentions)
    return views.ArticleView(
        site=chrome,
        title=source.title,
        description=_about_source(source, len(lists.resting(site, source))),
        origin=source.origin,
        trail=pieces.above("sources"),
        source=source,
        blocks=annotated.blocks,
        notes=annotated.notes,
        tally=pieces.tally(site, pieces.cards(site, site.appearing.get(source.id, ()))),
        uses=_uses(site, source),
        actors=tuple(site.actors[actor].link for actor in named),
        paragraphs=len(article.paragraphs),
        published=annotated.published,
    )


# --- topics, ratings, plain pages ------------------------------------------------------------------------------------


def _topics(site: Site, chrome: Chrome) -> views.TopicsView:
    description = "The subjects that the claims are grouped by."
    return views.TopicsView(chrome, "Topics", description, "site.yaml", (), tuple(_topic_rows(site)))


def _topic(site: Site, chrome: Chrome, topic: Topic) -> Iterator[Page]:
    cards = pieces.cards(site, site.claims_on.get(topic.id, ()))
    tally = pieces.tally(site, cards)
    parts = list(pieces.split([cards], PER_PAGE))
    paths = pieces.numbered(topic.path, len(parts))
    for number, (part,) in enumerate(parts, start=1):
        view = views.TopicView(
            site=chrome,
            title=pieces.titled(topic.label, number),
            description=topic.description or f"Claims on {topic.label}, checked.",
            origin="site.yaml",
            trail=pieces.above("topics") if number == 1 else (*pieces.above("topics"), topic.link),
            number=number,
            pager=pieces.pager(paths, number),
            topic=topic,
            cards=part,
            tally=tally,
        )
        yield Page(paths[number - 1], "topic.html", view)


def _ratings(site: Site, chrome: Chrome) -> views.RatingsView:
    rows = []
    for rating in site.ratings.values():
        claim_ids = site.claims_rated.get(rating.id, ())
        rows.append(views.RatingRow(rating, len(claim_ids), pieces.cards(site, claim_ids[:EXAMPLES])))
    description = "What each rating means, and how many claims have it."
    total = sum(row.count for row in rows)
    return views.RatingsView(chrome, "Ratings", description, "site.yaml", (), tuple(rows), total)


def _plain(chrome: Chrome, page: PlainPage) -> views.PlainView:
    description = page.summary or markdown.to_text(page.body)[:200].rstrip()
    return views.PlainView(chrome, page.title, description, page.origin, (), page.body)


def _not_found(chrome: Chrome) -> views.NotFoundView:
    return views.NotFoundView(chrome, "Page not found", "This address does not exist.", "", ())


def _redirects(site: Site, chrome: Chrome) -> Iterator[Page]:
    """A page at each former address."""
    moved: list[tuple[str, str, Link, str]] = []
    for card in site.cards.values():
        targets = (("claims", card.path), ("embed", embeds.path(card.id)))
        for section, path in targets:
            moved += [(section, old, Link(card.id, path, card.text), card.origin) for old in card.aliases]
    moved += [("actors", old, actor.link, actor.origin) for actor in site.actors.values() for old in actor.old_ids]
    for source in site.sources.values():
        moved += [("sources", old, source.link, source.origin) for old in source.aliases]
    for section, old, target, origin in moved:
        above = pieces.above(section) if section in pieces.LABELS else ()
        view = views.RedirectView(chrome, target.label, "This page has moved.", origin, above, target)
        yield Page(urls.page_path(section, old), "redirect.html", view)


# --- all of them -----------------------------------------------------------------------------------------------------

OF_ENTRY: Mapping[str, Callable[[Site, Chrome, str], Iterable[Page]]] = {
    "claim": _claims,
    "actor": lambda site, chrome, actor: _actor(site, chrome, site.actors[actor]),
    "source": lambda site, chrome, source: _source(site, chrome, site.sources[source]),
    "topic": lambda site, chrome, topic: _topic(site, chrome, site.topics[topic]),
    "page": lambda site, chrome, page: [Page(site.pages[page].path, "page.html", _plain(chrome, site.pages[page]))],
}
"""The pages of one entry, by its kind."""
OF_SITE: Mapping[str, Callable[[Site, Chrome], Iterable[Page]]] = {
    "home": lambda site, chrome: [Page("", "home.html", _home(site, chrome))],
    "claims": lists.claims,
    "actors": lists.actors,
    "sources": lists.sources,
    "topics": lambda site, chrome: [Page("topics/", "topics.html", _topics(site, chrome))],
    "ratings": lambda site, chrome: [Page("ratings/", "ratings.html", _ratings(site, chrome))],
    "overviews": overviews.pages,
    "timeline": timeline.pages,
    "data": lambda site, chrome: [Page("data/", "data.html", dictionary.view(site, chrome))],
    "404": lambda _, chrome: [Page("404.html", "404.html", _not_found(chrome))],
    "redirects": _redirects,
}
"""Pages on the site as a whole."""
