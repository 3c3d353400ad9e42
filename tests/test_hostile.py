"""Sources and pages that try to be more than text: rendered in a real browser that tells of whatever gets through."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, BrowserContext, Page

from build_digest.build import build
from build_digest.checks.check_meta import KEYS
from build_digest.mkdocs_plugin import render_site
from build_digest.model import Problem
from build_digest.report import format_github, format_problem
from build_digest.settings import Settings
from build_digest.site.front_matter_yaml import split_front_matter, write_front_matter
from build_digest.text.typeset import INVISIBLE

from .conftest import ROOT, serve
from .corpora import PARAGRAPHS

TRICKS: list[str] = yaml.safe_load((Path(__file__).parent / "hostile/tricks.yml").read_text("utf-8"))
NAMES = [
    "<script>hit(1)<|script>",
    "{{ 7 * 7777 }}",
    "..",
    "...",
    "-rf *",
    "%2e%2e%2f%2e%2e%2fescape",
    "..\\..\\escape",
    "con",
    "$(touch hit)",
    "行\n尾",
    "\u202egnp",
    "'\"`",
    "长" * 80,
    "index",
    "README",
    "#?&=",
]
"""File names without their .txt; a slash cannot stand in one."""
ALIASES = [
    "../../escape/",
    "/etc/escape/",
    "javascript:hit(1)",
    "..",
    "/",
    "",
    ".",
    "about/",
    "a\x00b",
    "长" * 200,
    "旧/址/",
]
COMMON = PARAGRAPHS["火"][0]


@dataclass(frozen=True)
class Place:
    """Where the hostile corpus was built and rendered."""

    folder: Path
    site: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    top = tmp_path_factory.mktemp("hostile")
    folder = top / "outer" / "project"
    corpus, docs = folder / "corpus", folder / "docs"
    corpus.mkdir(parents=True)
    (docs / "notes").mkdir(parents=True)
    (folder / "mkdocs.yml").write_bytes((ROOT / "mkdocs.yml").read_bytes())
    (docs / "about.md").write_bytes((ROOT / "docs/about.md").read_bytes())
    for number, trick in enumerate(TRICKS):
        other = f"第{number}篇。{PARAGRAPHS['木'][1]}"
        head = [trick, f"来源:{trick}", f"作者:{trick}", f"链接:{trick}", f"标签:{trick}"]
        lines = [*head, COMMON, trick, PARAGRAPHS["火"][1], trick, other, f"{trick}{PARAGRAPHS['木'][2]}"]
        (corpus / f"{number:02}.txt").write_text("\n".join(lines), "utf-8")
        texts = dict.fromkeys(("title", "source", "collection", "summary", "period", "date", "url", "script"), trick)
        lists = {key: [trick] for key in ("authors", "affiliations", "tags", "keywords", "source_tags")}
        text = write_front_matter({**texts, **lists, "aliases": [trick]}) + f"\n第{number}页。{PARAGRAPHS['水'][0]}\n"
        (docs / f"notes/{number:02}.md").write_text(text, "utf-8")
    for number, name in enumerate(NAMES):
        lines = [f"名字古怪的第{number}篇", *(f"{number}{text}" for text in PARAGRAPHS["水"])]
        (corpus / f"{name}.txt").write_text("\n".join(lines), "utf-8")
    (docs / "alias.md").write_text(write_front_matter({"title": "别名", "aliases": ALIASES}) + "\n正文。\n", "utf-8")
    before = {path for path in top.rglob("*") if not path.is_relative_to(docs)}
    settings = Settings(corpus=corpus, docs=docs, jobs=1)
    build(settings)
    site = folder / "site"
    render_site(folder / "mkdocs.yml", settings, site)
    own = (docs, site, folder / ".digest-cache")
    after = {path for path in top.rglob("*") if not any(path.is_relative_to(place) for place in own)}
    assert after == before
    return Place(folder, site)


@pytest.fixture(scope="module")
def address(place: Place) -> Iterator[str]:
    with serve(place.site) as host:
        yield host


@pytest.fixture
def listener(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it did that no page should."""
    context: BrowserContext = browser.new_context()
    context.add_init_script("window.hits = []; window.hit = number => window.hits.push(number)")
    page = context.new_page()
    faults: list[str] = []
    page.on("dialog", lambda dialog: (faults.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("popup", lambda popup: faults.append(f"popup {popup.url}"))
    yield page, faults
    context.close()


LOOK = """() => ({
  hits: window.hits,
  base: document.querySelectorAll("base").length,
  frames: document.querySelectorAll("iframe, object, embed, form[action*=evil], meta[http-equiv=refresh]").length,
  handlers: [...document.querySelectorAll("*")].flatMap(element =>
    element.getAttributeNames().filter(name => name.startsWith("on")).map(name => element.outerHTML)),
  links: [...document.querySelectorAll("a[href], area[href]")]
    .filter(link => !["http:", "https:", "mailto:"].includes(new URL(link.getAttribute("href"), location).protocol))
    .map(link => link.outerHTML),
  scripts: document.scripts.length,
  text: document.body.innerText,
})"""


def pages_of(site: Path) -> list[str]:
    """Every article and page but redirects; of the lists, which are much alike, every tenth."""
    found = sorted(path for path in site.rglob("index.html") if "页面已移动" not in path.read_text("utf-8"))
    names = [path.parent.relative_to(site).as_posix() for path in found]
    single = [name for name in names if name.startswith(("articles/", "notes/")) or "/" not in name]
    return single + sorted(set(names) - set(single))[::10]


def test_nothing_in_a_page_is_more_than_text(place: Place, address: str, listener: tuple[Page, list[str]]) -> None:
    page, faults = listener
    page.goto(f"{address}about/")
    sound = page.evaluate(LOOK)
    seen, through = 0, []
    for path in pages_of(place.site):
        page.goto(f"{address}{quote(path)}/", wait_until="domcontentloaded")
        found = page.evaluate(LOOK)
        active = {key: found[key] for key in ("hits", "base", "frames", "handlers", "links") if found[key]}
        read = [text for text in ("54439", "777777", "root:") if text in found["text"]]
        if active or read or faults or found["scripts"] > sound["scripts"] + 2:
            through.append((path, active, read, [*faults], found["scripts"] - sound["scripts"]))
            faults.clear()
        seen += 1
    assert through == []
    assert seen > 2 * len(TRICKS)


def test_search_shows_hostile_titles_as_text(address: str, listener: tuple[Page, list[str]]) -> None:
    page, faults = listener
    page.goto(address)
    page.keyboard.press("/")
    page.wait_for_selector(".md-search__input:focus")
    page.wait_for_function("document.querySelector('.md-search-result__meta')?.textContent.includes('键入')")
    for query in (COMMON[:8], "script", "<img src=x onerror=hit(4)>"):
        page.fill(".md-search__input", "")
        page.keyboard.insert_text(query)
        page.keyboard.press("End")
        page.wait_for_selector(".md-search-result__item")
        assert page.evaluate(LOOK)["hits"] == []
    for query in (COMMON[:8], "<img src=x onerror=hit(4)>", '"><svg onload=hit(5)>'):
        page.goto(f"{address}search/?q={quote(query)}")
        page.wait_for_function("document.querySelector('#hits')?.textContent.includes('篇')")
        found = page.evaluate(LOOK)
        assert (found["hits"], found["handlers"], found["links"]) == ([], [], [])
    assert faults == []


def test_feeds_stay_whole(place: Place) -> None:
    root = ET.fromstring((place.site / "feed.xml").read_text("utf-8"))
    links = [link.get("href", "") for link in root.iter("{http://www.w3.org/2005/Atom}link")]
    assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))]
    feed = json.loads((place.site / "feed.json").read_text("utf-8"))
    assert feed["items"]
    html = "".join(item.get("content_html", "") for item in feed["items"])
    assert "<script" not in html
    assert "onerror=hit" not in html.replace("&lt;img src=x onerror=hit", "")


def test_aliases_write_over_nothing(place: Place) -> None:
    assert "页面已移动" not in (place.site / "index.html").read_text("utf-8")
    assert "页面已移动" not in (place.site / "about/index.html").read_text("utf-8")
    assert "页面已移动" in (place.site / "旧/址/index.html").read_text("utf-8")


def test_every_page_lies_where_it_should(place: Place) -> None:
    docs = place.folder / "docs"
    articles = [path.relative_to(docs).as_posix() for path in (docs / "articles").rglob("*") if path.is_file()]
    assert len(articles) >= len(NAMES)
    for name in articles:
        assert not set(name) & set('<>:"\\|?*\n\u202e\u200b'), name
        assert len(name.rsplit("/", 1)[-1].encode()) <= 200
        text = (docs / name).read_text("utf-8")
        meta, body = split_front_matter(text)
        assert meta
        assert {"title", "digest"} <= set(meta) <= set(KEYS)
        assert not INVISIBLE.search(body.replace("\n", ""))


def test_a_file_name_starts_no_command_of_the_workflow() -> None:
    problem = Problem("a\n::add-path::/tmp,x:1.txt", 3, "error", "binary", "says\n::warning::", "Do.")
    assert "\n" not in format_problem(problem)
    assert format_github(problem).startswith(
        "::error file=a%0A%3A%3Aadd-path%3A%3A/tmp%2Cx%3A1.txt,line=3,title=binary::"
    )
    assert "\n" not in format_github(problem)
