"""Find the lines that stand like the title of a page: above a head line, a definition or a text, or in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from build_digest.classification.runs import find_facts
from build_digest.classification.title_forms import (
    LONG,
    QUESTIONS,
    WORTHY,
    can_be_title,
    looks_like_person,
    names_someone,
    plain,
    weigh_title,
)
from build_digest.metadata.rows import LABEL, VALUE
from build_digest.metadata.statement import APART
from build_digest.model import Verdict
from build_digest.rules import Rules

QUESTION = frozenset(("question-page", "question-counts"))
"""The rules of what stands around a question and its answers."""
BUTTONS = 2
"""The fewest such lines on a page that is a question's."""
MANY = 12
"""Lines that may be the title are tried up to this number, the first ones."""
FAR = 6
"""Filled lines above a head line, above a text or below a table of values in which a title is looked for."""
TELLING = 1.5
"""The score of a sentence that is long enough to tell text from menus."""

DEFINED = 6
"""Filled lines above a definition in which its entry stands."""
DEFINITION = 1.0
"""The least score of a definition, which may be short; it stands no further down than the first telling sentence."""

_DEFINES = re.compile(r"\s?(?:[(,]|是|为|又|亦|即|指|系|位于|位於)")
_IN_BRACKETS = re.compile(r"【[^【】]+】|#[^#]+#|《[^《》]+》")
_RANK = re.compile(r"lv\.?\s?\d+")
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
_NO_HEADLINE = frozenset(("figures", "word-list", "truncated", "pair"))
"""Names of forms, as `features.weigh` gives them, of lines that are hardly a title where nothing marks them as one."""


def head_titles(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[int]:
    """The lines that stand like titles: right above a line of dates and names, with such values behind them, or right
    below a table of them."""
    filled = [at for at, text in enumerate(folded) if text]
    found: dict[int, None] = {}
    for place, at in enumerate(filled):
        if verdicts[at].rule == "titled":
            found[at] = None
        elif verdicts[at].rule == VALUE:
            found |= dict.fromkeys(_below_rows(folded, verdicts, filled, place))
        elif verdicts[at].fate == "metadata" and not _stands_behind(folded[at], rules):
            found |= dict.fromkeys(_of_head_line(folded, verdicts, filled, place, rules))
        if len(found) >= MANY:
            break
    return list(found)


def _of_head_line(
    folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], place: int, rules: Rules
) -> Sequence[int]:
    """The title above a head line; above that of a post stands who posted it, and what else is there is hardly a title."""
    if not rules.signs["device"].search(folded[filled[place]]):
        return _above_head_line(folded, verdicts, filled[max(0, place - FAR) : place], rules)
    names = takewhile(lambda at: folded[at] == folded[filled[place - 1]], reversed(filled[:place]))
    stop = place - sum(1 for _ in names)
    above = _above_head_line(folded, verdicts, filled[max(0, stop - FAR) : stop], rules)
    return [at for at in above if len(plain(folded[at])) >= LONG]


def defined_titles(folded: Sequence[str], verdicts: Sequence[Verdict]) -> list[int]:
    """The lines that the next sentence says what they are, as an entry of an encyclopaedia begins: 青石堰 / 青石堰是…."""
    filled = [at for at, text in enumerate(folded) if text]
    found: list[int] = []
    for place, at in enumerate(filled):
        if verdicts[at].score >= DEFINITION:
            above = filled[max(0, place - DEFINED) : place]
            named = (other for other in above if len(folded[other]) < LONG * 2 and folded[at].startswith(folded[other]))
            found += [
                one
                for one in named
                if _DEFINES.match(folded[at], len(folded[one])) and can_be_title(folded[one], verdicts[one])
            ]
        if verdicts[at].score >= TELLING:
            break
    return found


def bracketed_titles(folded: Sequence[str], verdicts: Sequence[Verdict]) -> list[int]:
    """The lines right above a sentence that are nothing but a headline in brackets: 【绿皮火车上的一天】."""
    filled = [at for at, text in enumerate(folded) if text]
    return [
        at
        for at, below in pairwise(filled)
        if _IN_BRACKETS.fullmatch(folded[at])
        and len(plain(folded[at])) >= WORTHY
        and verdicts[below].score > 0
        and can_be_title(folded[at], verdicts[at])
    ]


def _above_head_line(
    folded: Sequence[str], verdicts: Sequence[Verdict], above: Sequence[int], rules: Rules
) -> list[int]:
    """Of the lines above a head line, below any sentence there, the one that looks most like a title."""
    told = max((at for at in above if verdicts[at].score >= TELLING), default=0)
    able: dict[int, float] = {}
    distance = 0
    for at in reversed(above):
        if verdicts[at].rule in TRAILS:
            break
        distance += not _stands_between(folded[at], verdicts[at], rules)
        if at >= told and can_be_title(folded[at], verdicts[at]) and not _RANK.fullmatch(folded[at]):
            able[at] = weigh_title(folded[at], verdicts[at], distance, rules)
    best = max(able, key=lambda at: (able[at], at), default=None)
    return [best] if best is not None and able[best] > UNLIKELY else []


def _stands_between(text: str, verdict: Verdict, rules: Rules) -> bool:
    """Whether a line is what stands between a title and the head line: who wrote the text, a rank, a button."""
    button = verdict.fate == "boilerplate" and verdict.rule in rules.ids and verdict.score <= LEAST
    return button or _RANK.fullmatch(text) is not None or looks_like_person(text, rules)


def _stands_behind(text: str, rules: Rules) -> bool:
    """Whether a line states only what stands behind a text: its keywords, its editor, its address."""
    kinds = {match.lastgroup for match in rules.labels.finditer(text)}
    return bool(kinds) and kinds <= APART


def _below_rows(folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], place: int) -> list[int]:
    """The first line long enough for a title a little below the last value of a table."""
    below = filled[place + 1 : place + 1 + FAR]
    if any(verdicts[at].rule in (LABEL, VALUE) for at in below):
        return []
    return [at for at in below if can_be_title(folded[at], verdicts[at]) and len(plain(folded[at])) >= LONG][:1]


def openings(folded: Sequence[str], verdicts: Sequence[Verdict], first: int, rules: Rules) -> list[int]:
    """The lines a text may be headed by although nothing marks them: a question anywhere above its first sentence, and
    of the lines a little above it the one that looks most like a title.

    Args:
        folded: the lines of a page in folded form.
        verdicts: what each line is by itself.
        first: the line of the text's first sentence.
        rules: see `rules.load_rules`.
    """
    able = [at for at in range(first + 1) if folded[at] and can_be_title(folded[at], verdicts[at])]
    long = [at for at in able if len(plain(folded[at])) >= LONG and verdicts[at].rule not in _NO_HEADLINE]
    asked = [at for at in long if folded[at].endswith("?") and len(folded[at]) <= CALL]
    questions = [at for at, text in enumerate(folded) if text.endswith("?") and len(text) <= CALL]
    if len(questions) >= QUESTIONS and questions[0] <= first:
        above = [at for at in able if at < (asked or questions)[0] and len(plain(folded[at])) > 3]
        frequent = [at for at in above if rules.signs["frequent"].search(folded[at])][-1:]
        if frequent or asked:
            return frequent or above[-1:]
    facts = set(find_facts(folded, verdicts, [at for at in range(first) if folded[at]]))
    filled = [at for at in range(first) if folded[at] and at not in facts][-FAR:]
    near = {at: weigh_title(folded[at], verdicts[at], len(filled) - place, rules) for place, at in enumerate(filled)}
    likely = [at for at in able if near.get(at, 0.0) >= LIKELY]
    return sorted({*asked[:1], *sorted(likely, key=lambda at: (near[at], at))[-1:]})


def asked_title(folded: Sequence[str], verdicts: Sequence[Verdict]) -> int | None:
    """The question that a page of answers is headed by: the last one above what stands around it, or None."""
    buttons = [at for at, verdict in enumerate(verdicts) if verdict.rule in QUESTION]
    if len(buttons) < BUTTONS:
        return None
    able = (at for at in range(buttons[0]) if folded[at].endswith("?") and can_be_title(folded[at], verdicts[at]))
    return next((at for at in able if len(plain(folded[at])) >= LONG), None)


def top_line(folded: Sequence[str], verdicts: Sequence[Verdict], first: int, rules: Rules) -> int | None:
    """The first line of a page, or, where that is hardly more than a name, one below it that could be the title above
    the text."""
    filled = [at for at in range(first + 1) if folded[at]]
    able = (
        at for at in filled[1:] if at < first and verdicts[at].score <= 0 and can_be_title(folded[at], verdicts[at])
    )
    if filled and (
        names_someone(folded[filled[0]], rules) or weigh_title(folded[filled[0]], verdicts[filled[0]], FAR, rules) < 0
    ):
        return next(iter(openings(folded, verdicts, first, rules)), filled[0])
    if filled and len(plain(folded[filled[0]])) < WORTHY:
        long = (at for at in able if len(plain(folded[at])) >= LONG and not names_someone(folded[at], rules))
        return next(long, filled[0])
    return filled[0] if filled else None
