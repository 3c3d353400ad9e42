"""What lists need to know of a page, read from its front matter, whoever wrote it."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from build_digest.text.typeset import clean_spaces

_PERIOD = re.compile(r"\d{4}(?:-\d{2})?(?:/\d{4}(?:-\d{2})?)?\Z")
_END = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2})|\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One published page as lists show it; a value that its front matter lacks is empty."""

    path: str
    title: str
    date: str = ""
    period: str = ""
    source: str = ""
    collection: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    origin: tuple[str, int] = ("", 0)
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def is_article(self) -> bool:
        """Whether the page is an article, not a page about the site: it comes from a source, or says what articles say."""
        return bool(self.origins or self.tags or self.date or self.source or self.collection)

    @property
    def day(self) -> str:
        """The date of publication, else the last day of the period, else empty.

        >>> Entry("a.md", "甲", period="2024-12/2025-02").day
        '2025-02-28'
        """
        end = None if self.date else _END.fullmatch(self.period.rpartition("/")[2])
        if not end or not int(end[1]):
            return self.date
        year, month = int(end[1]), int(end[2] or 12)
        return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"

    @property
    def month(self) -> str:
        """The month of publication as `2025-03`, or empty."""
        return self.date[:7]

    @property
    def time(self) -> str:
        """The one time that the article is counted under: the month of its date, else its period, or empty.

        >>> Entry("a.md", "甲", date="2025-03-19", period="2025-01/2025-03").time
        '2025-03'
        """
        return self.month or self.period


def read_entry(path: str, meta: Mapping[str, Any]) -> Entry:
    """The entry of a page; values of an unexpected type are taken as the text that an editor sees."""
    return Entry(
        path=path,
        title=_text(meta.get("title")) or path.rsplit("/", 1)[-1].removesuffix(".md"),
        date=read_day(meta.get("date")),
        period=_period(meta.get("period")),
        source=_text(meta.get("source")),
        collection=_text(meta.get("collection")),
        authors=_texts(meta.get("authors")),
        tags=read_tags(meta),
        keywords=_texts(meta.get("keywords")),
        summary=_text(meta.get("summary")),
        origins=_origins(meta.get("origins")),
        origin=_origin(meta.get("origins"), _text(meta.get("collection"))),
    )


def read_tags(meta: Mapping[str, Any]) -> tuple[str, ...]:
    """The topics of a page."""
    return _texts(meta.get("tags"))


def is_listed(meta: Mapping[str, Any]) -> bool:
    """Whether a page stands in lists: not where an editor took it out, nor where its source is gone."""
    return meta.get("publish") is not False and not meta.get("retired") and not meta.get("derived")


def newest_first(entry: Entry) -> tuple[Any, ...]:
    """A sort key: the newest first, then in the order of their source; what states no time comes last.

    An article without a date counts by the end of its period, so it stands with those of its time.
    """
    digits = [-int(part) for part in entry.day.split("-")] if entry.day else [0]
    return (not entry.day, digits, entry.origin, entry.path)


def _text(value: Any) -> str:
    return "" if value is None or isinstance(value, (list, dict, bool)) else clean_spaces(str(value))


def _period(value: Any) -> str:
    text = _text(value)
    return text if _PERIOD.match(text) else ""


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    texts = [_name(item) if isinstance(item, str) else _text(item) for item in items]
    return tuple(dict.fromkeys(filter(None, texts)))


_name = lru_cache(65536)(clean_spaces)
"""A topic, a keyword or another name: archives have the same ones over and over."""


def read_day(value: Any) -> str:
    """The day that an editor wrote as `date`, as YYYY-MM-DD; empty where it is none.

    >>> read_day("2025-03-19"), read_day("2025年3月19日"), read_day("2025年2月30日"), read_day("去年春天")
    ('2025-03-19', '2025-03-19', '', '')
    """
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    match = _DATE.match(_text(value))
    if not match:
        return ""
    try:
        return datetime.date(*(int(part) for part in match.groups() if part)).isoformat()
    except ValueError:
        return ""


def _origins(value: Any) -> tuple[tuple[str, str], ...]:
    items = value if isinstance(value, list) else []
    return tuple((_text(item.get("file")), _text(item.get("lines"))) for item in items if isinstance(item, dict))


def _origin(value: Any, collection: str) -> tuple[str, int]:
    """Where the text stands in its source; in a collection, where it stands in the longest one, the compilation."""
    found = []
    for item in value if isinstance(value, list) else []:
        lines = re.match(r"(\d+)-(\d+)", str(item.get("lines"))) if isinstance(item, dict) else None
        if lines:
            found.append((str(item.get("file")), int(lines[1])))
    if not found:
        return ("", 0)
    return max(found, key=lambda origin: origin[1]) if collection else found[0]
