"""The record of a rendering: of each page what it was made of and what came of it, so that it need not be made again.

The record is a file of lines, each a JSON array: first what holds for all pages, then one line a page. A line is kept
as it was read where its page was kept. A file that is damaged is no record, and without one everything is rendered.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Self

from build_digest.checksum import checksum

State = tuple[int, int, int, int]
"""A file's inode, size, and times of last change of content and of entry, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What one page was rendered from, and what came of it besides its HTML.

    `found` and `missing` are the paths of files it asked for while it was rendered, those that there were and the
    others; `names` are the lists it asked for, each with its address, or None where there was none. `anchors` are the
    ids on it, `anchor_links` its links to ids on pages: path, id, and the link as written. Several paths or ids are one
    text of lines. `card` is its place in the search index, the digest and day of its document; `day` its place among
    the feeds' items.
    """

    path: str
    url: str
    source: str
    html: str
    state: State
    found: str
    missing: str
    names: Mapping[str, str | None]
    title: str | None = None
    meta: Mapping[str, Any] = field(default_factory=dict)
    anchors: str = ""
    anchor_links: tuple[tuple[str, str, str], ...] = ()
    redirects: tuple[str, ...] = ()
    card: tuple[str, int] | None = None
    day: str | None = None


def write_page_record(page: PageRecord) -> str | None:
    """The line of a page; None where its front matter has values that the line could not give back."""
    values = [getattr(page, each.name) for each in fields(page)]
    days = [key for key, value in page.meta.items() if type(value) is datetime.date]
    meta = {key: value.isoformat() if key in days else value for key, value in page.meta.items()}
    try:
        text = json.dumps([*values[:9], meta, days, *values[10:]], ensure_ascii=False)
        same = json.loads(json.dumps(meta)) == meta
    except (TypeError, ValueError):
        return None
    return text if same else None


def read_page_record(line: str) -> PageRecord:
    """The page of a line that `write_page_record` wrote."""
    path, url, source, html, state, found, missing, names, title, meta, days, anchors, *rest = json.loads(line)
    anchor_links, redirects, card, day = rest
    for key in days:
        meta[key] = datetime.date.fromisoformat(meta[key])
    return PageRecord(
        *(path, url, source, html, tuple(state), found, missing, names, title, meta, anchors),
        tuple((target, anchor, link) for target, anchor, link in anchor_links),
        tuple(redirects),
        (card[0], card[1]) if card else None,
        day,
    )


@dataclass(frozen=True, slots=True)
class Record:
    """All that is remembered of a rendering.

    `fingerprint` is what every page depends on, `answers` a checksum of all answers to what pages may ask, `navigation`
    what the sections of the site are called, `feed` the texts of the newest articles by their paths, `segments` the
    search index's parts as its writer describes them, `feeds` the checksums of the feeds by their paths in the site.
    """

    fingerprint: str = ""
    answers: str = ""
    navigation: str = ""
    feed: Mapping[str, str] = field(default_factory=dict)
    segments: Sequence[Any] = ()
    pages: Mapping[str, PageRecord] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    feeds: Mapping[str, str] = field(default_factory=dict)

    def to_text(self) -> str:
        """The text of the file; its first line is the checksum of the others."""
        head = [self.fingerprint, self.answers, self.navigation, self.feed, self.segments, self.feeds]
        first = json.dumps(head, ensure_ascii=False)
        text = "\n".join((first, *self.lines.values()))
        return f"{_sum(text)}\n{text}"

    @classmethod
    def from_text(cls, text: str, fingerprint: str | None) -> Self:
        """The record that `to_text` wrote; an empty one where the text is anything else.

        Args:
            fingerprint: what every page depends on now; a record of pages that depended on something else has none.
        """
        stated, _, content = text.partition("\n")
        if stated != _sum(content):
            return cls()
        first, *lines = content.split("\n")
        then, answers, navigation, feed, segments, feeds = json.loads(first)
        if then != fingerprint:
            return cls(segments=segments)
        pages = {page.path: page for page in map(read_page_record, lines)}
        return cls(then, answers, navigation, feed, segments, pages, dict(zip(pages, lines, strict=True)), feeds)


def _sum(text: str) -> str:
    return checksum(text.encode("utf-8", "surrogatepass"))
