"""Running one function over many items on an executor, in order, with a bounded number of items under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_BATCH = 8
_BATCHES_UNDER_WAY = 8


def map_ordered(executor: Executor, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The function's results in the order of the items, like `map`, but the items are taken as they are needed.

    Only `Executor.submit` is used, so any executor with the interface of `concurrent.futures` will do.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(2) as executor:
    ...     list(map_ordered(executor, str, range(20)))[-1]
    '19'
    """
    batches = _batched(items)
    under_way: deque[Future[list[Result]]] = deque()
    for batch in islice(batches, _BATCHES_UNDER_WAY):
        under_way.append(executor.submit(_run_batch, function, batch))
    while under_way:
        results = under_way.popleft().result()
        for batch in islice(batches, 1):
            under_way.append(executor.submit(_run_batch, function, batch))
        yield from results


def _batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _run_batch(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]
