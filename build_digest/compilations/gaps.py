"""Finding where a listed article begins that has lost its title: at a gap like those before the other titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from build_digest.compilations.align import Candidate
from build_digest.compilations.contents_entries import Entry
from build_digest.compilations.rows import Row

_RULE = 10
"""A drawn line sets apart as much as so many blank ones."""


def gaps_above(rows: Sequence[Row]) -> dict[int, int]:
    """How many blank lines stand above each line that says something.

    >>> from build_digest.compilations.rows import read_rows
    >>> gaps_above(read_rows(["论水", "", "", "水往低处流。"]))
    {1: 0, 4: 2}
    """
    gaps: dict[int, int] = {}
    gap = 0
    for row in rows:
        if row.blank:
            gap += 1
        elif row.rule:
            gap += _RULE
        elif not row.noise:
            gaps[row.number] = gap
            gap = 0
    return gaps


def find_lost_starts(
    entries: Sequence[Entry], chain: Mapping[int, Candidate], rows: Sequence[Row]
) -> Iterator[tuple[int, int]]:
    """The entries whose titles the body lacks but whose articles are there, each with the line that it begins at.

    Between two titles that were found, there must be just as many gaps as titles that were not.
    """
    found = sorted(chain)
    gaps = gaps_above(rows[chain[found[0]].first - 1 :])
    apart = [k for k in found[1:] if not (entries[k - 1].group and k - 1 in chain)]
    usual = min((gaps.get(chain[k].first, 0) for k in apart), default=0)
    if not usual:
        return
    for k, following in zip(found, [*found[1:], len(entries)], strict=True):
        lost = [n for n in range(k + 1, following) if not entries[n].group]
        end = chain[following].first if following in chain else len(rows) + 1
        inside = range(chain[k].last + 1, end)
        says = [number for number in inside if number in gaps]
        starts = [number for number in says[1:] if gaps[number] >= usual]
        if lost and len(lost) == len(starts):
            yield from zip(lost, starts, strict=True)
