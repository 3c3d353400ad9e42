"""Find the phrases of a text that may be keywords: words, and words side by side that recur or stand in the title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from build_digest.words.segment import Segmented, data_lines, vocabulary

LONGEST = 5
"""Words in a phrase, at most."""
WIDEST = 14
"""Characters in a phrase, at most."""
SHORT = 400
"""In a text of fewer words than this hardly anything recurs: a single mention makes a word or a phrase of ONCE words a
candidate too, and so may a general word be one."""
ONCE = 3
"""Words in a phrase of a short text that stands there only once, at most."""


class Word(NamedTuple):
    """What is known of a word: its class and its rarity, the natural logarithm of all documents by those that have it.

    Classes are those of data/words.txt, and `e` Latin, `0` figures, `#` a break that no phrase goes across, `+` what
    joins two Latin words.
    """

    kind: str
    rarity: float


BREAK = Word("#", 0.0)
_JOINT = Word("+", 10.0)
_NO_BREAK = Word("n", 0.0)
_JOINTS = frozenset(" -'’&/")
_PUNCTUATION = " \n\t,.:;!?()[]<>\"'-/%+*、。“”‘’「」『』《》〈〉【】…—·~"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, folded, `text` being all of them; `at` holds where its first word stands, ascending indices."""

    words: tuple[str, ...]
    text: str
    at: tuple[int, ...]
    known: tuple[Word, ...]

    def places(self) -> list[range]:
        """The indices of the words of each place.

        >>> Phrase(("数字", "经济"), "数字经济", (3, 9), (BREAK, BREAK)).places()
        [range(3, 5), range(9, 11)]
        """
        return [range(i, i + len(self.words)) for i in self.at]


def look_up(word: str) -> Word:
    """What is known of a folded word; a Chinese word that no table has is a rare noun.

    >>> look_up("通过").kind, look_up("ai").kind, look_up("2025").kind, look_up("电站").kind
    ('#', 'e', '0', 'n')
    """
    known = _table().get(word)
    if known is not None:
        return known
    if not any(map(str.isalnum, word)):
        return BREAK
    if word.isascii():
        return Word("e" if any(map(str.isalpha, word)) else "0", 10.0)
    return Word("n", 11.0)


def is_listed(word: str) -> bool:
    """Whether a table has this folded word.

    >>> is_listed("不足"), is_listed("修表匠")
    (True, False)
    """
    return word in _table()


@lru_cache(1)
def _table() -> dict[str, Word]:
    table: dict[str, Word] = {}
    for line in data_lines("data/words.txt"):
        kind, rarity, *words = line.split(" ")
        table.update(dict.fromkeys(words, BREAK if kind == "x" else Word(kind, float(rarity))))
    table.update(dict.fromkeys((*vocabulary("breaks"), *_PUNCTUATION), BREAK))
    table.update(dict.fromkeys(vocabulary("contents"), Word("n", 9.0)))
    return table


@lru_cache(1)
def _breaks() -> frozenset[str]:
    return frozenset(word for word, known in _table().items() if known is BREAK)


@lru_cache(1)
def vague() -> frozenset[str]:
    """The words that are too general for a keyword of their own."""
    return vocabulary("ends") | vocabulary("general")


def look_up_all(segmented: Segmented, once: bool = True) -> list[Word]:
    """What is known of each word of a text; between two Latin words a space and the like is no break (Podman Desktop).

    Args:
        segmented: the text.
        once: whether a word that stands there once, and not in the title, may be part of a phrase; if not, a Chinese
            one is only asked whether it is a break, which takes a far smaller table.

    >>> from build_digest.words.segment import segment
    >>> [word.kind for word in look_up_all(segment("Podman Desktop 的", ""))]
    ['e', '+', 'e', '#', '#', '#']
    """
    words, count = segmented.words, segmented.count
    of_word = dict.fromkeys(count, _NO_BREAK)
    of_word.update(dict.fromkeys(_breaks().intersection(count), BREAK))
    for word, times in count.items():
        if once or times > 1 or not "一" <= word < "\ua000":
            of_word[word] = look_up(word)
    for word in words[: segmented.body]:
        of_word[word] = look_up(word)
    known = list(map(of_word.__getitem__, words))
    for i in [i for i, word in enumerate(words) if word in _JOINTS] if not _JOINTS.isdisjoint(count) else ():
        if 0 < i < len(words) - 1 and known[i - 1].kind == "e" and known[i + 1].kind in "e0":
            known[i] = _JOINT
    return known


def content_words(words: Iterable[str]) -> frozenset[str]:
    """Those of some words that have two characters or more and are no breaks; faster than looking each of them up.

    >>> from build_digest.words.segment import segment
    >>> sorted(content_words(segment("", "通过改革，改革——").words))
    ['改革']
    """
    rest = frozenset(words).difference(_breaks())
    return frozenset([word for word in rest if len(word) > 1 and (word.isalnum() or look_up(word) is not BREAK)])


def find_phrases(segmented: Segmented, known: Sequence[Word], also: frozenset[str] = frozenset()) -> list[Phrase]:
    """The candidates of a text, whose words are `known`, in order of length and first place.

    A candidate is a word, or up to LONGEST words side by side that stand in the text more than once, in the title, or
    among `also`, phrases known from elsewhere; in a short text once is enough for ONCE words. Grown word by word from shorter ones that recur (Agrawal and Srikant,
    "Fast Algorithms for Mining Association Rules", 1994), so the work follows the length of the text.
    """
    words, body = segmented.words, segmented.body
    short = len(words) < SHORT
    found: list[Phrase] = []
    length = 1
    parts = _parts(words, also) if also else set()
    places = _places(segmented, known, short or bool(parts))
    general = vague()
    while places and length <= LONGEST:
        if not (short and length <= ONCE):
            places = {key: at for key, at in places.items() if len(at) > 1 or at[0] < body or key in parts}
        for key, at in places.items():
            of_words = tuple(known[at[0] : at[0] + length])
            if _may_stand_alone(key, of_words) and (short or length > 1 or key[0] not in general):
                found.append(Phrase(key, "".join(key), tuple(at), of_words))
        places = _grow(words, places, length)
        length += 1
    return found


def _places(segmented: Segmented, known: Sequence[Word], once: bool) -> dict[tuple[str, ...], list[int]]:
    """Where each word stands that is no break; unless once is enough, only words that recur or stand in the title."""
    words = segmented.words
    wanted = {word for word, times in segmented.count.items() if once or times > 1} | set(words[: segmented.body])
    places = defaultdict[str, list[int]](list)
    for i, word in enumerate(words):
        if word in wanted and known[i] is not BREAK:
            places[word].append(i)
    return {(word,): at for word, at in places.items()}


def _grow(
    words: tuple[str, ...], kept: dict[tuple[str, ...], list[int]], length: int
) -> dict[tuple[str, ...], list[int]]:
    """The phrases one word longer whose beginning and end both recur, with their places."""
    alive = {i for at in kept.values() for i in at}
    grown: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in sorted(alive):
        if i + 1 in alive:
            grown[words[i : i + length + 1]].append(i)
    return grown


def _parts(words: tuple[str, ...], also: frozenset[str]) -> set[tuple[str, ...]]:
    """Each run of words in those places of a text where one of the phrases stands."""
    beginnings = {phrase[:2] for phrase in also}
    parts: set[tuple[str, ...]] = set()
    for i, word in enumerate(words):
        if word[:2] in beginnings:
            for end in range(i + 2, i + LONGEST + 1):
                if "".join(words[i:end]) in also:
                    parts.update(words[a:b] for a in range(i, end) for b in range(a + 1, end + 1))
    return parts


def _may_stand_alone(words: tuple[str, ...], known: tuple[Word, ...]) -> bool:
    first, last = known[0].kind, known[-1].kind
    text = "".join(words)
    if not 2 <= len(text) <= WIDEST or text in vocabulary("phrases"):
        return False
    if len(words) == 1:
        return first not in "0mdia"
    return first not in "0md+" and last not in "dt+" and words[0] not in vocabulary("beginnings")
