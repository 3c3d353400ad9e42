"""Score the lines of a page by what stands around them: copies, lists of teasers, poems, tables, end markers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from build_digest.classification.headline import QUESTION, TELLING
from build_digest.classification.outline import find_buttons
from build_digest.classification.runs import find_code, find_facts, find_verse
from build_digest.model import Verdict
from build_digest.rules import Rules

LITTLE = 0.3
"""The score of a line of a table of facts; what scores more is a sentence, or"""
VERSE = 0.35
"""a line of a poem."""
LINE_OF_CODE = 0.1
"""The score of a line of code near sentences."""
BUTTONS = 3
"""How near the buttons of a question stand to each other, in filled lines."""
OFTEN = 5
"""Copies of a short line that make what stands around it a list."""
DATED = 3
"""Lines of a date in figures from which on they are a list's, where they stand"""
AROUND = 8
"""so close to each other, in filled lines: the dates of a chronicle are written out."""
APART = 60
"""Lines between the copies of a line that make it a menu's; copies close together are the cells of a table."""


LONGEST_NAME = 12
"""Characters of a name in a byline."""
TRAILING_OFF = 0.4
"""The score of a sentence that trails off below another one."""

_WORDS = re.compile(r"[\w·]+")
_TOLD = frozenset(("sentence", "short-sentence", "prose"))


def score_in_context(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[float]:
    """The lines' scores with what their copies and neighbours say.

    A short line that stands several times on a page is a menu's, and a sentence between such lines, or between dated
    or truncated ones, is a teaser's, but not the last one of several above a list; the lines of a poem and of a table
    of facts are text.
    """
    filled = [at for at, text in enumerate(folded) if text]
    counts = Counter(folded[at] for at in filled)
    spread: dict[str, tuple[int, int]] = {}
    for at in filled:
        spread[folded[at]] = spread.get(folded[at], (at, at))[0], at
    decided = {"editor", *rules.decisions}
    scores = [0.0 if verdict.rule in decided else verdict.score for verdict in verdicts]
    for at in filled:
        first, last = spread[folded[at]]
        copies = counts[folded[at]]
        if copies > 1 and last - first >= APART and len(folded[at]) < 200:
            scores[at] -= 0.4 if copies == 2 else 1.2 if copies < OFTEN else 2.5
    trailing_off = _trailing_off(folded, verdicts, filled)
    for at in trailing_off:
        scores[at] = TRAILING_OFF
    dated = [verdicts[at].rule == "date" and "年" not in folded[at] for at in filled]
    listed = [
        (at not in trailing_off and _is_listed(folded[at], verdicts[at], counts[folded[at]]))
        or (dated[place] and sum(dated[max(0, place - AROUND) : place + AROUND + 1]) >= DATED)
        for place, at in enumerate(filled)
    ]
    told = [verdicts[at].rule == "sentence" and not listed[place] for place, at in enumerate(filled)]
    for place, at in enumerate(filled):
        above, below = listed[max(0, place - 2) : place], listed[place + 1 : place + 3]
        last = told[place] and any(told[max(0, place - 2) : place]) and sum(below) == 1 and not any(above)
        if scores[at] > 0 and not last:
            scores[at] -= 2.0 * (sum(above) + sum(below))
    for at in find_verse(folded, verdicts, filled, rules):
        scores[at] = max(scores[at], VERSE)
    for at in find_facts(folded, verdicts, filled):
        scores[at] = max(scores[at], LITTLE)
    for at in find_buttons(verdicts, filled):
        scores[at] = max(scores[at], 0.0)
    for at in find_code(verdicts, filled):
        scores[at] = max(scores[at], LINE_OF_CODE)
    return scores


def _boxes_about_author(
    folded: Sequence[str], verdicts: Sequence[Verdict], scores: Sequence[float], filled: Sequence[int]
) -> list[int]:
    """The lines behind most of a text that are nothing but a name from its byline: what follows is about the author."""
    told = [at for at in filled if scores[at] >= TELLING]
    if not told:
        return []
    bylines = [_WORDS.findall(folded[at]) for at in filled if at < told[0] and verdicts[at].fate == "metadata"]
    named = {word for words in bylines for word in words if 2 <= len(word) <= LONGEST_NAME and not word.isdecimal()}
    most = told[len(told) * 2 // 3]
    behind = [at for at in filled if at > most and folded[at] in named and verdicts[at].rule == "short-line"]
    return behind if len(behind) == 1 else []


def _trailing_off(folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int]) -> set[int]:
    """The sentences that trail off (……) below another sentence: the next line of a story, not a teaser below its title."""
    return {
        at
        for above, at in pairwise(filled)
        if verdicts[at].rule == "truncated" and folded[at].endswith("……") and verdicts[above].rule in _TOLD
    }


def _is_listed(text: str, verdict: Verdict, copies: int) -> bool:
    """Whether a line is an item of a list of teasers: dated, truncated, or the same short line again and again."""
    if verdict.rule in ("dated-item", "truncated"):
        return True
    return copies >= OFTEN and len(text) < 40 and (verdict.fate == "metadata" or verdict.score > -2)


def end_markers(
    folded: Sequence[str], verdicts: Sequence[Verdict], scores: Sequence[float], rules: Rules
) -> list[bool]:
    """The lines that end a text; those right above its first sentences (上一章 目录 下一章, names of tabs) do not, nor do
    the buttons below a question (12 条评论)."""
    ends = [verdict.rule in rules.endings for verdict in verdicts]
    filled = [at for at, text in enumerate(folded) if text]
    asked = [verdicts[at].rule in QUESTION for at in filled]
    for place, at in enumerate(filled):
        if ends[at] and sum(asked[max(0, place - BUTTONS) : place + BUTTONS + 1]) > 1:
            ends[at] = False
    for at in _boxes_about_author(folded, verdicts, scores, filled):
        ends[at] = True
    if sum(folded[at] in rules.names["book_parts"] for at in filled) > 1:
        ends = [end and folded[at] not in rules.names["book_notes"] for at, end in enumerate(ends)]
    following = [*filled[1:], *filled[-1:]]
    tells = (
        place
        for place, (at, below) in enumerate(zip(filled, following, strict=True))
        if scores[at] >= TELLING or (scores[at] > LITTLE and scores[below] > LITTLE)
    )
    for at in reversed(filled[: next(tells, 0)]):
        if verdicts[at].rule not in rules.ids and verdicts[at].fate != "metadata":
            break
        ends[at] = False
    return ends
