"""The feeds of a site that stands: whether they are still what they would be."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from build_digest.checksum import checksum
from build_digest.rendering.record import PageRecord, Record
from build_digest.site.entries import read_entry
from build_digest.site.feeds import Item
from build_digest.site.newest import Newest


def add_kept(newest: Newest[Item], record: Record, kept: Mapping[str, PageRecord]) -> None:
    """Put the articles of kept pages among the newest, with their texts as the record has them."""
    for path in record.feed.keys() & kept.keys():
        page = kept[path]
        entry = read_entry(path, page.meta)
        newest.add(Item(entry, page.url, record.feed[path]), entry.day, page.url, entry.tags)


def bring_the_same(newest: Iterable[Item], record: Record, kept: Mapping[str, PageRecord]) -> bool:
    """Whether the newest articles are those of the record, and the pages of all of them are kept."""
    return {item.entry.path for item in newest} == record.feed.keys() <= kept.keys()


def feeds_stand(record: Record, site: Path, files: Container[str], made: Path) -> bool:
    """Whether all feeds are as they were written, and nothing else was made for their places.

    Args:
        record: has the checksums of the feeds by their paths.
        site: the folder of the site.
        files: the paths of the files that stand in it.
        made: the folder of what was made for it.
    """
    return all(
        path in files
        and not (made / path).exists()
        and not (site / path).is_symlink()
        and checksum((site / path).read_bytes()) == digest
        for path, digest in record.feeds.items()
    )
