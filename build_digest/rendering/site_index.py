"""The search index of a site that stands: which segments stay, and what their documents said."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from build_digest.checksum import checksum, checksum_files
from build_digest.rendering.record import State
from build_digest.rendering.site_folder import checksum_states
from build_digest.search.documents import Cut, read_passages
from build_digest.search.index import plan_segments, write_overview, write_segment
from build_digest.search.segments import Card, Segment

FOLDER = "search"

Apply = Callable[[Callable[[str], Segment], Sequence[str]], Iterable[Segment]]
"""Applies a function to names, like `map`."""


def write_site_index(
    cards: Collection[Card],
    cuts: Iterable[Cut],
    sound: Mapping[str, Segment],
    site: Path,
    write: Callable[[str, bytes], None],
    apply: Apply,
) -> list[Segment]:
    """Write the index, but for those of its segments that stand already.

    Args:
        cards: all documents.
        cuts: those that are not in the segments that stand, at least.
        sound: the segments that stand, by their names.
        site: the folder of the site that they stand in.
        write: puts a file at a path of the site to come.
        apply: has the segments written, here or in other processes.

    Returns:
        All its segments.
    """
    read = make_reader({cut.digest: cut for cut in cuts}, sound.values(), site)
    parts = plan_segments(cards)

    def write_part(name: str) -> Segment:
        files = write_segment(name, parts[name], read(parts[name]))
        while True:
            try:
                path, content = next(files)
            except StopIteration as end:
                segment: Segment = end.value
                return segment
            write(f"{FOLDER}/{path}", content)

    lacking = [name for name in parts if name not in sound]
    segments = {**sound, **dict(zip(lacking, apply(write_part, lacking), strict=True))}
    found = [segments[name] for name in parts]
    for path, content in write_overview(cards, found):
        write(f"{FOLDER}/{path}", content)
    return found


def group_by_segment(files: Mapping[str, State]) -> dict[str, dict[str, State]]:
    """The files of each segment in a site, by the paths below the segment's folder."""
    found: dict[str, dict[str, State]] = {}
    for path, state in files.items():
        if path.startswith(f"{FOLDER}/"):
            name, _, below = path.removeprefix(f"{FOLDER}/").partition("/")
            if below:
                found.setdefault(name, {})[below] = state
    return found


def find_sound(
    known: Iterable[tuple[Segment, str]], site: Path, present: Mapping[str, Mapping[str, State]]
) -> dict[str, Segment]:
    """The segments whose files are all as they were written, by their names.

    Args:
        known: segments that were written, each with the checksum of its files' states then.
        site: the folder of the site.
        present: the files of each segment in the site now; see `group_by_segment`.
    """
    return {
        segment.name: segment
        for segment, states in known
        if segment.name in present and _is_sound(segment, states, site, present[segment.name])
    }


def _is_sound(segment: Segment, states: str, site: Path, present: Mapping[str, State]) -> bool:
    if checksum_states(present) == states:
        return True
    folder = site / FOLDER / segment.name
    contents = {path: checksum((folder / path).read_bytes()) for path in present if (folder / path).is_file()}
    return checksum_files(contents) == segment.contents


@dataclass(frozen=True, slots=True)
class _Place:
    segment: str
    first: int
    end: int


def make_reader(
    fresh: Mapping[str, Cut], standing: Iterable[Segment], site: Path
) -> Callable[[Sequence[Card]], list[Cut]]:
    """The function that gives the documents of cards: those just rendered, else from the segments that stand."""
    places = {digest: place for segment in standing for digest, place in _find_places(segment)}

    def read(cards: Sequence[Card]) -> list[Cut]:
        return [fresh.get(card.digest) or read_one(card.digest) for card in cards]

    def read_one(digest: str) -> Cut:
        place = places[digest]
        texts = site / FOLDER / place.segment / "texts"
        return read_passages([(texts / f"{n}.txt").read_bytes() for n in range(place.first, place.end)], digest)

    return read


def list_documents(standing: Iterable[Segment]) -> set[str]:
    """The digests of all documents in those segments."""
    return {digest for segment in standing for digest in segment.documents}


def _find_places(segment: Segment) -> list[tuple[str, _Place]]:
    bits = np.unpackbits(np.frombuffer(b64decode(segment.continued), np.uint8), count=segment.passages)
    firsts = [*np.flatnonzero(bits == 0).tolist(), segment.passages]
    return [
        (digest, _Place(segment.name, first, end))
        for digest, first, end in zip(segment.documents, firsts[:-1], firsts[1:], strict=True)
    ]
