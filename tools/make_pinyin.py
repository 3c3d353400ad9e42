"""Write build_digest/data/pinyin.txt: what `text/pinyin.py` reads Chinese by, in three parts with an empty line between.

A line for each syllable with the characters that are read so; phrases that are read as their characters are, all in one
line; the other phrases, a line each, with their syllables. Run from the project's folder with the `pypinyin` package at
hand; the data it writes is committed, so that no address changes when another version of that package reads differently.
"""

from collections import defaultdict
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS

TARGET = Path(__file__).parent.parent / "build_digest" / "data" / "pinyin.txt"


def main() -> None:
    """Read every character and every phrase."""
    alone = {}
    for code in sorted(PINYIN_DICT):
        (syllable,) = lazy_pinyin(chr(code))
        if RE_HANS.match(chr(code)) and syllable and syllable != chr(code):
            alone[chr(code)] = syllable
    phrases = {phrase: lazy_pinyin(phrase) for phrase in sorted(PHRASES_DICT) if RE_HANS.match(phrase)}
    plain = [phrase for phrase, read in phrases.items() if read == [alone.get(character) for character in phrase]]
    characters = defaultdict(list)
    for character, syllable in alone.items():
        characters[syllable].append(character)
    lines = [f"{syllable} {''.join(characters[syllable])}" for syllable in sorted(characters)]
    odd = [f"{phrase} {'-'.join(phrases[phrase])}" for phrase in sorted(phrases.keys() - set(plain))]
    TARGET.write_text("\n".join([*lines, "", " ".join(plain), "", *odd]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
