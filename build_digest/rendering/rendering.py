"""One rendering from its beginning to its end: which pages are kept, what came of the others, and the site of both.

Nothing of it is seen in the site before `finish`: what is made stands in a folder of its own until then. A rendering
that fails or is killed leaves the site as it was; one that is killed within `finish` leaves each file old or new, and
the next one finds by their contents which are which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from build_digest.checksum import checksum
from build_digest.packing import pack_meta
from build_digest.rendering.choice import Source, checksum_answers, find_kept, find_shared, is_answered_the_same
from build_digest.rendering.made import Made
from build_digest.rendering.notes import Notes, Questions
from build_digest.rendering.record import PageRecord, Record, State
from build_digest.rendering.redirects import write_redirects
from build_digest.rendering.site_feeds import Feeds, write_site_feeds
from build_digest.rendering.site_folder import checksum_states, is_unchanged, put_in_place, scan_made, scan_site
from build_digest.rendering.site_index import (
    FOLDER,
    Apply,
    find_sound,
    group_by_segment,
    list_documents,
    write_site_index,
)
from build_digest.rendering.workspace import make_folder
from build_digest.search.documents import Cut, Document, cut_document
from build_digest.search.index import make_card
from build_digest.search.segments import Card, Segment
from build_digest.site.address import read_aliases, stays_inside
from build_digest.site.entries import is_listed, read_entry, read_tags
from build_digest.site.feeds import Channel, Item
from build_digest.site.markdown import DERIVED_START
from build_digest.site.newest import Newest
from build_digest.text.plain import to_plain_text

_NOT_YET = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a page besides its HTML; see `PageRecord`."""

    url: str
    title: str | None
    meta: Mapping[str, Any]
    anchors: str
    anchor_links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """What came of the search index: all its parts, and the paths in the site of the files that were written."""

    segments: list[Segment]
    written: set[str]


class Rendering:
    """What is known while a site is rendered."""

    def __init__(self, site: Path, cache: Path, record: Record, fingerprint: str | None) -> None:
        """Begin: look at what stands in the site.

        Args:
            site: the folder of the site.
            cache: a folder of our own; what is made waits in it.
            record: of the rendering before, or an empty one, with which nothing is kept.
            fingerprint: what all pages depend on; None where that cannot be told, so that nothing is kept.
        """
        self.site, self.record = site, record
        self.fingerprint, self.answers, self.navigation = fingerprint, "", ""
        self.made = Made(make_folder(cache))
        self.standing = scan_site(site)
        self.parts = group_by_segment(self.standing.files)
        self.sound = find_sound(record.segments, site, self.parts)
        self.notes = Notes()
        self.sources: Mapping[str, Source] = {}
        self.kept: dict[str, PageRecord] = {}
        self.rendered: dict[str, PageRecord] = {}
        self.cuts: dict[str, Cut] = {}
        self.newest: Newest[Item] = Newest()
        self.names: Mapping[str, str] = {}
        self.shared: set[str] = set()
        self.days: dict[str, str] = {}
        self.apart = True
        self.refused: list[tuple[str, str]] = []
        self.feeds: Feeds = {}

    def choose(
        self,
        sources: Mapping[str, Source],
        files: Mapping[str, str],
        names: Mapping[str, str],
        templates: Iterable[str] = (),
    ) -> None:
        """Find the pages that can be kept, which `kept` then holds.

        Args:
            sources: all pages by their paths.
            files: of all files, pages or not, the path below docs/ and the one in the site.
            names: the addresses of lists by their names.
            templates: the paths in the site of what the theme puts there by itself, such as 404.html.
        """
        self.sources, self.names = sources, names
        self.shared = find_shared([*files.values(), *templates])
        self.answers = checksum_answers(files, names)
        # Where a file of the project's own may stand in the place of one of the index, they are written one after the other.
        self.apart = all(target.endswith(".html") for target in files.values() if target.startswith(f"{FOLDER}/"))
        if self.record.fingerprint != self.fingerprint:
            return
        there, same = set(files), self.answers == self.record.answers

        def holds(page: PageRecord, target: str) -> bool:
            answered = same or is_answered_the_same(page, there, names)
            return answered and target not in self.shared and self._stands(page, target)

        self.kept = find_kept(self.record, sources, list_documents(self.sound.values()), holds)

    def _stands(self, page: PageRecord, target: str) -> bool:
        state = self.standing.files.get(target)
        return state == page.state or is_unchanged(self.site / target, state, page.state, page.html)

    def settle_navigation(self, navigation: str) -> list[str]:
        """Take what the sections of the site are called, which all pages depend on, too.

        Returns:
            The paths of pages that were kept and have to be rendered after all.
        """
        self.navigation = checksum(navigation.encode("utf-8", "surrogatepass"))
        released = list(self.kept) if self.navigation != self.record.navigation else []
        for path in released:
            del self.kept[path]
        return released

    def read(self, path: str, url: str, title: str, meta: Mapping[str, Any], html: str) -> None:
        """Take what a page says, for the search index and the feeds."""
        if not is_listed(meta):
            return
        entry = read_entry(path, meta)
        self.cuts[path] = cut_document(
            Document(
                url=url,
                title=title,
                text=to_plain_text(html),
                date=entry.date or None,
                period=entry.time or None,
                source=entry.source or None,
                topics=entry.tags,
                is_article=entry.is_article,
            )
        )
        if entry.is_article:
            item = Item(entry, url, html.split(DERIVED_START, maxsplit=1)[0].strip())
            self.newest.add(item, entry.day, url, entry.tags)
            self.days[path] = entry.day

    def add(self, path: str, html: bytes, told: Told) -> None:
        """Take what came of a page that was rendered."""
        questions = self.notes.questions[path]
        cut = self.cuts.get(path)
        aliases = read_aliases(told.meta) if is_listed(told.meta) or told.meta.get("retired") else []
        card = make_card(cut) if cut else None
        self.rendered[path] = PageRecord(
            path=path,
            url=told.url,
            source=self.sources[path].checksum,
            html=checksum(html),
            state=_NOT_YET,
            found="\n".join(link for link, found in questions.links.items() if found),
            missing="\n".join(link for link, found in questions.links.items() if not found),
            names=questions.names,
            title=told.title,
            packed=pack_meta(told.meta) or b"",
            anchors=told.anchors,
            anchor_links=told.anchor_links,
            redirects=tuple(alias for alias in aliases if stays_inside(alias)),
            card=(card.digest, card.day) if card else None,
            day=self.days.get(path),
            tags=read_tags(told.meta),
        )

    def take(self, record: PageRecord, questions: Questions) -> None:
        """Take what came of a page that another process rendered."""
        self.rendered[record.path], self.notes.questions[record.path] = record, questions

    def write_index(self, apply: Apply = map) -> Index:
        """Write the search index, once all pages are converted; another process may do it if `apart` is true.

        Args:
            apply: writes the parts of it, here or in other processes.
        """
        before = {*self.made.written}
        cards = [Card(page.card[1], page.url, page.card[0]) for page in self.kept.values() if page.card]
        cards += map(make_card, self.cuts.values())
        segments = write_site_index(cards, self.cuts.values(), self.sound, self.site, self.made.write, apply)
        return Index(segments, self.made.written - before)

    def finish(self, channel: Channel, wait_for_index: Callable[[], Index] | None = None) -> Record:
        """Write feeds and redirects, and put all in its place.

        Args:
            channel: what the feeds say of the site.
            wait_for_index: gives what came of `write_index`.

        Returns:
            The record of this rendering. `refused` holds the aliases that had no place, each after its page's path.
        """
        pages = [self.kept.get(path) or self.rendered.get(path) for path in self.sources]
        found = [page for page in pages if page is not None]
        stays = self._write_feeds(channel)
        index = (wait_for_index or self.write_index)()
        self.made.written |= index.written
        segments = index.segments
        stays |= {self.sources[path].target for path in self.kept}
        names = {segment.name for segment in segments} & self.sound.keys()
        stays |= {f"{FOLDER}/{name}/{path}" for name in names for path in self.parts[name]}
        self._write_redirects(found, stays)
        states = put_in_place(self.made.folder, self.site, self.standing, stays)
        self.made.discard()
        after = group_by_segment(states)
        after.update({name: {**self.parts[name], **after.get(name, {})} for name in names})
        return Record(
            fingerprint=self.fingerprint or "",
            answers=self.answers,
            navigation=self.navigation,
            feed={item.entry.path: item.html for item in self.newest},
            segments=tuple((segment, checksum_states(after[segment.name])) for segment in segments),
            pages=self._list_pages(states),
            feeds=self.feeds,
        )

    def _write_feeds(self, channel: Channel) -> set[str]:
        """Write the feeds; returns the paths of those that stay, where they would come out as they stand."""
        for path in self.record.feed.keys() & self.kept.keys():
            page = self.kept[path]
            entry = read_entry(path, page.meta)
            self.newest.add(Item(entry, page.url, self.record.feed[path]), entry.day, page.url, entry.tags)
        known = self.record.feeds
        self.feeds, stays = write_site_feeds(
            channel, self.newest, self.names, known, self._feed_stands, self.made.write
        )
        return stays

    def _feed_stands(self, path: str, digest: str) -> bool:
        """Whether a feed is as it was written, and nothing else was made for its place."""
        return (
            path in self.standing.files
            and not (self.made.folder / path).exists()
            and not (self.site / path).is_symlink()
            and checksum((self.site / path).read_bytes()) == digest
        )

    def _write_redirects(self, pages: Sequence[PageRecord], stays: Collection[str]) -> None:
        """Write them last, since they stand only where nothing else does."""
        owners = {page.url: page.path for page in pages}
        aliases = [(alias, page.url) for page in pages for alias in page.redirects]
        files, refused = write_redirects(aliases, {*stays, *scan_made(self.made.folder).files})
        for path, content in files.items():
            self.made.write(path, content)
        self.refused = [(owners[address], alias) for alias, address in refused]

    def _list_pages(self, states: Mapping[str, State]) -> dict[str, PageRecord]:
        """The pages that the next rendering may keep."""
        pages: dict[str, PageRecord] = {}
        own = states.keys() - self.made.written
        for path, source in self.sources.items():
            target = source.target
            if target in self.shared:
                continue
            kept, new = self.kept.get(path), self.rendered.get(path)
            if kept:
                state = self.standing.files[target]
                pages[path] = kept if kept.state == state else replace(kept, state=state)
            elif new and new.packed and self.notes.questions[path].sound and target in own:
                pages[path] = replace(new, state=states[target])
        return pages
