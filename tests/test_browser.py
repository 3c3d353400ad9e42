"""A reader's way through the project's own site, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from .conftest import serve

SIZES = {"phone": (360, 740), "desktop": (1440, 900)}


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site below a base path, since that is where project pages stand."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "where").symlink_to(site)
    with serve(root) as host:
        yield f"{host}some/where/"


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page that lets nothing pass: no error in its console, no request that leaves the machine or fails."""
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    page.on("response", lambda response: faults.append(response.url) if response.status >= 400 else None)
    yield page
    context.close()
    assert faults == []


def ask(page: Page, query: str) -> None:
    """Type into the search box; Material reads it when a key goes up."""
    page.keyboard.press("/")
    page.wait_for_selector(".md-search__input:focus")
    page.wait_for_function("document.querySelector('.md-search-result__meta')?.textContent.includes('键入')")
    page.keyboard.insert_text(query)
    page.keyboard.press("End")
    page.wait_for_selector(".md-search-result__item")


def test_from_the_home_page_to_a_topic_an_article_and_a_search(page: Page, address: str) -> None:
    page.goto(address)
    page.click(".chips a:has-text('工业互联网')")
    assert page.inner_text("h1") == "工业互联网"
    page.click("a:has-text('完善工业互联网创新体系')")
    assert page.inner_text("h1") == "完善工业互联网创新体系"
    assert "培育340余个具有影响力的平台" in page.inner_text("article")
    ask(page, "數據資產的泡沫化風險")
    assert page.inner_text(".md-search-result__meta").startswith("1 篇")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('h1')?.textContent.includes('全民共享')")
    page.wait_for_selector("mark.search-mark")
    assert {mark.inner_text() for mark in page.query_selector_all("mark.search-mark")} == {"数据资产的泡沫化风险"}


def test_the_results_page(page: Page, address: str) -> None:
    page.goto(f"{address}search/?q=工业互联网")
    page.wait_for_function("document.querySelector('#hits')?.textContent.includes('篇')")
    hits = page.query_selector_all("article article, #search-page article")
    assert page.inner_text("#hits") == "10 篇文章，另有 1 个本站页面"
    assert len(hits) == 10
    assert all("工业互联网" in hit.inner_text() or "工業互聯網" in hit.inner_text() for hit in hits)
    page.click("#search-page article a")
    page.wait_for_selector("mark.search-mark")
    page.go_back()
    page.wait_for_function("document.querySelector('#hits')?.textContent.includes('篇')")
    assert "工业互联网" in unquote(page.url)


def test_every_link_of_the_home_page_leads_somewhere(page: Page, address: str) -> None:
    page.goto(address)
    links = {str(link.get_attribute("href")) for link in page.query_selector_all("main a, header a, footer a")}
    for link in links - {"#text"}:
        response = page.request.get(page.evaluate("link => new URL(link, location).href", link))
        assert response.ok, link


def test_nothing_scrolls_sideways(page: Page, address: str) -> None:
    for path in (
        "",
        "topics/",
        "periods/",
        "sources/",
        "collections/",
        "about/",
        "articles/yi-ai-fu-neng-shu-zi-dian-wang-fa-zhan/",
    ):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
