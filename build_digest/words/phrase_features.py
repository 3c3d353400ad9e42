"""What speaks for and against a phrase as a keyword, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from operator import mul

from build_digest.words.keyphrases import BREAK, Phrase, Word, look_up, vague
from build_digest.words.segment import Segmented, vocabulary

RARE = 10.0
"""The rarity of a rare word."""
NOT_IN_TITLE = 20.0
"""What stands for a distance in the title where a phrase is not in it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the features of a phrase need to know of its text.

    `around[i]` is word i, or nothing where a break stands; so is `around[-1]`, what stands before the first word and
    after the last. `top` is frequency times rarity of the weightiest word that recurs.
    """

    segmented: Segmented
    around: tuple[str, ...]
    title: frozenset[str]
    top: float

    @classmethod
    def of(cls, segmented: Segmented, known: Sequence[Word]) -> Setting:
        """The setting that a text gives, whose words are known."""
        around = ["" if word is BREAK else text for text, word in zip(segmented.words, known, strict=True)]
        recurring = [(word, times) for word, times in segmented.count.items() if times > 1 < len(word)]
        top = max([times * look_up(word).rarity for word, times in recurring], default=0.0) or RARE
        return cls(segmented, (*around, ""), frozenset(segmented.words[: segmented.body]), top)


def features(phrase: Phrase, setting: Setting) -> dict[str, float]:
    """What counts in any text; rules/keywords.yml says what each one means and how much it counts in a long one."""
    words, segmented, around = phrase.words, setting.segmented, setting.around
    ends, verbs = vocabulary("ends"), vocabulary("beginnings")
    length, times, first = len(words), len(phrase.at), phrase.at[0]
    characters, single = len(phrase.text), len(words) == 1
    kind, last = phrase.known[0].kind, words[-1]
    left = ["" if word in verbs else word for word in [around[i - 1] for i in phrase.at]]
    right = [around[i + length] for i in phrase.at]
    rarities = [known.rarity for known in phrase.known]
    in_title = first < segmented.body
    depth = segmented.starts[first] - segmented.starts[segmented.body]
    return {
        "repeated": log(times) if length > 2 else 0.0,
        "coverage": log(1 + 100 * times * characters / len(segmented.whole)),
        "title_and_text": float(in_title and phrase.at[-1] >= segmented.body),
        "title_words": len([word for word in words if word in setting.title]) / length,
        "depth": 0.0 if in_title else log(1 + max(0, depth) / 30),
        "freedom": _freedom(left) + _freedom(right) if times > 1 else 0.0,
        "stuck": float(times > 1 and (_always_the_same(left) or _always_the_same(right))),
        "open_left": left.count("") / times,
        "open_right": right.count("") / times,
        "prominence": sum(map(mul, [segmented.count[word] for word in words], rarities)) / length / setting.top,
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


def short_text_features(phrase: Phrase, setting: Setting) -> dict[str, float]:
    """What counts in a short text beside `features`: there hardly anything recurs, so form and place must tell more."""
    words, segmented, around = phrase.words, setting.segmented, setting.around
    length, times, first = len(words), len(phrase.at), phrase.at[0]
    left, right = [around[i - 1] for i in phrase.at], [around[i + length] for i in phrase.at]
    before = [segmented.words[i - 1] for i in phrase.at]
    rarities = [known.rarity for known in phrase.known]
    counts = [segmented.count[word] for word in words]
    beginning, end = phrase.known[0].kind, phrase.known[-1].kind
    in_title = first < segmented.body
    general, cues = vague(), vocabulary("cues")
    return {
        "words": float(length),
        "characters": float(len(phrase.text)),
        "times": float(times),
        "in_title": float(in_title),
        "spread": (phrase.at[-1] - first) / len(segmented.words),
        "longer": max(_most_common(left), _most_common(right)) / times,
        "whole_clause": len([1 for a, b in zip(left, right, strict=True) if not a and not b]) / times,
        "title_before": float(first) if in_title else NOT_IN_TITLE,
        "title_behind": float(segmented.body - first - length) if in_title else NOT_IN_TITLE,
        "end_in_title": float(words[-1] in setting.title),
        "after_cue": len([word for word in before if word in cues]) / times,
        "after_of": before.count("的") / times,
        "rarity_sum": sum(rarities),
        "rarity_least": min(rarities),
        "rarity_first": rarities[0],
        "rarity_last": rarities[-1],
        "top_word": max(map(mul, counts, rarities)) / setting.top,
        "least_count": float(min(counts)),
        "verb_first": float(beginning in "vg"),
        "noun_first": float(beginning == "n"),
        "verb_last": float(end == "v"),
        "noun_last": float(end in "ne"),
        "adjective_last": float(end == "a"),
        "vague": len([word for word in words if word in general]) / length,
        "vague_end": float(words[-1] in general),
    }


def _freedom(neighbours: list[str]) -> float:
    """How freely a phrase changes its neighbours on one side: their entropy in nats, each break a neighbour of its own."""
    count: dict[str, int] = {}
    for text in neighbours:  # they are few, and a Counter takes longer to make than to fill
        count[text] = count.get(text, 0) + 1
    repeated = sum([times * log(times) for text, times in count.items() if text and times > 1])
    return log(len(neighbours)) - repeated / len(neighbours)


def _always_the_same(neighbours: list[str]) -> bool:
    return neighbours[0] != "" and neighbours.count(neighbours[0]) == len(neighbours)


def _most_common(neighbours: list[str]) -> int:
    return max([neighbours.count(word) for word in neighbours if word], default=0)
