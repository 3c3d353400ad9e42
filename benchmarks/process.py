"""What a command costs in a process of its own: seconds, CPU seconds, and memory with all its children."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
_INTERVAL = 0.2
"""Seconds from one look at the memory to the next."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall-clock seconds, CPU seconds (user and system, children included) and the peak of memory in bytes."""

    seconds: float
    cpu: float
    peak: int
    output: str


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command there; raises RuntimeError with the end of what it said where it fails.

    The peak is the largest sum of the proportional set sizes of all processes of the command (so memory that they share
    counts once), seen every fifth of a second; without /proc it is the largest resident size of one of them.
    """
    # What is installed has its bytecode at hand: nothing that is measured compiles the program each time it starts.
    fixed = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "", "NO_MKDOCS_2_WARNING": "1"}
    environment = {**os.environ, **fixed}
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as messages:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=messages, start_new_session=True
        )
        seen, done = [0], threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, seen, done))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        done.set()
        watcher.join()
        said, told = (_read_back(file) for file in (output, messages))
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{told[-2000:]}")
    largest = usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, max(largest, *seen), said)


def _read_back(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _watch(session: int, seen: list[int], done: threading.Event) -> None:
    while not done.wait(_INTERVAL):
        seen.append(sum(_proportional_size(pid) for pid in _list_session(session)))


def _list_session(session: int) -> list[str]:
    """The processes of a session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[3]) == session:
            found.append(folder.name)
    return found


def _proportional_size(pid: str) -> int:
    try:
        rows = Path("/proc", pid, "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended meanwhile
    return sum(int(row.split()[1]) * 1024 for row in rows if row.startswith("Pss:"))
