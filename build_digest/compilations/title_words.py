"""Whether the parts of a text speak of what its title names, as the sections of an article do and other articles do not.

An article called 桌面维基怎样选 says 维基 in most of its sections; the articles of 乡土杂忆 hardly say 乡土.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from build_digest.compilations.rows import Row
from build_digest.compilations.split_rules import split_rules
from build_digest.text.characters import HAN

FEWEST = 2
"""The fewest pairs of characters of a title that tell anything."""
_NUMBERED = re.compile(r"第?[0-9〇零一二三四五六七八九十百]+[^\W\d_]?")


def share_about(title: str, segments: Sequence[Sequence[Row]]) -> float | None:
    """The share of the parts in which two neighbouring characters of the title stand again; None for a title that says
    too little, such as 文章汇编2.

    Args:
        title: that of the whole text.
        segments: what stands below each heading and before the next.
    """
    pairs = {
        run[at : at + 2]
        for run in re.findall(f"[{HAN}]+", _NUMBERED.sub(" ", _of_collections().sub(" ", title)))
        for at in range(len(run) - 1)
    }
    if len(pairs) < FEWEST:
        return None
    return sum(any(pair in row.text for row in rows for pair in pairs) for rows in segments) / len(segments)


@cache
def _of_collections() -> re.Pattern[str]:
    """Finds the words that say of a title what kind of collection it names."""
    rules = split_rules()
    return re.compile(f"{rules.alternatives('collection_words')}|{rules.alternatives('weak_collection_words')}")
