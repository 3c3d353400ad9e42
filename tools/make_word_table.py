"""Write build_digest/data/words.txt: word classes and rarities taken from jieba's dictionary and its table of idf values.

Run by hand when jieba changes; the digest itself reads only the file made here. Words that stand in neither of
jieba's files, or that are rarer than KEEP, need no entry: unknown words count as rare nouns.
"""

from __future__ import annotations

import collections
import pathlib
import sys

import jieba

TARGET = pathlib.Path(__file__).parent.parent / "build_digest" / "data" / "words.txt"
KEEP = {"n": 11.0, "p": 11.0}
KEEP_OTHERS = 13.0
CLASSES = {
    "x": "c e o p r u ud ug uj ul uv uz y k rr rz df",
    "d": "d ad vd dg",
    "m": "m mq q mg",
    "t": "t tg",
    "f": "f s",
    "v": "v vi vq vg",
    "g": "vn",
    "a": "a ag an b z",
    "i": "i",
    "p": "nr nrt nrfg ns nt",
    "n": "n ng nz l j g zg h x rg",
}
HEADER = """\
# Words by class and rarity, one group a line: class, rarity (natural logarithm of all documents by those with the word),
# words. Made by tools/make_word_table.py from jieba's dictionary and idf table (MIT).
# Classes: x function word, d adverb, m numeral or measure, t time, f place, v verb, g verb used as a noun, a adjective,
# i idiom, p name, n noun. A word that is not here is a rare noun.
"""


def main() -> None:
    """Read jieba's two tables, join them, write the groups."""
    folder = pathlib.Path(jieba.__file__).parent
    rarity = dict(line.split() for line in (folder / "analyse" / "idf.txt").read_text("utf-8").splitlines())
    class_of = {tag: name for name, tags in CLASSES.items() for tag in tags.split()}
    groups: dict[tuple[str, float], list[str]] = collections.defaultdict(list)
    for line in (folder / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split()
        name = class_of[tag]
        rare = float(rarity.get(word, 13.9 if int(frequency) < 1000 else 8.0))
        if rare < KEEP.get(name, KEEP_OTHERS) or (len(word) == 1 and name == "x"):
            groups[name, round(rare * 2) / 2].append(word.lower())
    lines = [f"{name} {rare:g} {' '.join(sorted(words))}" for (name, rare), words in sorted(groups.items())]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{sum(map(len, groups.values()))} words, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
