"""How far a run is, as a bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

_BAR = 40
"""Characters."""


def show_progress(items: Iterable[Item], count: int) -> Iterator[Item]:
    """The items as they are taken, with a bar on a terminal that tells how far it is."""
    shown = -1
    for done, item in enumerate(items, 1):
        yield item
        if sys.stderr.isatty() and done * _BAR // count != shown:
            shown = done * _BAR // count
            end = "\n" if done == count else ""
            print(f"\r[{'#' * shown:{_BAR}}] {done}/{count}", end=end, file=sys.stderr, flush=True)
