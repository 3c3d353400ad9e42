"""The same article from several sources becomes one, with all its origins; partial and revised copies are listed.

Likeness is the containment of character n-grams (A. Broder, "On the resemblance and containment of documents", 1997),
on text folded to one script and width without punctuation. Equal texts are found first; candidates among the others
come from an index of sampled n-grams: those whose hash is divisible by a constant, the same ones in every text, so the
work is linear in the amount of text.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from build_digest.model import Article, Description, Found, Origin
from build_digest.text.script import fold

Key = tuple[str, int]

_GRAM = 8
_SAMPLE = 16
_LEAST_SAMPLE = 12
"""Short texts would have too few sampled n-grams, so each has at least so many: those of the lowest hash."""
_LONGEST_POSTING = 24
"""Pairs are counted only for n-grams in at most so many articles: their number grows with the square."""
_SAME = 0.9
_VERSION = 0.6
_FACTOR = np.uint64(0x9E3779B97F4A7C15)

_NOT_TEXT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """The distinct articles, and for the key of each article that came in, the place of the one it became."""

    articles: tuple[Article, ...]
    place_of: Mapping[Key, int]


def deduplicate(articles: Iterable[Article]) -> Deduplicated:
    """Merge copies of one article and list its versions; articles come out in order of their first origin.

    Two articles are copies when each contains nine tenths of the other, or when their folded texts are equal. Where
    the smaller one is mostly contained in a clearly larger one, or both overlap that far, both stay, each listed as a
    version of the other. Equal titles alone say nothing, unless there is no text.
    """
    ordered = sorted(articles, key=lambda article: article.key)
    copies: dict[str, list[int]] = defaultdict(list)
    for i, article in enumerate(ordered):
        copies[_fold(article.plain()) or _fold(article.title.value)].append(i)
    leaders, alike = _compare(list(copies))
    groups: dict[int, list[int]] = defaultdict(list)
    for leader, members in zip(leaders, copies.values(), strict=True):
        groups[leader].extend(members)
    place = {leader: i for i, leader in enumerate(groups)}
    merged = [_merge(_rank(ordered[i] for i in members)) for members in groups.values()]
    versions = {(place[leaders[a]], place[leaders[b]]) for a, b in alike}
    place_of = {ordered[i].key: place[leader] for leader, members in groups.items() for i in members}
    return Deduplicated(tuple(_list_versions(merged, versions)), place_of)


def find_like(texts: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pairs of texts of which the smaller is mostly contained in the larger, with the share that is."""
    grams = [_hash_grams(_fold(text)) for text in texts]
    found = []
    for a, b in _find_candidates([_sample(hashes) for hashes in grams]):
        share = _count_shared(grams[a], grams[b]) / min(len(grams[a]), len(grams[b]))
        if share >= _VERSION:
            found.append((a, b, share))
    return found


def _fold(text: str) -> str:
    return _NOT_TEXT.sub("", fold(text).lower())


def _hash_grams(text: str) -> NDArray[np.uint64]:
    """The distinct hashes of a text's n-grams, sorted; a text shorter than one n-gram counts as one."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(codes) < _GRAM:
        digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return np.frombuffer(digest, dtype=np.uint64).copy()
    hashes = np.zeros(len(codes) - _GRAM + 1, dtype=np.uint64)
    for offset in range(_GRAM):
        hashes = (hashes ^ codes[offset : offset + len(hashes)]) * _FACTOR
        hashes ^= hashes >> np.uint64(29)
    return np.unique(hashes)


def _sample(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    chosen = hashes[hashes % np.uint64(_SAMPLE) == 0]
    return chosen if len(chosen) >= _LEAST_SAMPLE else np.union1d(chosen, hashes[:_LEAST_SAMPLE])


def _compare(texts: Sequence[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """For each of several different texts the first one that it is a copy of, and the pairs that are versions."""
    grams = [_hash_grams(text) for text in texts]
    leaders = list(range(len(texts)))
    alike = []
    for a, b in _find_candidates([_sample(hashes) for hashes in grams]):
        shared = _count_shared(grams[a], grams[b])
        smaller, larger = sorted((len(grams[a]), len(grams[b])))
        if shared >= _SAME * larger:
            _join(leaders, a, b)
        elif shared >= _VERSION * smaller:
            alike.append((a, b))
    return [_leader(leaders, i) for i in range(len(texts))], alike


def _count_shared(some: NDArray[np.uint64], others: NDArray[np.uint64]) -> int:
    return len(np.intersect1d(some, others, assume_unique=True))


def _find_candidates(samples: Sequence[NDArray[np.uint64]]) -> list[tuple[int, int]]:
    """Pairs of texts that share a good part of the smaller one's sample.

    An n-gram that many texts hold links each to the next one only. So it adds few pairs, yet many copies of one text
    still form a chain; and as it cannot speak for texts that stand apart, the share is one of the rarer n-grams.
    """
    postings: dict[int, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        for value in sample.tolist():
            postings[value].append(i)
    shared: Counter[tuple[int, int]] = Counter()
    rarer: Counter[int] = Counter()
    for members in postings.values():
        if len(members) <= _LONGEST_POSTING:
            shared.update(combinations(members, 2))
            rarer.update(members)
        else:
            shared.update(pairwise(members))
    return sorted(pair for pair, count in shared.items() if count >= 0.4 * _VERSION * min(rarer[i] for i in pair))


def _leader(leaders: list[int], i: int) -> int:
    while leaders[i] != i:
        i = leaders[i]
    return i


def _join(leaders: list[int], a: int, b: int) -> None:
    first, second = sorted((_leader(leaders, a), _leader(leaders, b)))
    leaders[second] = first


def _rank(copies: Iterable[Article]) -> list[Article]:
    """The fullest text first; of equally long ones, one whose title is stated."""
    return sorted(copies, key=lambda copy: (-len(_fold(copy.plain())), copy.title.inferred, copy.key))


def _list_versions(articles: Sequence[Article], pairs: Iterable[tuple[int, int]]) -> list[Article]:
    """The articles, each with the first origin and the title of every other one that it is paired with."""
    versions: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        if a != b:
            versions[a].add(b)
            versions[b].add(a)
    noted = [replace(article.origins[0], note=article.title.value) for article in articles]
    return [replace(a, versions=tuple(noted[other] for other in sorted(versions[i]))) for i, a in enumerate(articles)]


def _merge(copies: Sequence[Article]) -> Article:
    """One article of several copies, the fullest first: its text, and what any of them states about it."""
    best = copies[0]
    if len(copies) == 1:
        return best
    descriptions = [copy.description for copy in copies]
    stated = [copy for copy in copies if not copy.title.inferred]
    description = Description(
        title=best.description.title,
        date=_first(d.date for d in descriptions),
        source=_first(d.source for d in descriptions),
        url=_first(d.url for d in descriptions),
        authors=_first_all(d.authors for d in descriptions),
        affiliations=_first_all(d.affiliations for d in descriptions),
        editors=_first_all(d.editors for d in descriptions),
        source_tags=_first_all(d.source_tags for d in descriptions),
    )
    origins: set[Origin] = {origin for copy in copies for origin in copy.origins}
    return replace(
        best,
        title=(stated or copies)[0].title,
        description=description,
        origins=tuple(sorted(origins, key=lambda origin: (origin.file, origin.first))),
        period=next((copy.period for copy in copies if copy.period), None),
        collection=next((copy.collection for copy in copies if copy.collection), None),
        site=next((copy.site for copy in copies if copy.site), None),
    )


def _first(values: Iterable[Found | None]) -> Found | None:
    return next((value for value in values if value), None)


def _first_all(values: Iterable[tuple[Found, ...]]) -> tuple[Found, ...]:
    return next((value for value in values if value), ())
