"""Cut text into words: the one place that does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from types import ModuleType

from build_digest.shipped import read_shipped
from build_digest.text.script import simplify_and_narrow, to_simplified
from build_digest.text.yaml_text import read_yaml

# The table folds 著, because it is also a traditional form of 着.
_ALREADY_SIMPLIFIED = re.compile("(?<=[显顯专專名论論原编編土卓译譯合])著|著(?=[名作者述称稱录錄书書])")


@dataclass(frozen=True, slots=True)
class Segmented:
    """A title and a text cut into words, once for all who need them.

    `whole` is title, line feed and text, `folded` the same folded (see `fold_keeping_case`). `words` are the words of that
    in lower case, `count` tells how often each of them stands there; word i stands at `starts[i]:starts[i + 1]` of `whole`. The words from `body` on are
    those of the text.
    """

    whole: str
    folded: str
    words: tuple[str, ...]
    count: Mapping[str, int]
    starts: tuple[int, ...]
    body: int
    title_length: int

    def surface(self, first: int, last: int) -> str:
        """The words first to last, the last one not included, as they stand in the text."""
        return self.whole[self.starts[first] : self.starts[last]]


def segment(title: str, text: str) -> Segmented:
    """A title and a text cut into the words that jieba gives.

    rjieba (jieba-rs) cuts Chinese as jieba does, with the same dictionary and the same hidden Markov model, several
    times faster; it differs only in keeping Latin letters and figures joined by a hyphen, a full stop or a unit together
    (`5G-A`, `32.85ZB`), which is what a keyword wants. tests/test_segment.py compares the two.

    >>> segment("發展工業互聯網", "").words
    ('发展', '工业互联网', '\\n')
    """
    whole = f"{title}\n{text}"
    folded = fold_keeping_case(whole)
    cut = _dictionary().cut(folded)
    words = tuple(cut if folded == folded.lower() else map(str.lower, cut))
    starts = tuple(accumulate(map(len, cut), initial=0))
    body = bisect_right(starts, len(title))
    return Segmented(whole, folded, words, Counter(words), starts, body, len(title))


def is_word(text: str) -> bool:
    """Whether a text is one word of the dictionary, simplified or not; names of people hardly ever are.

    >>> is_word("马拉松"), is_word("顧承遠")
    (True, False)
    """
    return bool(_dictionary().has_word(to_simplified(text)))


def is_persons_name(text: str) -> bool:
    """Whether the dictionary takes a text for one word, and that for the name of a person.

    >>> is_persons_name("王小明"), is_persons_name("高考季"), is_persons_name("背景")
    (True, False, False)
    """
    simplified = to_simplified(text)
    return bool(_dictionary().tag(simplified) == [(simplified, "nr")])


def fold_keeping_case(text: str) -> str:
    """What `script.fold` gives, but with capitals, which tell names, and with 著 where that is simplified already.

    >>> fold_keeping_case("數字經濟，ＡＩ＋")
    '数字经济,AI+'
    >>> fold_keeping_case("著名學者隨著什么變化")
    '著名学者随着什么变化'
    """
    folded = simplify_and_narrow(text)
    for match in _ALREADY_SIMPLIFIED.finditer(text) if "著" in text else ():
        folded = f"{folded[: match.start()]}{match[0]}{folded[match.end() :]}"
    return folded


@lru_cache(1)
def _dictionary() -> ModuleType:
    """The one that rjieba loads with itself, and our words in it: another would load everything a second time."""
    import rjieba  # noqa: PLC0415 - it reads its dictionary, and where nothing is new no text is cut

    for word in data_lines("rules/words.txt"):
        rjieba.add_word(word, rjieba.suggest_freq(word), "n")
    return rjieba


def data_lines(path: str) -> list[str]:
    """The lines of a text file that ships with the package, without comments and empty lines.

    >>> data_lines("rules/words.txt")[0]
    '新质生产力'
    """
    lines = read_shipped(path).split("\n")
    return [line for line in lines if line and not line.startswith("#")]


@cache
def vocabulary(name: str) -> frozenset[str]:
    """A list of words of rules/keywords.yml.

    >>> "通过" in vocabulary("breaks")
    True
    """
    return _keyword_rules()[0][name]


def weights() -> dict[str, float]:
    """What each feature of a phrase counts for, by rules/keywords.yml."""
    return _keyword_rules()[1]


@lru_cache(1)
def _keyword_rules() -> tuple[dict[str, frozenset[str]], dict[str, float]]:
    rules = read_yaml(read_shipped("rules/keywords.yml"))
    lists = {name: frozenset(value.split()) for name, value in rules.items() if isinstance(value, str)}
    return lists, rules["weights"]
