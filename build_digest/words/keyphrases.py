"""Find the phrases of a text that may be keywords: words, and words side by side that recur or stand in the title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from build_digest.words.segment import Segmented, data_lines, vocabulary

LONGEST = 5
"""Words in a phrase, at most."""
WIDEST = 14
"""Characters in a phrase, at most."""
SHORT = 400
"""In a text of fewer words than this hardly anything recurs: a single mention makes a word a candidate too, and so may a
general word be one."""


class Word(NamedTuple):
    """What is known of a word: its class and its rarity, the natural logarithm of all documents by those that have it.

    Classes are those of data/words.txt, and `e` Latin, `0` figures, `#` a break that no phrase goes across, `+` what
    joins two Latin words.
    """

    kind: str
    rarity: float


BREAK = Word("#", 0.0)
_JOINT = Word("+", 10.0)
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


@lru_cache(1)
def _table() -> dict[str, Word]:
    table: dict[str, Word] = {}
    for line in data_lines("data/words.txt"):
        kind, rarity, *words = line.split(" ")
        table.update(dict.fromkeys(words, BREAK if kind == "x" else Word(kind, float(rarity))))
    table.update(dict.fromkeys((*vocabulary("breaks"), *_PUNCTUATION), BREAK))
    table.update(dict.fromkeys(vocabulary("contents"), Word("n", 9.0)))
    return table


def look_up_all(words: Sequence[str]) -> list[Word]:
    """What is known of each word of a text; between two Latin words a space and the like is no break (Podman Desktop).

    >>> [word.kind for word in look_up_all(["podman", " ", "desktop", " ", "的"])]
    ['e', '+', 'e', '#', '#']
    """
    table = _table().get
    known = [table(word) or look_up(word) for word in words]
    for i, word in enumerate(words[1:-1], 1):
        if word in _JOINTS and known[i - 1].kind == "e" and known[i + 1].kind in "e0":
            known[i] = _JOINT
    return known


def find_phrases(segmented: Segmented, known: Sequence[Word], also: frozenset[str] = frozenset()) -> list[Phrase]:
    """The candidates of a text, whose words are `known`, in order of length and first place.

    A candidate is a word, or up to LONGEST words side by side that stand in the text more than once, in the title, or
    among `also`, phrases known from elsewhere. Grown word by word from shorter ones that recur (Agrawal and Srikant,
    "Fast Algorithms for Mining Association Rules", 1994), so the work follows the length of the text.
    """
    words, body = segmented.words, segmented.body
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, word in enumerate(words):
        if known[i] is not BREAK:
            places[(word,)].append(i)
    short = len(words) < SHORT
    general = vocabulary("ends") | vocabulary("general")
    found: list[Phrase] = []
    length = 1
    parts = _parts(words, also) if also else set()
    while places and length <= LONGEST:
        kept = {key: at for key, at in places.items() if len(at) > 1 or at[0] < body or key in parts}
        for key, at in places.items() if length == 1 and short else kept.items():
            phrase = Phrase(key, "".join(key), tuple(at), tuple(known[at[0] : at[0] + length]))
            if _may_stand_alone(phrase) and (short or length > 1 or key[0] not in general):
                found.append(phrase)
        places = _grow(words, kept, length)
        length += 1
    return found


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


def _may_stand_alone(phrase: Phrase) -> bool:
    first, last = phrase.known[0].kind, phrase.known[-1].kind
    if not 2 <= len(phrase.text) <= WIDEST or phrase.text in vocabulary("phrases"):
        return False
    if len(phrase.words) == 1:
        return first not in "0mdi"
    return first not in "0md+" and last not in "dt+" and phrase.words[0] not in vocabulary("beginnings")
