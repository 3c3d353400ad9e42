"""Tell the stanzas of a poem from paragraphs: short lines, with a blank line here and there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from build_digest.model import Line

LONGEST = 24
"""Characters of a line of a poem."""
LINES = 4
"""The fewest lines of a poem, in"""
STANZAS = 2
"""so many stanzas at least, and"""
AVERAGE = 2.0
"""so many lines in each at least, on the average."""

_NO_VERSE = re.compile(
    r"\s*(?:[-*·•▪◆■□●○※✓√#>—]|[(（]?[\d一二三四五六七八九十]{1,3}\s*[.、．)）:：]|[①-⑳]|第.{1,3}[步条章节])"
    r"|[^:：]{1,8}[:：]|\d|“.*”$|「.*」$|.*[:：]$"
)
"""How items of lists, facts with their labels and turns of a talk look."""


def find_stanzas(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a text in groups: the stanzas of each poem in it, every other line by itself.

    >>> from build_digest.model import Verdict
    >>> body = Verdict("body", "block")
    >>> poem = ["门轴响了一声", "没有人进来", "", "祖母说那是风", "我信了很多年"]
    >>> lines = [Line(n, text, body, body) for n, text in enumerate(poem, 1) if text]
    >>> [len(stanza) for stanza in find_stanzas(lines)]
    [2, 2]
    """
    poem: list[list[Line]] = []
    for chunk in _chunks(lines):
        if all(_may_be_verse(line) for line in chunk):
            poem.append(chunk)
            continue
        yield from _as_poem(poem)
        poem = []
        yield from ([line] for line in chunk)
    yield from _as_poem(poem)


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines that stand without a blank line between them."""
    chunk: list[Line] = []
    for line in lines:
        if chunk and line.number != chunk[-1].number + 1:
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _as_poem(chunks: Sequence[list[Line]]) -> Iterator[list[Line]]:
    lines = [line for chunk in chunks for line in chunk]
    texts = {line.kept_text().strip() for line in lines}
    stanzas = len(chunks) >= STANZAS and len(lines) >= max(LINES, AVERAGE * len(chunks))
    yield from chunks if stanzas and len(texts) * 2 > len(lines) else ([line] for line in lines)


def _may_be_verse(line: Line) -> bool:
    text = line.kept_text().strip()
    return len(text) <= LONGEST and _NO_VERSE.match(text) is None
