"""Lists of measures that 分别 pairs with a list of figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from build_digest.mentions.figure_rules import FigureRules
from build_digest.text.sentence import clause_start

Span = tuple[int, int]
Pair = tuple[Span, Span]
"""Where a figure's measure stands and where what a bare rate is said of; an empty span for none."""

_WORD = "分别"
_MARKS = "。!?;:,()"
_MARK = re.compile(f"[{_MARKS}]")
_LONGEST_LIST = 120
_EDGES = ' \t“”"「」『』的—-·'
_COMMAS = re.compile("、")
_JOINTS = re.compile("以及|[、和与及]")
_COMPARES = re.compile("[比较同环]")
_NONE: Pair = ((0, 0), (0, 0))


def pair_measures(folded: str, numbers: Sequence[re.Match[str]], rules: FigureRules) -> dict[int, Pair]:
    """For the place of each number that belongs to such a list, its own measure and subject, or none.

    A list is not paired where its last part may be said of the others too: 城镇、农村居民收入分别为….
    """
    pairs: dict[int, Pair] = {}
    known: list[Span] = []
    starts = [number.start() for number in numbers]
    marks = [mark.start() for mark in _MARK.finditer(folded)]
    at = folded.find(_WORD)
    while at >= 0:
        first = bisect_left(starts, at)
        group = list(_find_group(folded, at + len(_WORD), numbers, first, rules))
        if len(group) > 1:
            start = clause_start(folded, max(0, at - _LONGEST_LIST), at, _MARKS)
            end = _skip_compared(folded, start, at, rules)
            items = _split_items(folded, start, end, len(group), rules) if end > start else known
            known = items if len(items) == len(group) else []
            for place, (rate, item) in enumerate(zip(group, known or [(0, 0)] * len(group), strict=True), start=first):
                pairs[place] = _NONE if item == (0, 0) else (rate, item) if rate else (item, (0, 0))
        elif first < len(numbers) and bisect_left(marks, at) == bisect_left(marks, starts[first]):
            pairs[first] = _NONE
        at = folded.find(_WORD, numbers[first + len(group) - 1].end() if group else at + 1)
    return pairs


def _find_group(
    folded: str, start: int, numbers: Sequence[re.Match[str]], first: int, rules: FigureRules
) -> Iterator[Span | None]:
    """For each number from the first on that is joined to the one before it, the rate that stands before it."""
    rate: Span | None = None
    for number in map(numbers.__getitem__, range(first, len(numbers))):
        between = rules.joined.fullmatch(folded, start, number.start())
        if not between or _WORD in between[0]:
            return
        rate = between.span("rate") if between["rate"] else rate
        yield rate
        start = number.end()


def _skip_compared(folded: str, start: int, end: int, rules: FigureRules) -> int:
    compared = rules.compared.search(folded, start, end)
    return compared.start() if compared else end


def _split_items(folded: str, start: int, end: int, count: int, rules: FigureRules) -> list[Span]:
    """The parts of the list, if it has so many and each can be measured by itself."""
    for mark in (_COMMAS, _JOINTS):
        cuts = [match.span() for match in mark.finditer(folded, start, end)]
        bounds = [start, *(place for cut in cuts for place in cut), end]
        items = [trim_measure(folded, *span, rules) for span in zip(bounds[::2], bounds[1::2], strict=True)]
        if len(items) == count:
            return items if _stand_alone([folded[slice(*item)] for item in items]) else []
    return []


def trim_measure(folded: str, start: int, end: int, rules: FigureRules) -> Span:
    """The span of a measure without the words that only lead up to it, and without quotes and dashes at its ends."""
    while opening := rules.openings.match(folded, start, end):
        start = opening.end()
    while start < end and folded[start] in _EDGES:
        start += 1
    while start < end and folded[end - 1] in _EDGES:
        end -= 1
    return start, end


def _stand_alone(items: Sequence[str]) -> bool:
    """Whether no part is short of a word that only the last one has."""
    *others, last = items
    whole = all(len(item) > 1 and not _COMPARES.match(item) for item in items) and "的" not in last
    return whole and all(item[-1] == last[-1] or len(item) + 1 >= len(last) for item in others)
