"""Memory that is free within the process, given back to the system."""

from __future__ import annotations

import ctypes
from contextlib import suppress


def give_back() -> None:
    """Give back what was let go; a copy of the process would keep all of it when this one fills it anew.

    Only the C library of GNU holds on to so much that it has a function for it (`man 3 malloc_trim`).
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
