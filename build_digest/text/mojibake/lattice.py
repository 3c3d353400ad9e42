"""The most likely reading of damaged text: a lattice of candidate characters, judged by the language model.

A lattice is a set of edges between numbered nodes; an edge stands for one character, of which there may be several
candidates. A reading is a path from the first node to the last with one candidate for each edge, cut into words. The best
reading is Viterbi's; sums over all readings (forward and backward, Rabiner 1989) say how certain each candidate is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from build_digest.text.mojibake.language import load_model
from build_digest.text.mojibake.recollection import Memory, load_phrases, remember
from build_digest.text.mojibake.steps import IN_STEP, STEP, Edge, Step, find_steps, recall_steps

PLACEHOLDER = "□"
CONTEXT = 6
"""So many characters on either side help to choose."""

LONGEST = 5_000
"""In longer runs nothing is chosen: a bound on the time that a hostile source can cost."""

LEAST_SHARE = -12.0
"""Log probabilities below this add nothing."""

BEAM = 30.0
"""A node this much (in natural logs) less likely than the best one near it is given up."""


@dataclass(frozen=True, slots=True)
class ReadCharacter:
    """One character of the best reading, the edge it stands on, and how probable it is there, whatever was before."""

    edge: Edge
    character: str
    probability: float

    def choose(self, sure: float) -> str:
        """The character if it is so probable, else a placeholder."""
        return self.character if self.probability > sure else PLACEHOLDER


@dataclass(frozen=True, slots=True)
class Lattice:
    """The best reading (empty where no path leads to the end), and the probability of each character of each edge."""

    readings: tuple[ReadCharacter, ...]
    certain: Mapping[tuple[int, int, str], float]

    def rate(self, source: int, target: int) -> float:
        """The probability that the text took an edge between two nodes."""
        return sum(share for (one, other, _), share in self.certain.items() if (one, other) == (source, target))


def read_lattice(edges: Iterable[Edge], first: int, last: int, memory: Memory) -> Lattice:
    """The best reading from the first node to the last, and how probable each character is.

    Args:
        edges: what the text may hold.
        first, last: the nodes between which it is read.
        memory: what the text says elsewhere.
    """
    outgoing: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.candidates:
            outgoing[edge.source].append(edge)
    ways = _go_forward(outgoing, first, last, memory)
    certain = _go_backward(ways, last)
    return Lattice(tuple(_trace_back(ways, last, certain)), certain)


def fill_in(before: str, candidates: Sequence[str], behind: str, sure: float) -> str:
    """The characters chosen from the candidates for each, seen in their context.

    Args:
        before, behind: the text on either side, as far as it helps to choose (CONTEXT characters).
        candidates: what each character may be; one that leaves no choice is taken.
        sure: how probable a choice must be; where none is, there is a placeholder.
    """
    if all(len(each) == 1 for each in candidates):
        return "".join(candidates)
    if len(candidates) > LONGEST:
        return "".join(each if len(each) == 1 else PLACEHOLDER for each in candidates)
    cells = [*before, *candidates, *behind]
    edges = [Edge(n * STEP + IN_STEP, (n + 1) * STEP + IN_STEP, each) for n, each in enumerate(cells)]
    memory = remember("".join(each if len(each) == 1 else PLACEHOLDER for each in cells).split(PLACEHOLDER), 2)
    readings = read_lattice(edges, IN_STEP, len(cells) * STEP + IN_STEP, memory).readings
    chosen = readings[len(before) : len(before) + len(candidates)]
    return "".join(
        each if len(each) == 1 else reading.choose(sure) for each, reading in zip(candidates, chosen, strict=True)
    )


@dataclass(slots=True)
class _Ways:
    """Per node: the sums of all ways to it by state, their sums one state on, the best way, and the steps from it."""

    sums: dict[int, dict[int, float]]
    onward: dict[int, list[float]]
    best: dict[int, dict[int, tuple[float, int, int, Step | None]]]
    steps: dict[int, list[Step]]


def _go_forward(outgoing: Mapping[int, Sequence[Edge]], first: int, last: int, memory: Memory) -> _Ways:
    model = load_model()
    follow = np.exp(model.follow)
    ways = _Ways({first: {model.line: 0.0}}, {}, {first: {model.line: (0.0, first, model.line, None)}}, {})
    peaks: dict[int, float] = {}  # by position
    known = (load_phrases(), memory)
    for node in sorted({*outgoing} - {last}):
        if node not in ways.sums:
            continue
        sums = _vector(ways.sums[node], len(follow))
        peak = float(sums.max())
        position = node // STEP
        near = max(peaks.get(position, -math.inf), peaks.get(position - 1, -math.inf))
        if node % STEP != IN_STEP and peak < near - BEAM:
            continue
        peaks[position] = max(peak, peaks.get(position, -math.inf))
        ways.onward[node] = (np.log(np.exp(sums - peak) @ follow) + peak).tolist()
        ways.steps[node] = [
            *find_steps(node, outgoing),
            *(step for each in known for step in recall_steps(node, outgoing, each)),
        ]
        _take_steps(ways, node)
    return ways


def _take_steps(ways: _Ways, node: int) -> None:
    onward, here = ways.onward[node], ways.best[node]
    states = sorted(here)
    values = np.array([here[state][0] for state in states])[:, None] + load_model().follow[states]
    best_before = [states[number] for number in values.argmax(0).tolist()]
    best_value = values.max(0).tolist()
    for step in ways.steps[node]:
        sums = ways.sums.setdefault(step.target, {})
        sums[step.state] = _add_logs(sums.get(step.state, -math.inf), onward[step.entry] + step.weight)
        best = ways.best.setdefault(step.target, {})
        value = best_value[step.entry] + step.weight
        if step.state not in best or value > best[step.state][0]:
            best[step.state] = (value, node, best_before[step.entry], step)


def _go_backward(ways: _Ways, last: int) -> dict[tuple[int, int, str], float]:
    """The probability of each character on each edge."""
    model = load_model()
    follow = np.exp(model.follow)
    closing = model.follow[:, model.line].tolist()
    backward: dict[int, list[float]] = {last: closing}
    whole = -math.inf
    for state, value in ways.sums.get(last, {}).items():
        whole = _add_logs(whole, value + closing[state])
    certain: dict[tuple[int, int, str], float] = defaultdict(float)
    for node in sorted(ways.steps, reverse=True):
        sums: dict[int, float] = {}
        for step in ways.steps[node]:
            if step.target not in backward:
                continue
            weight = step.weight + backward[step.target][step.state]
            sums[step.entry] = _add_logs(sums.get(step.entry, -math.inf), weight)
            share = ways.onward[node][step.entry] + weight - whole
            if share > LEAST_SHARE:
                for edge, character in zip(step.edges, step.text, strict=True):
                    certain[edge.source, edge.target, character] += math.exp(share)
        if sums:
            vector = _vector(sums, follow.shape[1])
            peak = float(vector.max())
            backward[node] = (np.log(follow @ np.exp(vector - peak)) + peak).tolist()
    return certain


def _trace_back(ways: _Ways, last: int, certain: Mapping[tuple[int, int, str], float]) -> list[ReadCharacter]:
    readings: list[ReadCharacter] = []
    if last not in ways.best:
        return readings
    ending: dict[tuple[int, str], float] = defaultdict(float)
    for (_, target, character), share in certain.items():
        ending[target, character] += share
    closing = load_model().follow[:, load_model().line].tolist()
    node, state = last, max(sorted(ways.best[last]), key=lambda state: ways.best[last][state][0] + closing[state])
    while (way := ways.best[node][state])[3] is not None:
        _, node, state, step = way
        assert step is not None
        for edge, character in zip(reversed(step.edges), reversed(step.text), strict=True):
            readings.append(ReadCharacter(edge, character, ending[edge.target, character]))
    return readings[::-1]


def _vector(values: Mapping[int, float], length: int) -> NDArray[np.float64]:
    vector = np.full(length, -np.inf)
    for state, value in values.items():
        vector[state] = value
    return vector


def _add_logs(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    return a + math.log1p(math.exp(b - a)) if b > -math.inf else a
