"""The files of the project's own site: sound markup, no dead link or anchor, what machines read."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import lxml.html
import pytest

from .markup import Markup

HOST = "https://example.org/"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Markup]:
    """Each page of the site by its path."""
    files = sorted(site.rglob("*.html"))
    return {file.relative_to(site).as_posix(): Markup(file.read_text("utf-8")) for file in files}


def test_markup_is_sound(pages: dict[str, Markup]) -> None:
    assert len(pages) > 100
    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_no_link_or_anchor_is_dead(site: Path, pages: dict[str, Markup]) -> None:
    dead = []
    for path, page in pages.items():
        for _, reference in page.references:
            target = urlsplit(urljoin(HOST + quote(path.removesuffix("index.html")), reference))
            if target.netloc != "example.org":
                continue
            name = unquote(target.path).lstrip("/")
            name += "index.html" if not name or name.endswith("/") or (site / name).is_dir() else ""
            if not (site / name).is_file() or (target.fragment and unquote(target.fragment) not in pages[name].ids):
                dead.append((path, reference))
    assert dead == []


def test_each_sentence_of_each_summary_leads_to_the_text(site: Path) -> None:
    for file in site.glob("articles/*/index.html"):
        tree = lxml.html.fromstring(file.read_text("utf-8"))
        links = tree.find_class("summary")[0].findall(".//a")
        assert links, file
        for link in links:
            place = tree.get_element_by_id(link.get("href").lstrip("#"))
            assert place.text_content() == link.text_content()
            assert place.xpath("ancestor::div[@class='text']")


def read_links(site: Path, name: str, part: str) -> list[str]:
    """The words of the links within the part of an article's page that has this class."""
    tree = lxml.html.fromstring((site / "articles" / name / "index.html").read_text("utf-8"))
    return [str(a.text_content()) for element in tree.find_class(part) for a in element.iterfind(".//a")]


def test_an_article_leads_to_its_period_source_author_topics_and_neighbours(site: Path) -> None:
    dated, collected, signed = (
        "wan-shan-gong-ye-hu-lian-wang-chuang-xin-ti-xi",
        "da-zao-shu-zhi-hua-qing-gong-ye-lian-tiao",
        "tui-dong-gong-ye-hu-lian-wang-fa-zhan-de-zhong-yao-zhuo-li-dian",
    )
    assert read_links(site, dated, "path") == ["首页", "时间", "2025年3月"]
    assert read_links(site, dated, "byline")[:2] == ["2025年3月15日", "经济日报"]
    assert "工业互联网" in read_links(site, dated, "chips")
    assert read_links(site, collected, "path") == ["首页", "合集", "2025年1-3月数字经济类公文堂网编"]
    neighbours = {"打造具有国际竞争力的数字产业集群", "发挥数字金融在发展新质生产力中的重要作用"}
    assert neighbours <= set(read_links(site, collected, "derived"))
    assert read_links(site, signed, "byline") == ["2021年1月5日", "陈超贤"]


def test_machines_read_each_article(site: Path) -> None:
    for file in site.glob("articles/*/index.html"):
        tree = lxml.html.fromstring(file.read_text("utf-8"))
        data = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])
        meta = {each.get("property") or each.get("name"): each.get("content") for each in tree.iterfind(".//meta")}
        assert data["headline"] == meta["og:title"] == tree.findtext(".//h1")
        assert data["description"] == meta["description"] == meta["og:description"]
        assert data.get("datePublished") == meta.get("article:published_time")
        # Without a site_url nobody knows the address.
        assert not tree.xpath("//link[@rel='canonical']")
        assert "og:url" not in meta
        assert "mainEntityOfPage" not in data
    assert "Sitemap" not in (site / "robots.txt").read_text()
