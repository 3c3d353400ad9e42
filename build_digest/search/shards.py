"""Shards: the postings of a segment as files of bits, some thousands of small ones, chosen by the first bits of the hash.

How they are laid out stands in `build_digest.search.index`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from build_digest.search.bits import (
    Numbers,
    Part,
    compose,
    find_changes,
    fixed,
    gamma,
    gaps,
    rice,
    rice_parameter,
)
from build_digest.search.postings import RESIDUES, Postings, is_pair, unhash

APART = 2048
"""The most postings of a list whose residues stand in the shard itself; those of longer lists are files of their own."""

SHARD = 1250
"""About how many bytes a shard should have: more makes a query dear, which needs one of each segment; less makes too many
files."""

ROUND = 1 << 18
"""About how many postings are written at once: bounds the memory, and what fits a processor's cache is quicker; changes no
byte."""

MASKED = 4
"""From so many residues on, a posting's residues are written as a mask of 16 bits."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Sorted postings taken apart: arrays by list (all postings of one term), by posting, by single residue."""

    hashes: Numbers
    sizes: Numbers
    owners: Numbers
    passages: Numbers
    counts: Numbers
    residues: Numbers
    residue_owners: Numbers


def take_apart(postings: Postings) -> Lists:
    """Of each list the hash and the size; of each posting its list, passage and count of residues; each residue."""
    places = postings >> np.uint64(4)
    first_residue = find_changes(places)
    hashes = (places[first_residue] >> np.uint64(28)).astype(np.int64)
    first = find_changes(hashes)
    sizes = np.diff(first, append=hashes.size)
    counts = np.diff(first_residue, append=postings.size)
    return Lists(
        hashes=hashes[first],
        sizes=sizes,
        owners=np.repeat(np.arange(first.size), sizes),
        passages=(places[first_residue] & np.uint64((1 << 28) - 1)).astype(np.int64),
        counts=counts,
        residues=(postings & np.uint64(RESIDUES - 1)).astype(np.int64),
        residue_owners=np.repeat(np.arange(first_residue.size), counts),
    )


def choose_bits(postings: int) -> int:
    """How many bits of the hash choose the shard, given how many postings there are, about ten bits each."""
    return max(0, round(float(np.log2(max(1, postings * 10 / 8 / SHARD)))))


def write_terms(batches: Sequence[tuple[Postings, Postings]], passages: int, bits: int) -> Iterator[tuple[str, bytes]]:
    """The files of a segment's terms: `terms/<shard>.bin` and `places/<hash>.bin`, both in hexadecimal.

    `batches` are sorted postings and those of them in titles; `passages` counts the segment's passages.
    """
    total = sum(postings.size for postings, _ in batches)
    round_bits = min(bits, int(total // ROUND).bit_length())
    for number in range(1 << round_bits):
        postings, titles = (
            np.sort(np.concatenate([_cut_round(batch[part], number, round_bits) for batch in batches]))
            for part in (0, 1)
        )
        first = number << (bits - round_bits)
        shards = range(first, first + (1 << (bits - round_bits)))
        lists = take_apart(postings)
        for shard, content in zip(shards, write_shards(lists, titles, passages, bits, shards), strict=True):
            yield f"terms/{shard:03x}.bin", content
        yield from write_places(lists)


def _cut_round(batch: Postings, number: int, round_bits: int) -> Postings:
    borders = [part << (64 - round_bits) for part in (number, number + 1)]
    start, end = (batch.size if at >> 64 else int(np.searchsorted(batch, np.uint64(at))) for at in borders)
    return batch[start:end]


def write_shards(lists: Lists, titles: Postings, passages: int, bits: int, shards: range) -> list[bytes]:
    """The shards of that range, from all lists of theirs and the postings in titles."""
    numbers = np.arange(lists.hashes.size)
    shard = (lists.hashes >> (32 - bits)) - shards.start
    rest = lists.hashes & ((1 << (32 - bits)) - 1)
    in_shard = np.bincount(shard, minlength=len(shards))
    heads = find_changes(shard)
    pair = find_pairs(lists)
    counted = np.flatnonzero(pair[lists.owners])
    near = np.flatnonzero((pair & (lists.sizes <= APART))[lists.owners])
    parts = [
        gamma(heads, in_shard[shard[heads]] + 1),
        rice(numbers, gaps(rest, shard), rice_parameter(1 << (32 - bits), in_shard)[shard]),
        gamma(numbers, lists.sizes),
        rice(lists.owners, gaps(lists.passages, lists.owners), rice_parameter(passages, lists.sizes)[lists.owners]),
        code_counts(lists, counted),
        code_residues(lists, near),
        *code_titles(lists, titles),
    ]
    files = compose(parts, shard, len(shards))
    return [content or b"\x80" for content in files]  # no list at all: the gamma code of 1


def write_places(lists: Lists) -> Iterator[tuple[str, bytes]]:
    """The files of residues for lists too long to have them in the shard."""
    apart = np.flatnonzero(find_pairs(lists) & (lists.sizes > APART))
    part = code_residues(lists, np.flatnonzero(np.isin(lists.owners, apart)))
    part = replace(part, owners=np.searchsorted(apart, part.owners))
    contents = compose([part], np.arange(apart.size), apart.size)
    for hashed, content in zip(lists.hashes[apart], contents, strict=True):
        yield f"places/{hashed:08x}.bin", content


def find_pairs(lists: Lists) -> npt.NDArray[np.bool_]:
    """Which lists are those of pairs."""
    return is_pair(unhash(lists.hashes.astype(np.uint32)))


def code_counts(lists: Lists, postings: Numbers) -> Part:
    """How many residues each of those postings has: 1, 01, 001, and 000 for more."""
    counts = lists.counts[postings]
    return fixed(lists.owners[postings], (counts < MASKED).astype(np.int64), np.minimum(counts, MASKED - 1))


def code_residues(lists: Lists, postings: Numbers) -> Part:
    """The residues of each of those postings: four bits each, or a mask of sixteen, residue 15 first."""
    chosen = np.zeros(lists.counts.size, bool)
    chosen[postings] = True
    residues, counts = lists.residues[chosen[lists.residue_owners]], lists.counts[postings]
    if not residues.size:
        return fixed(lists.owners[postings], counts, counts)
    starts = np.cumsum(counts) - counts
    masked = counts >= MASKED
    after = np.repeat(starts + counts - 1, counts) - np.arange(residues.size)  # how many more the posting has
    written = np.where(np.repeat(masked, counts), 1 << residues, residues << 4 * after)
    return fixed(
        lists.owners[postings], np.bitwise_or.reduceat(written, starts), np.where(masked, RESIDUES, 4 * counts)
    )


def code_titles(lists: Lists, titles: Postings) -> tuple[Part, Part]:
    """How many postings of each list stand in titles, plus one; and which, as places in the list."""
    first = np.cumsum(lists.sizes) - lists.sizes
    places = lists.hashes[lists.owners] << 28 | lists.passages
    postings = np.searchsorted(places, (titles >> np.uint64(4)).astype(np.int64))
    owners = lists.owners[postings]
    counts = np.bincount(owners, minlength=lists.sizes.size)
    left_out = gaps(postings - first[owners], owners)
    return (
        gamma(np.arange(counts.size), counts + 1),
        rice(owners, left_out, rice_parameter(lists.sizes, counts)[owners]),
    )
