"""A limit for what should end soon."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Hanging(BaseException):
    """Something took too long."""


@contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise `Hanging` inside the block once this process has worked in it for so many seconds."""
    signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _stop(signal_number: int, frame: Any) -> None:
    raise Hanging
