"""What takes long, through the cache: reading a source, comparing two texts that may be copies, making pages of lists.

A source that was read before, by the same program and rules, is not read again; two texts are compared once; a page
that stands as it was made of the same is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from build_digest.cache import Cache
from build_digest.checksum import checksum
from build_digest.deduplicate import Overlap, Pair, compare_texts
from build_digest.fingerprints import fingerprint_of_program, hash_parts
from build_digest.model import Known, Page, Reading, Source
from build_digest.packing import PackingError, Record, pack, unpack
from build_digest.site.recall import Make
from build_digest.traits import traits_of
from build_digest.workers import Map, batched

Keyed = tuple[bytes, Source]

_BATCH = 64
"""So many sources, or pairs of texts, are looked up at a time."""


def read_through(
    cache: Cache, run: Map, rules: bytes, read: Callable[[Source], Reading], sources: Iterable[Source]
) -> Iterator[Reading]:
    """A reading for each source, in any order: those that are known first, the others as they get ready.

    Args:
        cache: where readings are kept.
        run: applies a function to the sources that are not known, on workers perhaps.
        rules: the fingerprint of the rules that `read` goes by.
        read: the first stage.
        sources: are taken as they are needed.
    """
    made_with = hash_parts([fingerprint_of_program(), rules])
    known: list[Reading] = []

    def unknown() -> Iterator[Keyed]:
        for batch in batched(sources, _BATCH):
            keyed = [(hash_parts([made_with, source.path, source.data]), source) for source in batch]
            found = cache.find_all([key for key, _ in keyed])
            # Long ones first: one at the end would keep one worker after the others.
            for key, source in sorted(keyed, key=lambda each: len(each[1].data), reverse=True):
                reading = _unpack(Reading, found.get(key))
                if reading is None:
                    yield key, source
                else:
                    known.append(reading)

    for key, packed in run(partial(pack_reading, read), unknown()):
        cache.keep(key, packed)
        yield unpack(Reading, packed)
    yield from known


def compare_through(cache: Cache, pairs: Sequence[Pair]) -> list[Overlap]:
    """What `compare_texts` gives, from the cache where the same two texts were compared before."""
    keys = [
        hash_parts([fingerprint_of_program(), "overlap", *(traits_of(article).folded for article in pair)])
        for pair in pairs
    ]
    found: dict[bytes, bytes] = {}
    for batch in batched(keys, _BATCH):
        found |= cache.find_all(batch)
    known = {key: overlap for key, packed in found.items() if (overlap := _unpack(Overlap, packed))}
    fresh = {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}
    for key, overlap in zip(fresh, compare_texts([*fresh.values()]), strict=True):
        known[key] = overlap
        cache.keep(key, pack(overlap))
    return [known[key] for key in keys]


class Derived:
    """What derived pages were made of, by their paths: one entry of the cache, read and written as a whole."""

    def __init__(self, cache: Cache, known: Known) -> None:
        """Begin with what the cache has.

        Args:
            cache: where it is kept.
            known: what stands in docs/.
        """
        self._cache = cache
        self._key = hash_parts([fingerprint_of_program(), "derived"])
        self._before = _unpack(dict[str, tuple[bytes, str]], cache.find(self._key)) or {}
        self._now: dict[str, tuple[bytes, str]] = {}
        self._texts = {page.path: page.text for page in known.pages}
        self._checksums = known.checksums

    def recall(self, path: str, made_of: bytes, make: Make) -> Page:
        """The page as it stands, where that is what was made of the same; else as it is made now."""
        before = self._before.get(path)
        if before and before == (made_of, self._checksums.get(path)) and path in self._texts:
            self._now[path] = before
            return Page(path, self._texts[path])
        page = make()
        self._now[path] = (made_of, checksum(page.text.encode("utf-8", "surrogatepass")))
        return page

    def remember(self) -> None:
        """Keep it for the next build."""
        if self._now != self._before:
            self._cache.keep(self._key, pack(self._now))


def _unpack(kind: type[Record], packed: bytes | None) -> Record | None:
    try:
        return None if packed is None else unpack(kind, packed)
    except PackingError:
        return None


def pack_reading(read: Callable[[Source], Reading], keyed: Keyed) -> tuple[bytes, bytes]:
    """Bytes, because they travel from a worker faster than records."""
    key, source = keyed
    return key, pack(read(source))
