"""Find runs of short lines that are text all the same: poems and songs, tables of facts, code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from build_digest.classification.title_forms import looks_like_person
from build_digest.model import Verdict
from build_digest.rules import Rules

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


def find_verse(
    folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], rules: Rules
) -> Iterator[int]:
    """The lines of poems: a run of short plain lines, all different, below an author's name or full of small words.

    Where nothing is stated above it the run begins with the title, and perhaps the poet's name.
    """
    function = rules.names["function"]
    above = dict(zip(filled[1:], filled, strict=False))
    for run in _runs(filled, lambda at: verdicts[at].rule in _VERSE_FORMS and len(folded[at]) <= VERSE):
        if len(run) < VERSES or len({folded[at] for at in run}) < len(run):
            continue
        if sum(_HEADLINE.search(folded[at]) is not None for at in run) * 2 > len(run):
            continue
        signed = run[0] in above and verdicts[above[run[0]]].rule == "byline"
        headed = run[0] in above and verdicts[above[run[0]]].fate == "metadata"
        named = not headed and looks_like_person(folded[run[1]], rules)
        told = run[2:] if named else run
        wordy = sum(any(word in folded[at] for word in function) for at in told)
        letters = sum(len(folded[at]) for at in told)
        if signed or (len(run) * 2 >= VERSES * 3 and letters >= SHORT * len(told) and wordy * 2 >= len(told)):
            yield from told if headed or named else run[1:]


def is_in_stanzas(folded: Sequence[str], verse: Sequence[int]) -> bool:
    """Whether lines are a poem beyond doubt, and no list of headlines: short ones, with a blank line here and there."""
    if len(verse) * 2 < VERSES * 3 or sum(len(folded[at]) for at in verse) > STANZA * len(verse):
        return False
    gaps = sum(below - above > 1 for above, below in pairwise(verse))
    return 0 < gaps * 2 <= len(verse)


def find_facts(folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int]) -> Iterator[int]:
    """The lines of tables of facts (材质：铸铁): three or more with a label close together, no label used often."""
    labels = {
        at: folded[at].partition(":")[0]
        for at in filled
        if verdicts[at].rule in _FACT_FORMS and _FACT.match(folded[at])
    }
    counts = Counter(labels.values())
    marked = [verdicts[at].rule == ROW or (at in labels and counts[labels[at]] <= OFTEN) for at in filled]
    for place, at in enumerate(filled):
        if marked[place] and sum(marked[max(0, place - NEAR) : place + NEAR + 1]) >= FACTS:
            yield at


def find_code(verdicts: Sequence[Verdict], filled: Sequence[int]) -> Iterator[int]:
    """The lines of code that sentences stand a little above or below of."""
    coded = [verdicts[at].rule in ("statement", "code") for at in filled]
    sentences = [verdicts[at].rule == "sentence" for at in filled]
    for place, at in enumerate(filled):
        if coded[place] and any(sentences[max(0, place - BESIDE) : place + BESIDE + 1]):
            yield at


def with_prose(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts with texts marked whose lines are sentences without the mark that ends one."""
    filled = [at for at, text in enumerate(folded) if text]
    running = rules.names["running"]
    prose: set[int] = set()
    for run in _runs(filled, lambda at: verdicts[at].rule in _PROSE_FORMS):
        many = WORDY * len(run)
        if (
            len(run) >= PROSE_LINES
            and sum(verdicts[at].score < PROSE for at in run) >= many
            and sorted(len(folded[at]) for at in run)[len(run) // 2] >= PROSE_LINE
            and sum(any(word in folded[at] for word in running) for at in run) >= many
            and len({folded[at] for at in run}) == len(run)
            and sum(_HEADLINE.search(folded[at]) is not None for at in run) <= HEADED * len(run)
        ):
            prose.update(run)
    prose |= set(_find_wrapped(folded, verdicts, rules))
    prose |= _near(prose, filled, lambda at: verdicts[at].rule in _PROSE_FORMS) if prose else prose
    prose = {at for at in prose if verdicts[at].score < PROSE}
    return [Verdict("body", "prose", PROSE) if at in prose else verdict for at, verdict in enumerate(verdicts)]


def _find_wrapped(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> Iterator[int]:
    """The lines of texts that were broken at a fixed width: nearly all as long as the longest, in the middle of a
    sentence."""
    wordy = (
        at for at, text in enumerate(folded) if _WORD.search(text) is not None and verdicts[at].rule not in rules.ids
    )
    able = set(wordy)
    for stretch in _runs(range(len(folded)), able.__contains__):
        width = max(len(folded[at]) for at in stretch)
        full = [at for at in stretch if len(folded[at]) >= width - RAGGED]
        run = [at for at in stretch if at >= full[0]]
        broken = [at for at in full if not _CLOSED.search(folded[at])]
        running = sum(_RUNNING.search(folded[at]) is not None for at in run)
        enough = len(run) >= WRAPPED and WIDTH[0] <= width <= WIDTH[1] and running >= WORDY * len(run)
        if enough and len(full) >= FULL * len(run) and len(broken) * 2 >= len(run):
            yield from run


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
