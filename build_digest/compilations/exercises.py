"""Texts to be read in an examination: each below a line that says what to do, with numbered questions behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_sentence, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import unwrap
from build_digest.text.script import to_simplified

FEWEST = 2
"""The fewest texts."""
NEAR = 3
"""Lines below the instruction among which the title of a text stands."""


def propose_by_exercises(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take an examination apart: its texts without the instructions above and the questions behind them."""
    pattern = split_rules().instruction.pattern
    said = worded(rows)
    starts = [at for at, row in enumerate(said) if row.key and pattern.match(to_simplified(row.text))]
    if len(starts) < FEWEST:
        return
    heads: list[Head] = []
    remarks: list[int] = []
    asked = 0
    for start, end in pairwise([*starts, len(said)]):
        title = next((at for at in range(start + 1, min(start + 1 + NEAR, end)) if _is_title(said[at])), None)
        first = next((at for at in range(start + 1, end) if _is_question(said[at], asked + 1)), end)
        if title is None or not title < first < end or not any(map(is_sentence, said[title + 1 : first])):
            return
        row = said[title]
        heads.append(Head(row.number, row.number, unwrap(row.text), row.number, row.mark))
        remarks += [other.number for other in (*said[start:title], *said[first:end])]
        numbers = (other.mark.number for other in said[first:end] if other.mark.kinds[-1:] == ("decimal",))
        asked = max((number for number in numbers if number), default=asked)
    yield propose("exercises", heads, rows, remarks)


def _is_title(row: Row) -> bool:
    return row.titlelike and not row.mark.kinds and not is_sentence(row)


def _is_question(row: Row, number: int) -> bool:
    """Whether a line is the next question, or the first of a new count."""
    return row.mark.kinds[-1:] == ("decimal",) and row.mark.number in (1, number)
