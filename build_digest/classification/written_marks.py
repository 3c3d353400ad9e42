"""Tell texts that were written in Markdown: their headings bear marks, and all below their title is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

FEWEST = 2
"""The fewest headings with marks, the title among them, that tell such a text from one that has a stray mark."""
BOLD = 6
"""The depth of a heading that is nothing but a line in bold type."""
HEADING_MARK = re.compile(r"\s{0,3}(#{1,6})\s+(?=[^\s#])")
"""What stands before a heading."""
STRONG_MARK = re.compile(r"\*\*(?=\S)([^*]{1,120})(?<=\S)\*\*")
"""Words between the marks for bold type."""
_STRONG_LINE = re.compile(r"\s{0,3}\*\*(?=\S)[^*]{1,40}(?<![\s。;；,，、])\*\*[:：]?\s*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")


def find_marked_headings(lines: Sequence[str]) -> dict[int, int]:
    """The lines that are headings by their marks, each with the number of its marks; those of code are comments.

    >>> find_marked_headings(["# 修路记", "起初没有路。", "## 春", "```", "# cut", "```", "## 夏"])
    {0: 1, 2: 2, 6: 2}
    >>> find_marked_headings(["**一、动工**", "春天开工。", "**二、通车**", "**冬天通车。**"])
    {0: 6, 2: 6}
    >>> find_marked_headings(["# 装上", "pip install", "# 运行"])
    {}
    """
    if sum("#" in line[:4] or "**" in line[:6] for line in lines) < FEWEST:
        return {}
    outside = list(_outside_code(lines))
    bold = {at: BOLD for at in outside if _STRONG_LINE.fullmatch(lines[at])}
    found = {at: len(match[1]) for at in outside if (match := HEADING_MARK.match(lines[at]))}
    found |= bold if len(bold) >= FEWEST else {}
    first = next((at for at, line in enumerate(lines) if line.strip()), -1)
    told = [at for at, depth in found.items() if depth > 1 or at == first]
    return found if len(told) >= FEWEST and any(found[at] > 1 for at in told) else {}


def is_written_with_marks(lines: Sequence[str]) -> bool:
    """Whether a text is nothing but one that was written in Markdown: it begins with its title, below which the marks of
    its headings are deeper.

    >>> is_written_with_marks(["# 修路记", "起初没有路。", "## 春", "动工了。"])
    True
    """
    found = find_marked_headings(lines)
    first = next((at for at, line in enumerate(lines) if line.strip()), -1)
    return found.get(first) == 1 and all(depth > 1 for at, depth in found.items() if at != first)


def _outside_code(lines: Sequence[str]) -> Iterator[int]:
    """The lines that stand in no block of code; a block that does not end is none."""
    fences = [at for at, line in enumerate(lines) if _FENCE.match(line)]
    inside = {at for start, end in zip(fences[::2], fences[1::2], strict=False) for at in range(start, end + 1)}
    return (at for at in range(len(lines)) if at not in inside)
