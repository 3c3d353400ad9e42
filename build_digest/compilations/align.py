"""Aligning a contents list with the body: one best match in which both run forward.

Every line that could be the title of an entry is a candidate with a weight. The match is the chain of candidates with
the greatest sum of weights whose entries and lines both increase: a weighted longest increasing subsequence, found
with a Fenwick tree over the entries (Gusfield, Algorithms on Strings, Trees, and Sequences, 1997, section 12.5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from build_digest.compilations.contents_entries import Entry, signature
from build_digest.compilations.listed_authors import readings
from build_digest.compilations.rows import Row, title_text

Look = tuple[tuple[str, ...], bool]

LIKE = 0.75
"""Titles with this share of common bigrams may be the same title."""

EXACT = 0.9
"""Candidates of this weight or more have the very letters of the entry."""

SURE = 1.1
"""Candidates of this weight or more, besides, look like the other titles."""

_COMMON = 200
"""A bigram that more lines share than this does not help to find a title."""

_NEAREST = 10
"""So many lines that share most bigrams with a title are looked at."""

_MOST_MISSING = 1000
"""For so many titles at most a similar line is looked for: a list that fails more often is no list of this text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Line `first` (to `last`, where the title runs over two) may be the title of entry number `entry`."""

    entry: int
    first: int
    last: int
    weight: float


def align(entries: Sequence[Entry], body: Sequence[Row]) -> dict[int, Candidate]:
    """Match entries with lines of the body; what a title looks like there is learned from the equal ones.

    Entries that the body has in another order come on top of the chain, where line and look leave no doubt.
    """
    candidates = find_candidates(entries, body)
    sure = best_chain(candidates, len(entries))
    looks = _looks(entries, body)
    usual = Counter(looks[match.first] for match in sure.values()).most_common(1)
    if not usual:
        return {}
    favoured = [
        Candidate(c.entry, c.first, c.last, c.weight + 0.2 * _fits(looks[c.first], usual[0][0]))
        for c in candidates
        if c.weight >= EXACT or _fits(looks[c.first], usual[0][0])
    ]
    chain = best_chain([*favoured, *_by_number(entries, body, sure, usual[0][0], looks)], len(entries))
    return chain | _out_of_order(favoured, chain)


def _out_of_order(candidates: Sequence[Candidate], chain: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """Sure matches of entries that the chain had to leave out, because the body has them in another place."""
    taken = {match.first for match in chain.values()}
    found: dict[int, Candidate] = {}
    for candidate in candidates:
        if candidate.weight >= SURE and candidate.entry not in chain and candidate.first not in taken:
            found.setdefault(candidate.entry, candidate)
    return found


def best_chain(candidates: Iterable[Candidate], entries: int) -> dict[int, Candidate]:
    """The heaviest chain of candidates with increasing entries and lines, by entry; the earlier line on a tie.

    >>> chain = best_chain([Candidate(0, 5, 5, 1), Candidate(1, 3, 3, 1), Candidate(1, 9, 9, 1)], 2)
    >>> [(entry, match.first) for entry, match in sorted(chain.items())]
    [(0, 5), (1, 9)]
    """
    best: list[tuple[float, int]] = [(0.0, -1)] * (entries + 1)
    ordered = sorted(candidates, key=lambda c: (c.first, -c.entry, -c.weight))
    before: list[int] = []
    totals: list[float] = []
    for at, candidate in enumerate(ordered):
        total, previous, i = 0.0, -1, candidate.entry
        while i > 0:
            if best[i][0] > total:
                total, previous = best[i]
            i &= i - 1
        before.append(previous)
        totals.append(total + candidate.weight)
        i = candidate.entry + 1
        while i <= entries:
            if totals[at] > best[i][0]:
                best[i] = (totals[at], at)
            i += i & -i
    at = max(range(len(ordered)), key=lambda n: (totals[n], -n), default=-1)
    chain = {}
    while at >= 0:
        chain[ordered[at].entry] = ordered[at]
        at = before[at]
    return chain


def find_candidates(entries: Sequence[Entry], body: Sequence[Row]) -> list[Candidate]:
    """Every line that may be an entry's title: equal lines first, like ones only where there is no equal one."""
    by_key: defaultdict[str, list[tuple[int, int, float]]] = defaultdict(list)
    for row, following in zip_longest(body, body[1:]):
        if not row.key:
            continue
        by_key[row.key].append((row.number, row.number, 1.0))
        if row.core != row.key:
            by_key[row.core].append((row.number, row.number, 1.0))
        if following and following.key and following.number == row.number + 1:
            by_key[row.core + following.core].append((row.number, following.number, 0.9))
    found = []
    missing = []
    for k, entry in enumerate(entries):
        places = by_key.get(entry.key) or by_key.get(entry.whole) or []
        found += [Candidate(k, first, last, weight) for first, last, weight in places]
        if not places:
            missing.append(k)
    return found + _find_with_additions(entries, missing, body) + _find_like(entries, missing, body)


def _find_with_additions(entries: Sequence[Entry], missing: Sequence[int], body: Sequence[Row]) -> list[Candidate]:
    """Lines that have an author or the like beside the title: 题目（张三）."""
    wanted: defaultdict[str, list[int]] = defaultdict(list)
    for k in missing:
        wanted[entries[k].key].append(k)
    return [
        Candidate(k, row.number, row.number, EXACT)
        for row in (body if missing else ())
        if row.titlelike
        for reading in dict.fromkeys(readings(title_text(row).strip()))
        for k in wanted.get(reading, ())
    ]


def _find_like(entries: Sequence[Entry], missing: Sequence[int], body: Sequence[Row]) -> list[Candidate]:
    wanted = {gram for k in missing for gram in _bigrams(entries[k].key)}
    lines: defaultdict[str, list[Row]] = defaultdict(list)
    for row in body:
        if row.titlelike:
            for gram in _bigrams(row.core) & wanted:
                lines[gram].append(row)
    found = []
    for k in missing[:_MOST_MISSING]:
        grams = sorted(_bigrams(entries[k].key))
        shared = Counter(row for gram in grams if len(lines[gram]) <= _COMMON for row in lines[gram])
        for row, _ in shared.most_common(_NEAREST):
            alike = likeness(entries[k].key, row.core)
            if alike >= LIKE:
                found.append(Candidate(k, row.number, row.number, 0.8 * alike))
    return found


def _bigrams(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def likeness(one: str, other: str) -> float:
    """Dice's coefficient over bigrams, or a little less than one where the one title begins the other."""
    short, long = sorted((one, other), key=len)
    if len(short) >= 6 and long.startswith(short) and len(long) <= 4 * len(short):
        return 0.9
    a, b = _bigrams(one), _bigrams(other)
    return 2 * len(a & b) / ((len(a) + len(b)) or 1)


def _looks(entries: Sequence[Entry], body: Sequence[Row]) -> dict[int, Look]:
    """How each line would stand there as a title: its marks, and whether it stands apart from the text before it.

    What follows another listed line, such as the heading of a group, does so too.
    """
    keys = {entry.key for entry in entries}
    looks: dict[int, Look] = {}
    apart = True
    before: str | None = None
    for row in body:
        # The second of two copies of a title stands as the first one does.
        apart = apart if before is not None and row.core == before else before is None or before in keys
        looks[row.number] = (signature(row) if row.titlelike else row.mark.kinds, apart)
        before = row.core if row.says else None
    return looks


def _fits(look: Look, usual: Look) -> bool:
    """Whether a line looks like a title: marked like most, and standing apart where most do."""
    return look[0] == usual[0] and look[1] >= usual[1]


def _by_number(
    entries: Sequence[Entry],
    body: Sequence[Row],
    sure: Mapping[int, Candidate],
    usual: Look,
    looks: Mapping[int, Look],
) -> list[Candidate]:
    """Lines that carry the number of an entry not found otherwise, look like the other titles and share a word with it."""
    if not usual[0]:
        return []
    wanted = {k + 1: k for k in range(len(entries)) if k not in sure}
    return [
        Candidate(k, row.number, row.number, 0.4)
        for row in body
        if row.titlelike and row.mark.number is not None and (k := wanted.get(row.mark.number, -1)) >= 0
        if _fits(looks[row.number], usual) and likeness(entries[k].key, row.core) > 0.2
    ]
