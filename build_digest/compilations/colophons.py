"""What the end of a compilation says about the compilation: who edited it, when the next one comes, goodbye."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise

from build_digest.compilations.closings import is_closing
from build_digest.compilations.rows import Row, is_sentence, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.text.script import to_simplified

FEWEST = 3
"""The fewest articles of several paragraphs without a gap that show how the articles of a collection are set."""
MOST = 4
"""Lines of a colophon that nothing but a gap tells, and"""
LONGEST = 160
"""their characters; also those of what fills the space between two articles."""
SHARE = 0.6
"""The share of the articles that are set without a gap, from which on one sets apart what is no part of an article."""


def find_outside(front: Sequence[Row], segments: Sequence[Sequence[Row]]) -> dict[int, str]:
    """The lines behind the articles that are no text of theirs, with the rules that say so.

    Args:
        front: what stands before the first title.
        segments: what stands below each title and before the next.
    """
    found = dict.fromkeys(find_fillers(segments), "filler")
    rest = [[row for row in segment if row.number not in found] for segment in segments]
    return found | dict.fromkeys([*find_colophon(rest), *_behind_frame(front, rest)], "colophon")


def _behind_frame(front: Sequence[Row], segments: Sequence[Sequence[Row]]) -> list[int]:
    """The lines below the second of two drawn lines, of which the first stands right before all articles and no other
    stands between them."""
    above = next((row for row in reversed(front) if not row.empty), None)
    drawn = [[row.number for row in segment if row.rule] for segment in segments]
    if above is None or not above.rule or len(segments) < FEWEST or any(drawn[:-1]) or not drawn[-1]:
        return []
    last = segments[-1]
    begun = any(row.says and is_sentence(row) for row in last if row.number < drawn[-1][0])
    return [row.number for row in last if begun and row.says and row.number > drawn[-1][0]]


def find_colophon(segments: Sequence[Sequence[Row]]) -> list[int]:
    """The lines behind the text of the last article: those that speak of the issue or the book, and what stands below
    the only gap within an article where all the others are set without one.

    Args:
        segments: what stands below each title and before the next.
    """
    last = list(_trimmed(segments[-1]))
    told = _told(last)
    others = [rows for segment in segments[:-1] if sum(map(is_sentence, rows := _trimmed(segment))) > 1]
    if len(others) >= FEWEST and not any(map(_gaps, others)):
        gaps = _gaps(last)
        apart = worded(row for row in last if gaps and row.number > gaps[0])
        if len(apart) <= MOST and sum(len(row.text) for row in apart) <= LONGEST and not any(map(is_closing, apart)):
            told += [row.number for row in apart]
    return sorted(set(told))


def find_fillers(segments: Sequence[Sequence[Row]]) -> list[int]:
    """The lines behind an article that belong to none, such as a joke or the words of a sponsor: what stands under a
    heading between signs below a gap, where most articles are set without one.

    Args:
        segments: what stands below each title and before the next.
    """
    texts = [_trimmed(segment) for segment in segments]
    gaps = [_gaps(rows) for rows in texts]
    whole = sum(not found and sum(map(is_sentence, rows)) > 1 for rows, found in zip(texts, gaps, strict=True))
    if whole < max(FEWEST, SHARE * len(segments)):
        return []
    return [number for rows, found in zip(texts, gaps, strict=True) if found for number in _filler(rows, found)]


def _filler(rows: Sequence[Row], gaps: Sequence[int]) -> list[int]:
    pattern = split_rules().filler.pattern
    at = next(
        (n for n, row in enumerate(rows) if row.number - 1 in gaps and pattern.match(to_simplified(row.text))), None
    )
    below = [row for row in rows[at:] if not row.empty] if at else []
    return [row.number for row in below] if sum(len(row.text) for row in below) <= LONGEST else []


def _told(rows: Sequence[Row]) -> list[int]:
    """The lines at the end that a pattern tells."""
    pattern = split_rules().colophon.pattern
    told: list[int] = []
    for row in reversed(worded(rows)):
        if not row.key or not pattern.match(to_simplified(row.text)):
            break
        told.append(row.number)
    return told


def _trimmed(segment: Sequence[Row]) -> list[Row]:
    """The rows from the first sentence to the last line that says something."""
    begun = list(dropwhile(lambda row: not row.says or not is_sentence(row), segment))
    return list(dropwhile(lambda row: not row.says, reversed(begun)))[::-1]


def _gaps(rows: Sequence[Row]) -> list[int]:
    """The last lines of the gaps within some rows: blank or drawn lines below a line that says something."""
    return [row.number for row, below in pairwise(rows) if (row.blank or row.rule) and not (below.blank or below.rule)]
