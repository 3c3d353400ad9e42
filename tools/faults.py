#!/usr/bin/env python3
"""Disturb builds in every way that a machine does, and look at what is left: `make faults ARGS="--kills 200 --seed 1"`.

Runs are killed at random moments, the disk is full, folders may not be written to, two builds run at once. After each,
every file below docs/ and site/ must be the old or the new one, whole; the next run must leave exactly what an
undisturbed run leaves; what people wrote must still be there; a failure must be told in a message, not in a traceback.
Prints one table; exit code 1 where something of that does not hold.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import fault_states as states_of
from tools.fault_states import DIGEST, EDITED, TREES, Result, States

WRONG_USE = 2


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all trials and print the table."""
    parser = argparse.ArgumentParser(description="Disturb builds and look at what is left")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--pairs", type=int, default=10, help="how often two builds run at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="trials at the same time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        bench = prepare(Path(temporary))
        trials = [*list_kills(options.kills, options.seed), *list_disk_faults(bench), *list_pairs(options.pairs)]
        with ThreadPoolExecutor(options.jobs) as executor:
            rows = list(executor.map(partial(carry_out, bench), range(len(trials)), trials))
    print(
        f"seed {options.seed}; an undisturbed build takes {bench.seconds['build']:.1f} s, a site {bench.seconds['site']:.1f} s\n"
    )
    print(write_table(trials, rows))
    return int(any(count[fault] for count in rows for fault in FAULTS))


def prepare(folder: Path) -> Bench:
    """A project with an editor's changes that no run has seen yet, and what an undisturbed run makes of it."""
    start, finished = folder / "start", folder / "finished"
    states_of.make_old(start)
    states_of.change(start)
    shutil.copytree(start, finished)
    seconds = {command: _finish(command, finished).seconds for command in ("build", "site")}
    states = states_of.read_states(start, finished)
    shutil.rmtree(finished)
    shutil.copytree(start, finished)
    seconds["site"] = _finish("site", finished).seconds
    if states_of.find_differences(finished, states, TREES):
        raise RuntimeError(
            "two undisturbed runs differ: " + ", ".join(states_of.find_differences(finished, states, TREES))
        )
    return Bench(folder, start, states, seconds)


def _finish(command: str, project: Path) -> Result:
    result = states_of.run([*DIGEST, command], project)
    if result.code:
        raise RuntimeError(result.said)
    return result


def carry_out(bench: Bench, number: int, trial: Trial) -> Counter[str]:
    """One trial: disturb a run, look at what is left, let the next run heal it, look again."""
    project = bench.folder / f"trial-{number}"
    shutil.copytree(bench.start, project)
    results = trial.disturb(bench, project)
    left = states_of.inspect(project, bench.states)
    count = Counter(
        runs=1,
        finished=all(result.code == 0 for result in results),
        torn=len(left.torn),
        missing=len(left.missing),
        leftovers=sum(path.startswith("docs/") for path in left.temporary),
        published=sum(path.startswith("site/") for path in left.temporary),
        tracebacks=sum("Traceback" in result.said for result in results),
        unsaid=sum(result.code not in (0, WRONG_USE, -signal.SIGKILL) for result in results),
    )
    count["lost edits"] = EDITED - states_of.count_edits(project)
    trees = TREES if trial.command == "site" else TREES[:1]
    healing = states_of.run([*DIGEST, trial.command], project)
    unhealed = states_of.find_differences(project, bench.states, trees)
    count["not healed"] = int(bool(unhealed) or healing.code != 0)
    count["lost edits"] += EDITED - states_of.count_edits(project)
    if any(count[fault] for fault in FAULTS):
        _tell(number, trial, results, [*left.torn, *left.missing, *left.temporary, *unhealed], healing)
    shutil.rmtree(project)
    return count


def _tell(number: int, trial: Trial, results: Sequence[Result], paths: Sequence[str], healing: Result) -> None:
    said = [
        result.said.strip().splitlines()[-1] for result in (*results, healing) if result.code and result.said.strip()
    ]
    print(f"trial {number}, {trial.fault}: {', '.join(paths[:5])} {'; '.join(said)}"[:400], file=sys.stderr, flush=True)


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


FAULTS = ("torn", "missing", "published", "lost edits", "tracebacks", "unsaid", "not healed")
COLUMNS = (
    "runs",
    "finished",
    "torn",
    "missing",
    "leftovers",
    "published",
    "lost edits",
    "tracebacks",
    "unsaid",
    "not healed",
)


def write_table(trials: Sequence[Trial], counts: Sequence[Counter[str]]) -> str:
    """A row for each fault."""
    sums: dict[str, Counter[str]] = {}
    for trial, count in zip(trials, counts, strict=True):
        sums.setdefault(trial.fault, Counter()).update(count)
    sums["together"] = sum(sums.values(), Counter())
    heads = {
        "leftovers": "temporary files in docs",
        "published": "temporary files in site",
        "unsaid": "wrong exit codes",
    }
    lines = [
        f"| fault | {' | '.join(heads.get(name, name) for name in COLUMNS)} |",
        f"| --- |{' ---: |' * len(COLUMNS)}",
    ]
    lines += [f"| {name} | {' | '.join(str(count[key]) for key in COLUMNS)} |" for name, count in sums.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
