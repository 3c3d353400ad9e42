"""Running one function over many items: here, or on an executor with a bounded number of items under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Map(Protocol):
    """Applies a function to items, like `map`; results may come in any order."""

    def __call__(self, function: Callable[[Item], Result], items: Iterable[Item], /) -> Iterable[Result]:
        """The function's result for each item."""


BATCH = 8
_HEAVY = 64_000
"""A batch that weighs more takes no further item: else one worker would end long after the others."""
_BATCHES_UNDER_WAY = 8


def map_where_it_pays(
    jobs: int, least: int, weigh: Callable[[Any], int], function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """The function's results, from so many processes if the items are worth it, else from this one.

    Args:
        jobs: how many processes.
        least: starting processes takes longer than they save where the items weigh less than this together.
        weigh: an item's weight.
        function: what to apply.
        items: are taken as they are needed.
    """
    rest = iter(items)
    first: list[Item] = []
    weight = 0
    while jobs > 1 and weight < least:
        for item in islice(rest, 1):
            first.append(item)
            weight += weigh(item)
            break
        else:
            jobs = 1
    if jobs == 1:
        yield from map(function, chain(first, rest))
        return
    # One is done here first: where processes are forked, each then has what loading that took.
    lightest = first.pop(min(range(len(first)), key=lambda at: weigh(first[at])))
    yield function(lightest)
    with ProcessPoolExecutor(jobs, initializer=hold, initargs=(function,)) as executor:
        yield from map_ordered(executor, apply_held, chain(first, rest), weigh=weigh)


def _weigh_nothing(item: object) -> int:
    del item
    return 0


def map_ordered(
    executor: Executor,
    function: Callable[[Item], Result],
    items: Iterable[Item],
    batch: int = BATCH,
    weigh: Callable[[Item], int] = _weigh_nothing,
) -> Iterator[Result]:
    """The function's results in the order of the items, like `map`, but the items are taken as they are needed.

    Only `Executor.submit` is used, so any executor with the interface of `concurrent.futures` will do.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(2) as executor:
    ...     list(map_ordered(executor, str, range(20)))[-1]
    '19'
    """
    batches = batched(items, batch, weigh)
    under_way: deque[Future[list[Result]]] = deque()
    for each in islice(batches, _BATCHES_UNDER_WAY):
        under_way.append(executor.submit(_run_batch, function, each))
    while under_way:
        results = under_way.popleft().result()
        for each in islice(batches, 1):
            under_way.append(executor.submit(_run_batch, function, each))
        yield from results


def batched(items: Iterable[Item], size: int, weigh: Callable[[Item], int] = _weigh_nothing) -> Iterator[list[Item]]:
    """The items in lists of that size, the last of which may be shorter, and those that are heavy before they are full.

    >>> list(batched("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    >>> list(batched([1, 1, 64_000, 1], 3, int))
    [[1, 1, 64000], [1]]
    >>> list(batched([64_000, 1, 1, 1], 3, int))
    [[64000], [1, 1, 1]]
    """
    batch: list[Item] = []
    weight = 0
    for item in items:
        batch.append(item)
        weight += weigh(item)
        if len(batch) == size or weight >= _HEAVY:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _run_batch(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]


_held: list[Callable[[Any], Any]] = []


def hold(function: Callable[[Any], Any]) -> None:
    """Give a worker its function once: with all the rules in it, sending it takes longer than sending a batch.

    >>> hold(len)
    >>> apply_held("ab")
    2
    """
    _held[:] = [function]


def apply_held(item: Any) -> Any:
    """What the function that this process holds gives for an item."""
    return _held[0](item)
