"""Related articles: those that share rare topics and keywords, each with the reason.

Every topic and keyword has a posting list; lists longer than a fixed bound say nothing about likeness and are passed
over, so the work grows with the number of articles and not with its square.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from build_digest.site.entries import Entry
from build_digest.text.script import fold

_LONGEST_LIST = 120
_TOPIC_WEIGHT = 0.6
_LEAST_SCORE = 1.0

_AT_A_TIME = 1000
"""So many entries are compared with all others in one go: it bounds the memory."""

Feature = tuple[str, str]
"""A topic or a keyword, and its name in one script."""
Places = NDArray[np.int64]


class _Shared(NamedTuple):
    """A topic or a keyword that several entries have: which ones, what it weighs, and for how many reasons it counts."""

    members: Places
    weight: float
    reasons: int


@dataclass(frozen=True, slots=True)
class Relation:
    """Another entry, by its place in the list, and what it shares, as the first one writes it."""

    other: int
    topics: tuple[str, ...]
    keywords: tuple[str, ...]


def relate(entries: Sequence[Entry], count: int = 4) -> list[tuple[Relation, ...]]:
    """For each entry its most related others, the closest first.

    A single shared keyword makes no relation unless it names a topic: 中小企业 stands in texts about anything.

    Args:
        entries: all listed entries.
        count: at most so many relations each.
    """
    features = [_features(entry) for entry in entries]
    postings: dict[Feature, list[int]] = defaultdict(list)
    for i, own in enumerate(features):
        for feature in own:
            postings[feature].append(i)
    weights = {
        feature: math.log(1 + len(entries) / len(members)) * (_TOPIC_WEIGHT if feature[0] == "topic" else 1)
        for feature, members in postings.items()
        if 1 < len(members) <= _LONGEST_LIST
    }
    # What names a topic is reason enough by itself.
    shared = [
        _Shared(np.array(postings[feature]), weight, 2 if ("topic", feature[1]) in postings else 1)
        for feature, weight in weights.items()
    ]
    place_of = {feature: place for place, feature in enumerate(weights)}
    order = sorted(range(len(entries)), key=lambda i: entries[i].path)
    ranks = np.empty(len(entries), dtype=np.int64)
    ranks[order] = np.arange(len(entries))
    relations = []
    for start in range(0, len(entries), _AT_A_TIME):
        own_features = [
            [place_of[feature] for feature in own if feature in place_of]
            for own in features[start : start + _AT_A_TIME]
        ]
        for i, others in enumerate(_rank(start, own_features, shared, ranks, count), start):
            relations.append(tuple(_relate(features[i], features[other], other, weights) for other in others))
    return relations


def _features(entry: Entry) -> dict[Feature, str]:
    topics = {("topic", fold(tag)): tag for tag in entry.tags}
    return topics | {("keyword", fold(word)): word for word in entry.keywords}


def _rank(
    start: int, features: Sequence[Sequence[int]], shared: Sequence[_Shared], ranks: Places, count: int
) -> list[list[int]]:
    """For each of some entries the others that share enough with it, the closest first.

    Args:
        start: the place of the first of these entries.
        features: of these entries, by their places in `shared`.
        shared: everything that entries share.
        ranks: which of two equally close entries comes first.
        count: at most so many others each.
    """
    found: list[list[int]] = [[] for _ in features]
    pairs = [(i, shared[place]) for i, own in enumerate(features) for place in own]
    if not pairs:
        return found
    lengths = [len(feature.members) for _, feature in pairs]
    rows = np.repeat([i for i, _ in pairs], lengths)
    others = np.concatenate([feature.members for _, feature in pairs])
    keys = rows * len(ranks) + others
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    scores = np.add.reduceat(np.repeat([feature.weight for _, feature in pairs], lengths)[order], starts)
    reasons = np.add.reduceat(np.repeat([feature.reasons for _, feature in pairs], lengths)[order], starts)
    rows, others = np.divmod(keys[starts], len(ranks))
    enough = (scores >= _LEAST_SCORE) & (reasons > 1) & (rows + start != others)
    rows, others, scores = rows[enough], others[enough], scores[enough]
    closest = np.lexsort((ranks[others], -np.round(scores, 9), rows))
    for row, other in zip(rows[closest].tolist(), others[closest].tolist(), strict=True):
        if len(found[row]) < count:
            found[row].append(other)
    return found


def _relate(
    own: Mapping[Feature, str], its: Mapping[Feature, str], other: int, weights: Mapping[Feature, float]
) -> Relation:
    """What two entries share; a keyword that names a topic of both is told once."""
    shared = [feature for feature in own if feature in its and feature in weights]
    topics = {name: own["topic", name] for kind, name in shared if kind == "topic"}
    keywords = [own["keyword", name] for kind, name in shared if kind == "keyword" and name not in topics]
    return Relation(other, tuple(topics.values()), tuple(keywords))
