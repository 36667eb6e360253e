"""What on a news page is the article and what is furniture: menus, share buttons, doubled text. Pure.

Nothing is lost: every block is either kept as it is or set aside with a reason. The rules know what furniture looks
like; in doubt, a whole sentence is kept and a fragment above or below the text is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from factsite import datelines
from factsite.folding import fold


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or line of a page."""

    text: str
    kind: str = "p"
    """p, h2 to h6, li or blockquote."""
    reason: str = ""
    """Why it is furniture, if the page's markup says so."""
    trusted: bool = False
    """The markup says that it belongs to the article, such as a standfirst."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A piece that was set aside."""

    reason: str
    text: str


@dataclass(slots=True)
class Sifted:
    """A page, sorted out."""

    kept: list[Block]
    aside: list[Aside]
    title: str = ""
    author: str = ""
    dates: list[str] = field(default_factory=list)
    """The lines with dates that stand by themselves."""
    credit: str = ""
    """The agency named behind the last sentence."""
    doubts: list[str] = field(default_factory=list)
    """What was kept and might be furniture."""


@dataclass(slots=True)
class _Page:
    """The blocks, and for each why it is set aside; empty while it is kept."""

    blocks: Sequence[Block]
    reasons: list[str]
    title: str
    author: str

    def kept(self) -> Iterator[tuple[int, Block]]:
        return ((n, block) for n, block in enumerate(self.blocks) if not self.reasons[n])


def sift(blocks: Sequence[Block], title: str = "", author: str = "") -> Sifted:
    """Sort the blocks of a page. Without a title, the headline above the text is taken for it."""
    page = _Page(blocks, [block.reason for block in blocks], title, author)
    for rule in (_lines, _headline, _bylines, _related, _doubled, _pull_quotes, _edges):
        rule(page)
    kept = [block for _, block in page.kept()]
    aside = [Aside(reason, block.text) for block, reason in zip(blocks, page.reasons, strict=True) if reason]
    dates = [each.text for each in aside if each.reason in DATED and datelines.find(each.text)]
    sifted = Sifted(kept, aside, page.title, page.author, dates)
    _split_credit(sifted)
    sifted.doubts += _doubts(sifted)
    return sifted


# --- words -----------------------------------------------------------------------------------------------------------

DATED = frozenset({"date line", "byline", "newsletter"})
"""Pieces whose dates are those of the page."""
SHARING = frozenset(
    "share tweet email e-mail mail print copy link copied facebook twitter x whatsapp telegram linkedin reddit pinterest "
    "messenger instagram youtube save bookmark this article on via with by to and more viber flipboard bluesky threads "
    "اشتراک‌گذاری مشاركة طباعة چاپ فیسبوک تلگرام توییتر".split()
)
RULES: tuple[tuple[str, int, re.Pattern[str]], ...] = tuple(
    (reason, longest, re.compile(pattern, re.IGNORECASE))
    for reason, longest, pattern in (
        ("newsletter", 200, r"\bsign up (now|here|today|for|to)\b|\bnewsletters?\b.*\b(inbox|sign up)\b|^subscribe\b|\b(to|in) your inbox\b"),
        ("newsletter", 160, r"خبرنامه|النشرة البريدية"),
        ("cookie notice", 900, r"\bcookies?\b.*\b(accept|consent|agree|preferences|privacy|we use|reject)\b|\b(accept|we use|our|use of)\b.*\bcookies?\b"),
        ("cookie notice", 600, r"کوکی|ملفات تعريف الارتباط"),
        ("paywall", 260, r"\b(subscribe|subscribers?|subscription|sign in|log ?in|register|become a member|free trial)\b"
                         r".*\b(continue|keep reading|read (on|the full|the rest|this)|unlimited|full (story|article|access)|already)\b"),
        ("paywall", 160, r"\b(continue|keep) reading\b.*\b(subscribe|sign in|log ?in|account)\b|\bfor subscribers only\b|\balready a (subscriber|member)\b"),
        ("follow line", 90, r"^follow (us|me|our|on)\b|^(join|like|find|connect with) us (on|at)\b|^تابعنا|^ما را .*دنبال"),
        ("language menu", 90, r"^(choose|select|change) (your )?(language|edition|region)\b"),
        ("category line", 140, r"^(categor(y|ies)|tags?|topics?|filed under|posted in|section|keywords?|labels?|برچسب‌?ها|دسته‌?بندی|الوسوم)\s*(//|[:：›»|-])"),
        ("advertisement", 80, r"^(advertisements?|ads?|sponsored( content)?|promoted|story continues below.*|article continues.*|scroll (down )?(to|for) .*)[.:]?$|^آگهی$|^إعلان$"),
        ("comments", 80, r"^\d* ?comments?\b|^leave a (reply|comment)|^(no|view|post|show) comments?\b|^join the (conversation|discussion)"),
        ("copyright line", 300, r"^(©|\(c\) |copyright\b)|\ball rights reserved\b|^کلیه حقوق|^جميع الحقوق"),
        ("reading time", 50, r"^\d+ ?-?min(ute)?s?( (read|listen))?$|^(estimated )?reading time\b"),
        ("credit line", 200, r"^[(\[]?((additional )?(reporting|writing)|editing|edited|compiled|written|translated) by\b"),
        ("caption", 300, r"^(file )?(photo(graph)?|image|picture|video|credit|photo credit|getty images|afp via getty)s?\s*([:/|]|by\b|courtesy)"),
        ("audio or video", 60, r"^(listen|watch|play)( to)?( this| the)?( article| story| video| report| now| live)*$"),
        ("skip link", 50, r"^(skip|jump|back) to (the )?(main )?(content|navigation|top)$"),
    )
)  # fmt: skip
"""Lines that are furniture wherever they stand: reason, longest line, pattern. A longer line is an article's sentence."""
RELATED = re.compile(
    r"^(related\b|recommended\b|more (from|on|in|about|news|stories)\b|read (more|also|next)\b|also read\b|see also\b|most (read|popular|viewed)\b"
    r"|trending\b|latest (news|stories|articles)\b|you (may|might) (also )?(like|be interested)|what to read next|don't miss\b|editors?'s? picks?\b"
    r"|top stories\b|up next\b|in this (article|story)\b|مطالب مرتبط|اخبار مرتبط|بیشتر بخوانید|اقرأ (أيضا|أيضًا|المزيد)|مواضيع ذات صلة)",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?:by|written by|von|par|نویسنده:?|بقلم:?)\s+(?P<name>[^|•·,\d]{3,60}?)(?:\s*(?:[|•·,–—]|\d).*)?$", re.IGNORECASE)
NAME = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.? )?[A-Z][\w'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al|el)){1,4}")
HONORIFIC = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir)\.? )+", re.IGNORECASE)
AGENCIES = "REUTERS|Reuters|AFP|AP|DPA|dpa|ANSA|EFE|TASS|Xinhua|XINHUA|UPI|PTI|ANI|IRNA|BLOOMBERG|Bloomberg"
CREDIT = re.compile(rf"(?<=[.!?”\"’])\s+[-–—(\[]*\s?(?P<name>{AGENCIES})[)\]]?\.?$")
END = re.compile(r"[.!?…؟。۔।:][\s\"'”’»)\]*]*$")
BULLET = re.compile(r"^[\s•·▪◦*>»›←→-]+")


def _key(text: str) -> str:
    """What two blocks have in common that say the same."""
    return fold(BULLET.sub("", text)).text.casefold().strip(" \"'[]")


def is_sentence(text: str) -> bool:
    """Whether it is a whole sentence rather than a headline, label or button."""
    return (END.search(text) is not None and len(text) >= 25) or len(text) >= 250


# --- rules -----------------------------------------------------------------------------------------------------------


def _lines(page: _Page) -> None:
    """Lines that are furniture by their words alone."""
    for number, block in page.kept():
        if not block.trusted:
            page.reasons[number] = _reason(block.text)


def _reason(text: str) -> str:
    plain = text.strip(" []()")
    words = re.findall(r"[^\s,/|•·:]+", plain.lower())
    if words and len(words) <= 8 and all(word in SHARING for word in words):
        return "share buttons"
    if datelines.is_date_line(text):
        return "date line"
    for reason, longest, pattern in RULES:
        if len(text) <= longest and pattern.search(plain):
            return reason
    pieces = [piece.strip() for piece in re.split(r"[|>›»/•·]|\s//\s", text) if piece.strip()]
    if len(pieces) >= 3 and max(map(len, pieces)) <= 30 and not END.search(text):
        return "breadcrumb" if re.search(r"[>›»/]", text) else "menu"
    return ""


def _headline(page: _Page) -> None:
    """The title, if it is not known; and its repetitions, alone and at the end of a breadcrumb."""
    above = list(_above(page))
    if not page.title:
        page.title = _title(above)
    key = _key(page.title)
    if not key:
        return
    for number, block in page.kept():
        own = _key(block.text)
        if own == key:
            page.reasons[number] = "repeated headline"
        elif own.endswith(key) and any(number == n for n, _ in above):
            page.reasons[number] = "breadcrumb"


def _above(page: _Page) -> Iterator[tuple[int, Block]]:
    """What stands above the first whole sentence."""
    for number, block in page.kept():
        if block.trusted or is_sentence(block.text):
            return
        yield number, block


def _title(above: Sequence[tuple[int, Block]]) -> str:
    """What is repeated above the text, or else the first line there that can be a headline."""
    texts = [BULLET.sub("", block.text) for _, block in above]
    keys = [_key(text) for text in texts]
    for text, key in zip(texts, keys, strict=True):
        if len(key.split()) >= 2 and sum(other.endswith(key) for other in keys) >= 2:
            return text
    return next((text for text in texts if len(text.split()) >= 3 and not _byline(text)), "")


def _byline(text: str) -> str:
    """The name in a byline: `By Jane Doe`, `Jane Doe | January 22, 2018`."""
    if len(text) <= 100 and not END.search(text.rstrip(".")) and (match := BYLINE.match(text)):
        return match["name"].strip()
    name, separator, rest = (part.strip() for part in re.split(r"([|•·])", text + "||", maxsplit=1))
    return name if separator and datelines.is_date_line(rest.strip("| ")) and NAME.fullmatch(name) else ""


def _bylines(page: _Page) -> None:
    for number, block in page.kept():
        if name := _byline(block.text):
            page.reasons[number] = "byline"
            page.author = page.author or _plain_name(name)


def _plain_name(name: str) -> str:
    """With `MAJID` as `Majid`."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 3 else word for word in name.split())


def _related(page: _Page) -> None:
    """Lists of other stories: their heading, and the fragments below it."""
    inside = False
    for number, block in page.kept():
        text = block.text.strip(" []")
        if is_sentence(text) and not (inside and len(text) < 120):
            inside = False
        elif RELATED.match(text):
            inside = len(text) <= 60
            page.reasons[number] = "related links"
        elif inside:
            page.reasons[number] = "related links"


def _doubled(page: _Page) -> None:
    """Paragraphs that stand there again."""
    seen: set[str] = set()
    for number, block in page.kept():
        key = _key(block.text)
        if len(key) >= 40 and key in seen:
            page.reasons[number] = "doubled paragraph"
        seen.add(key)


def _pull_quotes(page: _Page) -> None:
    """Sentences of the article that are repeated as an eye-catcher, and the name below one."""
    kept = list(page.kept())
    keys = [_key(block.text) for _, block in kept]
    for place, (number, block) in enumerate(kept):
        others = keys[:place] + keys[place + 1 :]
        follower = kept[place + 1] if place + 1 < len(kept) else None
        is_signed = follower is not None and _is_name_of(follower[1].text, page.author)
        if 5 <= len(keys[place].split()) <= 60 and (
            any(keys[place] in other for other in others) or (is_signed and _resembles(keys[place], others))
        ):
            page.reasons[number] = "pull quote"
            if follower and is_signed:
                page.reasons[follower[0]] = "pull quote"


def _is_name_of(text: str, author: str) -> bool:
    name = HONORIFIC.sub("", text.strip(" –—-"))
    return _key(name) == _key(author) if author else NAME.fullmatch(name) is not None


def _resembles(key: str, others: Sequence[str]) -> bool:
    """Whether most of its words stand in one sentence of another paragraph."""
    sentences = (sentence for other in others for sentence in re.split(r"(?<=[.!?]) ", other))
    return any(fuzz.token_set_ratio(key, sentence) >= 85 for sentence in sentences if len(sentence) >= 0.8 * len(key))


def _edges(page: _Page) -> None:
    """Fragments above the first and below the last whole sentence: captions, labels, links."""
    for number, _ in list(_above(page)):
        page.reasons[number] = "label above the text"
    below: list[int] = []
    for number, block in reversed(list(page.kept())):
        if block.trusted or is_sentence(block.text):
            if not (block.text.endswith(":") and below and page.blocks[below[-1]].kind == "li"):
                for each in below:
                    page.reasons[each] = "label below the text"
            return
        below.append(number)


def _split_credit(sifted: Sifted) -> None:
    """Cut an agency's name from the end of the text."""
    match = CREDIT.search(sifted.kept[-1].text) if sifted.kept else None
    if match:
        last = sifted.kept[-1]
        sifted.kept[-1] = replace(last, text=last.text[: match.start()])
        sifted.aside.append(Aside("agency credit", match["name"]))
        sifted.credit = match["name"]


def _doubts(sifted: Sifted) -> Iterator[str]:
    if sifted.kept and sifted.author:
        last = HONORIFIC.sub("", sifted.kept[-1].text)
        if _key(last).startswith(_key(sifted.author)) and " is " in last[:120]:
            yield "the last paragraph seems to be a note on the author"
    if any(each.reason == "paywall" for each in sifted.aside):
        yield "the page asks readers to subscribe: the text may be cut"


Rule = Callable[[_Page], None]
