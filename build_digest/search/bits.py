"""Writing bits: whole arrays of numbers at once, each at its own place in long rows of bits.

Elias gamma codes are for numbers from 1 that are mostly small: as many zeros as the number has binary digits after the
first, then the number (Elias, Universal codeword sets, IEEE Trans. Inf. Theory 21, 1975). Rice codes are for gaps whose
mean is known: the quotient by 2**k in unary, zeros closed by a one, then the k bits of the rest (Rice and Plaunt,
Adaptive variable-length coding, IEEE Trans. Commun. 19, 1971). With k = 0 a list of gaps is a bitmap, so lists of common
terms need no form of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Codes of one kind: which thing each belongs to (in order), its size in bits, and how to write all at their places."""

    owners: Numbers
    sizes: Numbers
    put: Callable[[Bits, Numbers], None]


def log2(numbers: Numbers) -> Numbers:
    """The place of the highest bit of each number from 1: 1 → 0, 2 and 3 → 1, 4 → 2."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64) - 1


def rice_parameter(universe: Numbers | int, counts: Numbers) -> Numbers:
    """The k for lists of `counts` different numbers below `universe`: the mean gap's logarithm, rounded down."""
    return log2(np.maximum(universe // np.maximum(counts, 1), 1))


def put_fixed(bits: Bits, at: Numbers, numbers: Numbers, widths: Numbers) -> None:
    """Writes each number with its width, the highest bit first."""
    for place in range(int(widths.max(initial=0))):
        ones = np.flatnonzero((numbers >> place & 1).astype(bool) & (place < widths))
        bits[at[ones] + widths[ones] - 1 - place] = 1


def fixed(owners: Numbers, numbers: Numbers, widths: Numbers) -> Part:
    """Numbers with as many bits as their widths say."""
    return Part(owners, widths, lambda bits, at: put_fixed(bits, at, numbers, widths))


def gamma(owners: Numbers, numbers: Numbers) -> Part:
    """Numbers from 1 as gamma codes."""
    digits = log2(numbers)
    return Part(owners, 2 * digits + 1, lambda bits, at: put_fixed(bits, at + digits, numbers, digits + 1))


def rice(owners: Numbers, numbers: Numbers, parameters: Numbers) -> Part:
    """Numbers from 0 as Rice codes."""
    quotients = numbers >> parameters

    def put(bits: Bits, at: Numbers) -> None:
        bits[at + quotients] = 1
        put_fixed(bits, at + quotients + 1, numbers, parameters)

    return Part(owners, quotients + 1 + parameters, put)


def find_changes(numbers: npt.NDArray[np.generic]) -> Numbers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, numbers.size), bool), numbers[1:] != numbers[:-1])))


def gaps(numbers: Numbers, owners: Numbers) -> Numbers:
    """How many numbers each one leaves out since the one before in the same ascending list, or since 0."""
    left_out = np.diff(numbers, prepend=-1) - 1
    first = find_changes(owners)
    left_out[first] = numbers[first]
    return left_out


def start_of_each(sizes: Numbers, owners: Numbers) -> Numbers:
    """Where each thing begins, given the sizes, when those of each owner are put in a row of their own."""
    starts = np.cumsum(sizes) - sizes
    first = find_changes(owners)
    return starts - np.repeat(starts[first], np.diff(first, append=owners.size))


def compose(parts: Sequence[Part], files: Numbers, count: int) -> list[bytes]:
    """The files: in each its owners in order, of each owner the codes of all parts in order, then zeros up to a byte.

    `files` says for each owner which of the `count` files it belongs to, ascending.
    """
    owned = [np.bincount(part.owners, part.sizes, minlength=files.size).astype(np.int64) for part in parts]
    sizes: Numbers = np.stack(owned).sum(axis=0)
    file_bytes = (np.bincount(files, sizes, minlength=count).astype(np.int64) + 7) // 8
    file_starts = np.cumsum(file_bytes) - file_bytes
    at = 8 * file_starts[files] + start_of_each(sizes, files)
    bits = np.zeros(8 * int(file_bytes.sum()), np.uint8)
    for part, size in zip(parts, owned, strict=True):
        part.put(bits, at[part.owners] + start_of_each(part.sizes, part.owners))
        at = at + size
    packed = np.packbits(bits).tobytes()
    return [packed[start : start + size] for start, size in zip(file_starts, file_bytes, strict=True)]
