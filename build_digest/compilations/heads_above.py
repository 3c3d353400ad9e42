"""Articles whose date and source stand right above their titles: 2023年3月11日　某某通讯 / 小麦返青看什么."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from build_digest.compilations.evidence import Proposal
from build_digest.compilations.rows import Row, is_head_line

SHARE = 0.6
"""The share of the titles with such a line above them from which on it belongs to the title below."""
FEWEST = 3
"""The fewest articles that are told apart by such lines alone."""


def find_below_head_lines(rows: Sequence[Row]) -> list[Row]:
    """The titles right below a line of date and source, where text follows; none unless nearly all such lines have one."""
    said = [row for row in rows if not row.empty]
    lines = [row for row in said if is_head_line(row.text)]
    titles = [
        row
        for (above, row), (_, below) in pairwise(pairwise(said))
        if is_head_line(above.text) and row.number == above.number + 1 and row.titlelike and not below.titlelike
    ]
    return titles if len(titles) >= FEWEST and len(titles) >= 0.8 * len(lines) else []


def with_lines_above(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The proposal with the lines of date and source right above its titles counted to the articles below."""
    marked = [head.first > 1 and is_head_line(rows[head.first - 2].text) for head in proposal.heads]
    if len(marked) < FEWEST or sum(marked) < SHARE * len(marked):
        return proposal
    heads = (replace(head, above=int(mark)) for head, mark in zip(proposal.heads, marked, strict=True))
    return replace(proposal, heads=tuple(heads))
