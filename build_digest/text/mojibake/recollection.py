"""What a text says elsewhere, and is likely to say again.

A cache model (Kuhn and De Mori 1990, A cache-based natural language model for speech recognition) of stretches of
characters, not of words: names and terms that no dictionary has come back as well.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from build_digest.shipped import read_shipped
from build_digest.text.mojibake.language import LONGEST, QUOTED, load_model, simplify

CHINESE = re.compile("[\u3400-\u9fff]+")
SHARES = (0.15, 0.4, 0.18, 0.15, 0.07, 0.05)
"""How many of the stretches that are said again have one character, two and so on."""

PHRASES = 0.3
"""So much of its count a phrase has beyond what its words account for."""

LEAST_LENGTH = 20
"""What is remembered of a short text counts as if it were so long."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Stretches in simplified form with the state they end in and their log probability, and how beginnings go on."""

    stretches: Mapping[str, tuple[int, float]]
    after: Mapping[str, frozenset[str]]


def remember(pieces: Iterable[str], times: int = 1) -> Memory:
    """The stretches of pieces of text that stand there so many times or more.

    Where the pieces are of the very text that is judged, `times` is 2: standing there once is no reason to stand there.

    >>> sorted(remember(["雲端"]).stretches)
    ['云', '云端', '端']
    """
    counts: Counter[str] = Counter()
    length = 0
    for piece in pieces:
        for run in CHINESE.findall(piece):
            length += len(run)
            counts.update(_list_stretches("".join(map(simplify, run))))
    length = max(length, LEAST_LENGTH)
    stretches = {
        stretch: (_find_last_state(stretch), math.log((count - times + 1) / length * SHARES[len(stretch) - 1]))
        for stretch, count in counts.items()
        if count >= times
    }
    return Memory(stretches, _list_beginnings(stretches))


@cache
def load_phrases() -> Memory:
    """What any text is likely to say: phrases that the dictionary of words has not."""
    model = load_model()
    stretches: dict[str, tuple[int, float]] = {}
    rows = read_shipped("data/phrases.txt").splitlines()
    for times, *phrases in (row.split() for row in rows if not row.startswith("#")):
        for phrase in phrases:
            if phrase not in model.words and phrase not in stretches:
                stretches[phrase] = (_find_last_state(phrase), math.log(PHRASES * float(times) / 1e6 / QUOTED))
    return Memory(stretches, _list_beginnings(stretches))


def _list_beginnings(stretches: Iterable[str]) -> Mapping[str, frozenset[str]]:
    after: dict[str, set[str]] = defaultdict(set)
    for stretch in stretches:
        for end in range(len(stretch)):
            after[stretch[:end]].add(stretch[end])
    return {beginning: frozenset(characters) for beginning, characters in after.items()}


def _list_stretches(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 1, min(start + len(SHARES), len(run)) + 1):
            yield run[start:end]


def _find_last_state(stretch: str) -> int:
    model = load_model()
    found = (model.words.get(stretch[start:]) for start in range(max(0, len(stretch) - LONGEST), len(stretch)))
    return next((word[0] for word in found if word), model.other)
