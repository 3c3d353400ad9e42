"""Articles set apart by blank lines that end in who wrote them, as letters to an editor do: 南街 张三."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from build_digest.compilations.attributions import LONGEST_NAME, ORIGINAL, WORD, is_address, shape_of
from build_digest.compilations.families import read_member
from build_digest.compilations.promotion import is_advertisement
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence
from build_digest.compilations.titles import unwrap

FEWEST = 4
"""The fewest signed articles."""
SHARE = 0.8
"""The share of the blocks of text that must be signed in one way, and of the names that must differ."""
LONGEST = 24
"""Characters of a line that signs an article, and"""
LONGEST_WORD = 6
"""letters of its last word."""
_DATES = re.compile(r"[\d年月日\s./〇一二三四五六七八九十（(—–~～至-]{4,32}[)）]?")


def propose_by_signatures(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at the first lines of the blocks that end in a name."""
    runs = [[row for row in block if not row.noise] for gap, block in groupby(rows, _is_gap) if not gap]
    blocks = [block for block in runs if block]
    if len(blocks) < FEWEST:
        return
    may_be_signed = [undated for block in blocks if _may_be_signed(undated := _without_date(block))]
    shapes = Counter(shape_of(block[-1].text) for block in may_be_signed)
    usual, times = max(shapes.items(), key=lambda item: item[1], default=("", 0))
    if times < FEWEST or usual == ORIGINAL:
        return
    signed = [block for block in may_be_signed if shape_of(block[-1].text) == usual]
    names = {block[-1].key for block in signed}
    texts = [block for block in blocks if block[-1].number >= signed[0][0].number and any(map(is_sentence, block))]
    if len(signed) < SHARE * len(texts) or len(names) < SHARE * len(signed):
        return
    yield propose("signed", [_head(block, rows) for block in signed], rows)


def _without_date(block: Sequence[Row]) -> Sequence[Row]:
    """A block without the date below the name at its end."""
    return block[:-1] if len(block) > 3 and _is_date(block[-1]) else block


def _is_date(row: Row) -> bool:
    return is_head_line(row.text) and set(WORD.findall(row.text)) <= {"年", "月", "日"}


def _is_gap(row: Row) -> bool:
    return row.blank or row.rule


def _may_be_signed(block: Sequence[Row]) -> bool:
    """Whether a block is a title, text, and a line that could be the name of who wrote it."""
    if len(block) < 3 or not all(map(_may_be_of_letter, block[1:-1])) or not any(map(is_sentence, block[1:-1])):
        return False
    title, last = block[0], block[-1]
    if not title.titlelike or title.mark.kinds or is_head_line(title.text) or not _may_sign(last):
        return False
    member = read_member(title)
    return member is None or member[1].number is None  # numbers are better signs


def _may_be_of_letter(row: Row) -> bool:
    """Whether a row is running text, what a letter opens and closes with, or a line of figures such as the years of a life."""
    if _DATES.fullmatch(row.text.strip()):
        return True
    return is_sentence(row) or row.text.rstrip().endswith(("：", ":")) or len(row.key) <= LONGEST_NAME


def _may_sign(row: Row) -> bool:
    words = WORD.findall(row.text)
    if not words or row.mark.number is not None or is_sentence(row) or len(row.text.strip()) > LONGEST:
        return False
    longest = LONGEST_NAME if len(words) == 1 else LONGEST_WORD
    return len(words[-1]) <= longest and row.titlelike and not is_address(row.text) and not is_advertisement(row)


def _head(block: Sequence[Row], rows: Sequence[Row]) -> Head:
    title, signature = block[0], block[-1]
    below = rows[signature.number : signature.number + 1]
    known = (signature.number, *(row.number for row in below if not row.empty and _is_date(row)))
    return Head(title.number, title.number, unwrap(title.text), title.number, title.mark, known=known)
