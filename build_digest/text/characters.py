"""How common a character is, and which simplified character stands for a traditional one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from build_digest.shipped import read_shipped

HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
"""The Chinese characters, to stand inside the brackets of a pattern: names have 㐂 and 𠮷 too."""
_HAN_RUN = re.compile(rf"[{HAN}]+")
UNKNOWN = -8
"""The level of a Chinese character that the table does not have."""


@cache
def load_levels() -> Mapping[str, int]:
    """The table of levels: N says that a character stands 2 ** N times in a million, in simplified or traditional text.

    >>> load_levels()["的"] > load_levels()["數"] > load_levels()["霸"]
    True
    """
    levels: dict[str, int] = {}
    for line in _read_lines("characters.txt"):
        level, characters = line.split(" ")
        levels.update(dict.fromkeys(characters, int(level)))
    return MappingProxyType(levels)


@cache
def load_scripts() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that simplified text has and traditional text has not, and the other way round.

    >>> simplified, traditional = load_scripts()
    >>> "发" in simplified, "發" in traditional, "后" in simplified
    (True, True, False)
    """
    simplified, traditional = _read_lines("scripts.txt")
    return frozenset(simplified), frozenset(traditional)


def count_han(text: str) -> int:
    """How many characters of a text are of those in `HAN`.

    >>> count_han("第3章《𠮷》 abc")
    3
    """
    return len(text) - len(_HAN_RUN.sub("", text))


def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one (CJK Unified Ideographs and their extensions; 〇, which `HAN` lacks).

    >>> [is_chinese(c) for c in "中㛃𠮷〇，aか"]
    [True, True, True, True, False, False, False]
    """
    return "\u3400" <= character <= "\u9fff" or character == "〇" or "\U00020000" <= character <= "\U000323af"


def _read_lines(name: str) -> list[str]:
    text = read_shipped(f"data/{name}")
    return [line for line in text.split("\n") if line and not line.startswith("#")]
