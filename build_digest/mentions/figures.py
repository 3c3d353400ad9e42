"""Figures worth quoting: numbers with a unit, what they measure and the sentence that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest.mentions.figure_rules import FigureRules, shipped_rules
from build_digest.mentions.records import Figure
from build_digest.text.script import fold
from build_digest.text.sentence import clause_start, split_sentences

_MARKS = "。!?;:,()"
_EDGES = ' \t“”"「」『』的—-·'
_STOP = re.compile(r"[^\u4e00-\u9fff]|$")
_LONGEST_LINK = 30
_LONGEST_MEASURE = 24
_LONG_SENTENCE = 160
_SHARE, _LARGE, _TELLING, _SOURCED = 0.7, 0.2, 0.3, 0.2


def find_figures(paragraphs: Sequence[tuple[int, str]], rules: FigureRules | None = None) -> tuple[Figure, ...]:
    """The figures in the numbered lines of an article, in the order of the text; years, dates and ordinals are none.

    >>> figures = find_figures([(3, "2024年,核心产业规模突破1.35万亿元,同比增长7.2%,涉及第3批45个产业集群。")])
    >>> [(figure.value, figure.measure, figure.subject) for figure in figures]
    [('1.35万亿元', '核心产业规模', ''), ('7.2%', '同比增长', '核心产业规模'), ('45个', '产业集群', '')]
    """
    rules = rules or shipped_rules()
    figures: list[Figure] = []
    for line, text in paragraphs:
        for _, sentence in split_sentences(text):
            figures += _read_sentence(line, sentence.strip(), rules)
    return tuple(figures)


def _read_sentence(line: int, sentence: str, rules: FigureRules) -> Iterator[Figure]:
    folded = fold(sentence)
    numbers = _find_numbers(folded, rules)
    ends = [*(number.start() for number in numbers), len(folded)][1:]
    common = _SOURCED * bool(rules.sourced.search(folded)) - _LARGE * (len(folded) > _LONG_SENTENCE)
    after, subject = 0, ""
    for number, end in zip(numbers, ends, strict=True):
        unit = number["unit"] or number["counted"] or ""
        first, last = _find_counted(folded, number.end(), end, rules) if unit in rules.counting else (0, 0)
        if first == last:
            first, last = _find_measure(folded, after, number.start(), rules)
        measure = folded[first:last]
        rate = not measure or bool(rules.rates.fullmatch(measure))
        # What goes on with a noun (四成以上人口…) measures that noun and nothing said before.
        linked = measure or "其中" in folded[after : number.start()] or _STOP.match(folded, number.end())
        about = subject if rate and linked else ""
        weight = (common + _weigh(number, unit, measure, rules)) / (2 if rate and not about else 1)
        value = sentence[slice(*number.span())]
        yield Figure(value, unit, sentence[first:last], about, sentence, line, round(weight, 2))
        after = number.end()
        if not rate:
            growth = rules.growth.search(measure)
            subject = sentence[first : first + growth.start() if growth else last]


def _find_numbers(folded: str, rules: FigureRules) -> list[re.Match[str]]:
    """The numbers with units, but for those that the rules call none and those that count nothing in particular."""
    none = [match.span() for match in rules.none.finditer(folded)]
    return [
        match
        for match in rules.pattern.finditer(folded)
        if not any(start < match.end() and match.start() < end for start, end in none)
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
    stop = rules.ends.search(folded, max(quoted, start + 2))
    end = min(stop.start() if stop else limit, limit, start + _LONGEST_MEASURE)
    return start, start + len(folded[start:end].rstrip("中和与及的"))


def _find_measure(folded: str, after: int, number: int, rules: FigureRules) -> tuple[int, int]:
    """The span of what stands before a number and is measured by it, without the words that only link or date it."""
    # What is measured respectively is a list, so its commas belong to it.
    marks = _MARKS if "分别" in folded[after:number] else _MARKS + "、"
    start, end = clause_start(folded, after, number, marks), number
    while link := rules.links.search(folded, max(start, end - _LONGEST_LINK), end):
        end = link.start()
    while opening := rules.openings.match(folded, start, end):
        start = opening.end()
    while start < end and folded[start] in _EDGES:
        start += 1
    while start < end and folded[end - 1] in _EDGES:
        end -= 1
    if end - start > _LONGEST_MEASURE:
        start = max(start, folded.rfind("的", start, end - 2) + 1)
    return (start, end) if end - start >= 2 else (number, number)
