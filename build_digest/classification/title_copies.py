"""Find the copies of a page's title: of the line that a browser shows, its site name cut off, and of the end of a trail."""

from __future__ import annotations

from collections import Counter

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import (
    LONGEST_TRAIL,
    SEPARATOR,
    STEP,
    WORTHY,
    is_title_shape,
    names_someone,
    plain,
    trail_steps,
    without_tag,
    without_title_label,
)

_BEGINNING = 3
"""Letters that a copy shares at least with the beginning of the page's title line."""
_COPY = 8
"""Letters that a copy has at least that is not the beginning of the page's title line."""


def title_copies(page: JudgedPage) -> list[int]:
    """The lines that stand elsewhere too as a title does: in the page's first line, at the end of a trail (首页 > 新闻 >
    标题), or, where neither tells, a second time on the page."""
    copies = copies_of_first_line(page)
    if copies:
        return copies
    titles = {at: plain(page.folded[at]) for at in page.filled if is_title_shape(page.folded[at])}
    counts = Counter(titles.values())
    twice = (at for at, text in titles.items() if len(text) >= _COPY and counts[text] > 1)
    return [at for at in twice if not names_someone(page.folded[at], page.rules)]


def copies_of_first_line(page: JudgedPage) -> list[int]:
    """The lines that stand in the page's first line, or at the end of a trail, too; a label or a tag before a title
    does not count."""
    first = page.folded[page.filled[0]] if page.filled else ""
    whole = "" if STEP.search(first) or len(first) > LONGEST_TRAIL else plain(first)
    parts = {plain(part) for part in SEPARATOR.split(first)} if whole else set()
    ends = {plain(steps[-1]) for line in page.folded if (steps := trail_steps(line))}

    def is_copy(text: str) -> bool:
        ends_trail = text in ends and len(text) >= WORTHY
        return ends_trail or ((text in parts or _is_part(text, whole)) and not _is_added(text, whole))

    titles = {at: without_title_label(page.folded[at], page.rules) for at in page.filled[1:]}
    return [
        at
        for at, title in titles.items()
        if is_title_shape(page.folded[at]) and (is_copy(plain(title)) or is_copy(plain(without_tag(title))))
    ]


def _is_added(text: str, whole: str) -> bool:
    """Whether a copy is what a site adds to its titles: it ends the title line and is the smaller part of it."""
    return whole.endswith(text) and 2 * len(text) < len(whole)


def _is_part(text: str, whole: str) -> bool:
    """Whether a line is the beginning or the end of the title line, or what is left of it when words are taken out.

    >>> _is_part("小木笔记V32正式版", "小木笔记下载小木笔记电脑版下载V32正式版某某软件站")
    True
    """
    if not whole:
        return False
    if len(text) >= _BEGINNING and whole.startswith(text):
        return True
    if len(text) < _COPY or not whole.startswith(text[:_BEGINNING]):
        return len(text) >= _COPY and whole.endswith(text)
    rest = iter(whole)
    return all(char in rest for char in text)
