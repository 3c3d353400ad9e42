"""Disturbances of a build: it is killed, its disk is full or may not be written to, another build runs at the same time."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools import fault_states as states_of
from tools.fault_states import DIGEST, Result, States


@dataclass(frozen=True, slots=True)
class Bench:
    """Where trials take place: the project to begin from, the states that may be found, seconds of an undisturbed run."""

    folder: Path
    start: Path
    states: States
    seconds: dict[str, float]


@dataclass(frozen=True, slots=True)
class Trial:
    """One disturbance: its name, the command (`build` or `site`), and what disturbs it."""

    fault: str
    command: str
    disturb: Callable[[Bench, Path], list[Result]]


def list_kills(count: int, seed: int) -> Iterator[Trial]:
    """Builds of docs and of the site in turn, some with two workers, killed at moments spread over their whole length."""
    generator = random.Random(seed)
    for number in range(count):
        command = ("build", "site")[number % 2]
        options = ["--jobs", "2"] if number % 4 >= 2 else []
        share = generator.random()
        yield Trial(f"`{command}` killed", command, partial(_kill, [command, *options], share))


def _kill(command: Sequence[str], share: float, bench: Bench, project: Path) -> list[Result]:
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [*DIGEST, *command],
            cwd=project,
            env=states_of.environment(),
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            process.wait(share * bench.seconds[command[0]])
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
        code = process.wait()
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    return [Result(code, said, time.perf_counter() - start)]


# In a mount namespace of its own the project is put on a small disk that holds nothing more than $2 KB, or with parts of
# it mounted read-only; what the run left is copied back.
_FULL = """
disk=$(mktemp -d) && mount -t tmpfs -o size=64m tmpfs "$disk" && cp -a . "$disk" || exit 99
dd if=/dev/zero of="$disk/.fill" bs=4k 2>/dev/null; truncate -s "-$1K" "$disk/.fill"
shift; home=$PWD; cd "$disk"; "$@"; code=$?
cd "$home"; find . -mindepth 1 -delete; rm "$disk/.fill"; cp -a "$disk"/. .
umount "$disk"; rmdir "$disk"; exit $code
"""
_READ_ONLY = """
mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" || exit 99
shift; exec "$@"
"""
FREE = (0, 16, 64, 256, 1024, 4096)
"""Kilobytes left on the small disk."""


def list_disk_faults(bench: Bench) -> Iterator[Trial]:
    """A full disk, a disk mounted read-only and folders without permission to write, as far as this machine lets us."""
    if _can_mount(bench.folder):
        for command in ("build", "site"):
            for free in FREE:
                yield Trial("disk full", command, partial(_in_namespace, _FULL, str(free), command))
        for tree, command in (("docs", "build"), ("docs", "site"), ("site", "site")):
            yield Trial("disk read-only", command, partial(_in_namespace, _READ_ONLY, tree, command))
    else:
        print("full and read-only disks left out: no mount namespace here (unshare)", file=sys.stderr)
    for tree, command in (("docs", "build"), ("docs", "site"), ("site", "site")):
        if os.getuid() != 0 or shutil.which("setpriv"):
            yield Trial("no permission to write", command, partial(_without_permission, tree, command))


def _namespace() -> list[str]:
    return ["unshare", "--mount", *([] if os.getuid() == 0 else ["--map-root-user"])]


def _can_mount(folder: Path) -> bool:
    if not shutil.which("unshare"):
        return False
    (folder / "probe").mkdir()
    probe = [*_namespace(), "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder / "probe")]
    return states_of.run(probe, folder).code == 0


def _in_namespace(script: str, argument: str, command: str, bench: Bench, project: Path) -> list[Result]:
    del bench
    return [states_of.run([*_namespace(), "sh", "-c", script, "sh", argument, *DIGEST, command], project)]


def _without_permission(tree: str, command: str, bench: Bench, project: Path) -> list[Result]:
    """Root is held back by permissions too once it has given up the right to pass them over."""
    del bench
    held = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.getuid() == 0 else []
    folders = [project / tree, *(path for path in (project / tree).rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    result = states_of.run([*held, *DIGEST, command], project)
    for folder in folders:
        folder.chmod(0o755)
    return [result]


def list_pairs(count: int) -> Iterator[Trial]:
    """Two builds at once: of docs, of the site, and one of each."""
    for number in range(count):
        pair = (("site", "site"), ("build", "site"), ("build", "build"))[number % 3]
        yield Trial("two at once", pair[-1], partial(_run_both, pair, number / count))


def _run_both(pair: Sequence[str], share: float, bench: Bench, project: Path) -> list[Result]:
    """The second starts while the first is running; one of them may say that it has to wait for the other."""

    def begin(place: int) -> Result:
        time.sleep(place * share * bench.seconds[pair[0]])
        return states_of.run([*DIGEST, pair[place]], project)

    with ThreadPoolExecutor(2) as executor:
        return list(executor.map(begin, (0, 1)))
