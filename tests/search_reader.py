"""A plain reader of the search index, bit by bit: what the tests hold the writer to. The layout stands in search/index.py."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_digest.search.postings import MULTIPLIER
from build_digest.search.shards import MASKED


@dataclass(frozen=True, slots=True)
class Posting:
    """That a term stands in a passage: at which residues (pairs only), and whether in the title."""

    passage: int
    residues: frozenset[int] | None
    in_title: bool


def hash_term(units: str) -> int:
    first, second = (0, ord(units)) if len(units) == 1 else map(ord, units)
    return ((first << 16 | second) * MULTIPLIER) & 0xFFFFFFFF


class Bits:
    def __init__(self, data: bytes) -> None:
        self.bits: Iterator[int] = (byte >> place & 1 for byte in data for place in range(7, -1, -1))

    def zeros(self) -> int:
        count = 0
        while not next(self.bits):
            count += 1
        return count

    def fixed(self, width: int) -> int:
        number = 0
        for _ in range(width):
            number = number * 2 + next(self.bits)
        return number

    def gamma(self) -> int:
        digits = self.zeros()
        return (1 << digits) + self.fixed(digits)

    def gaps(self, count: int, universe: int) -> list[int]:
        k = max(1, universe // max(1, count)).bit_length() - 1
        numbers: list[int] = []
        for _ in range(count):
            gap = (self.zeros() << k) + self.fixed(k)
            numbers.append((numbers[-1] + 1 if numbers else 0) + gap)
        return numbers

    def residue_count(self) -> int:
        count = 1
        while count < MASKED and not next(self.bits):
            count += 1
        return count

    def residues(self, count: int) -> frozenset[int]:
        if count < MASKED:
            return frozenset(self.fixed(4) for _ in range(count))
        mask = self.fixed(16)
        return frozenset(residue for residue in range(16) if mask >> residue & 1)


def read_segment(files: Mapping[str, bytes], number: int = 0) -> dict[int, list[Posting]]:
    """All lists of a segment by the hashes of their terms."""
    index = json.loads(files["index.json"])
    segment = index["segments"][number]
    lists: dict[int, list[Posting]] = {}
    for shard in range(1 << segment["bits"]):
        content = files[f"{segment['name']}/terms/{shard:03x}.bin"]
        lists.update(read_shard(content, shard, segment, index["apart"], files))
    return lists


def read_shard(
    content: bytes, shard: int, segment: Mapping[str, int], apart: int, files: Mapping[str, bytes]
) -> dict[int, list[Posting]]:
    bits, rest_bits = Bits(content), 32 - segment["bits"]
    count = bits.gamma() - 1
    k = max(1, (1 << rest_bits) // max(1, count)).bit_length() - 1
    lists: dict[int, list[Posting]] = {}
    rest = -1
    for _ in range(count):
        rest += 1 + (bits.zeros() << k) + bits.fixed(k)
        hashed = shard << rest_bits | rest
        first = (hashed * pow(MULTIPLIER, -1, 1 << 32) & 0xFFFFFFFF) >> 16
        size = bits.gamma()
        passages = bits.gaps(size, segment["passages"])
        residues: list[frozenset[int] | None] = [None] * size
        if first and first & 0xFFF0 != 0xE000:
            counts = [bits.residue_count() for _ in passages]
            places = bits if size <= apart else Bits(files[f"{segment['name']}/places/{hashed:08x}.bin"])
            residues = [places.residues(count) for count in counts]
        in_title = set(bits.gaps(bits.gamma() - 1, size))
        lists[hashed] = [
            Posting(passage, found, place in in_title)
            for place, (passage, found) in enumerate(zip(passages, residues, strict=True))
        ]
    return lists
