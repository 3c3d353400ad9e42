"""Articles told apart by lines of one shape, with a number in them, right above or right below their titles.

〔某报 2025-11-03 第2版〕 above the titles of clippings, 三月四日 星期二 晴 below those of a diary: what such a line says
need not be known, only that it comes back with other words and figures wherever an article begins.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from build_digest.compilations.attributions import LONGEST, LONGEST_NAME, is_address, read_field, shape_of
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence, worded
from build_digest.compilations.titles import unwrap

FEWEST = 4
"""The fewest lines of one shape."""
SHARE = 0.8
"""The share of them that must stand beside a title, and that must differ."""
MOST_STATING = 2
"""Lines right below a title, without a blank one, that say who wrote the text before it begins."""
_SUBTITLES = ("—", "–", "-", "─")
"""What a line right below a title begins with that goes on with it."""
_BRACKETS = ("()", "（）", "[]", "［］", "【】", "〔〕", "〖〗", "《》", "<>", "「」")
_WORD = re.compile(r"[^\W\d_年月日号时点分第一二三四五六七八九十]")
_DAY = re.compile(r"[一二三四五六七八九十]{1,3}(?=[月日号])")
_FIGURE = re.compile(r"[0-9０-９]|[一二三四五六七八九十][月日号]")


def propose_by_shapes(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at the titles below, or above, the lines of each shape."""
    said = worded(rows)
    shapes: defaultdict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(said):
        if _FIGURE.search(row.text) and _may_state(row) and "0" in (shape := _shape(row.text)):
            shapes[shape].append(at)
    for places in shapes.values():
        if len(places) < FEWEST or len({said[at].key for at in places}) < SHARE * len(places):
            continue
        for find in (_below, _above):
            heads = [head for at in places if (head := find(said, at))]
            enough = len(heads) >= max(FEWEST, SHARE * len(places))
            differing = len({head.title for head in heads}) >= SHARE * len(heads)
            if enough and differing and not _are_fields(heads):
                yield propose("head_lines" if heads[0].above else "shapes", _with_common_lines(heads), rows)


def _are_fields(heads: Sequence[Head]) -> bool:
    """Whether what was taken for titles is rather one field of each article: 推荐人：张三, 推荐人：李四."""
    labels = [field[0] for head in heads if (field := read_field(head.title))]
    return len(labels) >= SHARE * len(heads) and len(set(labels)) < SHARE * len(labels)


def _with_common_lines(heads: Sequence[Head]) -> list[Head]:
    """The heads with the lines below their titles taken for what says who wrote the text, where most have some."""
    common = sum(len(head.known) > 1 for head in heads) >= SHARE * len(heads)
    return list(heads) if common else [replace(head, known=head.known[:1]) for head in heads]


def _may_state(row: Row) -> bool:
    """Whether a row could say whose a text is, when and where; a year or a time alone may head a section as well."""
    short = bool(row.key) and len(row.text) <= LONGEST and row.mark.number is None and not is_sentence(row)
    return short and _WORD.search(row.text) is not None


def _shape(text: str) -> str:
    """The shape of a line; of one in brackets only these, and whether it has figures."""
    bare = _DAY.sub("0", text.strip())
    if bare[:1] + bare[-1:] in _BRACKETS and re.search("[0-9０-９]", bare):
        return f"{bare[0]}0{bare[-1]}"
    return shape_of(bare)


def _below(said: Sequence[Row], at: int) -> Head | None:
    """The head with the title right below a line, and text below that, or below who wrote it."""
    if at + 2 >= len(said) or not _may_be_title(said[at + 1]):
        return None
    line, title, *below = said[at : at + MOST_STATING + 3]
    if title.number > line.number + 1 and at and said[at - 1].number == line.number - 1:
        return None  # it closes what stands above
    lines = list(takewhile(_is_beside, below)) if below[0].titlelike else []
    if lines and not _introduces([line, title, *lines], below[len(lines) :]):
        return None
    stating = [row.number for row in lines if not row.text.strip().startswith(_SUBTITLES)]
    return _head(title, line, above=title.number - line.number, stating=stating)


def _is_beside(row: Row) -> bool:
    """Whether a row could say who wrote a text rather than begin it."""
    return bool(row.key) and not is_sentence(row)


def _introduces(head: Sequence[Row], text: Sequence[Row]) -> bool:
    """Whether lines without a blank one between them, of which the second is longer than a name, precede text."""
    together = all(row.number == above.number + 1 for above, row in pairwise(head))
    return together and len(head[1].key) > LONGEST_NAME and any(map(is_sentence, text[:1]))


def _above(said: Sequence[Row], at: int) -> Head | None:
    """The head with the title right above a line, and text below that."""
    if at < 1 or at + 1 >= len(said) or not _may_be_title(said[at - 1]) or said[at + 1].titlelike:
        return None
    return _head(said[at - 1], said[at])


def _may_be_title(row: Row) -> bool:
    """Whether a row could be a title; numbers in front of titles are better signs than these."""
    return row.titlelike and not row.mark.kinds and not is_head_line(row.text) and not is_address(row.text)


def _head(title: Row, line: Row, above: int = 0, stating: Sequence[int] = ()) -> Head:
    known = (line.number, *stating)
    return Head(title.number, title.number, unwrap(title.text), title.number, title.mark, above=above, known=known)
