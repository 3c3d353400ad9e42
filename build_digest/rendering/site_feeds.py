"""The feeds of a site that stands: each is written where it brings something else than before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from build_digest.checksum import checksum
from build_digest.site.feeds import Channel, Item, list_feeds, write_feed
from build_digest.site.newest import Newest

Feeds = dict[str, tuple[str, str]]
"""The paths of feeds in the site, each with the checksum of what it was made of and its own."""


def write_site_feeds(
    channel: Channel,
    newest: Newest[Item],
    names: Mapping[str, str],
    known: Feeds,
    stands: Callable[[str, str], bool],
    write: Callable[[str, bytes], None],
) -> tuple[Feeds, set[str]]:
    """Write the feeds that do not stand already.

    Args:
        channel: what the feeds say of the site.
        newest: the articles that they bring.
        names: the addresses of lists by their names.
        known: the feeds that were written before.
        stands: whether the file at a path in the site has that checksum.
        write: puts a file at a path of the site to come.

    Returns:
        All feeds, and the paths of those that stay.
    """
    feeds: Feeds = {}
    stays: set[str] = set()
    for one, items in list_feeds(channel, newest, names):
        made_of = checksum(repr((one, items)).encode("utf-8", "surrogatepass"))
        for path, make in write_feed(one, items):
            before = known.get(path)
            if before and before[0] == made_of and stands(path, before[1]):
                feeds[path] = before
                stays.add(path)
            else:
                content = make()
                write(path, content)
                feeds[path] = (made_of, checksum(content))
    return feeds, stays
