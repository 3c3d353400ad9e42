"""Many fixed phrases found in one pass over a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

_BUCKETS = 1 << 16
_FACTOR = np.uint32(31)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of two characters or more; `lengths` holds for each beginning of two how long they are, longest first.

    `buckets` tells whether a beginning may be one of those, by the number that both its characters give; few others
    share it, so the rest of a text is passed over in one go.
    """

    known: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]
    buckets: NDArray[np.bool_] = field(compare=False)

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """The index of these phrases, which must be folded as the texts will be."""
        known = frozenset(phrases)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in known:
            lengths[phrase[:2]].add(len(phrase))
        buckets = np.zeros(_BUCKETS, dtype=np.bool_)
        buckets[_number_pairs("".join(lengths))[::2]] = True
        return cls(known, {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()}, buckets)

    def find(self, folded: str) -> Iterator[tuple[int, str]]:
        """Where phrases start in a folded text, and which: from left to right, the longest at each place, none in another.

        A phrase that begins or ends with a Latin letter or digit is not found inside a longer Latin word.

        >>> list(Phrases.of(["数据", "公共数据", "ai"]).find("公共数据与ai,非数据main"))
        [(0, '公共数据'), (5, 'ai'), (9, '数据')]
        """
        end = 0
        for start in np.flatnonzero(self.buckets[_number_pairs(folded)]).tolist():
            if start < end:
                continue
            for length in self.lengths.get(folded[start : start + 2], ()):
                phrase = folded[start : start + length]
                if phrase in self.known and not _cuts_word(folded, start, start + len(phrase)):
                    yield start, phrase
                    end = start + length
                    break

    def find_in_lines(self, folded: Sequence[str]) -> list[list[tuple[int, str]]]:
        """The same for each of several lines, faster than one by one.

        >>> Phrases.of(["数据", "ai"]).find_in_lines(["数据", "", "与ai"])
        [[(0, '数据')], [], [(1, 'ai')]]
        """
        found: list[list[tuple[int, str]]] = [[] for _ in folded]
        line = begin = 0
        for start, phrase in self.find("\n".join(folded)):
            while start > begin + len(folded[line]):
                begin += len(folded[line]) + 1
                line += 1
            found[line].append((start - begin, phrase))
        return found


def _number_pairs(text: str) -> NDArray[np.uint32]:
    """A number below _BUCKETS for each two characters side by side."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    pairs: NDArray[np.uint32] = (codes[:-1] * _FACTOR ^ codes[1:]) % np.uint32(_BUCKETS)
    return pairs


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether start or end lies inside a Latin word or a number."""
    return (text[start].isascii() and start > 0 and _is_latin(text[start - 1 : start + 1])) or (
        text[end - 1].isascii() and end < len(text) and _is_latin(text[end - 1 : end + 1])
    )


def _is_latin(pair: str) -> bool:
    return pair.isascii() and pair.isalnum()
