"""Lines that belong to no article: promotion at the edges, and page furniture that repeats between the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from build_digest.compilations.rows import Row, worded
from build_digest.compilations.split_rules import split_rules
from build_digest.text.script import to_simplified

_LONGEST = 120
LONGEST_ADVERTISEMENT = 4
"""Lines of an advertisement between two articles."""
FRONT = 3
"""Lines that a book begins with: its title, its author."""
_PAGE = re.compile(r"[-—–·~]+\s*\d{1,4}\s*[-—–·~]+|第?\s*\d{1,4}\s*[页頁](?:.{0,3}[共/]\s*\d{1,4}\s*[页頁])?")


def promotion_score(text: str) -> float:
    """How much a line looks like promotion: the scores of all signals in `rules/split.yml` that it shows.

    >>> promotion_score("客服微信:examplekf") > promotion_score("他用微信把照片发给了母亲。")
    True
    """
    if len(text) > _LONGEST:
        return 0.0
    simplified = to_simplified(text)
    return sum(signal.score for signal in split_rules().promotion if signal.pattern.search(simplified))


def is_advertisement(row: Row) -> bool:
    """Whether a row says that what follows is an advertisement: 【广告】."""
    return promotion_score(row.text) >= split_rules().promotion_threshold


def find_advertisement(segment: Sequence[Row]) -> list[int]:
    """The lines of an advertisement that ends a segment, set apart from the text above by a blank or a drawn line."""
    said = [row for row in segment if not row.blank and not row.rule]
    for row in said[-LONGEST_ADVERTISEMENT:]:
        above = segment[row.number - segment[0].number - 1] if row is not segment[0] else None
        if above is not None and (above.blank or above.rule) and is_advertisement(row):
            return [other.number for other in said if other.number >= row.number]
    return []


def trailing_promotion(rows: Sequence[Row]) -> tuple[int, ...]:
    """The lines of promotion at the end of some rows; half the score is enough for a line between two such lines."""
    found: list[int] = []
    pending: list[int] = []
    for row in reversed(rows):
        if not row.says:
            continue
        score = promotion_score(row.text)
        if score >= split_rules().promotion_threshold:
            found += [*pending, row.number]
            pending = []
        elif score >= split_rules().promotion_threshold / 2 and len(pending) < 3:
            pending.append(row.number)
        else:
            break
    return tuple(sorted(found))


def mark_noise(rows: Sequence[Row]) -> list[Row]:
    """The same rows with promotion at the end and page furniture marked: what occurs three times or more and is a page
    number, a line back to the contents, promotion, or a copy of the first line (its page numbers aside)."""
    times = Counter(row.key for row in rows if row.key)
    pages = sum(bool(row.key and _PAGE.fullmatch(row.text.strip())) for row in rows)
    first = next((row for row in rows if not row.blank), None)
    name = _letters(first.key) if first else ""
    heads = sum(bool(row.key) and _letters(row.key) == name for row in rows) if name else 0
    lone = frozenset(_lone_numbers(rows))
    paged = _beside_page_numbers(rows, times, lone)
    back_links = split_rules().words["back_links"]
    ending = frozenset(trailing_promotion(rows))

    def noise(row: Row) -> str:
        if row.number in ending:
            return "promotion"
        if not row.key:
            return ""
        if row.number in lone or (pages > 2 and _PAGE.fullmatch(row.text.strip())):
            return "page-number"
        if times[row.key] > 2 and row.key in back_links:
            return "back-link"
        if times[row.key] > 2 and promotion_score(row.text) >= split_rules().promotion_threshold / 2:
            return "promotion"
        named = heads > 3 and row is not first and _letters(row.key) == name
        return "running-head" if named or row.number in paged else ""

    return [replace(row, noise=rule) if (rule := noise(row)) else row for row in rows]


def _lone_numbers(rows: Sequence[Row]) -> list[int]:
    """The lines of page numbers that stand alone, where they count up by one from page to page with text between."""
    lone = [row for row in rows if row.key.isdecimal() and row.text.strip().isdecimal() and len(row.key) < 5]
    if len(lone) < 4:
        return []
    steps = [
        int(after.key) - int(before.key) == 1 and after.number - before.number > 3 for before, after in pairwise(lone)
    ]
    return [row.number for row in lone] if all(steps) else []


def _beside_page_numbers(rows: Sequence[Row], times: Mapping[str, int], lone: frozenset[int]) -> set[int]:
    """The lines of a running head: copies of one line, nearly all of which stand right beside a page number."""
    numbers = {row.number for row in rows if row.number in lone or (row.key and _PAGE.fullmatch(row.text.strip()))}
    if len(numbers) < 3:
        return set()
    often = [row for row in rows if times[row.key] > 2 and row.number not in numbers]
    beside = Counter(row.key for row in often if {row.number - 1, row.number + 1} & numbers)
    named = _naming_the_book(rows, numbers)
    return named | {row.number for row in often if beside[row.key] >= 0.8 * times[row.key]}


def _naming_the_book(rows: Sequence[Row], numbers: Set[int]) -> set[int]:
    """The lines next to page numbers, but for blank ones, that repeat the title or the author that a text begins with."""
    said = [row for row in rows if not row.blank]
    front = [row.key for row in said[:FRONT] if row.key and row.number not in numbers]
    near = [
        row
        for at, row in enumerate(said[FRONT:], FRONT)
        if row.key and any(other.number in numbers for other in said[at - 1 : at + 2])
    ]
    named = [
        row
        for row in near
        if row.number not in numbers and len(row.key) > 1 and any(key.startswith(row.key) for key in front)
    ]
    return {row.number for row in named} if len(named) > 1 else set()


def _letters(key: str) -> str:
    return re.sub(r"\d+|第|页|共", "", key)


def repeated_tails(segments: Sequence[Sequence[Row]]) -> frozenset[int]:
    """Last lines that half of the articles (three or more) end with: 返回目录, —— 广告 ——, (完).

    Lines with a colon are left alone: they may state an editor or a source.
    """
    tails = [worded(segment[-12:])[-1:] for segment in segments]
    times = Counter(row.key for tail in tails for row in tail if row.key)
    return frozenset(
        row.number
        for tail in tails
        for row in tail
        if row.key and times[row.key] > 2 and times[row.key] * 2 >= len(segments) and not re.search("[:：]", row.text)
    )
