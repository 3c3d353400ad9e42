"""Find runs of short lines that are text all the same: poems and songs, tables of facts, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import looks_like_person
from build_digest.model import Verdict

VERSE = 24
"""The greatest length of a line of a poem, in characters."""
VERSES = 4
"""The fewest lines of a poem below its author's name; without it half as many again."""
SHORT = 5
"""The least length of a line of a poem, on the average, where no author is stated above it, and"""
STANZA = 12
"""the greatest length of a line of stanzas: headlines are longer."""
FACTS = 3
"""The fewest lines of a table of facts, and"""
NEAR = 3
"""how far from each other they may stand, in filled lines."""
OFTEN = 2
"""How often a label may stand on a page that is no list of products."""

ROW = "row"
"""The form of a line whose cells a tab divides."""
BESIDE = 6
"""Filled lines within which a sentence stands above or below a line of code that is of a text."""
PROSE_LINES = 6
"""The fewest lines of a text whose lines do not close like sentences,"""
PROSE_LINE = 10
"""their length in characters, in the middle,"""
WORDY = 0.7
"""and the share of them that has one of the small words of running text."""

WRAPPED = 4
"""The fewest lines of a text that was broken at a fixed width,"""
WIDTH = (18, 60)
"""that width in characters, and"""
RAGGED = 4
"""how much shorter than it a full line may be."""
FULL = 0.6
"""The share of full lines in such a text."""

HEADED = 0.3
"""The share of such lines that may have what headlines have: a colon, a bar, a gap, a question mark."""
PROSE = 0.5
"""The score of such a line."""

_HEADLINE = re.compile(r"[:|丨_?!()\[\]【】]|\S\s\S")
_WORD = re.compile(r"\w\w")
_RUNNING = re.compile(r"[,，。;；、].{2}")
_CLOSED = re.compile(r"[。!?！？;；:：](?:[”’」』\"')])*$")
_FACT = re.compile(r"[^:,。]{1,12}:\s*\S")
_FACT_FORMS = ("pair", "figures", "word-list", "phrase", "english")
_PROSE_FORMS = ("short-line", "phrase", "clauses", "short-sentence", "sentence")
_VERSE_FORMS = ("short-line", "phrase", "short-sentence", "sentence")


def find_verse(page: JudgedPage) -> Iterator[int]:
    """The lines of poems: a run of short plain lines, all different, below an author's name or full of small words.

    Where nothing is stated above it the run begins with the title, and perhaps the poet's name.
    """
    folded, verdicts = page.folded, page.verdicts
    above = dict(zip(page.filled[1:], page.filled, strict=False))
    for run in _runs(page.filled, lambda at: verdicts[at].rule in _VERSE_FORMS and len(folded[at]) <= VERSE):
        if len(run) < VERSES or _repeats(page, run) or 2 * _count(_HEADLINE, page, run) > len(run):
            continue
        signed = run[0] in above and verdicts[above[run[0]]].rule == "byline"
        headed = run[0] in above and verdicts[above[run[0]]].fate == "metadata"
        named = not headed and looks_like_person(folded[run[1]], page.rules)
        told = run[2:] if named else run
        wordy = 2 * _count_wordy(page, told, "function") >= len(told)
        letters = sum(len(folded[at]) for at in told)
        if signed or (len(run) * 2 >= VERSES * 3 and letters >= SHORT * len(told) and wordy):
            yield from told if headed or named else run[1:]


def is_in_stanzas(page: JudgedPage, verse: Sequence[int]) -> bool:
    """Whether lines are a poem beyond doubt, and no list of headlines: short ones, with a blank line here and there."""
    if len(verse) * 2 < VERSES * 3 or sum(len(page.folded[at]) for at in verse) > STANZA * len(verse):
        return False
    gaps = sum(below - above > 1 for above, below in pairwise(verse))
    return 0 < gaps * 2 <= len(verse)


def find_facts(page: JudgedPage, filled: Sequence[int]) -> Iterator[int]:
    """Of some filled lines those of tables of facts (材质：铸铁): three or more with a label close together, no label used
    often."""
    labels = {
        at: page.folded[at].partition(":")[0]
        for at in filled
        if page.verdicts[at].rule in _FACT_FORMS and _FACT.match(page.folded[at])
    }
    counts = Counter(labels.values())
    marked = [page.verdicts[at].rule == ROW or (at in labels and counts[labels[at]] <= OFTEN) for at in filled]
    for place, at in enumerate(filled):
        if marked[place] and sum(marked[max(0, place - NEAR) : place + NEAR + 1]) >= FACTS:
            yield at


def find_code(page: JudgedPage) -> Iterator[int]:
    """The lines of code that sentences stand a little above or below of."""
    rules = [page.verdicts[at].rule for at in page.filled]
    for place, at in enumerate(page.filled):
        if rules[place] in ("statement", "code") and "sentence" in rules[max(0, place - BESIDE) : place + BESIDE + 1]:
            yield at


def with_prose(page: JudgedPage) -> JudgedPage:
    """The page with texts marked whose lines are sentences without the mark that ends one."""

    def may_be_prose(at: int) -> bool:
        return page.verdicts[at].rule in _PROSE_FORMS

    prose = {at for run in _runs(page.filled, may_be_prose) if _is_prose(page, run) for at in run}
    prose |= set(_find_wrapped(page))
    prose |= _near(prose, page.filled, may_be_prose) if prose else prose
    weak = [at for at in prose if page.verdicts[at].score < PROSE]
    return page.judged(dict.fromkeys(weak, Verdict("body", "prose", PROSE)))


def _is_prose(page: JudgedPage, run: Sequence[int]) -> bool:
    """Whether lines are long, different, full of small words and no headlines."""
    many = WORDY * len(run)
    return (
        len(run) >= PROSE_LINES
        and sum(page.verdicts[at].score < PROSE for at in run) >= many
        and sorted(len(page.folded[at]) for at in run)[len(run) // 2] >= PROSE_LINE
        and _count_wordy(page, run, "running") >= many
        and not _repeats(page, run)
        and _count(_HEADLINE, page, run) <= HEADED * len(run)
    )


def _find_wrapped(page: JudgedPage) -> Iterator[int]:
    """The lines of texts that were broken at a fixed width: nearly all as long as the longest, in the middle of a
    sentence."""
    folded, rules = page.folded, page.rules
    able = {at for at in page.filled if _WORD.search(folded[at]) and page.verdicts[at].rule not in rules.ids}
    for stretch in _runs(range(len(folded)), able.__contains__):
        widths = {at: len(" ".join(folded[at].split())) for at in stretch}
        width = max(widths.values())
        full = [at for at in stretch if widths[at] >= width - RAGGED]
        run = [at for at in stretch if at >= full[0]]
        broken = len(full) - _count(_CLOSED, page, full)
        enough = len(run) >= WRAPPED and WIDTH[0] <= width <= WIDTH[1]
        if (
            enough
            and _count(_RUNNING, page, run) >= WORDY * len(run)
            and len(full) >= FULL * len(run)
            and broken * 2 >= len(run)
        ):
            yield from run


def _count(pattern: re.Pattern[str], page: JudgedPage, lines: Sequence[int]) -> int:
    """In how many of these lines a pattern is found."""
    return sum(pattern.search(page.folded[at]) is not None for at in lines)


def _count_wordy(page: JudgedPage, lines: Sequence[int], kind: str) -> int:
    """How many of these lines hold one of the small words of that kind."""
    words = page.rules.names[kind]
    return sum(any(word in page.folded[at] for word in words) for at in lines)


def _repeats(page: JudgedPage, lines: Sequence[int]) -> bool:
    """Whether two of these lines say the same."""
    return len({page.folded[at] for at in lines}) < len(lines)


def _near(found: set[int], filled: Sequence[int], fits: Callable[[int], bool]) -> set[int]:
    """The places that fit and stand little below others of the same text."""
    more: set[int] = set()
    since = NEAR + 1
    for at in filled:
        since = 0 if at in found else since + 1
        if 0 < since <= NEAR and fits(at):
            more.add(at)
            since = 0
    return more


def _runs(places: Sequence[int], fits: Callable[[int], bool]) -> Iterator[list[int]]:
    """The longest stretches of consecutive places that all fit."""
    run: list[int] = []
    for at in places:
        if fits(at):
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run
