"""Write the tables by which a page changes between simplified and traditional characters.

Run `python tools/make_script_tables.py` after an update of the `opencc` package (a development dependency, Apache 2.0),
from whose dictionaries the tables are made. OpenCC ships 50,000 phrases; a browser needs only those whose characters
change otherwise than they would alone, and the common words that keep such a phrase from matching across their end
(`几分钟` before `分钟后`). That is a tenth of the bytes for the same text.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import jieba  # type: ignore[import-untyped, unused-ignore]
import opencc

FOLDER = Path(__file__).parents[1] / "build_digest/theme/assets/script"
COMMON = 200
"""How often a word stands in jieba's dictionary to be worth a line of its own as a guard."""

NOTICE = """\
# Made by tools/make_script_tables.py from the dictionaries of OpenCC {version} (https://github.com/BYVoid/OpenCC),
# Copyright 2010-2026 Carbo Kuo and contributors, Apache License 2.0: see LICENSE-OpenCC beside this file. Do not edit.
# A line is what is written, a tab, and what to show; without a tab, its characters change one by one.
"""


def read_dictionary(name: str) -> list[str]:
    """Give the keys of one of OpenCC's compiled dictionaries, say `STPhrases`."""
    library = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "text")
        source = library / "share/opencc" / f"{name}.ocd2"
        command = [library / "bin/opencc_dict", "-i", source, "-o", written, "-f", "ocd2", "-t", "text"]
        subprocess.run(command, check=True, capture_output=True)
        return [line.split("\t")[0] for line in written.read_text("utf-8").splitlines()]


def replace_longest(text: str, table: dict[str, str], longest: int) -> str:
    """Replace by the longest entry at each place: what the browser does with the table.

    >>> replace_longest("头发展", {"头": "頭", "发": "發", "头发": "頭髮"}, 2)
    '頭髮展'
    """
    out: list[str] = []
    at = 0
    while at < len(text):
        size = next((n for n in range(min(longest, len(text) - at), 1, -1) if text[at : at + n] in table), 1)
        piece = text[at : at + size]
        out.append(table.get(piece, piece))
        at += size
    return "".join(out)


def make_table(characters: Iterable[str], phrases: Iterable[str], convert: Callable[[str], str]) -> dict[str, str]:
    """Give the least table that changes every phrase as `convert` does, with guards for common words.

    Entries that need a character outside the basic plane are left out: many systems cannot show it, and all entries
    then keep their length, which lets a page change piece by piece.

    >>> make_table("头发", ["头发", "发头"], {"头": "頭", "发": "發", "头发": "頭髮", "发头": "發頭"}.__getitem__)
    {'发': '發', '头': '頭', '头发': '頭髮'}
    """
    single = {c: convert(c) for c in sorted(set(characters)) if fits(c, convert(c)) and convert(c) != c}
    whole = {p: convert(p) for p in sorted(set(phrases)) if len(p) > 1 and fits(p, convert(p))}
    table = dict(single)
    for phrase in sorted(whole, key=lambda p: (len(p), p)):
        if replace_longest(phrase, table, len(phrase) - 1) != whole[phrase]:
            table[phrase] = whole[phrase]
    beginnings = {phrase[:end] for phrase in table for end in range(1, len(phrase))}
    frequency = jieba.dt.FREQ
    guards = {p: v for p, v in whole.items() if frequency.get(p, 0) >= COMMON and may_run_into(p, beginnings)}
    return guards | table


def fits(before: str, after: str) -> bool:
    """Tell whether a replacement keeps the length and stays within the basic plane."""
    return len(before) == len(after) and max(before + after) <= "\uffff"


def may_run_into(word: str, beginnings: set[str]) -> bool:
    """Tell whether a phrase could begin inside the word."""
    return any(word[start:] in beginnings for start in range(1, len(word)))


def to_traditional() -> dict[str, str]:
    """Simplified to traditional in the characters of Taiwan's standard, words left as they are."""
    characters = read_dictionary("STCharacters") + read_dictionary("TWVariants")
    names = ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases", "TWVariantsPhrases")
    phrases = [phrase for name in names for phrase in read_dictionary(name)]
    return make_table(characters, phrases, opencc.OpenCC("s2tw").convert)


def to_simplified() -> dict[str, str]:
    """Traditional of any standard to simplified, 著 told apart from 着 in words written either way."""
    plain, taiwan = opencc.OpenCC("t2s").convert, opencc.OpenCC("tw2s").convert
    with_zhu = [phrase for phrase in read_dictionary("TWVariantsRevPhrases") if "著" in phrase]
    simplified = {plain(phrase): taiwan(phrase) for phrase in with_zhu}

    def convert(text: str) -> str:
        if text in simplified:
            return simplified[text]
        return taiwan(text) if "著" in text else plain(text)

    characters = [c for name in ("TSCharacters", "TSCharactersExt") for c in read_dictionary(name)]
    return make_table([*characters, "著"], [*read_dictionary("TSPhrases"), *with_zhu, *simplified], convert)


def write_table(path: Path, table: dict[str, str]) -> None:
    """Write a table, characters before phrases, in order of code points."""
    single = {before: after for before, after in table.items() if len(before) == 1}
    lines = []
    for before in sorted(table, key=lambda entry: (len(entry), entry)):
        after = table[before]
        by_character = "".join(single.get(c, c) for c in before)
        lines.append(before if len(before) > 1 and by_character == after else f"{before}\t{after}")
    path.write_text(NOTICE.format(version=opencc.__version__) + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Write both tables."""
    jieba.setLogLevel("ERROR")
    jieba.initialize()
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_table(FOLDER / "zh-Hant.txt", to_traditional())
    write_table(FOLDER / "zh-Hans.txt", to_simplified())


if __name__ == "__main__":
    main()
