"""What is put before a person: narrow decisions, and the reason for a page without a main text."""

from __future__ import annotations

import yaml

from build_digest.classification.review import format_review, uncertain_lines
from build_digest.classify import judge_lines, settle
from build_digest.model import Account, Line, Reading
from build_digest.packing import pack_tightly
from build_digest.rules import load_rules, read_shipped_rules

from .golden_pages import shipped_rules

SENTENCE = (
    "河水一夜之间涨了两米，村里的人都站到了堤上，谁也没有说话，只听见水在响，一直响到天快要亮的时候，孩子们才睡着。"
)


def _settle(texts: list[str], mine: str = "") -> list[Line]:
    rules = load_rules(read_shipped_rules() | {"lines.yml": mine}) if mine else shipped_rules()
    return settle(texts, judge_lines(texts, rules, file="a.txt"), rules)[1]


def test_verdicts_that_disagree_are_uncertain_until_an_editor_settles_them() -> None:
    texts = [
        "涨水",
        "来源：河谷日报",
        SENTENCE,
        "木桥 石桥 铁桥 水泥桥",
        SENTENCE + "天亮了。",
        "相关阅读：",
        "水从哪里来",
        SENTENCE + "水退了，人们一个一个地走回家去。",
    ]
    assert [line.number for line in uncertain_lines(_settle(texts))] == [4, 8]
    mine = f"lines: [{{file: a.txt, line: {SENTENCE}水退了，人们一个一个地走回家去。, fate: boilerplate}}]"
    assert [line.number for line in uncertain_lines(_settle(texts, mine))] == [4]


def test_prose_that_was_dropped_on_weak_evidence_is_put_before_a_person() -> None:
    teasers = [
        "谷里下了一场很大的雪，上山的路都封住了，邮车一连三天没有来，学校也停了课。",
        "谷里的雪什么时候才会停，邮车什么时候才会来？",
    ]
    notice = "好活网为您提供电焊工招聘信息，包括岗位职责、任职要求、薪资待遇等。本页每天更新一次。"
    rights = "特别声明：以上文章内容仅代表作者本人观点，不代表本站。"
    texts = ["涨水", "来源：河谷日报", SENTENCE, SENTENCE + "天亮了。", "相关阅读：", *teasers, notice, rights]
    lines = _settle(texts)
    assert [line.fate for line in lines[4:]] == ["boilerplate"] * 5
    assert [line.text for line in uncertain_lines(lines)] == [teasers[0], notice]


def test_a_path_cannot_begin_a_line_of_what_is_to_be_reviewed() -> None:
    texts = ["涨水", "来源：河谷日报", SENTENCE, "木桥 石桥 铁桥 水泥桥", SENTENCE + "天亮了。"]
    path = "河谷/a\nb\u2028c.txt"
    account = Account(tuple(texts), tuple(_settle(texts)))
    rows = format_review([Reading(path, "", "utf-8", "article", None, pack_tightly(account))])
    assert rows[2].startswith(r"# '河谷/a\nb\u2028c.txt', line 4:")
    assert yaml.safe_load("\n".join(rows))["lines"] == [{"file": path, "line": texts[3], "fate": "heading"}]
