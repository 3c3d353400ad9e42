"""Writing bits: whole arrays of numbers at once, each at its own place in long rows of bits.

Elias gamma codes are for numbers from 1 that are mostly small: as many zeros as the number has binary digits after the
first, then the number (Elias, Universal codeword sets, IEEE Trans. Inf. Theory 21, 1975). Rice codes are for gaps whose
mean is known: the quotient by 2**k in unary, zeros closed by a one, then the k bits of the rest (Rice and Plaunt,
Adaptive variable-length coding, IEEE Trans. Commun. 19, 1971). With k = 0 a list of gaps is a bitmap, so lists of common
terms need no form of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Codes of one kind: which thing each belongs to (in order); its zeros, and after them its number with so many bits."""

    owners: Numbers
    zeros: Numbers
    numbers: Numbers
    widths: Numbers

    def sizes(self) -> Numbers:
        """The size of each code in bits."""
        return self.zeros + self.widths


def log2(numbers: Numbers) -> Numbers:
    """The place of the highest bit of each number from 1: 1 → 0, 2 and 3 → 1, 4 → 2."""
    return np.frexp(numbers.astype(np.float64))[1].astype(np.int64) - 1


def rice_parameter(universe: Numbers | int, counts: Numbers) -> Numbers:
    """The k for lists of `counts` different numbers below `universe`: the mean gap's logarithm, rounded down."""
    return log2(np.maximum(universe // np.maximum(counts, 1), 1))


def fixed(owners: Numbers, numbers: Numbers, widths: Numbers) -> Part:
    """Numbers with as many bits as their widths say."""
    return Part(owners, np.zeros_like(numbers), numbers, widths)


def gamma(owners: Numbers, numbers: Numbers) -> Part:
    """Numbers from 1 as gamma codes."""
    digits = log2(numbers)
    return Part(owners, digits, numbers, digits + 1)


def rice(owners: Numbers, numbers: Numbers, parameters: Numbers) -> Part:
    """Numbers from 0 as Rice codes."""
    quotients, ones = numbers >> parameters, np.int64(1) << parameters
    return Part(owners, quotients, ones | numbers & (ones - 1), parameters + 1)


def put(words: Words, at: Numbers, numbers: Numbers, widths: Numbers) -> None:
    """Writes numbers into words of 32 bits, each at its place in bits, ascending, the highest bit first.

    A number has at most 33 bits: with up to 31 before it, it lies within two words.
    """
    if not at.size:
        return
    word, spread = at >> 5, numbers.astype(np.uint64) << (64 - (at & 31) - widths).astype(np.uint64)
    first = find_changes(word)
    touched = word[first]
    words[touched] |= np.bitwise_or.reduceat(spread >> np.uint64(32), first)
    words[touched + 1] |= np.bitwise_or.reduceat(spread & np.uint64(0xFFFFFFFF), first)


def find_changes(numbers: npt.NDArray[np.generic]) -> Numbers:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, numbers.size), bool), numbers[1:] != numbers[:-1])))


def gaps(numbers: Numbers, owners: Numbers) -> Numbers:
    """How many numbers each one leaves out since the one before in the same ascending list, or since 0."""
    left_out = np.diff(numbers, prepend=-1) - 1
    first = find_changes(owners)
    left_out[first] = numbers[first]
    return left_out


def compose(parts: Sequence[Part], files: Numbers, count: int) -> list[bytes]:
    """The files: in each its owners in order, of each owner the codes of all parts in order, then zeros up to a byte.

    `files` says for each owner which of the `count` files it belongs to, ascending.
    """
    ends = [np.concatenate(([0], np.cumsum(part.sizes()))) for part in parts]
    bounds = [
        end[np.searchsorted(part.owners, np.arange(files.size + 1))] for part, end in zip(parts, ends, strict=True)
    ]
    sizes: Numbers = np.diff(np.stack(bounds)).sum(axis=0)
    file_bytes = (np.bincount(files, sizes, minlength=count).astype(np.int64) + 7) // 8
    file_starts = np.cumsum(file_bytes) - file_bytes
    starts = np.cumsum(sizes) - sizes
    shift = 8 * file_starts - np.append(starts, 0)[np.searchsorted(files, np.arange(count))]
    at = starts + shift[files]
    words = np.zeros(int(file_bytes.sum()) // 4 + 3, np.uint64)
    for part, end, bound in zip(parts, ends, bounds, strict=True):
        put(words, end[:-1] + (at - bound[:-1])[part.owners] + part.zeros, part.numbers, part.widths)
        at = at + np.diff(bound)
    packed = words.astype(">u4").tobytes()
    return [packed[start : start + size] for start, size in zip(file_starts, file_bytes, strict=True)]
