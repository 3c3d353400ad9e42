"""Tell the phrases that are only cut out of a sentence from those that name something.

Where hardly anything recurs, counting says little about where a phrase ends, so its form has to: what stands once
outside the title begins and ends like a noun, and nothing holds the small words that belong to a sentence alone.
"""

from __future__ import annotations

from functools import lru_cache

from build_digest.words.keyphrases import Phrase, Word, is_listed, vague
from build_digest.words.segment import Segmented, vocabulary

COMMON = 7.0
"""Verbs below this rarity are everyday ones: 开始, 知道."""
OFTEN = 3
"""A verb that stands in a text so many times may be its subject: 垄断."""
_RARE_NOUN = Word("n", 11.0)


def is_fragment(phrase: Phrase, segmented: Segmented) -> bool:
    """Whether a phrase is a piece of a sentence rather than a term.

    >>> from build_digest.words.keyphrases import find_phrases, look_up_all
    >>> from build_digest.words.segment import segment
    >>> text = segment("", "有人担心秩序会乱，早上館員還沒到，居民楼的外墙裂开。")
    >>> [p.text for p in find_phrases(text, look_up_all(text)) if not is_fragment(p, text)]
    ['秩序', '馆员', '居民楼', '外墙']
    """
    in_title = phrase.at[0] < segmented.body
    if any(map(_is_loose, phrase.words, phrase.known)) or _cuts(phrase, segmented):
        return True
    if len(phrase.words) == 1:
        return not _may_be_single(phrase.words[0], phrase.known[0], in_title, len(phrase.at))
    edges = ((phrase.words[0], phrase.known[0]), (phrase.words[-1], phrase.known[-1]))
    if in_title or len(phrase.at) > 1:
        return phrase.words[-1] in vocabulary("predicates") or any(_names_nothing(word) for word, _ in edges)
    return not all(_is_like_a_noun(word, known) for word, known in edges)


@lru_cache(1 << 14)
def _is_loose(word: str, known: Word) -> bool:
    """Whether a word belongs to its sentence alone: an adverb, a number with its measure, a verb with its result.

    Words that no table has were guessed by the segmenter, so their first and last characters are asked.
    """
    if len(word) > 1 and (known.kind in "dm" or not vocabulary("aspects").isdisjoint(word[1:-1])):
        return True
    if known.kind == "v":
        return word[-1] in vocabulary("results") and word not in vocabulary("whole")
    if known.kind == "n" and len(word) > 2 and word[-1] in vocabulary("inside"):
        return True
    if known != _RARE_NOUN or word in vague():
        return False
    return word[0] in vocabulary("small_first") or word[-1] in vocabulary("small_last") or _is_counted(word)


def _is_counted(word: str) -> bool:
    """Whether a word is a number, alone or with a measure word, 十万元, or counts like one, 第三笔."""
    number = word.lstrip("".join(vocabulary("ordinals")))
    rest = number.lstrip("".join(vocabulary("numerals")))
    return rest != number and (not rest or rest in vocabulary("measures"))


def _cuts(phrase: Phrase, segmented: Segmented) -> bool:
    """Whether a phrase begins inside a word of the tables (中苏 in 苏友好协会) or with the measure word of a number."""
    before = segmented.words[phrase.at[0] - 1] if phrase.at[0] else " "
    first = phrase.words[0]
    if before[-1] in vocabulary("numerals") and first[0] in vocabulary("measures"):
        return True
    return len(first) == 1 and len(phrase.words) > 1 and is_listed(before[-1] + first)


def _may_be_single(word: str, known: Word, in_title: bool, times: int) -> bool:
    if _names_nothing(word):
        return False
    if known.kind == "v":
        return (in_title and word in vague()) or (known.rarity >= COMMON and (in_title or times >= OFTEN))
    return in_title or (known.kind not in "gtf" and word not in vague())


@lru_cache(1 << 14)
def _names_nothing(word: str) -> bool:
    return word in vocabulary("times") or word in vocabulary("everyday")


def _is_like_a_noun(word: str, known: Word) -> bool:
    if known.kind in "va":
        return len(word) > 1 and word in vague()
    return known.kind not in "tf0" and not _names_nothing(word)
