"""Choosing keywords."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.keywords import Setting, extract, extract_from, features, weigh
from build_digest.words.keyphrases import SHORT, find_phrases, look_up_all
from build_digest.words.segment import Segmented, fold, segment, weights

from .gold_articles import GoldArticle, gold_articles

WORDS = (
    "公共数据",
    "授权",
    "运营",
    "數據",
    "安全",
    "的",
    "，",
    "。",
    "\n",
    "5G",
    "AI",
    "ＡＩ",
    "发展",
    "工业互联网",
    "平台",
    " ",
    "-",
    "①",
    "2025",
)
TEXT = st.lists(st.one_of(st.sampled_from(WORDS), st.characters(exclude_categories=["Cs"])), max_size=80).map("".join)


def phrases_of(segmented: Segmented, also: frozenset[str] = frozenset()) -> list[str]:
    return [phrase.text for phrase in find_phrases(segmented, look_up_all(segmented.words), also)]


def folded(words: list[str] | tuple[str, ...]) -> set[str]:
    return {fold(word).lower() for word in words}


def share_found(article: GoldArticle) -> float:
    return len(folded(extract(article.title, article.text, 5)) & folded(article.keywords)) / 5


def test_gold_list_is_sound() -> None:
    assert len(gold_articles()) == 28
    for article in gold_articles():
        assert len(set(article.keywords)) == 5, article.title
        whole = fold(f"{article.title}\n{article.text}")
        assert [word for word in article.keywords if fold(word) not in whole] == [], article.title
        assert not any(a != b and a in b for a in article.keywords for b in article.keywords), article.title


def test_keywords_of_the_articles() -> None:
    mean = sum(map(share_found, gold_articles())) / len(gold_articles())
    assert mean >= 0.58


@pytest.mark.parametrize("article", gold_articles(), ids=lambda article: article.title[:12])
def test_each_article_has_keywords_that_name_its_subject(article: GoldArticle) -> None:
    keywords = extract(article.title, article.text, 8)
    assert len(keywords) == 8
    assert share_found(article) >= 0.4
    assert not folded(keywords) & {"发展", "推动", "数字", "技术", "体系", "产业", "企业", "问题", "作用"}


@given(TEXT, TEXT, st.integers(0, 12))
def test_keywords_stand_in_the_text_and_not_in_each_other(title: str, text: str, count: int) -> None:
    found = extract(title, text, count)
    assert len(found) <= count
    assert all(keyword in title or keyword in text for keyword in found)
    assert all(len(keyword) > 1 and keyword.strip() == keyword for keyword in found)
    small = [fold(keyword).lower() for keyword in found]
    assert not any(i != j and a in b for i, a in enumerate(small) for j, b in enumerate(small))
    assert found == extract(title, text, count)


@settings(max_examples=20)
@given(st.sampled_from([article for article in gold_articles() if "數" in article.text]), st.integers(1, 8))
def test_both_scripts_give_the_same_keywords(article: GoldArticle, count: int) -> None:
    traditional = extract(article.title, article.text, count)
    assert [fold(word) for word in traditional] == extract(fold(article.title), fold(article.text), count)
    assert any("業" in word or "質" in word for word in extract(article.title, article.text, 5))


def test_phrases_recur_or_stand_in_the_title() -> None:
    text = "公共数据授权运营有序开展。各地探索公共数据授权运营。企业获得数据产品。"
    found = phrases_of(segment("", text * 30))
    assert "公共数据授权运营" in found
    assert "探索" in phrases_of(segment("", text))
    assert "数据产品" in phrases_of(segment("数据产品", text))
    assert "数据产品" not in phrases_of(segment("", text))
    assert "数据产品" in phrases_of(segment("", text), frozenset({"数据产品"}))


def test_general_words_are_no_keywords_of_a_long_text() -> None:
    text = "数字经济需要技术，实体经济也需要技术。"
    assert "技术" in phrases_of(segment("", text))
    long = segment("", text * 60)
    assert len(long.words) > SHORT
    assert "技术" not in phrases_of(long)


def test_a_fragment_between_two_better_phrases_is_left_out() -> None:
    keywords = extract(
        "三维叠后深度偏移", "工业互联网平台安全。工业互联网平台汇聚数据。工业互联网平台安全。数据要素。", 8
    )
    assert "工业互联网平台" in keywords
    assert "平台安全" not in keywords


def test_half_width_and_full_width_punctuation_are_one() -> None:
    wide = "数据要素流通，数据要素交易；数据资产入表（试点）。数据资产估值。"
    narrow = "数据要素流通,数据要素交易;数据资产入表(试点)。数据资产估值。"
    assert extract("", wide, 5) == extract("", narrow, 5)


def test_phrases_known_from_elsewhere_may_be_keywords() -> None:
    segmented = segment("", "各地探索数据信托。")
    assert "数据信托" not in extract_from(segmented, 3)
    assert "数据信托" in extract_from(segmented, 3, frozenset({"数据信托"}))


def test_latin_names_of_several_words_stay_whole() -> None:
    text = "安装 Podman Desktop 之后，用 Podman Desktop 管理容器。Podman Desktop 很轻。"
    assert "Podman Desktop" in extract("使用 Podman Desktop", text, 3)


@pytest.mark.parametrize("word", ["10个", "竞相", "因地制宜", "2025"])
def test_figures_adverbs_and_idioms_are_no_keywords(word: str) -> None:
    assert word not in phrases_of(segment(word, f"{word}。{word}。"))


def test_there_is_a_weight_for_each_feature() -> None:
    segmented = segment("数据要素", "数据要素")
    known = look_up_all(segmented.words)
    phrase = find_phrases(segmented, known)[0]
    assert list(features(phrase, Setting.of(segmented, known))) == list(weights())


def test_scores_fall() -> None:
    scores = [score for _, score in weigh(segment(*gold_articles()[0][:2]))]
    assert scores == sorted(scores, reverse=True)
