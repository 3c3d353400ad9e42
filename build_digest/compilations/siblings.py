"""Markdown headings beside those that a way of taking a text apart begins its articles at."""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.compilations.proposal import Proposal
from build_digest.compilations.rows import Row
from build_digest.compilations.separators import heading_level

FEWEST = 3
"""So many headings that begin no article, and half as many as there are articles, show that a proposal overlooks them."""


def overlooks_headings(proposal: Proposal, rows: Sequence[Row]) -> bool:
    """Whether a proposal takes apart one of many sections, or only some of them.

    That is so where the first title is, or stands below, a Markdown heading, and further headings of the same level
    begin no article: the list of contents of the first article in a file of many, each under a heading, is not theirs.
    """
    headings = [(row.number, level) for row in rows if (level := heading_level(row))]
    first, starts = proposal.heads[0].first, {head.first for head in proposal.heads}
    level = next((level for number, level in reversed(headings) if number <= first), 0)
    overlooked = sum(each == level and number > first and number not in starts for number, each in headings)
    return level > 0 and overlooked >= max(FEWEST, len(starts) / 2)
