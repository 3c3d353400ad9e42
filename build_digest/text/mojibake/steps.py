"""The words that damaged text may hold: paths of one to four edges between the nodes of a lattice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from build_digest.text.mojibake.language import load_model, rate_single, simplify
from build_digest.text.mojibake.recollection import Memory

STEP = 64
"""Nodes are numbered by position in the text: position * STEP + what has happened there."""

IN_STEP = STEP - 1
"""The node at which the text before a position is read and the text after it is as it should be; never given up."""

FEW = 40
"""Of the candidates for one character, so many are considered as words by themselves."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One character between two nodes, `source` below `target`; `cost` is the log probability of the step itself."""

    source: int
    target: int
    candidates: str
    cost: float = 0.0

    def is_plain(self) -> bool:
        """Whether it takes one character of the text as it stands."""
        return self.source % STEP == IN_STEP and self.target == self.source + STEP


@dataclass(frozen=True, slots=True)
class Step:
    """A word that may follow a node: what the language model takes it for, and the state it leaves behind."""

    target: int
    edges: tuple[Edge, ...]
    text: str
    entry: int
    state: int
    weight: float


_Found: TypeAlias = tuple[list[tuple[str, int, float]], list[tuple[str, str]]]


def find_steps(node: int, outgoing: Mapping[int, Sequence[Edge]]) -> Iterator[Step]:
    """The words that begin at a node: characters by themselves, and longer words along two edges and more."""
    for one in outgoing.get(node, ()):
        for text, state, weight in _singles(one.candidates):
            yield Step(one.target, (one,), text, state, state, weight + one.cost)
        for two in outgoing.get(one.target, ()):
            found, begun = _pairs(one.candidates, two.candidates)
            for text, state, weight in found:
                yield Step(two.target, (one, two), text, state, state, weight + one.cost + two.cost)
            if begun:
                yield from _find_longer_steps((one, two), begun, outgoing)


def recall_steps(node: int, outgoing: Mapping[int, Sequence[Edge]], memory: Memory) -> Iterator[Step]:
    """The stretches that begin at a node and stand elsewhere in the text."""
    quote = load_model().quote
    begun: list[tuple[tuple[Edge, ...], str, str]] = [((), "", "")]
    while begun:
        path, text, folded = begun.pop()
        for edge in outgoing.get(path[-1].target if path else node, ()):
            forms, known = _fold_all(edge.candidates)
            longer_path = (*path, edge)
            for character in sorted(memory.after.get(folded, frozenset()) & known):
                longer = folded + character
                found = memory.stretches.get(longer)
                for form in forms[character]:
                    if found:
                        state, weight = found
                        cost = sum(each.cost for each in longer_path)
                        yield Step(edge.target, longer_path, text + form, quote, state, weight + cost)
                    if longer in memory.after:
                        begun.append((longer_path, text + form, longer))


def _find_longer_steps(
    edges: tuple[Edge, ...], begun: Iterable[tuple[str, str]], outgoing: Mapping[int, Sequence[Edge]]
) -> Iterator[Step]:
    for edge in outgoing.get(edges[-1].target, ()):
        found, still_begun = _extend(begun, edge.candidates)
        path = (*edges, edge)
        cost = sum(each.cost for each in path)
        for text, state, weight in found:
            yield Step(edge.target, path, text, state, state, weight + cost)
        if still_begun:
            yield from _find_longer_steps(path, still_begun, outgoing)


def _extend(begun: Iterable[tuple[str, str]], candidates: str) -> _Found:
    """Words and beginnings one character longer; a beginning is the text as it stands and its simplified form."""
    model = load_model()
    found: list[tuple[str, int, float]] = []
    still_begun: list[tuple[str, str]] = []
    forms, known = _fold_all(candidates)
    for text, folded in begun:
        for character in sorted(model.after.get(folded, frozenset()) & known):
            longer = folded + character
            word = model.words.get(longer)
            for form in forms[character]:
                if word:
                    found.append((text + form, *word))
                if longer in model.after:
                    still_begun.append((text + form, longer))
    return found, still_begun


@lru_cache(4096)
def _singles(candidates: str) -> tuple[tuple[str, int, float], ...]:
    """The likeliest candidates as words by themselves: text, state and log probability."""
    rated = [(c, *rate_single(c)) for c in candidates]
    return tuple(sorted(rated, key=lambda each: -each[2])[:FEW])


@lru_cache(1 << 14)
def _pairs(ones: str, twos: str) -> _Found:
    """The words of two characters that two sets of candidates make, and the beginnings of longer words."""
    return _extend([(one, simplify(one)) for one in ones], twos)


@lru_cache(1 << 14)
def _fold_all(characters: str) -> tuple[dict[str, list[str]], frozenset[str]]:
    """The characters by their simplified form, and these forms."""
    forms: dict[str, list[str]] = defaultdict(list)
    for character in characters:
        forms[simplify(character)].append(character)
    return forms, frozenset(forms)
