"""Find the copies of a page's title: of the line that a browser shows, its site name cut off, and of the end of a trail."""

from __future__ import annotations

from collections import Counter

from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import (
    STEP,
    WORTHY,
    begins_with_owner,
    is_title_shape,
    names_someone,
    plain,
    title_parts,
    trail_ends,
    without_title_label,
)
from build_digest.rules import Rules

_LONGEST = 200
"""Characters of a first line that is read."""
_SITE = 4
"""Characters of the last part of a first line that is the site's name and no title."""
_WHOLE = 6
"""Letters from which a first line without separators is the title, and not a word of a menu."""
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
    letters = _letters_of_titles(page)
    counts = Counter(letters.values())
    twice = (at for at, text in letters.items() if len(text) >= _COPY and counts[text] > 1)
    return [at for at in twice if not names_someone(page.folded[at], page.rules)]


def copies_of_first_line(page: JudgedPage) -> list[int]:
    """The lines that stand in the page's first line, or at the end of a trail, too.

    A label before a title does not count, nor the name of the site where the first line has other parts.
    """
    letters = _letters_of_titles(page)
    first = page.folded[page.filled[0]] if page.filled else ""
    wanted, whole = (set(), "") if STEP.search(first) else _first_line(first, page.rules)
    ends = {end for end in trail_ends(page.folded) if len(end) >= WORTHY}
    return [
        at
        for at in page.filled[1:]
        if at in letters
        and (
            letters[at] in ends
            or ((letters[at] in wanted or _is_part(letters[at], whole)) and not _is_added(letters[at], whole))
        )
    ]


def _is_added(text: str, whole: str) -> bool:
    """Whether a copy is what a site adds to its titles: it ends the title line and is the smaller part of it."""
    return whole.endswith(text) and 2 * len(text) < len(whole)


def _letters_of_titles(page: JudgedPage) -> dict[int, str]:
    """The letters of each line that has the form of a title."""
    return {
        at: plain(without_title_label(page.folded[at], page.rules))
        for at in page.filled
        if is_title_shape(page.folded[at])
    }


def _first_line(text: str, rules: Rules) -> tuple[set[str], str]:
    """What a copy of the page's first line may be, and all its letters; nothing if the line is short and of one piece."""
    parts = title_parts(text) if len(text) <= _LONGEST else []
    if not parts or (len(parts) == 1 and len(plain(text)) < _WHOLE) or begins_with_owner(text):
        return set(), ""
    if len(parts) > 1 and len(parts[-1]) <= _SITE and text.endswith(parts[-1]) and not text.startswith(parts[-1]):
        parts = parts[:-1]
    return {plain(part) for part in parts if part == text or not part.endswith(rules.names["site"])}, plain(text)


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
