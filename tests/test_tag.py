"""Topics: the gold list of the sample corpus, texts from other fields, the vocabulary's checks, and what always holds."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.errors import RuleError
from build_digest.tag import MOST, tag
from build_digest.text import script
from build_digest.words.phrases import Phrases
from build_digest.words.vocabulary import Vocabulary, load_vocabulary

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
SHIPPED = (files("build_digest") / "rules" / "topics.yml").read_text("utf-8")
VOCABULARY = load_vocabulary({"topics.yml": SHIPPED})
GENERAL = frozenset(
    [
        "数字",
        "发展",
        "推动",
        "服务",
        "技术",
        "创新",
        "企业",
        "经济",
        "产业",
        "建设",
        "加快",
        "促进",
        "提升",
        "重要",
        "智能",
        "赋能",
    ]
)

Lines = list[tuple[int, str]]


def read_gold(file: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / "topics" / file).read_text("utf-8")))


def read_article(entry: dict[str, Any]) -> tuple[str, list[str], Lines]:
    """Title, headings and numbered paragraphs of an entry, from the corpus or from the entry itself."""
    if "text" in entry:
        return entry["title"], [], list(enumerate(entry["text"].strip().split("\n"), start=1))
    lines = (CORPUS / entry["file"]).read_text("utf-8").split("\n")
    first, last = map(int, entry["lines"].split("-"))
    headings = [lines[number - 1] for number in entry["headings"]]
    numbers = [n for n in range(first, last + 1) if n not in entry["headings"] and lines[n - 1].strip()]
    return entry["title"], headings, [(number, lines[number - 1]) for number in numbers]


def score(entries: list[dict[str, Any]]) -> float:
    """F1 over all pairs of article and topic."""
    right = given_ = wanted = 0
    for entry in entries:
        found = {topic.name for topic in tag(*read_article(entry), VOCABULARY)}
        right += len(found & set(entry["topics"]))
        given_ += len(found)
        wanted += len(entry["topics"])
    return 2 * right / (given_ + wanted)


@pytest.mark.parametrize(("file", "floor"), [("gold.yml", 0.90), ("heldout.yml", 0.85)])
def test_topics_are_those_a_reader_gives(file: str, floor: float) -> None:
    assert score(read_gold(file)) >= floor


@pytest.mark.parametrize("file", ["gold.yml", "heldout.yml"])
def test_gold_topics_are_in_the_vocabulary(file: str) -> None:
    assert {name for entry in read_gold(file) for name in entry["topics"]} <= set(VOCABULARY.topics)


def test_gold_lists_each_article_once() -> None:
    titles = [entry["title"] for entry in read_gold("gold.yml")]
    assert len(titles) == len(set(titles)) == 28


@pytest.mark.parametrize("entry", read_gold("gold.yml") + read_gold("heldout.yml"), ids=lambda entry: entry["title"])
def test_every_article_has_a_few_topics_with_true_evidence(entry: dict[str, Any]) -> None:
    title, headings, paragraphs = read_article(entry)
    topics = tag(title, headings, paragraphs, VOCABULARY)
    assert len(topics) <= MOST
    assert bool(topics) == bool(entry["topics"])
    assert "text" in entry or len(topics) >= 2
    lines = {number: script.fold(text) for number, text in paragraphs} | {0: script.fold("\n".join([title, *headings]))}
    for topic in topics:
        assert topic.evidence
        for term, count, line in topic.evidence:
            assert script.fold(term) in lines[line]
            assert count <= sum(text.count(script.fold(term)) for text in lines.values())


def test_no_topic_is_a_general_word() -> None:
    assert not GENERAL & set(VOCABULARY.topics)
    assert all(len(name) >= 2 for name in VOCABULARY.topics)


def test_traditional_script_and_full_width_change_nothing() -> None:
    simplified = tag("公共数据(AI)", ["数据安全"], [(4, "AI大模型需要公共数据,公共数据要开放。")], VOCABULARY)
    traditional = tag("公共數據（ＡＩ）", ["數據安全"], [(4, "ＡＩ大模型需要公共數據，公共數據要開放。")], VOCABULARY)
    assert [(topic.name, topic.score) for topic in simplified] == [(topic.name, topic.score) for topic in traditional]
    assert traditional[1].evidence == (("公共數據", 3, 4),)


def test_an_editor_adds_a_topic_in_three_lines() -> None:
    own = "- name: 智慧渔业\n  broader: 农业\n  terms: [海洋牧场, 网箱养殖]\n"
    vocabulary = load_vocabulary({"topics.yml": SHIPPED, "corpus/rules/topics.yml": own})
    topics = tag("海洋牧场见闻", [], [(1, "网箱养殖连片,海洋牧场里鱼儿正肥。")], vocabulary)
    assert topics[0].name == "智慧渔业"
    assert topics[0].evidence == (("海洋牧场", 2, 1), ("网箱养殖", 1, 1))
    assert vocabulary.above("智慧渔业") == ("农业",)


@pytest.mark.parametrize(
    ("terms", "title", "text", "given"),
    [
        ("[公共数据]", "见闻", "公共数据要开放，公共数据要共享，公共数据要流通。", True),
        ("[公共数据]", "见闻", "公共数据要开放，公共数据要共享。", False),
        ("[公共数据]", "公共数据怎么用", "公共数据要开放。", True),
        ("[公共数据]", "公共数据怎么用", "数据要开放。", False),
        ("[公共数据, 隔离]", "见闻", "公共数据要开放，公共数据要共享，公共数据要流通。", False),
        ("[公共数据, 隔离]", "见闻", "公共数据，公共数据，公共数据，公共数据，公共数据。", True),
    ],
)
def test_one_term_that_stands_often_makes_a_topic(terms: str, title: str, text: str, given: bool) -> None:
    vocabulary = small(f"- {{name: 开放政府, terms: {terms}}}")
    assert [topic.name for topic in tag(title, [], [(1, text)], vocabulary)] == ["开放政府"] * given


def test_an_editor_adds_to_a_topic_and_takes_away() -> None:
    own = "- {name: 体育, aliases: [運動], terms: [飞盘, {冠军: 0}]}"
    vocabulary = load_vocabulary({"topics.yml": SHIPPED, "mine.yml": own})
    assert vocabulary.resolve("运动") == "体育"
    assert ("体育", 1.0) in vocabulary.credits["飞盘"]
    assert "冠军" not in vocabulary.credits
    assert "足球" in vocabulary.credits


def small(*entries: str) -> Vocabulary:
    return load_vocabulary({"topics.yml": "\n".join(entries)})


def test_a_phrase_under_not_keeps_what_it_says_of_other_topics() -> None:
    vocabulary = small("- {name: 平台经济, terms: [互联网平台], not: [工业互联网平台]}", "- {name: 工业互联网}")
    assert vocabulary.credits["工业互联网平台"] == (("工业互联网", 1.0),)
    assert tag("工业互联网平台", [], [(1, "工业互联网平台")], vocabulary)[0].name == "工业互联网"


def test_a_broader_topic_needs_a_title_or_heading_beside_a_narrower_one() -> None:
    vocabulary = small("- {name: 金融, terms: [融资]}", "- {name: 数字金融, broader: 金融}")
    text = [(1, "数字金融帮助融资,融资难。数字金融好,数字金融快。")]
    assert [topic.name for topic in tag("题目", [], text, vocabulary)] == ["数字金融"]
    assert {topic.name for topic in tag("题目", ["什么是金融"], text, vocabulary)} == {"数字金融", "金融"}


def test_one_mention_makes_no_topic_and_an_empty_text_has_none() -> None:
    assert tag("", [], [], VOCABULARY) == ()
    assert tag("见闻", [], [(1, "路过一家银行。")], VOCABULARY) == ()


BROKEN = [
    ("name: 农业", "the file", "is not a list"),
    ("- [", "line 1", "is not YAML"),
    ("- 农业", "entry 1", "is not a topic"),
    ("- {terms: [玉米]}", "entry 1", "has no name"),
    ("- {name: 农, terms: [玉米]}", "entry 1 (农)", "has no name of two characters"),
    ("- {name: 农业, term: [玉米]}", "entry 1 (农业)", "did you mean terms?"),
    ("- {name: 农业, colour: 绿}", "entry 1 (农业)", "known keys are"),
    ("- {name: 农业, terms: 玉米}", "entry 1 (农业)", "terms is not a list"),
    ("- {name: 农业, terms: [玉]}", "entry 1 (农业)", "two characters or more"),
    ("- {name: 农业, terms: [12306]}", "entry 1 (农业)", "12306"),
    ("- {name: 农业, terms: [{玉米: 很}]}", "entry 1 (农业)", "the weight of 玉米"),
    ("- {name: 农业, terms: [{玉米: true}]}", "entry 1 (农业)", "the weight of 玉米"),
    ("- {name: 农业, aliases: [[玉米]]}", "entry 1 (农业)", "two characters or more"),
    ("- {name: 农业, not: [{玉米: 1}]}", "entry 1 (农业)", "two characters or more"),
    ("- {name: 农业, broader: 8}", "entry 1 (农业)", "broader is not"),
    ("- {name: 农业}\n- {name: 畜牧, broader: 农林业}", "entry 2 (畜牧)", "did you mean 农业?"),
    ("- {name: 畜牧, broader: 体育}", "entry 1 (畜牧)", "there is no topic 体育"),
    ("- {name: 农业, broader: 畜牧}\n- {name: 畜牧, broader: 农业}", "entry 1 (农业)", "stands above itself"),
    ("- {name: 农业, not: [工业园]}", "entry 1 (农业)", "no term of this topic stands in 工业园"),
    ("- {name: 农业, not: [农业]}", "entry 1 (农业)", "no term of this topic stands in 农业"),
]


@pytest.mark.parametrize(("text", "entry", "said"), BROKEN)
def test_a_broken_entry_is_named_with_its_remedy(text: str, entry: str, said: str) -> None:
    with pytest.raises(RuleError) as caught:
        load_vocabulary({"corpus/rules/topics.yml": text})
    assert caught.value.file == "corpus/rules/topics.yml"
    assert caught.value.entry == entry
    assert said in str(caught.value)
    assert caught.value.remedy


def test_an_empty_file_adds_nothing() -> None:
    assert load_vocabulary({"topics.yml": "# nothing yet\n"}).topics == {}


def test_no_name_goes_by_two_topics() -> None:
    names = [script.fold(name) for topic in VOCABULARY.topics.values() for name in (topic.name, *topic.aliases)]
    assert sorted({name for name in names if names.count(name) > 1}) == []


SYLLABLES = st.text("数据公共安全ai,。A平台", max_size=24)


@settings(deadline=None)
@given(st.lists(SYLLABLES.filter(lambda text: len(text) > 1), max_size=6), SYLLABLES)
def test_phrases_are_found_from_the_left_and_the_longest_first(phrases: list[str], text: str) -> None:
    def cuts(at: int) -> bool:
        return 0 < at < len(text) and text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()

    expected, at = [], 0
    while at < len(text):
        here = [p for p in phrases if text.startswith(p, at) and not cuts(at) and not cuts(at + len(p))]
        if here:
            expected.append((at, max(here, key=len)))
        at += len(max(here, key=len, default=" "))
    assert list(Phrases.of(phrases).find(text)) == expected


@settings(deadline=None)
@given(st.text(max_size=40))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(script.fold(text)) == len(script.to_simplified(text)) == len(text)
    assert script.fold(script.fold(text)) == script.fold(text)


ENTRIES = [
    "- {name: 公共数据, terms: [数据]}",
    "- {name: 数据安全, aliases: [数据]}",
    "- {name: 工业, not: [工业互联网]}",
]


@settings(deadline=None)
@given(st.permutations(ENTRIES), st.lists(st.text("公共数据安全工业互联网,。", max_size=60), max_size=4))
def test_topics_do_not_hang_on_the_order_of_the_vocabulary(entries: list[str], texts: list[str]) -> None:
    paragraphs = list(enumerate(texts, start=1))
    assert tag("数据", [], paragraphs, small(*entries)) == tag("数据", [], paragraphs, small(*ENTRIES))
