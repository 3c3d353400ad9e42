"""What a result depends on besides its input: this program, to the last byte, and what it runs on."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
DEPENDENCIES = ("jieba", "msgspec", "numpy", "PyYAML", "rjieba")
"""Packages whose versions a result may depend on."""


def hash_parts(parts: Iterable[bytes | str]) -> bytes:
    """A digest that is the same for the same parts in the same order only.

    >>> hash_parts(["ab", "c"]) == hash_parts(["a", "bc"])
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d:" % len(data))
        digest.update(data)
    return digest.digest()


@cache
def fingerprint_of_program() -> bytes:
    """A digest of the package's own files, so that a change of the program is never answered with an older result.

    It is taken once in a process, before anything is read: a process that goes on while somebody changes the program,
    as `serve` does, then keeps its results under the name of the program that it began with.
    """
    every = (path for path in _PACKAGE.rglob("*") if path.parent.name != "__pycache__")
    paths = sorted(path for path in every if path.is_file())
    files = [part for path in paths for part in (path.relative_to(_PACKAGE).as_posix(), path.read_bytes())]
    return hash_parts([platform.python_version(), *map(version, DEPENDENCIES), *files])
