"""Choose the title among the lines above a text, by all that a reader goes by, weighed.

Each sign is weak; together they tell a title of any site: it stands right above the block of date, source and names, it is
longer than the words of a menu and shorter than a paragraph, its words come again in the text and on the first line of the
page. The weights are those of a conditional logit model (McFadden, Conditional Logit Analysis of Qualitative Choice
Behavior, 1974) of which line of a page is its title, rounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log1p

from build_digest.classification.furniture import is_furniture, is_menu
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import (
    QUESTIONS,
    STEP,
    looks_like_person,
    plain,
    trail_steps,
)
from build_digest.metadata.dates import find_dates
from build_digest.metadata.names import is_institution, is_outlet
from build_digest.model import Verdict
from build_digest.rules import Rules
from build_digest.text.characters import HAN, count_han

REACH = 60
"""Filled lines above a text among which its title is looked for."""
TEXT = 2000
"""Letters of the text in which the words of a title are looked for."""
TITLE = 4
"""Characters of a title that has a date behind it."""
FEW_LETTERS = 6
"""Letters below which a line is as short as the word of a menu."""
CLAUSE = 24
"""Letters of a line with a comma from which on it is a standfirst rather than a title."""
COPIED = 3
"""Letters of a copy at least."""
NEAR = 5
"""Lines below a title among which the first one is that states something."""

_SUBTITLE = re.compile(r"(?:—|--)")
"""How a subtitle begins, which stands below its title and says nothing about what is above it."""
_DEFINED = re.compile("是|为|又|亦|即|指|系|位于")
_PAIR = re.compile(r"[^:]{2,8}:.{0,12}$")
_DATED = re.compile(rf"(?=[^\d()]*[{HAN}]{{4}})[^()]*[(\[]\s?\d{{4}}[-/.年]")


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a page says of its title elsewhere: where its trails end, the beginning of its text; whether it answers
    frequent questions."""

    trails: tuple[str, ...]
    text: str
    frequent: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be the title: its letters, whether it is a trail or of the furniture, its verdict, and what stands
    above it (None on top) and between it and the text."""

    text: str
    letters: str
    trail: bool
    furniture: bool
    verdict: Verdict
    copied: bool
    above: bool | None
    below: tuple[tuple[bool, bool], ...]
    page: _Surroundings
    rules: Rules

    @property
    def defined(self) -> bool:
        """Whether the text begins with it and says what it is."""
        text = self.page.text
        return text.startswith(self.letters) and _DEFINED.match(text, len(self.letters)) is not None

    @property
    def overlap(self) -> float:
        """The share of its pairs of letters that the text has too."""
        pairs = {self.letters[at : at + 2] for at in range(len(self.letters) - 1)}
        return sum(pair in self.page.text for pair in pairs) / len(pairs) if pairs else 0.0


_SIGNS: tuple[tuple[float, Callable[[_Candidate], float]], ...] = (
    # It stands again on the page's first line (the title of the browser's window), or ends a trail (首页 > 新闻 > 标题).
    (3.0, lambda line: line.copied),
    (1.8, lambda line: not line.trail and any(_share_beginning(line.letters, end) for end in line.page.trails)),
    # A line that states something stands right below it, or further down above the text.
    (1.8, lambda line: line.below[:1] == ((True, True),)),
    (1.2, lambda line: any(stated for _, stated in line.below[:NEAR])),
    # Each other line that is neither of the furniture nor stating something pushes it away from its text.
    (-1.3, lambda line: log1p(sum(not furniture for furniture, _ in line.below))),
    # Above it is the page's furniture, or nothing: it is no subtitle and no standfirst.
    (1.0, lambda line: line.above is None or line.above),
    (-1.0, lambda line: "," in line.text and len(line.letters) >= CLAUSE),
    (-0.5, lambda line: line.text.startswith("(")),
    # The longer the likelier, up to thirty letters; words of menus are short.
    (0.1, lambda line: min(count_han(line.text), 30)),
    (-1.0, lambda line: len(line.letters) < FEW_LETTERS),
    # All of it stands in brackets.
    (1.0, lambda line: line.text.startswith("【") and line.text.endswith("】")),
    # Its words come again in the text.
    (0.7, lambda line: line.overlap),
    # The text begins with it and says what it is.
    (3.0, lambda line: len(line.letters) > 1 and line.defined),
    # A question or a call, unless the page is full of questions: then what names them is the title.
    (2.0, lambda line: line.text.endswith(("?", "!")) and not line.page.frequent),
    (6.0, lambda line: line.page.frequent and line.rules.signs["frequent"].search(line.text) is not None),
    # It is a site's name, an institution's, a person's, a value with its label, the first line of all, foreign.
    (-0.9, lambda line: line.text.endswith(line.rules.names["site"])),
    (-1.5, lambda line: is_institution(line.text, line.rules) or is_outlet(line.text, line.rules)),
    (-2.0, lambda line: looks_like_person(line.text, line.rules)),
    (-0.5, lambda line: _PAIR.match(line.text) is not None),
    (-1.0, lambda line: line.above is None),
    (-0.6, lambda line: not count_han(line.text)),
    (-0.5, lambda line: line.trail),
    (-1.0, lambda line: line.furniture),
    (-1.0, lambda line: is_menu(line.text)),
    (-0.4, lambda line: line.verdict.score < -1),
    (-0.4, lambda line: not line.below),
)
"""How much each sign of a title counts, and how far a line has it."""


def choose_title(page: JudgedPage, first: int, copies: AbstractSet[int]) -> int | None:
    """The line above a text that looks most like its title, of several copies the last; None if no line can be one.

    Args:
        page: the page.
        first: the line of the text's first sentence.
        copies: the lines that stand on the page's first line too, or at the end of a trail, see `title_copies`.
    """
    folded, verdicts, rules = page.folded, page.verdicts, page.rules
    surroundings = _look_around(folded, first)
    above = [at for at in page.filled if at < first][-REACH:]
    above = [at for at in above if not _SUBTITLE.match(folded[at])]
    kinds = [_kind(folded[at], verdicts[at], rules) for at in above]
    lines: dict[int, _Candidate] = {}
    for place, at in enumerate(above):
        if at in copies or page.can_be_title(at) or _has_date_beside(folded[at], verdicts[at]):
            text = _without_date(folded[at])
            lines[at] = _Candidate(
                text=text,
                letters=plain(text),
                trail=STEP.search(folded[at]) is not None,
                furniture=kinds[place][0],
                verdict=verdicts[at],
                copied=at in copies,
                above=None if at == page.filled[0] else place == 0 or kinds[place - 1][0],
                below=_passing_name(kinds, above, folded, place),
                page=surroundings,
                rules=rules,
            )
    if not lines:
        return None
    weights = {at: sum(weight * sign(line) for weight, sign in _SIGNS) for at, line in lines.items()}
    best = lines[max(weights, key=lambda at: weights[at])].letters
    return max(at for at, line in lines.items() if line.letters == best)


def _passing_name(
    kinds: Sequence[tuple[bool, bool]], above: Sequence[int], folded: Sequence[str], place: int
) -> tuple[tuple[bool, bool], ...]:
    """The kinds of the lines below one; a short line right below it may be a name and counts as furniture."""
    below = tuple(kinds[place + 1 :])
    if below and _is_short(folded[above[place + 1]]) and not _is_short(folded[above[place]]):
        return ((True, below[0][1]), *below[1:])
    return below


def _has_date_beside(text: str, verdict: Verdict) -> bool:
    """Whether a title may stand on a line with a date: before it or behind it, in brackets perhaps."""
    return verdict.rule == "dated-item" or (verdict.rule == "date" and _DATED.match(text) is not None)


def _without_date(text: str) -> str:
    """A folded line without the date behind its text.

    >>> _without_date("某地建成新桥 (2021-03-05)"), _without_date("2021-03-05 某地建成新桥")
    ('某地建成新桥', '2021-03-05 某地建成新桥')
    """
    dates = find_dates(text)
    return text[: dates[0].start].rstrip(" ([") if dates and dates[0].start >= TITLE else text


def _is_short(text: str) -> bool:
    return len(plain(text)) < FEW_LETTERS


def _look_around(folded: Sequence[str], first: int) -> _Surroundings:
    text = ""
    for line in folded[first:]:
        text += plain(line)
        if len(text) > TEXT:
            break
    ends = (plain(steps[-1]) for line in folded if (steps := trail_steps(line)))
    return _Surroundings(
        trails=tuple(end for end in ends if len(end) >= COPIED),
        text=text,
        frequent=sum(line.endswith("?") for line in folded) >= QUESTIONS,
    )


def _kind(text: str, verdict: Verdict, rules: Rules) -> tuple[bool, bool]:
    """Whether a line is of the furniture, and whether it states something."""
    furniture = is_furniture(text, verdict, rules)
    return furniture, verdict.fate == "metadata" or (furniture and verdict.rule != "titled" and bool(find_dates(text)))


def _share_beginning(one: str, other: str) -> bool:
    """Whether one of two texts is the beginning of the other."""
    return bool(one) and bool(other) and (one.startswith(other) or other.startswith(one))
