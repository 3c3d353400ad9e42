"""The names of temporary files, and removing those that builds left when they were killed."""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress
from pathlib import Path

SUFFIX = ".tmp"
_NAME = re.compile(r"\.build-digest-([1-9]\d*)-\w+\.tmp")
_LONG = 3600
"""Seconds: a temporary file is there for an instant, so none of this age is still being written."""


def make_prefix() -> str:
    """How the names of this process's temporary files begin: hidden, and so that they tell whose they are."""
    return f".build-digest-{os.getpid()}-"


def is_temporary(path: str) -> bool:
    """Whether a file below some folder has the name of a temporary one."""
    return path.endswith(SUFFIX) and _NAME.fullmatch(path.rpartition("/")[2]) is not None


def remove_leftovers(folder: Path) -> int:
    """Remove the temporary files that are left below a folder, and count them.

    Those of a build that is still at work stay: one whose process is there, unless the file is an hour old.
    """
    removed = 0
    for inner, _, names in os.walk(folder):
        for name in names:
            if match := _NAME.fullmatch(name):
                removed += _remove_unless_in_use(Path(inner, name), int(match[1]))
    return removed


def _remove_unless_in_use(path: Path, process: int) -> bool:
    with suppress(OSError):  # another build was faster, or nobody may remove it
        if not _is_at_work(process) or time.time() - path.stat().st_mtime > _LONG:
            path.unlink()
            return True
    return False


def _is_at_work(process: int) -> bool:
    """Whether there may be such a process; where asking could end it, it is taken for granted."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True
