"""Whether the parts of a text speak of what its title names, as the sections of an article do and other articles do not.

An article called 桌面维基怎样选 says 维基 in most of its sections; the articles of 乡土杂忆 hardly say 乡土.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from build_digest.compilations.rows import Row
from build_digest.compilations.split_rules import split_rules
from build_digest.text.characters import HAN

_NUMBERED = re.compile(r"第?[0-9〇零一二三四五六七八九十百]+[^\W\d_]?")


@dataclass(frozen=True, slots=True)
class Echo:
    """How the parts of a text take up two neighbouring characters of its title: the share of the parts that have some,
    and how often one of the pairs stands in a part on average."""

    share: float
    density: float


def find_echo(title: str, segments: Sequence[Sequence[Row]]) -> Echo | None:
    """The echo of a title in the parts; None for a title that says too little, such as 文章汇编2.

    Args:
        title: that of the whole text.
        segments: what stands below each heading and before the next.
    """
    pairs = {
        run[at : at + 2]
        for run in re.findall(f"[{HAN}]+", _NUMBERED.sub(" ", _of_collections().sub(" ", title)))
        for at in range(len(run) - 1)
    }
    if not pairs:
        return None
    times = [sum(row.text.count(pair) for row in rows for pair in pairs) for rows in segments]
    return Echo(sum(map(bool, times)) / len(times), sum(times) / len(times) / len(pairs))


@cache
def _of_collections() -> re.Pattern[str]:
    """Finds the words that say of a title what kind of collection it names."""
    rules = split_rules()
    return re.compile(f"{rules.alternatives('collection_words')}|{rules.alternatives('weak_collection_words')}")
