"""Cutting text into words."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from build_digest.text.script import remember_short
from build_digest.words.segment import data_lines, fold_keeping_case, segment, vocabulary

CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("*.txt"))
TEXT = st.text(
    st.one_of(st.sampled_from("数字经济發展產業ＡＩ5G，。\n 的了—“”"), st.characters(exclude_categories=["Cs"]))
)


@pytest.mark.filterwarnings("ignore")
def test_rjieba_gives_the_words_of_jieba() -> None:
    jieba = importlib.import_module("jieba")
    jieba.setLogLevel(60)
    lines = [
        re.sub(r"[^\u4e00-\u9fff]+", "，", fold_keeping_case(line))
        for path in CORPUS
        for line in path.read_text("utf-8").split("\n")
    ]
    assert len(lines) > 500
    assert [*map(rjieba.Jieba().cut, lines)] == [jieba.lcut(line) for line in lines]


@given(TEXT, TEXT)
def test_words_make_up_the_whole_text(title: str, text: str) -> None:
    segmented = segment(title, text)
    count = len(segmented.words)
    assert segmented.surface(0, count) == f"{title}\n{text}"
    assert [
        word.lower() for word in map(fold_keeping_case, (segmented.surface(i, i + 1) for i in range(count)))
    ] == list(segmented.words)
    assert segmented.starts[segmented.body] > len(title) or segmented.body == count


@given(TEXT)
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold_keeping_case(text)) == len(text)


@pytest.mark.parametrize("word", data_lines("rules/words.txt"))
def test_added_words_stay_whole(word: str) -> None:
    assert word.lower() in segment("", f"发展{word}的意义").words


def test_traditional_text_is_cut_as_simplified_text_is() -> None:
    traditional, simplified = "推動公共數據資源開發利用，發展新質生產力。", "推动公共数据资源开发利用,发展新质生产力。"
    assert segment(traditional, "").words == segment(simplified, "").words
    assert segment(traditional, "").surface(1, 3) == "公共數據資源"


def test_characters_that_are_simplified_already_stay() -> None:
    assert fold_keeping_case("什么著名論著") == "什么著名论著"
    assert fold_keeping_case("隨著") == "随着"


def test_lists_hold_single_words() -> None:
    lists = [vocabulary(name) for name in ("breaks", "ends", "general", "beginnings", "contents", "phrases")]
    assert all(lists)
    assert all(fold_keeping_case(word).lower() == word for words in lists for word in words)


def test_short_texts_are_remembered_and_long_ones_are_not() -> None:
    seen: list[str] = []
    remembered = remember_short(lambda text: seen.append(text) or text)
    for text in ("水", "水", "水" * 3000, "水" * 3000):
        assert remembered(text) == text
    assert [len(text) for text in seen] == [1, 3000, 3000]
