"""One picture: how many articles each topic has, by period, collection or source, whichever the archive has data for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from build_digest.model import Page
from build_digest.site.entries import Entry
from build_digest.site.entry_lists import list_entries
from build_digest.site.groups import Archive, allocate
from build_digest.site.listing import period_label

_COLUMNS = 5
_TOPICS = 12
_NAMES: dict[str, Callable[[Entry], str]] = {
    "periods": lambda entry: entry.time,
    "collections": lambda entry: entry.collection,
    "sources": lambda entry: entry.source,
}


@dataclass(frozen=True, slots=True)
class Column:
    """Articles of one period, collection or source; `path` is the page that says more about it, if there is one."""

    name: str
    label: str
    path: str | None
    members: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The articles of one topic in one column, and the page that lists them."""

    members: tuple[Entry, ...]
    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What the picture shows: columns, topics, and a mark for each pair that has articles.

    `lists` are the paths of the topics' own pages, `left_out` counts the articles that stand in no column.
    """

    kind: str
    columns: tuple[Column, ...]
    topics: tuple[str, ...]
    marks: Mapping[tuple[str, str], Mark]
    lists: Mapping[str, str]
    left_out: int


def make_picture(archive: Archive) -> Picture | None:
    """The picture by what the archive has data for: most articles, two columns at least if any; None without data."""
    found = {kind: _columns(archive, kind) for kind in _NAMES}
    stated = {kind: sum(bool(name_of(entry)) for entry in archive.entries) for kind, name_of in _NAMES.items()}
    shown = {kind: sum(len(column.members) for column in found[kind]) for kind in _NAMES}
    kind = max(found, key=lambda kind: (2 * stated[kind] >= len(archive.entries), len(found[kind]) > 1, shown[kind]))
    columns = found[kind]
    counts = Counter(tag for column in columns for entry in column.members for tag in entry.tags)
    topics = tuple(sorted(counts, key=lambda tag: (-counts[tag], tag))[:_TOPICS])
    if 2 * stated[kind] < len(archive.entries) or len(topics) < 2:
        return None
    lists = {topic: archive.place("topics", topic) for topic in topics}
    marks = _marks(archive, columns, topics)
    return Picture(kind, columns, topics, marks, lists, len(archive.entries) - shown[kind])


def _columns(archive: Archive, kind: str) -> tuple[Column, ...]:
    """The groups of one kind, each article in one of them, at most `_COLUMNS`; periods in the order of time."""
    groups = _gather(archive.entries, _NAMES[kind])
    if kind == "periods":
        if len(groups) > _COLUMNS:
            years = _gather(archive.entries, _year)
            groups = years if len(years) > 1 else _gather(archive.entries, _quarter)
        names = sorted(groups, key=lambda name: (name[-7:], name))[-_COLUMNS:]
    else:
        names = sorted(groups, key=lambda name: (-len(groups[name]), name))[:_COLUMNS]
    return tuple(
        Column(
            name,
            period_label(name) if kind == "periods" else name,
            archive.places.get(f"digests/{kind}/{name}/") or archive.places.get(f"{kind}/{name}/"),
            tuple(groups[name]),
        )
        for name in names
    )


def _gather(entries: Sequence[Entry], name_of: Callable[[Entry], str]) -> dict[str, list[Entry]]:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        if name := name_of(entry):
            groups.setdefault(name, []).append(entry)
    return groups


def _year(entry: Entry) -> str:
    """The year of publication, or the one year of its period."""
    years = set(re.findall(r"\d{4}", entry.date[:4] or entry.period))
    return years.pop() if len(years) == 1 else ""


def _quarter(entry: Entry) -> str:
    """The quarter of publication, or the one quarter of its period, as the period that it is.

    >>> _quarter(Entry("a.md", "甲", date="2025-05-03"))
    '2025-04/2025-06'
    """
    months = re.findall(r"(\d{4})-(0[1-9]|1[0-2])", entry.date[:7] or entry.period)
    quarters = {(year, (int(month) - 1) // 3 * 3 + 1) for year, month in months}
    if len(quarters) != 1:
        return ""
    year, first = quarters.pop()
    return f"{year}-{first:02}/{year}-{first + 2:02}"


def _marks(archive: Archive, columns: Sequence[Column], topics: Sequence[str]) -> dict[tuple[str, str], Mark]:
    """A mark leads to its one article, to the topic's list where that is the same, else to a list of its own."""
    stems = allocate("digests", {column.name: column.name for column in columns})
    sizes = {topic: len(members) for topic, members in archive.groups["topics"]}
    marks = {}
    for column in columns:
        lists = allocate(stems[column.name].removesuffix(".md"), {topic: topic for topic in topics})
        for topic in topics:
            members = tuple(entry for entry in column.members if topic in entry.tags)
            if members:
                path = archive.place("topics", topic) if len(members) == sizes[topic] else lists[topic]
                marks[column.name, topic] = Mark(members, members[0].path if len(members) == 1 else path)
    return marks


def render_mark_pages(archive: Archive, picture: Picture | None) -> list[Page]:
    """The lists that marks lead to and that are on no other page."""
    pages = []
    labels = {column.name: column.label for column in picture.columns} if picture else {}
    standing = {*archive.places.values(), *(entry.path for entry in archive.entries)}
    for (name, topic), mark in picture.marks.items() if picture else ():
        if mark.path not in standing:
            opening = f"共 {len(mark.members)} 篇。"
            pages += list_entries(archive, mark.path, f"{labels[name]}：{topic}", mark.members, opening)
    return pages
