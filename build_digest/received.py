"""A source as received, and what became of each of its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Fate = Literal["title", "heading", "body", "metadata", "contents", "boilerplate", "blank"]

KEPT: frozenset[Fate] = frozenset(("title", "heading", "body"))
"""The fates of lines that a reader sees in an article."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the corpus as received; `path` is relative to the corpus folder, with forward slashes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Repair:
    """One damaged run put right: `before` stood at start:end of the decoded text; `rule` names the kind of damage.

    `line` is the line it stands in, once the text is known to be a source's.
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair, and what was done to it, in order of `start`; clean text comes with no repairs."""

    text: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judgement of a line: its fate, the rule that decided and the score behind it (above 0 speaks for text)."""

    fate: Fate
    rule: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a line with a fate of its own: characters start:end of the repaired line."""

    start: int
    end: int
    fate: Fate
    rule: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source with its fate.

    `text` is the line after repair. `alone` is the verdict on the line by itself, `verdict` the one that counts,
    reached with its neighbours and its block. `article` is the article's index within its source, or None.
    """

    number: int
    text: str
    verdict: Verdict
    alone: Verdict
    cuts: tuple[Cut, ...] = ()
    article: int | None = None

    @property
    def fate(self) -> Fate:
        """The fate that counts."""
        return self.verdict.fate

    def in_article(self, index: int) -> Line:
        """The same line as one of that article of its source."""
        return Line(self.number, self.text, self.verdict, self.alone, self.cuts, index)

    def kept_text(self) -> str:
        """The line without its cuts.

        >>> verdict = Verdict("body", "example")
        >>> Line(1, "正文。(作者单位:某大学)", verdict, verdict, (Cut(3, 13, "metadata", "affiliation"),)).kept_text()
        '正文。'
        """
        kept, at = [], 0
        for cut in self.cuts:
            kept.append(self.text[at : cut.start])
            at = cut.end
        return "".join(kept) + self.text[at:]


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every line of a source: `decoded` are the lines as they were before repair."""

    decoded: tuple[str, ...]
    lines: tuple[Line, ...]
    repairs: tuple[Repair, ...] = ()
