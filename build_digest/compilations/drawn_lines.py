"""Titles beside drawn lines such as ====: after them, between two of them, or above one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile

from build_digest.compilations.collection import declared_in, names_collection
from build_digest.compilations.rows import Row, is_head_line, worded


def next_row(rows: Sequence[Row], after: int) -> Row | None:
    """The first row soon after line `after` that says something."""
    return next((row for row in rows[after : after + 6] if not row.empty), None)


def text_follows(rows: Sequence[Row], after: int) -> bool:
    """Whether running text comes soon after line `after`."""
    near = worded(rows[after : after + 14])[:8]
    return any(not row.titlelike for row in near)


def is_name(row: Row) -> bool:
    """Whether a row could be the name of a collection or state the number of its articles."""
    return names_collection(row.key) or declared_in(row.text) is not None


def find_by_drawn_lines(rows: Sequence[Row]) -> list[Row]:
    """The titles that stand after, between or before drawn lines, whichever the kind of line most in use shows."""
    kinds: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        if row.rule:
            bare = row.text.strip()
            for kind in {bare[0]: None, bare: None}:
                kinds[kind].append(row.number)
    found = [starts for numbers in kinds.values() for starts in [_beside_rules(rows, numbers)] if starts]
    return max(found, key=len, default=[])


def _beside_rules(rows: Sequence[Row], numbers: Sequence[int]) -> list[Row]:
    after = {
        number: row
        for number in numbers
        if (row := next_row(rows, number)) and not row.rule and row.key and not is_head_line(row.text)
    }
    drawn = set(numbers)
    enclosed = [row for row in after.values() if row.titlelike and _rule_follows(rows, row, drawn)]
    if len(enclosed) * 2 >= len(numbers) - 1 and len(enclosed) > 1:
        return enclosed
    inner = [number for number in numbers if any(row.says for row in rows[number : number + 6])]
    titles = [row for row in after.values() if text_follows(rows, row.number)]
    if sum(row.titlelike for row in titles) >= 0.8 * len(inner):
        first = title_in_front(rows[: numbers[0] - 1], titles, rows)
        return [first, *titles] if first else titles
    above = [rows[number - 2] for number in numbers if number > 1]
    if above and all(row.titlelike for row in above) and len(above) == len(numbers):
        return above
    return []


def _rule_follows(rows: Sequence[Row], title: Row, drawn: set[int]) -> bool:
    """Whether a drawn line closes off a title, directly or behind a second copy of it."""
    near = rows[title.number : title.number + 3]
    between = list(takewhile(lambda row: row.number not in drawn, near))
    return len(between) < len(near) and (not between or any(row.core == title.core for row in between))


def title_in_front(front: Sequence[Row], titles: Sequence[Row], rows: Sequence[Row]) -> Row | None:
    """The title of an article that stands before the first drawn line, or None where there is no article.

    It follows the name of the collection; where that is not plain, it has as many short lines (author, source) between
    itself and its text as most of the other titles.
    """
    said = [row for row in front if not row.empty]
    short = list(takewhile(lambda row: row.titlelike, said))
    if len(short) == len(said) or not short:
        return None
    names = [at for at, row in enumerate(short) if is_name(row)]
    if names:
        return short[names[-1] + 1] if names[-1] + 1 < len(short) else None
    usual = Counter(_short_lines(rows, row.number) for row in titles).most_common(1)[0][0] if titles else 0
    return short[max(0, len(short) - 1 - usual)]


def _short_lines(rows: Sequence[Row], after: int) -> int:
    near = [row for row in rows[after : after + 10] if not row.empty]
    return len(list(takewhile(lambda row: row.titlelike, near)))
