"""The picture of topics: its bars, its numbers and its links agree with the lists that they lead to."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from build_digest.build import Built
from build_digest.site.address import slug
from build_digest.site.drawing import render_picture
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive, make_archive
from build_digest.site.picture import Picture, make_picture, render_mark_pages

from .conftest import serve
from .test_markdown import EXTENSIONS

INDEX = "digests/index.md"
TOPICS = ["水", "火", "木", "土", "金|银", "<甲>&", "一个很长很长的主题名"]


def entry(number: int, *tags: str, **facts: str) -> Entry:
    return Entry(f"articles/{number}.md", f"文{number}", tags=tags, **facts)  # type: ignore[arg-type]


def draw(*entries: Entry) -> tuple[Archive, Picture | None, str]:
    archive = make_archive(entries, {})
    picture = make_picture(archive)
    return archive, picture, render_picture(picture, INDEX)


def svg_of(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text[text.index("<svg") : text.index("</svg>") + len("</svg>")])


def test_the_sample_is_drawn_by_time(sample: Built) -> None:
    text = next(page.text for page in sample.digest.pages if page.path == INDEX)
    labels = [link.get("aria-label", "") for link in svg_of(text).iter("a")]
    assert "数字化转型，2025年1—3月：8 篇" in labels
    assert "2021年1月：1 篇" in labels
    assert "另有 2 篇未计入" in text
    assert "| 数字化转型 | 0 | [8](2025-01-2025-03/shu-zi-hua-zhuan-xing.md) | [1](../articles/" in text


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (entry(1, "水", "火"), entry(2, "水")),
        (entry(1, "水", "火", source="甲报"), entry(2, "水"), entry(3, "木")),
        (entry(1, "水", source="甲报"), entry(2, "水", source="乙报")),
        (entry(1, source="甲报"), entry(2, source="乙报")),
    ],
    ids=["empty", "nothing stated", "stated by few", "one topic", "no topic"],
)
def test_there_is_no_picture_without_data(entries: tuple[Entry, ...]) -> None:
    _, picture, text = draw(*entries)
    assert picture is None
    assert text == ""


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("periods", [{"date": "2024-01-05"}, {"date": "2024-02-05"}, {"period": "2024-01"}]),
        ("sources", [{"source": "甲报"}, {"source": "乙报"}, {"date": "2024-01-01"}]),
        ("collections", [{"collection": "甲集"}, {"collection": "乙集"}, {"collection": "乙集", "period": "2024"}]),
        ("periods", [{"date": "2024-01-05", "source": "甲报"}] * 3),
    ],
)
def test_it_is_drawn_by_what_the_archive_has_data_for(kind: str, facts: list[dict[str, str]]) -> None:
    _, picture, _ = draw(*(entry(i, "水", "火", **fact) for i, fact in enumerate(facts)))
    assert picture
    assert picture.kind == kind


def test_many_months_become_years_and_only_the_newest_are_drawn() -> None:
    entries = [entry(i, "水", "火", date=f"{2010 + i}-0{1 + i % 3}-01") for i in range(9)]
    _, picture, text = draw(*entries, entry(10, "水", period="2012-12/2013-01"))
    assert picture
    assert [column.name for column in picture.columns] == ["2014", "2015", "2016", "2017", "2018"]
    assert "另有 5 篇未计入" in text


def test_the_months_of_one_year_become_quarters_before_many_sources_are_drawn() -> None:
    rows = [entry(month, "水", "火", date=f"2024-0{month}-01", source=f"报{month}") for month in range(1, 9)]
    _, picture, text = draw(*rows)
    assert picture
    assert (picture.kind, picture.left_out) == ("periods", 0)
    assert [column.label for column in picture.columns] == ["2024年1—3月", "2024年4—6月", "2024年7—9月"]
    assert "未计入" not in text


def test_names_too_long_for_a_phone_stand_in_a_legend() -> None:
    names = [f"很长很长很长的合集名称之{n}" for n in "甲乙"]
    _, _, text = draw(*(entry(i, "水", "火", collection=name) for i, name in enumerate(names)))
    assert f"② [很长很长很长的合集名称之甲]({slug(names[0])}.md)" in text
    assert [t.text for t in svg_of(text).iter("text")].count("①") == 1


ENTRIES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(TOPICS), max_size=3, unique=True),
        st.sampled_from(["", "2024-01", "2024-02", "2023", "2024-01/2024-03"]),
        st.sampled_from(["", "甲报", "乙|报", "<丙>&报"]),
        st.sampled_from(["", "某某某某某某某某某某集", "乙集"]),
    ),
    max_size=25,
)


@given(ENTRIES)
def test_bars_table_and_lists_agree(rows: list[tuple[list[str], str, str, str]]) -> None:
    entries = [entry(i, *t, period=p, source=s, collection=c) for i, (t, p, s, c) in enumerate(rows)]
    archive, picture, text = draw(*entries)
    if not picture:
        assert text == ""
        return
    marks = {f"{topic}，{name}": mark for (name, topic), mark in picture.marks.items()}
    pages = {page.path: page.text for page in render_mark_pages(archive, picture)}
    labels = {column.name: column.label for column in picture.columns}
    svg = svg_of(text)
    drawn = {link.get("aria-label"): link for link in svg.iter("a") if link.find("title") is not None}
    assert len(drawn) == len(marks)
    units = set()
    for (name, topic), mark in picture.marks.items():
        link = drawn[f"{topic}，{labels[name]}：{len(mark.members)} 篇"]
        target = unquote(urljoin("/digests/", link.get("href"))).strip("/") + ".md"
        assert target == mark.path
        boxes = link.findall("rect")
        width = float(boxes[1].get("width", "").rstrip("%"))
        units.add(round(width / len(mark.members), 1))
        assert float(boxes[1].get("x", "").rstrip("%")) + width <= 97
        if mark.path in pages:
            assert pages[mark.path].count("- **[") == len(mark.members) > 1
        else:
            known = {e.path for e in mark.members} if len(mark.members) == 1 else {archive.place("topics", topic)}
            assert mark.path in known
    assert max(units) - min(units) <= 0.1
    table = markdown.markdown(text, extensions=EXTENSIONS).split("<table>")[1]
    numbers = [int(n) for n in re.findall(r"<td[^>]*>(?:<a[^>]*>)?(\d+)(?:</a>)?</td>", table)]
    expected = [
        len(picture.marks[column.name, topic].members) if (column.name, topic) in picture.marks else 0
        for topic in picture.topics
        for column in picture.columns
    ]
    assert numbers == expected


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_it_can_be_read_and_followed(browser: Browser, site: Path, width: int, scheme: str) -> None:
    with serve(site) as address:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}digests/")
        boxes = page.evaluate(
            """() => [...document.querySelectorAll(".picture svg text")].map(text => {
                const box = text.getBoundingClientRect(), svg = text.ownerSVGElement.getBoundingClientRect()
                return [box.left - svg.left, svg.right - box.right, parseFloat(getComputedStyle(text).fontSize)]
            })"""
        )
        assert len(boxes) > 20
        assert all(left >= -1 and right >= -1 and size >= 12 for left, right, size in boxes)
        colours = page.evaluate(
            """() => [getComputedStyle(document.querySelector(".picture__bar")).fill,
                      getComputedStyle(document.body).backgroundColor]"""
        )
        assert contrast(*colours) > 3
        page.click(".picture a[aria-label^='数字化转型，2025年1—3月']")
        assert page.inner_text("h1") == "2025年1—3月：数字化转型"
        assert page.locator(".text li strong a").count() == 8
        context.close()


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
