"""Which pages of the rendering before can be kept as they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from build_digest.checksum import checksum
from build_digest.rendering.record import PageRecord, Record
from build_digest.site.newest import Newest


@dataclass(frozen=True, slots=True)
class Source:
    """A page to be rendered: the checksum of its Markdown, and the path of its HTML in the site."""

    checksum: str
    target: str


def find_shared(targets: Iterable[str]) -> set[str]:
    """The paths in the site that several files are meant for: which of them stands there only a rendering of all tells."""
    return {target for target, count in Counter(targets).items() if count > 1}


def checksum_answers(files: Iterable[str], names: Mapping[str, str]) -> str:
    """What tells all answers that a page can be given from any others; see `Notes`."""
    answers = [*sorted(files), *chain.from_iterable(sorted(names.items()))]
    return checksum("\n".join(answers).encode("utf-8", "surrogatepass"))


def find_kept(
    record: Record, sources: Mapping[str, Source], documents: Collection[str], holds: Callable[[PageRecord, str], bool]
) -> dict[str, PageRecord]:
    """The pages that would come out as they are, by their paths.

    Args:
        record: of the rendering before, with whose fingerprint nothing has changed.
        sources: all pages of this one.
        documents: the digests of those that the search index has.
        holds: whether a page's answers and the file at its path are what they were; asked last, for it takes longest.
    """
    kept = {}
    for path, source in sources.items():
        page = record.pages.get(path)
        if (
            page is not None
            and page.source == source.checksum
            and (page.card is None or page.card[0] in documents)
            and holds(page, source.target)
        ):
            kept[path] = page
    newest: Newest[str] = Newest()
    for page in kept.values():
        if page.day is not None:
            newest.add(page.path, page.day, page.url, page.tags)
    for path in newest:
        if path not in record.feed:  # it moved up into a feed, which needs its text
            del kept[path]
    return kept


def is_answered_the_same(page: PageRecord, files: set[str], names: Mapping[str, str]) -> bool:
    """Whether all that a page asked while it was rendered has the same answers now."""
    return (
        files.issuperset(page.found.split("\n") if page.found else ())
        and files.isdisjoint(page.missing.split("\n"))
        and all(names.get(name) == answer for name, answer in page.names.items())
    )
