"""Pages given to copies of this process, each of which knows all that was known when it was made."""

from __future__ import annotations

import logging
import multiprocessing
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

from build_digest.rendering.notes import Notes
from build_digest.workers import BATCH, apply_held, hold, map_ordered

Result = TypeVar("Result")
Logged = tuple[logging.LogRecord, ...]

_PAYS_FROM = 100
"""Pages; for fewer, making the processes takes longer than they save."""


def pays(pages: int, jobs: int) -> bool:
    """Whether so many pages are done faster by so many processes, and processes can be forked."""
    return jobs > 1 and pages >= _PAYS_FROM and can_fork()


def can_fork() -> bool:
    """Whether this process can be copied.

    It can where no second thread may hold a lock that nobody in the copy would ever open; macOS always has such.
    """
    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return forks and threading.active_count() == 1


def map_on_forks(
    jobs: int, function: Callable[[str], Result], paths: Sequence[str], notes: Notes, batch: int = BATCH
) -> Generator[tuple[Result, Logged]]:
    """What a function gives for each page, in order, with what MkDocs logged meanwhile.

    Args:
        jobs: how many processes; they are made when the first result is asked for.
        function: takes a page's path; it need not be picklable, but its results.
        paths: of the pages.
        notes: hears the warnings in the process where they are made.
        batch: so many are given to a process at once.
    """
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, mp_context=fork, initializer=_begin, initargs=(function, notes)) as executor:
        try:
            yield from map_ordered(executor, apply_held, paths, batch)
        finally:
            executor.shutdown(cancel_futures=True)


def tell_again(logged: Logged) -> None:
    """Log here what was logged in another process."""
    for record in logged:
        logging.getLogger(record.name).handle(record)


class Collector(logging.Handler):
    """Keeps what is logged, in a form that can be sent; what precedes a failure is told at once."""

    def __init__(self, others: Sequence[logging.Handler]) -> None:
        super().__init__()
        self.others, self.records = others, list[logging.LogRecord]()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, or tell it."""
        if record.levelno >= logging.ERROR:
            for handler in self.others:
                handler.handle(record)
            return
        record.msg, record.args, record.exc_info = record.getMessage(), None, None
        self.records.append(record)

    def take(self) -> Logged:
        """What was logged since the last time."""
        taken, self.records = tuple(self.records), []
        return taken


def _begin(function: Callable[[str], Result], notes: Notes) -> None:
    """In a new process: apply that function, and log to nobody but the process that made this one."""
    logger = logging.getLogger("mkdocs")
    collector = Collector([*logger.handlers, *logging.getLogger().handlers])
    logger.handlers, logger.propagate = [collector, notes], False
    hold(lambda path: (function(path), collector.take()))
