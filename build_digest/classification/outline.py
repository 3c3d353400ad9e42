"""The list of an article's own sections: the lines below 目录 that each stand as a heading further down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import plain
from build_digest.model import Verdict

LISTED = "listed-heading"
"""The rule of a line that a list of contents names."""
FEWEST = 2
"""The fewest sections of such a list."""
HEADING = 0.6
"""The score of a heading that is listed; not that of `runs.PROSE`, which is never a heading."""
BUTTON = -3.0
"""The greatest score of the buttons below one, which are no text wherever they stand."""
_CONTENTS = re.compile(
    r"[\W_]*(?:(?:本文|文章|内容)?目[\W_]*[录次]|(?:本文|文章|内容)(?:导航|大纲)|(?:table of )?contents)[\W_]*"
)
_NUMBER = re.compile(r"^[\d.、\s]+")
_LINK = re.compile(r"\[([^\[\]]{1,80})\]\(#[^()]{0,200}\)")
"""An entry that leads to its section, in Markdown."""
_EDIT = re.compile(r"\s?[\[(]?(?:编辑|播报|编辑本段)[\])]?$")
"""The button behind a heading of an encyclopaedia."""


def with_contents(page: JudgedPage) -> JudgedPage:
    """The page with a list of contents marked, the headings that it names, and the buttons right below these.

    >>> from build_digest.rules import load_rules
    >>> lines = ["目录", "1 结构", "2 用法", "结构", "播报 编辑", "竹筒接雨。", "用法", "竖着放。"]
    >>> page = JudgedPage.of(lines, [Verdict("boilerplate", "x", -1.0)] * 8, load_rules({}))
    >>> [verdict.rule for verdict in with_contents(page).verdicts]
    ['contents', 'contents', 'contents', 'listed-heading', 'x', 'x', 'listed-heading', 'x']
    """
    marker = next((place for place, at in enumerate(page.filled) if _CONTENTS.fullmatch(page.folded[at])), None)
    headings = {} if marker is None else _find_headings(page, page.filled[marker + 1 :])
    if marker is None or len(headings) < FEWEST:
        return page
    told = dict.fromkeys([page.filled[marker], *headings], Verdict("contents", "contents"))
    told |= dict.fromkeys(headings.values(), Verdict("body", LISTED, HEADING))
    for above, at in pairwise(page.filled):
        one = page.verdicts[at]
        if at not in told and one.fate == "boilerplate" and above in headings.values():
            told[at] = Verdict(one.fate, one.rule, min(one.score, BUTTON))
    return page.judged({at: verdict for at, verdict in told.items() if page.verdicts[at].rule != "editor"})


def _find_headings(page: JudgedPage, below: Sequence[int]) -> dict[int, int]:
    """The lines of the list, each with the last line that says the same."""
    last = {plain(_EDIT.sub("", page.folded[at])): at for at in page.filled}
    headings: dict[int, int] = {}
    for at in below:
        heading = last.get(plain(_NUMBER.sub("", _LINK.sub(r"\1", page.folded[at]))), -1)
        if heading <= at:
            break
        headings[at] = heading
    return headings


def find_buttons(page: JudgedPage) -> set[int]:
    """The buttons below listed headings: 播报 编辑."""
    verdicts = page.verdicts
    return {
        at
        for above, at in pairwise(page.filled)
        if verdicts[above].rule == LISTED and verdicts[at].fate == "boilerplate"
    }
