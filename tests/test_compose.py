"""Which lines become one heading, several, or a person's name and office; levels, speakers and wrapped paragraphs."""

from __future__ import annotations

import pytest

from build_digest.compose import compose
from build_digest.model import Block, Cut, Fate, Line, Verdict

SENTENCE = "这里是一段话，说的是上面那个标题。"


def make_lines(text: str) -> list[Line]:
    """A line each; headings after a #, metadata after an @, empty ones blank."""
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        fate: Fate = "heading" if line[:1] == "#" else "metadata" if line[:1] == "@" else "body" if line else "blank"
        verdict = Verdict(fate, "test")
        lines.append(Line(number, line.removeprefix("#"), verdict, verdict))
    return lines


def outline(text: str) -> list[str]:
    """The blocks that are no paragraphs: headings with a # for each level, attributions as they are."""
    blocks = compose(make_lines(text))
    return ["#" * block.level + block.text for block in blocks if block.kind != "paragraph"]


def sections(*headings: str) -> str:
    return "\n".join(f"{heading}\n{SENTENCE}" for heading in headings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (sections("#改革背景\n#国际形势"), ["##改革背景", "##国际形势"]),
        (sections("#重视人才\n#依靠每一位专家"), ["##重视人才", "##依靠每一位专家"]),
        (sections("#改革背景\n#国际形势", "#国内形势", "#主要内容\n#总体要求", "#具体任务"), None),
        (sections("#顺应浪潮\n#势在必行", "#拥抱未来\n#数智驱动"), ["##顺应浪潮 势在必行", "##拥抱未来 数智驱动"]),
        (sections("#顺应浪潮\n\n#势在必行", "#拥抱未来\n\n#数智驱动"), ["##顺应浪潮 势在必行", "##拥抱未来 数智驱动"]),
        (sections(*["#甲\n#乙\n#丙"] * 2), ["##甲", "##乙", "##丙"] * 2),
        (sections(*[f"#{'长' * 21}\n#{'短' * 20}"] * 2), [f"##{'长' * 21}", f"##{'短' * 20}"] * 2),
        (sections(*["#一、总则\n#目的"] * 2), ["##一、总则", "###目的"] * 2),
        (sections("#构建产业体系\n#——访某部部长"), ["##构建产业体系——访某部部长"]),
        (sections("#01\n#旧箱子", "#PART.02\n#新钥匙"), ["##01 旧箱子", "##PART.02 新钥匙"]),
        (sections("#一、总则\n#——以某地为例\n#目的"), ["##一、总则——以某地为例", "###目的"]),
    ],
)
def test_headings_are_joined_where_the_second_goes_on(text: str, expected: list[str] | None) -> None:
    kept = [f"##{line[1:]}" for line in text.split("\n") if line[:1] == "#"]
    assert outline(text) == (kept if expected is None else expected)


@pytest.mark.parametrize(
    ("name", "office"),
    [
        ("曹鵬", "全國政協委員、京東集團技術委員會主席"),
        ("陈　超", "某大学经济学院教授"),
        ("欧阳修远", "建设银行副行长"),
        ("张三", "对外经济贸易大学副校长"),
    ],
)
def test_a_name_above_an_office_is_an_attribution(name: str, office: str) -> None:
    shown = f"{name.replace('　', ' ')} {office}"
    assert outline(sections(f"#推进融合\n#{name}\n#{office}")) == ["##推进融合", shown]
    assert outline(sections(f"#{name}\n#{office}\n#推进融合")) == [shown, "##推进融合"]
    assert outline(sections(f"#{name}\n#{office}", f"#{name}\n#{office}")) == [shown, shown]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("张三", "依靠每一位专家"),
        ("张三", "發揮代表"),
        ("张三", "服务广大教师"),
        ("张三", "某大学"),
        ("张三", "某" * 40 + "主任"),
        ("重视人才", "某大学教授"),
        ("改革", "某大学教授"),
        ("江苏", "某大学教授"),
        ("高性能", "某大学教授"),
        ("张三丰李四", "某大学教授"),
        ("张", "某大学教授"),
    ],
)
def test_other_pairs_are_two_headings(first: str, second: str) -> None:
    assert outline(sections(f"#{first}\n#{second}")) == [f"##{first}", f"##{second}"]


def test_an_attribution_tells_both_of_its_lines() -> None:
    assert compose(make_lines("#张三\n@来源：某报\n#某大学教授")) == (Block("attribution", "张三 某大学教授", 1, 3),)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["#一、甲", "#（一）乙", "#1.丙", "#（2）丁"], ["##一、甲", "###（一）乙", "####1.丙", "#####（2）丁"]),
        (["#甲", "#一、乙"], ["##甲", "###一、乙"]),
        (["#一、甲", "#乙"], ["##一、甲", "###乙"]),
        (["#第一章 甲", "#第一节 乙", "#一、丙"], ["##第一章 甲", "###第一节 乙", "####一、丙"]),
    ],
)
def test_levels_follow_the_way_headings_are_numbered(headings: list[str], expected: list[str]) -> None:
    assert outline(sections(*headings)) == expected


def test_those_who_speak_by_turns_are_speakers() -> None:
    turns = "记者：为什么？\n张三：因为如此。\n记者：还有呢？\n张三：没有了。\n注意：没有了。"
    assert [block.speaker for block in compose(make_lines(turns))] == [3, 3, 3, 3, 0]
    assert [block.speaker for block in compose(make_lines("注意：一。\n注意：二。"))] == [0, 0]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    line = "这一行正好有二十个字而且句子没有完结呢吗"
    text = "\n".join([line] * 5 + ["到此为止。", "\u3000\u3000" + line[2:], "完。"])
    assert [block.text for block in compose(make_lines(text))] == [line * 5 + "到此为止。", line[2:] + "完。"]
    assert len(compose(make_lines("\n".join([line] * 5)))) == 5
    assert len(compose(make_lines("\n".join([line[:-1] + "。"] * 8)))) == 8


POEM = """门轴在半夜里响了一声
没有人进来

祖母说那是风
风在找它走失的孩子
我信了很多年"""
LONG_LINES = """我把秤砣从这一头拨到那一头去
始终找不到他站过的那一个位置

二十年以后我又回到了这间仓库
磅秤锈在墙角里怎么也够不着零
父亲站上去的时候轻得像一张纸
他丢掉的那些斤两都去了哪里呢"""
TALK = "问：为什么？\n答：因为如此。\n\n问：还有呢？\n答：没有了。"
ITEMS = "1. 鸡蛋两个\n2. 面粉一碗\n\n3. 清水半碗\n4. 盐一小勺"
WRAPPED = "\n\n".join(["河水一夜之间涨了两米，村里的人\n都站到了堤上，谁也没有说话，只\n听见水在响。"] * 3)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (POEM, POEM.split("\n\n")),
        (LONG_LINES, LONG_LINES.split("\n\n")),
        (f"{SENTENCE * 2}\n\n{POEM}\n\n{SENTENCE * 2}", [SENTENCE * 2, *POEM.split("\n\n"), SENTENCE * 2]),
        (POEM.replace("\n\n", "\n"), POEM.replace("\n\n", "\n").split("\n")),
        (TALK, TALK.replace("\n\n", "\n").split("\n")),
        (ITEMS, ITEMS.replace("\n\n", "\n").split("\n")),
        (f"{SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE}\n\n{SENTENCE}", [SENTENCE] * 4),
        (WRAPPED, ["河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话，只听见水在响。"] * 3),
    ],
    ids=["poem", "long-lines", "in-prose", "no-stanzas", "talk", "items", "sentences", "wrapped"],
)
def test_the_lines_of_a_poem_stay_lines_and_its_stanzas_paragraphs(text: str, paragraphs: list[str]) -> None:
    assert [block.text for block in compose(make_lines(text))] == paragraphs


def test_latin_words_stay_apart_where_a_line_was_wrapped() -> None:
    text = "\n".join(["the quick brown fox jumps"] * 7)
    assert [block.text for block in compose(make_lines(text))] == [text.replace("\n", " ")]


def test_only_what_is_kept_of_a_line_is_shown() -> None:
    verdict = Verdict("body", "test")
    lines = [
        Line(1, "正文。（单位：某大学）", verdict, verdict, (Cut(3, 11, "metadata", "test"),)),
        Line(2, "（单位）", verdict, verdict, (Cut(0, 4, "metadata", "test"),)),
    ]
    assert compose(lines) == (Block("paragraph", "正文。", 1, 1),)


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("县\t吨\n甲县\t12\n乙县\t8", ["县\t吨\n甲县\t12\n乙县\t8"]),
        ("\t县\t吨\n\t甲县\t12\n\t乙县\t8", ["县\t吨\n甲县\t12\n乙县\t8"]),
        ("| 县 | 吨 |\n| --- | :---: |\n| 甲县 | 12 |\n| 乙县 | 8 |", ["县\t吨\n甲县\t12\n乙县\t8"]),
        ("县\t吨\t元\n甲县\t12\t\n\n乙县\t8\t3\n丙县\t8\t4", ["县\t吨\t元\n甲县\t12\t", "乙县\t8\t3\n丙县\t8\t4"]),
        ("现象 | 原因 | 处理\n不热 | 没插电 | 插上", ["现象\t原因\t处理\n不热\t没插电\t插上"]),
        ("县\t吨\n甲县\t12", []),
        ("1.\t先洗米。\n2.\t再加水。\n3.\t最后点火。", []),
        ("记者：\t您怎么看？\n陈某：\t我这样看。\n记者：\t为什么？", []),
        ("\t第一段。\n\t第二段。\n\t第三段。", []),
        ("\n".join(["甲\t" + "长" * 70, "乙\t短", "丙\t短"]), []),
        (f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}", []),
    ],
)
def test_lines_of_cells_are_a_table(text: str, tables: list[str]) -> None:
    blocks = compose(make_lines(f"{SENTENCE}\n{text}\n{SENTENCE}"))
    assert [block.text for block in blocks if block.kind == "table"] == tables
    assert [blocks[0].text, blocks[-1].text] == [SENTENCE, SENTENCE]
