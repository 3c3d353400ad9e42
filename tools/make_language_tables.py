"""Write the tables under build_digest/data from jieba's dictionary, idf table and tagger (MIT), OpenCC's tables
(Apache-2.0) and the texts written for this project's tests, but for those of repair.

    python tools/make_language_tables.py        needs jieba and opencc; the result is committed

characters.txt     how common each character is, in simplified or traditional text, whichever is more
scripts.txt        characters that only simplified, and that only traditional text has
words.txt.xz       words with their counts and parts of speech, in simplified characters
follow.txt.xz      which part of speech, frequent word or mark follows which
"""

import collections
import importlib.util
import itertools
import lzma
import math
import pathlib
import re
from collections.abc import Iterable, Iterator

import jieba
import opencc

DATA = pathlib.Path(__file__).parents[1] / "build_digest" / "data"
SCRIPTS = ("s2t", "s2tw", "s2hk")
LEAST = 0.05
"""Characters rarer than this many in a million are left out: their counts are noise."""

LEAST_COUNT = 5
"""Words rarer than this in jieba's dictionary are left out: they are a third of it and its noise."""

LONGEST = 4
"""Longer words are left out: they are known by their beginnings long before their end."""

TESTS = DATA.parents[1] / "tests"
PROSE = re.compile(r"[\u4e00-\u9fff]{4}.*[，。？！；：]")
"""A line that is worth reading for what follows what."""

DOCUMENTS_OF_IDF = 6e5
"""How often a word would stand in jieba's corpus that stands in each document of its idf table, on the whole."""
CLAUSE_OPENERS = (
    (45, "但 而 这 也"),
    (30, "并 就 他 我 在"),
    (22, "它 你 我们 还 不 有 一"),
    (13, "所以 如果 都 他们 是 因为 却 又 因此 她 对"),
    (8, "则 可以 其 那 当 以及 可 从而 不过 然后 让 那么 由于 同时 只 以 最 其中 会 要"),
    (5, "使 这样 用 把 更 或 没有 才 能 已 它们 虽然 尤其 为了 每 被 与 不是 请 甚至 例如 比如 和"),
)
OPENERS = {word: count for count, words in CLAUSE_OPENERS for word in words.split(" ")}
"""Words that clauses often begin with, and how often in some thousand clauses: the sample is small."""

MARK_PAIRS = {
    "：“": 40,
    "。”": 40,
    "。“": 30,
    "，“": 20,
    "”，": 25,
    "”。": 15,
    "、“": 10,
    "”、": 10,
    "》，": 8,
    "！”": 6,
    "？”": 6,
}
"""Marks that often follow one another, and how often in the same clauses."""

FREQUENT = 200
"""So many of the most frequent words are told apart from their part of speech."""

MARKS = "，。、“”：；（）《》？！—…"
OTHER = "other"
"""The state of all other marks, digits and letters."""

LINE = "line"
"""The state between two lines."""

BREAKS = (*MARKS, OTHER, LINE)
LEAST_FOLLOW = 5e-6

TAGGED = 0.5
"""So much the tagger's shares count before any pair was seen, and the words' own shares the rest."""

PRIOR_WEIGHT = 300.0
"""What is known beforehand counts as much as so many pairs seen in the sample."""

SHARE_WEIGHT = 1000.0
"""The shares of the parts of speech in the dictionary count as much as so many words of the sample."""

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


def load_tagger(name: str) -> dict:  # type: ignore[type-arg]
    """A table of jieba's tagger, without importing the tagger."""
    path = pathlib.Path(jieba.__file__).parent / "posseg" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict = module.P  # type: ignore[type-arg]
    return table


def read_states(words: list[tuple[str, int, str]]) -> dict[str, tuple[str, int]]:
    """The state of each word, `s` or `m` (one character or more) and its part of speech, and its count."""
    states: dict[str, tuple[str, int]] = {}
    for word, count, part in words:
        if count >= LEAST_COUNT and len(word) <= LONGEST and count > states.get(word, ("", 0))[1]:
            states[word] = (("m" if len(word) > 1 else "s") + part, count)
    return states


def read_tagger() -> dict[str, dict[str, float]]:
    """What follows each state in jieba's tagger; `start` is the beginning of a clause."""
    ends, begins = {"E": "m", "S": "s"}, {"B": "m", "S": "s"}
    tables = {f"{ends[at]}{part}": row for (at, part), row in load_tagger("prob_trans").items() if at in ends and row}
    tables["start"] = load_tagger("prob_start")
    return {
        state: {f"{begins[at]}{part}": math.exp(log) for (at, part), log in row.items() if at in begins}
        for state, row in tables.items()
    }


def read_sample() -> list[str]:
    """The words of the project's own prose, in simplified characters; marks are words too."""
    paths = sorted({*TESTS.rglob("*.in.txt"), *TESTS.rglob("*.yml")} - {*(TESTS / "repair").iterdir()})
    lines = dict.fromkeys(line for path in paths for line in path.read_text("utf-8").split("\n") if PROSE.search(line))
    text = opencc.OpenCC("t2s").convert("\n".join(lines)).translate(str.maketrans(",:;?!()", "，：；？！（）"))
    return [LINE if word == "\n" else word for word in jieba.cut(text, HMM=False)]


def count_pairs(words: list[tuple[str, int, str]]) -> None:
    """What follows what: the tagger's shares, corrected by what was counted in the sample."""
    states = read_states(words)
    frequent = sorted({*sorted(states, key=lambda word: (-states[word][1], word))[:FREQUENT], *OPENERS})
    own = {*frequent, *BREAKS}
    sample = read_sample()
    names = [word if word in own else states.get(word, (OTHER, 0))[0] for word in sample]
    totals = collections.Counter(dict.fromkeys(frequent, 0))
    for word, (state, count) in states.items():
        totals[word if word in own else state] += count
    shares = share_out(totals, collections.Counter(names), own)
    breaks = sum(shares[name] for name in BREAKS)
    pairs = collections.Counter(itertools.pairwise(names))
    pairs.update({("，", word): count for word, count in OPENERS.items()})
    pairs.update({(mark, after): count for (mark, after), count in MARK_PAIRS.items()})
    seen = collections.Counter[str]()
    for (name, _), count in pairs.items():
        seen[name] += count
    of_class = collections.Counter[str]()
    for name, count in totals.items():
        of_class[states[name][0] if name in states else name] += count
    tagger = read_tagger()
    lines = ["all " + " ".join(f"{name}={1e5 * share:.3f}" for name, share in sorted(shares.items()))]
    for name in sorted(shares):
        row = tagger.get(states[name][0] if name in states else name, tagger["start"])
        follow = {}
        for after, share in shares.items():
            kind = states[after][0] if after in states else after
            tagged = share if after in BREAKS else (1 - breaks) * row.get(kind, 0.0) * totals[after] / of_class[kind]
            prior = (1 - TAGGED) * share + TAGGED * tagged
            follow[after] = (pairs[name, after] + PRIOR_WEIGHT * prior) / (seen[name] + PRIOR_WEIGHT)
        few = (f"{after}={1e5 * share:.0f}" for after, share in sorted(follow.items()) if share > LEAST_FOLLOW)
        lines.append(" ".join([name, *few]))
    packed = lzma.compress(("\n".join(lines) + "\n").encode(), preset=9 | lzma.PRESET_EXTREME)
    (DATA / "follow.txt.xz").write_bytes(packed)


def share_out(totals: dict[str, int], seen: dict[str, int], own: set[str]) -> dict[str, float]:
    """How much of running text each state is: marks as in the sample, frequent words as in the dictionary, the rest as
    in both."""
    breaks = {name: seen.get(name, 0) + 1 for name in BREAKS}
    share_of_breaks = sum(breaks.values()) / sum(seen.values())
    shares = {name: share_of_breaks * count / sum(breaks.values()) for name, count in breaks.items()}
    whole = sum(totals.values())
    shares |= {name: (1 - share_of_breaks) * count / whole for name, count in totals.items()}
    classes = [name for name in totals if name not in own]
    mass = sum(shares[name] for name in classes)
    weight = sum(seen.get(name, 0) for name in classes) + SHARE_WEIGHT
    for name in classes:
        shares[name] = mass * (seen.get(name, 0) + SHARE_WEIGHT * shares[name] / mass) / weight
    return shares


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
    count_pairs(tempered)


if __name__ == "__main__":
    main()
