"""Figures worth quoting: numbers with a unit, what they measure and the sentence that they stand in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from build_digest.mentions.figure_rules import FigureRules, figure_rules
from build_digest.mentions.mentioned import Figure
from build_digest.mentions.respective import pair_measures, trim_measure
from build_digest.text.characters import HAN
from build_digest.text.script import fold
from build_digest.text.sentence import clause_start, split_sentences

_MARKS = "。!?;:,()"
_STOP = re.compile(rf"[^{HAN}]|$")
_SHARES = ("%", "‰", "成")
_EACH = re.compile("按?每.{1,2}")
"""What it is counted by, but not what is counted: 每月, 按每人."""
_LONGEST_LINK = 30
_LONGEST_MEASURE = 24
_LONGEST_END = 10
"""Characters of a word that ends what is counted: one that begins within the longest measure is found whole."""
_LONG_SENTENCE = 160
_SMALL = 0.5
"""Units of less weight measure a single thing: a length of time, an age, a height."""
_SHARE, _LARGE, _TELLING, _SOURCED = 0.7, 0.2, 0.3, 0.2


def find_figures(paragraphs: Sequence[tuple[int, str]]) -> tuple[Figure, ...]:
    """The figures in the numbered lines of an article, in the order of the text; years, dates and ordinals are none.

    >>> figures = find_figures([(3, "2024年,核心产业规模突破1.35万亿元,同比增长7.2%,涉及第3批45个产业集群。")])
    >>> [(figure.value, figure.measure, figure.subject) for figure in figures]
    [('1.35万亿元', '核心产业规模', ''), ('7.2%', '同比增长', '核心产业规模'), ('45个', '产业集群', '')]
    """
    rules = figure_rules()
    figures: list[Figure] = []
    for line, text in paragraphs:
        for _, sentence in split_sentences(text) if rules.quantity.search(fold(text)) else ():
            figures += _read_sentence(line, sentence.strip(), rules)
    return tuple(figures)


def _read_sentence(line: int, sentence: str, rules: FigureRules) -> Iterator[Figure]:
    folded = fold(sentence)
    numbers = _find_numbers(folded, rules) if rules.quantity.search(folded) else []
    if not numbers:
        return
    ends = [*(number.start() for number in numbers), len(folded)][1:]
    paired = pair_measures(folded, numbers, rules)
    common = _SOURCED * bool(rules.sourced.search(folded)) - _LARGE * (len(folded) > _LONG_SENTENCE)
    after, subject = 0, ""
    for place, (number, end) in enumerate(zip(numbers, ends, strict=True)):
        unit = number["unit"] or number["counted"] or ""
        if place in paired:
            (first, last), of = paired[place]
            about, subject = sentence[slice(*of)], ""
        else:
            first, last = _find_own_measure(folded, after, number, end, rules)
            about = subject if _is_of_subject(folded, number, folded[first:last], after, rules) else ""
        measure = folded[first:last]
        rate = _is_rate(measure, rules)
        weight = (common + _weigh(number, unit, measure, rules)) / (2 if rate and not about else 1)
        value = sentence[slice(*number.span())]
        yield Figure(value, unit, sentence[first:last], about, sentence, line, round(weight, 2))
        after = number.end()
        if not rate and place not in paired:
            growth = rules.growth.search(measure, max(0, len(measure) - _LONGEST_LINK))
            subject = sentence[first : first + growth.start() if growth else last]


def _is_rate(measure: str, rules: FigureRules) -> bool:
    """Whether these words say no more than how something changes, or nothing."""
    return not measure or bool(rules.rates.fullmatch(measure))


def _is_of_subject(folded: str, number: re.Match[str], measure: str, after: int, rules: FigureRules) -> bool:
    """Whether a figure is said of what was measured before it: a rate is, and a share that nothing else is named of."""
    if measure:
        return _is_rate(measure, rules)
    # What goes on with a noun (四成以上人口…) measures that noun and nothing said before.
    linked = "其中" in folded[after : number.start()] or _STOP.match(folded, number.end())
    unit = number["unit"] or number["counted"] or "%"
    return unit in _SHARES and bool(linked)


def _find_own_measure(folded: str, after: int, number: re.Match[str], end: int, rules: FigureRules) -> tuple[int, int]:
    """The span of what a number counts or measures."""
    unit = number["unit"] or number["counted"] or ""
    first, last = _find_counted(folded, number.end(), end, rules) if unit in rules.counting else (0, 0)
    if first < last or _goes_on(folded, number, rules):
        return first, last
    return _find_measure(folded, after, number.start(), rules)


def _goes_on(folded: str, number: re.Match[str], rules: FigureRules) -> bool:
    """Whether a limit or a small unit tells a noun that follows (60岁以上老人, 8小时睡眠) and measures nothing before it."""
    small = rules.weights.get(number["unit"] or "", 1.0) < _SMALL
    goes_on = (number["after"] or small) and not _STOP.match(folded, number.end())
    return bool(goes_on) and not rules.ends.match(folded, number.end())


def _find_numbers(folded: str, rules: FigureRules) -> list[re.Match[str]]:
    """The numbers with units, but for those that the rules call none and those that count nothing in particular."""
    none = [match.span() for match in rules.none.finditer(folded)]
    starts = [start for start, _ in none]

    def is_none(number: re.Match[str]) -> bool:
        before = bisect_left(starts, number.end())  # the spans are in order and none overlaps another
        return before > 0 and none[before - 1][1] > number.start()

    return [
        match
        for match in rules.pattern.finditer(folded)
        if not is_none(match)
        and not ((match["unit"] or match["counted"]) in rules.counting and rules.idle.match(folded, match.end()))
    ]


def _weigh(number: re.Match[str], unit: str, measure: str, rules: FigureRules) -> float:
    """How much the figure is worth quoting by its unit, its size and what it measures."""
    large = _LARGE * ("万" in number[0] or "亿" in number[0])
    return rules.weights.get(unit, _SHARE) + large + _TELLING * bool(rules.telling.search(measure))


def _find_counted(folded: str, start: int, limit: int, rules: FigureRules) -> tuple[int, int]:
    """The span of the thing counted, right after the number; empty where the sentence stops or goes on there."""
    if rules.ends.match(folded, start) or start == len(folded):
        return start, start
    quoted = folded.find("”", start, start + _LONGEST_MEASURE) + 1 if folded[start] == "“" else 0
    # A noun has two characters at least, so a word that would end it is not looked for in its first two.
    end = min(limit, start + _LONGEST_MEASURE)
    stop = rules.ends.search(folded, max(quoted, start + 2), end + _LONGEST_END)
    end = min(stop.start() if stop else end, end)
    return start, start + len(folded[start:end].rstrip("中和与及的"))


def _find_measure(folded: str, after: int, number: int, rules: FigureRules) -> tuple[int, int]:
    """The span of what stands before a number and is measured by it, without the words that only link or date it."""
    start, end = clause_start(folded, after, number, _MARKS + "、"), number
    while link := rules.links.search(folded, max(start, end - _LONGEST_LINK), end):
        end = link.start()
    start, end = trim_measure(folded, start, end, rules)
    if end - start > _LONGEST_MEASURE:
        start = max(start, folded.rfind("的", start, end - 2) + 1)
    named = end - start >= 2 and not _EACH.fullmatch(folded, start, end)
    return (start, end) if named else (number, number)
