"""Choosing keywords."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.keywords import extract, extract_from, weigh
from build_digest.words.fragments import is_fragment
from build_digest.words.keyphrases import BREAK, SHORT, content_words, find_phrases, look_up_all
from build_digest.words.phrase_features import Setting, features
from build_digest.words.segment import Segmented, fold_keeping_case, segment, weights

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
SHORT_TEXTS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "keywords" / "fragments.yml").read_text("utf-8")
)
TEXT = st.lists(st.one_of(st.sampled_from(WORDS), st.characters(exclude_categories=["Cs"])), max_size=80).map("".join)


def phrases_of(segmented: Segmented, also: frozenset[str] = frozenset()) -> list[str]:
    return [phrase.text for phrase in find_phrases(segmented, look_up_all(segmented), also)]


def folded(words: list[str] | tuple[str, ...]) -> set[str]:
    return {fold_keeping_case(word).lower() for word in words}


def share_found(article: GoldArticle) -> float:
    return len(folded(extract(article.title, article.text, 5)) & folded(article.keywords)) / 5


def test_gold_list_is_sound() -> None:
    assert len(gold_articles()) == 28
    for article in gold_articles():
        assert len(set(article.keywords)) == 5, article.title
        whole = fold_keeping_case(f"{article.title}\n{article.text}")
        assert [word for word in article.keywords if fold_keeping_case(word) not in whole] == [], article.title
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
    small = [fold_keeping_case(keyword).lower() for keyword in found]
    assert not any(i != j and a in b for i, a in enumerate(small) for j, b in enumerate(small))
    assert found == extract(title, text, count)


@settings(max_examples=20)
@given(st.sampled_from([article for article in gold_articles() if "數" in article.text]), st.integers(1, 8))
def test_both_scripts_give_the_same_keywords(article: GoldArticle, count: int) -> None:
    traditional = extract(article.title, article.text, count)
    assert [fold_keeping_case(word) for word in traditional] == extract(
        fold_keeping_case(article.title), fold_keeping_case(article.text), count
    )
    assert any("業" in word or "質" in word for word in extract(article.title, article.text, 5))


def test_phrases_of_a_long_text_recur_or_stand_in_the_title() -> None:
    once, often = "企业获得数据产品。", "公共数据授权运营有序开展。各地探索公共数据授权运营。" * 40
    assert "公共数据授权运营" in phrases_of(segment("", often))
    assert "数据产品" not in phrases_of(segment("", often + once))
    assert "数据产品" in phrases_of(segment("数据产品", often + once))
    assert "数据产品" in phrases_of(segment("", often + once), frozenset({"数据产品"}))


def test_once_is_enough_for_a_phrase_of_a_short_text() -> None:
    assert {"探索", "数据产品"} <= set(phrases_of(segment("", "各地探索。企业获得数据产品。")))


@pytest.mark.parametrize("given", SHORT_TEXTS, ids=lambda given: given["title"])
def test_pieces_of_a_sentence_are_no_keywords(given: dict[str, Any]) -> None:
    keywords = extract(given["title"], given["text"], 8)
    assert not set(given["not"]) & set(keywords)
    assert set(given["keep"]) <= set(keywords)


@pytest.mark.parametrize("copies", [1, 60], ids=["short", "long"])
def test_everyday_words_are_no_keywords_however_often_they_stand(copies: int) -> None:
    text = "昨天夜里知道东西拆掉了，早上门外十万元。"
    assert extract("", text * copies, 8) == []


@pytest.mark.parametrize(
    ("text", "piece"),
    [("中苏友好协会成立。", "苏友好协会"), ("一万八千名跑者开跑。", "名跑者")],
    ids=["word", "measure"],
)
def test_a_piece_of_a_word_is_no_edge_of_a_phrase(text: str, piece: str) -> None:
    segmented = segment("", text)
    pieces = [phrase for phrase in find_phrases(segmented, look_up_all(segmented)) if phrase.text == piece]
    assert [is_fragment(phrase, segmented) for phrase in pieces] == [True]


def test_phrases_known_from_elsewhere_are_no_fragments() -> None:
    segmented = segment("", "各地允许摆摊。")
    assert "允许摆摊" not in extract_from(segmented, 8)
    assert "允许摆摊" in extract_from(segmented, 8, frozenset({"允许摆摊"}))


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
    segmented = segment("", "各地探索数据信托。" + "企业用模型生成文本，平台汇聚算力。" * 60)
    assert "数据信托" not in extract_from(segmented, 3)
    assert "数据信托" in extract_from(segmented, 3, frozenset({"数据信托"}))


def test_latin_names_of_several_words_stay_whole() -> None:
    text = "安装 Podman Desktop 之后，用 Podman Desktop 管理容器。Podman Desktop 很轻。"
    assert "Podman Desktop" in extract("使用 Podman Desktop", text, 3)


@pytest.mark.parametrize("word", ["10个", "竞相", "因地制宜", "2025"])
def test_figures_adverbs_and_idioms_are_no_keywords(word: str) -> None:
    assert word not in phrases_of(segment(word, f"{word}。{word}。"))


@pytest.mark.parametrize("article", gold_articles(), ids=lambda article: article.title)
def test_what_stands_once_in_a_long_text_need_not_be_looked_up(article: GoldArticle) -> None:
    segmented = segment(article.title, article.text)
    partly, wholly = look_up_all(segmented, once=False), look_up_all(segmented)
    assert len(segmented.words) >= SHORT and partly != wholly
    assert find_phrases(segmented, partly) == find_phrases(segmented, wholly)
    assert Setting.of(segmented, partly) == Setting.of(segmented, wholly)


@given(TEXT)
def test_content_words_are_those_that_are_looked_up_as_no_break(text: str) -> None:
    segmented = segment("", text)
    known = zip(segmented.words, look_up_all(segmented), strict=True)
    assert content_words(segmented.words) == {word for word, what in known if len(word) > 1 and what is not BREAK}


def test_there_is_a_weight_for_each_feature() -> None:
    segmented = segment("数据要素", "数据要素")
    known = look_up_all(segmented)
    phrase = find_phrases(segmented, known)[0]
    assert list(features(phrase, Setting.of(segmented, known))) == list(weights())


def test_scores_fall() -> None:
    scores = [score for _, score in weigh(segment(*gold_articles()[0][:2]))]
    assert scores == sorted(scores, reverse=True)
