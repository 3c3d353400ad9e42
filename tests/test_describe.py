"""What lines state about an article: every way of writing it, and nothing that they do not state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_copies import title_copies
from build_digest.classification.title_forms import site_name_start
from build_digest.classify import judge_lines, settle
from build_digest.describe import describe
from build_digest.metadata.dates import find_dates
from build_digest.metadata.labels import read_statement
from build_digest.metadata.names import split_names
from build_digest.metadata.statement import kind_of_statement
from build_digest.model import Description, Found, Line
from build_digest.text.line_fold import fold_line

from .golden_pages import read_page, shipped_rules, stated_values

TEXT = (
    "河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话，只听见水在响。",
    "天亮的时候水退了，堤上留下一层细细的泥，孩子们在泥上踩出一串一串的脚印来。",
)


def _describe(
    head: list[str], tail: list[str] | None = None, text: tuple[str, ...] = TEXT
) -> tuple[dict[str, Any], list[Line]]:
    rules = shipped_rules()
    texts = [*head, *text, *(tail or [])]
    _, lines = settle(texts, judge_lines(texts, rules), rules)
    description, mended = describe(lines, rules)
    return _plain(description), mended


def _plain(description: Description) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in Description.__slots__:
        found = getattr(description, name)
        if isinstance(found, Found):
            values[name] = found.value
        elif found:
            values[name] = [one.value for one in found]
    return values


@pytest.mark.parametrize(
    ("head", "tail", "stated"),
    [
        (["时间:2025-03-15 16:34:59来源:经济日报"], [], {"date": "2025-03-15", "source": "经济日报"}),
        (["文章来源：河谷医院　发布时间：2022/10/1"], [], {"source": "河谷医院", "date": "2022-10-01"}),
        (["作者:河谷市委党校管理学教研部 陈大山", "发布日期:2021-01-05"], [], {"authors": ["陈大山"], "affiliations": ["河谷市委党校管理学教研部"], "date": "2021-01-05"}),
        (["發佈日期：中華民國一一三年三月五日", "來源：河谷報"], [], {"date": "2024-03-05", "source": "河谷報"}),
        (["二〇二四年三月五日 10:23 河谷新闻网"], [], {"date": "2024-03-05", "source": "河谷新闻网"}),
        (["本报记者 张三 通讯员 李小四", "2024.3.5"], [], {"authors": ["张三", "李小四"], "date": "2024-03-05"}),
        (["2024-03-05 河谷日报"], ["（编辑 陈望川）"], {"date": "2024-03-05", "source": "河谷日报", "editors": ["陈望川"]}),
        (["記者林阿水／台南報導"], [], {"authors": ["林阿水"]}),
        (["原创 林小满 慢半拍 2022-06-09 21:30 发表于福建"], [], {"authors": ["林小满"], "source": "慢半拍", "date": "2022-06-09"}),
        (["作　者：陈　超、李四（河谷大学教授）"], [], {"authors": ["陈超", "李四"], "affiliations": ["河谷大学"]}),
        (["文/贺思远 图/罗晴", "2016年03月22日 山城晚报 记者 何大勇"], [], {"authors": ["贺思远", "何大勇"], "date": "2016-03-22", "source": "山城晚报"}),
        (["小河 发表于 2024-3-5 07:25 | 只看该作者"], [], {"authors": ["小河"], "date": "2024-03-05"}),
        (["小河 发表于 2024-3-5 07:25", "来源：河谷网"], [], {"source": "河谷网", "date": "2024-03-05"}),
        (["更新时间：2022-10-16"], [], {"date": "2022-10-16"}),
        (["Published: Mar 5, 2024"], [], {"date": "2024-03-05"}),
        ([], ["责任编辑：王五", "【关键词】：水 火、土", "原文链接：https://river.example/a/1.html"], {"editors": ["王五"], "source_tags": ["水", "火", "土"], "url": "https://river.example/a/1.html"}),
        (["糖小妹", "36天前发布"], [], {"authors": ["糖小妹"]}),
        # Nothing of this is stated:
        (["生活家", "2024-03-05"], [], {"date": "2024-03-05"}),
        (["作者：佚名　来源：网络", "36天前发布"], [], {}),
        (["作者：admin 来源：本站 日期："], [], {}),
        ([], ["Copyright © 2024-03-05 某某网", "2024-03-05 相关的另一件事怎么办"], {}),
        (["活动时间：2024-03-05", "地点：一楼"], [], {}),
        (["时间：2024年3月5日下午", "地点：一楼报告厅"], [], {}),
        (["地址：河谷市人民路1号"], [], {}),
        (["日期：2024年13月45日"], [], {}),
        (["记者：水是怎么涨起来的？当时有没有人在堤上？"], [], {}),
    ],
)  # fmt: skip
def test_what_head_and_tail_state(head: list[str], tail: list[str], stated: dict[str, Any]) -> None:
    described, lines = _describe(["涨水的那一夜", *head], tail)
    assert described.pop("title") == "涨水的那一夜"
    assert described == stated
    assert [line.text for line in lines if line.fate == "body"][-2:] == list(TEXT)


@pytest.mark.parametrize(
    ("head", "tail", "title", "inferred"),
    [
        (["涨水的那一夜_本地要闻_河谷网", "首页", "涨水的那一夜"], [], "涨水的那一夜", False),
        (["涨水的那一夜 - 河谷网"], [], "涨水的那一夜", False),
        (["河谷网", "首页", "新闻", "涨水的那一夜", "来源：河谷日报"], [], "涨水的那一夜", False),
        (["河谷网 | 涨水的那一夜", "河谷网", "首页", "涨水的那一夜"], [], "涨水的那一夜", False),
        (["首页", "涨水的那一个夜晚 2024-03-05 来源：河谷日报"], [], "涨水的那一个夜晚", False),
        (["标题：涨水的那一夜"], [], "涨水的那一夜", False),
        (["水退了，人都回来了吗？"], [], "水退了，人都回来了吗？", False),
        (["“水退了，人都回来了吗？”"], [], "水退了，人都回来了吗", True),
        ([], ["標題：涨水的那一夜"], "涨水的那一夜", False),
        ([TEXT[0], "堤上的人"], [], "堤上的人", True),
        ([], [], "河水一夜之间涨了两米", True),
    ],
)
def test_title(head: list[str], tail: list[str], title: str, inferred: bool) -> None:
    rules = shipped_rules()
    texts = [*head, *TEXT, *tail]
    found = describe(settle(texts, judge_lines(texts, rules), rules)[1], rules)[0].title
    assert found is not None
    assert (found.value, found.inferred) == (title, inferred)
    assert title in texts[found.line - 1]


@pytest.mark.parametrize(
    ("ending", "kept", "stated"),
    [
        ("(作者单位:河谷市情中心)", "", {"affiliations": ["河谷市情中心"]}),
        ("（作者系河谷大学经济学院教授）", "", {"affiliations": ["河谷大学经济学院"]}),
        ("（责任编辑：王五）", "", {"editors": ["王五"]}),
        ("（来源：河谷日报）", "", {"source": "河谷日报"}),
        (" 责任编辑：王五", "", {"editors": ["王五"]}),
        ("来源：河谷日报 作者：张三", "", {"source": "河谷日报", "authors": ["张三"]}),
        ("他在信的末尾写道：来源：河谷日报", "他在信的末尾写道：来源：河谷日报", {}),
        ("（作者说：水会退的。）", "（作者说：水会退的。）", {}),
        ("（见2024年3月5日的日记）", "（见2024年3月5日的日记）", {}),
    ],
)
def test_bracket_at_the_end_of_a_paragraph(ending: str, kept: str, stated: dict[str, Any]) -> None:
    described, lines = _describe(["涨水的那一夜"], text=(TEXT[0], TEXT[1] + ending))
    assert lines[-1].kept_text() == TEXT[1] + kept
    assert {name: value for name, value in described.items() if name != "title"} == stated


def test_every_value_remembers_its_line() -> None:
    rules = shipped_rules()
    texts = ["涨水", "作者：张三", "", "2024-03-05", *TEXT, "标签：水"]
    description, _ = describe(settle(texts, judge_lines(texts, rules), rules)[1], rules)
    assert description.authors == (Found("张三", 2),)
    assert description.date == Found("2024-03-05", 4)
    assert description.source_tags == (Found("水", 7),)


def test_page_without_text_states_nothing() -> None:
    rules = shipped_rules()
    texts = ["首页", "来源：河谷日报 2024-03-05", "登录", "版权所有"]
    assert describe(settle(texts, judge_lines(texts, rules), rules)[1], rules)[0] == Description()


def test_dateline_states_the_source() -> None:
    described, _ = _describe(
        ["涨水的那一夜"], text=("新华社河谷3月5日电 河水一夜之间涨了两米，村里的人都站到了堤上。",)
    )
    assert described["source"] == "新华社"
    described, _ = _describe(["涨水的那一夜"], text=("河谷村3月5日消息，河水一夜之间涨了两米，村里的人都站到了堤上。",))
    assert "source" not in described


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2024年3月5日", ["2024-03-05"]),
        ("2024-3-5 07:25", ["2024-03-05"]),
        ("２０２４．０３．０５", ["2024-03-05"]),
        ("二○二四年十二月二十九日", ["2024-12-29"]),
        ("二〇二四年十月三十日", ["2024-10-30"]),
        ("民國113年12月31日", ["2024-12-31"]),
        ("Sep 23 Fri 2011 10:59", ["2011-09-23"]),
        ("Sun Sep 25 14:22:08 2016", ["2016-09-25"]),
        ("5th March 2024", ["2024-03-05"]),
        ("20240305", ["2024-03-05"]),
        ("2024-03-05至2024-03-09", ["2024-03-05", "2024-03-09"]),
        ("2024年2月30日", []),
        ("版本 1.2024.3.5", []),
        ("2024.3.5.1", []),
        ("120240305", []),
        ("2024年3月", []),
        ("3月5日", []),
    ],
)
def test_dates(written: str, days: list[str]) -> None:
    assert [date.value for date in find_dates(fold_line(written))] == days


@pytest.mark.parametrize(
    ("value", "people", "places"),
    [
        ("张三", ["张三"], []),
        ("张三、李四 王小五", ["张三", "李四", "王小五"], []),
        ("陈　超　李四", ["陈超", "李四"], []),
        ("河谷大学 张三", ["张三"], ["河谷大学"]),
        ("张三（河谷大学经济学院）", ["张三"], ["河谷大学经济学院"]),
        ("苏文静副主任医师", ["苏文静"], []),
        ("Mei-wen Wang", ["Mei-wen Wang"], []),
        ("卡尔·马克思", ["卡尔·马克思"], []),
        ("豆魚奢品店主", ["豆魚奢品店主"], []),
        ("佚名", [], []),
        ("河谷市人民政府办公室", [], ["河谷市人民政府办公室"]),
        ("admin", [], []),
        ("", [], []),
    ],
)
def test_names(value: str, people: list[str], places: list[str]) -> None:
    found = split_names(value, shipped_rules(), loose=True)
    assert (list(found[0]), list(found[1])) == (people, places)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("作者：张三", "byline"),
        ("来源：河谷网", "label"),
        ("来源：河谷网 作者：张三", "label-apart"),
        ("（责任编辑：王五）", "label-apart"),
        ("2024-03-05 10:00", "date"),
        ("3小时前", "ago"),
        ("涨水的那一个夜晚 来源：河谷网", "titled"),
        ("记者：近年来，河水为什么年年都涨？", None),
        ("出发时间：2024-03-05", None),
        ("地址：河谷市人民路1号", None),
        ("涨水的那一夜", None),
        ("山" * 300 + "来源：河谷网", None),
    ],
)
def test_kind_of_statement(line: str, kind: str | None) -> None:
    assert kind_of_statement(read_statement(line, fold_line(line), shipped_rules())) == kind


@pytest.mark.parametrize(
    ("title", "name_at"),
    [
        ("涨水的那一夜_河谷网", 6),
        ("涨水的那一夜 - 要闻 - 河谷网", 6),
        ("涨水的那一夜 | river.example", 6),
        ("涨水的那一夜——访老船工", None),
        ("河谷网", None),
    ],
)
def test_site_name_in_a_title(title: str, name_at: int | None) -> None:
    assert site_name_start(title, shipped_rules().names["site"]) == name_at


def test_copies_of_the_title() -> None:
    lines = [
        "涨水的那一夜，谁也没睡_要闻_河谷网",
        "河谷网",
        "要闻",
        "涨水的那一夜，谁也没睡",
        "標題：涨水的那一夜,谁也没睡",
        "另一件事",
    ]
    folded, rules = [fold_line(line) for line in lines], shipped_rules()
    assert title_copies(JudgedPage.of(folded, judge_lines(lines, rules), rules)) == [2, 3, 4]


FORMS = yaml.safe_load(Path(__file__).with_name("describe_forms.yml").read_text("utf-8"))
PARAGRAPHS = (
    "开春以后，桥头那棵老樟树又发了新芽，树下乘凉的人一天比一天多，卖豆腐脑的担子也挪到了树荫里。",
    "老人们说，这棵树比桥还要早，当年修桥的时候，石匠特意把桥头往东挪了三尺，就是为了给它让路。",
    "如今桥面加宽了两回，树还在原来的地方，枝条伸过栏杆，落下来的花盖住半边人行道。",
)


def page_with(place: str, form: str) -> tuple[str, ...]:
    title = "桥头的老樟树又发了新芽"
    first, middle, last = PARAGRAPHS
    return (
        f"{title}_柳溪生活",
        *("首页", "新闻", "专题", "登录", title),
        *([form] if place == "below" else []),
        form + first if place == "opening" else first,
        middle,
        last + form if place == "ending" else last,
        *([form] if place == "behind" else []),
        *("上一篇：修桥", "下一篇：铺路", "版权所有 柳溪生活"),
    )


@pytest.mark.parametrize(("place", "form"), [(place, form) for place, forms in FORMS.items() for form in forms])
def test_a_form_states_what_it_says(place: str, form: str) -> None:
    kind, _, description = read_page(page_with(place, form))
    stated = stated_values(kind, description)
    found = {key: value for key, value in stated.items() if key in ("authors", "source", "date")}
    assert found == {key: str(value) for key, value in FORMS[place][form].items()}
