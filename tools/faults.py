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
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import fault_states as states_of
from tools.fault_states import DIGEST, EDITED, TREES, Result
from tools.fault_trials import Bench, Trial, list_disk_faults, list_kills, list_pairs

WRONG_USE = 2


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
