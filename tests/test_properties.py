"""What holds for any corpus whatever: no line lost, no text changed, the same input gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser
from typing import cast

import markdown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from build_digest.model import KEPT, Digest, Known, Page, Reading, Source
from build_digest.pipeline import digest, read
from build_digest.report import explain, make_report
from build_digest.rulebook import Rulebook
from build_digest.site.front_matter_yaml import split_front_matter
from build_digest.site.markdown import split_derived
from build_digest.text.lines import split_lines
from build_digest.text.script import fold
from build_digest.text.typeset import typeset
from build_digest.workers import map_ordered

from .corpora import PARAGRAPHS
from .test_markdown import EXTENSIONS, MARKUP

SENTENCES = [sentence for paragraphs in PARAGRAPHS.values() for sentence in paragraphs]
FRAGMENTS = [
    "来源:河谷日报", "时间:2024-06-30 10:00", "一、为什么", "（一）其一", "首页 | 新闻 | 体育", "版权所有", "目录", "- 第一篇", "第一篇 水", "第二篇 火", "====",
    "上一篇:火", "记者:怎样?", "局长:这样。", "* 星号 *", "<script>alert(1)</script>", "## 标题", "[链接](http://x.y)", "水库蓄水", "老城区", "(作者单位:某大学)", "",
]  # fmt: skip
LINES = st.sampled_from(SENTENCES) | st.sampled_from(FRAGMENTS) | st.text(MARKUP, max_size=25) | st.text(max_size=25)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
slow = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(page: Page) -> str:
    """What a reader sees of an article's own text."""
    body = split_derived(split_front_matter(page.text)[1])[0]
    parser = _Text()
    parser.feed(markdown.markdown(body, extensions=EXTENSIONS))
    parser.close()
    return re.sub(r"\s+", "", parser.text)


def page_of(result: Digest, place: int) -> Page:
    return next(page for page in result.pages if page.path == result.paths[place])


@slow
@given(TEXTS)
def test_every_line_stands_in_the_ledger_once(rulebook: Rulebook, text: str) -> None:
    source = Source("a.txt", text.encode("utf-8", "surrogatepass"))
    reading = read(source, rulebook)
    assert len(reading.account().decoded) == len(reading.lines)
    assert [line.number for line in reading.lines] == list(range(1, len(reading.lines) + 1))
    if "\r" not in text and text.isprintable():
        assert list(reading.account().decoded) == split_lines(text)
    for line in reading.lines:
        assert (line.fate == "blank") == (not line.text.strip())
        assert [(cut.start, cut.end) for cut in line.cuts] == sorted((cut.start, cut.end) for cut in line.cuts)
        assert all(0 <= cut.start < cut.end <= len(line.text) for cut in line.cuts)
    if reading.kind == "none":
        assert not {line.fate for line in reading.lines} & KEPT
    assert reading.encoding is None or explain(reading).count("\n") >= len(reading.lines)


@slow
@given(st.binary(max_size=200))
def test_any_bytes_at_all_are_read(rulebook: Rulebook, data: bytes) -> None:
    reading = read(Source("a.txt", data), rulebook)
    assert len(reading.account().decoded) == len(reading.lines)


@slow
@given(st.lists(LINES, min_size=2, max_size=14).map("\n".join))
def test_the_page_shows_the_kept_parts_and_nothing_else(rulebook: Rulebook, text: str) -> None:
    source = Source("a.txt", (SENTENCES[0] + "\n" + text).encode("utf-8", "surrogatepass"))
    result = digest([source], rulebook, Known())
    for place, article in enumerate(result.articles):
        own = [line for line in result.ledger[0].lines if line.article == article.key[1]]
        kept = "".join(typeset(line.kept_text()) for line in own if line.fate in ("heading", "body"))
        # How wide a mark is follows from the whole paragraph, which lines are joined to.
        assert fold(shown(page_of(result, place))) == fold(re.sub(r"\s+", "", kept))


def _sources(texts: Sequence[str]) -> list[Source]:
    return [Source(f"{i}.txt", text.encode("utf-8", "surrogatepass")) for i, text in enumerate(texts)]


def _pages(result: Digest) -> dict[str, str]:
    return {page.path: page.text for page in result.pages}


@slow
@given(st.lists(TEXTS, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_sources_changes_nothing(rulebook: Rulebook, texts: list[str], random: object) -> None:
    sources = _sources(texts)
    shuffled = list(sources)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (digest(list(order), rulebook, Known()) for order in (sources, shuffled))
    assert _pages(first) == _pages(second)
    assert make_report(first) == make_report(second)


@slow
@given(st.lists(TEXTS, max_size=3), TEXTS)
def test_an_unrelated_source_changes_no_other_page(rulebook: Rulebook, texts: list[str], other: str) -> None:
    before = digest(_sources(texts), rulebook, Known())
    after = digest(
        [*_sources(texts), Source("other/x.txt", ("无关的一篇\n" + other).encode("utf-8", "surrogatepass"))],
        rulebook,
        Known(),
    )
    keys = {article.key: i for i, article in enumerate(after.articles)}
    for i, article in enumerate(before.articles):
        merged = after.articles[keys[article.key]] if article.key in keys else None
        if merged is None or merged.origins != article.origins:
            continue  # the new source has a copy of this very text
        old, new = page_of(before, i), page_of(after, keys[article.key])
        assert old.path == new.path
        assert split_derived(old.text)[0] == split_derived(new.text)[0]


def test_the_number_of_workers_changes_nothing(rulebook: Rulebook) -> None:
    sources = _sources(
        [
            "\n".join([f"第{i}号通知", *SENTENCES[i % 7 : i % 7 + 2], f"编号{i * 7919}的事项另行通知。" * 3])
            for i in range(40)
        ]
    )
    alone = digest(sources, rulebook, Known())
    for kind in (ThreadPoolExecutor, ProcessPoolExecutor):
        with kind(2) as executor:
            shared = digest(sources, rulebook, Known(), partial(map_ordered, executor))
        assert _pages(shared) == _pages(alone)
        assert make_report(shared) == make_report(alone)


def test_a_reading_is_a_function_of_its_source(rulebook: Rulebook) -> None:
    source = Source("a.txt", "\n".join(SENTENCES).encode())
    assert read(source, rulebook) == cast("Reading", read(source, rulebook))
