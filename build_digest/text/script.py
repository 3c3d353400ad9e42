"""Chinese text in one script and one width, character for character, so that offsets stay what they were."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache, wraps
from typing import TypeVar, TypeVarTuple

from build_digest.shipped import read_shipped

Others = TypeVarTuple("Others")
Result = TypeVar("Result")

_WIDE_ASCII = range(0xFF01, 0xFF5F)
_HALF = {chr(wide): chr(wide - 0xFEE0) for wide in _WIDE_ASCII} | {"\u3000": " "}
_COMMON = tuple((mark, _HALF[mark]) for mark in "，：；？！（）")
"""Marks that stand everywhere: exchanged one kind at a time, they take a third of the time."""
_SHORT = 2000


@cache
def simplified_table() -> dict[str, str]:
    """The table that OpenCC's character tables give (made by tools/make_simplified.py)."""
    above, below, *_ = read_shipped("data/simplified.txt").split("\n")
    return dict(zip(above, below, strict=True))


def _narrowed() -> dict[str, str]:
    """Simplified and half-width at once."""
    return simplified_table() | _HALF


def _folded() -> dict[str, str]:
    """Simplified, half-width and lower-case at once."""
    letters = {letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
    return {written: form.lower() for written, form in (_narrowed() | letters).items()}


@cache
def _matcher(make_table: Callable[[], Mapping[str, str]]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    # A character class finds the few characters to change many times faster than str.translate looks each one up,
    # as long as all of them lie in the Basic Multilingual Plane.
    table = make_table()
    return re.compile(f"[{re.escape(''.join(table))}]"), table


def to_simplified(text: str) -> str:
    """The text with each traditional or variant character in its simplified form; as long as it was.

    >>> to_simplified("數據要素,爲新質生產力")
    '数据要素,为新质生产力'
    """
    pattern, table = _matcher(simplified_table)
    return pattern.sub(lambda match: table[match[0]], text)


def simplify_and_narrow(text: str) -> str:
    """The text simplified, and its full-width letters, figures, marks and spaces in half width; as long as it was.

    >>> simplify_and_narrow("ＡＩ，２０２５　年數據。")
    'AI,2025 年数据。'
    """
    pattern, table = _matcher(_narrowed)
    return pattern.sub(lambda match: table[match[0]], _narrow_common(text))


def _narrow_common(text: str) -> str:
    for mark, narrow in _COMMON:
        text = text.replace(mark, narrow)
    return text


def traditional_share(text: str) -> float:
    """The share of a text's characters that have another, simplified form; 0 for an empty text.

    >>> traditional_share("數據要素"), traditional_share("数据要素")
    (0.5, 0.0)
    """
    pattern, _ = _matcher(simplified_table)
    return len(pattern.findall(text)) / len(text) if text else 0.0


def remember_short(function: Callable[[str, *Others], Result]) -> Callable[[str, *Others], Result]:
    """The same function, which remembers what it made of the short texts it had last; long ones would fill the memory."""
    remembered = lru_cache(maxsize=2048)(function)

    @wraps(function)
    def look_up(text: str, *others: *Others) -> Result:
        return (remembered if len(text) <= _SHORT else function)(text, *others)

    return look_up


# A paragraph is folded by each that reads it: for topics, documents, figures and voices.
@remember_short
def fold(text: str) -> str:
    """The text simplified, half-width and lower-case, so that spellings of one word are equal; as long as it was.

    >>> fold("ＡＩ（人工智慧）與GDP")
    'ai(人工智慧)与gdp'
    """
    pattern, table = _matcher(_folded)
    return pattern.sub(lambda match: table[match[0]], _narrow_common(text))
