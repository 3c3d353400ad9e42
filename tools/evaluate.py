#!/usr/bin/env python3
"""Run the scorers of an evaluation folder over this checkout: `make eval EVAL=FOLDER`.

The folder holds `pages/`, `score_pages.py`, `compilations.py`, `score_repair.py` and `score_keywords.py`; whatever of
these it lacks is left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = (1, 2, 3, 4, 5)


def main(arguments: list[str]) -> int:
    """Score pages, compilations, repair and keywords, each under a heading of its own."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: make eval EVAL=FOLDER", file=sys.stderr)
        return 2
    folder = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        _score_pages(folder, Path(temporary))
        _score_compilations(folder, Path(temporary))
    for scorer in ("score_repair.py", "score_keywords.py"):
        if (folder / scorer).is_file():
            print(f"\n== {scorer}", flush=True)
            _run(str(folder / scorer))
    return 0


def _score_pages(folder: Path, temporary: Path) -> None:
    if not (folder / "pages").is_dir():
        return
    print("== score_pages.py", flush=True)
    corpus = temporary / "pages"
    corpus.mkdir()
    for page in sorted((folder / "pages").glob("*.txt")):
        shutil.copy(page, corpus)
    report = _build(corpus)
    _run(str(folder / "score_pages.py"), str(folder / "pages"), str(report))


def _score_compilations(folder: Path, temporary: Path) -> None:
    scorer = folder / "compilations.py"
    for seed in SEEDS if scorer.is_file() else ():
        print(f"\n== compilations.py, seed {seed}", flush=True)
        corpus = temporary / f"compilations-{seed}"
        _run(str(scorer), "make", str(corpus), "--seed", str(seed))
        _run(str(scorer), "score", str(corpus), str(_build(corpus)))


def _build(corpus: Path) -> Path:
    """The report of a build of that corpus."""
    report = corpus.with_suffix(".report")
    docs = corpus.with_suffix(".docs")
    command = ["-m", "build_digest", "build", "--corpus", str(corpus), "--docs", str(docs), "--report", str(report)]
    _run(*command, quiet=True)
    return report


def _run(*command: str, quiet: bool = False) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    output = subprocess.DEVNULL if quiet else None
    subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=output, stderr=output)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
