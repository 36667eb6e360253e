"""Which pages a site has, and the view of each: its path, its template and exactly the data that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from factsite import lists, markdown, overviews, pieces, urls, views
from factsite.annotations import annotate
from factsite.pieces import Page
from factsite.site import Actor, Article, Claim, Link, PlainPage, Site, Source, Topic
from factsite.views import Chrome

NEWEST = 8
"""Claims on the home page, besides those featured."""
EXAMPLES = 5
"""Claims shown beside each rating."""
PER_PAGE = 100
"""Entries on one page of an actor, a source or a topic."""


def pages(site: Site) -> Iterator[Page]:
    """Every page of the site."""
    chrome = _chrome(site)
    yield Page("", "home.html", _home(site, chrome))
    yield from _claims(site, chrome)
    for claim in site.claims.values():
        yield Page(claim.path, "claim.html", _claim(site, chrome, claim))
        yield Page(embeds.path(claim.id), "embed.html", embeds.view(claim, chrome))
    yield Page("actors/", "actors.html", _actors(site, chrome))
    for actor in site.actors.values():
        yield Page(actor.path, "actor.html", _actor(site, chrome, actor))
    yield Page("sources/", "sources.html", _sources(site, chrome))
    for source in site.sources.values():
        yield _source(site, chrome, source)
    yield Page("topics/", "topics.html", _topics(site, chrome))
    for topic in site.topics.values():
        yield Page(topic.path, "topic.html", _topic(site, chrome, topic))
    yield Page("ratings/", "ratings.html", _ratings(site, chrome))
    for page in site.pages.values():
        yield Page(page.path, "page.html", _plain(chrome, page))
    yield Page("data/", "data.html", dictionary.view(site, chrome))
    yield Page("404.html", "404.html", _not_found(chrome))
    yield from _redirects(site, chrome)


def _chrome(site: Site) -> Chrome:
    settings = site.settings
    values = [rating.value for rating in settings.ratings if rating.value is not None]
    owner = settings.publisher
    licence = settings.licence
    return Chrome(
        title=settings.title,
        description=settings.description,
        base_url=settings.base_url.rstrip("/") + "/",
        language=settings.language,
        publisher=views.Owner(owner.name, owner.url, owner.email, owner.logo),
        licence=views.Licence(licence.name, licence.url) if licence else None,
        navigation=tuple(_menu_link(site, name) for name in settings.navigation),
        footer=(*(page.link for page in site.pages.values()), dictionary.LINK),
        policies={name: site.pages[name].path for name in POLICIES if name in site.pages},
        best_rating=max(values, default=None),
        worst_rating=min(values, default=None),
        preview=site.preview,
    )


def _menu_link(site: Site, name: str) -> Link:
    page = site.pages.get(name)
    return page.link if page else Link(name, urls.page_path("", name), LABELS[name])


def _above(section: str) -> tuple[Link, ...]:
    return (Link(section, urls.page_path("", section), LABELS[section]),)


def _tally(site: Site, cards: Iterable[Card]) -> Tally:
    counted = Counter(card.rating.id for card in cards)
    rows = tuple(
        views.RatingCount(rating, counted[rating.id]) for rating in site.ratings.values() if counted[rating.id]
    )
    return Tally(counted.total(), rows)


def _cards(site: Site, claim_ids: Iterable[str]) -> tuple[Card, ...]:
    return tuple(site.cards[claim_id] for claim_id in claim_ids)


def _listed(site: Site) -> list[Card]:
    """All claims that lists show."""
    return [card for card in site.cards.values() if card.status != "withdrawn"]


# --- home, claims ----------------------------------------------------------------------------------------------------


def _home(site: Site, chrome: Chrome) -> views.HomeView:
    cards = _listed(site)
    featured = _cards(site, site.settings.featured)
    newest = [card for card in cards if card.id not in site.settings.featured]
    return views.HomeView(
        site=chrome,
        title=site.settings.title,
        description=site.settings.description,
        origin="site.yaml",
        trail=(),
        featured=featured,
        newest=tuple(newest[:NEWEST]),
        tally=_tally(site, cards),
        articles=tuple(_article_rows(site)),
        topics=tuple(_topic_rows(site)),
        corrections=tuple(_corrections(site)[:3]),
        actors=len(site.actors),
        sources=len(site.sources),
    )


def _article_rows(site: Site) -> Iterator[ArticleRow]:
    for article in site.articles.values():
        yield ArticleRow(article.source, _tally(site, _cards(site, site.appearing.get(article.source.id, ()))))


def _topic_rows(site: Site) -> Iterator[views.TopicRow]:
    for topic in site.topics.values():
        yield views.TopicRow(topic, _tally(site, _cards(site, site.claims_on.get(topic.id, ()))))


def _corrections(site: Site) -> list[views.CorrectionRow]:
    """Newest first."""
    rows = [
        views.CorrectionRow(site.cards[claim.id], correction)
        for claim in site.claims.values()
        for correction in claim.corrections
    ]
    return sorted(rows, key=lambda row: row.correction.date, reverse=True)


def _claims(site: Site, chrome: Chrome) -> Iterator[Page]:
    cards = _listed(site)
    parts = [cards[start : start + CLAIMS_PER_PAGE] for start in range(0, len(cards), CLAIMS_PER_PAGE)] or [[]]
    links = tuple(Link(str(n), _list_path("claims/", n), str(n)) for n in range(1, len(parts) + 1))
    choices = _choices(cards)
    for number, part in enumerate(parts, start=1):
        view = views.ClaimsView(
            chrome,
            "All claims" if number == 1 else f"All claims, page {number}",
            f"All {len(cards)} claims checked by {site.settings.title}, the latest first.",
            "",
            () if number == 1 else _above("claims"),
            tuple(part),
            len(cards),
            number,
            links,
            *choices,
        )
        yield Page(links[number - 1].path, "claims.html", view)


def _list_path(folder: str, number: int) -> str:
    return folder if number == 1 else f"{folder}page/{number}/"


def _choices(cards: Sequence[Card]) -> tuple[tuple[views.Choice, ...], ...]:
    """What the list of claims can be narrowed to: ratings, topics, actors, articles, years; each with its count."""
    ratings = _counted((card.rating.id, card.rating.label) for card in sorted(cards, key=lambda c: c.rating.place))
    topics = _counted((link.id, link.label) for card in cards for link in card.topics)
    actors = _counted((link.id, link.label) for card in cards for link in {*card.claimants, *card.about})
    articles = _counted((link.id, link.label) for card in cards for link in card.articles)
    years = _counted((card.made[:4], card.made[:4]) for card in cards if card.made)
    by_label = [tuple(sorted(group, key=lambda c: (c.label.casefold(), c.id))) for group in (topics, actors, articles)]
    return ratings, *by_label, tuple(sorted(years, key=lambda choice: choice.id, reverse=True))


def _counted(pairs: Iterable[tuple[str, str]]) -> tuple[views.Choice, ...]:
    counts = Counter(pairs)
    return tuple(views.Choice(choice_id, label, count) for (choice_id, label), count in counts.items())


def _claim(site: Site, chrome: Chrome, claim: Claim) -> views.ClaimView:
    return views.ClaimView(
        site=chrome,
        title=claim.text,
        description=f"{claim.rating.label}. {claim.verdict}",
        origin=claim.origin,
        trail=_above("claims"),
        claim=claim,
        related=_cards(site, claim.related),
        embed=embeds.embed(claim, chrome),
    )


# --- actors ----------------------------------------------------------------------------------------------------------


def _actors(site: Site, chrome: Chrome) -> views.ActorsView:
    groups: dict[str, list[views.ActorRow]] = {"person": [], "organisation": [], "government": [], "media": []}
    for actor in site.actors.values():
        by, about = site.claims_by.get(actor.id, ()), site.claims_about.get(actor.id, ())
        groups[actor.kind].append(views.ActorRow(actor, len(by), len(about)))
    return views.ActorsView(
        site=chrome,
        title="Actors",
        description="The people and bodies that make the claims checked here, or are their subject.",
        origin="",
        trail=(),
        groups=tuple(views.ActorGroup(kind, tuple(rows)) for kind, rows in groups.items() if rows),  # type: ignore[arg-type]  # keys are the kinds
        total=len(site.actors),
    )


def _actor(site: Site, chrome: Chrome, actor: Actor) -> views.ActorView:
    by = _cards(site, site.claims_by.get(actor.id, ()))
    about = _cards(site, site.claims_about.get(actor.id, ()))
    summary = markdown.to_text(actor.summary) if actor.summary else ""
    members = [site.actors[member] for member in site.members.get(actor.id, ())]
    return views.ActorView(
        site=chrome,
        title=actor.name,
        description=summary or f"Claims by and about {actor.name}, checked.",
        origin=actor.origin,
        trail=_above("actors"),
        actor=actor,
        member_of=tuple(views.Tie(site.actors[m.actor].link, m) for m in actor.member_of),
        members=tuple(views.Tie(o.link, m) for o in members for m in o.member_of if m.actor == actor.id),
        by=by,
        about=about,
        by_tally=_tally(site, by),
        about_tally=_tally(site, about),
        documents=tuple(site.sources[source] for source in site.published_by.get(actor.id, ())),
        mentioned_in=tuple(site.sources[article] for article in site.mentioned_in.get(actor.id, ())),
    )


# --- sources ---------------------------------------------------------------------------------------------------------

SOURCE_TYPES = ("primary", "news", "research", "reference", "ngo", "opinion", "advocacy")


def _sources(site: Site, chrome: Chrome) -> views.SourcesView:
    groups: dict[str, list[views.SourceRow]] = {kind: [] for kind in SOURCE_TYPES}
    for source in site.sources.values():
        groups[source.type].append(views.SourceRow(source, len(_resting(site, source))))
    return views.SourcesView(
        site=chrome,
        title="Sources",
        description="Every document that the verdicts rest on, with whether it is a party to the matter.",
        origin="",
        trail=(),
        articles=tuple(_article_rows(site)),
        groups=tuple(views.SourceGroup(kind, tuple(rows)) for kind, rows in groups.items() if rows),  # type: ignore[arg-type]  # keys are the types
        total=len(site.sources),
    )


def _resting(site: Site, source: Source) -> set[str]:
    """Claims that rest on a source or appear in it."""
    return {use.claim for use in site.uses.get(source.id, ())} | set(site.appearing.get(source.id, ()))


def _uses(site: Site, source: Source) -> tuple[views.UseRow, ...]:
    return tuple(views.UseRow(site.cards[use.claim], use.evidence) for use in site.uses.get(source.id, ()))


def _source(site: Site, chrome: Chrome, source: Source) -> Page:
    if source.id in site.articles:
        return Page(source.path, "article.html", _article(site, chrome, site.articles[source.id]))
    view = views.SourceView(
        site=chrome,
        title=source.title,
        description=_about_source(source, len(_resting(site, source))),
        origin=source.origin,
        trail=_above("sources"),
        source=source,
        uses=_uses(site, source),
        appearing=_cards(site, site.appearing.get(source.id, ())),
    )
    return Page(source.path, "source.html", view)


def _about_source(source: Source, claims: int) -> str:
    summary = markdown.to_text(source.summary) if source.summary else ""
    return summary or f"{source.title}: what {claims} {'claim' if claims == 1 else 'claims'} checked here rest on."


def _article(site: Site, chrome: Chrome, article: Article) -> views.ArticleView:
    source = article.source
    mentions = site.mentions.get(source.id, ())
    annotated = annotate(article, site.highlights.get(source.id, ()), mentions, site.cards, site.actors, site.preview)
    named = dict.fromkeys(mention.actor for mention in mentions)
    return views.ArticleView(
        site=chrome,
        title=source.title,
        description=_about_source(source, len(_resting(site, source))),
        origin=source.origin,
        trail=_above("sources"),
        source=source,
        blocks=annotated.blocks,
        notes=annotated.notes,
        tally=_tally(site, _cards(site, site.appearing.get(source.id, ()))),
        uses=_uses(site, source),
        actors=tuple(site.actors[actor].link for actor in named),
        paragraphs=len(article.paragraphs),
        published=annotated.published,
    )


# --- topics, ratings, plain pages ------------------------------------------------------------------------------------


def _topics(site: Site, chrome: Chrome) -> views.TopicsView:
    description = "The subjects that the claims are grouped by."
    return views.TopicsView(chrome, "Topics", description, "site.yaml", (), tuple(_topic_rows(site)))


def _topic(site: Site, chrome: Chrome, topic: Topic) -> views.TopicView:
    cards = _cards(site, site.claims_on.get(topic.id, ()))
    description = topic.description or f"Claims on {topic.label}, checked."
    return views.TopicView(
        chrome, topic.label, description, "site.yaml", _above("topics"), topic, cards, _tally(site, cards)
    )


def _ratings(site: Site, chrome: Chrome) -> views.RatingsView:
    rows = []
    for rating in site.ratings.values():
        claim_ids = site.claims_rated.get(rating.id, ())
        rows.append(views.RatingRow(rating, len(claim_ids), _cards(site, claim_ids[:EXAMPLES])))
    description = "What each rating means, and how many claims have it."
    return views.RatingsView(
        chrome, "Ratings", description, "site.yaml", (), tuple(rows), sum(row.count for row in rows)
    )


def _plain(chrome: Chrome, page: PlainPage) -> views.PlainView:
    description = page.summary or markdown.to_text(page.body)[:200]
    return views.PlainView(chrome, page.title, description, page.origin, (), page.body)


def _not_found(chrome: Chrome) -> views.NotFoundView:
    return views.NotFoundView(chrome, "Page not found", "This address does not exist.", "", ())


def _redirects(site: Site, chrome: Chrome) -> Iterator[Page]:
    """A page at each former address."""
    moved: list[tuple[str, str, Link, str]] = []
    for claim in site.claims.values():
        targets = (("claims", claim.path), ("embed", embeds.path(claim.id)))
        moved += [(section, old, Link(claim.id, path, claim.text), claim.origin) for old in claim.aliases for section, path in targets]
    moved += [("actors", old, actor.link, actor.origin) for actor in site.actors.values() for old in actor.old_ids]
    moved += [
        ("sources", old, source.link, source.origin) for source in site.sources.values() for old in source.aliases
    ]
    for section, old, target, origin in moved:
        above = _above(section) if section in LABELS else ()
        view = views.RedirectView(chrome, target.label, "This page has moved.", origin, above, target)
        yield Page(urls.page_path(section, old), "redirect.html", view)
