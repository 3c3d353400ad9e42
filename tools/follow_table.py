"""The table of what follows what, from jieba's tagger and the texts written for this project's tests, but for those of
repair; `make_language_tables.py` writes it with the others.
"""

import collections
import importlib.util
import itertools
import lzma
import math
import pathlib
import re

import jieba
import opencc

DATA = pathlib.Path(__file__).parents[1] / "build_digest" / "data"
LEAST_COUNT = 5
"""Words rarer than this in jieba's dictionary are left out: they are a third of it and its noise."""

LONGEST = 4
"""Longer words are left out: they are known by their beginnings long before their end."""

TESTS = DATA.parents[1] / "tests"
PROSE = re.compile(r"[\u4e00-\u9fff]{4}.*[，。？！；：]")
"""A line that is worth reading for what follows what."""

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


def write_follow(words: list[tuple[str, int, str]]) -> None:
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
