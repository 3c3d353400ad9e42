"""Markdown and front matter: whatever a source says, the page shows exactly that."""

from __future__ import annotations

import datetime
import html
import re
from html.parser import HTMLParser

import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from build_digest.model import Block
from build_digest.site import front_matter_yaml
from build_digest.site.front_matter_yaml import parse_front_matter, split_front_matter, write_front_matter
from build_digest.site.markdown import escape, link, read_page, render_blocks, write_page
from build_digest.text.typeset import typeset

from .conftest import ROOT


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without its Python tags."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)
CONFIG = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
EXTENSIONS = [name if isinstance(name, str) else next(iter(name)) for name in CONFIG["markdown_extensions"]]

MARKUP = "#*_`~^=+-|:!<>&[](){}\\/\"'.,;?@$%0123456789 ab中文的，。：“”《》（）—…　\tｱé😀\u200b&lt;"
TEXTS = st.text(st.sampled_from(MARKUP), max_size=30) | st.text(max_size=40)
TRAPS = [
    "#人工智能# 话题", "2024. 年的第一天", "1) 一", "- 项", "+ 项", "* 项", "> 引", ">>引", "***", "---", "===", "```", "~~~",
    "第1章: 引言", "[链接](http://a)", "![图](x)", "<b>粗</b>", "<script>alert(1)</script>", "&lt;", "&amp;#35;", "a_b_c",
    "__x__", "主席**“重要”**讲话", "`代码`", "| 表 | 格 |", "[^1]: 脚注", "[^1]", "*[缩写]: 意思", ": 定义", "!!! note", "??? x",
    "{: #id .class }", "{#id}", "段落 {: .x}", "\\#", "\\\\", "~~删~~", "==亮==", "^^上^^", "H~2~O", "--8<-- \"x\"", "[TOC]",
    "[x]: http://example.org", "    四个空格", "\t制表", "http://example.org/a_b_c*d", "<http://a.b>", "a@b.cc", "<!-- 注释 -->",
    "<!-- digest:derived -->", ":smile:", "$x$", "1986\\. 年", "#", "-", "1.", "中文  ", "&copy", "&#x3b;", "<", "</p>", "<?php", "<![CDATA[",
]  # fmt: skip


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def render(text: str) -> _Text:
    parser = _Text()
    parser.feed(markdown.markdown(text, extensions=EXTENSIONS))
    parser.close()
    return parser


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("text", TRAPS)
def test_traps_render_as_themselves(text: str) -> None:
    shown = typeset(text)
    page = render(render_blocks([Block("paragraph", shown, 1, 1), Block("paragraph", "下一段。", 2, 2)]))
    assert page.tags == (["p", "p"] if shown else ["p"])
    assert squeeze("".join(page.text)) == squeeze(shown + "下一段。")


@given(TEXTS, TEXTS)
def test_any_paragraphs_render_as_themselves(first: str, second: str) -> None:
    shown = [text for text in (typeset(first), typeset(second)) if text]
    page = render(render_blocks([Block("paragraph", text, 1, 1) for text in shown]))
    assert page.tags == ["p"] * len(shown)
    assert squeeze("".join(page.text)) == squeeze("".join(shown))


@given(TEXTS, st.integers(2, 6))
def test_any_heading_renders_as_itself(text: str, level: int) -> None:
    shown = typeset(text)
    if shown:
        page = render(render_blocks([Block("heading", shown, 1, 1, level=level), Block("paragraph", "段。", 2, 2)]))
        assert page.tags == [f"h{level}", "p"]
        assert squeeze("".join(page.text)) == squeeze(shown + "段。")


@given(TEXTS, st.integers(1, 10))
def test_any_turn_renders_as_itself(text: str, speaker: int) -> None:
    shown = typeset(text)
    block = Block("paragraph", shown, 1, 1, speaker=min(speaker, len(shown)))
    if shown and not shown[: block.speaker].endswith(" ") and not shown[block.speaker :].startswith(" "):
        page = render(render_blocks([block]))
        assert squeeze("".join(page.text)) == squeeze(shown)


@given(TEXTS, TEXTS)
def test_any_link_shows_its_text_and_leads_to_its_address(text: str, address: str) -> None:
    shown, target = typeset(text), squeeze(typeset(address))
    if shown and target:
        page = render("前：" + link(shown, target))
        assert page.tags == ["p", "a"]
        assert squeeze("".join(page.text)) == squeeze("前：" + shown)


VALUES = st.text(max_size=40) | st.sampled_from(
    [
        "第1章: 引言",
        "no",
        "12:30",
        "'单'\"双\"",
        "# 号",
        "😀",
        "null",
        "2024-01-01",
        "~",
        "- a",
        "1e3",
        "0x1F",
        "a: b",
        "---",
        "...",
        "=",
        "<<",
    ]
)


@given(VALUES, st.lists(VALUES, max_size=4), st.dates())
def test_mkdocs_reads_back_what_was_written(title: str, tags: list[str], date: datetime.date) -> None:
    title, tags = typeset(title), [typeset(tag) for tag in tags]
    meta = {
        "title": title,
        "date": date,
        "tags": tags,
        "origins": [{"file": title, "lines": "1-2"}],
        "digest": {"seen": {"a": title}},
    }
    page = write_page(meta, "正文。\n", "块")
    body, read = get_data(page)
    assert read == meta
    assert split_front_matter(page)[0] == meta
    known = read_page("a.md", page)
    assert (known.meta, known.body) == (meta, "正文。\n")
    assert body.lstrip("\n").startswith("正文。\n")


def test_escape_leaves_ordinary_text_alone() -> None:
    text = "2024年，“人工智能+”行动（试行）增长3.5%——见 https://example.org/a?b=c。A-B；C/D！"
    assert escape(text) == text


def test_a_turn_is_bold() -> None:
    rendered = markdown.markdown(render_blocks([Block("paragraph", "记者：“近年来”如何？", 1, 1, speaker=3)]))
    assert html.unescape(rendered) == "<p><strong>记者：</strong>“近年来”如何？</p>"


def test_front_matter_must_be_a_mapping() -> None:
    with pytest.raises(ValueError, match="mapping"):
        split_front_matter("---\n- a\n---\n正文")
    with pytest.raises(yaml.YAMLError):
        split_front_matter("---\na: b: c\n---\n正文")
    assert split_front_matter("没有前言") == (None, "没有前言")
    assert split_front_matter("---\n---\n正文")[0] == {}


@given(st.text("第一章水库，。、；：？！（）《》“”·—AZaz09 :#-\n'\"[]{}&*!|>%@`~=", max_size=12))
def test_front_matter_is_what_the_library_writes(text: str) -> None:
    meta = {"title": text, "derived": True, "note": [text, {"a": text}], "date": datetime.date(2024, 6, 30)}
    front = write_front_matter(meta)
    assert parse_front_matter(front.removeprefix("---\n").removesuffix("---\n")) == meta
    line = yaml.safe_dump({"title": text}, allow_unicode=True, width=2**20)
    assert write_front_matter({"title": text}) == f"---\n{line}---\n"
    for front in (f"title: {text}\nderived: true\n", f"title: {text}\nderived: true\nrobots: noindex\n"):
        try:
            expected = yaml.load(front, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError:
            continue
        assert parse_front_matter(front) == expected


PLAIN = st.recursive(
    st.text("水库，“”A1", max_size=5)
    | st.from_regex(r"(0b[01]{10}|[0-9a-f]{12}|[0-9]{1,4}-[0-9]{1,4}|\w{1,6}\.txt|[a-z]{1,3}/[a-z0-9/-]{1,6}\.md)\Z")
    | st.sampled_from(
        ["noindex", "zh-Hant", "null", "articles/a.md", "1_0.txt", "0x1f.txt", "1e5000000000", "0x123456789"]
    )
    | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["no", "null", "body", "a_b"]), inner),
)


@given(st.dictionaries(st.sampled_from(["title", "date", "on", "y", "_"]), PLAIN, min_size=1))
def test_plain_front_matter_is_what_the_library_writes(meta: dict[str, object]) -> None:
    written = write_front_matter(meta)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter_yaml, "write_plain", lambda key, value: None)
        assert write_front_matter(meta) == written


ODD = st.text(
    st.sampled_from("甲a1 :#-?'\"[]{},&*!|>%@`~=<.+_\\/\t\n\x07\x7f\x85\xa0\u2028\u200b\ufeff\ud800\ufffe𠮷😀")
    | st.characters(),
    max_size=12,
)
LIKE_OTHERS = st.sampled_from(
    ["2024-01-02", "2024-1-2 3:04:05", "1_000", "12:30:45", "0x1f", "017", "1e3", ".5", "NO", "null", "<<", "=", "…"]
)
STRINGS = ODD | LIKE_OTHERS | st.builds(lambda text, times: text * times, ODD, st.integers(1, 300))
SCALARS = STRINGS | st.booleans() | st.none() | st.integers() | st.floats(allow_nan=False) | st.dates() | st.datetimes()
WRITTEN = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(STRINGS | st.just("title"), WRITTEN, max_size=2))
def test_the_bytes_of_front_matter_do_not_depend_on_libyaml(meta: dict[str, object]) -> None:
    written = write_front_matter(meta)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front_matter_yaml, "_Dumper", front_matter_yaml._ExactDumper)
        assert write_front_matter(meta) == written
    assert written.encode("utf-8")


def test_rare_characters_stay_readable() -> None:
    meta = {"title": "𠮷野家的数字化😀", "authors": ["𠮷田"], "digest": {"seen": {"标题": "𠀀"}}}
    assert write_front_matter(meta) == (
        "---\ntitle: 𠮷野家的数字化😀\nauthors: [𠮷田]\ndigest: {seen: {标题: 𠀀}}\n---\n"
    )


@pytest.mark.parametrize("loader", [front_matter_yaml._Loader, yaml.SafeLoader])
@pytest.mark.parametrize("line", ['title: "\\ud800"', 'tags: [甲, "\\ud83d\\ude00"]', '"\\udc00": 1'])
def test_half_a_character_is_refused(monkeypatch: pytest.MonkeyPatch, loader: object, line: str) -> None:
    monkeypatch.setattr(front_matter_yaml, "_Loader", loader)
    with pytest.raises((yaml.YAMLError, ValueError), match="haracter"):
        parse_front_matter(line)


def test_the_lines_of_a_stanza_stay_lines() -> None:
    page = render(render_blocks([Block("paragraph", "门轴响了\n- 没有人\n# 进来", 1, 3)]))
    assert page.tags == ["p", "br", "br"]
    assert squeeze("".join(page.text)) == "门轴响了-没有人#进来"


CELLS = st.one_of(TEXTS, st.sampled_from(TRAPS)).map(lambda text: typeset(text.replace("\n", " ")))


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), min_size=2, max_size=4)))
def test_the_cells_of_a_table_show_what_they_say(rows: list[tuple[str, ...]]) -> None:
    page = render(
        render_blocks([Block("table", "\n".join(map("\t".join, rows)), 1, 9), Block("paragraph", "段。", 9, 9)])
    )
    assert page.tags.count("table") == 1
    assert page.tags.count("td") + page.tags.count("th") in (
        len(rows) * len(rows[0]),
        (len(rows) + 1) * len(rows[0]),
    )
    assert squeeze("".join(page.text)) == squeeze("".join("".join(row) for row in rows) + "段。")
    assert set(page.tags) == {"table", "thead", "tbody", "tr", "th", "td", "p"}


def test_a_table_has_its_head_and_its_figures_flush_right() -> None:
    text = "指标\t2023年\n产值\t1,200\n增长\t-3.5%"
    assert render_blocks([Block("table", text, 1, 3)]) == (
        "| 指标 | 2023年 |\n| --- | ---: |\n| 产值 | 1,200 |\n| 增长 | -3.5% |\n"
    )
    assert render_blocks([Block("table", "甲\t|乙|\n丙\t丁", 1, 2)]) == (
        "|  |  |\n| --- | --- |\n| 甲 | &#124;乙&#124; |\n| 丙 | 丁 |\n"
    )
