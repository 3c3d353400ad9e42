"""Score the lines of a page by what stands around them: copies, lists of teasers, poems, tables, end markers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.classification.headline import TELLING
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.outline import find_buttons
from build_digest.classification.runs import find_code, find_facts, find_verse
from build_digest.model import Verdict

LITTLE = 0.3
"""The score of a line of a table of facts; what scores more is a sentence, or"""
VERSE = 0.35
"""a line of a poem."""
LINE_OF_CODE = 0.1
"""The score of a line of code near sentences."""
OFTEN = 5
"""Copies of a short line that make what stands around it a list."""
DATED = 3
"""Lines of a date in figures from which on they are a list's, where they stand"""
AROUND = 8
"""so close to each other, in filled lines: the dates of a chronicle are written out."""


LONGEST_NAME = 12
"""Characters of a name in a byline."""
TRAILING_OFF = 0.4
"""The score of a sentence that trails off below another one."""

LISTED = 2.0
"""What each of the two lines above and below takes from a sentence if it is an item of a list."""
PLAIN_LINES, PLAIN_SHARE = 2, 0.05
"""A page has no menus if a rule finds boilerplate in no more lines than two, or than this share of them, and"""
PLAIN_TEXT = 0.5
"""if this share of its characters stands in sentences."""

_WORDS = re.compile(r"[\w·]+")
_TOLD = frozenset(("sentence", "short-sentence", "prose"))


@dataclass(frozen=True, slots=True)
class ScoredPage:
    """A page with its lines scored by what stands around them.

    `ends` tells which lines end a text, `plain` whether the page is its text and hardly anything else: nearly all is
    sentences and hardly any line boilerplate by a rule, so that only strong signs end it.
    """

    page: JudgedPage
    scores: Sequence[float]
    ends: Sequence[bool]
    plain: bool

    def tells(self, at: int) -> bool:
        """Whether a line is a sentence, and no line of a table or button."""
        return self.scores[at] > LITTLE


def score_page(page: JudgedPage) -> ScoredPage:
    """The page with what the copies and neighbours of its lines say of them."""
    scores = _score_lines(page)
    return ScoredPage(page, scores, _end_markers(page, scores), _is_plain(page))


def _score_lines(page: JudgedPage) -> list[float]:
    """The lines' scores with what their copies and neighbours say.

    A short line that stands several times on a page is a menu's, and a sentence between such lines, or between dated
    or truncated ones, is a teaser's, but not the last one of several above a list; the lines of a poem and of a table
    of facts are text.
    """
    decided = {"editor", *page.rules.decisions}
    scores = [0.0 if verdict.rule in decided else verdict.score for verdict in page.verdicts]
    trailing_off = _trailing_off(page)
    for at in trailing_off:
        scores[at] = TRAILING_OFF
    for at, items in _beside_lists(page, trailing_off):
        if scores[at] > 0:
            scores[at] -= LISTED * items
    lifted = (
        (VERSE, find_verse(page)),
        (LITTLE, find_facts(page, page.filled)),
        (LINE_OF_CODE, find_code(page)),
        (0.0, find_buttons(page)),
    )
    for least, found in lifted:
        for at in found:
            scores[at] = max(scores[at], least)
    return scores


def _beside_lists(page: JudgedPage, trailing_off: Collection[int]) -> Iterator[tuple[int, int]]:
    """The lines that stand beside items of a list, and how many of the two above and below are items; the last sentence
    of several above a list is none of its teasers."""
    counts = Counter(page.folded[at] for at in page.filled)
    rules = [page.verdicts[at].rule for at in page.filled]
    dated = [rule == "date" and "年" not in page.folded[at] for rule, at in zip(rules, page.filled, strict=True)]
    listed = [
        (at not in trailing_off and _is_listed(page.folded[at], page.verdicts[at], counts[page.folded[at]]))
        or (dated[place] and sum(dated[max(0, place - AROUND) : place + AROUND + 1]) >= DATED)
        for place, at in enumerate(page.filled)
    ]
    told = [rule == "sentence" and not item for rule, item in zip(rules, listed, strict=True)]
    for place, at in enumerate(page.filled):
        above, below = sum(listed[max(0, place - 2) : place]), sum(listed[place + 1 : place + 3])
        closes = told[place] and any(told[max(0, place - 2) : place]) and below == 1 and not above
        if above + below and not closes:
            yield at, above + below


def _boxes_about_author(page: JudgedPage, scores: Sequence[float]) -> list[int]:
    """The lines behind most of a text that are nothing but a name from its byline: what follows is about the author."""
    told = [at for at in page.filled if scores[at] >= TELLING]
    if not told:
        return []
    bylines = (page.folded[at] for at in page.filled if at < told[0] and page.verdicts[at].fate == "metadata")
    words = {word for line in bylines for word in _WORDS.findall(line)}
    named = {word for word in words if 2 <= len(word) <= LONGEST_NAME and not word.isdecimal()}
    most = told[len(told) * 2 // 3]
    behind = [at for at in page.having(["short-line"]) if at > most and page.folded[at] in named]
    return behind if len(behind) == 1 else []


def _trailing_off(page: JudgedPage) -> set[int]:
    """The sentences that trail off (……) below another sentence: the next line of a story, not a teaser below its title."""
    return {
        at
        for above, at in pairwise(page.filled)
        if page.verdicts[at].rule == "truncated"
        and page.folded[at].endswith("……")
        and page.verdicts[above].rule in _TOLD
    }


def _is_listed(text: str, verdict: Verdict, copies: int) -> bool:
    """Whether a line is an item of a list of teasers: dated, truncated, or the same short line again and again."""
    if verdict.rule in ("dated-item", "truncated"):
        return True
    return copies >= OFTEN and len(text) < 40 and (verdict.fate == "metadata" or verdict.score > -2)


def _end_markers(page: JudgedPage, scores: Sequence[float]) -> list[bool]:
    """The lines that end a text; those right above its first sentences (上一章 目录 下一章, names of tabs) do not."""
    filled, names = page.filled, page.rules.names
    ends = [verdict.rule in page.rules.endings for verdict in page.verdicts]
    for at in _boxes_about_author(page, scores):
        ends[at] = True
    if sum(page.folded[at] in names["book_parts"] for at in filled) > 1:
        ends = [end and page.folded[at] not in names["book_notes"] for at, end in enumerate(ends)]
    following = [*filled[1:], *filled[-1:]]
    tells = (
        place
        for place, (at, below) in enumerate(zip(filled, following, strict=True))
        if scores[at] >= TELLING or min(scores[at], scores[below]) > LITTLE
    )
    for at in reversed(filled[: next(tells, 0)]):
        if page.verdicts[at].rule not in page.rules.ids and page.verdicts[at].fate != "metadata":
            break
        ends[at] = False
    return ends


def _is_plain(page: JudgedPage) -> bool:
    ruled = sum(verdict.fate == "boilerplate" and verdict.rule in page.rules.ids for verdict in page.verdicts)
    told = next((at for at, verdict in enumerate(page.verdicts) if verdict.score >= TELLING), 0)
    ruled += sum(verdict.rule == "word-list" for verdict in page.verdicts[:told])
    if ruled > max(PLAIN_LINES, PLAIN_SHARE * len(page.filled)):
        return False
    text = sum(len(line) for line, verdict in zip(page.folded, page.verdicts, strict=True) if verdict.score > 0)
    return text >= PLAIN_TEXT * sum(map(len, page.folded))
