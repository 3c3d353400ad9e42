"""Many fixed phrases found in one pass over a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases of two characters or more; `lengths` holds for each beginning of two how long they are, longest first."""

    known: frozenset[str]
    lengths: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """The index of these phrases, which must be folded as the texts will be."""
        known = frozenset(phrases)
        lengths: dict[str, set[int]] = defaultdict(set)
        for phrase in known:
            lengths[phrase[:2]].add(len(phrase))
        return cls(known, {pair: tuple(sorted(found, reverse=True)) for pair, found in lengths.items()})

    def find(self, folded: str) -> Iterator[tuple[int, str]]:
        """Where phrases start in a folded text, and which: from left to right, the longest at each place, none in another.

        A phrase that begins or ends with a Latin letter or digit is not found inside a longer Latin word.

        >>> list(Phrases.of(["数据", "公共数据", "ai"]).find("公共数据与ai,非数据main"))
        [(0, '公共数据'), (5, 'ai'), (9, '数据')]
        """
        end = 0
        starts = [at for at, pair in enumerate(map(add, folded, folded[1:])) if pair in self.lengths]
        for start in starts:
            if start < end:
                continue
            for length in self.lengths[folded[start : start + 2]]:
                phrase = folded[start : start + length]
                if phrase in self.known and not _cuts_word(folded, start, start + len(phrase)):
                    yield start, phrase
                    end = start + length
                    break


def _cuts_word(text: str, start: int, end: int) -> bool:
    """Whether start or end lies inside a Latin word or a number."""
    return (text[start].isascii() and start > 0 and _is_latin(text[start - 1 : start + 1])) or (
        text[end - 1].isascii() and end < len(text) and _is_latin(text[end - 1 : end + 1])
    )


def _is_latin(pair: str) -> bool:
    return pair.isascii() and pair.isalnum()
