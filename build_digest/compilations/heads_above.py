"""Articles whose date and source stand right above their titles: 2023年3月11日　某某通讯 / 小麦返青看什么."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from build_digest.compilations.attributions import LONGEST_NAME, read_field
from build_digest.compilations.proposal import Proposal
from build_digest.compilations.rows import Row, is_head_line, is_sentence

SHARE = 0.6
"""The share of the titles with such a line above them from which on it belongs to the title below."""
FEWEST = 3
"""The fewest articles that are told apart by such lines alone."""
MOST = 6
"""Such lines that one title has above it at most."""


def find_below_head_lines(rows: Sequence[Row]) -> list[Row]:
    """The titles right below lines of date and source, where text follows; none unless nearly all such lines have one."""
    said = [row for row in rows if not row.empty]
    if sum(is_head_line(row.text) for row in said) < FEWEST:
        return []
    above = [_head_lines_above(row, rows) for row in said]
    runs = sum(is_head_line(row.text) and not lines for row, lines in zip(said, above, strict=True))
    titles = [
        row
        for (row, lines), (below, _) in pairwise(zip(said, above, strict=True))
        if lines and row.titlelike and not is_head_line(row.text) and not below.titlelike
    ]
    return titles if len(titles) >= FEWEST and len(titles) >= 0.8 * runs else []


def with_lines_above(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The proposal with the lines of date and source right above its titles counted to the articles below.

    Where none stands above the first title and one ends the text, they close the articles above.
    """
    above = [_head_lines_above(rows[head.first - 1], rows) for head in proposal.heads]
    if not above[0] and _ends_in_head_line(rows):
        return proposal
    if not any(above):
        above = [int(head.first > 1 and _is_number_alone(rows[head.first - 2])) for head in proposal.heads]
    if not any(above):
        above = list(map(int, _named_above(proposal, rows)))
    if any(head.known for head in proposal.heads) or len(above) < FEWEST or sum(map(bool, above)) < SHARE * len(above):
        return proposal
    heads = (
        replace(head, above=lines, known=tuple(range(head.first - lines, head.first)))
        for head, lines in zip(proposal.heads, above, strict=True)
    )
    return replace(proposal, heads=tuple(heads))


def _head_lines_above(row: Row, rows: Sequence[Row]) -> int:
    """How many lines of date, source or author stand right above a row."""
    near = rows[max(0, row.number - 1 - MOST) : row.number - 1]
    lines = list(takewhile(lambda line: is_head_line(line.text) or _is_field(line), reversed(near)))
    return len(lines) if any(is_head_line(line.text) for line in lines) else 0


def _is_field(row: Row) -> bool:
    """Whether a row is a short labelled line, such as what counts the messages of a list: Message: 3."""
    short = bool(row.key) and not is_sentence(row) and row.mark.kinds[:1] != ("label",)
    return short and read_field(row.text) is not None


def _is_number_alone(row: Row) -> bool:
    """Whether a row is nothing but what numbers the title below it: 材料一, 附件2."""
    return row.mark.number is not None and bool(row.key) and not row.core


def _ends_in_head_line(rows: Sequence[Row]) -> bool:
    last = next((row for row in reversed(rows) if row.says), None)
    return last is not None and is_head_line(last.text)


def _named_above(proposal: Proposal, rows: Sequence[Row]) -> list[bool]:
    """Whether a name alone on its line, with a blank line above, stands right above each title; no group has as many."""
    above = [rows[head.first - 2] if head.first > 1 else None for head in proposal.heads]
    named = [
        row is not None
        and row.titlelike
        and len(row.key) <= LONGEST_NAME
        and not row.mark.kinds
        and _stands_apart(row, rows)
        for row in above
    ]
    names = {row.key for row, name in zip(above, named, strict=True) if row and name}
    return named if len(names) >= FEWEST else [False] * len(named)


def _stands_apart(row: Row, rows: Sequence[Row]) -> bool:
    return row.number < 2 or not rows[row.number - 2].says
