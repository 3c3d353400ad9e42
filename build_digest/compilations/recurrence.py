"""Finding a contents list by what it is: lines whose titles stand again in the text, in the same order.

Nothing is asked of the list's looks. A line of it may give the author, a page, a day or a number beside the title on
either side, leave out a subtitle or the middle of a long title, or hold several titles. The list may stand before the
text or behind it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from build_digest.compilations.contents_entries import Entry, signature
from build_digest.compilations.rows import Row, title_text, worded
from build_digest.compilations.title_places import Title, index_titles, look_up
from build_digest.compilations.titles import unwrap

FEWEST = 3
"""The fewest titles of a list."""
SHARE = 0.6
"""The share of the lines of a list that must stand again."""
FRONT = 40
"""Lines that say something among which a list begins, or before the end of the text ends."""
MOST_APART = 3
"""So many lines of a list in a row may be found nowhere: headings of groups, teasers, titles that the text lacks."""
MOST_BORDERS = 4
"""Places at which the text may begin that are tried for each line that a list may begin with."""
LONGEST_TEASER = 30
"""A longer line that is no title ends a list."""
SUBTITLE = 0.6
"""What stands last is a subtitle rather than the title unless what stands first is shorter by this."""
_WHOLE = "whole"


_PARTS = "section"
"""The kind of mark of 第一部分, which heads a group where most entries have another."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A list: its first and last line and its entries, and whether it stands behind the text."""

    first: int
    last: int
    entries: tuple[Entry, ...]
    behind: bool = False


def find_recurring_list(rows: Sequence[Row]) -> Recurrence | None:
    """The best list before the text, else the one behind it, or None."""
    said = worded(rows)
    titles = index_titles(said)
    look = cache(lambda at: look_up(at, titles))
    for behind in (False, True):
        found = _find(said, look, behind)
        listed = _make_list(said, found, behind) if found else None
        if listed:
            return listed
    return None


def _find(said: Sequence[Row], look: Callable[[int], list[list[Title]]], behind: bool) -> list[tuple[int, list[Title]]]:
    """The lines of the list with most titles, each with its titles."""
    step = -1 if behind else 1
    ends = filter(look, range(len(said))[::step][:FRONT])
    best: list[tuple[int, list[list[Title]]]] = []
    most = 0
    for begin in ends:
        for border in _borders(look(begin), begin, step):
            found = list(_matched(said, look, range(begin, border, step)))
            run = _longest_run([cell for at, _ in found for cell in look(at)], border, step)
            if run >= FEWEST and run > most:
                best, most = found, run
    return sorted(_choose_titles(best, said, step))


def _choose_titles(
    found: Sequence[tuple[int, list[list[Title]]]], said: Sequence[Row], step: int
) -> Iterator[tuple[int, list[Title]]]:
    """Each line of a list with its titles: those that stand where in most lines the longest text is found again; an
    author stands on the other side."""
    sides: Counter[str] = Counter()
    for at, cells in found:
        for cell in cells:
            longest = {_side(text, said[at]): len(text) for text, _ in sorted(cell, key=lambda title: len(title[0]))}
            sides.update(longest)
    usual = max(sides, key=lambda side: (sides[side], side), default="")
    if sides["first"] >= SUBTITLE * sides[usual]:
        usual = "first"
    for at, cells in found:
        titles = []
        for cell in cells:
            there = [title for title in cell if _side(title[0], said[at]) in (usual, _WHOLE)] or cell
            titles.append(max(there, key=lambda title: (len(title[0]), -title[1] * step)))
        yield at, titles


def _side(text: str, row: Row) -> str:
    """On which side of a line of a list a part of it stands."""
    core = row.core.strip("0123456789")
    if text.strip("0123456789") == core:
        return _WHOLE
    return "first" if core.startswith(text) else "last" if core.endswith(text) else "between"


def _longest_run(cells: Sequence[Sequence[Title]], border: int, step: int) -> int:
    """How many titles of a list follow one another in the text beyond a border: a longest increasing subsequence
    (Fredman, On computing the length of longest increasing subsequences, Discrete Mathematics 11, 1975)."""
    ends: list[int] = []
    for cell in cells:
        for place in sorted({at * step for _, at in cell if (at - border) * step >= 0}, reverse=True):
            at = bisect_left(ends, place)
            ends[at : at + 1] = [place]
    return len(ends)


def _borders(cells: Sequence[Sequence[Title]], begin: int, step: int) -> list[int]:
    """The places where the first title of a list may stand in the text, which begins (or ends) there."""
    nearest_place = 0 if len(cells) > 1 else 1
    beyond = [[title for title in cell if (title[1] - begin) * step > nearest_place] for cell in cells]
    if len(cells) > 1:
        nearest = [min(cell, key=lambda title: title[1] * step)[1] for cell in beyond if cell]
        return [min(nearest, key=lambda at: at * step)] if nearest else []
    longest = sorted((title for cell in beyond for title in cell), key=lambda title: (-len(title[0]), title[1] * step))
    return list(dict.fromkeys(at for _, at in longest))[:MOST_BORDERS]


def _matched(
    said: Sequence[Row], look: Callable[[int], Sequence[Sequence[Title]]], lines: range
) -> Iterator[tuple[int, list[list[Title]]]]:
    """The lines of a list, each with what its titles may be beyond the border that `lines` ends at."""
    apart = kept = 0
    for total, at in enumerate(lines, 1):
        cells = look(at)
        beyond = [[title for title in cell if (title[1] - lines.stop) * lines.step >= 0] for cell in cells]
        found = [cell for cell in beyond if cell]
        if found and len(found) * 2 > len(cells):
            kept += 1
            apart = 0
            yield at, found
            continue
        apart += 1
        running = not said[at].titlelike and len(said[at].text) > LONGEST_TEASER
        if running or apart > MOST_APART or kept < SHARE * total - 1:
            return


def _make_list(said: Sequence[Row], matched: Sequence[tuple[int, list[Title]]], behind: bool) -> Recurrence | None:
    first, last = matched[0][0], matched[-1][0]
    by_row = dict(matched)
    usual = [signature(said[at]) for at in by_row]
    indent = min(_indent(said[at]) for at in by_row)
    while first > 0 and not behind and _heads_group(said[first - 1], said[first], indent):
        first -= 1
    parts = {way for way in usual if _PARTS in way}
    heading = parts if 2 * sum(way in parts for way in usual) < len(usual) else set()
    text_from = min(place for titles in by_row.values() for _, place in titles)
    while not behind and last + 1 < text_from and _goes_on(said[last], said[last + 1]):
        last += 1
    entries: list[Entry] = []
    for at in range(first, last + 1):
        row = said[at]
        if at in by_row:
            group = signature(row) in heading
            entries += (replace(_entry(row, said[place], text), group=group) for text, place in by_row[at])
        else:
            text = title_text(row).strip()
            group = signature(row) not in usual or _indent(row) < indent
            entries.append(Entry((row.number,), text, row.core, row.key, row.mark.number, signature(row), group))
    named = [entry for entry in entries if not entry.group]
    if len(named) < FEWEST or len(by_row) < SHARE * len({entry.lines for entry in entries}):
        return None
    return Recurrence(said[first].number, said[last].number, tuple(entries), behind)


def _indent(row: Row) -> int:
    return len(row.text) - len(row.text.lstrip())


def _heads_group(row: Row, below: Row, indent: int) -> bool:
    """Whether a line right above a list is of it, as the heading of its first group that stands further left."""
    return bool(row.key) and row.number + 1 == below.number and bool(row.mark.kinds) and _indent(row) < indent


def _goes_on(row: Row, below: Row) -> bool:
    """Whether a list has one more line, the title of which the text lacks."""
    return below.number == row.number + 1 and bool(below.mark.kinds) and signature(below) == signature(row)


def _entry(row: Row, title: Row, text: str) -> Entry:
    bare = unwrap(title_text(title).strip())
    return Entry((row.number,), bare, text, row.key, row.mark.number, signature(row))
