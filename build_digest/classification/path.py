"""Find the best way through the lines of a page: before, inside and after its text.

Scores are summed along a path through three states, and changing the state costs (Viterbi; with free changes and two
states this is the maximum subsequence of Pasternack and Roth, Extracting Article Text from the Web with Maximum
Subsequence Segmentation, 2009).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_BEFORE, _INSIDE, _AFTER = range(3)
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Costs:
    """What it costs to begin the text (at no title), and, at each line, to end it, to go on again, and to pass inside."""

    enter: float
    leave: Sequence[float]
    again: Sequence[float]
    inside: Sequence[float]


def best_path(scores: Sequence[float], costs: Costs, start: int | None) -> list[bool]:
    """The lines inside the text on the best way; `start` is the line of its title, None where it may begin anywhere.

    >>> costs = Costs(1.0, [1.0] * 4, [1.0] * 4, [0.0] * 4)
    >>> best_path([-3.0, 2.0, -0.5, 2.0], costs, None)
    [False, True, True, True]
    """
    before, inside, after = 0.0, _NEVER, _NEVER
    back: list[tuple[int, int]] = []
    for at, score in enumerate(scores):
        free = before - (costs.enter if at else 0.0)
        enter = free if start is None else before if at == start else _NEVER
        entered = max((inside, _INSIDE), (enter, _BEFORE), (after - costs.again[at], _AFTER))
        left = max((after, _AFTER), (inside - costs.leave[at], _INSIDE))
        back.append((entered[1], left[1]))
        inside = entered[0] + (0.0 if at == start else score) - costs.inside[at]
        after = left[0]
    state = max((inside, _INSIDE), (after, _AFTER))[1]
    flags = [False] * len(scores)
    for at in range(len(scores) - 1, -1, -1):
        flags[at] = state == _INSIDE
        state = back[at][0] if state == _INSIDE else back[at][1] if state == _AFTER else _BEFORE
    return flags
