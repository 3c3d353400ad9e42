#!/usr/bin/env python3
"""Lock the newest fitting versions with hashes: requirements/*.in to requirements/*.txt, without addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
HEAD = "# Made by `make lock` from {name}.in and pyproject.toml; do not edit.\n"


def main() -> None:
    """Write all lock files; dev takes over what site locked, rivals stands alone."""
    for name in ("site", "dev", "rivals"):
        command = ["-m", "piptools", "compile", "--upgrade", "--generate-hashes", "--allow-unsafe", "--strip-extras"]
        command += ["--no-header", "--no-emit-index-url", "--no-emit-trusted-host", "--no-emit-find-links"]
        command += ["--no-annotate", "--quiet", f"--output-file={name}.txt", f"{name}.in"]
        subprocess.run([sys.executable, *command], cwd=FOLDER, check=True)
        lock = FOLDER / f"{name}.txt"
        lock.write_text(HEAD.format(name=name) + lock.read_text("utf-8"), "utf-8")


if __name__ == "__main__":
    main()
