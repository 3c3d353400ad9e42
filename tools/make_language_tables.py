"""Write the tables under build_digest/data from jieba's dictionary, idf table and tagger (MIT), OpenCC's tables
(Apache-2.0) and the texts written for this project's tests, but for those of repair.

    python tools/make_language_tables.py        needs jieba and opencc; the result is committed

characters.txt     how common each character is, in simplified or traditional text, whichever is more
scripts.txt        characters that only simplified, and that only traditional text has
words.txt.xz       words with their counts and parts of speech, in simplified characters
follow.txt.xz      which part of speech, frequent word or mark follows which
"""

import collections
import lzma
import math
import pathlib
import sys
from collections.abc import Iterable, Iterator

import jieba
import opencc

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from tools.follow_table import DATA, LEAST_COUNT, LONGEST, write_follow

SCRIPTS = ("s2t", "s2tw", "s2hk")
LEAST = 0.05
"""Characters rarer than this many in a million are left out: their counts are noise."""

DOCUMENTS_OF_IDF = 6e5
"""How often a word would stand in jieba's corpus that stands in each document of its idf table, on the whole."""
ONE_SCRIPT = 50.0
"""A character belongs to one script when it stands there so many times as often as in the other."""


def read_words() -> Iterator[tuple[str, int, str]]:
    """The words of jieba's dictionary with their counts and parts of speech."""
    with jieba.get_dict_file() as file:
        for line in file.read().decode("utf-8").splitlines():
            word, count, part = line.split(" ")
            yield word, int(count), part


def temper(words: Iterable[tuple[str, int, str]]) -> Iterator[tuple[str, int, str]]:
    """The words with the geometric mean of their counts and of what the idf table, of newer texts, lets expect."""
    path = pathlib.Path(jieba.__file__).parent / "analyse" / "idf.txt"
    idf = dict(line.rsplit(" ", 1) for line in path.read_text("utf-8").splitlines())
    for word, count, part in words:
        expected = DOCUMENTS_OF_IDF * math.exp(-float(idf[word])) if word in idf else count
        yield word, max(min(count, 1), round(math.sqrt(count * expected))), part


def is_chinese(character: str) -> bool:
    """Whether a character is a Chinese one."""
    return "\u3400" <= character <= "\u9fff" or character > "\U00020000"


def count_characters(words: Iterable[tuple[str, int]]) -> dict[str, float]:
    """Occurrences in a million."""
    counts: collections.Counter[str] = collections.Counter()
    for word, count in words:
        for character in filter(is_chinese, word):
            counts[character] += count
    total = counts.total()
    return {character: 1e6 * count / total for character, count in counts.items()}


def take_most(tables: Iterable[dict[str, float]]) -> dict[str, float]:
    """The greatest count that each character reaches in any of the tables."""
    most: dict[str, float] = {}
    for table in tables:
        for character, count in table.items():
            most[character] = max(count, most.get(character, 0.0))
    return most


def write_lines(name: str, what: str, lines: Iterable[str]) -> None:
    """A table with a comment that says what it is."""
    head = [f"# {what}", "# Written by tools/make_language_tables.py."]
    (DATA / name).write_text("\n".join([*head, *lines]) + "\n", "utf-8")


def write_characters(simplified: dict[str, float], traditional: dict[str, float]) -> None:
    """Levels of characters, and the characters of one script alone."""
    levels: dict[int, list[str]] = {}
    for character, count in take_most((simplified, traditional)).items():
        if count >= LEAST:
            levels.setdefault(math.floor(math.log2(count)), []).append(character)
    write_lines(
        "characters.txt",
        "Characters by how common they are: 2 ** N in a million, then the characters.",
        (f"{level} {''.join(sorted(characters))}" for level, characters in sorted(levels.items(), reverse=True)),
    )
    only = (
        "".join(sorted(c for c, n in one.items() if n > LEAST and n > ONE_SCRIPT * other.get(c, 0.0)))
        for one, other in ((simplified, traditional), (traditional, simplified))
    )
    write_lines("scripts.txt", "Characters of simplified text alone; below them those of traditional text alone.", only)


def write_words(words: list[tuple[str, int, str]]) -> None:
    """Words grouped by part of speech and count (rounded to 5 %), so that they pack well."""
    convert = opencc.OpenCC("t2s").convert
    kept = [(convert(word), count, part) for word, count, part in words if count >= LEAST_COUNT]
    groups: dict[tuple[str, int], list[str]] = {}
    for word, count, part in kept:
        if len(word) <= LONGEST and all(map(is_chinese, word)):
            groups.setdefault((part, round(1.1 ** round(math.log(count, 1.1)))), []).append(word)
    lines = (f"{part} {count} {' '.join(sorted(set(group)))}" for (part, count), group in sorted(groups.items()))
    packed = lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME)
    (DATA / "words.txt.xz").write_bytes(packed)


def main() -> None:
    """Write all tables."""
    words = list(read_words())
    texts = "\n".join(word for word, _, _ in words)
    converted = [
        count_characters(zip(opencc.OpenCC(script).convert(texts).split("\n"), (n for _, n, _ in words), strict=True))
        for script in SCRIPTS
    ]
    write_characters(count_characters((word, count) for word, count, _ in words), take_most(converted))
    tempered = list(temper(words))
    write_words(tempered)
    write_follow(tempered)


if __name__ == "__main__":
    main()
