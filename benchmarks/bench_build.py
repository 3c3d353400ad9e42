"""What making a site costs, beside plain MkDocs on the same Markdown and beside what people do today: `make bench`.

    python -m benchmarks.bench_build [--sizes 100,1000,10000] [--rounds 3,3,2] [--without today,stages]
                                     [--table FILE] [--plot FILE] [--work FOLDER]

Everything is measured in this one run, each thing in a process and a folder of its own; figures are medians over the
rounds. `floor` is MkDocs with Material on the Markdown that our build step wrote, articles out of the navigation, no
search; `today` the same with Material's search (lunr, with jieba), its tags, and every page in the navigation, measured
up to `--today-up-to` articles. Leave the machine alone meanwhile.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.bench_table import describe_machine, draw_plot, write_table
from benchmarks.process import ROOT, run

PARTS = ("jieba", "stages", "build", "floor", "today", "nothing", "changed")
JIEBA_UP_TO = 1000
"""The figure to compare with is the one at this size; jieba is linear."""

DIGEST = [sys.executable, "-m", "build_digest"]
MKDOCS = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file"]
# Both are the project's own configuration but for what is named here.
FLOOR = "INHERIT: mkdocs.yml\nplugins: []\n"
TODAY = "INHERIT: mkdocs.yml\nplugins: [search, tags]\nnav: null\n"

Figures = dict[str, list[float]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure every size, then print one table and write it and the plot where that was asked for."""
    options = read_options(arguments)
    results: dict[int, dict[str, float]] = {}
    machine = describe_machine()
    with tempfile.TemporaryDirectory(dir=options.work) as temporary:
        for size, rounds in zip(options.sizes, options.rounds, strict=True):
            figures = measure_size(Path(temporary), size, rounds, options)
            results[size] = {name: median(values) for name, values in figures.items()}
    table = write_table(results, machine, dict(zip(options.sizes, options.rounds, strict=True)))
    print(table)
    if options.table:
        options.table.write_text(table + "\n", "utf-8")
    if options.plot:
        options.plot.write_text(draw_plot(results), "utf-8")
    return 0


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line; one number of rounds is for all sizes."""
    parser = argparse.ArgumentParser(description="What making a site costs, beside plain MkDocs")
    parser.add_argument("--sizes", type=_numbers, default=[100, 1000, 10_000], help="articles (default: %(default)s)")
    parser.add_argument("--rounds", type=_numbers, default=[3, 3, 2], help="for each size, or one number for all")
    parser.add_argument("--without", type=_parts, default=(), help=f"leave out some of {','.join(PARTS)}")
    parser.add_argument("--today-up-to", type=int, default=1000, metavar="SIZE")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the table there too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw seconds by size there, as SVG")
    parser.add_argument(
        "--work", type=Path, metavar="FOLDER", help="where to put what is built (default: the system's)"
    )
    options = parser.parse_args(arguments)
    if len(options.rounds) != len(options.sizes):
        options.rounds = [options.rounds[0]] * len(options.sizes)
    return options


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _parts(text: str) -> list[str]:
    parts = text.split(",")
    if not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"name some of {','.join(PARTS)}")
    return parts


def measure_size(temporary: Path, size: int, rounds: int, options: argparse.Namespace) -> Figures:
    """Every figure of one size, a value for each round."""
    figures: Figures = defaultdict(list)
    corpus = temporary / f"corpus-{size}"
    run([sys.executable, "-m", "benchmarks.bench_corpus", str(corpus), str(size)], ROOT)
    figures["corpus bytes"].append(sum(path.stat().st_size for path in corpus.iterdir()))
    for number in range(1, rounds + 1):
        folder = temporary / f"{size}-{number}"
        for part, measure in _list_parts(size, options):
            print(f"{size} articles, round {number} of {rounds}: {part} …", file=sys.stderr, flush=True)
            measure(corpus, folder, figures)
        shutil.rmtree(folder)
    shutil.rmtree(corpus)
    return figures


def _list_parts(size: int, options: argparse.Namespace) -> list[tuple[str, Callable[[Path, Path, Figures], None]]]:
    """What is measured in each round, in order; the site is always there, for others start from it."""
    parts = {
        "jieba": measure_jieba if size <= JIEBA_UP_TO else None,
        "stages": measure_stages,
        "build": measure_build,
        "site": measure_site,
        "floor": measure_floor,
        "today": measure_today if size <= options.today_up_to else None,
        "nothing": measure_nothing,
        "changed": measure_changed,
    }
    return [(name, measure) for name, measure in parts.items() if measure and name not in options.without]


def measure_jieba(corpus: Path, folder: Path, figures: Figures) -> None:
    """`jieba.cut` alone on the same texts."""
    del folder
    said = json.loads(run([sys.executable, "-m", "benchmarks.jieba_cut", str(corpus)], ROOT).output)
    figures["jieba seconds"].append(said["seconds"])
    figures["jieba cpu"].append(said["cpu"])


def measure_stages(corpus: Path, folder: Path, figures: Figures) -> None:
    """CPU seconds by stage of a build step from nothing, with one worker."""
    docs = folder / "stages"
    said = json.loads(run([sys.executable, "-m", "benchmarks.stages", str(corpus), str(docs)], _folder(folder)).output)
    for stage, seconds in said["stages"].items():
        figures[f"stage {stage}"].append(seconds)
    figures["start"].append(said["start"])
    figures["articles"].append(said["articles"])


def measure_build(corpus: Path, folder: Path, figures: Figures) -> None:
    """The build step from nothing."""
    _measure("build", [*DIGEST, "build"], make_project(corpus, folder / "build"), figures)


def measure_site(corpus: Path, folder: Path, figures: Figures) -> None:
    """Corpus to search index, from nothing."""
    project = make_project(corpus, folder / "site")
    _measure("site", [*DIGEST, "site"], project, figures)
    _measure_folder("site", project / "site", figures)


def measure_floor(corpus: Path, folder: Path, figures: Figures) -> None:
    """MkDocs and Material alone, on the Markdown of the site just made."""
    del corpus
    _render("floor", FLOOR, folder / "site", figures)


def measure_today(corpus: Path, folder: Path, figures: Figures) -> None:
    """MkDocs and Material with search, tags and every page in the navigation, on the same Markdown."""
    del corpus
    _render("today", TODAY, folder / "site", figures)


def measure_nothing(corpus: Path, folder: Path, figures: Figures) -> None:
    """Once more, with nothing changed."""
    del corpus
    _measure("nothing build", [*DIGEST, "build"], folder / "site", figures)
    _measure("nothing site", [*DIGEST, "site"], folder / "site", figures)


def measure_changed(corpus: Path, folder: Path, figures: Figures) -> None:
    """One article changed: for the build step, then another for the whole site."""
    del corpus
    for number, command in enumerate(("build", "site")):
        source = folder / "site" / "corpus" / f"article-{number:05}.txt"
        source.write_text(source.read_text("utf-8").replace("。", "，这一句是新的。", 1), "utf-8")
        _measure(f"changed {command}", [*DIGEST, command], folder / "site", figures)


def _render(name: str, configuration: str, project: Path, figures: Figures) -> None:
    file, site = project / f"{name}.yml", project.parent / name
    file.write_text(configuration, "utf-8")
    _measure(name, [*MKDOCS, file.name, "--site-dir", str(site)], project, figures)
    _measure_folder(name, site, figures)
    shutil.rmtree(site)
    file.unlink()


def make_project(corpus: Path, folder: Path) -> Path:
    """A project with that corpus, this project's configuration and its hand-written pages, and nothing built."""
    shutil.copytree(corpus, _folder(folder) / "corpus")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "docs").mkdir()
    for name in ("about.md", "guide.md"):
        shutil.copy(ROOT / "docs" / name, folder / "docs")
    return folder


def _folder(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _measure(name: str, command: Sequence[str], folder: Path, figures: Figures) -> None:
    cost = run(command, folder)
    for kind, value in (("seconds", cost.seconds), ("cpu", cost.cpu), ("peak", cost.peak)):
        figures[f"{name} {kind}"].append(value)


def _measure_folder(name: str, folder: Path, figures: Figures) -> None:
    sizes = {path: path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    pages = [size for path, size in sizes.items() if path.suffix == ".html"]
    values = {"files": len(sizes), "bytes": sum(sizes.values()), "pages": len(pages), "largest page": max(pages)}
    for kind, value in values.items():
        figures[f"{name} {kind}"].append(value)


if __name__ == "__main__":
    sys.exit(main())
