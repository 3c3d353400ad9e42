"""The sample site as a reader, a screen reader and a search engine meet it, in a real browser."""

from __future__ import annotations

import doctest
import functools
import http.server
import importlib
import importlib.resources
import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urljoin, urlsplit

import jinja2
import lxml.html
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, ViewportSize

from build_digest.mkdocs_plugin import render_site
from build_digest.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLE = Path(__file__).parent / "theme" / "mkdocs.yml"
TOPIC = quote("topics/工业互联网/")
PAGES = {
    "home": "",
    "long": "articles/2025/long/",
    "interview": "articles/2025/interview/",
    "short": "articles/2025/short/",
    "traditional": "articles/2025/hant/",
    "topics": "topics/",
    "topic": TOPIC,
    "period": "periods/2025-03/",
    "search": "search/",
    "by hand": "about/",
    "not found": "no/such/page/",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files below /digest/, with the site's own page for what is missing."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, "digest", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("root") / "digest"
    messages: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(listener)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        build(load_config(str(SAMPLE), site_dir=str(folder)))
    logging.getLogger("mkdocs").removeHandler(listener)
    assert messages == []
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/digest/"
        server.shutdown()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme="light")
    yield context.new_page()
    context.close()


def read(site: Path, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring((site / path / "index.html").read_text("utf-8"))


def text_of(page: Page, selector: str = ".text") -> str:
    text = page.text_content(selector)
    assert text is not None
    return text


def show(page: Page, script: str) -> None:
    page.click(f"button[data-script={script}]")
    page.wait_for_selector(f"button[data-script={script}][aria-pressed=true]")
    assert page.get_attribute("html", "lang") == script


def search(page: Page, query: str) -> None:
    """Type into Material's search box, which reads keys from the moment its index is there."""
    page.focus(".md-search__input")
    page.wait_for_function("document.querySelector('.md-search-result__meta')?.textContent.includes('键入')")
    page.keyboard.type(query)
    page.wait_for_selector(".md-search-result__item")


def violations(page: Page, options: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", options)
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


# What stands in the files


def test_each_page_has_one_title_and_one_main_text(site: Path) -> None:
    for file in site.rglob("*.html"):
        tree = lxml.html.fromstring(file.read_text("utf-8"))
        assert len(tree.findall(".//h1")) == 1, file
        assert len(tree.findall(".//main")) == 1, file
        assert tree.get("lang") == "zh-Hans", file
        ids = [element.get("id") for element in tree.iterfind(".//*[@id]")]
        assert len(ids) == len(set(ids)), file


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    base = "https://example.org/digest/"
    for file in site.rglob("*.html"):
        own = urljoin(base, quote(file.relative_to(site).as_posix()).removesuffix("index.html"))
        tree = lxml.html.fromstring(file.read_text("utf-8"))
        for element, attribute, link, _ in tree.iterlinks():
            target = urlsplit(urljoin(own, link))
            skipped = element.get("rel") in {"canonical", "nofollow", "external noopener"}
            if skipped or target.netloc != "example.org" or attribute == "action":
                continue
            found = site / unquote(target.path).removeprefix("/digest/")
            assert found.exists(), (file, link)
            if target.fragment and not target.fragment.startswith(":~:"):
                goal = lxml.html.fromstring((found / "index.html" if found.is_dir() else found).read_text("utf-8"))
                assert goal.get_element_by_id(unquote(target.fragment)) is not None, (file, link)


def test_byline_and_chips_link_only_to_pages_that_exist(site: Path) -> None:
    head = read(site, PAGES["long"]).find_class("head")[0]
    links = {a.text: unquote(a.get("href")) for a in head.iterfind(".//a")}
    assert links == {
        "2025年3月15日": "../../../periods/2025-03/",
        "河湾日报": "../../../sources/河湾日报/",
        "2025年第一季度文选": "../../../collections/2025年第一季度文选/",
        "example.com": "https://example.com/hewan/2025/0315.html",
        "工业互联网": "../../../topics/工业互联网/",
        "数据要素": "../../../topics/数据要素/",
    }
    assert "乡镇制造" in head.text_content()
    short = read(site, PAGES["short"]).find_class("byline")[0].text_content()
    assert "2025年1—3月" in short
    assert "标题为整理时推定" in short


def test_an_address_that_is_not_a_web_address_is_no_link(site: Path) -> None:
    assert "javascript:" not in (site / "articles/2025/odd/index.html").read_text("utf-8")


def test_machines_read_the_article(site: Path) -> None:
    tree = read(site, PAGES["long"])
    meta = {e.get("property") or e.get("name"): e.get("content") for e in tree.iterfind(".//meta")}
    canonical = "https://example.org/digest/articles/2025/long/"
    assert meta["og:type"] == "article"
    assert meta["og:url"] == tree.xpath("//link[@rel='canonical']/@href")[0] == canonical
    assert meta["description"] == meta["og:description"]
    assert meta["description"].startswith("河湾县六十多家小型机械厂")
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["@type"] == "Article"
    assert data["datePublished"] == meta["article:published_time"] == "2025-03-15"
    assert [author["name"] for author in data["author"]] == ["沈川", "顾一禾"]
    assert data["publisher"]["name"] == "河湾日报"
    assert not read(site, PAGES["by hand"]).xpath("//script[@type='application/ld+json']")


def test_front_matter_cannot_break_out_of_its_place(site: Path) -> None:
    title = "</script><b>“引号\"与'撇号'” & 尖括号"
    tree = read(site, "articles/2025/odd")
    assert tree.findtext(".//h1") == title
    assert tree.findtext(".//title") == f"{title} - 文摘"
    data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
    assert data["headline"] == title
    assert data["author"] == [{"@type": "Person", "name": "<i>某人</i>"}]


def test_each_sentence_of_a_summary_leads_to_its_place(site: Path) -> None:
    """By an id where the sentence stands in one piece, by its words where bold type parts it, nowhere if it is new."""
    tree = read(site, "articles/2025/odd")
    items = tree.find_class("summary")[0].findall(".//li")
    assert [(item.text_content(), item.xpath("string(a/@href)")) for item in items] == [
        ('一句 "引文" <b>。', "#sentence-1"),
        ("又一句。", f"#:~:text={quote('又一句。')}"),
        ("“编者写的。”", ""),
    ]
    assert tree.get_element_by_id("sentence-1").text == '一句 "引文" <b>。'


def test_a_summary_that_the_text_begins_with_does_not_stand_above_it(site: Path) -> None:
    tree = read(site, "articles/2025/short")
    assert not tree.find_class("summary")
    assert tree.xpath("string(//meta[@name='description']/@content)") == "数据不出门，答案可以出门。"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("extent(1)", "约 100 字，读 1 分钟"),
        ("extent(9900)", "约 9900 字，读 25 分钟"),
        ("extent(69300)", "约 6.9 万字，读 3 小时"),
        ("span('2019')", "2019年"),
        ("span('2019/2020')", "2019年—2020年"),
        ("span('2025-01/2025-03')", "2025年1—3月"),
        ("day('去年')", "去年"),
    ],
)
def test_what_pages_say_of_length_and_time(call: str, said: str) -> None:
    theme = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "build_digest/theme"), autoescape=False)
    theme.filters["url"] = str
    written = theme.from_string(f"{{% import 'partials/words.html' as words %}}{{{{ words.{call} }}}}").render()
    assert " ".join(written.split()) == said


def test_sitemap_gives_each_article_its_own_date(site: Path) -> None:
    tree = lxml.html.fromstring((site / "sitemap.xml").read_bytes())
    dates = {url.findtext("loc"): url.findtext("lastmod") for url in tree.iterfind(".//url")}
    base = "https://example.org/digest/"
    assert dates[base + "articles/2025/long/"] == "2025-03-15"
    assert dates[base + "articles/2025/short/"] is None
    assert dates[base + TOPIC] is None
    assert base + "search/" not in dates
    assert (site / "robots.txt").read_text().splitlines()[-1] == f"Sitemap: {base}sitemap.xml"


def test_contents_are_listed_without_what_is_derived(site: Path) -> None:
    links = read(site, PAGES["long"]).find_class("toc")[0].iterfind(".//a")
    assert [a.text for a in links] == ["一张表从哪里来", "算得清的账", "老秦去了哪里"]
    assert not read(site, PAGES["short"]).find_class("toc")


def test_a_section_of_pages_by_hand_shows_its_other_pages(site: Path) -> None:
    names = read(site, "help/faq").xpath("//header[@class='head']/nav[@aria-label='关于']//a/text()")
    assert names == ["关于本站", "写作约定", "常见问题"]


def test_tables_of_characters_are_those_that_the_generator_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opencc = pytest.importorskip("opencc")
    monkeypatch.syspath_prepend(ROOT / "tools")
    tool = importlib.import_module("make_script_tables")
    assert doctest.testmod(tool).failed == 0
    if f"OpenCC {opencc.__version__} " not in (tool.FOLDER / "zh-Hans.txt").read_text("utf-8"):
        pytest.skip("made with another version of OpenCC")
    committed = tool.FOLDER
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    tool.main()
    for name in ("zh-Hans.txt", "zh-Hant.txt"):
        assert (tmp_path / name).read_bytes() == (committed / name).read_bytes()
        assert (committed / name).stat().st_size < 200_000


# What a reader sees


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_no_page_asks_another_host_or_overflows_or_moves(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(e => window.moved += e.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    for path in PAGES.values():
        page.goto(address + path)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("window.moved") < 0.01, path
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}
    assert not [url for url in asked if "/script/" in url]
    assert wrong == []
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 360)])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: Literal["light", "dark"], width: int) -> None:
    pytest.importorskip("axe_playwright_python")
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    viewport: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(address + path)
        assert page.get_attribute("body", "data-md-color-scheme") == ("slate" if scheme == "dark" else "default")
        page.evaluate(axe)
        assert violations(page, {}) == [], name
    page.goto(address + PAGES["long"])
    search(page, "传感器 ")
    page.evaluate(axe)
    assert violations(page, {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}) == []
    context.close()


def test_text_is_set_for_long_reading(page: Page, address: str) -> None:
    page.goto(address + PAGES["long"])
    measure = """() => {
        const style = getComputedStyle(document.querySelector(".text p")), size = parseFloat(style.fontSize)
        const width = document.querySelector(".text").getBoundingClientRect().width
        return [size, parseFloat(style.lineHeight) / size, width / size, style.textAutospace]
    }"""
    size, leading, characters, autospace = page.evaluate(measure)
    assert 16 <= size <= 18
    assert 1.75 <= leading <= 1.9
    assert 34 <= characters <= 40
    assert autospace == "normal"
    page.set_viewport_size({"width": 360, "height": 740})
    assert 16 <= page.evaluate(measure)[0] <= 18


def test_settings_are_kept_for_the_next_page(page: Page, address: str) -> None:
    size = "parseFloat(getComputedStyle(document.querySelector('.text p')).fontSize)"
    page.goto(address + PAGES["long"])
    page.click("[data-size-step='1']")
    page.click("[data-next-palette]")
    page.goto(address + PAGES["interview"])
    assert page.evaluate(size) > 19
    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    page.click("[data-size-step='0']")
    for _ in range(3):
        page.click("[data-size-step='-1']")
    page.click("[data-next-palette]")
    page.reload()
    assert 15 < page.evaluate(size) < 17
    assert page.get_attribute("body", "data-md-color-scheme") == "default"


def test_keyboard_reaches_everything(page: Page, address: str) -> None:
    page.goto(address + PAGES["long"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#text') !== null")
    page.goto(address + PAGES["long"])
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        name = "document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
        seen.append(page.evaluate(name))
        assert page.evaluate("document.activeElement.matches(':focus-visible')")
    wanted = ["主题", "时间", "来源", "搜索", "放大文字", "以简体字显示", "以繁體字顯示", "切换浅色或深色"]
    assert [name for name in seen if name in wanted] == wanted
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('.md-search__input')")


def test_search_opens_by_its_button_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    page.click(".masthead__find")
    assert page.evaluate("document.activeElement.matches('.md-search__input')")
    search(page, "传感器 ")


def test_every_page_can_be_read_and_left_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address)
    assert not page.is_visible(".masthead__tools button")
    page.click("text=主题 >> nth=0")
    page.click(".text a >> nth=0")
    page.click(".text a >> nth=0")
    assert page.is_visible("text=河湾县的机械厂大多藏在旧粮库")
    context.close()


def test_missing_page_offers_the_search(page: Page, address: str) -> None:
    page.route("https://example.org/**", lambda route: route.fulfill(body="", content_type="text/html"))
    page.goto(address + PAGES["not found"])
    page.fill(".find input", "传感器")
    page.keyboard.press("Enter")
    page.wait_for_url("**/digest/search/?q=" + quote("传感器"))


def test_paper_gets_the_article_with_its_source_and_address(page: Page, address: str) -> None:
    page.goto(address + PAGES["long"])
    page.emulate_media(media="print")
    for selector in (".md-header", ".md-footer", ".path", ".toc", ".derived", ".actions"):
        assert not page.is_visible(selector), selector
    printed = text_of(page, ".printed")
    assert "来源：河湾日报" in printed
    assert "https://example.com/hewan/2025/0315.html" in printed
    assert "https://example.org/digest/articles/2025/long/" in printed
    assert page.is_visible(".printed")


# Simplified and traditional


def test_phrases_change_as_phrases(page: Page, address: str) -> None:
    page.goto(address + "articles/2025/scripts/")
    before = page.inner_html(".text")
    show(page, "zh-Hant")
    page.wait_for_function("document.querySelector('.text p')?.textContent.includes('頭髮')")
    lines = [line.strip() for line in text_of(page, ".text").splitlines() if line.strip()]
    assert lines[:4] == [
        "頭髮、發展、皇后、以後、幹部、乾燥、里程、心裡、麵條、表面、幾分鐘後、為了、一隻、看著。",
        "高亮與連接不斷詞：頭髮，發展。",
        "代碼不變：头发 发展，地址不變：https://example.com/发展/头发 和 www.例子.com/头发，尾巴變。",
        "已經是繁體的一段，後面的王后與鄰里不再變：裡面、頭髮、乾坤、這裏的后土。",
    ]
    assert page.get_attribute(".text a", "href") == "../../../topics/数据要素/"
    assert page.title() == "簡繁轉換 - 文摘"
    assert page.get_attribute(".find input", "placeholder") == "輸入頭髮"
    assert page.input_value(".find input") == "头发"
    assert page.get_attribute("#text", "lang") == "zh-Hant"
    assert "Noto Serif CJK TC" in page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "Noto Sans CJK TC" in page.evaluate("getComputedStyle(document.querySelector('.text')).fontFamily")
    page.click("button[data-script=zh-Hant]")
    page.wait_for_function("document.documentElement.lang === 'zh-Hans'")
    assert page.inner_html(".text") == before
    assert page.title() == "简繁转换 - 文摘"
    assert page.get_attribute(".find input", "placeholder") == "输入头发"


def test_a_character_of_both_scripts_tells_neither(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate("document.querySelector('h1').textContent = '人才培养'")
    show(page, "zh-Hant")
    page.wait_for_function("document.querySelector('h1')?.textContent === '人才培養'")


def test_script_is_kept_and_a_traditional_page_becomes_simplified(page: Page, address: str) -> None:
    page.goto(address)
    show(page, "zh-Hans")
    page.goto(address + PAGES["traditional"])
    page.wait_for_function("document.querySelector('h1')?.textContent === '数据要素如何走进田间'")
    assert "头发白了不少" in text_of(page)
    assert page.get_attribute("button[data-script=zh-Hans]", "aria-pressed") == "true"
    show(page, "zh-Hant")
    page.wait_for_function("document.querySelector('h1')?.textContent === '數據要素如何走進田間'")


REPLACE = """text => {
    const mark = document.createElement("mark")
    mark.textContent = text.data
    text.replaceWith(mark)
}"""
SURROUND = """text => {
    const range = document.createRange()
    range.setStart(text, 0)
    range.setEnd(text, text.length)
    range.surroundContents(document.createElement("mark"))
}"""


@pytest.mark.parametrize("highlight", [REPLACE, SURROUND])
def test_what_comes_later_is_changed_too_and_a_highlight_survives(page: Page, address: str, highlight: str) -> None:
    page.goto(address + PAGES["interview"])
    show(page, "zh-Hant")
    page.wait_for_function("document.querySelector('.text')?.textContent.includes('傳感器')")
    page.evaluate("""() => {
        const paragraph = document.createElement("p")
        paragraph.innerHTML = "头<mark>发</mark>"
        document.querySelector(".text").append(paragraph)
    }""")
    page.evaluate(f"({highlight})(document.querySelector('.text p:nth-child(2)').lastChild)")
    page.wait_for_function("document.querySelector('.text p:last-child')?.textContent === '頭髮'")
    assert page.text_content(".text mark") == "你第一次給機器裝傳感器是什麼時候？"
    with page.expect_navigation():
        page.click("button[data-script=zh-Hant]")
    assert "你第一次给机器装传感器是什么时候？" in text_of(page)


def test_a_date_as_people_write_it(tmp_path: Path) -> None:
    for folder in ("corpus", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / "docs/note.md").write_text("---\ntitle: 甲\ndate: 2025年3月9日\n---\n\n水库蓄水。\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: s\ntheme: {name: material, font: false}\nplugins: [digest]\n", "utf-8")
    render_site(config, Settings(corpus=tmp_path / "corpus", docs=tmp_path / "docs", jobs=1), None)
    page = (tmp_path / "site/note/index.html").read_text("utf-8")
    assert '<meta property="article:published_time" content="2025-03-09">' in page
    assert '<time datetime="2025-03-09">' in page
    assert "2025年3月9日" in page


def test_a_project_may_put_its_own_template_before_ours(tmp_path: Path) -> None:
    for folder in ("corpus", "docs", "mine/partials"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mine/partials/footer.html").write_text("<footer>本社自用</footer>", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "site_name: s\ntheme: {name: material, font: false, custom_dir: mine}\nplugins: [digest]\n", "utf-8"
    )
    render_site(config, Settings(corpus=tmp_path / "corpus", docs=tmp_path / "docs", jobs=1), None)
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "<footer>本社自用</footer>" in page
    assert 'class="path"' in (tmp_path / "site/topics/index.html").read_text("utf-8")
