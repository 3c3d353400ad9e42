"""How likely Chinese text is, word by word: the judge of what damaged text once was.

A hidden Markov model over words: the part of speech of a word follows from that of the word before, the word from its
part of speech (Manning and Schütze 1999, ch. 9 and 10); frequent words and marks are states of their own. The tables come
from tools/make_language_tables.py. Traditional text is judged by its simplified words.
"""

from __future__ import annotations

import lzma
import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from build_digest.text.characters import is_chinese, load_levels
from build_digest.text.script import simplified_table

LONGEST = 4
"""No word of the table is longer."""

OTHER = "other"
"""The state of marks that have no state of their own, of digits and of letters."""

LINE = "line"
"""The state between two lines."""

UNKNOWN_STATE = "sn"
"""The state of characters that are no words."""

QUOTED = 0.12
"""So many words of a text are said again as they stand elsewhere in it."""

LEAST_SHARE = 1e-6

RARE = -14.0
"""Log probability of a character that nothing is known of."""


@dataclass(frozen=True, slots=True)
class Model:
    """What the tables say.

    `words` has a word's state and its log probability there, `after` how beginnings go on, `follow[a, b]` the log
    probability that state b follows a; the last b, `quote`, stands for something that the text says elsewhere.
    """

    words: Mapping[str, tuple[int, float]]
    after: Mapping[str, frozenset[str]]
    follow: NDArray[np.float64]
    other: int
    line: int
    quote: int


@cache
def load_model() -> Model:
    """The model, read once."""
    shares = {name: _parse_shares(row) for name, *row in map(str.split, _read_packed("follow.txt.xz"))}
    states = {name: number for number, name in enumerate(sorted(shares.pop("all")))}
    follow = np.array([[shares[name].get(after, 0.0) + LEAST_SHARE for after in states] for name in states])
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for part, count, *words in map(str.split, _read_packed("words.txt.xz")):
        for word in words:
            groups[word if word in states else ("m" if len(word) > 1 else "s") + part][word] = int(count)
    found: dict[str, tuple[int, float]] = {name: (states[name], 0.0) for name in states if not name.isascii()}
    best: dict[str, int] = {}
    for state, counts in sorted(groups.items()):
        total = sum(counts.values())
        for word, times in counts.items():
            if word not in states and state in states and times > best.get(word, 0):
                best[word] = times  # simplifying gives some words two parts of speech: the more common one counts
                found[word] = (states[state], math.log(times / total))
    for character, level in load_levels().items():
        found.setdefault(simplify(character), (states[UNKNOWN_STATE], max(RARE, level * math.log(2) - 12.0)))
    after: dict[str, set[str]] = defaultdict(set)
    for word in found:
        for end in range(1, len(word)):
            after[word[:end]].add(word[end])
    frozen = {beginning: frozenset(characters) for beginning, characters in after.items()}
    follow = np.hstack([(1 - QUOTED) * follow, np.full((len(follow), 1), QUOTED)])
    return Model(found, frozen, np.log(follow), states[OTHER], states[LINE], len(states))


def _parse_shares(row: list[str]) -> dict[str, float]:
    return {name: float(share) / 1e5 for name, share in (pair.rsplit("=", 1) for pair in row)}


def _read_packed(name: str) -> list[str]:
    return lzma.decompress((files("build_digest") / "data" / name).read_bytes()).decode("utf-8").splitlines()


@cache
def rate_single(character: str) -> tuple[int, float]:
    """The state of a character that is no part of a longer word, and its log probability there."""
    model = load_model()
    known = model.words.get(HALF_WIDTH.get(character) or simplify(character))
    if known is not None:
        return known
    if is_chinese(character):
        return model.words["烙"][0], RARE
    common = character.isascii() and character.isprintable()
    return model.other, -4.5 if common else -9.0


HALF_WIDTH = dict(zip(",:;?!()", "，：；？！（）", strict=True))


@cache
def simplify(character: str) -> str:
    """The simplified form of a character."""
    return simplified_table().get(character, character)
