"""Rule files: what ships is sound, and what is wrong is refused with the place and a remedy."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_digest.classify import judge_lines, settle
from build_digest.errors import RuleError
from build_digest.rules import load_rules, read_shipped_rules
from build_digest.text.gates import split_alternatives
from build_digest.text.line_fold import fold_line, fold_pattern
from build_digest.text.patterns import compile_checked

from .corpora import PARAGRAPHS
from .golden_pages import shipped_rules

GOOD = "id: mine, fate: boilerplate, weight: 3"


def test_shipped_rules_load_and_each_id_is_used_once() -> None:
    ids = re.findall(r"^  - id: (\S+)", "\n".join(read_shipped_rules().values()), re.MULTILINE)
    assert len(ids) == len(set(ids)) > 40
    assert shipped_rules().ids <= set(ids)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("patterns: [", r"mine\.yml: line 1: expected YAML such as"),
        ("lines:\n- {file: a.txt, line: 2024-02-30, fate: body}", r"mine\.yml: line 2: expected YAML .*2024-02-30"),
        ("verbs:\n  source: [转]\n  source: [载]", r"mine\.yml: line 3: expected `source` only once"),
        ("just a word", r"the file: expected sections such as"),
        ("paterns: []", r"instead of `paterns`.*did you mean `patterns`\?"),
        ("labels: [来源]", r"labels: expected lists by kind"),
        ("labels: {sorce: [来源]}", r"labels: .*`sorce`.*did you mean `source`\?"),
        ("nobody: [no]", r"nobody: expected a list of texts.*quotes"),
        ("patterns: {id: a}", r"patterns: expected a list of entries"),
        ("patterns: [{pattern: a}]", r"expected an entry with an id"),
        (f"patterns: [{{{GOOD}, patern: a}}]", r"mine: .*`patern`.*did you mean `pattern`\?"),
        ("patterns: [{id: mine, fate: boilerplat, weight: 3}]", r"`boilerplat`.*did you mean `boilerplate`\?"),
        ("patterns: [{id: mine, fate: xyz, weight: 3}]", r"use one of: title, heading"),
        ("patterns: [{id: mine, fate: body, weight: 0}]", r"a weight above 0"),
        ("patterns: [{id: mine, fate: body, weight: true}]", r"change True"),
        (f"patterns: [{{{GOOD}}}]", r"a pattern such as"),
        (f"patterns: [{{{GOOD}, pattern: '(', example: a}}]", r"a regular expression, not '\('"),
        (f"patterns: [{{{GOOD}, pattern: a}}]", r"an example that the pattern must match"),
        (f"patterns: [{{{GOOD}, pattern: 河水, example: 山}}]", r"the pattern '河水' to match its example '山'"),
        (f"patterns: [{{{GOOD}, pattern: 河水, example: 河水, not: 涨河水}}]", r"to leave alone '涨河水'"),
        (f"words: [{{{GOOD}, words: [1]}}]", r"mine: expected a list of texts"),
        ("heads: [{id: h, pattern: '^(?P<who>.)$', example: a}]", r"h: .*`who`"),
        ("lines: [a]", r"lines, entry 1: expected `\{file"),
        ("lines: [{file: a.txt, lin: b, fate: body}]", r"did you mean `line`\?"),
        ("lines: [{file: a.txt, fate: body}]", r"lines, entry 1: expected"),
        ("lines: [{file: a.txt, line: b, fate: bod}]", r"did you mean `body`\?"),
    ],
)
def test_wrong_rule_is_refused_with_place_and_remedy(text: str, expected: str) -> None:
    with pytest.raises(RuleError, match=expected) as raised:
        load_rules({"mine.yml": text})
    assert str(raised.value).startswith("mine.yml: ")


def test_empty_files_are_rules_that_match_nothing() -> None:
    rules = load_rules({"empty.yml": "", "comments.yml": "# nothing yet\n"})
    assert rules.strongest("版权所有") is None
    assert rules.strongest("首页") is None
    assert not rules.labels.search("来源:河谷日报")


def test_one_way_of_writing_a_rule_fits_all() -> None:
    rules = load_rules({"mine.yml": f"patterns: [{{{GOOD}, pattern: '^（轉載）', example: （轉載）}}]"})
    for line in ("（轉載）甲", "(转载)乙", "（转载)丙"):
        rule = rules.strongest(fold_line(line))
        assert rule is not None
        assert rule.id == "mine"


def test_the_weightiest_rule_counts_and_the_middle_of_a_long_line_does_not() -> None:
    rules = shipped_rules()
    strongest = rules.strongest(fold_line("未经许可不得转载 版权所有"))
    assert strongest is not None
    assert strongest.id == "copyright"
    assert rules.strongest("山" * 200 + "版权所有" + "水" * 200) is None
    assert rules.strongest("山" * 400 + "版权所有") is not None


@given(st.text(max_size=80))
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    folded = fold_line(text)
    assert len(folded) == len(text)
    assert fold_line(folded) == folded


@given(st.text(st.sampled_from("来源（）：a1、【】？"), max_size=20))
def test_a_text_folded_as_a_literal_pattern_matches_itself(text: str) -> None:
    literal = "".join(char if not char.isascii() else re.escape(char) for char in text)
    assert re.fullmatch(fold_pattern(literal), fold_line(text))


@pytest.mark.parametrize("pattern", [r"^a|b", r"(a|b)|[|]c", r"\(a|b", "abc", r"a{1,2}|[^|]]"])
def test_alternatives_put_together_again_are_the_pattern(pattern: str) -> None:
    assert "|".join(split_alternatives(pattern)) == pattern


@pytest.mark.parametrize(("mark", "behind"), [("", "body"), (", ends: true", "boilerplate")])
def test_an_editor_s_rule_takes_its_line_and_not_the_text_behind(mark: str, behind: str) -> None:
    own = f"patterns:\n- {{id: heard, pattern: '^据了解[，,]', fate: boilerplate, weight: 6{mark}, example: '据了解，'}}\n"
    rules = load_rules({**read_shipped_rules(), "rules/mine.yml": own})
    heard, last = "据了解，这项工程去年开工，今年完工，投资两千万元。", "下游三个县的农民都说好。"
    menu, foot = ["首页", "新闻", "登录", "注册"], ["相关阅读", "关于我们", "联系我们", "版权所有 河谷日报"]
    page = [*menu, "水库蓄水保灌溉", "来源：河谷日报", *PARAGRAPHS["水"], heard, last, *foot]
    _, lines = settle(page, judge_lines(page, rules), rules)
    fates = {line.text: line.fate for line in lines}
    assert (fates[PARAGRAPHS["水"][2]], fates[heard], fates[last]) == ("body", "boilerplate", behind)
    assert all(fates[line] == "boilerplate" for line in (*menu, *foot))


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"pattern": "(", "example": "水"}, r"\(: the pattern is not a regular expression: .+ \(mend the pattern"),
        ({"pattern": "水", "example": "火"}, "水: the pattern does not match its example '火' .mend one of the two"),
        ({"pattern": "水", "example": "水庫", "not": "水"}, "水: the pattern matches '水', which it must not"),
        ({"pattern": "水", "example": "水庫", "not": ["火", "水"]}, "matches '水', which it must not .narrow the"),
    ],
)
def test_a_pattern_that_its_own_examples_refute_is_refused(rule: dict[str, object], said: str) -> None:
    with pytest.raises(RuleError, match=said):
        compile_checked("mine.yml", rule)


def test_examples_are_read_as_texts_are() -> None:
    rule = {"pattern": "水库a", "example": "水庫Ａ", "not": ["水庫"]}
    assert compile_checked("mine.yml", rule).search("水库a")
    with pytest.raises(RuleError, match=r"mine\.yml: reservoir: "):
        compile_checked("mine.yml", rule, "reservoir", str)
