"""The commands that look for faults, small: that they find what they are made to find, and nothing in the program as it is."""

from __future__ import annotations

import dataclasses
import errno
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from benchmarks.plain_rules import encode_samples, keep_sentences, make_report, plain, report_split, report_texts
from benchmarks.rivals import read_page_score
from build_digest import cli
from build_digest.model import Source
from build_digest.packing import pack_tightly
from build_digest.pipeline import read
from build_digest.rulebook import Rulebook
from tools import fault_states, fault_trials, faults, fuzz, fuzz_growth, fuzz_inputs


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> fault_trials.Bench:
    return faults.prepare(tmp_path_factory.mktemp("faults"))


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_build_that_is_killed_leaves_whole_files_and_heals(bench: fault_trials.Bench, share: float) -> None:
    trial = fault_trials.Trial("killed", "build", partial(fault_trials._kill, ["build"], share))
    count = faults.carry_out(bench, int(share * 100), trial)
    assert {name: count[name] for name in faults.FAULTS} == dict.fromkeys(faults.FAULTS, 0)


def test_a_folder_without_permission_is_told(bench: fault_trials.Bench) -> None:
    trials = [
        t for t in fault_trials.list_disk_faults(bench) if t.fault == "no permission to write" and t.command == "build"
    ]
    for trial in trials:
        count = faults.carry_out(bench, 1, trial)
        assert {name: count[name] for name in faults.FAULTS} == dict.fromkeys(faults.FAULTS, 0)
        assert not count["finished"]


def test_what_is_wrong_with_trees_is_seen(tmp_path: Path) -> None:
    for name, data in {
        "docs/a.md": "new",
        "docs/b.md": "ne",
        "docs/.x.tmp": "",
        "site/.y.tmp": "",
        "site/c.html": "?",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(data)
    docs = {"a.md": b"old", "b.md": b"old", "gone.md": b"old", "lost.md": b"old"}
    new = {"a.md": b"new", "b.md": b"new", "lost.md": b"old"}
    states = fault_states.States({"docs": docs, "site": {}}, {"docs": new, "site": {}})
    left = fault_states.inspect(tmp_path, states)
    assert left == fault_states.Left(("docs/b.md", "site/c.html"), ("docs/lost.md",), ("docs/.x.tmp", "site/.y.tmp"))
    assert fault_states.find_differences(tmp_path, states, ("docs",)) == ["docs/.x.tmp", "docs/b.md", "docs/lost.md"]


@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EACCES, "no permission")]
)
def test_what_the_disk_refuses_is_a_message(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, said: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, "said by the system", "docs/articles/.x.tmp")

    monkeypatch.setattr("build_digest.cli.building.build", fail)
    assert cli.main(["build"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("build-digest: error: docs/articles: ")
    assert said in told


@pytest.mark.parametrize("kind", list(fuzz.KINDS))
def test_a_few_broken_inputs(kind: str) -> None:
    assert fuzz.run_chunk(kind, 1, 0, 25)[3] == []


def test_inputs_are_made_again_from_their_number() -> None:
    for make in (fuzz_inputs.make_bytes, fuzz_inputs.make_page, fuzz_inputs.make_rules):
        assert make(random.Random("read 1 7")) == make(random.Random("read 1 7"))


def test_a_lost_line_is_seen(rulebook: Rulebook) -> None:
    data = "水库蓄水。\n灌溉用水。\n".encode()
    reading = read(Source("a.txt", data), rulebook)
    fuzz.check_lines(reading, data)
    with pytest.raises(AssertionError, match="lines lost"):
        account = dataclasses.replace(reading.account(), lines=reading.lines[:1])
        fuzz.check_lines(dataclasses.replace(reading, packed=pack_tightly(account)), data)


def test_text_that_takes_ever_longer_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def make(size: int) -> Iterator[tuple[str, str]]:
        yield "one", "甲" * size

    monkeypatch.setattr(fuzz_inputs, "make_growing", make)
    monkeypatch.setitem(
        fuzz_growth.GROWING, "read", lambda text: sum(1 for a in range(len(text)) for b in range(0, len(text), 20))
    )
    monkeypatch.setattr(fuzz_growth, "NOISE", 1e-6)
    assert fuzz_growth.measure_growth("read", 0)[0] > 8


def test_what_an_extractor_gave_becomes_kept_lines(tmp_path: Path) -> None:
    (tmp_path / "000.txt").write_text("首页\n水库蓄水，\n灌溉。", "utf-8")
    report = report_texts(tmp_path, {"000": {"text": "<p>水库蓄水</p>", "title": "水", "author": "张三"}})
    assert [line["fate"] for line in report["sources"][0]["lines"]] == ["boilerplate", "body", "boilerplate"]
    assert (report["articles"][0]["title"], report["articles"][0]["authors"]) == ("水", ["张三"])
    assert make_report(tmp_path, {"000": ([False] * 3, {})})["sources"][0]["kind"] == "none"


def test_plain_rules(tmp_path: Path) -> None:
    assert [keep_sentences(line) for line in ("首页", "水库蓄水了。", "水库蓄水了", "“水库蓄水了！”")] == [
        False,
        True,
        False,
        True,
    ]
    (tmp_path / "a.txt").write_text("合集\n第一篇 水\n第二篇 水库蓄水\n正文。\n1、火与木\n正文。", "utf-8")
    report = report_split(tmp_path)
    assert [article["title"] for article in report["articles"]] == ["水库蓄水", "火与木"]
    assert [line["article"] for line in report["sources"][0]["lines"]] == [None, None, 0, 0, 1, 1]
    assert plain("２０２４ 年，") == "2024年"


def test_samples_are_in_encodings_that_can_hold_them() -> None:
    samples = encode_samples(["水庫蓄水", "简体"], 10)
    assert ("big5", "水庫蓄水") in samples
    assert ("big5", "简体") not in samples
    assert {encoding for encoding, _ in samples} == {"utf-8", "gb18030", "big5", "utf-16", "utf-16-le"}


def test_figures_are_read_from_the_scorer() -> None:
    said = "micro P 1 R 1 F1 1   macro F1 0.992   worst 0.959\narticle pages recognised 15/15   pages without main text recognised 14/14\n"
    said += "metadata right of stated, invented: title 15/15, 0   date 8/8, 0   source 4/5, 0   author 3/3, 1"
    assert read_page_score(said) == ["0.992", "0.959", "29/29", "15/15", "8/8", "4/5", "3/3", "1"]
