"""The same article from several sources becomes one, with all its origins; partial and revised copies are listed.

Equal texts are found first, then those that mostly consist of the same n-grams (see `likeness`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from build_digest.likeness import count_shared, find_candidates, fold_to_letters, hash_grams, sample
from build_digest.model import Article, Description, Found, Origin
from build_digest.traits import read_sample, text_to_compare, traits_of

Key = tuple[str, int]
Pair = tuple[Article, Article]

_SAME = 0.9
_VERSION = 0.6
_LIKELY = 0.4 * _VERSION
"""Of the sample: it is small, so its share strays from that of the whole text."""


class Overlap(NamedTuple):
    """How many n-grams two texts have in common, and how many each of them has."""

    shared: int
    first: int
    second: int


Compare = Callable[[Sequence[Pair]], Iterable[Overlap]]
"""How pairs of articles are compared: by their texts, or by what is remembered of these."""


@dataclass(frozen=True, slots=True)
class Deduplicated:
    """The distinct articles, and for the key of each article that came in, the place of the one it became."""

    articles: tuple[Article, ...]
    place_of: Mapping[Key, int]


def compare_texts(pairs: Sequence[Pair]) -> list[Overlap]:
    """How much of one article's text the other one has, for each pair."""
    texts = {article.key: article for pair in pairs for article in pair}
    grams = {key: hash_grams(text_to_compare(article)) for key, article in texts.items()}
    found = [(grams[first.key], grams[second.key]) for first, second in pairs]
    return [Overlap(count_shared(first, second), len(first), len(second)) for first, second in found]


def deduplicate(articles: Iterable[Article], compare: Compare = compare_texts) -> Deduplicated:
    """Merge copies of one article and list its versions; articles come out in order of their first origin.

    Two articles are copies when each contains nine tenths of the other, or when their folded texts are equal. Where
    the smaller one is mostly contained in a clearly larger one, or both overlap that far, both stay, each listed as a
    version of the other. Equal titles alone say nothing, unless there is no text.

    Args:
        articles: of all sources, in any order.
        compare: is asked about the few pairs whose samples are alike.
    """
    ordered = sorted(articles, key=lambda article: article.key)
    traits = [traits_of(article) for article in ordered]
    copies: dict[bytes, list[int]] = defaultdict(list)
    for i, own in enumerate(traits):
        copies[own.folded].append(i)
    firsts = [members[0] for members in copies.values()]
    likely = find_candidates([read_sample(traits[i]) for i in firsts], _LIKELY)
    overlaps = compare([(ordered[firsts[a]], ordered[firsts[b]]) for a, b in likely])
    leaders, alike = _judge(len(firsts), likely, overlaps)
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
    grams = [hash_grams(fold_to_letters(text)) for text in texts]
    found = []
    for a, b in find_candidates([sample(hashes) for hashes in grams], _LIKELY):
        share = count_shared(grams[a], grams[b]) / min(len(grams[a]), len(grams[b]))
        if share >= _VERSION:
            found.append((a, b, share))
    return found


def _judge(
    count: int, pairs: Iterable[tuple[int, int]], overlaps: Iterable[Overlap]
) -> tuple[list[int], list[tuple[int, int]]]:
    """For each of so many different texts the first one that it is a copy of, and the pairs that are versions."""
    leaders = list(range(count))
    alike = []
    for (a, b), (shared, first, second) in zip(pairs, overlaps, strict=True):
        if shared >= _SAME * max(first, second):
            _join(leaders, a, b)
        elif shared >= _VERSION * min(first, second):
            alike.append((a, b))
    return [_leader(leaders, i) for i in range(count)], alike


def _leader(leaders: list[int], i: int) -> int:
    while leaders[i] != i:
        i = leaders[i]
    return i


def _join(leaders: list[int], a: int, b: int) -> None:
    first, second = sorted((_leader(leaders, a), _leader(leaders, b)))
    leaders[second] = first


def _rank(copies: Iterable[Article]) -> list[Article]:
    """The fullest text first; of equally long ones, one whose title is stated."""
    return sorted(copies, key=lambda copy: (-traits_of(copy).folded_size, copy.title.inferred, copy.key))


def _list_versions(articles: Sequence[Article], pairs: Iterable[tuple[int, int]]) -> list[Article]:
    """The articles, each with the first origin and the title of every other one that it is paired with."""
    versions: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        if a != b:
            versions[a].add(b)
            versions[b].add(a)
    listed = list(articles)
    for i, others in versions.items():
        noted = (replace(articles[other].origins[0], note=articles[other].title.value) for other in sorted(others))
        listed[i] = replace(articles[i], versions=tuple(noted))
    return listed


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
    merged = replace(
        best,
        traits=None,
        title=(stated or copies)[0].title,
        description=description,
        origins=tuple(sorted(origins, key=lambda origin: (origin.file, origin.first))),
        period=next((copy.period for copy in copies if copy.period), None),
        collection=next((copy.collection for copy in copies if copy.collection), None),
        site=next((copy.site for copy in copies if copy.site), None),
    )
    return replace(merged, traits=traits_of(merged))


def _first(values: Iterable[Found | None]) -> Found | None:
    return next((value for value in values if value), None)


def _first_all(values: Iterable[tuple[Found, ...]]) -> tuple[Found, ...]:
    return next((value for value in values if value), ())
