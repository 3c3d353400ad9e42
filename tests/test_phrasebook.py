"""Learning phrases from a corpus."""

from __future__ import annotations

from build_digest.keywords import choose, weigh
from build_digest.words.phrasebook import learn_phrases
from build_digest.words.segment import segment

from .gold_articles import gold_articles

ARTICLES = [segment(article.title, article.text) for article in gold_articles()]


def test_phrases_that_articles_share() -> None:
    learned = learn_phrases(ARTICLES)
    assert {"数字技术", "授权运营", "数据安全", "科技创新", "深度融合"} & set(learned)
    assert all(count >= 3 for count in learned.values())
    assert learned == learn_phrases(reversed(ARTICLES))


def test_an_unrelated_article_teaches_nothing_and_changes_nothing() -> None:
    other = segment("奥氮平的合成", "介绍奥氮平的合成。奥氮平的合成路线短。")
    assert learn_phrases([*ARTICLES, other]) == learn_phrases(ARTICLES)


def test_a_learned_phrase_is_a_keyword_where_it_stands_once() -> None:
    long = segment("", "企业探索数据信托。" + "企业用模型生成文本，平台汇聚算力。" * 60)
    assert "数据信托" not in choose(long, weigh(long), 3)
    assert "数据信托" in choose(long, weigh(long, frozenset({"数据信托"})), 3)
