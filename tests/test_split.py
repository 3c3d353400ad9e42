"""Compilations are taken apart as a reader would do it, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from build_digest.compilations.collection import Collection, collection_of, declared_in
from build_digest.compilations.promotion import mark_noise, promotion_score
from build_digest.compilations.rows import read_row
from build_digest.compilations.split_rules import Signal, read_signal, split_rules
from build_digest.compilations.titles import trailing_page, without_footnote, without_leader, without_page
from build_digest.errors import RuleError
from build_digest.split import Layout, Part, split

FOLDER = Path(__file__).with_name("split")
CASES = sorted(path.relative_to(FOLDER).as_posix().removesuffix(".in.txt") for path in FOLDER.rglob("*.in.txt"))
CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix("\n").split("\n")


def as_data(layout: Layout) -> dict[str, object]:
    """A layout as the golden files write it: lines by number, an extent as `first-last`."""
    data: dict[str, object] = {"kind": layout.kind}
    if layout.kind == "article":
        return data
    data |= {"title": layout.title, "declared": layout.declared, "contents": list(layout.contents)}
    data["parts"] = [
        {"lines": f"{p.first}-{p.last}", "title": p.title, "title_lines": list(p.title_lines), "from": p.title_from}
        for p in layout.parts
    ]
    others = {other.line: other.rule for other in layout.other if other.rule != "blank"}
    data |= {"other": others} if others else {}
    problems = [f"{problem.line} {problem.severity} {problem.code}" for problem in layout.problems]
    return data | ({"problems": problems} if problems else {})


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    expected = yaml.safe_load((FOLDER / f"{case}.out.yml").read_text("utf-8"))
    assert as_data(split(lines_of(FOLDER / f"{case}.in.txt"))) == expected


@pytest.mark.parametrize(
    ("case", "stating"),
    [
        ("contents/teachers_behind_the_text", [(12, 15), (18, 21), (24, 27), (30, 33)]),
        ("separators/books_and_what_they_say", [(4,), (9,), (14,), (19,), (24,)]),
        ("separators/roman_numbers_past_twelve", [(n,) for n in range(6, 43, 3)] + [()]),
    ],
)
def test_lines_that_state_something_stand_where_those_of_the_other_articles_do(
    case: str, stating: list[tuple[int, ...]]
) -> None:
    assert [part.head_lines for part in split(lines_of(FOLDER / f"{case}.in.txt")).parts] == stating


def test_a_record_may_have_nothing_but_a_title() -> None:
    records = [f"标题：{title}" for title in ("铁皮屋顶", "借书证", "末班渡")]
    lines = ["渡口文选"] + [line for record in records for line in (record, "下雨的时候，屋里说话要喊，秋天换成了瓦。")]
    assert [part.title for part in split(lines).parts] == ["铁皮屋顶", "借书证", "末班渡"]


def test_no_golden_orphans() -> None:
    outs = {path.relative_to(FOLDER).as_posix().removesuffix(".out.yml") for path in FOLDER.rglob("*.out.yml")}
    assert outs == set(CASES)
    assert len(CASES) > 25


@pytest.mark.parametrize(
    ("title", "name", "period", "declared"),
    [
        ("2025年1-3月数字经济类公文堂网编", "2025年1-3月数字经济类公文堂网编", "2025-01/2025-03", None),
        ("科技文章选编（25篇）", "科技文章选编", None, 25),
        ("# 2024年上半年文章选编(共二十五篇)", "2024年上半年文章选编", "2024-01/2024-06", 25),
        ("2024年下半年讲话汇编", "2024年下半年讲话汇编", "2024-07/2024-12", None),
        ("2024年第三季度乡土文选", "2024年第三季度乡土文选", "2024-07/2024-09", None),
        ("2024Q2乡土文选", "2024Q2乡土文选", "2024-04/2024-06", None),
        ("二〇二四年5月随笔", "二〇二四年5月随笔", "2024-05", None),
        ("二○二四年十二月随笔", "二○二四年十二月随笔", "2024-12", None),
        ("2024年12月-2025年2月汇编", "2024年12月-2025年2月汇编", "2024-12/2025-02", None),
        ("2024年12月至2025年2月汇编", "2024年12月至2025年2月汇编", "2024-12/2025-02", None),
        ("2023年乡土文集", "2023年乡土文集", "2023", None),
        ("2021-2023年乡土文集", "2021-2023年乡土文集", "2021/2023", None),
        ("2024年春季号《乡土》", "2024年春季号《乡土》", "2024", None),
        ("2024.5乡土文摘", "2024.5乡土文摘", "2024-05", None),
        ("《乡土文摘》", "乡土文摘", None, None),
        ("乡土文摘第3期", "乡土文摘第3期", None, None),
        ("第3篇 论水", "第3篇 论水", None, None),
        ("（25篇）", "（25篇）", None, 25),
    ],
)
def test_collection_of(title: str, name: str, period: str | None, declared: int | None) -> None:
    assert collection_of(title) == Collection(name, period, declared)


def test_a_count_in_running_text_is_not_declared() -> None:
    assert declared_in("收录文章30篇") == 30
    assert declared_in("第30篇") is None


@pytest.mark.parametrize("signal", [*split_rules().promotion, split_rules().article_head], ids=lambda signal: signal.id)
def test_rules_match_their_examples(signal: Signal) -> None:
    assert signal.pattern.search(signal.example)
    assert not signal.pattern.search(signal.counter)


@pytest.mark.parametrize("entry", [{"example": "水", "not": "土"}, {"example": "火", "not": "大火"}])
def test_a_rule_that_fails_its_examples_is_refused(entry: dict[str, str]) -> None:
    with pytest.raises(RuleError, match=r"^split\.yml: fire: the pattern"):
        read_signal({"pattern": "火", **entry}, "fire")


@pytest.mark.parametrize("run", [" ", "\u3000", "\t", "*", "…", "1", ". "], ids=ascii)
def test_a_long_run_on_one_line_is_read_like_any_other_text(run: str) -> None:
    line = run * 30_000 + "x"
    mark_noise([read_row(1, line)])
    assert (trailing_page(f"甲{line}"), without_page(f"甲{line}")) == (None, f"甲{line}")
    assert without_footnote(f"甲{line}") == f"甲{line}"
    assert without_leader(f"甲{line}") in ("甲", f"甲{line}")


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("论水 *[1]①", "论水"),
        ("论水[123]", "论水[123]"),
        ("[1]论水【12〕 ", "[1]论水"),
        ("论水1", "论水1"),
        ("*", ""),
        ("", ""),
    ],
)
def test_footnote_marks_at_the_end_go(text: str, bare: str) -> None:
    assert without_footnote(text) == bare


def test_a_sentence_about_a_site_is_no_promotion() -> None:
    assert promotion_score("更多信息请访问官方网站 https://example.org 。") < split_rules().promotion_threshold
    assert promotion_score("客服微信:examplekf") >= split_rules().promotion_threshold


def test_sample_corpus() -> None:
    layouts = {path.name[:3]: split(lines_of(path)) for path in sorted(CORPUS.glob("*.txt"))}
    assert [layouts[name].kind for name in ("000", "001", "002", "003")] == ["article"] * 4
    layout = layouts["004"]
    assert (layout.title, layout.declared, len(layout.parts), layout.problems) == (1, 25, 25, ())
    assert layout.contents == tuple(range(2, 29))
    assert layout.parts[0] == Part(29, 39, "“人工智能+”赋能未来产业发展", (), 4)
    assert layout.parts[1] == Part(40, 61, "促进数字产业化和产业数字化良性互动", (40,), 40)
    assert layout.parts[18] == Part(270, 293, "数字技术助推精神生活共同富裕", (270, 272), 270)
    assert (layout.parts[24].first, layout.parts[24].last) == (356, 364)
    assert [(other.line, other.rule) for other in layout.other] == [(n, "promotion") for n in range(365, 370)]


# Styles that nobody listed: own texts, long enough for real articles, put together in many ways.

SUBJECTS = [
    "水利",
    "茶叶",
    "木桥",
    "磨坊",
    "账本",
    "渡口",
    "集市",
    "稻田",
    "果园",
    "学校",
    "戏台",
    "药铺",
    "邮路",
    "竹林",
]
SHAPES = [
    "{a}与{b}的一次长谈",
    "为什么{a}离不开{b}",
    "重新认识{a}：从{b}说起",
    "{a}十年记",
    "在{b}旁边看{a}的变化",
    "{a}，还是{b}？",
]
SENTENCES = [
    "老人们说这件事要从三十年前讲起，那时候路还没有修到村口。",
    "记者走访了七户人家，得到的说法并不一样，但每家都留着当年的收据。",
    "算下来，一年的收成刚好够还上春天借的钱，剩下的就是人情。",
    "有人主张拆掉重建，也有人主张原样修好，会开了三次没有结果。",
    "后来他们想出一个办法，谁用谁管，谁管谁签字，签字的本子挂在墙上。",
    "水位高的年份大家都来，水位低的年份只剩下守的人。",
    "这样的安排并不新鲜，县志里写过，只是没有人翻到那一页。",
]
Article = tuple[str, list[str]]


def make_articles(rng: random.Random, count: int) -> list[Article]:
    titles: list[str] = []
    while len(titles) < count:
        a, b = rng.sample(SUBJECTS, 2)
        title = rng.choice(SHAPES).format(a=a, b=b)
        if title not in titles:
            titles.append(title)
    return [(title, list(make_text(rng))) for title in titles]


def make_text(rng: random.Random) -> Iterator[str]:
    sections = rng.random() < 0.5
    for number in range(rng.randint(6, 12)):
        if sections and number in (2, 4):
            yield ("一、" if number == 2 else "二、") + rng.choice(SUBJECTS) + "的来历"
        yield "".join(rng.choice(SENTENCES) for _ in range(rng.randint(3, 7)))


def body(articles: Sequence[Article], head: str = "{t}", gap: int = 0, skip_first: bool = False) -> list[str]:
    lines: list[str] = []
    for n, (title, text) in enumerate(articles, 1):
        if n > 1 or not skip_first:
            lines += head.format(t=title, n=n, c="〇一二三四五六七八九十"[n]).split("\n")
        lines += [*text, *[""] * gap]
    return lines


def listed(articles: Sequence[Article], entry: str) -> list[str]:
    return [entry.format(t=t, n=n, p=3 * n, c="〇一二三四五六七八九十"[n]) for n, (t, _) in enumerate(articles, 1)]


Style = Callable[[Sequence[Article]], list[str]]
STYLES: dict[str, Style] = {
    "stars": lambda a: ["乡土文选", "目录", *listed(a, "★ {t}"), *body(a, skip_first=True), "客服微信:examplekf"],
    "dots": lambda a: ["乡土读物", "篇目", *listed(a, "{t}.........{p}"), "", *body(a, gap=1)],
    "tabs": lambda a: ["目　录", *listed(a, "{n}\t{t}\t{p}"), "", *body(a, "{n}. {t}")],
    "page_words": lambda a: ["乡土", "【目录】", *listed(a, "{t}……第{p}页"), *body(a, "【{t}】", gap=1)],
    "spaced_numbers": lambda a: [f"乡土文摘（{len(a)}篇）", *listed(a, "0{n} {t}"), *body(a, skip_first=True)],
    "indented": lambda a: ["乡土", "目录", *listed(a, "　　{t}"), "", *body(a, "　　　　{t}", gap=2)],
    "numbers_in_brackets": lambda a: ["乡土", "目次", *listed(a, "[{n}] {t}"), *body(a, "■ {t}")],
    "no_heading": lambda a: ["乡土文集", *listed(a, "{t}（张三）"), *body(a, "{t}\n张三")],
    "ordinal_lists": lambda a: ["乡土", "目录", *listed(a, "第{c}篇　{t}"), *body(a, "第{c}篇：{t}", skip_first=True)],
    "labels": lambda a: ["乡土", "文章列表", *listed(a, "{c}、{t}"), "", *body(a, "标题：{t}\n作者：李四", gap=1)],
    "bold": lambda a: ["# 乡土", "## 目录", *listed(a, "1. [{t}](#{n})"), "", *body(a, "**{t}**\n", gap=1)],
    "stars_between": lambda a: "\n* * *\n".join("\n".join([t, *x]) for t, x in a).split("\n"),
    "double_rules": lambda a: ["乡土文选", *body(a, "=====\n{t}\n=====")],
    "underlined": lambda a: ["乡土文选", "", *body(a, "{t}\n----------", gap=1)],
    "ordinals": lambda a: ["开会发言", *body(a, "篇{c}：{t}", gap=1)],
    "bracketed_ordinals": lambda a: ["乡土范文", *body(a, "【篇{n}】{t}")],
    "samples": lambda a: [f"发言稿（精选{len(a)}篇）", *body(a, "例文{c}　{t}")],
    "ordinals_alone": lambda a: ["乡土", *body(a, "第{n}篇\n{t}", gap=1)],
    "top_headings": lambda a: body(a, "# {t}\n", gap=1),
    "lower_headings": lambda a: ["# 乡土合集", *body(a, "### {t}", gap=1)],
    "numbers": lambda a: [f"乡土文选（{len(a)}篇）", "", *body(a, "{n}、{t}", gap=1)],
    "blank_lines": lambda a: ["乡土随笔", "", "", *body(a, gap=3)],
    "blank_lines_everywhere": lambda a: [line for t, x in a for line in ("", "", t, *(y for p in x for y in ("", p)))],
}


@pytest.mark.parametrize("style", STYLES)
def test_styles(style: str) -> None:
    """Titles, order and text come out whole for every style; 0.97 of the articles over all seeds at least."""
    right = wanted = 0
    for seed in range(4):
        rng = random.Random(f"{style} {seed}")
        articles = make_articles(rng, rng.randint(4, 9))
        lines = STYLES[style](articles)
        layout = split(lines)
        found = {(part.title, tuple(text_of(lines, layout, part))) for part in layout.parts}
        right += sum((title, tuple(clean(text))) in found for title, text in articles)
        wanted += max(len(articles), len(found))
    assert right >= 0.97 * wanted, f"{right} of {wanted}"


def clean(text: Sequence[str]) -> list[str]:
    return [line for line in text if line.strip()]


def text_of(lines: Sequence[str], layout: Layout, part: Part) -> list[str]:
    """The text of a part without its titles and head lines."""
    others = {other.line for other in layout.other} | set(part.title_lines)
    own = [lines[n - 1] for n in range(part.first, part.last + 1) if n not in others]
    return [line for line in clean(own) if line not in ("张三", "作者：李四")]


HEADINGS = ["背景", "主要做法", "存在的问题", "下一步打算", "几点体会"]
ONE_ARTICLE: dict[str, Style] = {
    "plain": lambda a: [a[0][0], *a[0][1]],
    "blank_lines": lambda a: [a[0][0], "", *[y for p in a[0][1] for y in (p, "")]],
    "chinese_numbers": lambda a: [
        "乡村观察",
        *[y for c, (_, x) in zip("一二三四", a, strict=False) for y in (f"{c}、做法", *x)],
    ],
    "numbers": lambda a: ["十条经验", *[y for n, (_, x) in enumerate(a, 1) for y in (f"{n}. {HEADINGS[n % 5]}", *x)]],
    "headings": lambda a: ["# 观察", *[y for n, (_, x) in enumerate(a) for y in (f"## {HEADINGS[n % 5]}", *x[:4], "")]],
    "own_contents": lambda a: [
        *["乡村观察", "目录", *(f"{n}. {HEADINGS[n % 5]}……{n}" for n in range(1, 5)), ""],
        *[y for n, (_, x) in enumerate(a[:4], 1) for y in (f"{n}. {HEADINGS[n % 5]}", f"在乡村，{x[0]}", *x[1:3])],
    ],
    "chapters": lambda a: [
        *["管理办法", "目录", *(f"第{c}章 {h}" for c, h in zip("一二三四", HEADINGS, strict=False))],
        *[y for c, h, (_, x) in zip("一二三四", HEADINGS, a, strict=False) for y in (f"第{c}章 {h}", *x)],
    ],
    "interview": lambda a: ["访守桥人", *[y for t, x in a for y in (f"记者：{t}", "守桥人：" + x[0], *x[1:3])]],
    "scenes": lambda a: ["渡口往事", *[y for _, x in a for y in ("* * *", *[p for p in x if p.endswith("。")])]],
    "web_page": lambda a: ["首页", "新闻", *[t for t, _ in a], a[0][0], *a[0][1], "相关阅读", *[t for t, _ in a[1:]]],
    "series": lambda a: [a[0][0], a[0][1][0], *[f"第{n}篇：{t}" for n, (t, _) in enumerate(a, 1)], *a[0][1][1:]],
}


@pytest.mark.parametrize("style", ONE_ARTICLE)
def test_an_article_is_never_torn(style: str) -> None:
    for seed in range(6):
        rng = random.Random(f"{style} {seed}")
        lines = ONE_ARTICLE[style](make_articles(rng, rng.randint(4, 8)))
        assert split(lines) == Layout("article", None, (), (Part(1, len(lines), "", (), 0),))


PIECES = (
    *(
        "",
        "目录",
        "目录（3篇）",
        "汇编",
        "====",
        "- 论水",
        "论水",
        "论火①",
        "第一篇 论水",
        "第2篇",
        "# 论水",
        "## 论火",
        "1、论火",
    ),
    *(
        "2、论水",
        "【论水】",
        "论水……3",
        "一、论水",
        "水往低处流。",
        "火往高处走。" * 40,
        "客服微信:abc",
        "- 3 -",
        "| 论水 | 3 |",
    ),
    *("作者：张三", "\u3000", "**", "[", "篇1", "1", "2", "3", "4", "论水（张三）", "“论水。”"),
)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=40))
@settings(max_examples=400, deadline=None)
def test_every_line_once(lines: list[str]) -> None:
    """Any text is laid out without an error, each of its lines in exactly one place."""
    layout = split(lines)
    assert split(list(lines)) == layout
    others = [other.line for other in layout.other]
    own = [n for part in layout.parts for n in range(part.first, part.last + 1) if n not in set(others)]
    title = [layout.title] if layout.title else []
    assert sorted([*title, *layout.contents, *others, *own]) == list(range(1, len(lines) + 1))
    for part in layout.parts:
        assert set(part.title_lines) <= set(range(part.first, part.last + 1)) - set(others)
        assert layout.kind == "article" or part.title


@pytest.mark.parametrize("lines", [["长" * 1_000_000], ["-" * 1_000_000], ["目录", "一、甲乙", "二、丙丁"] * 2000])
def test_large_input_is_no_trouble(lines: list[str]) -> None:
    assert split(lines).kind == "article"
