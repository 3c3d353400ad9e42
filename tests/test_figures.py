"""Figures worth quoting: sentences with their figures, figures of the sample corpus, and what always holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.errors import RuleError
from build_digest.mentions.figure_rules import load_figure_rules
from build_digest.mentions.figures import Figure, find_figures

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
NEWS = (CORPUS / "002_f00e516df2fcacf4.txt").read_text("utf-8").split("\n")
LONG = (CORPUS / "004_7b565dc91b5bb591.txt").read_text("utf-8").split("\n")


def figures_in(text: str) -> list[tuple[str, str, str]]:
    return [(figure.value, figure.measure, figure.subject) for figure in find_figures([(1, text)])]


def read_sentences() -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / "figures" / "sentences.yml").read_text("utf-8")))


def test_sentences_from_other_fields() -> None:
    right = found = wanted = 0
    for entry in read_sentences():
        here = set(figures_in(entry["text"]))
        labelled = {(value, measure, (*rest, "")[0]) for value, measure, *rest in entry["figures"]}
        right += len(here & labelled)
        found += len(here)
        wanted += len(labelled)
    assert right / found >= 0.92
    assert right / wanted >= 0.92


def is_labelled(found: tuple[str, str, str], label: tuple[str, str, str]) -> bool:
    """Whether the value is the same and the measure and subject end with the labelled words, which who or when may precede."""
    return found[0] == label[0] and all(
        bool(mine) == bool(wanted) and mine.endswith(wanted) for mine, wanted in zip(found[1:], label[1:], strict=True)
    )


@pytest.mark.parametrize("part", ["tuning", "held_out"])
def test_figures_of_many_fields(part: str) -> None:
    right = found = wanted = 0
    for entry in yaml.safe_load((HERE / "figures" / "fields.yml").read_text("utf-8"))[part]:
        here = [named for named in figures_in(entry["text"]) if named[1] or named[2]]
        labels = [(value, measure, (*rest, "")[0]) for value, measure, *rest in entry["figures"]]
        right += sum(any(is_labelled(named, label) for named in here) for label in labels)
        found += len(here)
        wanted += len(labels)
    assert right / found >= 0.95
    assert right / wanted >= 0.95


@pytest.mark.parametrize(
    "text",
    [
        "城镇、农村居民人均收入分别达到5万元和2万元。",
        "价格同比、环比分别上涨0.5%和0.2%。",
        "失业率在2022年和2023年分别为5.6%和5.2%。",
        "甲乙两市分别投入3亿元。",
    ],
)
def test_a_list_that_cannot_be_paired_gives_no_measure(text: str) -> None:
    assert not any(measure or subject for _, measure, subject in figures_in(text))


def test_a_quoted_list_is_paired_with_its_second_list_of_rates() -> None:
    text = "“出口额”、“进口额”分别为5亿元和6亿元，分别增长7%和8%。"
    assert figures_in(text) == [
        ("5亿元", "出口额", ""),
        ("6亿元", "进口额", ""),
        ("7%", "增长", "出口额"),
        ("8%", "增长", "进口额"),
    ]


def test_what_is_only_counted_by_is_no_measure() -> None:
    assert figures_in("按每月八百元的标准给予补贴。")[0][1:] == ("", "")


def test_tenths_keep_their_half() -> None:
    assert figures_in("垃圾量減少三成五。") == [("三成五", "垃圾量減少", "")]


def test_a_limit_keeps_its_not() -> None:
    assert figures_in("每班不超过45人。")[0][0] == "不超过45人"


def stands(figure: Figure, text: str) -> bool:
    """Whether all that the figure shows stands in its sentence, and the sentence in the text."""
    parts = (figure.value, figure.measure, figure.subject)
    return figure.sentence in text and all(part in figure.sentence for part in parts)


@pytest.mark.parametrize("file", sorted(path.name for path in CORPUS.glob("*.txt")))
def test_every_figure_of_the_sample_corpus_stands_in_its_sentence(file: str) -> None:
    lines = (CORPUS / file).read_text("utf-8").split("\n")
    for figure in find_figures(list(enumerate(lines, start=1))):
        assert stands(figure, lines[figure.line - 1])


def test_the_figures_an_editor_looks_for_come_first() -> None:
    figures = find_figures(list(enumerate(NEWS[:17], start=1)))
    best = max(figures, key=lambda figure: figure.weight)
    assert (best.value, best.measure, best.unit, best.line) == ("1.35万亿元", "核心产业规模", "元", 7)
    assert best.sentence.startswith("统计显示")
    assert ("超9600万台(套)", "工业设备") in [(figure.value, figure.measure) for figure in figures]
    assert ("700家", "5G工厂") in [(figure.value, figure.measure) for figure in figures]


def test_a_rate_without_a_subject_weighs_less() -> None:
    (alone,) = find_figures([(1, "同比增长7.2%。")])
    _, after = find_figures([(1, "利润1.02万亿元,同比增长7.2%。")])
    assert alone.weight < after.weight
    assert after.subject == "利润"


def test_what_is_measured_respectively_is_paired() -> None:
    found = figures_in(LONG[121][LONG[121].index("2023年") :])
    assert found == [("62.9%", "重点工业企业关键工序数控化率", ""), ("80.1%", "数字化研发设计工具普及率", "")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"pattern": "(", "example": "x"}, "regular expression"), ({"pattern": "a", "example": "b"}, "does not match")],
)
def test_rules_that_fail_their_examples_are_refused(wrong: dict[str, str], said: str) -> None:
    keys = ("idle", "links", "rates", "openings", "ends", "telling", "sourced", "glued")
    lists: dict[str, Any] = {key: ["词"] for key in keys}
    writing = yaml.safe_load((HERE.parent / "build_digest/rules/figures.yml").read_text("utf-8"))["writing"]
    data = {
        **lists,
        "writing": writing,
        "units": [{"weight": 1, "units": ["元"]}],
        "around": {"before": ["超"], "after": ["多"]},
    }
    assert load_figure_rules(yaml.safe_dump({**data, "none": [{"pattern": "a", "example": "a"}]}))
    with pytest.raises(RuleError, match=said):
        load_figure_rules(yaml.safe_dump({**data, "none": [wrong]}))
    with pytest.raises(RuleError, match=said):
        load_figure_rules(yaml.safe_dump({**data, "none": [], "writing": [*writing, {"id": "wrong", **wrong}]}))


PIECES = "0123456789.,%,、。的约超近亿万元家个成同比增长达到2024年第三分之二半“”()工业产值规模"


@settings(deadline=None)
@given(st.text(PIECES, max_size=50))
def test_whatever_is_found_stands_in_the_text(text: str) -> None:
    for figure in find_figures([(1, text)]):
        assert stands(figure, text)
        assert 0 <= figure.weight <= 2
        assert figure.value


@settings(deadline=None)
@given(st.text(PIECES, max_size=30))
def test_width_changes_no_figure(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in map(ord, "0123456789%,.()")})
    assert [(f.line, f.weight) for f in find_figures([(1, wide)])] == [
        (f.line, f.weight) for f in find_figures([(1, text)])
    ]
