"""Feeds of the newest articles, with their full text: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import calendar
import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

from build_digest.site.entries import Entry
from build_digest.site.newest import ALL, Newest

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
"""How many articles a feed has."""
_ADDRESSES = ("href", "src")
"""The attributes of HTML that hold an address."""

# What no XML 1.0 document may hold, escaped or not (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Item:
    """One article as feeds tell it: what lists know of it, its address within the site and its text as HTML."""

    entry: Entry
    url: str
    html: str


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself, and where it stands.

    `site` is the site's absolute address with a slash at its end, or empty. `page` is the address within the site of the
    page whose articles the feed brings, `folder` the one that the feed stands in, with a slash at its end; both are
    empty for the feed of the whole site.
    """

    title: str
    description: str
    site: str
    page: str = ""
    folder: str = ""

    def resolve(self, url: str) -> str:
        """An address within the site as it reads in the feed: absolute, or relative to the feed.

        >>> Channel("", "", "https://example.org/a/", "topics/b/", "topics/b/").resolve("articles/c/")
        'https://example.org/a/articles/c/'
        >>> Channel("", "", "", "topics/b/", "topics/b/").resolve("articles/c/")
        '../../articles/c/'
        """
        return urljoin(self.site, url) if self.site else "../" * self.folder.count("/") + url


def list_feeds(
    channel: Channel, newest: Newest[Item], lists: Mapping[str, str]
) -> Iterator[tuple[Channel, list[Item]]]:
    """All feeds with what they bring: of the newest articles, and of each topic's, which stands beside its list.

    Args:
        channel: what the feed of the site says of itself.
        newest: the articles that the feeds bring.
        lists: the addresses of lists by their names (`topics/消费/`).
    """
    yield channel, newest.of(ALL)
    for topic in newest.topics():
        page = lists.get(f"topics/{topic}/")
        if page is not None:
            folder = page.removesuffix(".html").rstrip("/") + "/"
            yield (
                replace(channel, title=f"{channel.title}：{topic}", page=page, folder=folder),
                newest.of(topic),
            )


def write_feed(channel: Channel, items: Sequence[Item]) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files of a feed: their paths in the site, and what makes each."""
    folder = unquote(channel.folder)
    yield f"{folder}feed.xml", partial(write_atom, channel, items)
    yield f"{folder}feed.json", partial(write_json_feed, channel, items)


def write_atom(channel: Channel, items: Sequence[Item]) -> bytes:
    """An Atom feed. Atom wants a time for every entry, so articles that state neither date nor period are left out.

    Addresses are relative to the feed where the site does not know its own; ids never depend on where it stands.
    """
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": "zh"})
    dated = [item for item in items if _day(item.entry)]
    _add(feed, "title", channel.title)
    _add(feed, "subtitle", channel.description)
    _add(feed, "id", _identify("feed", channel.folder + channel.title))
    _add(feed, "updated", _time(max((_day(item.entry) for item in dated), default="1970-01-01")))
    _add(feed, "link", href=channel.resolve(channel.folder + "feed.xml"), rel="self", type="application/atom+xml")
    _add(feed, "link", href=channel.resolve(channel.page) or "./", rel="alternate", type="text/html")
    _add(_add(feed, "author"), "name", channel.title)
    for item in dated:
        _add_entry(feed, channel, item)
    ElementTree.indent(feed)
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _add_entry(feed: ElementTree.Element, channel: Channel, item: Item) -> None:
    entry = _add(feed, "entry")
    _add(entry, "title", item.entry.title)
    _add(entry, "id", _identify("page", item.entry.path))
    _add(entry, "updated", _time(_day(item.entry)))
    if item.entry.date:
        _add(entry, "published", _time(item.entry.date))
    _add(entry, "link", href=channel.resolve(item.url), rel="alternate", type="text/html")
    for name in item.entry.authors or ((item.entry.source,) if item.entry.source else ()):
        _add(_add(entry, "author"), "name", name)
    for topic in item.entry.tags:
        _add(entry, "category", term=topic)
    if item.entry.summary:
        _add(entry, "summary", item.entry.summary)
    _add(entry, "content", _drop_comments(item.html), type="html", **{f"{{{_XML}}}base": channel.resolve(item.url)})


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    said = {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", said)
    element.text = text and _FORBIDDEN.sub("", text)
    return element


def write_json_feed(channel: Channel, items: Sequence[Item]) -> bytes:
    """A JSON Feed; values that an article does not state are left out."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.site and channel.resolve(channel.page),
        "feed_url": channel.site and channel.resolve(channel.folder + "feed.json"),
        "language": "zh",
        "items": [_make_json_item(channel, item) for item in items],
    }
    said = {key: value for key, value in feed.items() if value or key == "items"}
    return _FORBIDDEN.sub("", json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _make_json_item(channel: Channel, item: Item) -> dict[str, object]:
    entry = item.entry
    html = _drop_comments(item.html)
    values: dict[str, object] = {
        "id": _identify("page", entry.path),
        "url": channel.resolve(item.url),
        "title": entry.title,
        "summary": entry.summary,
        "content_html": _resolve_links(html, channel.resolve(item.url)) if channel.site else html,
        "date_published": _time(entry.date) if entry.date else "",
        "authors": [{"name": name} for name in entry.authors],
        "tags": list(entry.tags),
    }
    return {key: value for key, value in values.items() if value or key == "content_html"}


def _drop_comments(html: str) -> str:
    """The HTML without its comments, which are notes of editors to themselves."""
    pieces, done = [], 0
    while (start := html.find("<!--", done)) >= 0 and (end := html.find("-->", start)) >= 0:
        pieces.append(html[done:start])
        done = end + len("-->")
    return "".join((*pieces, html[done:])).strip()


def _resolve_links(html: str, page: str) -> str:
    """The HTML of a page with absolute addresses: JSON Feed has no other way to say what they are relative to."""
    finder = _LinkFinder()
    finder.feed(html)
    finder.close()
    pieces, done = [], 0
    for start, tag, attributes in finder.found:
        pieces += [html[done:start], _write_tag(tag, attributes, page)]
        done = start + len(tag)
    return "".join((*pieces, html[done:]))


class _LinkFinder(HTMLParser):
    """Finds the tags that lead somewhere: where each begins, as it is written, and its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str, list[tuple[str, str | None]]]] = []
        self.starts = [0]

    def feed(self, data: str) -> None:
        """Take the whole of a page at once."""
        self.starts += [match.end() for match in re.finditer("\n", data)]
        super().feed(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with an address."""
        if any(name in _ADDRESSES for name, _ in attrs):
            line, column = self.getpos()
            self.found.append((self.starts[line - 1] + column, self.get_starttag_text() or "", attrs))


def _write_tag(tag: str, attributes: Sequence[tuple[str, str | None]], page: str) -> str:
    name = re.match(r"<[^\s/>]+", tag)
    said = [
        f" {key}" if value is None else f' {key}="{escape(_resolve(value, page) if key in _ADDRESSES else value)}"'
        for key, value in attributes
    ]
    return (name[0] if name else "") + "".join(said) + ("/>" if tag.endswith("/>") else ">")


def _resolve(address: str, page: str) -> str:
    """An address as it is from everywhere; one that is none stays as it is."""
    try:
        return urljoin(page, address)
    except ValueError:
        return address


def _identify(kind: str, name: str) -> str:
    """An id that stays the same wherever the site stands (RFC 4122, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"build-digest:{kind}:{name}").urn


def _day(entry: Entry) -> str:
    """The date of an entry, or the last day of its period, or empty."""
    if entry.date:
        return entry.date
    end = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", entry.period.rpartition("/")[2])
    if not end:
        return ""
    year, month = int(end[1]), int(end[2] or 12)
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}" if year else ""


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"
