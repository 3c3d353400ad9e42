"""Segments: which documents stand together in the index. The documents alone decide, and a change moves few borders.

All documents in order of time are one segment, if they are few. Else they are cut in two, and each part is treated the same.
The cut is near the middle, before the one document there whose address has the least digest: so a document that comes,
goes or changes hardly ever moves a border, and never any but those of the parts it stands in. (Borders that the content
chooses: Muthitacharoen, Chen and Mazières, A low-bandwidth network file system, SOSP 2001; a choice by least digests that
makes a structure independent of its history: Seidel and Aragon, Randomized search trees, Algorithmica 16, 1996.)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

PARTS = 6
"""A segment may hold at most this part (1/6) of all documents; there are some eight, since a cut halves."""

FEW = 512
"""So many documents are always few enough for one segment."""

MIDDLE = 10
"""A cut is at most this part (1/10) of the documents away from their middle."""


@dataclass(frozen=True, slots=True, order=True)
class Card:
    """What is known of a document that has not been read again: its day as a number, its address and its digest."""

    day: int
    url: str
    digest: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index: its name, what the reader has to know of it, and the digests of its documents in order.

    `continued` tells of each passage, as a bit from the first byte's highest on, in base 64, whether it continues the
    document of the passage before. `contents` is the digest of all its files.
    """

    name: str
    bits: int
    passages: int
    continued: str
    documents: tuple[str, ...]
    contents: str


def divide(cards: Iterable[Card]) -> list[tuple[Card, ...]]:
    """The documents of each segment in order of time, then of address; the oldest segment first.

    >>> [len(part) for part in divide(Card(0, f"{number}/", "") for number in range(2000))]
    [222, 299, 322, 230, 491, 436]
    """
    ordered = tuple(sorted(cards))
    marks = [sha256(card.url.encode("utf-8", "surrogatepass")).digest() for card in ordered]
    most = max(FEW, len(ordered) // PARTS)
    found: list[tuple[Card, ...]] = []
    waiting = [(0, len(ordered))]
    while waiting:
        first, last = waiting.pop()
        size = last - first
        if size > most:
            middle = (first + last) // 2
            cut = min(range(middle - size // MIDDLE, middle + size // MIDDLE), key=marks.__getitem__)
            waiting += [(cut, last), (first, cut)]
        elif size:
            found.append(ordered[first:last])
    return found
