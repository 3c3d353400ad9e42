"""The record of a rendering: of each page what it was made of and what came of it, so that it need not be made again.

A record that is damaged is none, and without one everything is rendered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from build_digest.checksum import checksum
from build_digest.packing import PackingError, pack, unpack, unpack_meta
from build_digest.search.segments import Segment

State = tuple[int, int, int, int]
"""A file's inode, size, and times of last change of content and of entry, in nanoseconds."""


@dataclass(frozen=True, slots=True)
class PageRecord:
    """What one page was rendered from, and what came of it besides its HTML.

    `found` and `missing` are the paths of files it asked for while it was rendered, those that there were and the
    others; `names` are the lists it asked for, each with its address, or None where there was none. `anchors` are the
    ids on it, `anchor_links` its links to ids on pages: path, id, and the link as written. Several paths or ids are one
    text of lines. `card` is its place in the search index, the digest and day of its document; `day` its place among
    the feeds' items, and `tags` its topics there. `packed` is its front matter as `pack_meta` leaves it.
    """

    path: str
    url: str
    source: str
    html: str
    state: State
    found: str
    missing: str
    names: dict[str, str | None]
    title: str | None = None
    packed: bytes = b""
    anchors: str = ""
    anchor_links: tuple[tuple[str, str, str], ...] = ()
    redirects: tuple[str, ...] = ()
    card: tuple[str, int] | None = None
    day: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def meta(self) -> dict[str, Any]:
        """The front matter."""
        return unpack_meta(self.packed)


@dataclass(frozen=True, slots=True)
class Record:
    """All that is remembered of a rendering.

    `fingerprint` is what every page depends on, `answers` a checksum of all answers to what pages may ask, `navigation`
    what the sections of the site are called, `feed` the texts of the newest articles by their paths, `segments` the
    search index's parts as its writer describes them, each with the checksum of the states of its files, `feeds` the
    feeds by their paths in the site, each with the checksum of what it was made of and its own.
    """

    fingerprint: str = ""
    answers: str = ""
    navigation: str = ""
    feed: dict[str, str] = field(default_factory=dict)
    segments: tuple[tuple[Segment, str], ...] = ()
    pages: dict[str, PageRecord] = field(default_factory=dict)
    feeds: dict[str, tuple[str, str]] = field(default_factory=dict)


def write_record(record: Record) -> bytes:
    """The record as bytes, after their checksum."""
    content = pack(record)
    return checksum(content).encode() + content


def read_record(data: bytes, fingerprint: str | None) -> Record:
    """The record that `write_record` wrote; an empty one where the bytes are anything else.

    Args:
        data: the bytes.
        fingerprint: what every page depends on now; a record of pages that depended on something else has none.
    """
    size = len(checksum(b""))
    content = data[size:]
    if data[:size] != checksum(content).encode():
        return Record()
    try:
        record = unpack(Record, content)
    except PackingError:
        return Record()
    return record if record.fingerprint == fingerprint else Record(segments=record.segments)
