"""Chinese in Latin letters, by a table that ships with the package (made by tools/make_pinyin.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from build_digest.shipped import read_shipped

_HAN_RUN = re.compile(
    "([\u3007\ue815-\ue864\ufa18\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a703-\U0002b73f"
    "\U0002b740-\U0002b81d\U0002b825-\U0002bf6e\U0002c029-\U0002ce93\U0002d016\U0002d11b-\U0002ebd9"
    "\U0002f80a-\U0002fa1f\U000300f7-\U00031288\U00030000-\U0003134a\U00030edd\U00030ede\U00031350-\U00032389]+)"
)
"""Characters that are read one by one, or as part of a phrase."""
_LONGEST = 10
"""Characters of a phrase."""


def read_pinyin(text: str) -> str:
    """The syllables of Chinese characters without tones, and what else the text has, with hyphens between.

    The longest phrase at each place tells how its characters are read; those of no phrase are read as they mostly are.

    >>> read_pinyin("重庆的重要会议,AI")
    'chong-qing-de-zhong-yao-hui-yi-,AI'
    """
    runs = _HAN_RUN.split(text)
    return "-".join(part for place, run in enumerate(runs) for part in (_read_run(run) if place % 2 else [run]) if run)


def _read_run(run: str) -> Iterator[str]:
    syllables, phrases = _table()
    at = 0
    while at < len(run):
        ends = range(min(len(run), at + _LONGEST), at + 1, -1)
        end = next((end for end in ends if run[at:end] in phrases), at + 1)
        phrase = run[at:end]
        yield phrases.get(phrase) or "-".join(syllables.get(character, character) for character in phrase)
        at = end


@cache
def _table() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The syllable of each character; and all phrases, with their syllables where those are not their characters'."""
    content = read_shipped("data/pinyin.txt")
    characters, plain, odd = content.rstrip("\n").split("\n\n")
    syllables: dict[str, str] = {}
    for line in characters.split("\n"):
        syllable, read_so = line.split(" ")
        syllables |= dict.fromkeys(read_so, syllable)
    phrases = dict.fromkeys(plain.split(" "), "")
    phrases |= dict(line.split(" ") for line in odd.split("\n"))
    return syllables, phrases
