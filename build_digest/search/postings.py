"""Postings: which terms stand in which passages, sorted by the hashes of the terms.

A term is a pair of neighbouring units with no break between them, or of a unit and the sign that follows it (the 能+ of
人工智能+); a single character; or a facet (one topic, source or period of the segment, by its number). Its key has 32
bits: the two units, 0 and the character, or a private-use unit for the kind of facet and the number. `hash_keys` mixes the bits and loses none, so a hash is as good as the key.

A posting says that a term stands in a passage and, for a pair, at which residues of positions modulo 16. The residues of
a longer phrase's pairs must agree once each is turned back by its place in the phrase; with them the index finds phrases
without holding positions, and is wrong rarely enough that the few passages can be read to make sure.

A posting with one residue is one number of 64 bits: 32 of the hash, 28 of the passage, 4 of the residue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from build_digest.search.bits import find_changes
from build_digest.search.fold import CHARACTER, HARD, JOINED, fold_units, kind_table, to_units

Postings = npt.NDArray[np.uint64]
Keys = npt.NDArray[np.uint32]

RESIDUES = 16
MULTIPLIER = 0x9E3779B1  # odd, so there is an inverse; its bits are those of the golden ratio (Knuth, TAOCP 3, 6.4)
INVERSE = pow(MULTIPLIER, -1, 1 << 32)
FACET_UNIT = 0xE000
BATCH = 32  # passages folded at once: fewer cost calls, more cost memory


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as it is indexed: its text, and before it the title where it is the first of its document."""

    title: str
    text: str

    def whole(self) -> str:
        """Title and text as one, a line feed between."""
        return f"{self.title}\n{self.text}" if self.title else self.text


def hash_keys(keys: Keys) -> Keys:
    """The hashes of the keys: its first bits choose the file, the whole is in one-to-one relation to the key."""
    return keys * np.uint32(MULTIPLIER)


def unhash(hashes: Keys) -> Keys:
    """The keys of the hashes."""
    return hashes * np.uint32(INVERSE)


def facet_key(kind: int, number: int) -> int:
    """The key of a facet: `kind` counts from 0, `number` is the place of the value in the segment's list of that kind."""
    return (FACET_UNIT + kind) << 16 | number


def is_pair(keys: Keys) -> npt.NDArray[np.bool_]:
    """Which keys are those of pairs, which alone have residues."""
    first = keys >> np.uint32(16)
    pairs: npt.NDArray[np.bool_] = (first != 0) & ((first & np.uint32(0xFFF0)) != FACET_UNIT)
    return pairs


def post(keys: Keys, passages: npt.NDArray[np.int64], residues: npt.NDArray[np.int64] | int) -> Postings:
    """The postings of terms, sorted and each once."""
    place = (passages << 4 | residues).astype(np.uint64)
    postings = np.sort(hash_keys(keys).astype(np.uint64) << np.uint64(32) | place)
    return postings[find_changes(postings)]


def post_passages(passages: Sequence[Passage]) -> Iterator[tuple[Postings, Postings]]:
    """For each batch of passages its postings and those of them that stand in titles (without residues)."""
    for first in range(0, len(passages), BATCH):
        yield _post_batch(passages[first : first + BATCH], first)


def _post_batch(passages: Sequence[Passage], first: int) -> tuple[Postings, Postings]:
    wholes = [passage.whole() for passage in passages]
    folded = fold_units("\n".join(wholes))
    units = folded.units.astype(np.uint32)
    starts = np.concatenate(([0], np.cumsum([to_units(whole).size + 1 for whole in wholes])))
    title_ends = starts[:-1] + [to_units(passage.title).size for passage in passages]
    within = np.searchsorted(starts, folded.origin, side="right") - 1
    in_title = folded.origin < title_ends[within]
    residues = (np.arange(units.size) + np.cumsum(folded.before == HARD)) % RESIDUES

    pairs = np.flatnonzero(folded.before[1:] == JOINED)
    signed = np.flatnonzero(folded.signs)
    singles = np.flatnonzero(kind_table()[units] == CHARACTER)
    firsts = np.concatenate((pairs, signed))
    seconds = np.concatenate((units[pairs + 1], folded.signs[signed].astype(np.uint32)))
    keys = np.concatenate((units[firsts] << np.uint32(16) | seconds, units[singles]))
    places = np.concatenate((firsts, singles))
    standing = np.concatenate((residues[firsts], np.zeros_like(singles)))
    titles = in_title[places]
    within = within[places] + first
    return post(keys, within, standing), post(keys[titles], within[titles], 0)
