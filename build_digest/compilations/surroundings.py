"""What stands around and between the articles of a text that could be taken apart: menus and teasers tell a page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from statistics import median

from build_digest.compilations.attributions import find_attributions
from build_digest.compilations.closings import behind_closing
from build_digest.compilations.rows import Row, is_head_line, is_sentence

FREE = 6
"""Short lines that a collection may have before its first article or behind its last, and"""
FREE_EACH = 3
"""that each article may have between its title and its text, and after it."""
MANY = 6
"""So many more are the menus of a page, where they are also"""
SHARE = 0.25
"""this share of all its lines."""

VERSE = 0.8
"""The share of the parts that must be set in verse, each with"""
FEWEST_LINES = 3
"""so many lines, of which the longest has"""
LONGEST_LINE = 24
"""so many letters at most, and the one in the middle of all"""
SHORTEST_LINE, LONGEST_USUAL = 4, 13
"""so many."""


def count_idle(front: Sequence[Row], segments: Sequence[Sequence[Row]]) -> float:
    """How much of a text is short lines that say nothing about an article, from 0 to 1.

    Args:
        front: what stands before the first article and is no contents list.
        segments: what stands below each title and before the next.
    """
    known = find_attributions(segments)
    idle = max(0, sum(not is_sentence(row) for row in front) - FREE)
    for n, segment in enumerate(segments):
        known |= dict.fromkeys(behind_closing(segment), "")
        rows = [row for row in segment if not row.rule and row.number not in known and not is_head_line(row.text)]
        before = len(list(takewhile(lambda row: not is_sentence(row), rows)))
        after = len(list(takewhile(lambda row: not is_sentence(row), reversed(rows)))) if before < len(rows) else 0
        last = n == len(segments) - 1
        idle += max(0, before - FREE_EACH) + max(0, after - (FREE if last else FREE_EACH))
    said = len(front) + sum(map(len, segments))
    return min(1.0, idle / max(MANY, SHARE * said))


def are_verse(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether nearly all parts are set in verse: several lines, as short as those of poems and longer than buttons."""
    known = find_attributions(segments)
    told = [[len(row.key) for row in segment if not row.rule and row.number not in known] for segment in segments]
    verse = [sizes for sizes in told if len(sizes) >= FEWEST_LINES and 0 < max(sizes) <= LONGEST_LINE and all(sizes)]
    usual = [size for sizes in verse for size in sizes]
    return len(verse) >= VERSE * len(segments) and SHORTEST_LINE <= median(usual) <= LONGEST_USUAL


def share_without_text(segments: Sequence[Sequence[Row]]) -> float:
    """The share of the parts in which nothing is running text."""
    return sum(not any(map(is_sentence, segment)) for segment in segments) / len(segments)
