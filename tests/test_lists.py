"""Home, the indexes and the lists of articles: what stands where, and what is not said twice."""

from __future__ import annotations

import re

import pytest

from build_digest.site.entries import Entry
from build_digest.site.groups import make_archive
from build_digest.site.listing import render_entry
from build_digest.site.pages import render_lists

PAPERS = ("河谷日报", "街坊报", "")


def make_entry(number: int) -> Entry:
    return Entry(
        f"articles/{number}.md",
        f"第{number}篇",
        date=f"2025-{1 + number % 2:02}-{1 + number:02}",
        source=PAPERS[number % 3],
        tags=("农业", f"题{number}") if number % 2 else ("农业",),
        summary="雨下了一夜。",
    )


@pytest.fixture
def pages() -> dict[str, str]:
    return make_pages(28)


def make_pages(count: int, *others: Entry) -> dict[str, str]:
    archive = make_archive([*(make_entry(number) for number in range(count)), *others], {})
    return {page.path: page.text for page in render_lists(archive)}


def test_an_index_shows_each_name_with_its_number_and_two_titles(pages: dict[str, str]) -> None:
    index = pages["topics/index.md"]
    assert "共 15 个主题，文章多的在前。" in index
    row = "- [农业](nong-ye.md) *28 篇*\n\n    [第27篇](../articles/27.md)\n\n    [第25篇](../articles/25.md)\n\n- ["
    assert row in index
    assert re.findall(r"^- \[(\w+)\].*\*(\d+) 篇\*$", pages["sources/index.md"], re.MULTILINE) == [
        ("河谷日报", "10"),
        ("街坊报", "9"),
        ("未注明来源", "9"),
    ]
    assert "共 2 家来源" in pages["sources/index.md"]
    assert "共 2 个时段，最近的在前。\n\n- [2025年2月](2025-02.md) *14 篇*" in pages["periods/index.md"]


def test_an_article_with_a_date_and_a_period_counts_once() -> None:
    pages = make_pages(3, Entry("articles/z.md", "末", date="2025-03-19", period="2025-01/2025-03"))
    counts = re.findall(r"\*(\d+) 篇\*$", pages["periods/index.md"], re.MULTILINE)
    assert sum(map(int, counts)) == 4


def test_an_index_of_nothing_but_what_is_not_stated_counts_no_names() -> None:
    archive = make_archive([Entry("articles/a.md", "甲")], {})
    pages = {page.path: page.text for page in render_lists(archive)}
    assert "共" not in pages["sources/index.md"]
    assert "分属" not in pages["index.md"]
    assert "## 主题" not in pages["index.md"]


def test_home_begins_with_the_newest_and_leads_on(pages: dict[str, str]) -> None:
    home = pages["index.md"]
    assert re.findall(r"^## (.+)$", home, re.MULTILINE) == ["最新", "主题", "时间", "来源"]
    assert home.count("\n- **") == 12
    assert "[按时间看全部 28 篇](periods/index.md)" in home
    assert "[农业 *28*](topics/nong-ye.md)" in home
    assert "[全部 15 个]" not in home
    topics = tuple(f"另{number}" for number in range(10))
    assert "[全部 25 个](topics/index.md)" in make_pages(28, Entry("articles/z.md", "末", tags=topics))["index.md"]
    assert "按时间看全部" not in make_pages(12)["index.md"]


def test_small_print_does_not_repeat_the_title_of_its_list(pages: dict[str, str]) -> None:
    entry = "- **[第27篇](../articles/27.md)**"
    assert f"{entry} *2025年2月28日 · 河谷日报 · 题27*" in pages["topics/nong-ye.md"]
    assert f"{entry} *2025年2月28日 · 农业 · 题27*" in pages["sources/he-gu-ri-bao.md"]
    assert f"{entry} *2025年2月28日 · 河谷日报 · 农业 · 题27*" in pages["periods/2025-02.md"]


def test_small_print_names_a_thing_once_and_three_topics_at_most() -> None:
    entry = Entry("a.md", "甲", period="2025-01/2025-03", source="农业", tags=("农业", "乙", "丙", "丁"))
    assert render_entry("b.md", entry) == "- **[甲](a.md)** *2025年1—3月 · 农业 · 乙 · 丙*"
    assert render_entry("b.md", entry, told="2025年1—3月") == "- **[甲](a.md)** *农业 · 乙 · 丙*"
    assert render_entry("b.md", Entry("a.md", "甲", tags=("乙",)), told="乙") == "- **[甲](a.md)**"
