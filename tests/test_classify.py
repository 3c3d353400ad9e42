"""Fates of lines: pages of many kinds of site as golden pairs, and what holds for any lines whatever."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.assemble import assemble
from build_digest.classification.blocks import choose_block
from build_digest.classification.features import measure, weigh
from build_digest.classification.headings import find_headings
from build_digest.classification.judged_page import JudgedPage
from build_digest.classify import judge_lines, settle, settle_part
from build_digest.describe import describe
from build_digest.model import KEPT, Line
from build_digest.rulebook import load_rulebook
from build_digest.rules import load_rules, read_shipped_rules
from build_digest.split import split
from build_digest.text.line_fold import fold_line

from .golden_pages import FOLDER, Golden, cases, expected, read_golden, read_page, shipped_rules, stated_values

FRAGMENTS = (
    *(
        "首页",
        "网站首页 | 新闻 | 联系我们",
        "当前位置：首页 > 新闻",
        "版权所有 © 某某网",
        "相关阅读：",
        "上一篇：没有了",
        "分享到：",
        "目录",
    ),
    *(
        "来源：河谷日报",
        "时间：2024-06-30 10:00 来源：河谷日报 作者：张三",
        "2024-06-30",
        "36天前",
        "地点：一楼报告厅",
        "标签：水 火",
        "作者：李四",
    ),
    *(
        "河水又涨了",
        "河水又涨了_本地要闻_河谷网",
        "一、为什么",
        "（一）其一",
        "材质：铸铁",
        "容量：1.2升",
        "产地：丽水",
        "·采用二线制",
        "…",
        "<p>",
        "﻿",
    ),
    *(
        "河水一夜之间涨了两米，村里的人都站到了堤上。",
        "记者从市水利局了解到，今年的汛期来得比往年早了半个月，降雨量偏多两成。",
        "他说：“水会退的。”",
    ),
    *(
        "这里说的是一件很长的事情...",
        "1 2 3 4 5",
        "2022-11-10 某某事情怎么办",
        "（作者单位：某某大学）",
        "来了又走的人。（责任编辑：王五）",
        "\tABC 123\u2028x",
    ),
)


@pytest.mark.parametrize("path", cases(), ids=lambda path: f"{path.parent.name}/{path.name.removesuffix('.in.txt')}")
def test_page_comes_out_as_approved(path: Path) -> None:
    golden = read_golden(path)
    kind, lines, description = read_page(golden.lines)
    wrong = [line.number for line, fate in zip(lines, golden.fates, strict=True) if line.fate != fate]
    assert wrong == list(golden.known), [
        (line.number, line.fate, line.verdict.rule, line.text) for line in lines if line.number in wrong
    ]
    assert stated_values(kind, description) == golden.stated


@pytest.mark.parametrize("path", sorted((FOLDER / "words-of-the-trade").glob("*.in.txt")), ids=lambda path: path.name)
def test_words_of_the_trade_are_no_boilerplate_where_the_page_is_its_text(path: Path) -> None:
    golden = read_golden(path)
    texts = [text for text, fate in zip(golden.lines, golden.fates, strict=True) if fate in KEPT]
    for first in range(1, len(texts)):
        lines = _settle([texts[0], *texts[first:], *texts[1:first]])
        assert [line.fate in KEPT for line in lines] == [True] * len(texts), first


def test_each_golden_page_has_both_files() -> None:
    assert len(cases()) >= 50
    pairs = {file for path in cases() for file in (path, expected(path))}
    assert {file for file in FOLDER.rglob("*.*") if file.is_file()} == pairs


def test_quality_of_the_golden_pages_does_not_fall() -> None:
    scores = [_f1(read_golden(path)) for path in cases()]
    articles = [score for score in scores if score is not None]
    assert sum(articles) / len(articles) >= 0.985
    assert min(articles) >= 0.85


def _f1(golden: Golden) -> float | None:
    """F1 of the kept characters, the lines that repeat the title left out; None for a page without a main text."""
    if golden.stated["kind"] == "none":
        return None
    kept = wanted = both = 0
    for line, fate in zip(read_page(golden.lines)[1], golden.fates, strict=True):
        size = len(line.text.strip()) * (line.text.strip() != golden.stated["title"])
        kept += size * (line.fate in KEPT)
        wanted += size * (fate in KEPT)
        both += size * (line.fate in KEPT and fate in KEPT)
    return 2 * both / (kept + wanted)


LINES = st.lists(
    st.one_of(st.sampled_from(FRAGMENTS), st.text(st.characters(exclude_characters="\n"), max_size=60)), max_size=40
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from([None, "河水又涨了", ""]), st.booleans())
def test_no_line_is_lost_or_changed(texts: list[str], title: str | None, whole_page: bool) -> None:
    rules = shipped_rules()
    verdicts = judge_lines(texts, rules)
    if whole_page:
        kind, lines = settle(texts, verdicts, rules)
    else:
        kind, lines = "article", settle_part(texts, verdicts, rules, title)
    described, mended = describe(lines, rules)
    for result in (lines, mended):
        assert [line.text for line in result] == texts
        assert [line.number for line in result] == list(range(1, len(texts) + 1))
    assert [line.alone for line in lines] == verdicts
    assert all((line.fate == "blank") == (not line.text.strip()) for line in lines)
    if kind == "none":
        assert not any(line.fate in KEPT for line in lines)
        assert described.title is None
    for line in mended:
        places = [place for cut in line.cuts for place in (cut.start, cut.end)]
        assert places == sorted(places)
        assert all(0 <= place <= len(line.text) for place in places)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_same_lines_give_the_same_result(texts: list[str]) -> None:
    rules = shipped_rules()
    assert settle(texts, judge_lines(texts, rules), rules) == settle(texts, judge_lines(list(texts), rules), rules)


@pytest.mark.parametrize(
    "texts",
    [
        ["山" * 300_000],
        ["山水。" * 100_000],
        ["a" * 300_000],
        ["- " * 100_000],
        ["(" * 50_000],
        ["2024-01-01 " * 20_000],
        ["首页"] * 20_000,
        ["标题_某某网", *["标题"] * 20_000],
        [f"标{n}：值{n}" for n in range(5_000)],
    ],
    ids=["no-mark", "sentences", "latin", "dashes", "brackets", "dates", "menu", "copies", "facts"],
)
def test_long_lines_and_many_lines_come_through(texts: list[str]) -> None:
    rules = shipped_rules()
    _, lines = settle(texts, judge_lines(texts, rules), rules)
    assert len(describe(lines, rules)[1]) == len(texts)


def _settle(texts: list[str]) -> list[Line]:
    rules = shipped_rules()
    return settle(texts, judge_lines(texts, rules), rules)[1]


def test_plain_text_is_an_article_from_its_first_line_to_its_last() -> None:
    texts = ["会议通知", "明天下午三点在二楼开会。", "请准时参加。", "某某办公室", "2024年3月5日"]
    assert [line.fate for line in _settle(texts)] == ["title", "body", "body", "body", "body"]


@pytest.mark.parametrize("texts", [["首页", "登录", "联系我们", "版权所有"], ["", "  "], []])
def test_page_without_text_is_none(texts: list[str]) -> None:
    rules = shipped_rules()
    assert settle(texts, judge_lines(texts, rules), rules)[0] == "none"


def test_article_cut_out_of_a_compilation_loses_only_what_is_certain() -> None:
    texts = [
        "水 的 故事",
        "来源：河谷日报",
        "您的位置：首页 > 新闻",
        "河水一夜之间涨了两米。",
        "电话：0555-1234567",
        "关注",
        "水退了，人回来了。",
        "他们说，明年还会再涨。",
        "版权所有 不得转载",
    ]
    rules = shipped_rules()
    fates = [line.fate for line in settle_part(texts, judge_lines(texts, rules), rules, "水的故事")]
    assert fates == ["title", "metadata", "boilerplate", "body", "body", "body", "body", "body", "boilerplate"]


def test_both_verdicts_are_kept() -> None:
    line = _settle(
        [
            "河水涨了",
            "来源：河谷日报",
            "河水一夜之间涨了两米，村里人都上了堤。",
            "相关阅读：",
            "水从哪里来？他们走了三天三夜。",
        ]
    )[-1]
    assert (line.alone.fate, line.alone.rule) == ("body", "sentence")
    assert line.alone.score > 0
    assert (line.fate, line.verdict.rule) == ("boilerplate", "outside")


def test_an_editor_settles_a_line_of_one_text() -> None:
    mine = (
        "lines:\n  - {file: a.txt, line: '河水涨了', fate: boilerplate}\n  - {file: a.txt, line: '首页', fate: body}\n"
    )
    rules = load_rules(read_shipped_rules() | {"lines.yml": mine})
    texts = ["首页", "河水涨了", "河水一夜之间涨了两米，村里人都上了堤。"]
    assert [line.fate for line in settle(texts, judge_lines(texts, rules, file="a.txt"), rules)[1]] == [
        "body",
        "boilerplate",
        "body",
    ]
    assert [verdict.rule for verdict in judge_lines(texts, rules, file="b.txt")][:2] == ["menu", "short-line"]


def test_a_site_has_rules_of_its_own() -> None:
    mine = """
patterns: [{id: slogan, site: river.example, pattern: '^天天看河', fate: boilerplate, weight: 5, example: 天天看河，河谷人家}]
words: [{id: river-menu, site: river.example, fate: boilerplate, weight: 2, words: [渔讯]}]
"""
    rules = load_rules(read_shipped_rules() | {"river.yml": mine})
    texts = ["天天看河，河谷人家的河谷网", "渔讯"]
    assert [verdict.rule for verdict in judge_lines(texts, rules, site="river.example")] == ["slogan", "river-menu"]
    assert [verdict.rule for verdict in judge_lines(texts, rules)] == ["phrase", "short-line"]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("河水一夜之间涨了两米，村里的人都站到了堤上。", "sentence"),
        ("水退了。", "short-sentence"),
        ("It was a long time ago and nobody cared about the river", "english"),
        ("这里说的是一件很长的事情，后来怎么样了...", "truncated"),
        ("2022-11-10 某某事情怎么办", "dated-item"),
        ("关于做好期末考试工作的通知 2023-06-19", "dated-item"),
        ("var a = {b: c}; if (a != b) { return a[0]; }", "code"),
        ("木桥 石桥 铁桥 水泥桥", "word-list"),
        ("精度 0.25% 24V 4-20mA", "figures"),
        ("材质：手工铸铁", "pair"),
        ("第三章 涨水的河", "numbered"),
        ("山重水复，柳暗花明又一村", "phrase"),
        ("涨水的河", "short-line"),
        ("</p><br/>&nbsp;", "markup"),
        ("春天的水、夏天的水、秋天的水、冬天的水，一年四季的水都从这座桥下流过去，流到很远很远的地方去", "clauses"),
    ],
)
def test_form_of_a_line(line: str, form: str) -> None:
    assert weigh(measure(fold_line(line)))[1] == form


@pytest.mark.parametrize(
    ("texts", "headings"),
    [
        (["涨水", "河水一夜之间涨了两米，村里的人都站到了堤上。"], [0]),
        (["顺应发展浪潮", "势在必行", "河水一夜之间涨了两米，村里的人都站到了堤上。"], [0, 1]),
        (["白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼", "这是一首大家都会背的小诗，写的是登高。"], []),
        (
            ["一、起因", "二、经过", "三、结果", "四、教训", "河水一夜之间涨了两米，村里的人都站到了堤上。"],
            [0, 1, 2, 3],
        ),
        (["河水一夜之间涨了两米，村里的人都站到了堤上。", "涨水"], []),
        (["以下是访谈：", "水从哪里来", "河水一夜之间涨了两米，村里的人都站到了堤上。"], [1]),
        (["河水涨了，人都上了堤，一夜没睡。", "产品说明：", "河水一夜之间涨了两米，村里的人都站到了堤上。"], [1]),
        (["容量：3升", "河水一夜之间涨了两米，村里的人都站到了堤上。"], []),
        (["ttl = base + rand(0, 3)", "河水一夜之间涨了两米，村里的人都站到了堤上。"], []),
        (["“等等再说”", "河水一夜之间涨了两米，村里的人都站到了堤上。"], []),
        (["一、水会退的。", "河水一夜之间涨了两米，村里的人都站到了堤上。"], []),
    ],
)
def test_headings(texts: list[str], headings: list[int]) -> None:
    assert sorted(find_headings([fold_line(text) for text in texts], range(len(texts)))) == headings


def test_text_goes_on_below_a_list_put_in_its_midst() -> None:
    paragraph = "河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话，只听见水在响，一直响到天快要亮的时候。"
    texts = [
        "首页",
        "登录",
        "联系我们",
        "涨水",
        "来源：河谷日报",
        paragraph,
        "相关阅读：",
        "水从哪里来",
        paragraph + "天亮了。",
        paragraph * 2,
    ]
    rules = shipped_rules()
    page = JudgedPage.of([fold_line(text) for text in texts], judge_lines(texts, rules), rules)
    block = choose_block(page)
    assert block.start == 3
    assert [at for at, inside in enumerate(block.inside) if inside] == [3, 4, 5, 8, 9]


def test_a_rule_may_make_a_line_heading_or_metadata() -> None:
    mine = """
patterns:
  - {id: bell, pattern: '^第.声钟响', fate: heading, weight: 3, example: 第一声钟响。}
  - {id: stamp, pattern: '^印于', fate: metadata, weight: 3, example: 印于河谷}
"""
    rules = load_rules(read_shipped_rules() | {"bell.yml": mine})
    sentence = "河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话。"
    texts = ["涨水", sentence, "第一声钟响。", sentence + "天亮了。", "印于河谷", sentence + "水退了。"]
    fates = [line.fate for line in settle(texts, judge_lines(texts, rules), rules)[1]]
    assert fates == ["title", "body", "heading", "body", "metadata", "body"]
    assert [verdict.score for verdict in judge_lines(texts, rules)][2:5:2] == [3.0, -3.0]


def test_sentences_at_the_foot_of_a_page_make_no_article() -> None:
    sentence = (
        "河谷网免费提供水位、雨量等数据，所有数据都来自有关的合作方，用于读者了解情况，并请各位以水文部门发布的为准。"
    )
    menu = ["首页", "水位", "雨量", "潮汐", "图片", "登录"]
    rules = shipped_rules()
    for foot, kind in (["版权所有 河谷网"], "none"), (["联系电话：0555-1234567"], "none"), ([], "article"):
        texts = [*menu, *foot, sentence, sentence + "谢谢。"]
        assert settle(texts, judge_lines(texts, rules), rules)[0] == kind


def test_clean_article_is_kept_whole_whatever_words_stand_in_it() -> None:
    sentence = "先把水位计装在桥墩上游的一侧，再用电缆接到岸上的小屋里，每隔十分钟记一次数。"
    texts = [
        "怎样用旧手机做一个水位计",
        sentence,
        "怎样用旧手机",
        "安装：",
        sentence,
        "运行以下程序",
        "得到的结果如下：",
    ]
    texts += [
        "推荐阅读：",
        "水位计的另一种做法",
        sentence,
        "版权是什么",
        sentence * 2,
        "1. 准备",
        "2. 安装",
        "视频",
        sentence,
        "欢迎来信",
    ]
    lines = _settle(texts)
    assert [line.text for line in lines if line.fate not in KEPT] == ["推荐阅读："]
    assert lines[0].fate == "title"


@pytest.mark.parametrize(
    ("path", "address"),
    [("a.example/1.txt", "https://b.example/1"), ("1.txt", "https://www.a.example/1"), ("1.txt", "http://A.example/")],
)
def test_the_rules_of_a_site_hold_for_its_folder_and_for_the_host_of_a_stated_address(path: str, address: str) -> None:
    rule = "words: [{id: mine, site: a.example, fate: boilerplate, weight: 6, words: [今天的河水比昨天高出了一尺，人们都来看。]}]"
    texts = [
        "河水",
        "今天的河水比昨天高出了一尺，人们都来看。",
        "到了晚上，水退下去了，岸边留下一道印子。",
        f"原文链接：{address}",
    ]
    read = assemble(path, texts, split(texts), load_rulebook({"rules/mine.yml": rule}))
    assert [line.verdict.rule for line in read.lines if line.text.startswith("今天")] == ["mine"]
    other = assemble("b.example/1.txt", texts, split(texts), load_rulebook({"rules/mine.yml": rule}))
    assert [line.fate for line in other.lines if line.text.startswith("今天")] == ["body"]


def test_a_rule_of_an_editor_drops_no_more_than_it_says() -> None:
    own = "patterns:\n- {id: mine, fate: boilerplate, weight: 5, pattern: '^投稿请寄', example: 投稿请寄编辑部}\n"
    rules = load_rules({**read_shipped_rules(), "mine.yml": own})
    lines = [
        "大桥建设大事记",
        "",
        "1998年3月 立项批复",
        "1999年10月 主桥墩开工",
        "2003年6月 全线合龙",
        "投稿请寄编辑部",
    ]
    _, settled = settle(lines, judge_lines(lines, rules), rules)
    assert [line.fate for line in settled] == ["title", "blank", "body", "body", "body", "boilerplate"]
