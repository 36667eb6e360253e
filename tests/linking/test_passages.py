"""Quotes in their articles: one place each, or a problem that shows what comes close."""

# ruff: noqa: E501 -- places and passages, one on each line

from __future__ import annotations

from factsite import markdown
from factsite.linking import passages
from factsite.linking.passages import locate
from factsite.problems import Problem
from factsite.site import Article, Part, Passage, Source


def article(article_id: str, text: str, rights: str = "excerpt") -> Article:
    source = Source(
        id=article_id,
        origin=f"content/articles/{article_id}.md",
        title="Title",
        publisher=None,
        author=None,
        type="news",
        published=None,
        url=None,
        archive_url=None,
        accessed=None,
        language=None,
        summary=None,
        party_to=(),
        note=None,
        aliases=(),
        rights=rights,  # type: ignore[arg-type]  # one of them
        reposted_by=None,
    )
    return Article(source, markdown.paragraphs(text, first_line=5))


GAZETTE = article("gazette", "One two three.\n\nFour *five* six.\nSeven.\n\nOne two four. One two four again.")
HERALD = article("herald", "Eight nine ten.")
ARTICLES = {"gazette": GAZETTE, "herald": HERALD}


def found(quote: str, before: str = "", after: str = "", article_id: str = "gazette") -> Passage | Problem:
    place = locate(ARTICLES, article_id, quote, before, after, "content/claims/x.yaml", ("appearances", 0))
    return place if isinstance(place, Problem) else passages.passage(ARTICLES[article_id], place)


def passage(quote: str) -> Passage:
    result = found(quote)
    assert isinstance(result, Passage)
    return result


def problem(quote: str, before: str = "", after: str = "") -> Problem:
    result = found(quote, before, after)
    assert isinstance(result, Problem)
    return result


def test_a_quote_in_its_paragraph() -> None:
    assert passage("five six") == Passage(
        "gazette", ((20, 28),), ((Part("Four ", False), Part("five six", True), Part(". Seven.", False)),)
    )


def test_a_quote_over_paragraphs_and_a_gap() -> None:
    result = passage("two three. Four … Seven")

    assert result.paragraphs == (
        (Part("One ", False), Part("two three.", True)),
        (Part("Four", True), Part(" five six. ", False), Part("Seven", True), Part(".", False)),
    )
    assert result.exact == "two three. … Four … Seven"


def test_nothing_but_the_quote_if_no_more_is_allowed() -> None:
    strict = article("strict", "One two three.", rights="link")

    assert passages.passage(strict, ((4, 7),)).paragraphs == ((Part("two", True),),)


def test_lines_of_the_articles_file() -> None:
    assert [passages.line_of(GAZETTE, offset) for offset in (0, 14, 15, 40, 99)] == [5, 5, 7, 10, 10]
    assert passages.line_of(article("empty", ""), 0) == 1


def test_touched_paragraphs() -> None:
    assert list(passages.touched(GAZETTE, ((4, 20),))) == [0, 1]
    assert list(passages.touched(GAZETTE, ((0, 3), (45, 48)))) == [0, 2]
    assert list(passages.touched(GAZETTE, ((14, 15),))) == []  # the break between two paragraphs


def test_a_quote_that_is_not_there() -> None:
    result = problem("Four five seven")

    assert (result.code, result.message) == ("quote-not-found", "This quote is not in `gazette`")
    assert (result.path, result.keys) == ("content/claims/x.yaml", ("appearances", 0, "quote"))
    assert result.expected == "words exactly as they stand in the article; `…` where some are left out"
    assert (
        result.notes[0] == "content/articles/gazette.md:7: “Four five six” (the article has “six”, the quote “seven”)"
    )
    assert len(result.notes) <= 3


def test_a_quote_of_another_article() -> None:
    assert problem("Eight nine").notes == ("it stands in `herald`",)


def test_a_quote_that_stands_twice() -> None:
    result = problem("One two")

    assert (result.code, result.message) == ("quote-ambiguous", "This quote stands 3 times in `gazette`")
    assert problem("One two four").message == "This quote stands twice in `gazette`"
    assert result.notes == (
        "content/articles/gazette.md:5: [One two] three. Four five six. Seven. One two…",
        "content/articles/gazette.md:10: One two three. Four five six. Seven. [One two] four. One two four again.",
        "content/articles/gazette.md:10: …five six. Seven. One two four. [One two] four again.",
    )


def test_words_beside_it_settle_it() -> None:
    assert isinstance(found("One two four", after="again"), Passage)
    assert isinstance(found("One two four", before="Seven."), Passage)
    assert problem("One two", after="four").message == "This quote stands twice in `gazette`"


def test_words_beside_it_that_are_not_beside_it() -> None:
    result = problem("five six", before="Three")

    assert (result.code, result.keys) == ("quote-context", ("appearances", 0, "before"))
    assert result.notes == (
        "content/articles/gazette.md:7: before it “One two three. Four”, after it “. Seven. One two four. One two four…”",
    )
    assert problem("five six", after="nine").keys == ("appearances", 0, "after")
    assert problem("Five six", after="nine").code == "quote-not-found"
