"""Sentences as they stand in a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?…]+[”’」』）)》〉\"]*)?|[。！？!?…]+[”’」』）)》〉\"]*")


def split_sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a paragraph with their offsets, each verbatim, closing quotes included; each line of a stanza is one.

    >>> split_sentences("“来吗?”他问。她点头。")
    [(0, '“来吗?”'), (5, '他问。'), (8, '她点头。')]
    """
    return [(match.start(), match[0]) for match in _SENTENCE.finditer(text) if match[0].strip()]


def sentences_at(text: str, offsets: Sequence[int]) -> list[str]:
    """For each of these ascending offsets, the sentence of the paragraph that stands there, without space around it.

    >>> sentences_at("第一句。 第二句。", [0, 2, 6])
    ['第一句。', '第一句。', '第二句。']
    """
    if not offsets:
        return []
    sentences = split_sentences(text)
    starts = [start for start, _ in sentences]
    return [sentences[bisect_right(starts, at) - 1][1].strip() for at in offsets]


def clause_start(text: str, start: int, end: int, marks: str) -> int:
    """Where the clause that ends at `end` begins: after the last of these marks, at `start` if there is none.

    >>> clause_start("近日,张三、李四说", 0, 8, ",。")
    3
    """
    return max(start, 1 + max(text.rfind(mark, start, end) for mark in marks))
