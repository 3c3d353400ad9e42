"""The feeds: whole whatever a page says, with links that lead where the page's own links lead."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from build_digest.mkdocs_plugin import render_site
from build_digest.rendering.record import Record
from build_digest.rendering.rendering import Rendering
from build_digest.rendering.site_feeds import Feeds, write_site_feeds
from build_digest.settings import Settings
from build_digest.site.entries import Entry
from build_digest.site.feeds import Channel, Item, list_feeds, write_atom, write_feed, write_json_feed
from build_digest.site.newest import ALL, MOST_OF_TOPIC, Newest

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


def newest_of(*items: Item) -> Newest[Item]:
    newest: Newest[Item] = Newest()
    for one in items:
        newest.add(one, one.entry.day, one.url, one.entry.tags)
    return newest


ITEMS = newest_of(UNDATED, YEAR, DATED, PERIOD).of(ALL)


TOPIC = Channel("文摘：水利", "", HERE.site, "topics/shui-li/", "topics/shui-li/")
TOPIC_NOWHERE = Channel("文摘：水利", "", "", "topics/shui-li.html", "topics/shui-li/")
SCHEMAS = Path(__file__).parent / "schemas"


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


def test_the_newest_fifty_and_the_newest_twenty_of_a_topic() -> None:
    days = [
        item(f"{n:02}", date=f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}", tags=("水利",) if n % 2 else ())
        for n in range(80)
    ]
    newest = newest_of(*days)
    ordered = sorted(days, key=lambda i: (i.entry.date, i.url), reverse=True)
    assert newest.of(ALL) == ordered[:50]
    assert newest.of("水利") == [one for one in ordered if one.entry.tags][:MOST_OF_TOPIC]
    assert newest.topics() == ["水利"]
    assert sorted(one.url for one in newest) == sorted({one.url for one in newest.of(ALL) + newest.of("水利")})


@pytest.mark.parametrize(("page", "folder"), [("topics/shui-li/", "topics/shui-li/"), ("t/a.html", "t/a/")])
def test_each_topic_has_a_feed_beside_its_list(page: str, folder: str) -> None:
    one = item("one", date="2024-02-03", tags=("水利", "无页"))
    feeds = list_feeds(HERE, newest_of(one, DATED), {"topics/水利/": page})
    files = {path: make() for channel, items in feeds for path, make in write_feed(channel, items)}
    assert list(files) == ["feed.xml", "feed.json", f"{folder}feed.xml", f"{folder}feed.json"]
    root = ET.fromstring(files[f"{folder}feed.xml"])
    assert root.findtext(f"{ATOM}title") == "文摘：水利"
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == ["one"]
    assert len(ET.fromstring(files["feed.xml"]).findall(f"{ATOM}entry")) == 2


def test_no_more_than_the_newest_stay_in_memory(tmp_path: Path) -> None:
    rendering = Rendering(tmp_path / "site", tmp_path / "cache", Record(), None)
    for day in range(80):
        name = f"{day:02}"
        rendering.read(f"{name}.md", f"{name}/", name, {"date": f"{2000 + day}-01-01"}, "<p>x</p>")
    items = rendering.newest.of(ALL)
    assert len(items) == 50
    assert items[0].entry.date == "2079-01-01"
    assert len(rendering.cuts) == 80


def test_a_feed_is_written_where_what_it_brings_has_changed() -> None:
    other = item("other", date="2024-02-03", tags=("火",))
    lists = {"topics/水利/": "topics/shui-li/", "topics/火/": "topics/huo/"}

    def write(known: Feeds, *found: Item) -> tuple[Feeds, list[str]]:
        written: list[str] = []
        newest = newest_of(*found)
        feeds, stays = write_site_feeds(
            HERE, newest, lists, known, lambda *_: True, lambda path, _: written.append(path)
        )
        assert feeds.keys() == stays.union(written)
        return feeds, written

    one, changed = (item("one", text, date="2024-02-03", tags=("水利",)) for text in ("<p>水</p>", "<p>雨</p>"))
    feeds, written = write({}, one, other)
    assert len(written) == 6
    assert write(feeds, one, other) == (feeds, [])
    _, written = write(feeds, changed, other)
    assert written == ["feed.xml", "feed.json", "topics/shui-li/feed.xml", "topics/shui-li/feed.json"]


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


def test_half_a_character() -> None:
    odd = item("a", "<p>\ud800甲</p>", summary="\ud83d摘要", date="2024-01-02")
    assert entries(HERE, odd)["a"].findtext(f"{ATOM}summary") == "摘要"
    (told,) = json_items(HERE, odd)
    assert (told["summary"], told["content_html"]) == ("摘要", "<p>甲</p>")


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
    '<code>href="b" &lt;a href="b"></code>',
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


WHOLE = item(
    "whole",
    '<p>x</p>\n<a href="#a">y</a>',
    date="2024-02-03",
    authors=("甲", "乙"),
    source="某报",
    tags=("水利",),
    summary="z",
)


@pytest.mark.parametrize("items", [[], [*ITEMS, WHOLE]])
@pytest.mark.parametrize("channel", [HERE, NOWHERE, TOPIC, TOPIC_NOWHERE])
def test_feeds_are_what_their_schemas_demand(channel: Channel, items: list[Item]) -> None:
    etree.RelaxNG(file=SCHEMAS / "atom.rng").assertValid(etree.fromstring(write_atom(channel, items)))
    schema = json.loads((SCHEMAS / "json-feed.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(write_json_feed(channel, items)))


def test_a_schema_turns_down_what_is_no_feed() -> None:
    schema = etree.RelaxNG(file=SCHEMAS / "atom.rng")
    for wrong in ("<updated>2024-02-03</updated>", "<id>no address</id>", "<title/><title/>"):
        name = wrong[1:].split(">")[0].rstrip("/")
        root = ET.fromstring(write_atom(HERE, ITEMS))
        root.remove(*root.findall(f"{ATOM}{name}"))
        root.extend(ET.fromstring(f'<feed xmlns="{ATOM[1:-1]}">{wrong}</feed>'))
        assert not schema.validate(etree.fromstring(ET.tostring(root)))


@pytest.mark.parametrize(
    ("channel", "feed", "page", "article"),
    [
        (HERE, f"{SITE}feed.xml", SITE, f"{SITE}articles/dated/"),
        (NOWHERE, "feed.xml", "./", "articles/dated/"),
        (TOPIC, f"{SITE}topics/shui-li/feed.xml", f"{SITE}topics/shui-li/", f"{SITE}articles/dated/"),
        (TOPIC_NOWHERE, "../../topics/shui-li/feed.xml", "../../topics/shui-li.html", "../../articles/dated/"),
    ],
)
def test_where_a_feed_leads(channel: Channel, feed: str, page: str, article: str) -> None:
    root = ET.fromstring(write_atom(channel, [DATED]))
    assert [link.get("href") for link in root.iter(f"{ATOM}link")] == [feed, page, article]


def test_each_feed_has_an_id_of_its_own() -> None:
    other = Channel(TOPIC.title, "", SITE, "topics/huo/", "topics/huo/")
    ids = {ET.fromstring(write_atom(channel, [])).findtext(f"{ATOM}id") for channel in (HERE, TOPIC, other)}
    assert len(ids) == 3


def test_comments_of_editors_stay_out_of_feeds() -> None:
    one = replace(DATED, html="<p>甲</p>\n<!-- 写完可以删去 -->\n<p>乙</p><!-- 没有完 <p>丙</p>")
    content = entries(HERE, one)["dated"].findtext(f"{ATOM}content")
    assert content == json_items(HERE, one)[0]["content_html"] == "<p>甲</p>\n\n<p>乙</p><!-- 没有完 <p>丙</p>"
