"""Find runs of short lines that are text all the same: poems and songs, tables of facts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from build_digest.model import Verdict
from build_digest.rules import Rules

VERSE = 24
"""The greatest length of a line of a poem, in characters."""
VERSES = 4
"""The fewest lines of a poem below its author's name; without it half as many again."""
FACTS = 3
"""The fewest lines of a table of facts, and"""
NEAR = 3
"""how far from each other they may stand, in filled lines."""
OFTEN = 2
"""How often a label may stand on a page that is no list of products."""

_FACT = re.compile(r"[^:,。]{1,12}:\s*\S")
_FACT_FORMS = ("pair", "figures", "word-list", "phrase", "english")
_VERSE_FORMS = ("short-line", "phrase", "short-sentence", "sentence")


def find_verse(
    folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], rules: Rules
) -> Iterator[int]:
    """The lines of poems: a run of short plain lines, all different, below an author's name or full of small words."""
    function = rules.names["function"]
    above = dict(zip(filled[1:], filled, strict=False))
    for run in _runs(filled, lambda at: verdicts[at].rule in _VERSE_FORMS and len(folded[at]) <= VERSE):
        if len(run) < VERSES or len({folded[at] for at in run}) < len(run):
            continue
        signed = run[0] in above and verdicts[above[run[0]]].rule == "byline"
        wordy = sum(any(word in folded[at] for word in function) for at in run)
        letters = sum(len(folded[at]) for at in run) / len(run)
        if signed or (len(run) * 2 >= VERSES * 3 and letters >= 5 and wordy * 2 >= len(run)):
            yield from run


def find_facts(folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int]) -> Iterator[int]:
    """The lines of tables of facts (材质：铸铁): three or more with a label close together, no label used often."""
    labels = {
        at: folded[at].partition(":")[0]
        for at in filled
        if verdicts[at].rule in _FACT_FORMS and _FACT.match(folded[at])
    }
    counts = Counter(labels.values())
    marked = [at in labels and counts[labels[at]] <= OFTEN for at in filled]
    for place, at in enumerate(filled):
        if marked[place] and sum(marked[max(0, place - NEAR) : place + NEAR + 1]) >= FACTS:
            yield at


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
