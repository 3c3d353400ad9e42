"""The pieces of Markdown that derived pages are made of: links, chips, entries, pages of a long list."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, TypeVar
from urllib.parse import quote

from build_digest.model import Page
from build_digest.site.entries import Entry
from build_digest.site.markdown import escape, escape_inline, link, write_page
from build_digest.site.recall import Make
from build_digest.text.sentence import split_sentences

PAGE_SIZE = 50
_GIST_LENGTH = 120
_TOPICS = 3
"""So many topics an article in its small print."""
_CLAUSE_MARKS = "，,；;：:。"
_LONGEST_QUOTE = 300

T = TypeVar("T")

Place = tuple[str, tuple[object, ...]]
"""The path of a page of a list, and all else that it says of the list besides the items on it."""


def _make_anew(place: Place, items: object, make: Make) -> Page:
    del place, items
    return make()


def derived_page(path: str, title: str, body: str, **meta: Any) -> Page:
    """A page that follows from others, so that no edit of it lasts.

    Args:
        path: where it stands below docs/.
        title: plain text.
        body: Markdown.
        meta: further front matter.
    """
    return Page(path, write_page({"title": title, "derived": True, **meta}, body.rstrip("\n") + "\n"))


def write_pages(
    path: str,
    title: str,
    items: Sequence[T],
    render: Callable[[str, Sequence[T]], str],
    opening: str = "",
    feed: bool = False,
    recall: Callable[[Place, Sequence[T], Make], Page] = _make_anew,
) -> list[Page]:
    """A long list in pages: the first at `path`, the others below it (`topics/消费/2.md`).

    Args:
        path: of the first page.
        title: of the list; the later pages have their number added.
        items: what is listed.
        render: makes Markdown of the path of a page and the items on it.
        opening: Markdown that stands before the items of the first page.
        feed: a feed of these items stands beside the first page.
        recall: gives the page at a place with some items, which it may know without having it made.
    """
    pieces = [items[i : i + PAGE_SIZE] for i in range(0, len(items), PAGE_SIZE)]
    stem = path.removesuffix("/index.md").removesuffix(".md")
    paths = [path, *(f"{stem}/{number}.md" for number in range(2, len(pieces) + 1))]

    def make(i: int) -> Page:
        place = paths[i]
        body = (opening + "\n\n" if opening and not i else "") + render(place, pieces[i])
        turns = [
            link(label, relative_path(paths[other], place))
            for label, other in (("上一页", i - 1), ("下一页", i + 1))
            if 0 <= other < len(paths)
        ]
        if turns:
            body += f"\n\n第 {i + 1} 页，共 {len(paths)} 页：{' · '.join(turns)}"
        meta = {"feed": True} if feed and not i else {}
        return derived_page(place, title + (f"（第{i + 1}页）" if i else ""), body, **meta)

    said = (path, title, opening, feed, len(paths))
    return [recall((paths[i], said), piece, partial(make, i)) for i, piece in enumerate(pieces)]


def render_chips(path: str, chips: Sequence[tuple[str, int, str]], before: str = "") -> str:
    """Links side by side, each with a number.

    Args:
        path: of the page that they stand on.
        chips: the words, how many articles stand behind them, and the path of the page that they lead to.
        before: words in front of them all.
    """
    links = (link_number(words, number, relative_path(target, path)) for words, number, target in chips)
    return "\n".join([*([f"*{escape_inline(before)}*"] if before else ()), *links, "{: .chips }"])


def link_number(words: str, number: int, address: str) -> str:
    """A link with a number that stands back.

    >>> link_number("消费", 12, "a.md")
    '[消费 *12*](a.md)'
    """
    named = link(words, address)
    at = named.rindex("](")
    return f"{named[:at]} *{number}*{named[at:]}"


def render_rows(path: str, rows: Sequence[tuple[str, str, str, Sequence[Entry]]]) -> str:
    """A directory: names with a few words of small print, and the titles of some articles behind each.

    Args:
        path: of the page that it stands on.
        rows: the name, the path of the page that it leads to, the small print and the articles.
    """
    return "\n\n".join(
        f"- {link(name, relative_path(target, path))} *{escape_inline(note)}*"
        + "".join(f"\n\n    {link_entry(path, entry)}" for entry in entries)
        for name, target, note, entries in rows
    )


def render_entries(path: str, entries: Sequence[Entry], told: str = "") -> str:
    """A list of articles: linked title, small print, and what each says in a sentence.

    Args:
        path: of the page that it stands on.
        entries: the articles.
        told: what the page's title says of them all, so that no small print need say it again.
    """
    return (
        "\n\n".join([_render_row(path, entry, told) + _gist_below(entry.summary) for entry in entries])
        or "还没有文章。"
    )


def render_entry(path: str, entry: Entry, *texts: str, told: str = "") -> str:
    """An article in a list, with what is to be said of it, a paragraph each; `told` as for `render_entries`."""
    return _render_row(path, entry, told) + "".join(map(_render_below, texts))


def _render_row(path: str, entry: Entry, told: str) -> str:
    facts = _facts(entry.date, entry.period, entry.source, entry.tags)
    small = " · ".join([written for fact, written in facts if fact != told])
    return f"- **{link_entry(path, entry)}** *{small}*" if small else f"- **{link_entry(path, entry)}**"


# An article stands in many lists; what all of them say of it is put together once.


@lru_cache(65536)
def _facts(date: str, period: str, source: str, tags: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """When and where an article was published and what it is about, each as it is and as Markdown."""
    time = day_label(date) or (period_label(period) if period else "")
    return tuple((fact, escape_inline(fact)) for fact in dict.fromkeys((time, source, *tags[:_TOPICS])) if fact)


@lru_cache(65536)
def _gist_below(summary: str) -> str:
    return _render_below(gist(summary))


def _render_below(text: str) -> str:
    """A paragraph that belongs to the row above it."""
    return f"\n\n    {escape(text)}" if text else ""


def link_list(path: str, words: str, target: str) -> str:
    """A link to a list, which stands on many pages."""
    return _link_below(path.rpartition("/")[0], words, target)


@lru_cache(65536)
def _link_below(folder: str, words: str, target: str) -> str:
    return link(words, relative_path(target, f"{folder}/"))


def link_entry(path: str, entry: Entry) -> str:
    """A link with an article's title."""
    return link(entry.title, relative_path(entry.path, path))


@lru_cache(65536)
def gist(summary: str, length: int = _GIST_LENGTH) -> str:
    """The first sentence of a summary that is not too long, else its first one, cut where a clause ends.

    >>> gist("很长很长的一句。短句。", 5), gist("很长很长的一句。", 5), gist("开头一句，后面很长。", 8)
    ('短句。', '很长很长…', '开头一句…')
    """
    sentences = [sentence.strip() for _, sentence in split_sentences(summary)]
    return next((sentence for sentence in sentences if len(sentence) <= length), _shorten_sentence(summary, length))


def _shorten_sentence(text: str, length: int) -> str:
    end = max(text.rfind(mark, length // 3, length) for mark in _CLAUSE_MARKS)
    return shorten(text, length) if end < 0 or len(text) <= length else text[:end] + "…"


def shorten(text: str, length: int = _LONGEST_QUOTE) -> str:
    """A text cut where it is very long.

    >>> shorten("一二三四", 3), shorten("一二三", 3)
    ('一二…', '一二三')
    """
    return text if len(text) <= length else text[: length - 1] + "…"


def relative_path(target: str, page: str) -> str:
    """The path of a page as a link from another one.

    >>> relative_path("topics/a.md", "articles/x/b.md")
    '../../topics/a.md'
    """
    folder, _, name = target.rpartition("/")
    return _relative_folder(folder, page.rpartition("/")[0]) + name


@lru_cache(4096)
def _relative_folder(folder: str, other: str) -> str:
    """A folder as seen from another one, ready for a name to be put after it."""
    path = posixpath.relpath(folder or ".", other or ".")
    return "" if path == "." else path + "/"


def relative_address(target: str, page: str) -> str:
    """The address of a page as seen from another one, for HTML, where links to Markdown files are not resolved.

    >>> relative_address("topics/a.md", "digests/index.md"), relative_address("index.md", "articles/b.md")
    ('../topics/a/', '../../')
    """
    return quote(posixpath.relpath("/" + _address(target), "/" + _address(page))) + "/"


def _address(path: str) -> str:
    return "" if path == "index.md" else path.removesuffix(".md").removesuffix("/index")


def period_label(period: str) -> str:
    """A month, or a span of months, in words.

    >>> period_label("2025-03"), period_label("2025-01/2025-03"), period_label("2024-12/2025-02"), period_label("2023")
    ('2025年3月', '2025年1—3月', '2024年12月—2025年2月', '2023年')
    """
    found = re.findall(r"(\d{4})(?:-(\d{2}))?", period)
    words = [f"{year}年{int(month)}月" if month else f"{year}年" for year, month in found]
    if len(found) == 2 and found[0][0] == found[1][0] and found[0][1] and found[1][1]:
        return f"{found[0][0]}年{int(found[0][1])}—{int(found[1][1])}月"
    return "—".join(words) or period


def day_label(date: str) -> str:
    """A date in words.

    >>> day_label("2025-03-05"), day_label("")
    ('2025年3月5日', '')
    """
    return "{}年{}月{}日".format(*(int(part) for part in date.split("-"))) if date else ""
