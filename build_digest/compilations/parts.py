"""What the parts of a text have in common if they are articles: how they begin, how they count, how long they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from build_digest.compilations.rows import Row, is_head_line, worded
from build_digest.text.characters import HAN

FEWEST_NAMES = 3
"""The fewest different names below titles that are taken for those of authors."""
SHARED = 0.8
"""The share of the parts in which a heading comes back, and"""
LONGEST_SHARED = 10
"""its letters."""
_LABEL = re.compile(rf"\s*(?:[【\[〔](?P<label>[{HAN}]{{2,6}})[】\]〕]|(?P<before>[{HAN}]{{2,6}})[:：])")
_NAME = re.compile(rf"[(（□■○●◎]?\s?[{HAN}]{{2,4}}\s?[)）]?|[{HAN}]　[{HAN}]")


def restart(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether several parts number their own sections from one on."""
    restarts = sum(
        any(row.mark.number == 1 and row.mark.kinds[0] in ("chinese", "decimal", "paren") for row in s)
        for s in segments
    )
    return restarts >= 2 and restarts * 3 >= len(segments)


def share_headings(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether two headings or labels or more come back in nearly all parts: 用料, 做法."""
    times = Counter(key for segment in segments for key in {_heading(row) for row in segment} if key)
    often = [key for key, n in times.items() if n >= SHARED * len(segments) and len(key) <= LONGEST_SHARED]
    return len(often) > 1


def _heading(row: Row) -> str:
    """The heading that a row is, or that it begins with: 用料：三斤芥菜, 【做法】洗净."""
    if row.titlelike and row.core:
        return row.key
    found = _LABEL.match(row.text)
    return found["label"] or found["before"] if found else ""


def have_heads(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether half of the parts begin with an author, a source or a date, or most with a name alone on its line."""
    heads = sum(any(is_head_line(row.text) for row in s[:3] if row.key) for s in segments)
    return (heads >= 2 and heads * 2 >= len(segments)) or have_names(segments)


def have_names(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether most parts begin with a name alone on its line."""
    firsts = [worded(segment)[:2] for segment in segments]
    names = [
        two[0].key for two in firsts if len(two) > 1 and _NAME.fullmatch(two[0].text.strip()) and not two[1].titlelike
    ]
    return len(set(names)) >= FEWEST_NAMES and len(names) * 3 >= len(segments) * 2


def middle_length(segments: Sequence[Sequence[Row]]) -> float:
    """The length of the part in the middle, in characters."""
    return median(sum(len(row.text) for row in segment) for segment in segments)
