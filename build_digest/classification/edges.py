"""What stands right before the first and right behind the last sentence of a text: its own, or a page's furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from build_digest.classification.features import FORMS_BESIDE_TEXT, NUMBERED
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.neighbours import ScoredPage
from build_digest.classification.title_forms import is_title_shape, plain
from build_digest.model import Verdict

RULED = -2.0
"""The score from which down a line is dropped that a rule takes for boilerplate."""
MENU_FORMS = frozenset(("word-list",))
"""Forms of lines beside the text that hardly any lead-in has."""
LOOSE_FORMS = frozenset(("short-line", "word-list", "phrase"))
"""Those of them that are buttons and labels rather than text where no sentence follows."""
TAB = "tabs"
"""The rule of the names of a page's parts (内容简介): right above a sentence such a line is its heading."""
SIGNED = 3
"""Filled lines below the last sentence in which who signs a text, and when, may stand."""
SUBTITLE = 6
"""Characters that a subtitle right below the title has at least."""
TWO_LINES = 44
"""Letters of a title on two lines, at most."""
LIST, ROWS = 4, 2
"""The fewest lines of a list between a title and its text, and those among them of several words."""
WRAPPED = 18
"""Characters of a line of a text that was broken at a fixed width, at least."""
COUNT = 10
"""Characters from which on a line of figures above the first sentence is a fact, and no count."""
FIGURES = 3
"""Digits in a phrase behind the last sentence that make it a fact, not a button."""

_DASH = ("—", "-", "(")
_DATE_ALONE = re.compile(r"[\d\s年月日〇零一二三四五六七八九十():/.-]+$")
_DIGIT = re.compile(r"\d")
_MEASURED = re.compile(r"[^\W\d_]{1,6}[\s:]*[\d./~-]{1,8}\s?[^\W\d_]{1,3}")
"""A thing and how much of it: 面条 200克."""


def is_ruled_out(page: JudgedPage, at: int) -> bool:
    """Whether a rule takes a line for boilerplate, and nothing in its form outweighs that."""
    verdict = page.verdicts[at]
    return verdict.fate == "boilerplate" and verdict.rule in page.rules.ids and verdict.score <= RULED


def find_signature(page: JudgedPage, tail: Sequence[int]) -> set[int]:
    """The lines right below the last sentence that close a text: who signs it and when, or a note in brackets."""
    signed: list[int] = []
    for at in tail[:SIGNED]:
        text, rule = page.folded[at], page.verdicts[at].rule
        if rule == "date" and _DATE_ALONE.match(text):
            return {*signed, at}
        if rule not in ("short-line", "phrase", "pair") or len(text) > 40:
            break
        signed.append(at)
    return {at for at in signed[:1] if page.folded[at].startswith("(") and page.folded[at].endswith(")")}


def find_second_line(page: JudgedPage, title: int) -> int | None:
    """The line right below a title that the title goes on in: both together stand on the page's first line too, or the
    text that follows at once was broken at a fixed width, and so was the title."""
    folded, below = page.folded, [at for at in page.filled if at > title][:2]
    if len(below) < 2:
        return None
    at, following = below
    if page.verdicts[at].rule not in ("short-line", "phrase") or not is_title_shape(folded[at]):
        return None
    both = plain(folded[title] + folded[at])
    copied = page.filled[0] != title and both in plain(folded[page.filled[0]])
    broken = page.verdicts[following].rule == "prose" and len(folded[following]) >= WRAPPED
    return at if copied or (broken and len(both) <= TWO_LINES and not folded[at].startswith(_DASH)) else None


def find_lead_in(page: JudgedPage, between: Sequence[int]) -> set[int]:
    """The lines between the title and the first sentence that belong to the text: a subtitle right below the title, and
    what stands below the last head line and the last button, unless a rule or its copies on the page speak against it.

    Of lines that stand like headings those are left out that a line follows which is not of the text, and of facts those
    that are a count rather than the first of a list.
    """
    above = (at for at in between if page.verdicts[at].fate == "metadata" or is_ruled_out(page, at))
    stated = max(above, default=-1)
    counts = Counter(page.folded)
    listed = _in_list(page, between)
    kept = set()
    followed = True
    for at in reversed(between):
        text, verdict = page.folded[at], page.verdicts[at]
        rule = verdict.rule
        own = verdict.fate not in ("boilerplate", "metadata") or (
            rule in FORMS_BESIDE_TEXT and (rule not in MENU_FORMS or at in listed)
        )
        own = own or (rule == TAB and at == between[-1])
        lists = at + 1 in kept and page.verdicts[at + 1].rule in FORMS_BESIDE_TEXT
        begins_list = lists and bool(_MEASURED.fullmatch(text))
        small = rule == "figures" and len(text) < COUNT and not begins_list
        subtitle = at == between[0] and len(text) >= SUBTITLE
        placed = (at > stated and (followed or rule not in LOOSE_FORMS)) or subtitle
        followed = own and placed and not small and counts[text] == 1 and bool(plain(text))
        if followed:
            kept.add(at)
    return kept


def _in_list(page: JudgedPage, between: Sequence[int]) -> set[int]:
    """The lines of several words that stand in a list, such as that of ingredients: other short lines are around each."""
    rules = [page.verdicts[at].rule for at in between]
    if len(rules) < LIST or sum(rule in MENU_FORMS for rule in rules) < ROWS:
        return set()
    return {
        at
        for place, at in enumerate(between)
        if place and all(rule in FORMS_BESIDE_TEXT for rule in rules[place - 1 : place + 2])
    }


def trailing_lines(scored: ScoredPage, inside: Sequence[int], last: int) -> Iterable[int]:
    """The lines at the end of a block that are not of its text: what a rule rules out and, where the page is more than
    its text, loose words and phrases below the last sentence.

    Args:
        scored: the page.
        inside: the filled lines of the block.
        last: the line of the last sentence.
    """
    page = scored.page

    def trails(at: int) -> bool:
        loose = not scored.plain and at > last and _is_loose(page.folded[at], page.verdicts[at])
        return loose or is_ruled_out(page, at)

    return takewhile(trails, (at for at in reversed(inside) if page.verdicts[at].fate != "metadata"))


def _is_loose(text: str, verdict: Verdict) -> bool:
    return verdict.rule in LOOSE_FORMS and len(_DIGIT.findall(text)) < FIGURES and not NUMBERED.match(text)
