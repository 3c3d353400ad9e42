"""Names with characters of the extensions are seen wherever other names are."""

from __future__ import annotations

import re

import pytest

from build_digest.model import Source
from build_digest.pipeline import read
from build_digest.rulebook import Rulebook
from build_digest.text.characters import HAN, is_chinese

TEXT = "水库蓄水量在六月底达到全年最高，下游三个县的灌溉用水有了保证。管理局说，今年的来水比去年多一成。"


@pytest.mark.parametrize("character", "中㐂㛃䶿𠮷𰻝")
def test_the_class_has_the_extensions(character: str) -> None:
    assert re.fullmatch(f"[{HAN}]", character)
    assert is_chinese(character)


@pytest.mark.parametrize("character", "〇，aかー①")
def test_the_class_has_nothing_else(character: str) -> None:
    assert not re.fullmatch(f"[{HAN}]", character)


@pytest.mark.parametrize("name", ["王小明", "王小㐂", "王𠮷明"])
@pytest.mark.parametrize(
    "lines",
    ["本报记者 {}", "作者：{}", "（记者 {}）", "文/{}", "图文 {}", "{}（唐）", "{}1，李大水2"],
)
def test_a_name_is_read_whatever_its_characters(rulebook: Rulebook, lines: str, name: str) -> None:
    def authors(name: str) -> list[str]:
        text = f"水库蓄水创新高\n来源：河谷日报\n{lines.format(name)}\n{TEXT}\n{TEXT}"
        articles = read(Source("a.txt", text.encode()), rulebook).articles
        return [author.value.replace(name, "王小明") for each in articles for author in each.description.authors]

    assert "王小明" in authors(name)
    assert authors(name) == authors("王小明")


@pytest.mark.parametrize("name", ["王小㐂", "王𠮷明"])
def test_a_voice_is_heard_whatever_its_characters(rulebook: Rulebook, name: str) -> None:
    text = f"水库蓄水创新高\n{TEXT}\n河谷大学教授{name}表示，今年的来水比去年多一成，水位也高。\n{TEXT}"
    (article,) = read(Source("a.txt", text.encode()), rulebook).articles
    assert name in [voice.name for voice in article.voices]
