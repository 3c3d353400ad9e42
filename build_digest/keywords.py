"""Choose the keywords of a text: phrases an editor would index it by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from operator import mul

from build_digest.words.keyphrases import BREAK, Phrase, Word, find_phrases, look_up_all
from build_digest.words.segment import Segmented, segment, vocabulary, weights

NO_PHRASES: frozenset[str] = frozenset()
MOSTLY = 2 / 3
"""A phrase that overlaps better ones at more than this share of its places is a fragment between them."""
SHORTLIST = 60
"""How many candidates that do not stand in the title are weighed."""
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
    values = tuple(weights().values())
    known = look_up_all(segmented.words)
    setting = Setting.of(segmented, known)
    candidates = _shortlist(find_phrases(segmented, known, phrases), segmented)
    scored = [
        (phrase, sum(map(mul, values, features(phrase, setting).values())) + (KNOWN if phrase.text in phrases else 0.0))
        for phrase in candidates
    ]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].at[0], pair[0].text))


def _shortlist(phrases: list[Phrase], segmented: Segmented) -> list[Phrase]:
    """The candidates worth weighing: those of the title, and those that make up most of the text."""
    titled = [phrase for phrase in phrases if phrase.at[0] < segmented.body]
    others = [phrase for phrase in phrases if phrase.at[0] >= segmented.body]
    return titled + sorted(others, key=lambda phrase: -len(phrase.at) * len(phrase.text))[:SHORTLIST]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the features of a phrase need to know of its text.

    `around[i]` is word i, or nothing where a break stands; so is `around[-1]`, what stands before the first word and
    after the last. `count` tells how often each word stands there, `top` is frequency times rarity of the weightiest.
    """

    segmented: Segmented
    around: tuple[str, ...]
    count: Mapping[str, int]
    title: frozenset[str]
    top: float

    @classmethod
    def of(cls, segmented: Segmented, known: Sequence[Word]) -> Setting:
        """The setting that a text gives, whose words are known."""
        words = segmented.words
        count = Counter(words)
        around = ["" if word is BREAK else text for text, word in zip(words, known, strict=True)]
        of_word = dict(zip(words, known, strict=True))
        top = max((times * of_word[text].rarity for text, times in count.items() if len(text) > 1), default=0.0)
        return cls(segmented, (*around, ""), count, frozenset(words[: segmented.body]), top or 1.0)


def features(phrase: Phrase, setting: Setting) -> dict[str, float]:
    """What speaks for and against a phrase; rules/keywords.yml says what each one means and how much it counts."""
    words, segmented, around = phrase.words, setting.segmented, setting.around
    ends, verbs = vocabulary("ends"), vocabulary("beginnings")
    length, times, first = len(words), len(phrase.at), phrase.at[0]
    characters, single = len(phrase.text), len(words) == 1
    kind, last = phrase.known[0].kind, words[-1]
    left = ["" if word in verbs else word for word in (around[i - 1] for i in phrase.at)]
    right = [around[i + length] for i in phrase.at]
    rarities = [known.rarity for known in phrase.known]
    in_title = first < segmented.body
    depth = segmented.starts[first] - segmented.starts[segmented.body]
    return {
        "repeated": log(times) if length > 2 else 0.0,
        "coverage": log(1 + 100 * times * characters / len(segmented.whole)),
        "title_and_text": float(in_title and phrase.at[-1] >= segmented.body),
        "title_words": sum(word in setting.title for word in words) / length,
        "depth": 0.0 if in_title else log(1 + max(0, depth) / 30),
        "freedom": _freedom(left) + _freedom(right) if times > 1 else 0.0,
        "stuck": float(times > 1 and (_always_the_same(left) or _always_the_same(right))),
        "open_left": left.count("") / times,
        "open_right": right.count("") / times,
        "prominence": sum(map(mul, (setting.count[word] for word in words), rarities)) / length / setting.top,
        "rarity": sum(rarities) / length / 10,
        "two_words": float(length == 2),
        "many_words": float(length > 3),
        "two_characters": float(characters == 2),
        "four_characters": float(characters == 4),
        "long": float(characters > 7),
        "general": float(single and last in ends),
        "general_end": float(not single and last in ends),
        "name": float(single and kind == "p"),
        "noun": float(single and kind == "n"),
    }


def _freedom(neighbours: list[str]) -> float:
    """How freely a phrase changes its neighbours on one side: their entropy in nats, each break a neighbour of its own."""
    repeated = sum(times * log(times) for text, times in Counter(neighbours).items() if text and times > 1)
    return log(len(neighbours)) - repeated / len(neighbours)


def _always_the_same(neighbours: list[str]) -> bool:
    return neighbours[0] != "" and neighbours.count(neighbours[0]) == len(neighbours)
