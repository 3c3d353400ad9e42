"""Score by small decision trees that were grown elsewhere and ship as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

UNIT = 1000
"""The trees count in thousandths, so that sums are exact and the same on every machine."""


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of two questions, whose answers are added (Friedman, "Greedy Function Approximation", 2001).

    Tree t asks whether feature `asked[0, t]` is above `above[0, t]`; if not, it goes on with `asked[1, t]` and
    `above[1, t]`, else with `asked[2, t]` and `above[2, t]`. `gains[t]` holds what it adds for no-no, no-yes, yes-no
    and yes-yes, in thousandths.
    """

    names: tuple[str, ...]
    asked: npt.NDArray[np.intp]
    above: npt.NDArray[np.float64]
    gains: npt.NDArray[np.int64]

    @classmethod
    def parse(cls, lines: Sequence[str], names: Sequence[str]) -> Trees:
        """The trees of these lines: three times a feature's name and its threshold, then four gains.

        >>> trees = Trees.parse(["words 1 times 1 times 2 -50 10 20 70"], ["words", "times"])
        >>> trees.score([(1, 1), (1, 2), (2, 2), (2, 3)])
        [-0.05, 0.01, 0.02, 0.07]
        """
        place = {name: i for i, name in enumerate(names)}
        rows = [line.split(" ") for line in lines]
        asked = np.array([[place[row[i]] for row in rows] for i in (0, 2, 4)], dtype=np.intp)
        above = np.array([[float(row[i]) for row in rows] for i in (1, 3, 5)])
        gains = np.array([[int(gain) for gain in row[6:]] for row in rows], dtype=np.int64)
        return cls(tuple(names), asked, above, gains)

    def score(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """What the trees give to each row of features, in the order of `names`."""
        if not rows:
            return []
        values = np.array(rows, dtype=np.float64)
        yes = [values[:, asked] > above for asked, above in zip(self.asked, self.above, strict=True)]
        answer = 2 * yes[0] + np.where(yes[0], yes[2], yes[1])
        total = self.gains[np.arange(len(self.gains)), answer].sum(axis=1)
        return [int(sum_) / UNIT for sum_ in total]
