"""Find the lines that stand like the title of a page: above a head line, a definition or a text."""

from __future__ import annotations

import re

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.runs import find_facts
from build_digest.classification.title_forms import (
    LONG,
    WORTHY,
    looks_like_person,
    plain,
    weigh_title,
)
from build_digest.model import Verdict
from build_digest.rules import Rules

QUESTION = frozenset(("question-page", "question-counts"))
"""The rules of what stands around a question and its answers."""
BUTTONS = 2
"""The fewest such lines on a page that is a question's."""
MANY = 12
"""Lines that may be the title are tried up to this number, the first ones."""
FAR = 6
"""Filled lines above a head line or a text in which a title is looked for."""
TELLING = 1.5
"""The score of a sentence that is long enough to tell text from menus."""

DEFINED = 6
"""Filled lines above a definition in which its entry stands."""
DEFINITION = 1.0
"""The least score of a definition, which may be short; it stands no further down than the first telling sentence."""

_DEFINES = re.compile(r"\s?(?:[(,]|是|为|又|亦|即|指|系|位于|位於)")
TRAILS = frozenset(("trail", "breadcrumb", "breadcrumb-you-are-here"))
"""The rules of the way to a page, which stands above its title."""
LEAST = -2.0
"""The score up to which a line that a rule matches is a button's."""
LIKELY = 3.0
"""The weight from which on a line that nothing marks is taken for a title, and"""
UNLIKELY = 2.0
"""the one up to which a line above a head line is not."""
CALL = 40
"""Characters of a question or a call that may be a title."""


def head_titles(page: JudgedPage) -> list[int]:
    """The lines that stand like titles: right above a line of dates and names, or with such values behind them."""
    found: dict[int, None] = {}
    for place, at in enumerate(page.filled):
        if page.verdicts[at].rule == "titled":
            found[at] = None
        elif page.verdicts[at].fate == "metadata":
            found |= dict.fromkeys(_above_head_line(page, place))
        if len(found) >= MANY:
            break
    return list(found)


def defined_titles(page: JudgedPage) -> list[int]:
    """The lines that the next sentence says what they are, as an entry of an encyclopaedia begins: 青石堰 / 青石堰是…."""
    found: list[int] = []
    for place, at in enumerate(page.filled):
        if page.verdicts[at].score >= DEFINITION:
            found += [above for above in page.filled[max(0, place - DEFINED) : place] if _is_defined(page, above, at)]
        if page.verdicts[at].score >= TELLING:
            break
    return found


def _is_defined(page: JudgedPage, entry: int, at: int) -> bool:
    """Whether a line begins with an entry and says what it is."""
    name, text = page.folded[entry], page.folded[at]
    named = len(name) < LONG * 2 and text.startswith(name) and _DEFINES.match(text, len(name))
    return bool(named) and page.can_be_title(entry)


def _above_head_line(page: JudgedPage, place: int) -> list[int]:
    """Of the lines above a head line, below any sentence there, the one that looks most like a title."""
    above = page.filled[max(0, place - FAR) : place]
    told = max((at for at in above if page.verdicts[at].score >= TELLING), default=0)
    able: dict[int, float] = {}
    distance = 0
    for at in reversed(above):
        text, verdict = page.folded[at], page.verdicts[at]
        if verdict.rule in TRAILS:
            break
        distance += not _stands_between(text, verdict, page.rules)
        if at >= told and page.can_be_title(at):
            able[at] = weigh_title(text, verdict, distance, page.rules)
    best = max(able, key=lambda at: (able[at], at), default=None)
    return [best] if best is not None and able[best] > UNLIKELY else []


def _stands_between(text: str, verdict: Verdict, rules: Rules) -> bool:
    """Whether a line is what stands between a title and the head line: who wrote the text, a button."""
    button = verdict.fate == "boilerplate" and verdict.rule in rules.ids and verdict.score <= LEAST
    return button or looks_like_person(text, rules)


def openings(page: JudgedPage, first: int) -> list[int]:
    """The lines a text may be headed by although nothing marks them: a question anywhere above its first sentence, and
    of the lines a little above it the one that looks most like a title.

    Args:
        page: the page.
        first: the line of the text's first sentence.
    """
    able = [at for at in page.filled if at <= first and page.can_be_title(at)]
    calls = (at for at in able if page.folded[at].endswith("?") and len(page.folded[at]) <= CALL)
    asked = [at for at in calls if len(plain(page.folded[at])) >= LONG]
    above = [at for at in page.filled if at < first]
    facts = set(find_facts(page, above))
    nearest = [at for at in reversed(above) if at not in facts][:FAR]
    weights = {
        at: weigh_title(page.folded[at], page.verdicts[at], distance, page.rules)
        for distance, at in enumerate(nearest, 1)
        if at in able
    }
    likely = [at for at in weights if weights[at] >= LIKELY]
    return sorted({*asked[:1], *sorted(likely, key=lambda at: (weights[at], at))[-1:]})


def asked_title(page: JudgedPage) -> int | None:
    """The question that a page of answers is headed by: the last one above what stands around it, or None."""
    buttons = page.having(QUESTION)
    if len(buttons) < BUTTONS:
        return None
    able = (at for at in range(buttons[0]) if page.folded[at].endswith("?") and page.can_be_title(at))
    return next((at for at in able if len(plain(page.folded[at])) >= LONG), None)


def top_line(page: JudgedPage, first: int) -> int | None:
    """The first line of a page, or, where that is hardly more than a name, one below it that could be the title above
    the text."""
    filled = [at for at in page.filled if at <= first]
    if not filled or len(plain(page.folded[filled[0]])) >= WORTHY:
        return next(iter(filled), None)
    able = (at for at in filled[1:] if at < first and page.verdicts[at].score <= 0 and page.can_be_title(at))
    return next((at for at in able if len(plain(page.folded[at])) >= LONG), filled[0])
