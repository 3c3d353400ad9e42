"""How much of one text another one contains, by their n-grams, and which of many texts are worth comparing.

Likeness is the containment of character n-grams (A. Broder, "On the resemblance and containment of documents", 1997),
on text folded to one script and width without punctuation. Candidates come from an index of sampled n-grams: those
whose hash is divisible by a constant, the same ones in every text, so the work is linear in the amount of text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from build_digest.text.script import fold

Hashes = NDArray[np.uint64]

_GRAM = 8
_SAMPLE = 16
_LEAST_SAMPLE = 12
"""Short texts would have too few sampled n-grams, so each has at least so many: those of the lowest hash."""
_LONGEST_POSTING = 24
"""Pairs are counted only for n-grams in at most so many texts: their number grows with the square."""
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

_TEXT = re.compile(r"\w+")


def fold_to_letters(text: str) -> str:
    """What `script.fold` gives, without spaces and punctuation and with letters of all alphabets in lower case."""
    # Punctuation goes first, since it is most of what would be folded.
    return keep_letters(fold(_keep_letters(text)))


def keep_letters(folded: str) -> str:
    """The same for a text that is folded already.

    >>> keep_letters(fold("ＡＩ，數據！"))
    'ai数据'
    """
    letters = _keep_letters(folded)
    lowered = letters.lower()
    return letters if lowered == letters else _keep_letters(lowered)


def _keep_letters(text: str) -> str:
    return "".join(_TEXT.findall(text)).replace("_", "")


def hash_grams(text: str) -> Hashes:
    """The distinct hashes of a folded text's n-grams, sorted; a text shorter than one n-gram counts as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _GRAM:
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return np.frombuffer(digest, dtype=np.uint64).copy()
    hashes = np.zeros(len(codes) - _GRAM + 1, dtype=np.uint64)
    for offset in range(_GRAM):
        hashes = (hashes ^ codes[offset : offset + len(hashes)]) * _FACTOR
        hashes ^= hashes >> np.uint64(29)
    hashes.sort()
    return hashes[np.concatenate(([True], hashes[1:] != hashes[:-1]))]


def sample(hashes: Hashes) -> Hashes:
    """Some of a text's n-grams, the same ones in every text that has them."""
    chosen = hashes[hashes % np.uint64(_SAMPLE) == 0]
    return chosen if len(chosen) >= _LEAST_SAMPLE else np.union1d(chosen, hashes[:_LEAST_SAMPLE])


def count_shared(some: Hashes, others: Hashes) -> int:
    """How many n-grams two texts have in common."""
    return len(np.intersect1d(some, others, assume_unique=True))


def find_candidates(samples: Sequence[Hashes], least: float) -> list[tuple[int, int]]:
    """Pairs of texts that share a good part of the smaller one's sample, in order.

    An n-gram that many texts hold links each to the next one only. So it adds few pairs, yet many copies of one text
    still form a chain; and as it cannot speak for texts that stand apart, the share is one of the rarer n-grams.

    Args:
        samples: of all texts.
        least: this part of the rarer n-grams of the smaller sample.
    """
    if len(samples) < 2:
        return []
    values = np.concatenate(samples)
    owners = np.repeat(np.arange(len(samples)), [len(sample) for sample in samples])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))
    lengths = np.diff(np.append(starts, len(values)))
    rare = np.repeat(lengths <= _LONGEST_POSTING, lengths)
    rarer = np.bincount(owners[rare], minlength=len(samples))
    common = np.repeat(lengths > 1, lengths)
    values, owners, lengths = values[common], owners[common], lengths[lengths > 1]
    found = [_pair_up(values, owners, 1)]
    for step in range(2, _LONGEST_POSTING):
        chosen = np.repeat((lengths > step) & (lengths <= _LONGEST_POSTING), lengths)
        found.append(_pair_up(values[chosen], owners[chosen], step))
    first, second = np.concatenate(found, axis=1)
    pairs, counts = np.unique(first * len(samples) + second, return_counts=True)
    first, second = np.divmod(pairs, len(samples))
    likely = counts >= least * np.minimum(rarer[first], rarer[second])
    return list(zip(first[likely].tolist(), second[likely].tolist(), strict=True))


def _pair_up(values: Hashes, owners: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """Each text with the one so many steps further on that has the same n-gram."""
    together = values[step:] == values[:-step]
    return np.stack((owners[:-step][together], owners[step:][together]))
