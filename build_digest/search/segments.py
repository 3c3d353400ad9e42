"""Segments: which documents to index anew and which parts of the previous index stay, so that a change rewrites little.

There are at most three or so: one of many documents, one of some, one of few. A new or changed document goes to the one
of few; when that is full its documents go to the one of some, and so on (the log-structured merge-tree of O'Neil et al.,
Acta Informatica 33, 1996, with three levels). What is dead in a segment is only listed until it is a quarter of it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from typing import Self

FEW, SOME = 256, 16
"""The segment of few holds at most this part (1/256) of all documents, that of some at most the other (1/16)."""

LEAST = 16
"""So many documents always fit into the segment of few, and four times as many into that of some."""

ROTTEN = 4
"""A segment of which more than a quarter is dead is written anew."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the index: its name, what the reader has to know of it, and the digests of its documents in order."""

    name: str
    bits: int
    passages: int
    continued: tuple[int, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The segments of an index, the largest first: what the writer needs to know of what it wrote before.

    `version` tells how they were written; segments of another version are of no use.
    """

    segments: tuple[Segment, ...] = ()
    version: str = ""

    def to_json(self) -> str:
        """The text of `manifest.json`."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The manifest that `to_json` wrote."""
        read = json.loads(text)
        segments = (
            Segment(**{**entry, "continued": tuple(entry["continued"]), "documents": tuple(entry["documents"])})
            for entry in read["segments"]
        )
        return cls(tuple(segments), read["version"])


EMPTY = Manifest()


def plan(digests: Collection[str], previous: Manifest) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """The segments that stay, and the digests of the documents that make a new one, sorted (none: no new one)."""
    living = {segment: sum(digest in digests for digest in segment.documents) for segment in previous.segments}
    sound = [
        segment for segment, alive in living.items() if ROTTEN * alive >= (ROTTEN - 1) * len(segment.documents) > 0
    ]
    if not _missing(digests, sound):
        return tuple(sound), ()
    for limit in (max(LEAST, len(digests) // FEW), max(4 * LEAST, len(digests) // SOME)):
        kept = tuple(segment for segment in sound if living[segment] > limit)
        if len(fresh := _missing(digests, kept)) <= limit:
            return kept, fresh
    return (), tuple(sorted(digests))


def _missing(digests: Collection[str], segments: Collection[Segment]) -> tuple[str, ...]:
    held = {digest for segment in segments for digest in segment.documents}
    return tuple(sorted(digest for digest in digests if digest not in held))
