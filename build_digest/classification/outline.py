"""The list of an article's own sections: the lines below 目录 that each stand as a heading further down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
_EDIT = re.compile(r"\s?[\[(]?(?:编辑|播报|编辑本段)[\])]?$")
"""The button behind a heading of an encyclopaedia."""


def with_contents(folded: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with a list of contents marked, the headings that it names, and the buttons right below these.

    >>> page = ["目录", "1 结构", "2 用法", "结构", "播报 编辑", "竹筒接雨。", "用法", "竖着放。"]
    >>> [verdict.rule for verdict in with_contents(page, [Verdict("boilerplate", "x", -1.0)] * 8)]
    ['contents', 'contents', 'contents', 'listed-heading', 'x', 'x', 'listed-heading', 'x']
    """
    filled = [at for at, text in enumerate(folded) if text]
    marker = next((place for place, at in enumerate(filled) if _CONTENTS.fullmatch(folded[at])), None)
    headings = {} if marker is None else _find_headings(folded, filled[marker + 1 :], filled)
    if marker is None or len(headings) < FEWEST:
        return list(verdicts)
    marked = dict.fromkeys([filled[marker], *headings], Verdict("contents", "contents"))
    marked |= dict.fromkeys(headings.values(), Verdict("body", LISTED, HEADING))
    for above, at in pairwise(filled):
        one = verdicts[at]
        if at not in marked and one.fate == "boilerplate" and above in headings.values():
            marked[at] = Verdict(one.fate, one.rule, min(one.score, BUTTON))
    return [one if one.rule == "editor" else marked.get(at, one) for at, one in enumerate(verdicts)]


def _find_headings(folded: Sequence[str], below: Sequence[int], filled: Sequence[int]) -> dict[int, int]:
    """The lines of the list, each with the last line that says the same."""
    last = {plain(_EDIT.sub("", folded[at])): at for at in filled}
    headings: dict[int, int] = {}
    for at in below:
        heading = last.get(plain(_NUMBER.sub("", folded[at])), -1)
        if heading <= at:
            break
        headings[at] = heading
    return headings


def find_buttons(verdicts: Sequence[Verdict], filled: Sequence[int]) -> set[int]:
    """The buttons below listed headings: 播报 编辑."""
    return {
        at for above, at in pairwise(filled) if verdicts[above].rule == LISTED and verdicts[at].fate == "boilerplate"
    }
