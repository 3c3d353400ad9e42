"""Verdicts that only the lines around a line tell: the time of an event, a menu beside a title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from build_digest.model import Verdict
from build_digest.rules import Rules

MENU = -1.2
"""The score of a line of a menu, and"""
PAIR = -0.1
"""of a label with its value."""
_ACCOUNT = re.compile(r"原创\s[^\s\d]+\s[^\s\d]+$")


def with_events(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts with the time of an event told from the time of publication: 时间：… with 地点：… above or below."""
    filled = [at for at, text in enumerate(folded) if text]
    events = set()
    for above, at, below in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        near = (folded[other] for other in (above, below) if other is not None)
        if verdicts[at].rule == "label" and any(text.startswith(rules.names["event"]) for text in near):
            events.add(at)
    return [Verdict("body", "pair", PAIR) if at in events else verdict for at, verdict in enumerate(verdicts)]


def with_menus(folded: Sequence[str], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with a menu (原创 视频 图片) told from a writer and his account, below which a date stands."""
    filled = [at for at, text in enumerate(folded) if text]
    menus = {
        at
        for at, below in pairwise(filled)
        if verdicts[at].fate == "metadata" and _ACCOUNT.match(folded[at]) and verdicts[below].rule != "date"
    }
    return [
        Verdict("boilerplate", "word-list", MENU) if at in menus else verdict for at, verdict in enumerate(verdicts)
    ]
