"""The benchmark's own code: that it measures what it names. How long things take is nothing for a test."""

from __future__ import annotations

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks.bench_build import main
from benchmarks.bench_corpus import share_out, write_corpus
from benchmarks.bench_table import draw_plot, write_table
from benchmarks.process import ROOT, run
from build_digest.model import Known, Source
from build_digest.pipeline import digest
from build_digest.rulebook import Rulebook


def test_all_of_it_with_few_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, plot = tmp_path / "table.md", tmp_path / "plot.svg"
    options = ["--sizes", "20", "--rounds", "1", "--without", "build", "--work", str(tmp_path)]
    assert main([*options, "--table", str(table), "--plot", str(plot)]) == 0
    printed = capsys.readouterr()
    assert table.read_text("utf-8") == printed.out
    rows = {
        cells[1].strip(): cells[2].strip() for cells in (row.split("|") for row in printed.out.split("\n")) if cells[1:]
    }
    assert rows["articles found"] == "20"
    for name in ("whole site, s (CPU s)", "floor: MkDocs, Material, s (CPU s)", "… read: classify", "… deduplicate"):
        assert rows[name], name
    assert float(rows["today / whole site"]) > 0
    assert int(rows["site: files"]) > int(rows["floor's site: files"]) > 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plot.svg", "table.md"]
    ElementTree.fromstring(plot.read_text("utf-8"))


def test_every_stage_has_the_name_that_it_is_looked_for_by() -> None:
    # In a process of its own, for the clock stays around what it was put around.
    code = "from benchmarks.stages import Clock, watch; print(watch(Clock()))"
    assert run([sys.executable, "-c", code], ROOT).output == "[]\n"


def test_the_corpus_holds_the_articles_that_it_says(tmp_path: Path, rulebook: Rulebook) -> None:
    write_corpus(tmp_path / "corpus", 60)
    sources = [Source(path.name, path.read_bytes()) for path in sorted((tmp_path / "corpus").iterdir())]
    assert len(sources) == 41
    result = digest(sources, rulebook, Known())
    assert sum(reading.kind == "compilation" for reading in result.ledger) == 1
    assert len(result.articles) == 60


@pytest.mark.parametrize("count", [20, 100, 1000, 1234, 10_000])
def test_one_in_ten_articles_stands_in_a_compilation(count: int) -> None:
    sizes = share_out(count)
    assert all(20 <= size <= 30 for size in sizes)
    assert sum(sizes) == (0 if count < 40 else max(20, count // 10))


def test_the_cost_of_a_process_counts_its_children(tmp_path: Path) -> None:
    child = "import time; held = bytearray(80_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done')"
    cost = run([sys.executable, "-c", parent], tmp_path)
    assert cost.output == "done\n"
    assert cost.peak > 80_000_000
    assert cost.seconds > cost.cpu > 0


def test_a_process_that_fails_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="not today"):
        run([sys.executable, "-c", "raise SystemExit('not today')"], tmp_path)


def figures(seconds: float, page: float = 1e5) -> dict[str, float]:
    site = {f"{name} {kind}": seconds for name in ("site", "changed site") for kind in ("seconds", "cpu")}
    return {**site, "site peak": 1e9, "floor seconds": 4.0, "floor cpu": 4.0, "site largest page": page}


@pytest.mark.parametrize(
    ("large", "said"),
    [
        (figures(5.0), ["≤ 1.5 at 10,000: met", "≤ 5 s at 10,000: met", "≤ 300 at 10,000: met", "1,500 at 10,000, any of ours: met"]),
        (figures(9.0, 4e5), ["≤ 1.5 at 10,000: MISSED", "≤ 5 s at 10,000: MISSED", "≤ 300 at 10,000: MISSED"]),
        (figures(5.0) | {"build peak": 2e9}, ["1,500 at 10,000, any of ours: MISSED"]),
        (figures(5.0) | {"stage a": 24.0, "stage b": 1.0}, ["at 10,000 ≤ 1.2 × at 1,000: MISSED (1.25 ×)"]),
        (figures(5.0) | {"stage a": 22.0, "stage rules": 9.0}, ["at 10,000 ≤ 1.2 × at 1,000: met (1.10 ×)"]),
    ],
)  # fmt: skip
def test_the_table_says_which_targets_are_met(large: dict[str, float], said: list[str]) -> None:
    small = {"build seconds": 3.0, "build cpu": 3.0, "jieba seconds": 5.0, "jieba cpu": 5.0, "stage a": 2.0}
    table = write_table({1000: small, 10_000: large}, "a machine", {1000: 3, 10_000: 2})
    assert "< 1 at 1,000: met" in table
    for target in said:
        assert target in table
    assert table.count("MISSED") == sum("MISSED" in target for target in said)


def test_what_was_not_measured_is_not_judged() -> None:
    table = write_table({20: figures(1.0)}, "a machine", {20: 1})
    assert "MISSED" not in table
    assert "met" not in table
    assert "jieba" not in table


def test_names_of_lines_keep_clear_of_each_other() -> None:
    picture = ElementTree.fromstring(draw_plot({100: figures(4.0), 1000: figures(4.0)}))
    heights = [float(text.get("y", "")) for text in picture.findall(".//{*}text") if text.get("fill")]
    assert len(heights) == len(set(heights)) == 3
