"""Choose the keywords of a text: phrases an editor would index it by."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from operator import mul

from build_digest.words.fragments import is_fragment
from build_digest.words.keyphrases import SHORT, Phrase, find_phrases, look_up_all
from build_digest.words.phrase_features import Setting, features, short_text_features
from build_digest.words.segment import Segmented, data_lines, segment, weights
from build_digest.words.trees import Trees

NO_PHRASES: frozenset[str] = frozenset()
MOSTLY = 2 / 3
"""A phrase that overlaps better ones at more than this share of its places is a fragment between them."""
SHORTLIST = 35
"""How many candidates of a long text that do not stand in the title are weighed."""
KNOWN = 1.0
"""What a phrase known from the whole corpus gains."""


def extract(title: str, text: str, count: int) -> list[str]:
    """The keywords of a text, best first, as they stand in the title or the text; none is part of another.

    Args:
        title: the title, or nothing.
        text: the text, a paragraph a line.
        count: how many at most.

    >>> extract("以数实融合发展新质生产力", "數實融合讓數據要素流動。企業用數據要素訓練大模型。", 3)
    ['数实融合', '數據要素', '新质生产力']
    """
    return extract_from(segment(title, text), count)


def extract_from(segmented: Segmented, count: int, phrases: frozenset[str] = NO_PHRASES) -> list[str]:
    """The same for a text already cut into words; `phrases` are folded phrases known from the whole corpus."""
    return choose(segmented, weigh(segmented, phrases), count)


def choose(segmented: Segmented, weighed: Iterable[tuple[Phrase, float]], count: int) -> list[str]:
    """The first phrases that are no part of, do not contain and do not mostly overlap one chosen before them."""
    chosen: list[Phrase] = []
    covered: set[int] = set()
    for phrase, _ in weighed:
        if len(chosen) >= count:
            break
        nested = any(phrase.text in other.text or other.text in phrase.text for other in chosen)
        if nested or sum(not covered.isdisjoint(place) for place in phrase.places()) > MOSTLY * len(phrase.at):
            continue
        chosen.append(phrase)
        covered.update(i for place in phrase.places() for i in place)
    return [segmented.surface(phrase.at[0], phrase.at[0] + len(phrase.words)) for phrase in chosen]


def weigh(segmented: Segmented, phrases: frozenset[str] = NO_PHRASES) -> list[tuple[Phrase, float]]:
    """The candidates of a text with their scores, best first."""
    short = len(segmented.words) < SHORT
    known = look_up_all(segmented, once=short or bool(phrases))
    candidates = find_phrases(segmented, known, phrases)
    setting = Setting.of(segmented, known)
    candidates = [
        phrase
        for phrase in (candidates if short else _shortlist(candidates, segmented))
        if phrase.text in phrases or not is_fragment(phrase, segmented)
    ]
    if short:
        scores = _trees().score([_values(phrase, setting) for phrase in candidates])
    else:
        values = tuple(weights().values())
        scores = [sum(map(mul, values, features(phrase, setting).values())) for phrase in candidates]
    scored = [
        (phrase, score + (KNOWN if phrase.text in phrases else 0.0))
        for phrase, score in zip(candidates, scores, strict=True)
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].at[0], pair[0].text))


def _values(phrase: Phrase, setting: Setting) -> list[float]:
    return [*features(phrase, setting).values(), *short_text_features(phrase, setting).values()]


@lru_cache(1)
def _trees() -> Trees:
    names, *lines = data_lines("data/keyword_trees.txt")
    return Trees.parse(lines, names.split(" "))


def _shortlist(phrases: list[Phrase], segmented: Segmented) -> list[Phrase]:
    """The candidates worth weighing: those of the title, and those that make up most of the text."""
    titled = [phrase for phrase in phrases if phrase.at[0] < segmented.body]
    others = [phrase for phrase in phrases if phrase.at[0] >= segmented.body]
    return titled + sorted(others, key=lambda phrase: -len(phrase.at) * len(phrase.text))[:SHORTLIST]
