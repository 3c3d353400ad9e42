"""Articles that open with a block of labelled lines, as databases and programs write them: 题名：…, 责任者：…, 日期：…."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from build_digest.compilations.attributions import SPEAKERS, read_field, shape_of
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import unwrap

FEWEST = 2
"""The fewest blocks, and in how many a label stands that counts."""
SHARE = 0.5
"""The share of the blocks in which a label stands that is no accident."""
MOST_BETWEEN = 12
"""Lines of one block."""
_COUNTER = re.compile(r"(?:字 ?)?0(?: ?/ ?0)?")
"""The shape of a line that only counts the records."""


@dataclass(frozen=True, slots=True)
class Block:
    """Labelled lines one below the other: each with its label and its value."""

    fields: tuple[tuple[Row, str, str], ...]

    def title(self) -> tuple[Row, str] | None:
        """The line with the title, and the title."""
        labels = split_rules().words["title_labels"]
        return next(((row, value) for row, label, value in self.fields if label in labels and value), None)


def propose_by_records(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at blocks of labelled lines: by the titles in them, else right above or below them."""
    blocks = _recurring(_without_book(list(_read_blocks(rows))))
    titled = [
        (block, *title)
        for block in blocks
        if (title := block.title()) and _sentence_follows(rows, block.fields[-1][0].number)
    ]
    if len(titled) >= FEWEST:
        yield propose("records", _with_fields_behind([_head_within(*one, rows) for one in titled], rows), rows)
    untitled = [
        block
        for block in blocks
        if any(is_head_line(row.text) and label not in SPEAKERS for row, label, _ in block.fields)
    ]
    if len(untitled) < FEWEST + 1 or len(titled) >= FEWEST:
        return
    for heads in ([_head_above(block, rows) for block in untitled], [_head_below(block, rows) for block in untitled]):
        found = [head for head in heads if head]
        if len(found) > FEWEST and len(found) >= 0.8 * len(heads):
            yield propose("records", found, rows)


def _sentence_follows(rows: Sequence[Row], after: int) -> bool:
    near = [row for row in rows[after : after + MOST_BETWEEN] if not row.empty]
    return any(not row.titlelike and "。" in row.text for row in near)


def _read_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    fields: list[tuple[Row, str, str]] = []
    for row in rows:
        field = _read(row)
        if field and len(fields) < MOST_BETWEEN:
            fields.append((row, *field))
            continue
        if fields:
            yield Block(tuple(fields))
        fields = [(row, *field)] if field else []
    if fields:
        yield Block(tuple(fields))


def _without_book(blocks: list[Block]) -> list[Block]:
    """The blocks without a first one that speaks of the whole collection: 书名：…, 主编：…"""
    of_books = [any(label in split_rules().words["book_labels"] for _, label, _ in block.fields) for block in blocks]
    return blocks[1:] if of_books[:1] == [True] and not any(of_books[1:]) else blocks


def _recurring(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with a label that stands in several, each cut to such labels and those between them."""
    times = Counter(label for block in blocks for label in {label for _, label, _ in block.fields})
    heads = {label for label, n in times.items() if n >= FEWEST}
    kept: list[Block] = []
    for block in blocks:
        at = [n for n, (row, label, _) in enumerate(block.fields) if label in heads and _is_field(row, label)]
        if at:
            kept.append(Block(block.fields[at[0] : at[-1] + 1]))
    return kept


def _is_field(row: Row, label: str) -> bool:
    """Whether a labelled line says something about an article rather than being what somebody says: 记者：…."""
    return label in split_rules().words["title_labels"] or row.titlelike or is_head_line(row.text)


def _known(block: Block, rows: Sequence[Row], title: int) -> tuple[int, ...]:
    last = block.fields[-1][0].number
    following = rows[last] if last < len(rows) else None
    field = read_field(following.text) if following and following.key else None
    tail = (following.number,) if following and field and not field[1] else ()
    return tuple(row.number for row, _, _ in block.fields if row.number != title) + tail


def _head_within(block: Block, row: Row, value: str, rows: Sequence[Row]) -> Head:
    first = block.fields[0][0].number
    counter = _counter_above(first, rows)
    known = _known(block, rows, row.number)
    return Head(
        row.number,
        row.number,
        unwrap(value),
        row.number,
        row.mark,
        above=row.number - (counter or first),
        known=((counter, *known) if counter else known),
    )


def _with_fields_behind(heads: Sequence[Head], rows: Sequence[Row]) -> list[Head]:
    """The heads with the labelled lines below their texts, where most records have one with that label."""
    ends = [head.first - head.above for head in heads[1:]] + [len(rows) + 1]
    behind = [
        dict(_fields_behind(rows[max((head.last, *head.known)) : end - 1]))
        for head, end in zip(heads, ends, strict=True)
    ]
    times = Counter(label for found in behind for label in set(found.values()))
    often = {label for label, n in times.items() if n >= FEWEST and n >= SHARE * len(heads)}
    return [
        replace(head, known=(*head.known, *(number for number, label in found.items() if label in often)))
        for head, found in zip(heads, behind, strict=True)
    ]


def _fields_behind(below: Sequence[Row]) -> Iterator[tuple[int, str]]:
    """The labelled lines behind a text, with their labels: what a label in front of the text names may be the text."""
    begun = False
    for row in below:
        field = _read(row)
        if field and begun:
            yield row.number, field[0]
        begun = begun or (field is None and is_sentence(row))


def _read(row: Row) -> tuple[str, str] | None:
    return read_field(row.text) if row.says else None


def _counter_above(first: int, rows: Sequence[Row]) -> int | None:
    """The line right above a block that only counts the records: 记录 1 / 6."""
    above = rows[first - 2] if first > 1 else None
    counts = above is not None and not above.rule and _COUNTER.fullmatch(shape_of(above.text).strip("【[]】#- "))
    return above.number if above and above.key and counts else None


def _head_above(block: Block, rows: Sequence[Row]) -> Head | None:
    first = block.fields[0][0].number
    row = next((row for row in reversed(rows[max(0, first - 3) : first - 1]) if not row.empty), None)
    if row is None or not row.titlelike or row.rule or is_head_line(row.text):
        return None
    return Head(row.number, row.number, _bare(row), row.number, row.mark, known=_known(block, rows, row.number))


def _head_below(block: Block, rows: Sequence[Row]) -> Head | None:
    first, last = block.fields[0][0].number, block.fields[-1][0].number
    row = next((row for row in rows[last : last + 2] if not row.empty), None)
    if row is None or not row.titlelike or row.rule or is_head_line(row.text):
        return None
    known = _known(block, rows, row.number)
    return Head(row.number, row.number, _bare(row), row.number, row.mark, above=row.number - first, known=known)


def _bare(row: Row) -> str:
    return row.text[row.mark.start :].strip().rstrip("#").strip()
