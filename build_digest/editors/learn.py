"""What the whole corpus teaches, as one table for review: lines that repeat across a site, phrases that no topic has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import yaml

from build_digest.deduplicate import deduplicate
from build_digest.model import Article, Reading
from build_digest.rulebook import Rulebook
from build_digest.text.line_fold import fold_line

Places = Mapping[tuple[str, int], int]
"""Which distinct article each article of each source became."""

LEARNED = "rules/learned.yml"
"""Where the table stands below the corpus folder."""

_LEAST_REPEATS = 3
"""A line has to stand in so many different articles of a site, and in this share of them:"""
_SHARE_OF_SITE = 0.5
_LONGEST_LINE = 60
_LEAST_ARTICLES = 3
"""A phrase has to be a keyword of so many articles, and of this share of all:"""
_SHARE_OF_ALL = 0.02
_WEIGHT = 2

_HEAD = """\
# 由 build-digest learn 写成：从整个语料里学到的东西。看过再提交；再次运行会重写这个文件。
# Written by `build-digest learn` from the whole corpus, for review and commit; the next run writes it anew.
#
# words 是同一网站（corpus/ 下的同一个文件夹）多篇文章里一字不差重复出现的行，当作网页上的杂质。不是杂质的，删去那个词。
"""
_PHRASES = """\
# 下面是许多文章共有、主题表还没有收的词（括号里是篇数）。值得作主题的，写进 corpus/rules/topics.yml。
"""


def learn(ledger: Sequence[Reading], rulebook: Rulebook) -> str:
    """The table as a rule file: YAML with comments, the same for the same corpus in any order.

    Args:
        ledger: all sources, read without an earlier table.
        rulebook: the rules that they were read with.
    """
    distinct = deduplicate(article for reading in ledger for article in reading.articles)
    entries = [
        {"id": f"learned-{site}", "fate": "boilerplate", "weight": _WEIGHT, "site": site, "words": lines}
        for site, lines in sorted(repeated_lines(ledger, distinct.place_of).items())
    ]
    text = yaml.safe_dump({"words": entries}, allow_unicode=True, sort_keys=False, width=2**20)
    phrases = [f"# - {phrase} ({count})\n" for phrase, count in shared_phrases(distinct.articles, rulebook)]
    return f"{_HEAD}\n{text}" + (f"\n{_PHRASES}{''.join(phrases)}" if phrases else "")


def repeated_lines(ledger: Sequence[Reading], place_of: Places) -> dict[str, list[str]]:
    """For each site, a folder of the corpus, the short lines that many of its articles carry around them, folded."""
    carriers: dict[str, dict[str, set[object]]] = defaultdict(lambda: defaultdict(set))
    members: dict[str, set[object]] = defaultdict(set)
    for reading in ledger:
        site, slash, _ = reading.path.partition("/")
        if slash:
            members[site].update(_carriers(reading, place_of))
            for line in _candidates(reading):
                carriers[site][line].update(_carriers(reading, place_of))
    found: dict[str, list[str]] = {}
    for site, lines in carriers.items():
        least = max(_LEAST_REPEATS, _SHARE_OF_SITE * len(members[site]))
        repeated = sorted(line for line, where in lines.items() if len(where) >= least)
        if repeated:
            found[site] = repeated
    return found


def _carriers(reading: Reading, place_of: Places) -> set[object]:
    """The distinct articles of a source, so that copies of one article count once; the source itself if it has none."""
    return {place_of[article.key] for article in reading.articles} or {reading.path}


def _candidates(reading: Reading) -> Iterator[str]:
    """The short lines of a source that are not its title, what it states, or already known for boilerplate by a rule."""
    for line in reading.lines:
        text = fold_line(line.text).strip()
        open_to_doubt = line.fate in ("body", "heading") or line.verdict.rule in ("outside", "before-text")
        if open_to_doubt and 2 <= len(text) <= _LONGEST_LINE and not text.endswith(("。", "!", "?", ";")):
            yield text


def shared_phrases(articles: Sequence[Article], rulebook: Rulebook) -> list[tuple[str, int]]:
    """The keywords of many articles that no topic covers, with the number of articles, the most frequent first."""
    counts = Counter(phrase for article in articles for phrase in dict.fromkeys(article.keywords))
    least = max(_LEAST_ARTICLES, _SHARE_OF_ALL * len(articles))
    shared = [(phrase, n) for phrase, n in counts.items() if n >= least and not rulebook.topics.covers(phrase)]
    return sorted(shared, key=lambda item: (-item[1], item[0]))
