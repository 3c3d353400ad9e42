"""Folding: what the search takes to be the same is made the same, in the index and in the query.

A text is seen as a sequence of units (UTF-16 code units, what JavaScript's strings are made of), each of one kind:

- characters (Chinese, kana, …), folded to the form that stands for their variants (數 → 数, 臺 → 台), full width to half;
- letters and digits of alphabets that put spaces between words, folded to lower case; a marker `^` before each word, so
  that whatever begins with `^` matches at the beginning of words only;
- breaks: punctuation and symbols. No phrase without punctuation runs across them. A space is a break between two
  characters and nothing elsewhere, since `AI 技术` and `AI技术` say the same. Some are signs, which names and numbers are
  written with (C++, 5G-A, 12.5%): a fold leaves them out like the rest, but tells where they stood;
- line feeds, which no phrase at all runs across;
- what cannot be seen (soft hyphens, joiners, byte order marks), which is nothing.

`assets/fold.js` does the same in the browser, from the same ranges and the same table of variants.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from build_digest.shipped import read_shipped

Units = npt.NDArray[np.uint16]
Ranges = tuple[tuple[int, int], ...]

BREAK, WORD, CHARACTER, SPACE, LINE, NOTHING = range(6)
JOINED, SOFT, HARD = range(3)
MARKER, SOFT_BREAK, HARD_BREAK = "^", " ", "\n"

# First and last unit of each range. Below FIRST_CHARACTER what is not listed is a break, from there on a character.
FIRST_CHARACTER = 0x0530
KINDS: dict[int, Ranges] = {
    WORD: (
        *((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F)),
        *((0x300, 0x36F), (0x386, 0x386), (0x388, 0x3FF), (0x400, 0x52F)),
    ),
    BREAK: (
        *((0x2010, 0x2027), (0x2030, 0x205E), (0x2065, 0x206F), (0x20A0, 0x20CF), (0x2190, 0x245F), (0x2500, 0x2BFF)),
        *((0x2E00, 0x2E7F), (0x3001, 0x3004), (0x3008, 0x3020), (0x3030, 0x3030), (0x303D, 0x303F), (0x30A0, 0x30A0)),
        *((0x30FB, 0x30FB), (0xE000, 0xF8FF), (0xFE10, 0xFE6F), (0xFFF0, 0xFFFF)),
    ),
    SPACE: (
        *((0x09, 0x09), (0x0B, 0x0C), (0x20, 0x20), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A)),
        *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
    ),
    LINE: ((0x0A, 0x0A), (0x0D, 0x0D), (0x85, 0x85), (0x2028, 0x2029)),
    NOTHING: (
        *((0xAD, 0xAD), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064)),
        *((0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    ),
}
SIGNS = "#%&'+-./@_·‰"
# Radicals, compatibility ideographs and full-width forms: what Unicode calls the same character.
COMPATIBLE: Ranges = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))


@cache
def variants() -> dict[int, int]:
    """For each character with variants the one that stands for it: 數 → 数."""
    text = read_shipped("data/variants.txt")
    classes = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {ord(variant): ord(line[0]) for line in classes for variant in line[1:]}


def encode_variants() -> bytes:
    """The table for the browser: three bytes an entry, the gap to the entry before and the character that stands for it.

    A gap over 255 is bridged by entries that stand for nothing (0).
    """
    encoded = bytearray()
    table = variants()
    for before, variant in pairwise([0x3400, *sorted(table)]):
        bridges, gap = divmod(variant - before, 255)
        encoded += b"\xff\0\0" * bridges + bytes((gap,)) + table[variant].to_bytes(2, "little")
    return bytes(encoded)


@cache
def fold_table() -> Units:
    """The folded form of each of the 65,536 units."""
    table = list(range(0x10000))
    for first, last in COMPATIBLE:
        for unit in range(first, last + 1):
            normal = unicodedata.normalize("NFKC", chr(unit))
            if len(normal) == 1 and ord(normal) < 0x10000:
                table[unit] = ord(normal)
    lower = {unit: ord(chr(unit).lower()) for unit in range(FIRST_CHARACTER) if len(chr(unit).lower()) == 1}
    same = variants()
    return np.array([same.get(unit, lower.get(unit, unit)) for unit in table], dtype=np.uint16)


@cache
def kind_table() -> npt.NDArray[np.uint8]:
    """The kind of each of the 65,536 units once folded."""
    kinds = np.full(0x10000, CHARACTER, dtype=np.uint8)
    kinds[:FIRST_CHARACTER] = BREAK
    for kind, ranges in KINDS.items():
        for first, last in ranges:
            kinds[first : last + 1] = kind
    return kinds


@cache
def sign_table() -> Units:
    """For each of the 65,536 units once folded itself if it is a sign, else 0."""
    table = np.zeros(0x10000, np.uint16)
    table[to_units(SIGNS)] = to_units(SIGNS)
    return table


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: its units, what stands before each (JOINED, SOFT, HARD), and where each stood in the original.

    A marker stands where its word begins. `signs` has for each unit the sign that follows it at once, or 0.
    """

    units: Units
    before: npt.NDArray[np.uint8]
    origin: npt.NDArray[np.int64]
    signs: Units


def to_units(text: str) -> Units:
    """The text as UTF-16 code units; halves of surrogate pairs that stand alone are kept."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.uint16)


def fold_units(text: str) -> Folded:
    """The folded form of a text of any length."""
    units = fold_table()[to_units(text)]
    kinds = kind_table()[units]
    seen = np.flatnonzero(kinds != NOTHING)
    kinds = kinds[seen]
    words, lines = kinds == WORD, np.cumsum(kinds == LINE)
    breaks, spaces = np.cumsum(kinds == BREAK), np.cumsum(kinds == SPACE)
    kept = np.flatnonzero(words | (kinds == CHARACTER))
    if not kept.size:
        return Folded(np.empty(0, np.uint16), np.empty(0, np.uint8), np.empty(0, np.int64), np.empty(0, np.uint16))

    last = np.concatenate(([-1], kept[:-1]))  # the unit kept before each; the text begins as after a line feed
    character = ~words[kept]
    apart = (spaces[kept] > spaces[last]) & character & np.concatenate(([False], character[:-1]))
    before = np.where((breaks[kept] > breaks[last]) | apart, SOFT, JOINED)
    before = np.where((lines[kept] > lines[last]) | (last < 0), HARD, before).astype(np.uint8)

    begins = words[kept] & ((kept == 0) | ~words[kept - 1])
    size = kept.size + int(begins.sum())
    places = np.arange(kept.size) + np.cumsum(begins)
    markers = places[begins] - 1
    folded, borders, origin = np.empty(size, np.uint16), np.zeros(size, np.uint8), np.empty(size, np.int64)
    signs = np.zeros(size, np.uint16)
    signs[places] = sign_table()[np.append(units[seen], np.uint16(0))[kept + 1]]
    folded[places], borders[places], origin[places] = units[seen[kept]], before, seen[kept]
    folded[markers], borders[markers], origin[markers] = ord(MARKER), before[begins], seen[kept[begins]]
    borders[places[begins]] = JOINED
    return Folded(folded, borders, origin, signs)


def fold(text: str) -> str:
    """The folded text as a string, a space for each break and a line feed for each end of a line within it.

    >>> fold("數據，要素。")
    '数据 要素'
    >>> fold("ＡＩ 技术与Machine Learning")
    '^ai技术与^machine^learning'
    """
    folded = fold_units(text)
    borders = folded.before.copy()
    borders[:1] = JOINED
    places = np.flatnonzero(borders)
    signs = np.where(borders[places] == HARD, ord(HARD_BREAK), ord(SOFT_BREAK)).astype(np.uint16)
    return np.insert(folded.units, places, signs).astype("<u2").tobytes().decode("utf-16-le", "surrogatepass")
