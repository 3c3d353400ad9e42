"""Verdicts that only the lines around a line tell: the time of an event, a menu beside a title."""

from __future__ import annotations

import re
from itertools import pairwise

from build_digest.classification.judged_page import JudgedPage
from build_digest.model import Verdict

MENU = -1.2
"""The score of a line of a menu, and"""
PAIR = -0.1
"""of a label with its value."""
_ACCOUNT = re.compile(r"原创\s[^\s\d]+\s[^\s\d]+$")


def with_events(page: JudgedPage) -> JudgedPage:
    """The page with the time of an event told from the time of publication: 时间：… with 地点：… above or below."""
    event = page.rules.names["event"]
    near = {
        at
        for pair in pairwise(page.filled)
        for at, other in (pair, reversed(pair))
        if page.verdicts[at].rule == "label" and page.folded[other].startswith(event)
    }
    return page.judged(dict.fromkeys(near, Verdict("body", "pair", PAIR)))


def with_menus(page: JudgedPage) -> JudgedPage:
    """The page with a menu (原创 视频 图片) told from a writer and his account, below which a date stands."""
    menus = (
        at
        for at, below in pairwise(page.filled)
        if page.verdicts[at].fate == "metadata"
        and _ACCOUNT.match(page.folded[at])
        and page.verdicts[below].rule != "date"
    )
    return page.judged(dict.fromkeys(menus, Verdict("boilerplate", "word-list", MENU)))
