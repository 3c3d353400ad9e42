"""Lists of articles, whose pages are not made again while nothing changes that they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from build_digest.model import Page
from build_digest.site.entries import Entry
from build_digest.site.groups import Archive
from build_digest.site.listing import Place, render_entries, write_pages
from build_digest.site.recall import Make, take_print


def list_entries(
    archive: Archive,
    path: str,
    title: str,
    entries: Sequence[Entry],
    opening: str,
    told: str = "",
    feed: bool = False,
) -> list[Page]:
    """A list of articles in pages; see `write_pages` and `render_entries`."""

    def recall(place: Place, piece: Sequence[Entry], make: Make) -> Page:
        made_of = take_print(place, told, [archive.prints[entry.path] for entry in piece])
        return archive.recall(place[0], made_of, make)

    render = partial(render_entries, told=told)
    return write_pages(path, title, entries, render, opening, feed=feed, recall=recall)
