"""Reading Chinese in Latin letters, held against the package that the table was made with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from build_digest.site.address import slug
from build_digest.text.pinyin import read_pinyin

PHRASES = sorted(PHRASES_DICT)
END = "㐀"
"""Stands in no phrase: that package reads the beginning of a phrase at the end of a text in a way of its own."""


def test_every_phrase_and_every_character_is_read_as_by_the_package() -> None:
    texts = [*PHRASES, *map(chr, PINYIN_DICT)]
    assert [text for text in texts if read_pinyin(text) != "-".join(lazy_pinyin(text))] == []


@given(st.lists(st.sampled_from(PHRASES) | st.text("重庆长行了AI5 ,，、é\ue815\U000300f8𠮷", max_size=3), max_size=6))
def test_texts_are_read_as_by_the_package(parts: list[str]) -> None:
    text = "".join(parts) + END
    assert read_pinyin(text) == "-".join(lazy_pinyin(text))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("重庆长江银行行长", "chong-qing-chang-jiang-yin-hang-hang-zhang"),
        ("哈萨克斯坦的巴尔喀什", "ha-sa-ke-si-tan-de-ba-er-ka-shi"),
        ("AI＋绿色", "ai-plus-lv-se"),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected
