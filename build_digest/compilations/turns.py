"""Articles that were passed on in a conversation: below a line with a sender and a time, a title in brackets and text.

What else the senders say belongs to no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import LONGEST_TITLE, Row, is_sentence
from build_digest.compilations.titles import is_wrapped, unwrap

FEWEST = 3
"""The fewest articles in a conversation."""
SHORTEST = 40
"""Characters of the shortest of them."""
LONGEST_SENDER = 16
"""Characters that name a sender."""
_TIME = re.compile(r"(?<![\d:：])(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：])")
_DATE = re.compile(
    r"\d{2,4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|\d{1,2}[-/月]\d{1,2}日?|[上下]午|星期.|周[一二三四五六日]"
)


def propose_by_turns(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a conversation apart at the titles in brackets that begin a text within one turn."""
    starts = [n for n, row in enumerate(rows) if _begins_turn(row)]
    if len(starts) < FEWEST:
        return
    turns = [rows[start:end] for start, end in pairwise([*starts, len(rows)])]
    told = [(turn, at) for turn in turns if (at := _find_title(turn)) is not None]
    if len(told) < FEWEST or len({turn[at].core for turn, at in told}) < len(told):
        return
    heads = [_head(turn[at]) for turn, at in told]
    kept = {row.number for turn, at in told for row in turn[at:]}
    remarks = [row.number for row in rows[starts[0] :] if not row.blank and row.number not in kept]
    yield propose("turns", heads, rows, remarks)


def _begins_turn(row: Row) -> bool:
    """Whether a line is nothing but a sender and a time."""
    if not row.key or len(row.text) > LONGEST_TITLE or not _TIME.search(row.text):
        return False
    sender = _DATE.sub("", _TIME.sub("", row.text)).strip(" 　\t:：-—[]()（）【】")
    return 0 < len(sender) <= LONGEST_SENDER and not is_sentence(row)


def _find_title(turn: Sequence[Row]) -> int | None:
    """Where the title in brackets stands that text follows."""
    for at, row in enumerate(turn):
        if row.titlelike and is_wrapped(row.text.strip()):
            text = [below for below in turn[at + 1 :] if is_sentence(below)]
            return at if sum(len(below.text) for below in text) >= SHORTEST else None
    return None


def _head(row: Row) -> Head:
    return Head(row.number, row.number, unwrap(row.text), row.number, row.mark)
