"""What furniture on news pages says: the words of newsletters, menus, share buttons, bylines. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

from factsite.importing import datelines
from factsite.linking.folding import fold


def _any(patterns: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """One pattern from several, each on a line of its own."""
    lines = [line.strip() for line in patterns.split("\n") if line.strip()]
    return re.compile(f"{before}(?:{'|'.join(lines)}){after}", re.IGNORECASE)


LINES: Mapping[str, tuple[int, re.Pattern[str]]] = {
    "paywall": (
        260,
        _any(r"""
            ^(please )?(subscribe|sign in|log ?in|register|become a member)\b.*\b(continue|reading|read|full|access)\b
            \b(continue|keep) reading\b.*\b(subscribe|sign in|log ?in|account)\b
            \b(for|only to|only for) (our )?subscribers( only)?\b
            \balready a (subscriber|member)\b
        """),
    ),
    "newsletter": (
        200,
        _any(r"""
            \bsign up (now|here|today|for|to)\b
            \bnewsletters?\b.*\b(inbox|sign up)\b
            ^subscribe\b
            \b(to|in) your inbox\b
            خبرنامه
            النشرة البريدية
        """),
    ),
    "cookie notice": (
        900,
        _any(r"""
            \bcookies?\b.*\b(accept|consent|agree|preferences|privacy|we use|reject)\b
            \b(accept|we use|our|use of)\b.*\bcookies?\b
            کوکی
            ملفات تعريف الارتباط
        """),
    ),
    "copyright line": (
        300,
        _any(r"""
            ^(©|\(c\) |copyright\b)
            \ball rights reserved\b
            ^کلیه حقوق
            ^جميع الحقوق
        """),
    ),
    "credit line": (
        200,
        _any(r"^[(\[]?((additional )?(reporting|writing)|editing|edited|compiled|written|translated) by [A-Z]"),
    ),
    "caption": (
        300,
        _any(r"""
            ^(file )?(photo(graph)?|image|picture|video|(photo )?credit)s?\s*([:/|]|courtesy)
            \((ap|afp|reuters|epa|getty)( photo| images)?(/[^)]*)?\)$
        """),
    ),
}
"""Lines that are furniture even if they are whole sentences: reason, longest line, words."""

FRAGMENTS: Mapping[str, re.Pattern[str]] = {
    "follow line": _any(r"""
        ^follow (us|me|our|on)\b
        ^(join|like|find|connect with) us (on|at)\b
        ^تابعنا
        ^ما را .*دنبال
    """),
    "language menu": _any(r"^(choose|select|change) (your )?(language|edition|region)\b"),
    "category line": _any(
        r"""
        categor(y|ies)
        tags?
        topics?
        filed under
        posted in
        section
        keywords?
        labels?
        برچسب‌?ها
        دسته‌?بندی
        الوسوم
        """,
        before="^",
        after=r"\s*(//|[:：›»|-])",
    ),
    "advertisement": _any(
        r"""
        advertisements?
        ads?
        sponsored( content)?
        promoted
        (story|article) continues( below)?.*
        scroll (down )?(to|for) .*
        آگهی
        إعلان
        """,
        before="^",
        after="[.:]?$",
    ),
    "comments": _any(r"""
        ^\d* ?comments?\b
        ^leave a (reply|comment)
        ^(no|view|post|show) comments?\b
        ^join the (conversation|discussion)
    """),
    "reading time": _any(r"""
        ^\d+ ?-?min(ute)?s?( (read|listen))?$
        ^(estimated )?reading time\b
    """),
    "audio or video": _any(r"^(listen|watch|play)( to)?( this| the)?( article| story| video| report| now| live)*$"),
    "skip link": _any(r"^(skip|jump|back) to (the )?(main )?(content|navigation|top)$"),
}
"""Lines that are furniture if they are no sentences: reason and words."""

RELATED = _any(
    r"""
    (related|recommended|trending)\b
    more (from|on|in|about|news|stories)\b
    (read|see|watch) (more|also|next)\b
    also read\b
    most (read|popular|viewed)\b
    (latest|top) (news|stories|articles)\b
    you (may|might) (also )?(like|be interested)
    what to read next
    don[’']t miss\b
    editors?[’']s? picks?\b
    up next\b
    in this (article|story)\b
    مطالب مرتبط
    اخبار مرتبط
    بیشتر بخوانید
    اقرأ (أيضا|أيضًا|المزيد)
    مواضيع ذات صلة
    """,
    before="^",
)
"""Headings of lists of other stories."""

SHARING = frozenset(
    """
    share tweet email e-mail mail print copy link copied facebook twitter x whatsapp telegram linkedin reddit pinterest
    messenger instagram youtube save bookmark this article on via with by to and more viber flipboard bluesky threads
    اشتراک‌گذاری مشاركة طباعة چاپ فیسبوک تلگرام توییتر
    """.split()  # noqa: SIM905 -- a list of words is read more easily
)
"""The words of share buttons."""

BYLINE = re.compile(
    r"^(?:by|written by|von|par|نویسنده:?|بقلم:?)\s+(?P<name>[^|•·,\d]{3,60}?)(?:\s*(?:[|•·,–—]|\d).*)?$", re.IGNORECASE
)
NAME = re.compile(r"(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir)\.? )?[A-Z][\w'’-]*(?: (?:[A-Z][\w.'’-]*|de|van|von|bin|al|el)){1,4}")
HONORIFIC = re.compile(r"^(?:(?:dr|prof|professor|mr|mrs|ms|sir)\.? )+", re.IGNORECASE)
AGENCIES = "REUTERS|Reuters|AFP|AP|DPA|dpa|ANSA|EFE|TASS|Xinhua|XINHUA|UPI|PTI|ANI|IRNA|BLOOMBERG|Bloomberg"
CREDIT = re.compile(rf"(?<=[.!?”\"’])\s+[-–—(\[]*\s?(?P<name>{AGENCIES})[)\]]?\.?$")
"""An agency's name behind the last sentence."""
END = re.compile(r"[.!?…؟。۔।:][\s\"'”’»)\]*]*$")
BULLET = re.compile(r"^[\s•·▪◦*>»›←→-]+")


def key_of(text: str) -> str:
    """What two blocks have in common that say the same."""
    return fold(BULLET.sub("", text)).text.casefold().strip(" \"'[]")


def is_sentence(text: str) -> bool:
    """Whether it is a whole sentence rather than a headline, label or button."""
    text = CREDIT.sub("", text)
    return (END.search(text) is not None and len(text) >= 25) or len(text) >= 250


def reason_of(text: str) -> str:
    """Why a line is furniture, judged by its words alone; empty if it is not."""
    plain = text.strip(" []()\xa0")
    for reason, (longest, words) in LINES.items():
        if len(text) <= longest and words.search(plain):
            return reason
    return "" if is_sentence(text) else _reason_of_fragment(text, plain)


def _reason_of_fragment(text: str, plain: str) -> str:
    words = re.findall(r"[^\s,/|•·:]+", plain.lower())
    if words and len(words) <= 8 and all(word in SHARING for word in words):
        return "share buttons"
    if datelines.is_date_line(text):
        return "date line"
    found = next((reason for reason, pattern in FRAGMENTS.items() if pattern.search(plain)), "")
    pieces = [piece.strip() for piece in re.split(r"[|>›»/•·]|\s//\s", text) if piece.strip()]
    if not found and len(pieces) >= 3 and max(map(len, pieces)) <= 30:
        return "breadcrumb" if re.search(r"[>›»/]", text) else "menu"
    return found


def byline_of(text: str) -> str:
    """The name in a byline: `By Jane Doe`, `Jane Doe | January 22, 2018`; empty if it is none."""
    if len(text) <= 100 and not END.search(text.rstrip(".")) and (match := BYLINE.match(text)):
        return match["name"].strip()
    name, separator, rest = (part.strip() for part in re.split(r"([|•·])", text + "||", maxsplit=1))
    return name if separator and datelines.is_date_line(rest.strip("|\xa0 ")) and NAME.fullmatch(name) else ""


def plain_name(name: str) -> str:
    """With `MAJID` as `Majid`."""
    return " ".join(word.capitalize() if word.isupper() and len(word) > 3 else word for word in name.split())
