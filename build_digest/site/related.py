"""Related articles: those that share rare topics and keywords, each with the reason.

Every topic and keyword has a posting list; lists longer than a fixed bound say nothing about likeness and are passed
over, so the work grows with the number of articles and not with its square.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from build_digest.site.entries import Entry
from build_digest.text.script import fold

_LONGEST_LIST = 120
_TOPIC_WEIGHT = 0.6
_LEAST_SCORE = 1.0

Feature = tuple[str, str]
"""A topic or a keyword, and its name in one script."""


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
    paths = [entry.path for entry in entries]
    return [
        tuple(
            _relate(own, features[other], other, weights) for other in _rank(i, own, postings, weights, paths)[:count]
        )
        for i, own in enumerate(features)
    ]


def _features(entry: Entry) -> dict[Feature, str]:
    topics = {("topic", fold(tag)): tag for tag in entry.tags}
    return topics | {("keyword", fold(word)): word for word in entry.keywords}


def _rank(
    place: int,
    own: Mapping[Feature, str],
    postings: Mapping[Feature, Sequence[int]],
    weights: Mapping[Feature, float],
    paths: Sequence[str],
) -> list[int]:
    """The entries that share enough with this one, the closest first."""
    scores: dict[int, float] = defaultdict(float)
    shared: dict[int, int] = defaultdict(int)
    for feature in own:
        if feature in weights:
            # What names a topic is reason enough by itself.
            reasons = 2 if ("topic", feature[1]) in postings else 1
            for other in postings[feature]:
                scores[other] += weights[feature]
                shared[other] += reasons
    scores.pop(place, None)
    enough = [other for other, score in scores.items() if score >= _LEAST_SCORE and shared[other] > 1]
    return sorted(enough, key=lambda other: (-round(scores[other], 9), paths[other]))


def _relate(
    own: Mapping[Feature, str], its: Mapping[Feature, str], other: int, weights: Mapping[Feature, float]
) -> Relation:
    """What two entries share; a keyword that names a topic of both is told once."""
    shared = [feature for feature in own if feature in its and feature in weights]
    topics = {name: own["topic", name] for kind, name in shared if kind == "topic"}
    keywords = [own["keyword", name] for kind, name in shared if kind == "keyword" and name not in topics]
    return Relation(other, tuple(topics.values()), tuple(keywords))
