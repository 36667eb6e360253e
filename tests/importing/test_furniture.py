"""What of a page is the article, and what is furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factsite.importing.furniture import Block, Sifted, sift
from factsite.loading import documents

ARTICLES = Path(__file__).parents[2] / "content" / "articles"
FIRST = "Jane Doe said that the bridge cost twice what was promised."
SECOND = "The auditors found an overrun of 16 per cent, which nobody disputes."


def sifted(*lines: str, title: str = "", author: str = "") -> Sifted:
    return sift([Block(line) for line in lines], title, author)


def kept(page: Sifted) -> list[str]:
    return [block.text for block in page.kept]


def aside(page: Sifted) -> list[tuple[str, str]]:
    return [(each.reason, each.text) for each in page.aside]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sign up now: Get our newsletters delivered to your inbox", "newsletter"),
        ("Subscribe to the Morning Herald.", "newsletter"),
        ("We use cookies to improve your experience. Accept all", "cookie notice"),
        ("Subscribe to continue reading. Already a subscriber? Sign in.", "paywall"),
        ("To keep reading, log in or create an account.", "paywall"),
        ("Share on Facebook", "share buttons"),
        ("Facebook | X | WhatsApp | Email", "share buttons"),
        ("Follow Us", "follow line"),
        ("Choose Language: فارسی | العربية | Français", "language menu"),
        ("Categories // In the media : Talking about a person", "category line"),
        ("Tags: bridge, council", "category line"),
        ("Home > News > Local", "breadcrumb"),
        ("News | Sport | Opinion | Weather", "menu"),
        ("ADVERTISEMENT", "advertisement"),
        ("Story continues below", "advertisement"),
        ("12 comments", "comments"),
        ("© 2026 Riverside Herald Ltd", "copyright line"),
        ("4 min read", "reading time"),
        ("(Reporting by Ann Other; Editing by Sam Neil)", "credit line"),
        ("Photo: Riverside Herald", "caption"),
        ("Listen to this article", "audio or video"),
        ("Thursday, 12 March 2026", "date line"),
        ("[Read more]", "related links"),
        ("Read more: Ten bridges that went over budget", "related links"),
        ("بیشتر بخوانید: پل قدیمی", "related links"),
    ],
)
def test_furniture_between_paragraphs(line: str, reason: str) -> None:
    page = sifted(FIRST, line, SECOND)

    assert kept(page) == [FIRST, SECOND]
    assert aside(page) == [(reason, line)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Comments by the mayor drew criticism from all sides.",
        "Pictures by the council's own drone show the bridge.",
        "More in the city are against the bridge than for it.",
        "Related charges against the builder were dropped in May.",
        "Follow us, the mayor told the crowd.",
        "He urged residents to register, and to continue their protest.",
        "The mayor's 60-page report was published on 12 March 2026.",
        "Watch this space, said the auditor.",
        "“Tags: none”, the form said where the architect's name should be.",
        "Reporters were told to share nothing by email.",
    ],
)
def test_sentences_of_an_article_stay(sentence: str) -> None:
    assert kept(sifted(FIRST, sentence, SECOND)) == [FIRST, sentence, SECOND]


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.md")), ids=lambda path: path.stem)
def test_nothing_is_taken_from_a_clean_article(path: Path) -> None:
    document, _ = documents.read_markdown(path.read_bytes(), "")
    lines = [line for line in document.body.split("\n") if line]

    page = sifted(*lines)

    assert kept(page) == lines
    assert page.title == ""


def test_the_headline_is_the_line_above_the_text() -> None:
    page = sifted("Bridge costs twice its budget", FIRST)

    assert page.title == "Bridge costs twice its budget"
    assert aside(page) == [("headline", "Bridge costs twice its budget")]


def test_the_headline_is_the_line_that_is_repeated() -> None:
    page = sifted(
        "• In the media",
        "• Bridge costs twice its budget",
        "HomeNewsBridge costs twice its budget",
        "Bridge costs twice its budget",
        FIRST,
        "Bridge costs twice its budget",
    )

    assert page.title == "Bridge costs twice its budget"
    assert [reason for reason, _ in aside(page)] == [
        "label above the text",
        "headline",
        "breadcrumb",
        "repeated headline",
        "repeated headline",
    ]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Other", "Ann Other"),
        ("By Ann Other, political editor", "Ann Other"),
        ("MAJID Rafizadeh   |    January 22, 2018", "Majid Rafizadeh"),
        ("By Ann Other and Sam O’Neil | 3 May 2020", "Ann Other and Sam O’Neil"),
    ],
)
def test_bylines(line: str, author: str) -> None:
    page = sifted("Bridge costs twice its budget", line, FIRST)

    assert page.author == author
    assert ("byline", line) in aside(page)


def test_a_whole_text_that_is_doubled_is_kept_once() -> None:
    page = sifted(FIRST, SECOND, FIRST, SECOND)

    assert kept(page) == [FIRST, SECOND]
    assert aside(page) == [("doubled paragraph", FIRST), ("doubled paragraph", SECOND)]


def test_short_answers_may_be_repeated() -> None:
    lines = [FIRST, "“No.”", SECOND, "“No.”", "That was all she said about the bridge."]
    assert kept(sifted(*lines)) == lines


def test_a_pull_quote_repeats_a_sentence() -> None:
    quote = "“The auditors found an overrun of 16 per cent”"
    page = sifted(FIRST, quote, SECOND)

    assert kept(page) == [FIRST, SECOND]
    assert aside(page) == [("pull quote", quote)]


def test_a_pull_quote_with_its_author_may_differ_a_little() -> None:
    quote = "Auditors found an overrun of 16 per cent, nobody disputes."
    page = sifted("By Ann Other", FIRST, quote, "Dr. Ann Other", SECOND)

    assert kept(page) == [FIRST, SECOND]
    assert aside(page)[1:] == [("pull quote", quote), ("pull quote", "Dr. Ann Other")]


def test_lists_of_other_stories_end_with_the_next_sentence() -> None:
    page = sifted(FIRST, "Related posts", "Bridge opens at last", "Ferry to stop", SECOND)

    assert kept(page) == [FIRST, SECOND]
    assert [reason for reason, _ in aside(page)] == ["related links"] * 3


def test_subheadings_inside_the_text_stay() -> None:
    assert kept(sifted(FIRST, "What happens next", SECOND)) == [FIRST, "What happens next", SECOND]


def test_a_list_at_the_end_stays_if_a_sentence_announces_it() -> None:
    blocks = [
        Block(FIRST),
        Block("They were asked two questions:"),
        Block("what it cost", "li"),
        Block("who knew", "li"),
    ]
    assert sift(blocks).kept == blocks


def test_fragments_below_the_text_are_set_aside() -> None:
    page = sifted(FIRST, SECOND, "Maryam Example", "President of something")
    assert aside(page) == [
        ("label below the text", "Maryam Example"),
        ("label below the text", "President of something"),
    ]


def test_the_agency_behind_the_last_sentence() -> None:
    page = sifted(FIRST, SECOND + " REUTERS")

    assert kept(page) == [FIRST, SECOND]
    assert page.credit == "REUTERS"
    assert aside(page) == [("agency credit", "REUTERS")]


def test_a_note_on_the_author_is_a_doubt() -> None:
    page = sifted("By Ann Other", FIRST, "Dr. Ann Other is the local editor of the Herald.")

    assert len(page.kept) == 2
    assert page.doubts == ["the last paragraph seems to be a note on the author"]


def test_dates_in_captions_are_not_those_of_the_page() -> None:
    page = sifted("Photo: the bridge on 12 May 2019", "3 June 2020", FIRST)
    assert page.dates == ["3 June 2020"]


LINES = st.sampled_from(
    [FIRST, SECOND, FIRST + " AFP", "Bridge costs", "By Ann Other", "12 May 2019", "Follow us", "Home > A > B"]
)


@given(st.lists(LINES | st.text(min_size=1, max_size=60).filter(str.strip), max_size=12))
def test_nothing_is_lost_and_nothing_is_changed(lines: list[str]) -> None:
    page = sifted(*lines)

    pieces = kept(page) + [each.text for each in page.aside]
    if page.credit:  # cut from the last paragraph
        pieces.remove(page.credit)
        pieces[len(page.kept) - 1] = next(
            line for line in lines if line.startswith(page.kept[-1].text) and page.credit in line
        )
    assert sorted(pieces) == sorted(lines)
