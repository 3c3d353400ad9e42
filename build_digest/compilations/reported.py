"""Reports without a line between them: below each title a paragraph that begins with where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest.compilations.drawn_lines import title_in_front
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import unwrap
from build_digest.text.characters import HAN
from build_digest.text.script import to_simplified

FEWEST = 4
"""The fewest reports."""
SHARE = 0.8
"""The share of the beginnings that must stand below a title, and of the titles that must differ."""
OPENING = 80
"""Characters of a paragraph among which it says where it comes from."""
_PLACE = re.compile(rf"[【\[（(〔][{HAN}·]{{2,8}}[】\])）〕](?=\S)")


def propose_by_datelines(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at the titles above paragraphs that begin with an agency or a place."""
    said = worded(rows)
    for pattern in (split_rules().dateline.pattern, _PLACE):
        openings = {
            at: found[0]
            for at, row in enumerate(said)
            if is_sentence(row) and (found := pattern.match(to_simplified(row.text.strip()[:OPENING])))
        }
        heads = [_head(said[at - 1]) for at in openings if at and _may_be_title(said[at - 1], said[at])]
        first = (
            title_in_front(rows[: heads[0].first - 1], [rows[head.first - 1] for head in heads], rows)
            if heads
            else None
        )
        if first:
            heads.insert(0, _head(first))
        differ = len({head.title for head in heads}) >= SHARE * len(heads) and len(set(openings.values())) > 1
        if len(heads) >= max(FEWEST, SHARE * len(openings)) and differ:
            yield propose("datelines", heads, rows)


def _may_be_title(row: Row, below: Row) -> bool:
    near = below.number - row.number <= 2
    return near and row.titlelike and row.mark.number is None and not is_head_line(row.text) and not is_sentence(row)


def _head(row: Row) -> Head:
    return Head(row.number, row.number, unwrap(row.text), row.number, row.mark)
