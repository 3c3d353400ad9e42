#!/usr/bin/env python3
"""Everything a checkout can be asked to do, from a bare python3: `python3 tools/dev.py site` (or test, serve, check …).

It makes the environment in .venv when that is missing or older than the lock files, then runs the task in it. The
Makefile only forwards to this file, so a machine without make loses nothing.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")

DIGEST = ["-m", "build_digest"]
PYTEST = ["-m", "pytest"]
TASKS: dict[str, list[list[str]]] = {
    "site": [[*DIGEST, "site"]],
    "serve": [[*DIGEST, "serve"]],
    "build": [[*DIGEST, "build"]],
    "test": [
        ["tools/browser.py"],
        [*PYTEST, "-n", "auto", "--dist", "loadfile", "--cov", "--cov-report=term:skip-covered", "--cov-fail-under=95"],
    ],
    "check": [
        ["-m", "ruff", "format", "--check", "."],
        ["-m", "ruff", "check", "."],
        ["-m", "mypy"],
        [*DIGEST, "check", "--strict"],
    ],
    "lock": [["tools/lock.py"]],
    "eval": [["tools/evaluate.py"]],
    "bench": [["-m", "benchmarks.bench_build"]],
    "faults": [["tools/faults.py"]],
    "fuzz": [["tools/fuzz.py"]],
    "patterns": [["tools/patterns.py"]],
    "rivals": [["-m", "benchmarks.rivals"]],
    "bench-search": [["-m", "benchmarks.bench_search"]],
}
NEEDS = {"site": "site", "serve": "site", "build": "site"}


def main(arguments: list[str]) -> int:
    """Run one task; further arguments go to its last command."""
    if not arguments or arguments[0] not in TASKS:
        print(f"usage: python3 tools/dev.py {{{','.join(TASKS)}}} [OPTION ...]", file=sys.stderr)
        return 2
    task, *rest = arguments
    make_environment(NEEDS.get(task, "dev"))
    commands = [list(command) for command in TASKS[task]]
    commands[-1] += rest
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    for command in commands:
        code = subprocess.run([str(PYTHON), *command], cwd=ROOT, env=environment, check=False).returncode
        if code:
            return code
    if task == "site":
        print("the site is ready in site/; `make serve` shows it and follows your changes", file=sys.stderr)
    return 0


def make_environment(kind: str) -> None:
    """An environment with the locked packages: `site` for making the site, `dev` for everything."""
    lock = ROOT / "requirements" / f"{kind}.txt"
    state = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    marks = {name: VENV / f".{name}" for name in ("site", "dev")}
    if marks[kind].is_file() and marks[kind].read_text() == state:
        return
    print(f"making the environment in {VENV.relative_to(ROOT)} …", file=sys.stderr)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(lock)], cwd=ROOT, check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], cwd=ROOT, check=True)
    marks[kind].write_text(state)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
