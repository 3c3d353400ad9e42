"""The search as readers have it, in Chromium: found is what a plain search of the folded texts finds."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock
from urllib.parse import quote, urlsplit

import opencc
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from build_digest.search.documents import Document
from build_digest.search.fold import fold
from build_digest.site.listing import day_label

from .search_site import BASE, build_site, cut_articles, generate_articles, serve

TABS = 4
NOTE_ANSWERS = """
    window.answered = []
    window.Worker = class extends Worker {
        constructor(...all) {
            super(...all)
            this.addEventListener("message", ({ data: { type, data } }) => type === 4 && window.answered.push(data.id))
        }
    }
"""
"""Keeps which queries of the results page were answered."""
SETTLED = "#search-page:not([aria-busy])"
DRIVER = (Path(__file__).parent / "search_driver.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """A served site and the documents in its index."""

    address: str
    folder: Path
    documents: Sequence[Document]
    folded: Sequence[tuple[str, str]]

    def find(self, url: str) -> Document:
        return next(document for document in self.documents if document.url == url)

    def search_plainly(self, query: str) -> set[str]:
        """The addresses of the documents whose folded text has every word of the query."""
        patterns = [make_pattern(word) for word in query.split() if fold(word)]
        return {url for url, text in self.folded if patterns and all(pattern.search(text) for pattern in patterns)}


def make_pattern(word: str) -> re.Pattern[str]:
    """What a word of a query finds in a folded text; a sign after a Latin word says that it ends there."""
    whole = fold(f"{word}0").endswith(" ^0") and not word.endswith("*")
    return re.compile(" ?".join(map(re.escape, re.split("[ \n]", fold(word)))) + "(?![0-9a-zÀ-ԯ])" * whole)


@dataclass(frozen=True)
class Answer:
    """What the reader sees: the line with the number of hits, and where the hits lead."""

    said: str
    links: Sequence[str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pages, others = cut_articles(), list(generate_articles(1000))
    built = build_site(tmp_path_factory.mktemp("search"), pages, others)
    with serve(built) as address:
        yield make_site(address, built / BASE, [*pages, *others])


def make_site(address: str, folder: Path, documents: Sequence[Document]) -> Site:
    folded = [(document.url, fold(f"{document.title}\n{document.text}")) for document in documents]
    return Site(address, folder, documents, folded)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without a past; a script that fails or a request that leaves the machine fails the test."""
    problems: list[str] = []
    opened = browser.new_context()
    opened.on("weberror", lambda error: problems.append(str(error.error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.on("request", lambda request: None if "//127.0.0.1:" in request.url else problems.append(request.url))
    yield opened
    opened.close()
    assert [problem for problem in problems if "ERR_FAILED" not in problem] == []


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def cut_queries(documents: Sequence[Document], count: int) -> list[str]:
    """Substrings of one to eight characters, half from the sample and half of all in the other script."""
    generator, to_traditional = random.Random(7), opencc.OpenCC("s2t")
    sample = [document for document in documents if document.url.startswith("articles/a")]
    queries: list[str] = []
    while len(queries) < count:
        document = generator.choice((sample, documents)[len(queries) % 4 > 1])
        text = f"{document.title}\n{document.text}"
        start = generator.randrange(len(text) - 8)
        query = text[start : start + generator.randint(1, 8)]
        if fold(query) and not re.search(r"\s", query):
            queries.append(to_traditional.convert(query) if len(queries) % 2 else query)
    return queries


def strip_address(href: str, base: str) -> str:
    assert href.startswith(base)
    return urlsplit(href[len(base) :]).path


def check_count(said: str, expected: set[str], query: str) -> None:
    number = int(re.search(r"\d+", said)[0])
    if "约" in said:
        assert len(fold(query)) > 2 or not query[-1].isalnum(), query
        assert number / 4 <= len(expected) <= number * 4, (query, said, len(expected))
    else:
        assert number == len(expected), (query, said, len(expected))


def ask(context: BrowserContext, start: str, call: str, queries: Sequence[str]) -> list[Answer]:
    """What the page says to each query, several tabs at work at once."""
    pages = [open_page(context, start) for _ in range(TABS)]
    for tab, page in enumerate(pages):
        page.keyboard.press("/")
        page.evaluate(f"queries => {{ window.answers = {DRIVER}.{call} }}", queries[tab::TABS])
    answers = [page.evaluate("window.answers") for page in pages]
    return [Answer(*answers[number % TABS][number // TABS]) for number in range(len(queries))]


def check_answer(site: Site, query: str, expected: set[str], answer: Answer, shown: int) -> None:
    check_count(answer.said, expected, query)
    found = {strip_address(link, site.address) for link in answer.links} - {"search/"}
    if expected:
        assert found <= expected, query
        assert len(found) == min(shown, len(expected)), query


def test_box_and_results_page_find_what_a_plain_search_finds(site: Site, context: BrowserContext) -> None:
    queries = cut_queries(site.documents, 300)
    in_box = ask(context, site.address, "askBox(queries)", queries)
    on_page = ask(context, f"{site.address}search/", "askPage(queries, 2)", queries)
    for query, box, page in zip(queries, in_box, on_page, strict=True):
        expected = site.search_plainly(query)
        check_answer(site, query, expected, box, 10)
        check_answer(site, query, expected, page, 20)


def read_url(file: Path) -> str:
    url: str = json.loads(file.read_bytes().decode("utf-16-le").split("\n")[0])[0]
    return url


def test_the_lists_miss_nothing_and_hold_little_else(site: Site, context: BrowserContext) -> None:
    """What the lists leave to be read holds all that is right, not only on the first pages, and is right mostly."""
    queries = cut_queries(site.documents, 300)
    page = open_page(context, site.address)
    numbers = page.evaluate(f"queries => {DRIVER}.listAll(queries)", queries)
    urls = {f"{file.parts[-3]}/{file.stem}": read_url(file) for file in site.folder.glob("search/*/texts/*.txt")}
    right = wrong = 0
    for query, firsts in zip(queries, numbers, strict=True):
        expected, found = site.search_plainly(query), {urls[first] for first in firsts}
        assert expected <= found, query
        assert len(fold(query)) > 2 or not query[-1].isalnum() or expected == found, query
        right, wrong = right + len(expected), wrong + len(found - expected)
    assert wrong < right / 4


def test_the_keyboard_leads_to_the_phrase_in_the_article(site: Site, context: BrowserContext) -> None:
    """Nothing is loaded before a query; `/`, arrows, Enter and Escape work; the phrase is marked in the article."""
    loaded: list[str] = []
    context.on("request", lambda request: loaded.append(request.url.removeprefix(f"{site.address}search/")))
    page = open_page(context, f"{site.address}articles/a1/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    expect(page.locator(".md-search-result__meta")).to_contain_text("键入")  # the worker is ready
    page.request.get(site.address)
    assert {path for path in loaded if not path.startswith("http")} == {"page.js", "worker.js", "search_index.json"}

    page.keyboard.insert_text(opencc.OpenCC("s2t").convert("数字经济时代"))
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__item mark")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#__search:not(:checked)", state="attached")
    page.wait_for_function("!document.activeElement.closest('.md-search')")

    _open_again(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.search-mark")
    assert "数字经济时代" in "".join(page.locator(".md-content mark.search-mark").all_inner_texts())
    place = page.locator(".search-mark >> nth=0").bounding_box()
    assert place is not None
    assert 0 < place["y"] < page.viewport_size["height"]


def _open_again(page: Page) -> None:
    """Press `/` until the search box opens: while it is still closing, Material takes a key for one that it had."""
    for _ in range(5):
        page.keyboard.press("/")
        with suppress(PlaywrightTimeoutError):
            page.wait_for_selector("#__search:checked", state="attached", timeout=5_000)
            return
    raise AssertionError("the search box does not open")


def test_marks_run_over_bold_words_and_change_no_text(site: Site, context: BrowserContext) -> None:
    document = site.documents[2]
    line = next(line for line in document.text.split("\n") if re.match(r"[\u4e00-\u9fff]{14}", line))
    query = line[8:14]  # the characters from 10 to 14 are bold
    page = open_page(context, f"{site.address}{document.url}")
    before = page.inner_text(".md-content")
    page.goto(f"{site.address}{document.url}?h={query}")
    page.wait_for_selector("mark.search-mark")
    assert page.inner_text(".md-content") == before
    assert "".join(page.locator("mark.search-mark").all_inner_texts()).startswith(query)
    assert page.locator("strong mark.search-mark").count()


def read_hits(page: Page) -> int:
    page.wait_for_selector(SETTLED)
    return int(re.search(r"\d+", page.inner_text("#hits"))[0])


def test_the_address_tells_the_whole_state_of_the_results_page(site: Site, context: BrowserContext) -> None:
    page = open_page(context, f"{site.address}search/?q=发展")
    all_hits = read_hits(page)
    assert page.url.endswith(f"search/?q={quote('发展')}")
    assert not page.is_checked("#__search")
    page.wait_for_selector("#search-source option:nth-child(3)", state="attached")
    page.select_option("#search-source", "经济日报")
    filtered = read_hits(page)
    expected = {url for url in site.search_plainly("发展") if site.find(url).source == "经济日报"}
    assert filtered == len(expected) < all_hits
    page.select_option("#search-topic", "数字经济")
    assert read_hits(page) == filtered

    other = open_page(context, page.url)
    assert read_hits(other) == filtered
    assert other.input_value("#search-source") == "经济日报"

    page.go_back()
    page.go_back()
    assert read_hits(page) == all_hits
    assert page.input_value("#search-source") == ""


def test_order_by_date_pages_and_the_way_back(site: Site, context: BrowserContext) -> None:
    page = open_page(context, f"{site.address}search/?q=发展")
    all_hits = read_hits(page)
    page.select_option("#search-order", "date")
    read_hits(page)
    days = [facts.split(" ")[0] for facts in page.locator(".search-facts").all_inner_texts()]
    newest = sorted((site.find(url).date or "" for url in site.search_plainly("发展")), reverse=True)[:10]
    assert days == [day_label(day) for day in newest]
    page.click("text=下一页")
    assert read_hits(page) == all_hits
    assert "page=2" in page.url
    second = page.inner_text("#search-list")
    page.click("#search-list article a >> nth=0")
    page.go_back()
    read_hits(page)
    assert page.inner_text("#search-list") == second
    assert page.input_value("#search-q") == "发展"


def test_a_page_beyond_the_last_shows_the_last(site: Site, context: BrowserContext) -> None:
    page = open_page(context, f"{site.address}search/?query=发展&page=5000")
    page.wait_for_selector("#search-list article")
    assert page.locator(".search-pages a[rel=next]").count() == 0
    assert page.inner_text(".search-pages").split()[:3] == ["上一页", "1", "…"]


def test_what_nothing_contains_gets_the_nearest_and_says_so(site: Site, context: BrowserContext) -> None:
    page = open_page(context, f"{site.address}search/?q=数据要素蟋蟀工业互联网")
    page.wait_for_selector(".search-hit")
    assert page.inner_text("#hits") == "0 篇文章包含所查的文字，以下最为接近"
    assert page.locator("#search-list article").count() == 0
    assert "蟋蟀" in page.inner_text(".search-missing >> nth=0")
    assert page.locator(".search-hit mark").count()
    for query in ("龘靐", "zzzzqq"):
        page.fill("#search-q", query)
        read_hits(page)
        assert page.inner_text("#hits") == "0 篇文章"


@pytest.mark.parametrize(
    ("query", "same"),
    [("“数字经济，”", "数字经济"), ("ＡＩ", "ai"), ("發展  數字", "发展 数字"), ("AI 技术", "技術 ai")],
)
def test_width_punctuation_script_and_order_do_not_matter(
    site: Site, context: BrowserContext, query: str, same: str
) -> None:
    page = open_page(context, f"{site.address}search/?q={quote(query)}")
    hits = read_hits(page)
    page.fill("#search-q", same)
    assert read_hits(page) == hits == len(site.search_plainly(query)) > 0


def test_an_older_query_never_overwrites_a_newer_one(site: Site, context: BrowserContext) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    context.add_init_script(NOTE_ANSWERS)
    page = open_page(context, f"{site.address}search/?q=数字")
    page.wait_for_selector("#search-list article")
    context.route("**/terms/*", hold_the_first)
    page.fill("#search-q", "高质量发展")
    for _ in range(1500):
        if held:
            break
        page.wait_for_timeout(20)
    assert held
    page.fill("#search-q", "新质生产力")
    page.wait_for_selector("#search-list mark:text-is('新质生产力')")
    with page.expect_event("requestfinished", lambda request: request == held[0].request):
        held[0].continue_()
    assert set(page.locator("#search-list mark").all_inner_texts()) == {"新质生产力"}
    page.fill("#search-q", "数字中国")  # what came of the older query would be told before the answer to this one
    page.wait_for_selector("#search-list mark:text-is('数字中国')")
    assert page.evaluate("window.answered") == [1, 3, 4]


def test_a_search_that_cannot_load_says_so_and_tries_again(site: Site, context: BrowserContext) -> None:
    context.route("**/index.json", lambda route: route.abort())
    page = open_page(context, f"{site.address}search/?q=数字")
    page.wait_for_selector("text=搜索暂时不可用")
    context.unroute("**/index.json")
    page.fill("#search-q", "数字经济")
    page.wait_for_selector("#search-list article")


def test_an_index_in_several_segments_is_searched_as_one(tmp_path: Path, context: BrowserContext) -> None:
    documents = list(generate_articles(200, size=300))
    for place, date in ((0, "2025-05-01"), (1, "2016-01-02"), (2, "2020-03-04")):
        documents[place] = replace(documents[place], title=f"改了{place}", text="数字经济的发展", date=date)
    with mock.patch("build_digest.search.segments.FEW", 40):
        built = build_site(tmp_path, [], documents)
    with serve(built) as address:
        site = make_site(address, built / BASE, documents)
        assert len(context.request.get(f"{address}search/index.json").json()["segments"]) > 5
        page = open_page(context, f"{address}search/?order=date")
        for query in ("数字经济的发展", "的", "发展", documents[50].title, "改了"):
            page.fill("#search-q", query)
            expected = site.search_plainly(query)
            assert read_hits(page) == len(expected) > 0
            links = page.eval_on_selector_all("#search-list article a", "all => all.map(each => each.href)")
            days = [site.find(strip_address(link, address)).date or "" for link in links]
            assert days == sorted((site.find(url).date or "" for url in expected), reverse=True)[:10]


def test_titles_and_texts_are_shown_as_text(tmp_path: Path, context: BrowserContext) -> None:
    nasty = Document("articles/x/", "<b>题&目</b>", "文字<img src=x onerror=alert(1)>在此", source='"<i>')
    with serve(build_site(tmp_path, [], [nasty])) as address:
        page = open_page(context, f"{address}search/?q=文字")
        page.wait_for_selector("#search-list article")
        assert page.inner_text("#search-list h2") == nasty.title
        assert page.inner_text("#search-list article > p:last-child") == nasty.text
        page.goto(address)
        page.keyboard.press("/")
        page.keyboard.insert_text("在此")
        page.keyboard.press("End")
        page.wait_for_selector(".md-search-result__item mark")
        assert nasty.text in page.inner_text(".md-search-result__item")


def test_without_scripts_other_ways_are_named(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    assert "主题" in open_page(context, f"{site.address}search/?q=数字").inner_text("noscript")
    context.close()
