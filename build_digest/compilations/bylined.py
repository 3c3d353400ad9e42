"""Articles told apart by who stands beside or below their titles: 《霜夜》　张三, or 霜夜 / 张三, and then the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from build_digest.compilations.attributions import is_credit
from build_digest.compilations.beside import WAYS, read_beside
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import unwrap
from build_digest.text.characters import HAN
from build_digest.text.script import to_simplified

FEWEST = 4
"""The fewest articles that are told apart so."""
SHARE = 0.8
"""The share of the lines with a name that must head a text, of the titles that must differ, and"""
NAMED = 0.5
"""of the names that must begin with a usual family name."""
_ALONE = re.compile(rf"[(（]?(?P<name>[{HAN}]{{2,4}}|[{HAN}][ 　][{HAN}])[)）]?")
_BELOW = re.compile(rf"(?:文|图文|撰文|采写|口述|执笔|译|编译)\s?[/／|｜]\s?(?P<name>[{HAN}a-zA-Z·\s]{{2,16}})")


def propose_by_bylines(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at the titles with a name beside them, and at those with one right below."""
    said = worded(rows)
    for way in WAYS:
        yield from _propose(rows, [_beside(way, row, below) for row, below in pairwise(said)], _are_surnamed)
    for pattern, are_names in ((_ALONE, _are_surnamed), (_BELOW, bool)):
        read = [pair for row in said if (pair := _above(pattern, rows, row))]
        yield from _propose(rows, _with_text_between(read, rows), are_names)


def _with_text_between(read: Sequence[tuple[Head, str]], rows: Sequence[Row]) -> list[tuple[Head, str]]:
    """The heads without those that stand right below the name of the head before: they begin its text."""
    kept: list[tuple[Head, str]] = []
    for head, name in read:
        after = kept[-1][0].known[-1] if kept else 0
        if not kept or any(row.says for row in rows[after : head.first - 1]):
            kept.append((head, name))
    return kept


def _propose(
    rows: Sequence[Row], read: Sequence[tuple[Head, str] | None], are_names: Callable[[Sequence[str]], bool]
) -> Iterator[Proposal]:
    """The proposal of the heads read, where they are enough, differ, and have names beside them."""
    found = [pair for pair in read if pair]
    heads = [head for (head, _), (below, _) in pairwise(found) if _has_text(head, below.first, rows)]
    heads += [head for head, _ in found[-1:] if _has_text(head, len(rows) + 1, rows)]
    if len(heads) < max(FEWEST, SHARE * len(found)) or len({head.title for head in heads}) < SHARE * len(heads):
        return
    names = [name for _, name in found]
    if len(set(names)) > 1 and are_names(names):
        yield propose("bylines", heads, rows)


def _are_surnamed(names: Sequence[str]) -> bool:
    surnames = split_rules().surnames
    return sum(to_simplified(name).startswith(surnames) for name in names) >= NAMED * len(names)


def _has_text(head: Head, end: int, rows: Sequence[Row]) -> bool:
    """Whether more than a name stands below a title and before the next."""
    return any(row.says and row.number not in head.known for row in rows[head.last : end - 1])


def _beside(way: re.Pattern[str], row: Row, below: Row) -> tuple[Head, str] | None:
    """The head with a name beside its title, and the name."""
    if not row.titlelike or row.mark.number is not None or is_head_line(row.text) or is_head_line(below.text):
        return None
    if is_credit(row.text):
        return None
    found = read_beside(way, row)
    return (Head(row.number, row.number, row.text.strip(), row.number, row.mark), found[1]) if found else None


def _above(pattern: re.Pattern[str], rows: Sequence[Row], row: Row) -> tuple[Head, str] | None:
    """The head right above a name that stands alone on its line, and the name."""
    found = pattern.fullmatch(row.text.strip()) if row.key else None
    title = rows[row.number - 2] if row.number > 1 else None
    if found is None or title is None or title.mark.kinds or is_head_line(title.text):
        return None
    if not (title.titlelike or len(title.key) == 1):  # a poem may be called 井
        return None
    above = rows[title.number - 2] if title.number > 1 else None
    if above is not None and above.says and not is_sentence(above):
        return None
    head = Head(title.number, title.number, unwrap(title.text), title.number, title.mark, known=(row.number,))
    return head, found["name"]
