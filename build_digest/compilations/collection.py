"""What the title of a compilation states about it: its name, the period it covers, how many articles it has."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from build_digest.compilations.marks import number_of, read_mark
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import unwrap

_NUMERAL = r"[0-9〇零一二三四五六七八九十百]+"
_COUNT = re.compile(
    r"[\s(\[（【]{0,8}(?:共|计|計|合计|全|精选|精選|收录|收錄|总计){0,3}\s{0,4}(?P<n>[0-9〇零一二三四五六七八九十百]{1,6})\s{0,4}"
    r"(?:篇|则|則|篇文章|篇范文)(?:文章|范文)?[\s)\]）】]*"
)
_YEAR = r"(?P<{0}>(?:1[89]|20)\d\d|[一二][〇○零一二三四五六七八九]{{3}})"
_MONTH = r"(?P<{0}>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = rf"(?:{_NUMERAL}[日号號])?"
_TO = r"\s*(?:-{1,2}|[–—―~～〜至到]{1,2}|－)\s*"
_MONTHS = re.compile(
    _YEAR.format("y1")
    + r"\s*(?:年|[.\-/])\s*"
    + _MONTH.format("m1")
    + rf"(?:\s*月?{_DAY}{_TO}(?:"
    + _YEAR.format("y2")
    + r"\s*(?:年|[.\-/])\s*)?"
    + _MONTH.format("m2")
    + r"(?=\s*月|[^\d.]|$))?\s*(?:月|(?=[^\d.]|$))"
)
_PART = re.compile(
    _YEAR.format("y")
    + r"\s*年?\s*(?:(?P<half>[上下])半年|第?\s*(?P<quarter>[一二三四1-4])\s*季度?|Q(?P<q>[1-4])|(?P<late>[春夏秋冬])季?刊?号?)"
)
_YEARS = re.compile(_YEAR.format("y1") + rf"\s*年?(?:{_TO}" + _YEAR.format("y2") + r")?\s*(?:年度?|学年)")


@dataclass(frozen=True, slots=True)
class Collection:
    """The name of a compilation, the period `YYYY[-MM][/YYYY[-MM]]` that it covers, and its declared number of articles."""

    name: str
    period: str | None = None
    declared: int | None = None


def collection_of(title: str) -> Collection:
    """Read the title line of a compilation.

    >>> collection_of("2025年1-3月数字经济类公文堂网编")
    Collection(name='2025年1-3月数字经济类公文堂网编', period='2025-01/2025-03', declared=None)
    >>> collection_of("# 2024年上半年文章选编（共25篇）")
    Collection(name='2024年上半年文章选编', period='2024-01/2024-06', declared=25)
    """
    bare = title.strip().rstrip("#").strip()
    mark = read_mark(bare)
    if mark.kinds and mark.kinds[0] in ("markdown", "bullet"):
        bare = bare[mark.start :]
    folded = unicodedata.normalize("NFKC", bare)
    return Collection(unwrap(without_count(bare)) or bare, _period(folded), declared_in(folded))


@cache
def _names(weakly: bool) -> re.Pattern[str]:
    words = split_rules().alternatives("weak_collection_words" if weakly else "collection_words")
    return re.compile(
        rf"(?:{words})(?:(?:共|精选|计)?{_NUMERAL}[篇则])?(?:第?{_NUMERAL}[期辑卷册版集号部年月]|[上中下](?:篇|册|卷|集)?)*(?:节选|内部(?:资料|交流|刊物)|选登|摘登|存档|(?:整理|修订|完整|电子|文字|纯文本|txt)版)?$"
    )


def names_collection(key: str, weakly: bool = False) -> bool:
    """Whether a folded title ends as the names of collections do; `weakly`, as those of some articles do too.

    >>> names_collection("2024年科技文章汇编第3期"), names_collection("读鲁迅文集有感"), names_collection("命令大全", weakly=True)
    (True, False, True)
    """
    return bool(_names(weakly).search(key)) or (weakly and bool(split_rules().issue.pattern.search(key)))


def heads_list(core: str) -> bool:
    """Whether a folded line says that the list of contents of a collection follows.

    >>> heads_list("目录"), heads_list("本册内容"), heads_list("文件目录"), heads_list("本文目录")
    (True, True, True, False)
    """
    words = split_rules().words
    if core in words["section_headings"]:
        return False
    return core in words["contents_headings"] or bool(split_rules().list_heading.pattern.search(core))


def is_count(text: str) -> bool:
    """Whether a line states the number of articles and nothing else: (25篇), 共二十五篇."""
    return bool(_COUNT.fullmatch(unicodedata.normalize("NFKC", text.strip())))


def is_counted(title: str) -> bool:
    """Whether a line of a list names a group and how many articles it has: 县委办（2篇）."""
    return re.search(r"[(（]\s*(?:共)?[\d一二三四五六七八九十]{1,3}\s*[篇则]\s*[)）]$", title.strip()) is not None


def without_count(title: str) -> str:
    """A title without the number of articles at its end."""
    counts = [found for found in _COUNT.finditer(title) if found.end() == len(title)]
    return title[: counts[-1].start()].rstrip() if counts and counts[-1].start() else title


def declared_in(text: str) -> int | None:
    """The number of articles that a short line states: 共25篇, (二十五篇).

    >>> declared_in("(25篇)"), declared_in("范文(精选十五篇)"), declared_in("第3篇"), declared_in("目录")
    (25, 15, None, None)
    """
    for found in _COUNT.finditer(unicodedata.normalize("NFKC", text)):
        if not text[: found.start("n")].rstrip().endswith("第"):
            return number_of(found["n"])
    return None


def _period(text: str) -> str | None:
    if found := _PART.search(text):
        year = number_of(found["y"])
        if found["late"]:
            return str(year)
        if found["half"]:
            first, last = (1, 6) if found["half"] == "上" else (7, 12)
        else:
            last = 3 * number_of(found["quarter"] or found["q"])
            first = last - 2
        return f"{year}-{first:02}/{year}-{last:02}"
    if found := _MONTHS.search(text):
        year, month = number_of(found["y1"]), number_of(found["m1"])
        if not found["m2"]:
            return f"{year}-{month:02}"
        return f"{year}-{month:02}/{number_of(found['y2'] or found['y1'])}-{number_of(found['m2']):02}"
    if found := _YEARS.search(text):
        return found["y1"] if not found["y2"] else f"{number_of(found['y1'])}/{number_of(found['y2'])}"
    return None
