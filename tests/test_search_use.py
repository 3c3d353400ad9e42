"""How the search box and the results page behave under a reader's hands, on the project's own site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

BOX = ".md-search__input"
SAID = ".md-search-result__meta"
HITS = "#search-list article"
NOTE_QUERIES = """
    window.asked = []
    Worker.prototype.postMessage = new Proxy(Worker.prototype.postMessage, {
        apply(send, worker, [message]) {
            if (message.type === 2 && message.data) window.asked.push(message.data)         // QUERY, of the box
            if (message.type === 4 && message.data.query) window.asked.push(message.data.query)  // PAGE
            return send.call(worker, message)
        }
    })
"""
"""Keeps what the worker is asked from the moment it is asked, so that a test need not wait to see that nothing was."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def open_box(page: Page, address: str) -> None:
    """Open the search box by its key, once its worker is there."""
    page.goto(address)
    page.keyboard.press("/")
    expect(page.locator(SAID)).to_contain_text("键入")


def hold_the_index(page: Page) -> list[Route]:
    """The requests for the index's first file, which wait until they are let go."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/search/index.json", hold)
    return held


def refuse(page: Page, held: list[Route]) -> None:
    """Let what was held fail, once it was asked for: the page says that it looks before its worker asks."""
    for _ in range(1500):
        if held:
            break
        page.wait_for_timeout(20)
    assert held
    for route in held:
        route.abort()


# The box


def test_results_follow_each_character(page: Page, address: str) -> None:
    open_box(page, address)
    counts = []
    for character in ("工业", "互联网", "创新体系"):
        before = page.inner_text(SAID)
        page.keyboard.insert_text(character)  # as a paste or an input method gives it: no key goes up
        expect(page.locator(SAID)).not_to_have_text(before)
        expect(page.locator(SAID)).to_contain_text("篇")
        counts.append(int(page.inner_text(SAID).split()[0]))
    assert counts == sorted(counts, reverse=True)
    assert counts[1:] == [10, 1]


def test_enter_leads_to_the_chosen_hit_or_to_all(page: Page, address: str) -> None:
    open_box(page, address)
    page.keyboard.type("工业互联网")
    page.wait_for_selector(".md-search-result__item")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.querySelector('h1, h2').textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.search-mark")
    assert page.inner_text("h1") == chosen
    page.go_back()

    open_box(page, address)
    page.keyboard.type("工业互联网")
    page.keyboard.press("Enter")  # at once: nobody waits for the list
    page.wait_for_selector(HITS)
    assert unquote(page.url) == f"{address}search/?q=工业互联网"
    assert page.inner_text("#hits") == "10 篇文章，另有 1 个本站页面"
    assert not page.is_checked("#__search")


def test_the_letters_of_an_input_method_are_no_query(page: Page, address: str) -> None:
    page.add_init_script(NOTE_QUERIES)
    open_box(page, address)
    method = page.context.new_cdp_session(page)
    for letters in ("s", "shu", "shu ju"):
        method.send("Input.imeSetComposition", {"text": letters, "selectionStart": 0, "selectionEnd": len(letters)})
        for key in ("Process", "Enter", "ArrowDown", "Escape"):
            page.evaluate(
                """key => ["keydown", "keyup"].forEach(kind => document.activeElement.dispatchEvent(
                    new KeyboardEvent(kind, { key, isComposing: true, bubbles: true })))""",
                key,
            )
        assert page.evaluate("window.asked") == []
        assert page.is_checked("#__search")
    method.send("Input.insertText", {"text": "数据"})
    page.wait_for_selector(".md-search-result__item")
    assert page.evaluate("window.asked") == ["数据"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("工業互聯網", "10 篇文章，另有 1 个本站页面"),
        ("“工业，互联网”", "10 篇文章，另有 1 个本站页面"),
        ("工业互联网 数字经济", "8 篇文章，另有 1 个本站页面"),
        ("ＡＩ", "6 篇文章"),
        ("chatg", "1 篇文章"),
        ("工业互联网蟋蟀", "0 篇文章包含所查的文字，以下最为接近"),
        ("龘靐", "0 篇文章，可以换短一些的词"),
        ("。”", "请写上要查的文字，标点和符号不能单独查"),
        ("  ", "请写上要查的文字，标点和符号不能单独查"),
    ],
)
def test_the_box_says_how_many(page: Page, address: str, query: str, said: str) -> None:
    open_box(page, address)
    page.keyboard.insert_text(query)
    expect(page.locator(SAID)).to_have_text(said)


def test_the_box_says_that_it_is_looking_and_that_it_cannot(page: Page, address: str) -> None:
    held = hold_the_index(page)
    open_box(page, address)
    page.keyboard.type("数据")
    expect(page.locator(SAID)).to_have_text("正在查找……")
    refuse(page, held)
    expect(page.locator(SAID)).to_have_text("搜索暂时不可用，请稍后再试")
    page.context.unroute("**/search/index.json")
    page.keyboard.type("要素")
    expect(page.locator(SAID)).to_contain_text("篇文章")


# The results page


def test_without_a_query_or_a_hit_the_page_says_what_to_do(page: Page, address: str) -> None:
    page.goto(f"{address}search/")
    assert page.evaluate("document.activeElement.id") == "search-q"
    expect(page.locator(".search-advice li")).to_have_count(3)
    assert page.inner_text("#hits") == ""
    page.keyboard.insert_text("龘靐")
    expect(page.locator("#hits")).to_have_text("0 篇文章")
    assert "换短一些的词" in page.inner_text(".search-advice")
    for link in page.locator(".search-advice a").all():
        assert page.request.get(str(link.evaluate("link => link.href"))).ok
    page.fill("#search-q", "……")
    expect(page.locator("#hits")).to_have_text("请写上要查的文字，标点和符号不能单独查")
    page.fill("#search-q", "数据")
    page.wait_for_selector(HITS)
    assert not page.locator(".search-advice").count()


def test_the_keyboard_alone_leads_from_page_to_page(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('数据')}")
    page.focus("text=下一页")
    page.keyboard.press("Enter")
    expect(page.locator(".search-pages [aria-current]")).to_have_text("2")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('#search-list a')")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.search-mark")


def test_a_click_leads_to_the_place_that_has_the_sign(page: Page, address: str) -> None:
    page.goto(address)
    text = "<p>人工智能</p>" + "<p>一段</p>" * 99 + "<p id=here>推进“<b>人工</b>智能＋”</p>"
    page.evaluate(
        """async text => {
            document.querySelector("#text").innerHTML = text
            const { markQuery } = await import(new URL("search/mark.js", location))
            await markQuery(document.querySelector("#text"), "人工智能+")
        }""",
        text,
    )
    assert page.locator("mark.search-mark").all_inner_texts() == ["人工智能", "人工", "智能"]
    expect(page.locator("#here")).to_be_in_viewport()


def test_filters_that_leave_nothing_can_be_taken_away(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('疫情')}&source={quote('经济日报')}&order=date")
    page.click("text=不限主题、来源和时间")
    page.wait_for_selector(HITS)
    assert unquote(page.url) == f"{address}search/?q=疫情&order=date"
    assert page.input_value("#search-source") == ""


def test_pages_about_the_site_come_after_its_articles_and_are_counted_apart(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('主题')}")
    expect(page.locator("#hits")).to_have_text("1 篇文章，另有 2 个本站页面")
    said = ["本站页面" in facts for facts in page.locator(".search-facts").all_inner_texts()]
    assert said == [False, True, True]
    assert page.locator(HITS).count() == 1
    page.fill("#search-q", "的")
    expect(page.locator("#hits")).to_have_text("28 篇文章，另有 2 个本站页面")
    page.click("text=下一页")
    expect(page.locator(".search-pages [aria-current]")).to_have_text("2")
    page.click("text=下一页")
    expect(page.locator(".search-pages [aria-current]")).to_have_text("3")
    assert [page.locator(each).count() for each in (HITS, ".search-hit")] == [8, 10]
    page.wait_for_selector("#search-year option:nth-child(2)", state="attached")
    page.select_option("#search-year", "2021")
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    open_box(page, address)
    page.keyboard.insert_text("主题")
    expect(page.locator(SAID)).to_have_text("1 篇文章，另有 2 个本站页面")


def test_what_has_the_signs_of_the_query_comes_first_and_that_is_said(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('人工智能＋')}")
    expect(page.locator("#hits")).to_contain_text("篇文章，符号与所写一致的在前")
    assert "人工智能+" in page.inner_text(".search-hit >> nth=0")
    page.select_option("#search-order", "date")
    expect(page.locator("#hits")).to_contain_text("篇文章，符号不计")
    page.fill("#search-q", "5G-A")
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    open_box(page, address)
    page.keyboard.insert_text("工业互联网%")
    expect(page.locator(SAID)).to_have_text("10 篇文章，另有 1 个本站页面，符号不计")


def test_a_year_is_chosen_and_then_a_time_in_it_as_lists_have_them(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('的')}")
    page.wait_for_selector("#search-year option:nth-child(2)", state="attached")
    assert page.locator("#search-year option").all_inner_texts() == ["全部", "2025年（25）", "2021年（1）"]
    assert not page.is_visible("#search-period")
    page.select_option("#search-year", "2025")
    expect(page.locator("#hits")).to_have_text("25 篇文章")
    assert page.locator("#search-period option").all_inner_texts() == ["全年", "3月（1）", "1—3月（24）"]
    page.select_option("#search-period", "2025-03")
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    assert page.inner_text(".search-facts").startswith("2025年3月15日")
    shared = page.url
    page.select_option("#search-year", "2021")  # the month was one of the other year
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    assert unquote(page.url).endswith("period=2021")

    page.goto(shared)
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    page.wait_for_selector("#search-period option:nth-child(3)", state="attached")
    assert [page.input_value(f"#search-{each}") for each in ("year", "period")] == ["2025", "2025-03"]
    page.select_option("#search-year", "")
    expect(page.locator("#hits")).to_have_text("28 篇文章，另有 2 个本站页面")
    assert "period" not in page.url
    page.go_back()
    expect(page.locator("#hits")).to_have_text("1 篇文章")
    assert page.input_value("#search-period") == "2025-03"


def test_what_comes_nearest_is_marked_by_the_words_it_has(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('工业互联网蟋蟀')}")
    page.click(".search-hit h2 a >> nth=0")
    page.wait_for_selector("mark.search-mark:text-is('工业')")
    assert "蟋蟀" not in unquote(page.url)
    open_box(page, address)
    page.keyboard.insert_text("工业互联网蟋蟀")
    page.click(".md-search-result__item a >> nth=0")
    page.wait_for_selector("mark.search-mark:text-is('工业')")


def test_filters_are_shown_in_the_script_of_the_reader(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('数据')}")
    page.wait_for_selector(HITS)
    page.click("button[data-script=zh-Hant]")
    expect(page.locator("#search-topic")).to_contain_text("數字經濟")
    page.select_option("#search-topic", "数字经济")
    expect(page.locator("#hits")).to_contain_text("篇")
    assert unquote(page.url).endswith("topic=数字经济")


def test_the_page_says_that_it_is_looking_and_tries_again_when_asked(page: Page, address: str) -> None:
    held = hold_the_index(page)
    page.goto(f"{address}search/?q={quote('数据')}")
    expect(page.locator("#hits")).to_have_text("正在查找……")
    refuse(page, held)
    expect(page.locator("#hits")).to_have_text("搜索暂时不可用，请稍后再试")
    page.context.unroute("**/search/index.json")
    page.click("text=再试一次")
    page.wait_for_selector(HITS)
    page.wait_for_selector("#search-topic option:nth-child(2)", state="attached")


def test_a_piece_that_cannot_be_read_is_not_silence(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q={quote('数据')}")
    page.wait_for_selector(HITS)
    page.context.set_offline(True)
    page.fill("#search-q", "疫情")
    expect(page.locator("#hits")).to_have_text("搜索暂时不可用，请稍后再试")
    page.context.set_offline(False)
    page.click("text=再试一次")
    page.wait_for_selector(HITS)


def test_the_results_page_waits_for_an_input_method(page: Page, address: str) -> None:
    page.add_init_script(NOTE_QUERIES)
    page.goto(f"{address}search/")
    method = page.context.new_cdp_session(page)
    method.send("Input.imeSetComposition", {"text": "shu'ju", "selectionStart": 6, "selectionEnd": 6})
    assert page.input_value("#search-q") == "shu'ju"
    assert page.evaluate("window.asked") == []
    assert page.url == f"{address}search/"
    method.send("Input.insertText", {"text": "数据"})
    page.wait_for_selector(HITS)
    assert unquote(page.url) == f"{address}search/?q=数据"
