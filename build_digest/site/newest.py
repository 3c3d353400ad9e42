"""Which articles a feed brings: the newest of the whole site, and the newest of each topic."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

ALL = ""
"""The name of the feed of the whole site."""
MOST, MOST_OF_TOPIC = 50, 20
"""So many articles stand in the feed of the site, and in that of a topic."""

T = TypeVar("T")


class Newest(Generic[T]):
    """The newest articles of those that were added, for each feed; older ones are let go as newer ones come.

    >>> newest: Newest[str] = Newest()
    >>> for day in ("2024-01-02", "2024-01-03", "2024-01-01"):
    ...     newest.add(day, day, f"articles/{day}/", ["水利"])
    >>> newest.of("水利")
    ['2024-01-03', '2024-01-02', '2024-01-01']
    """

    def __init__(self) -> None:
        self._heaps: dict[str, list[tuple[str, str, T]]] = {}

    def add(self, article: T, day: str, url: str, topics: Sequence[str]) -> None:
        """Take one more article into account.

        Args:
            article: whatever stands for it.
            day: of its publication as YYYY-MM-DD, or empty.
            url: its address, which no other article has.
            topics: its topics.
        """
        for name in (ALL, *topics):
            heap = self._heaps.setdefault(name, [])
            heapq.heappush(heap, (day, url, article))
            if len(heap) > (MOST_OF_TOPIC if name else MOST):
                heapq.heappop(heap)

    def of(self, name: str) -> list[T]:
        """The articles of a topic's feed, or of `ALL`, the newest first."""
        return [article for _, _, article in sorted(self._heaps.get(name, ()), key=_place, reverse=True)]

    def topics(self) -> list[str]:
        """The topics that any article has."""
        return sorted(self._heaps.keys() - {ALL})

    def __iter__(self) -> Iterator[T]:
        """Every article that a feed brings, once each."""
        found = {url: article for heap in self._heaps.values() for _, url, article in heap}
        return iter(found.values())


def _place(entry: tuple[str, str, object]) -> tuple[str, str]:
    return entry[:2]
