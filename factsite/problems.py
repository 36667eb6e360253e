"""A mistake that a person can mend, as a value: what is wrong, where, and what would be right.

Stages report problems by file and *key path*; the line is looked up once, when a problem is shown (`locate`), so that
files without mistakes pay nothing for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

Key = str | int
Keys = tuple[Key, ...]
SHORTEST = 3
"""Letters that a word needs to count as the beginning of another one."""


class Severity(StrEnum):
    """How much a problem stops: an error ends the build, a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, before or after its line is known."""

    code: str
    """Stable name of the kind of mistake, explained in docs/problems.md."""
    message: str
    """What is wrong, in one sentence that names key and value."""
    path: str = ""
    """File, relative to the site's root, with forward slashes; empty if no single file is at fault."""
    keys: Keys | None = None
    """Where in the file's YAML: `("evidence", 0, "source")`; None where `line` says it or nothing does."""
    at_key: bool = False
    """The key itself is at fault, not its value."""
    line: int | None = None
    """Line of the file, counted from 1. With `keys`, first counted from the value's own first line."""
    column: int | None = None
    """Character in the line, counted from 1."""
    length: int = 1
    """How many characters the caret underlines."""
    words: str = ""
    """What the caret underlines where no column is known: these words, on the first line from `line` that has them."""
    source_line: str = ""
    """The offending line itself, filled in by `places.locate`."""
    expected: str = ""
    """What would be right."""
    nearest: str = ""
    """The closest valid value."""
    notes: tuple[str, ...] = ()
    """Further lines: the passages that come close, the other files involved."""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}{': ' if place else ''}{self.severity}[{self.code}] {self.message}"


@dataclass(slots=True)
class Problems:
    """Collects what a stage finds, so that all of it is reported at once."""

    found: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Keep one more problem."""
        self.found.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several."""
        self.found.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def fatal(self, *, strict: bool = False) -> bool:
        """Whether the build must stop."""
        return any(strict or problem.severity is Severity.ERROR for problem in self.found)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by file and line, each problem once."""
    unique = dict.fromkeys(problems)
    return sorted(unique, key=lambda p: (p.path, p.line or 0, p.column or 0, p.code, p.message))


def as_warning(problem: Problem) -> Problem:
    """The same mistake, not stopping the build."""
    return replace(problem, severity=Severity.WARNING)


def nearest(word: str, valid: Iterable[str]) -> str:
    """The valid value that `word` was probably meant to be, or that it begins; an empty string if there is none."""
    from rapidfuzz import fuzz, process  # only where something is wrong

    choices = list(valid)
    best = process.extractOne(word, choices, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60)
    if best:
        return str(best[0])
    begun = [each for each in choices if len(word) >= SHORTEST and each.casefold().startswith(word.casefold())]
    return min(begun, key=len, default="")
