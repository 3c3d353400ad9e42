"""Other tools on the same pages and files, by the same scorers: `make rivals EVAL=FOLDER`.

    python -m benchmarks.rivals FOLDER [--count 200] [--seed 1] [--python FILE]

FOLDER is what `make eval` takes. The rivals of requirements/rivals.txt are installed by their hashes into an environment
that lasts as long as the run (or `--python` names one that has them). What a rival gives is put into a report of this
project's format, so each figure is the scorer's own: an extractor has kept a line when it stands in the text it gave.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.plain_rules import LINE_RULES, Report, encode_samples, report_rule, report_split, report_texts

ROOT = Path(__file__).resolve().parent.parent
HERE = "build_digest (this project)"
SHIM = "{imports}\nfrom types import SimpleNamespace\ndef repair_text(text): return SimpleNamespace(text={call})\n"
REPAIRS = {
    "no repair": ("", "text"),
    "ftfy, default": ("import ftfy", "ftfy.fix_text(text)"),
    "ftfy, encoding alone": ("import ftfy", "ftfy.fix_encoding(text)"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Score everybody and print a table for each task."""
    parser = argparse.ArgumentParser(description="Other tools on the same pages and files")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=200, help="paragraphs for each kind of damage, texts an encoding")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", type=Path, help="a python that has the rivals (default: install them)")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    with tempfile.TemporaryDirectory() as name:
        temporary = Path(name)
        python = options.python or install(temporary / "environment")
        if (folder / "score_pages.py").is_file():
            print("\n".join(score_pages(folder, temporary, python)), flush=True)
        if (folder / "compilations.py").is_file():
            print("\n".join(score_compilations(folder, temporary, options.seed)), flush=True)
        if (folder / "score_repair.py").is_file():
            print("\n".join(score_repair(folder, temporary, python, options)), flush=True)
        print("\n".join(score_decoding(folder, temporary, python, options.count)))
    return 0


def install(folder: Path) -> Path:
    """The python of a new environment with the rivals."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*command, "--require-hashes", "-r", str(ROOT / "requirements" / "rivals.txt")], check=True)
    return python


def score_pages(folder: Path, temporary: Path, python: Path) -> Iterator[str]:
    """What is kept of pages, and which values are found."""
    pages, results = folder / "pages", temporary / "results.json"
    run(python, ROOT / "benchmarks" / "rival_methods.py", pages, results)
    reports: dict[str, Report] = {HERE: build_report(pages, temporary)}
    for name, found in json.loads(results.read_text("utf-8")).items():
        reports[name] = report_texts(pages, found)
    reports |= {name: report_rule(pages, keep) for name, keep in LINE_RULES.items()}
    yield "\n## Pages\n\n| | macro F1 | worst | kinds | title | date | source | author | invented |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for name, report in reports.items():
        file = temporary / "report.json"
        file.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
        yield f"| {name} | {' | '.join(read_page_score(run(sys.executable, folder / 'score_pages.py', pages, file)))} |"


def read_page_score(said: str) -> list[str]:
    """The figures of one run of score_pages.py.

    >>> said = "macro F1 0.9   worst 0.8\\nrecognised 2/3   pages without main text recognised 1/1\\n"
    >>> read_page_score(said + "title 1/2, 1   date 1/1, 2   source 0/0, 0   author 0/1, 0")
    ['0.9', '0.8', '3/4', '1/2', '1/1', '0/0', '0/1', '3']
    """
    macro, worst = (re.findall(rf"{name} (\d\.\d+)", said)[-1] for name in ("macro F1", "worst"))
    kinds = [tuple(map(int, pair)) for pair in re.findall(r"recognised (\d+)/(\d+)", said)]
    values = dict(re.findall(r"(\w+) (\d+/\d+), \d+", said))
    invented = sum(map(int, re.findall(r"\w+ \d+/\d+, (\d+)", said)))
    right, total = (sum(pair[place] for pair in kinds) for place in (0, 1))
    stated = [values[key] for key in ("title", "date", "source", "author")]
    return [macro, worst, f"{right}/{total}", *stated, str(invented)]


def score_compilations(folder: Path, temporary: Path, seed: int) -> Iterator[str]:
    """How well compilations are taken apart."""
    scorer, files = folder / "compilations.py", temporary / "compilations"
    run(sys.executable, scorer, "make", files, "--seed", seed)
    reports = {HERE: build_report(files, temporary), "plain regex splitter": report_split(files)}
    shown: dict[str, dict[str, str]] = {}
    for name, report in reports.items():
        file = temporary / "report.json"
        file.write_text(json.dumps(report, ensure_ascii=False), "utf-8")
        shown[name] = dict(
            re.findall(r"^(\w+) .* F1 (\d\.\d+)", run(sys.executable, scorer, "score", files, file), re.M)
        )
    styles = list(shown[HERE])
    yield f"\n## Compilations, F1\n\n| | {' | '.join(styles)} |\n| --- |{' ---: |' * len(styles)}"
    for name, row in shown.items():
        yield f"| {name} | {' | '.join(row[style] for style in styles)} |"


def score_repair(folder: Path, temporary: Path, python: Path, options: argparse.Namespace) -> Iterator[str]:
    """How much damage is repaired; the scorer asks for this project's function and is given a rival's."""
    arguments = [folder / "score_repair.py", "--count", options.count, "--seed", options.seed]
    said = {HERE: run(sys.executable, *arguments)}
    for number, (name, (imports, call)) in enumerate(REPAIRS.items()):
        package = temporary / f"shim-{number}" / "build_digest"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "repair.py").write_text(SHIM.format(imports=imports, call=call), "utf-8")
        said[name] = run(python, *arguments, path=package.parent)
    kinds = [row[0].strip() for row in re.findall(r"^(.+?) exact (\d+/\d+)", said[HERE], re.M)]
    yield f"\n## Repair, exact (foreign characters)\n\n| | {' | '.join(kinds)} | clean text changed |\n| --- |{' ---: |' * (len(kinds) + 1)}"
    for name, text in said.items():
        cells = [
            f"{exact} ({foreign})" for exact, foreign in re.findall(r"exact (\d+/\d+).*foreign characters (\S+)", text)
        ]
        yield f"| {name} | {' | '.join(cells)} | {re.findall(r'clean text changed (.+)', text)[0]} |"


def score_decoding(folder: Path, temporary: Path, python: Path, count: int) -> Iterator[str]:
    """How often bytes become the very text."""
    texts = [path.read_text("utf-8") for path in sorted((folder / "pages").glob("*.txt"))]
    samples, file = encode_samples(texts, count), temporary / "texts.json"
    file.write_text(json.dumps(samples, ensure_ascii=False), "utf-8")
    script = ROOT / "benchmarks" / "rival_decoding.py"
    methods = {
        HERE: (sys.executable, "build_digest"),
        **{name: (python, name) for name in ("chardet", "charset-normalizer")},
    }
    found = {name: json.loads(run(by, script, method, file)) for name, (by, method) in methods.items()}
    encodings = list(found[HERE])
    yield f"\n## Decoding, exact\n\n| | {' | '.join(encodings)} |\n| --- |{' ---: |' * len(encodings)}"
    for name, row in found.items():
        yield f"| {name} | {' | '.join('/'.join(map(str, row[encoding])) for encoding in encodings)} |"


def build_report(texts: Path, temporary: Path) -> Report:
    """This project's report of a build of those texts."""
    corpus, docs, file = (Path(tempfile.mkdtemp(dir=temporary)) for _ in range(3))
    for path in texts.glob("*.txt"):
        shutil.copy(path, corpus)
    report = file / "report.json"
    run(
        sys.executable,
        "-m",
        "build_digest",
        "build",
        "--corpus",
        corpus,
        "--docs",
        docs,
        "--report",
        report,
        folder=file,
    )
    found: Report = json.loads(report.read_text("utf-8"))
    return found


def run(*command: object, path: Path = ROOT, folder: Path | None = None) -> str:
    """What a command prints; in a folder of its own what it says on standard error is of no interest."""
    environment = {**os.environ, "PYTHONPATH": str(path)}
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder or ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL if folder else None,
        text=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
