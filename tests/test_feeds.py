"""The feeds: whole whatever a page says, with links that lead where the page's own links lead."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from build_digest.mkdocs_plugin import DigestPlugin, render_site
from build_digest.settings import Settings
from build_digest.site.entries import Entry
from build_digest.site.feeds import Channel, Item, choose_newest, write_atom, write_json_feed

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
HERE = Channel("文摘", "", "https://example.org/a/")
NOWHERE = Channel("文摘", "", "")


def item(name: str, html: str = "<p>x</p>", **values: Any) -> Item:
    return Item(Entry(f"articles/{name}.md", name, **values), f"articles/{name}/", html)


DATED = item("dated", date="2024-02-03")
PERIOD = item("period", period="2023-01/2024-02")
YEAR = item("year", period="2023")
UNDATED = item("undated", tags=("水利",))
ITEMS = choose_newest([UNDATED, YEAR, DATED, PERIOD])


def entries(channel: Channel, *items: Item) -> dict[str | None, ET.Element]:
    found = ET.fromstring(write_atom(channel, items)).findall(f"{ATOM}entry")
    return {entry.findtext(f"{ATOM}title"): entry for entry in found}


def json_items(channel: Channel, *items: Item) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(write_json_feed(channel, items))["items"]
    return found


def test_days_of_entries() -> None:
    found = entries(HERE, *ITEMS)
    days = [(e.findtext(f"{ATOM}updated"), e.findtext(f"{ATOM}published")) for e in found.values()]
    assert list(found) == ["period", "dated", "year"]
    assert days == [
        ("2024-02-29T00:00:00Z", None),
        ("2024-02-03T00:00:00Z", "2024-02-03T00:00:00Z"),
        ("2023-12-31T00:00:00Z", None),
    ]
    assert ET.fromstring(write_atom(HERE, ITEMS)).findtext(f"{ATOM}updated") == "2024-02-29T00:00:00Z"


def test_an_article_without_any_day_stands_in_the_json_feed_alone() -> None:
    found = json_items(HERE, *ITEMS)
    assert [value["title"] for value in found] == ["period", "dated", "year", "undated"]
    assert [value.get("date_published") for value in found] == [None, "2024-02-03T00:00:00Z", None, None]
    assert "undated" not in entries(HERE, *ITEMS)


def test_the_newest_fifty() -> None:
    days = [item(f"{n:02}", date=f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(80)]
    newest: list[Item] = []
    for one in days:
        newest = choose_newest((*newest, one))
    assert newest == choose_newest(days) == sorted(days, key=lambda i: (i.entry.date, i.url), reverse=True)[:50]


def test_no_more_than_the_newest_stay_in_memory() -> None:
    plugin = DigestPlugin()
    for day in range(80):
        name, meta = f"{day:02}", {"date": f"{2000 + day}-01-01"}
        page = SimpleNamespace(meta=meta, is_homepage=False, url=f"{name}/", title=name)
        page.file = SimpleNamespace(src_uri=f"{name}.md")
        plugin.on_page_content("<p>x</p>", page, None, None)  # type: ignore[arg-type]
    assert len(plugin.items) == 50
    assert plugin.items[0].entry.date == "2079-01-01"
    assert len(plugin.documents) == 80


def test_characters_that_xml_forbids() -> None:
    odd = "水\x08\x00\x0b\ufffe\ud800库\t\n\U00020000"
    channel = Channel("水\x08库", odd, "")
    one = Item(Entry("a.md", odd, "2024-01-01", source=odd, tags=(odd,), summary=odd), "a\x08/", odd)
    root = ET.fromstring(write_atom(channel, [one]))
    said = "水库\t\n\U00020000"
    assert root.findtext(f"{ATOM}title") == "水库"
    assert root.findtext(f"{ATOM}subtitle") == said
    entry = root.find(f"{ATOM}entry")
    assert entry is not None
    assert [entry.findtext(f"{ATOM}{name}") for name in ("title", "content", "summary")] == [said] * 3
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == said


@pytest.mark.parametrize(
    ("channel", "base"), [(HERE, "https://example.org/a/articles/dated/"), (NOWHERE, "articles/dated/")]
)
def test_what_links_in_an_atom_entry_are_relative_to(channel: Channel, base: str) -> None:
    content = entries(channel, DATED)["dated"].find(f"{ATOM}content")
    assert content is not None
    assert content.get(BASE) == base


SITE = "https://example.org/a/"
LINKS = [
    ('<a href="../b/?x=1&amp;y=2#z">b</a>', f'<a href="{SITE}articles/b/?x=1&amp;y=2#z">b</a>'),
    ("<p>1\n2 <A class=k HREF='#z' hidden>b</A>", f'<p>1\n2 <A class="k" href="{SITE}articles/dated/#z" hidden>b</A>'),
    ('<p>水\n<img alt="&quot;<" src="../../i.png" /></p>', f'<p>水\n<img alt="&quot;&lt;" src="{SITE}i.png"/></p>'),
]
LEFT_ALONE = [
    '<a href="mailto:a@example.org">a</a>',
    '<a href="https://[bad">a</a>',
    '<!-- <a href="b"> --><code>href="b" &lt;a href="b"></code>',
    '<p class=k>no link</p><a href="b',
]


@pytest.mark.parametrize(("html", "absolute"), [*LINKS, *((html, html) for html in LEFT_ALONE)])
def test_links_in_the_json_feed_are_absolute(html: str, absolute: str) -> None:
    one = item("dated", html, date="2024-02-03")
    assert json_items(HERE, one)[0]["content_html"] == absolute
    assert json_items(NOWHERE, one)[0]["content_html"] == html


def test_a_control_character_in_a_page_by_hand(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/note.md").write_text("---\ntitle: n\ndate: 2024-01-01\n---\n\n水\x08库\n", "utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: s\ntheme: {name: material, font: false}\nplugins: [digest]\n", "utf-8")
    render_site(config, Settings(corpus=tmp_path / "corpus", docs=tmp_path / "docs", jobs=1), None)
    feed = ET.fromstring((tmp_path / "site/feed.xml").read_bytes())
    assert feed.findtext(f"{ATOM}entry/{ATOM}content") == "<p>水库</p>"
