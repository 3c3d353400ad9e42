"""Every kind of page of the project's own site as a reader meets it: axe, stillness, fingers, paper, both scripts."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

ARTICLE = "articles/da-zao-shu-zhi-hua-qing-gong-ye-lian-tiao/"
TRADITIONAL = "articles/gong-xin-bu-jin-zhuang-long-jia-kuai-tui-jin-yuan-yu-zhou-ren/"
KINDS = {
    "home": "",
    "article": ARTICLE,
    "traditional article": TRADITIONAL,
    "long article": "articles/ji-shu-feng-jian-zhu-yi-shu-zhi-shi-dai-de-zi-ben-zhu-yi-pi-pan/",
    "topic": "topics/shu-zi-hua-zhuan-xing/",
    "topics": "topics/",
    "periods": "periods/",
    "sources": "sources/",
    "digests": "digests/",
    "digest": "digests/2025-01-2025-03/",
    "documents": "documents/",
    "document": "documents/dang-de-er-shi-da-bao-gao/",
    "author": "authors/chen-chao-xian/",
    "provenance": f"provenance/{TRADITIONAL.removeprefix('articles/')}",
    "guide": "guide/",
    "search": "search/",
    "hits": f"search/?q={quote('工业互联网')}",
    "nearest": f"search/?q={quote('工业蟋蟀飞船')}",
    "not found": "no/such/page/",
}

WATCH = """
window.moved = 0
new PerformanceObserver(list => list.getEntries().forEach(each => window.moved += each.value))
    .observe({ type: "layout-shift", buffered: true })
"""
# Targets within a sentence are exempt (WCAG 2.2, 2.5.8); so is what nobody sees.
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, select, input, summary")].filter(each => {
    if (!each.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
    const { width, height } = each.getBoundingClientRect(), parent = each.parentElement
    const inSentence = getComputedStyle(each).display === "inline" && parent.textContent.trim() !== each.textContent.trim()
    return width && !inSentence && (width < 24 || height < 24)
}).map(each => each.outerHTML)"""

KEPT_AS_WRITTEN = """() => [
    [...document.querySelectorAll("a[href]")].map(each => each.href),
    [...document.querySelectorAll("code, pre")].map(each => each.textContent),
]"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


def open_kind(page: Page, address: str, kind: str) -> None:
    page.goto(address + KINDS[kind])
    if kind in ("hits", "nearest"):
        page.wait_for_selector(".search-hit")
    if kind == "search":
        page.wait_for_load_state("networkidle")
    if kind == "not found":
        page.wait_for_function("document.querySelector('.find')?.action.includes('/wenzhai/')")
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 360), ("dark", 360)])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Literal["light", "dark"], width: int) -> None:
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    found = {}
    for kind in KINDS:
        open_kind(page, address, kind)
        page.evaluate(axe)
        violations = page.evaluate("async () => (await axe.run(document)).violations")
        found[kind] = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in violations]
    context.close()
    assert {kind: faults for kind, faults in found.items() if faults} == {}


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_nothing_moves_overflows_or_asks_another_host(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda each: faults.append(each.text) if each.type in ("error", "warning") else None)
    page.on("pageerror", lambda each: faults.append(str(each)))
    page.on("request", lambda each: None if each.url.startswith(address) else faults.append(each.url))
    for kind in KINDS:
        if kind == "not found":  # at first its addresses count from the host's root
            continue
        open_kind(page, address, kind)
        page.wait_for_timeout(150)
        assert page.evaluate("window.moved") < 0.02, kind
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), kind
        assert page.evaluate(SMALL_TARGETS) == [], kind
    assert faults == []
    assert context.cookies() == []
    context.close()


def test_a_sentence_of_the_summary_leads_to_its_place(page: Page, address: str) -> None:
    page.goto(address + ARTICLE)
    page.click(".summary li:nth-child(3) a")
    place = page.locator("#sentence-3")
    expect(place).to_be_in_viewport()
    mark = "each => getComputedStyle(each).backgroundColor !== getComputedStyle(each.parentElement).backgroundColor"
    assert place.evaluate(mark)
    page.go_back()
    assert not place.evaluate(mark)
    page.click("button[data-script=zh-Hant]")
    expect(page.locator(".summary li:nth-child(2) a")).to_contain_text("新一輪科技革命")
    page.click(".summary li:nth-child(2) a")
    expect(page.locator("#sentence-2")).to_be_in_viewport()
    expect(page.locator("#sentence-2")).to_contain_text("產業變革")


def test_without_scripts_a_sentence_and_the_search_lead_on_too(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.click(".summary li:nth-child(3) a")
    expect(page.locator("#sentence-3")).to_be_in_viewport()
    page.goto(f"{address}search/?q=%E6%95%B0%E6%8D%AE")
    expect(page.locator("noscript p")).to_be_in_viewport()
    context.close()


def test_each_kind_of_page_is_shown_in_traditional_characters(page: Page, address: str) -> None:
    """At a press of the button, on the next pages by themselves; addresses and code stay as they are."""
    loaded: list[str] = []
    page.on("request", lambda each: loaded.append(each.url.rpartition("/")[2]) if "/script/" in each.url else None)
    written = {}
    for kind in KINDS:
        open_kind(page, address, kind)
        written[kind] = page.evaluate(KEPT_AS_WRITTEN)
    assert loaded == []
    page.click("button[data-script=zh-Hant]")
    for kind in KINDS:
        page.wait_for_selector("button[data-script=zh-Hant][aria-pressed=true]")
        open_kind(page, address, kind)
        expect(page.locator(".masthead__nav")).to_contain_text("首頁")
        assert "訂閱" in page.inner_text("footer"), kind
        assert page.evaluate(KEPT_AS_WRITTEN) == written[kind], kind
    assert set(loaded) == {"convert.js", "zh-Hant.txt"}


# The height that a finger hits, with what an absolute `::after` adds below and above.
LOW_TARGETS = """() => [...document.querySelectorAll("button, select, summary, nav a, .chips a, .find input, .search-form input")]
    .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !each.closest(".md-search, .md-top"))
    .filter(each => {
        const around = parseFloat(getComputedStyle(each, "::after").bottom) || 0
        return each.getBoundingClientRect().height - 2 * Math.min(around, 0) < 43.5
    }).map(each => each.outerHTML)"""


@pytest.mark.parametrize("kind", ["home", "article", "digest", "hits", "not found"])
def test_a_finger_hits_what_stands_alone(browser: Browser, address: str, kind: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_kind(page, address, kind)
    low = page.evaluate(LOW_TARGETS)
    context.close()
    assert not low


@pytest.mark.parametrize("width", [360, 1440])
def test_a_heading_is_shown_below_the_masthead_and_as_the_present_one(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{KINDS['digest']}#{quote('值得引用的数字')}")
    heading = page.locator("h2:target")
    expect(heading).to_be_in_viewport()
    below = "each => each.getBoundingClientRect().top >= document.querySelector('.md-header').getBoundingClientRect().bottom"
    assert heading.evaluate(below)
    expect(page.locator(".toc .md-nav__link--active")).to_have_text("值得引用的数字")


def test_hits_come_in_the_chosen_script(page: Page, address: str) -> None:
    page.goto(address)
    page.click("button[data-script=zh-Hant]")
    page.goto(address + KINDS["hits"])
    expect(page.locator("#hits")).to_have_text("10 篇文章，另有 1 個本站頁面")
    expect(page.locator(".search-hit >> nth=0")).to_contain_text("工業互聯網")
    assert page.input_value("#search-q") == "工业互联网"
    page.select_option("#search-order", "date")
    page.wait_for_function("location.search.includes('order=date')")
    expect(page.locator(".search-hit >> nth=0")).to_contain_text("工業互聯網")


def test_the_page_for_what_is_missing_finds_the_site(page: Page, address: str) -> None:
    page.goto(f"{address}no/such/page/")
    page.fill(".find input[name=q]", "数据要素")
    page.click(".find button")
    page.wait_for_selector("#search-list article")
    assert page.url.startswith(f"{address}search/?q=")


def test_paper_gets_the_text_without_the_screen(page: Page, address: str) -> None:
    page.goto(f"{address}articles/wan-shan-gong-ye-hu-lian-wang-chuang-xin-ti-xi/")
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-footer", ".path", ".derived", ".actions", ".chips"):
        assert not page.locator(f"{selector}:visible").count(), selector
    assert page.is_visible("h1")
    assert page.is_visible(".byline")
    assert "来源：经济日报" in page.inner_text(".printed")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("kind", ["home", "article", "digest", "hits"])
def test_focus_is_seen_on_all_that_can_be_reached(page: Page, address: str, kind: str) -> None:
    open_kind(page, address, kind)
    page.locator(":focus").evaluate_all("all => all.forEach(each => each.blur())")
    for _ in range(25):
        page.keyboard.press("Tab")
        outline = page.evaluate("""() => {
            const style = getComputedStyle(document.activeElement)
            return document.activeElement === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none"
                || document.activeElement.matches(".md-search__input")
        }""")
        assert outline, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
