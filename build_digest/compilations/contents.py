"""Finding the contents list of a compilation: where it begins and where it ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from build_digest.compilations.collection import heads_list
from build_digest.compilations.contents_entries import (
    Entry,
    read_entries,
    signature,
    split_columns,
    without_names,
)
from build_digest.compilations.listed_authors import alike, readings
from build_digest.compilations.recurrence import find_recurring_list
from build_digest.compilations.rows import Row, is_head_line, title_text, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import trailing_page, without_leader

_COUNTED = re.compile(r"(?:共|计|合计|总计){0,3}[\d〇零一二三四五六七八九十百]{1,6}[篇则]$")
_PAGE_AT_END = re.compile(r"(?:[.．·・‥⋯…_＿–—\s　-]|[(（])\s?(\d{1,4})[)）]?$")
_PAGE_AT_START = re.compile(r"^(\d{1,4})[\s　]+")
_DEPTH = 60
"""A contents list begins within so many lines that are not blank."""
_ONE_TITLE = 6
"""Titles of so many characters, one of which begins with the other, are copies of one title."""
_BELOW = 5
"""Lines that may stand below such a list."""
_LIST_ENDINGS = ("目", "目录", "目次", "一览", "索引", "清单", "contents")
_LONGEST_HEADING = 10
_ENOUGH = 3
"""The fewest lines of a list that a text ends with."""
_OPENING = 4
"""A later line that begins like one of the first so many entries is the body's copy of it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """A contents list: the line of its heading if it has one, its entries, and its first and last line."""

    heading: int | None
    sections: bool
    first: int
    last: int
    entries: tuple[Entry, ...]
    paged: bool = False


def find_contents(rows: Sequence[Row]) -> Iterator[Contents]:
    """Offer the lists that a text may begin with, the ones under a heading first."""
    sections = split_rules().words["section_headings"]
    times_seen = Counter(row.core for row in rows if row.core and not row.noise)
    front = worded(rows)[:_DEPTH]
    for row in front:
        name = _COUNTED.sub("", row.core)
        if heads_list(name) or name in sections:
            yield from _read_list(rows, times_seen, row.number, row.number, name in sections)
    for number in _starts_without_heading(rows, front):
        yield from _read_list(rows, times_seen, number - 1, None, False)


def find_recurring_contents(rows: Sequence[Row]) -> Contents | None:
    """The list before or behind a text whose titles stand again in it, or None."""
    found = find_recurring_list(rows)
    if found is None:
        return None
    above = next((row for row in reversed(rows[: found.first - 1]) if row.says), None)
    name = _COUNTED.sub("", above.core) if above else ""
    sections = name in split_rules().words["section_headings"]
    headed = sections or heads_list(name) or name.endswith(_LIST_ENDINGS)
    listed = {entry.lines[0] for entry in found.entries}
    behind = found.behind and above is not None and above.titlelike and _stands_apart(above, found.first, rows)
    heading = above.number if above and (headed or behind) and len(name) <= _LONGEST_HEADING else None
    paged = _gives_pages([rows[number - 1] for number in sorted(listed)])
    return Contents(heading, sections, heading or found.first, found.last, found.entries, paged)


def _stands_apart(row: Row, below: int, rows: Sequence[Row]) -> bool:
    """Whether a blank or drawn line stands above a line, or blank ones before the next that says something."""
    above = rows[row.number - 2] if row.number > 1 else None
    return row.number + 1 < below or (above is not None and (above.empty or above.rule))


def find_contents_behind(rows: Sequence[Row]) -> Contents | None:
    """The list of contents that a text ends with, or None."""
    said = worded(rows)
    half = said[len(said) // 2 :]
    names = [_COUNTED.sub("", row.core) for row in half]
    headed = (
        n for n in range(len(half) - 1, -1, -1) if heads_list(names[n]) or names[n][-2:] in ("目录", "目次", "篇目")
    )
    at = next(headed, None)
    if at is None:
        times = Counter(row.core for row in said)
        copies = list(takewhile(lambda row: row.titlelike and _stands_above(row, times), reversed(half)))
        listed, heading = copies[::-1], None
    else:
        listed = list(takewhile(lambda row: row.titlelike, half[at + 1 :]))
        heading = half[at].number
    if len(listed) < _ENOUGH or half[-1].number - listed[-1].number > _BELOW:
        return None
    return Contents(heading, False, heading or listed[0].number, listed[-1].number, read_entries(listed))


def _stands_above(row: Row, times: Mapping[str, int]) -> bool:
    """Whether a line of a list stands elsewhere too, as it is or without what is beside its title."""
    return any(times.get(text, 0) > (text == row.core) for text in _variants(row))


def _starts_without_heading(rows: Sequence[Row], front: Sequence[Row]) -> Iterator[int]:
    """Where a list without a heading may begin: at lines that are repeated below, or at a run of marked ones."""
    last_seen: dict[str, int] = {}
    times: Counter[str] = Counter()
    for row in rows:
        if row.core and not row.noise:
            last_seen[_without_edges(row.core)] = row.number
            times[_without_edges(row.core)] += 1

    def repeated(row: Row) -> bool:
        texts = map(_without_edges, readings(without_leader(title_text(row)).strip()))
        return any(last_seen.get(text, 0) > row.number + 1 and times[text] < 4 for text in texts)

    for at, (here, following) in enumerate(pairwise(front)):
        if here.titlelike and repeated(here) and repeated(following):
            # The first title may be missing below.
            yield front[at - 1].number if at and alike(front[at - 1], here) else here.number
            break
    for here, following in pairwise(front):
        if here.titlelike and following.titlelike and signature(here) and here.mark.kinds != ("markdown",):
            yield here.number
            break


def _without_edges(core: str) -> str:
    """A folded line without the digits at its ends, which may be an ordinal or a page."""
    return core.strip("0123456789")


def _read_list(
    rows: Sequence[Row], times_seen: Mapping[str, int], after: int, heading: int | None, sections: bool
) -> Iterator[Contents]:
    listed = list(_walk(rows, after, times_seen))
    if len(listed) > (1 if heading else 2):
        entries = read_entries(listed)
        yield Contents(heading, sections, heading or listed[0].number, listed[-1].number, entries, _gives_pages(listed))


def _gives_pages(listed: Sequence[Row]) -> bool:
    """Whether most lines of a list end in a page number behind a leader or in brackets, or begin with one, and these
    rise by more than one."""
    titles = without_names(listed)
    for place in (_PAGE_AT_END, _PAGE_AT_START):
        pages = [int(page[1]) for row in titles if (page := place.search(row.text.strip()))]
        if len(pages) * 3 >= len(titles) * 2 and pages == sorted(pages) and pages[-1] > len(pages):
            return True
    return False


def _walk(rows: Sequence[Row], after: int, times_seen: Mapping[str, int]) -> Iterator[Row]:
    """The rows of a list that begins after line `after`, as far as their shape carries.

    It ends at a line that is no title, repeats an entry, is written in another way, or begins a new count.
    """
    noise = split_rules().words["contents_noise"]
    seen: set[str] = set()
    opening: list[str] = []
    ways: Counter[tuple[str, ...]] = Counter()
    last: dict[tuple[str, ...], int] = {}
    previous: tuple[str, ...] = ()
    for row in rows[after:]:
        if row.empty or row.core in noise or (row.rule and not seen):
            continue
        if (
            not row.titlelike
            and times_seen[row.core] < 2
            and ways
            and _next_number(rows, row) == last.get(previous, 0) + 1
        ):
            continue
        if not row.core or row.core in seen or not (row.titlelike or times_seen[row.core] > 1):
            return
        if is_head_line(row.text) or any(
            _same_beginning(title, row.core) for title in opening[: max(0, sum(ways.values()) - 3)]
        ):
            return
        way = signature(row)
        usual, times = max(ways.items(), key=lambda item: item[1], default=((), 0))
        known = way in ways if way else ways[way] >= times - 1
        if times > 1 and usual and way != usual and not known and not _goes_on(rows, row, ways, seen):
            return
        if row.mark.number is not None:
            before = last.get(way, 0)
            again = row.mark.number == 1 and (way != previous or before == 1)
            if row.mark.number <= before and not again:
                return
            last[way] = row.mark.number
        seen |= _variants(row)
        if len(opening) < _OPENING:
            opening.append(row.core)
        ways[way] += 1
        previous = way
        yield row


def _same_beginning(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _ONE_TITLE and long.startswith(short)


def _variants(row: Row) -> set[str]:
    """The row's text as the body may repeat it: also without a number or page that a space sets apart."""
    variants = {row.core, *readings(without_leader(title_text(row)).strip())}
    variants |= {text for cell in split_columns(row.text) for text in readings(cell)}
    if re.match(r"\s*\d{1,3}[\s　]", row.text):
        variants.add(row.core.lstrip("0123456789"))
    if trailing_page(row.text) is not None:
        variants.add(row.core.rstrip("0123456789"))
    return variants


def _next_number(rows: Sequence[Row], row: Row) -> int | None:
    """The number of the line below a row, which may be a teaser between two numbered titles."""
    following = next((other for other in rows[row.number :] if not other.empty), None)
    return following.mark.number if following and following.titlelike else None


def _goes_on(rows: Sequence[Row], row: Row, ways: Mapping[tuple[str, ...], int], seen: set[str]) -> bool:
    """Whether a list that a row interrupts goes on after it, so that the row heads a group."""
    following = next((other for other in rows[row.number :] if not other.empty), None)
    if following is None or not following.titlelike or following.core in seen:
        return False
    return bool(signature(following)) and signature(following) in ways
