"""What readers type, sign by sign: which texts it finds and which it leaves, in Chromium and by the engine alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from playwright.sync_api import Browser, Page

from build_digest.search.documents import Document

from .search_site import BASE, generate_articles, serve, write_index

ENGINE = """async () => {
  const { Engine } = await import(new URL("search/engine.js", location))
  window.fetched = []
  window.engine = new Engine(async path => {
    window.fetched.push(path)
    return new Uint8Array(await (await fetch(`search/${path}`)).arrayBuffer())
  })
}"""

# The text, what finds it, what does not.
TYPED = {
    "C++": ("用C++写的程序", ["C++", "c", "C", "C+", "c＋＋", "C。写", "程序"], ["C写", "D++"]),
    "a beginning": ("去café喝杯咖啡", ["caf", "CAFÉ", "caf*"], ["caf.", "afé", "cafe"]),
    "hyphen": ("GPT-4o发布", ["GPT-4", "gpt", "gpt－4o", "gpt 4o"], ["GPT4o", "PT-4", "gpt-4."]),
    "letter and digit": ("5G网络覆盖", ["5G", "５ｇ网络", "5"], ["15G", "5 G网", "G网络"]),
    "decimals": ("规模1.35万亿元", ["1.35万亿", "1．35", "1.3", "35万亿"], ["135万亿", "1.35亿", "1.3%"]),
    "years": ("２０２５年的計劃", ["2025年", "2025年的计划", "202"], ["12025年", "025年", "2025的"]),
    "time": ("会议12:30开始", ["12:30", "12：30开始", "30开始"], ["1230", "12:3开始"]),
    "slash": ("做A/B测试", ["A/B", "a/b测试", "A／B测试", "做A"], ["AB测试", "A.C"]),
    "mail": (
        "请写zhang.san@example.com。",
        ["zhang.san@example.com", "example.com", "ZHANG"],
        ["san@sample", "xample.com"],
    ),
    "ampersand": ("研发R&D投入", ["R&D", "r＆d投入", "R＆D"], ["RD投入", "R&E"]),
    "percent": ("增长5.6%以上", ["5.6%", "５．６％", "增长5.6"], ["56%", "5%以上"]),
    "plus": ("人工智能＋制造", ["人工智能+", "“人工智能＋”", "人工智能+制造", "智能 制造"], ["人工智能制造"]),
    "address": ("见https://www.gov.cn/a.htm", ["gov.cn", "https://www.gov.cn/", "www"], ["govcn", "ov.cn"]),
    "dot first": ("用.NET与Node.js", [".NET", "net", "Node.js"], ["nodejs", "et与"]),
    "beyond 16 bits": ("𠮷野家开店", ["𠮷", "𠮷野家", "野家"], ["吉野", "𠮶", "𡈽野"]),
    "emoji": ("好😀消息", ["😀", "好😀消", "消息"], ["好消息", "😃"]),
    "variants": ("臺灣的檯燈，颱風", ["台湾", "台灣", "檯", "台风", "灯"], ["抬灯"]),
    "width of kana": ("ｶﾗｰのテレビ", ["カラー", "ｶﾗｰ"], ["カラテ"]),
    "quotation": (
        "使用 Machine Learning 的数据 要素",
        [
            '"machine learning"',
            "“数据 要素”",
            "「数据 要素」",
            '"数据 要素',
            '"数据" "要素"',
            "“数据 要素",
            '"数据 要"',
        ],
        ['"learning machine"', '"要素 数据"', '"的 要素"'],
    ),
    "spaces": ("数字中国的经济", ["数字 经济", " 数字　经济 ", "经济 数字", "数字\t的"], ["数字经济", "数字 消费"]),
    "no operators": ("甲^乙 (丙) .* 丁", ["^乙", "(丙", "甲^", "丁.*"], ["甲.*丁", "[甲乙]丙"]),
    "long": ("发展数字经济" * 80, ["发展数字经济" * 80, "数字经济发展" * 70], ["发展数字经济" * 20 + "吗"]),
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    documents = [Document(f"articles/{at}/", f"题目{at}", text) for at, (text, _, _) in enumerate(TYPED.values())]
    with open_engine(tmp_path_factory.mktemp("queries"), browser, documents) as page:
        yield page


@contextmanager
def open_engine(folder: Path, browser: Browser, documents: Sequence[Document]) -> Iterator[Page]:
    """A page whose `engine` searches those documents, and whose `fetched` names the files that it asked for."""
    with mock.patch("build_digest.search.shards.SHARD", 8):  # nearly a file for each list
        write_index(list(documents), folder / BASE / "search")
    (folder / BASE / "index.html").write_text('<!doctype html><link rel="icon" href="data:,">', encoding="utf-8")
    context = browser.new_context()
    with serve(folder) as address:
        page = context.new_page()
        page.goto(address)
        page.evaluate(ENGINE)
        yield page
    context.close()


def search(page: Page, query: str) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("query => engine.search(query)", query)
    return found


@pytest.mark.parametrize("at", range(len(TYPED)), ids=list(TYPED))
def test_a_text_is_found_by_what_stands_in_it(engine: Page, at: int) -> None:
    _, finding, missing = list(TYPED.values())[at]
    for query in (*finding, *missing):
        found = search(engine, query)
        urls = set() if found["near"] else {hit["url"] for hit in found["hits"]}
        assert (f"articles/{at}/" in urls) == (query in finding), query
        assert found["total"] == len(urls), query


SIGNED = [
    "人工智能的研究",
    "“人工智能＋”行动",
    "人工智能，人工智能，人工智能",
    "C语言",
    "C++语言",
    "互联网、+",
    "增长5。6",
    "增长5.6%",
]


@pytest.mark.parametrize(
    ("query", "first", "signs"),
    [
        ("人工智能+", [1], "first"),
        ("人工智能+ 行动", [1], "all"),
        ("“人工智能＋”", [1], "first"),
        ("人工智能%", [], "ignored"),
        ("人工智能", [], "all"),
        ("人工智能，", [], "all"),
        ("C++", [4], "first"),
        ("网+", [], "ignored"),
        ("5.6%", [7], "first"),
        ("+行动", [], "all"),
    ],
)
def test_what_has_the_signs_of_a_query_comes_first(
    tmp_path: Path, browser: Browser, query: str, first: list[int], signs: str
) -> None:
    texts = [(f"articles/{at}/", text) for at, text in enumerate(SIGNED)]
    documents = [Document(url, "题目", text, date=f"2020-01-{20 - at}") for at, (url, text) in enumerate(texts)]
    with open_engine(tmp_path, browser, documents) as page:
        found = search(page, query)
        by_date = page.evaluate("query => engine.search(query, { order: 'date' })", query)
    assert found["signs"] == signs
    assert by_date["signs"] == ("all" if signs == "all" else "ignored")
    assert {hit["url"] for hit in found["hits"]} == {hit["url"] for hit in by_date["hits"]}
    assert [hit["url"] for hit in found["hits"][: len(first)]] == [f"articles/{at}/" for at in first]


@pytest.mark.parametrize("length", [30, 300], ids=["in one passage", "in a later passage"])
def test_the_excerpt_shows_the_place_that_has_the_sign(tmp_path: Path, browser: Browser, length: int) -> None:
    text = "人工智能很长\n" + "很长的一段话\n" * length + "推进“人工智能+”行动"
    with open_engine(tmp_path, browser, [Document("articles/a/", "题目", text)]) as page:
        assert "<mark>人工智能</mark>+" in search(page, "人工智能＋")["hits"][0]["excerpt"]
        assert "<mark>人工智能</mark>很长" in search(page, "人工智能%")["hits"][0]["excerpt"]


@pytest.mark.parametrize("query", ["", " ", "　", "。", "++", "“”", "\u200b", "x" * 500, "字" * 500])
def test_what_asks_for_nothing_or_for_too_much_finds_nothing(engine: Page, query: str) -> None:
    found = search(engine, query)
    assert (found["total"], found["hits"]) == (0, [])


@pytest.mark.parametrize(("query", "signs"), [("。，", "alone"), ("++ “”", "alone"), ("龘+", "all"), ("😀", "all")])
def test_signs_alone_ask_for_nothing(engine: Page, query: str, signs: str) -> None:
    assert search(engine, query)["signs"] == signs


def test_a_latin_word_is_not_taken_to_pieces_when_nothing_has_it(engine: Page) -> None:
    found = search(engine, "nodejs 经济 龘")
    assert found["near"]
    assert found["hits"][0]["missing"] == ["nodejs"]
    for query in ("a&t", "1,0", "龘 x"):
        assert not search(engine, query)["near"]


def test_a_long_query_asks_for_a_few_lists_only(engine: Page) -> None:
    engine.evaluate(ENGINE)  # one that has fetched nothing
    search(engine, "".join(chr(0x4E00 + number) for number in range(300)))
    assert 0 < sum("/terms/" in path for path in engine.evaluate("fetched")) <= 16


def test_pages_about_the_site_stand_after_its_articles(tmp_path: Path, browser: Browser) -> None:
    documents = [
        Document("guide/", "怎样查找文章", "查找文章，查找文章，查找文章。", is_article=False),
        Document("articles/old/", "旧的", "怎样查找文章", date="2001-01-01"),
        Document("articles/undated/", "不知何时的", "怎样查找文章"),
        Document("about/", "关于", "怎样查找文章", is_article=False),
    ]
    with open_engine(tmp_path, browser, documents) as page:
        for query in ("查找文章", "怎样查找文章", "查找文章 怎样"):
            found = search(page, query)
            hits = found["hits"]
            assert (found["total"], found["others"], found["pages"]) == (2, 2, 1)
            assert [hit["isArticle"] for hit in hits] == [1, 1, 0, 0], query
            assert [hit["url"] for hit in hits][-2:] == ["guide/", "about/"]
        near = search(page, "查找文章蟋蟀")["hits"]
        assert [hit["isArticle"] for hit in near] == [1, 1, 0, 0]


def test_lists_that_mislead_are_narrowed_and_pages_go_on(tmp_path: Path, browser: Browser) -> None:
    """Articles that have both ends of a phrase where they should be, but not the phrase, and are newer than those that do."""
    phrase, inner = "甲乙丙丁戊己庚辛", "乙丙丁戊己庚"
    texts = (
        [(phrase, "2001")] * 24
        + [("甲乙子丑寅卯庚辛", "2003")] * 30
        + [(inner, "2002")] * 100
        + [("别的", "2000")] * 300
    )
    documents = [Document(f"articles/{at}/", "题目", text, date=date) for at, (text, date) in enumerate(texts)]
    with open_engine(tmp_path, browser, documents) as page:
        pages = page.evaluate(
            """async query => {
              const found = []
              for (const page of [1, 2, 3]) found.push(await engine.search(query, { page }))
              return found
            }""",
            phrase,
        )
        read = sum("/texts/" in path for path in page.evaluate("fetched"))
    assert [len(found["hits"]) for found in pages] == [10, 10, 4]
    assert {hit["url"] for found in pages for hit in found["hits"]} == {f"articles/{at}/" for at in range(24)}
    assert (pages[2]["total"], pages[2]["exact"]) == (24, True)
    assert read <= 24 + 10


def test_the_last_page_is_named_where_it_is_known(engine: Page) -> None:
    texts = engine.evaluate(
        """async () => {
            const { makePages } = await import(new URL("search/drawing.js", location))
            const name = (page, result) => makePages(page, result, n => `?page=${n}`).map(each => each.textContent ?? "").join("")
            return [name(1, { pages: 9, exact: true }), name(1, { pages: 9, exact: false }), name(5, { pages: 9, exact: false }),
                name(9, { pages: 9, exact: false }), name(1, { pages: 1, exact: true }), name(1, {})]
        }"""
    )
    assert texts == ["123…9下一页", "123…下一页", "上一页1…34567…下一页", "上一页1…789", "", ""]


def test_reading_has_an_end_where_the_lists_tell_little(tmp_path: Path, browser: Browser) -> None:
    """Both pieces of the query stand in all articles, at places that fit; in none are they neighbours."""
    texts = ["甲乙" + "一二三四五六七八九十百千万亿兆京"[number % 3 :] + "丙丁" for number in range(900)]
    documents = [Document(f"articles/{at}/", "题目", text) for at, text in enumerate(texts)]
    with open_engine(tmp_path, browser, documents) as page:
        assert search(page, "甲乙，丙丁")["exact"]
        page.evaluate("engine.most = 200")
        found = search(page, "甲乙，丙丁")
        page.evaluate(ENGINE)
        page.evaluate("engine.most = 200")
        assert search(page, "甲乙，丙丁") == found
        read = sum("/texts/" in path for path in page.evaluate("fetched"))
    assert 200 <= read <= 210  # and what comes nearest
    assert (found["total"], found["exact"], found["near"]) == (0, False, True)
    assert found["hits"][0]["missing"] == []


def test_common_terms_of_a_long_word_are_not_fetched_from_every_segment(tmp_path: Path, browser: Browser) -> None:
    documents = list(generate_articles(100, size=100))
    with mock.patch("build_digest.search.segments.FEW", 15), open_engine(tmp_path, browser, documents) as page:
        segments = page.evaluate("engine.open().then(() => engine.segments.length)")
        before = len(page.evaluate("fetched"))
        found = search(page, re.findall("[\u4e00-\u9fff]{8}", documents[7].text)[0])
        fetched = page.evaluate("fetched")[before:]
    assert found["total"] >= 1
    assert segments > 6
    assert sum("/terms/" in path for path in fetched) <= 7 + 3 * segments < 7 * segments
