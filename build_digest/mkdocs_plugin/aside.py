"""Something done in a copy of this process while this one goes on."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Generic, TypeVar

from build_digest.mkdocs_plugin.forks import can_fork
from build_digest.workers import apply_held, hold

Result = TypeVar("Result")


class Aside(Generic[Result]):
    """What a function gives, once it is waited for; where this process cannot be copied, it is called at once."""

    def __init__(self, jobs: int, function: Callable[[], Result]) -> None:
        """Begin.

        Args:
            jobs: how many processes there may be.
            function: need not be picklable, but its result and its failures.
        """
        self._executor: ProcessPoolExecutor | None = None
        self._future: Future[Result] = Future()
        if jobs == 1 or not can_fork():
            self._future.set_result(function())
            return
        fork = multiprocessing.get_context("fork")
        self._executor = ProcessPoolExecutor(1, fork, hold, (lambda _: function(),))
        self._future = self._executor.submit(apply_held, None)

    @property
    def apart(self) -> bool:
        """Whether it is done in a copy."""
        return self._executor is not None

    def wait(self) -> Result:
        """The result, or the failure; the copy is gone then."""
        try:
            return self._future.result()
        finally:
            self.close()

    def close(self) -> None:
        """Let the copy come to its end."""
        if self._executor:
            self._executor.shutdown()
