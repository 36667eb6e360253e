"""Markdown that nearly is: marks that mean nothing as they were typed, so that readers would see them. Pure.

Only marks that right prose does not have are found. A single `*` or a `**` behind a word leads to a note, `[sic]` and
`[…]` stand in quotations, a grave accent stands for a letter in `Isma`il`, and `#MeToo` begins a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from factsite import markdown, urls
from factsite.markdown import MARKUP, Literal

SCHEMES = "|".join((*urls.LINK_SCHEMES, "https?", "mailto"))
LINK = re.compile(rf"\[[^\[\]]+\]\((?:{SCHEMES}):[^()\s]*\)")
NEARLY_LINK = re.compile(
    rf"(?P<words>\[[^\[\]\n\\{MARKUP}]+)?\](?P<gap> ?)[(\[{{](?P<head> *)(?P<scheme>{SCHEMES})(?P<colon> *: *)"
    rf"(?:(?P<closed>[^()\[\]{{}}\n{MARKUP}]*)[)\]}}]|(?P<open>[^\s{MARKUP}]*))"
)
REVERSED_LINK = re.compile(rf"\((?P<words>[^()\n\\{MARKUP}]+)\)\[(?P<target>(?:{SCHEMES}):[^\s\]]+)\]")
BOLD_APART = re.compile(r"(?<!\S)\*\*(?: +([^*\s][^*\n]*\w)|(\w[^*\n]*?) +)\*\*(?!\w)")
BOLD_OPEN = re.compile(r"(?<![^\s(\[\"“‘])\*\*[^\s*]+")
NOTE_MARK = re.compile(r"[\w.,;:!?)\]”’\"']\*\*(?!\w)")
LONE_CODE = re.compile(r"(?<!\w)`(?![A-Z`]|[^\0-\xff\U00010000-\U0010ffff])\S*")
"""The last class is U+0100 to U+FFFF, by what it is not: of that range `re` would make a table of 65,536 entries, at
each start."""
UNKNOWN = re.compile(r"\[\^[^\]\s]{1,30}\]|~~[^\s~][^~\n]*~~")
TWO_SIGNS = re.compile(r"^(#{2,6})(?=[^\s#])(.*)$", re.MULTILINE)
ONE_SIGN = re.compile(r"(#)(?=[^\W\d])([^\n]+ [^\n]*[^\s.!?…:])")
"""A hashtag may begin a sentence, but hardly a line of several words that stands alone and has no full stop."""
HIDDEN = re.compile(rf"[{MARKUP}\\]")
"""Stands for what `Literal` does not tell."""
BLOCK_SIGN = re.compile(r"(?<=\S )[>|][-+](?= \S)")
"""What YAML understands only right behind the name of a field; later on the line it is one of the words."""
MARKS = ("]", "**", "~~", "`", "#", ">-", ">+", "|-", "|+")
"""One of which every slip has; most texts have none of them once the links are taken out."""

EMPHASIS = re.compile(r"(?<![\w*])(\*\*?)(?=\w)(?P<words>[^*\n]+)(?<=\w)\1(?![\w*])")
HTML = re.compile(r"(?P<words>)(?:</?(?:a|b|br|em|i|p|strong|su[bp]|u)\b[^<>\n]*>|&(?:nbsp|amp|quot|[lg]t|#\d+);)")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
"""Other people's words, which may have marks and may judge."""
CODE = re.compile(r"`[^`]*`")
CODE_OR_QUOTED = re.compile(f"{CODE.pattern}|{QUOTED.pattern}")

BLOCK = "the sign right behind the name of the field, and all words below it"
MEANT_SO = "or a backslash before it, if meant as it stands"
MEANT_SO_IN_PLAIN = "or backticks around it, if meant as it stands"
"""Where readers would see the backslash."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mark that is shown instead of being understood."""

    typed: str
    """Up to the first markup that is understood, if there is any inside."""
    meant: str
    """The same as it should have been typed; empty if that cannot be told."""
    right: str
    """What would be right, in words."""
    line: int
    """Line of the text, from 1."""


def in_markdown(text: str, *, block: bool) -> Iterator[Slip]:
    """Slips in a Markdown text; `block`: it may have several paragraphs."""
    rest = LINK.sub("", text)
    if not any(mark in rest for mark in MARKS):
        return
    found = list(markdown.literals(text, block=block))
    has_notes = any(NOTE_MARK.search(literal.text) for literal in found)
    for literal in found:
        for place, typed, meant, right in _in_literal(literal, has_notes=has_notes):
            line = literal.line + literal.text.count("\n", 0, place)
            hidden = HIDDEN.search(typed)  # from here on it is not known as it was typed
            seen = typed[: hidden.start()].rstrip() if hidden else typed
            yield Slip(seen, "" if hidden else meant, f"{right}; {MEANT_SO}", line)


def in_plain(text: str) -> Iterator[Slip]:
    """Markup in a text that has none. A link in quotation marks is one too: quoted words are often linked."""
    for match in BLOCK_SIGN.finditer(text):
        yield Slip(match[0], "", f"{BLOCK}; {MEANT_SO_IN_PLAIN}", text.count("\n", 0, match.start()) + 1)
    if not any(mark in text for mark in "]*<&"):
        return
    right = "plain text: links and emphasis belong in texts in Markdown, such as `analysis`"
    links = _outside(CODE, text, _nearly_links(text))
    marks = _outside(CODE_OR_QUOTED, text, (*EMPHASIS.finditer(text), *HTML.finditer(text)))
    for match in sorted((*links, *marks), key=lambda match: match.start()):
        meant = (match["words"] or "").removeprefix("[")
        yield Slip(match[0], meant, f"{right}; {MEANT_SO_IN_PLAIN}", text.count("\n", 0, match.start()) + 1)


def _outside(shell: re.Pattern[str], text: str, found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """What is found outside of every match of `shell`."""
    shells = [match.span() for match in shell.finditer(text)]
    return (match for match in found if not any(a <= match.start() and match.end() <= b for a, b in shells))


Found = Iterator[tuple[int, str, str, str]]
"""Where it stands, what was typed, what was meant, what would be right."""


def _in_literal(literal: Literal, *, has_notes: bool) -> Found:
    text = literal.text
    yield from _links(text)
    yield from _bold(text, has_notes=has_notes)
    for match in LONE_CODE.finditer(text):
        yield match.start(), match[0], "", "another ` where the code ends; or a quotation mark, such as ‘"
    for match in UNKNOWN.finditer(text):
        yield (
            match.start(),
            match[0],
            "",
            "the words themselves: this Markdown has no footnotes, and strikes nothing out",
        )
    for match in BLOCK_SIGN.finditer(text):
        yield match.start(), match[0], "", BLOCK
    headings = TWO_SIGNS.finditer(text) if literal.is_paragraph else ()
    alone = ONE_SIGN.fullmatch(text) if literal.is_paragraph else None
    for match in (*headings, *([alone] if alone else [])):
        yield match.start(), match[0], f"{match[1]} {match[2]}", f"a space after the `{match[1]}` of a heading"


def _links(text: str) -> Found:
    right = "`[words](address)`, with nothing between the brackets and no space inside the second ones"
    for match in _nearly_links(text):
        yield match.start(), match[0], _link(match), right
    for match in REVERSED_LINK.finditer(text):
        yield match.start(), match[0], f"[{match['words']}]({match['target']})", right


def _nearly_links(text: str) -> Iterator[re.Match[str]]:
    for match in NEARLY_LINK.finditer(text):
        is_remark = match["gap"] and (match["head"] or match["colon"] != ":")  # `[sic] (source: Reuters)`
        is_escaped = not match["words"] and "\\" in text[: match.start()]
        if not is_remark and not is_escaped:
            yield match


def _link(match: re.Match[str]) -> str:
    rest = (match["closed"] if match["closed"] is not None else match["open"].rstrip(".,;:")).strip()
    if match["scheme"] in urls.LINK_SCHEMES:
        entry_id, hash_sign, anchor = rest.partition("#")
        rest = f"{urls.slug(entry_id)}{hash_sign}{anchor}"
    meant = f"{match['words'] or ''}]({match['scheme']}:{rest.replace(' ', '%20')})"
    return meant if meant != match[0] else ""


def _bold(text: str, *, has_notes: bool) -> Found:
    apart = [(match.start(), match[0], f"**{match[1] or match[2]}**") for match in BOLD_APART.finditer(text)]
    for place, typed, meant in apart:
        yield place, typed, meant, "no space between the `**` and the bold words"
    if not apart and not has_notes:
        for match in BOLD_OPEN.finditer(text):
            yield match.start(), match[0], "", "`**` on both sides of the bold words"
