"""Choosing the sentences of a summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build_digest.keywords import weigh
from build_digest.summarise import summarise, summarise_from
from build_digest.words.segment import fold_keeping_case, segment
from build_digest.words.statements import LONGEST, SHORTEST, Statement, find_statements, stands_alone

from .gold_articles import GoldArticle, gold_articles

RULES = yaml.safe_load((Path(__file__).parent.parent / "build_digest" / "rules" / "summary.yml").read_text("utf-8"))
PATTERNS = [(group, rule) for group, rules in RULES.items() if isinstance(rules, list) for rule in rules]
PIECES = (
    "公共数据授权运营扩大了高质量数据供给,为中小企业创新降低了门槛。",
    "对此,",
    "首先，",
    "记者：",
    "吗？",
    "\n",
    "。",
    "“",
    "”",
    "(",
    "一是",
    "數據要素",
    "①",
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cs"])), max_size=40).map("".join)
GOOD = "公共数据授权运营扩大了高质量数据供给，为中小企业创新降低了门槛。"
ALSO = "数据交易平台连接供需双方，缺乏统一规则导致数据价值难以释放。"


def _find(text: str) -> list[Statement]:
    return find_statements(text, fold_keeping_case(text))


@pytest.mark.parametrize(
    ("group", "rule"), PATTERNS, ids=lambda value: value if isinstance(value, str) else value["example"]
)
def test_each_pattern_matches_its_example_and_leaves_the_other_alone(group: str, rule: dict[str, str]) -> None:
    find = re.match if group in ("leads", "hangs", "directives") else re.search
    assert find(rule["pattern"], fold_keeping_case(rule["example"]))
    assert not find(rule["pattern"], fold_keeping_case(rule["not"]))


@pytest.mark.parametrize("article", gold_articles(), ids=lambda article: article.title[:12])
def test_summaries_of_the_articles(article: GoldArticle) -> None:
    summary = summarise(article.title, article.text)
    assert len(summary) == 3
    assert len(set(summary)) == 3
    places = [article.text.index(sentence) for sentence in summary]
    assert places == sorted(places)
    for sentence in summary:
        assert SHORTEST <= len(sentence) <= LONGEST
        assert sentence[-1] in "。！!”"
        assert stands_alone(fold_keeping_case(sentence).lower())
        assert not re.match(
            "[一二三四五六七八九十]是|首先|其次|对此|为此|這|这|其|此外|同时|记者|記者|曹鵬：|金壯龍", sentence
        )


@given(TEXT, TEXT, st.integers(0, 5))
def test_summary_sentences_are_verbatim_and_in_order(title: str, text: str, count: int) -> None:
    summary = summarise(title, text, count)
    assert len(summary) <= count
    at = -1
    for sentence in summary:
        at = text.index(sentence, at + 1)
    assert summary == summarise(title, text, count)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一、背景",
        "公共数据授权运营扩大了高质量数据供给，为中小企业创新降低了门槛",
        "公共数据授权运营怎样才能扩大高质量数据供给，为中小企业降低门槛呢？",
        f"对此，{GOOD}",
        f"二是{GOOD}",
        f"记者：{GOOD}",
        f"其{GOOD}",
        f"“{GOOD}”",
        f"一方面，{GOOD}",
        "要实现这一目标，公共数据授权运营应当扩大高质量数据供给，为中小企业降低门槛。",
        "发展公共数据授权运营，各地各部门应当从以下五个方面着力推进，狠抓落实。",
        "公共数据授权运营。",
        GOOD[:-1] * 5 + "。",
        "他说：“公共数据授权运营扩大了高质量数据供给，为中小企业创新降低了门槛。",
    ],
)
def test_nothing_that_cannot_stand_alone(text: str) -> None:
    assert summarise("公共数据授权运营", text) == []


def test_the_speaker_is_no_part_of_the_sentence() -> None:
    assert summarise("", f"张三：{GOOD}") == [GOOD]
    assert summarise("", f"  張三:{GOOD}") == [GOOD]


def test_a_sentence_that_comes_twice_counts_once() -> None:
    assert [s.start for s in _find(f"{GOOD}\n{GOOD}")] == [0]


def test_sentences_say_different_things() -> None:
    same = "公共数据授权运营扩大了高质量数据的供给，也为中小企业的创新降低了门槛。"
    summary = summarise("公共数据授权运营", f"{GOOD}\n{same}\n{ALSO}")
    assert len(summary) == 2
    assert ALSO in summary


def test_formulas_give_way_to_what_the_article_says() -> None:
    formula = "党的二十届三中全会提出，要加快公共数据授权运营，释放公共数据的要素价值。"
    assert summarise("公共数据授权运营", f"{formula}\n{GOOD}", 1) == [GOOD]


def test_words_and_phrases_are_shared_with_the_keywords() -> None:
    segmented = segment("公共数据授权运营", GOOD)
    assert summarise_from(segmented, weigh(segmented)) == summarise("公共数据授权运营", GOOD)


@pytest.mark.parametrize(
    "lead",
    [
        "本报北京3月5日电（记者王大力）",
        "新华社北京3月5日电",
        "【本報訊】",
        "体育先锋讯 ",
        "某某华文网马德里讯（记者 Lucía Chen）",
        "（通讯员 李小红 记者 王大力）",
        "记者从市园林局了解到，",
        "据悉，",
        "第五条 ",
    ],
)
def test_a_sentence_begins_after_who_filed_it_and_where_it_was_heard(lead: str) -> None:
    (statement,) = _find(lead + GOOD)
    assert (statement.text, statement.start, statement.reported) == (GOOD, len(lead), True)


@pytest.mark.parametrize(
    "sentence",
    [
        "图为市民在新落成的河滨公园里散步，远处是正在修建的大桥。",
        "去年冬天他做了一次大手术，家里人轮流照顾了整整三个月时间。",
        "不是为了省钱，也不是为了所谓的情怀，只是想让老街留住人气。",
        "上面的小卖部只有周末才开门，一瓶矿泉水卖八块钱，要提前备好。",
        "据悉，该基金接受全省范围内的华人家庭申请，每户最多资助两万元。",
        "2024年6月13日至2024年6月19日，每天上午8:30至12:00。",
        "屋面防水、外墙粉刷、门窗更换等工程内容，详见磋商文件第四章。",
        "3、各地要做好防汛准备，严格落实值班制度，发现险情及时上报。",
    ],
)
def test_sentences_of_other_fields_that_hang_in_the_air(sentence: str) -> None:
    assert _find(sentence) == []
