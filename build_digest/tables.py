"""Tell tables from paragraphs: lines of as many cells each, divided by tabs, or by bars as Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest.model import Line
from build_digest.text.typeset import typeset

ROWS = 2
"""The fewest rows of a table, and"""
PAIRS = 3
"""of one with two columns, which may be a label and its value."""
LONGEST = 60
"""Characters of a cell."""
COLUMNS = 20
"""The most cells of a row."""

_BARRED = re.compile(r"\s*\|(.+)\|\s*")
_RULED = re.compile(r"\s*:?-{2,}:?\s*")
"""A cell of the line below the head of a table in Markdown."""
_FIGURE = re.compile(r"[-+−±]?\d[\d,，.．]*\s?[%％‰]?")
_ITEM = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,3}[.．、)）]|[①-⑳]|[-*·•●◆■□○▪]|.*[:：]|")
"""What stands before an item of a list, or a turn of a talk."""

Row = tuple[str, ...]


def find_tables(lines: Sequence[Line]) -> Iterator[tuple[tuple[Row, ...], list[Line]]]:
    """The lines of a text in groups: each table with its rows, and what stands between tables without any.

    >>> from build_digest.model import Verdict
    >>> body = Verdict("body", "block")
    >>> texts = ("各县产量：", "县\\t吨\\t增长", "甲县\\t1,200\\t3%", "乙县\\t800\\t", "单位：吨")
    >>> [(rows, len(group)) for rows, group in find_tables([Line(n, t, body, body) for n, t in enumerate(texts)])]
    [((), 1), ((('县', '吨', '增长'), ('甲县', '1,200', '3%'), ('乙县', '800', '')), 3), ((), 1)]
    """
    cells = [read_cells(line.kept_text()) for line in lines]
    starts = _starts(lines, cells)
    plain: list[Line] = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        run, rows = list(lines[start:end]), _without_empty_columns(cells[start:end])
        if not _is_table(rows):
            plain += run
            continue
        if plain:
            yield (), plain
            plain = []
        yield tuple(tuple(typeset(cell) for cell in row) for row in rows), run
    if plain:
        yield (), plain


def read_cells(text: str) -> Row:
    """The cells of a line, or the line as a single one."""
    barred = _BARRED.fullmatch(text)
    bare = text.strip(" \u3000\r\n")
    cells = barred[1].split("|") if barred else bare.split(" | ") if bare.count(" | ") > 1 else bare.split("\t")
    return (
        tuple(cell.strip() for cell in cells) if 1 < len(cells) <= COLUMNS and any(map(str.strip, cells)) else (text,)
    )


def begins_with_head(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns: none of its cells is a figure, and some below it are.

    >>> begins_with_head([("县", "2023年"), ("甲县", "1,200")]), begins_with_head([("甲县", "1,200"), ("乙县", "800")])
    (True, False)
    """
    figured = [any(map(_FIGURE.fullmatch, row)) for row in rows]
    return not figured[0] and any(figured[1:])


def _without_empty_columns(rows: Sequence[Row]) -> list[Row]:
    """The rows without the line below the head in Markdown, and without columns of nothing, as indents leave them."""
    told = [row for row in rows if not all(map(_RULED.fullmatch, row))]
    filled = [at for at in range(len(told[0]) if told else 0) if any(row[at] for row in told)]
    return [tuple(row[at] for at in filled) for row in told]


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether rows are no paragraphs: short cells, and more than items of a list behind their numbers or turns of a talk
    behind who speaks."""
    width = len(rows[0]) if rows else 0
    if width < 2 or len(rows) < (PAIRS if width == 2 else ROWS):
        return False
    listed = width == 2 and any(map(_ITEM.fullmatch, (row[0] for row in rows)))
    return not listed and all(len(cell) <= LONGEST for row in rows for cell in row)


def _starts(lines: Sequence[Line], cells: Sequence[Row]) -> list[int]:
    """Where runs of lines begin that stand right below each other and have as many cells each."""
    return [
        at
        for at in range(len(lines))
        if not at or len(cells[at]) != len(cells[at - 1]) or lines[at].number != lines[at - 1].number + 1
    ]
