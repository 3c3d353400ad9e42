"""Reading the entries of a contents list in the list's own style: numbers, pages, brackets, columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from build_digest.compilations.collection import is_counted, without_count
from build_digest.compilations.marks import read_mark
from build_digest.compilations.rows import Row, title_text
from build_digest.compilations.titles import (
    fold_title,
    is_wrapped,
    trailing_page,
    unwrap,
    without_footnote,
    without_leader,
    without_link,
    without_page,
)

_COLUMNS = re.compile(r"(?<!\s)\s*\t\s*|[ 　]{4,}|　{2,}")
NUMBER = re.compile(r"^\s*(\d{1,3})[\s　]+")
LONGEST_NAME = 4
"""Letters of a name on a line of its own, and"""
NAMED = 0.6
"""the share of the titles that must have one below."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a contents list: its title without marks and page, its number, whether its style lets it head a group,
    and the name beside the title."""

    lines: tuple[int, ...]
    title: str
    key: str
    whole: str
    number: int | None
    kinds: tuple[str, ...]
    group: bool = False
    author: str = ""


def signature(row: Row) -> tuple[str, ...]:
    """The way a row of a list is written: its marks, whether it has a leader, whether brackets hold its title.

    >>> from build_digest.compilations.rows import read_row
    >>> signature(read_row(1, "1.《论水》……12")), signature(read_row(1, "论水"))
    (('decimal', '《', 'leader'), ())
    """
    text = row.text[row.mark.start :].strip()
    title = without_leader(text)
    kinds = ("table",) if text.startswith("|") else row.mark.kinds
    if title[:1] in tuple("《【〈〖*") and is_wrapped(title):
        kinds = (*kinds, title[0])
    return (*kinds, "leader") if title != text else kinds


def read_entries(listed: Sequence[Row]) -> tuple[Entry, ...]:
    """Read the titles of a list in its own style; a line in another style than most may head a group."""
    listed = without_names(listed)
    letters: Counter[tuple[str, ...]] = Counter()
    for row in listed:
        letters[signature(row)] += len(row.core)
    style = letters.most_common(1)[0][0]
    usual = [row for row in listed if signature(row) == style]
    pages = [page for row in usual if (page := trailing_page(without_leader(row.text))) is not None]
    paged = len(pages) > 0.5 * len(usual) and pages == sorted(pages)
    spaced = _numbered_by_space(listed)
    wrapped = sum(is_wrapped(without_leader(row.text[row.mark.start :])) for row in listed) * 2 > len(listed)
    entries = []
    columns = _in_columns(listed)
    for row in listed:
        if row.number in columns:
            entries += [_cell(row, cell) for cell in columns[row.number]]
            continue
        text = without_link(without_leader(title_text(row, spaced.get(row.number)))).strip()
        if paged:
            text = without_page(text)
        title = unwrap(text) if wrapped else text
        counted = is_counted(title)
        group = signature(row) != style or counted or (bool(spaced) and row.number not in spaced)
        group = group or (paged and trailing_page(without_leader(row.text)) is None)
        title = without_count(title) if counted else title
        key = fold_title(without_footnote(title))
        number = int(NUMBER.sub(r"\1", row.text[: spaced[row.number]])) if row.number in spaced else row.mark.number
        entries.append(
            Entry((row.number,), title, key, fold_title(without_leader(row.text)), number, signature(row), group)
        )
    return tuple(entries)


def without_names(listed: Sequence[Row]) -> Sequence[Row]:
    """A list without the lines of names between its numbered or paged titles, where most of these have one below."""
    told = [_has_number(row) for row in listed]
    names = {
        row.number
        for (above, titled), (row, other) in pairwise(zip(listed, told, strict=True))
        if titled and not other and not row.mark.kinds and 1 < len(row.core) <= LONGEST_NAME
    }
    most = len(names) > NAMED * sum(told) and len(names) * 2 + 1 >= len(listed)
    return [row for row in listed if row.number not in names] if most else listed


def _has_number(row: Row) -> bool:
    """Whether a line of a list has a number in front or a page behind."""
    text = without_leader(row.text)
    paged = text != row.text or trailing_page(text) is not None
    return row.mark.number is not None or paged or bool(NUMBER.match(row.text))


def _in_columns(listed: Sequence[Row]) -> dict[int, list[str]]:
    """The titles of each line of a list that is set in columns, a tab between; empty for any other list."""
    cells = {row.number: split_columns(row.text) for row in listed}
    several = {number: titles for number, titles in cells.items() if len(titles) > 1 and all(map(_is_cell, titles))}
    return several if len(several) * 3 >= len(listed) * 2 else {}


def split_columns(text: str) -> list[str]:
    """The titles on a line of a list that is set in columns.

    >>> split_columns("论水\t论火"), split_columns("论水　　　　论火"), split_columns("论水 与 火")
    (['论水', '论火'], ['论水', '论火'], ['论水 与 火'])
    """
    return [cell for cell in _COLUMNS.split(text.strip()) if cell]


def _is_cell(text: str) -> bool:
    return len(fold_title(text)) > 1 and not fold_title(text).isdecimal()


def _cell(row: Row, title: str) -> Entry:
    mark = read_mark(title)
    bare = title[mark.start :]
    return Entry((row.number,), bare, fold_title(without_footnote(bare)), fold_title(title), mark.number, mark.kinds)


def _numbered_by_space(listed: Sequence[Row]) -> dict[int, int]:
    """Where the titles begin in a list numbered `01 Title`, by line; empty for any other list."""
    bare = [row for row in listed if not row.mark.kinds]
    starts = [(row.number, found) for row in bare if (found := NUMBER.match(row.text))]
    numbers = [int(found[1]) for _, found in starts]
    if len(numbers) > 1 and len(numbers) > 0.6 * len(bare) and numbers == sorted(numbers):
        return {number: found.end() for number, found in starts}
    return {}


def join_wrapped(entries: Sequence[Entry], cores: Set[str]) -> tuple[Entry, ...]:
    """The same entries with titles that run over two lines of the list made one, where the body has them in one."""
    joined: list[Entry] = []
    for entry in entries:
        before = joined[-1] if joined else None
        if before and before.key not in cores and entry.key not in cores and before.key + entry.key in cores:
            title = before.title + entry.title
            lines = before.lines + entry.lines
            joined[-1] = replace(
                before, lines=lines, title=title, key=fold_title(title), whole=fold_title(title), group=False
            )
        else:
            joined.append(entry)
    return tuple(joined)
