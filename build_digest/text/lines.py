"""A text's lines, and where in them a repair stands. Only a line feed ends a line: `str.splitlines` knows too many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from build_digest.model import Repair


def split_lines(text: str) -> list[str]:
    """The lines of a text; a line feed at its end begins no further line.

    >>> split_lines("一\\n\\n二\\x0c\\x85\\n"), split_lines("")
    (['一', '', '二\\x0c\\x85'], [])
    """
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else lines


def place_repairs(text: str, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """The repairs of a text with their line numbers filled in."""
    repairs = tuple(repairs)
    if not repairs:
        return ()
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return tuple(replace(repair, line=bisect_right(starts, repair.start)) for repair in repairs)
