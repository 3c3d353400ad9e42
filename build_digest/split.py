"""Taking a compilation apart into its articles: contents list, titles, and what belongs to no article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_digest.compilations.beside import with_authors_beside, with_listed_authors_above
from build_digest.compilations.bylined import propose_by_bylines
from build_digest.compilations.contents import find_contents_behind
from build_digest.compilations.count_behind import with_count_behind
from build_digest.compilations.evidence import weigh
from build_digest.compilations.exercises import propose_by_exercises
from build_digest.compilations.families import propose_by_families
from build_digest.compilations.layout import Layout, Oddity, Other, Part, lay_out
from build_digest.compilations.listed import propose_by_contents, propose_by_recurrence
from build_digest.compilations.promotion import mark_noise
from build_digest.compilations.proposal import Proposal
from build_digest.compilations.records import propose_by_records
from build_digest.compilations.reported import propose_by_datelines
from build_digest.compilations.rows import Row, read_rows
from build_digest.compilations.separators import propose_by_separators
from build_digest.compilations.shapes import propose_by_shapes
from build_digest.compilations.siblings import overlooks_headings
from build_digest.compilations.signed import propose_by_signatures
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.turns import propose_by_turns

__all__ = ["Layout", "Oddity", "Other", "Part", "split"]

_BONUS = 2.0
"""So much a contents list counts more than separators do: it also tells the titles."""


def split(lines: Sequence[str]) -> Layout:
    """Take a text apart where it is a compilation; any other text is one article with all of its lines.

    >>> layout = split(["短文合集(2篇)", "目录", "- 论水", "- 论火", "论水", "水往低处流。", "论火", "火往高处走。"])
    >>> [(part.first, part.last, part.title) for part in layout.parts]
    [(5, 6, '论水'), (7, 8, '论火')]
    """
    rows = mark_noise(read_rows(lines))
    best = _choose(rows)
    if best is None:
        whole = (Part(1, len(rows), "", (), 0),) if rows else ()
        return Layout("article", None, (), whole)
    return lay_out(best, rows)


def _choose(rows: Sequence[Row]) -> Proposal | None:
    """The proposal with the strongest evidence; none if all are too weak.

    A contents list under a heading goes before anything else. Where its evidence is too weak, it lists the sections of
    one article, and nothing else is tried. A list without a heading has to be as good as what the separators show.
    """
    offered = (*propose_by_contents(rows), *propose_by_recurrence(rows))
    listed = [p for p in offered if len(p.heads) > 1 and not overlooks_headings(p, rows)]
    headed = [proposal for proposal in listed if proposal.contents and proposal.contents.heading]
    if headed:
        return max(_strong(headed, rows), key=lambda pair: (len(pair[1].heads), pair[0]), default=(0.0, None))[1]
    behind = find_contents_behind(rows)
    before = rows[: behind.first - 1] if behind else rows
    proposed = (
        *propose_by_separators(before),
        *propose_by_records(before),
        *propose_by_families(before),
        *propose_by_turns(before),
        *propose_by_exercises(before),
        *propose_by_shapes(before),
        *propose_by_signatures(before),
        *propose_by_bylines(before),
        *propose_by_datelines(before),
    )
    separated = [
        replace(p, contents=p.contents or behind)
        for p in proposed
        if len(p.heads) > 1 and not overlooks_headings(p, rows)
    ]
    either = [(weight + _BONUS, proposal) for weight, proposal in _strong(listed, rows)] + _strong(separated, rows)
    return max(either, key=lambda pair: (pair[0], len(pair[1].heads)), default=(0.0, None))[1]


def _strong(offered: Sequence[Proposal], rows: Sequence[Row]) -> list[tuple[float, Proposal]]:
    proposals = [
        with_count_behind(with_listed_authors_above(with_authors_beside(proposal, rows), rows), rows)
        for proposal in offered
    ]
    weighed = [(sum(weigh(proposal, rows).values()), proposal) for proposal in proposals]
    return [(weight, proposal) for weight, proposal in weighed if weight >= split_rules().threshold]
