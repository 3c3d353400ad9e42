"""Find the title of a page: the line that a browser shows, its site name cut off, and its copies below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from build_digest.classification.runs import find_facts
from build_digest.classification.title_forms import (
    LONG,
    QUESTIONS,
    STEP,
    TRAIL,
    WORTHY,
    begins_with_owner,
    can_be_title,
    is_title_shape,
    looks_like_person,
    names_someone,
    plain,
    title_parts,
    weigh_title,
)
from build_digest.metadata.labels import APART
from build_digest.metadata.rows import LABEL, VALUE
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
_LONGEST = 200
_IN_BRACKETS = re.compile(r"【[^【】]+】|#[^#]+#|《[^《》]+》")
_SITE = 4
"""Characters of the last part of a first line that is the site's name and no title."""
_RANK = re.compile(r"lv\.?\s?\d+")
_WHOLE = 6
"""Letters from which a first line without separators is the title, and not a word of a menu."""
_BEGINNING = 3
"""Letters that a copy shares at least with the beginning of the page's title line."""
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
_COPY = 8
"""Letters that a copy has at least that is not the beginning of the page's title line."""


def title_copies(folded: Sequence[str], rules: Rules) -> list[int]:
    """The lines that stand elsewhere too as a title does: in the page's first line, at the end of a trail (首页 > 新闻 >
    标题), or, where neither tells, a second time on the page.
    """
    copies = copies_of_first_line(folded, rules)
    if copies:
        return copies
    letters = _letters_of_titles(folded, rules)
    counts = Counter(letters.values())
    twice = (at for at, text in letters.items() if len(text) >= _COPY and counts[text] > 1)
    return [at for at in twice if not names_someone(folded[at], rules)]


def copies_of_first_line(folded: Sequence[str], rules: Rules) -> list[int]:
    """The lines that stand in the page's first line, or at the end of a trail, too.

    A label before a title does not count, nor the name of the site where the first line has other parts.
    """
    filled = [at for at, text in enumerate(folded) if text]
    letters = _letters_of_titles(folded, rules)
    first = folded[filled[0]] if filled else ""
    wanted, whole = (set(), "") if STEP.search(first) else _first_line(first, rules)
    ends = _ends_of_trails(folded, filled)
    return [
        at
        for at in filled[1:]
        if at in letters
        and (letters[at] in ends or letters[at] in wanted or _is_part(letters[at], whole))
        and (letters[at] in ends or not _is_added(letters[at], whole))
    ]


def _is_added(text: str, whole: str) -> bool:
    """Whether a copy is what a site adds to its titles: it ends the title line and is the smaller part of it."""
    return whole.endswith(text) and 2 * len(text) < len(whole)


def _letters_of_titles(folded: Sequence[str], rules: Rules) -> dict[int, str]:
    """The letters of each line that has the form of a title."""
    return {at: plain(_without_label(text, rules)) for at, text in enumerate(folded) if text and is_title_shape(text)}


def _without_label(text: str, rules: Rules) -> str:
    label = rules.title_label.match(text)
    return text[label.end() :] if label else text


def _first_line(text: str, rules: Rules) -> tuple[set[str], str]:
    """What a copy of the page's first line may be, and all its letters; nothing if the line is short and of one piece."""
    parts = title_parts(text) if len(text) <= _LONGEST else []
    if not parts or (len(parts) == 1 and len(plain(text)) < _WHOLE) or begins_with_owner(text):
        return set(), ""
    if len(parts) > 1 and len(parts[-1]) <= _SITE and text.endswith(parts[-1]) and not text.startswith(parts[-1]):
        parts = parts[:-1]
    return {plain(part) for part in parts if part == text or not part.endswith(rules.names["site"])}, plain(text)


def _ends_of_trails(folded: Sequence[str], filled: Sequence[int]) -> set[str]:
    trails = (TRAIL.split(folded[at]) for at in filled if len(folded[at]) <= _LONGEST and STEP.search(folded[at]))
    ends = (plain(steps[-1]) for steps in trails if len(steps) > 2)
    return {end for end in ends if len(end) >= WORTHY}


def _is_part(text: str, whole: str) -> bool:
    """Whether a line is the beginning or the end of the title line, or what is left of it when words are taken out.

    >>> _is_part("小木笔记V32正式版", "小木笔记下载小木笔记电脑版下载V32正式版某某软件站")
    True
    """
    if not whole:
        return False
    if len(text) >= _BEGINNING and whole.startswith(text):
        return True
    if len(text) < _COPY or not whole.startswith(text[:_BEGINNING]):
        return len(text) >= _COPY and whole.endswith(text)
    rest = iter(whole)
    return all(char in rest for char in text)


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
