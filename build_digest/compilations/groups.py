"""Lines that head groups of articles (第二版：副刊, 【散文】, == 七月 ==): of one shape, each right before a title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from build_digest.compilations.attributions import SHARE, shape_of
from build_digest.compilations.closings import is_closing
from build_digest.compilations.contents_entries import Entry
from build_digest.compilations.rows import Row, is_head_line, is_sentence

FEWEST = 2
"""The fewest such lines."""
LONGEST_LEAD = 120
"""Characters of what is said about a group below its heading."""
_COUNTED = re.compile(r"(?<!\w)第?[一二三四五六七八九十]{1,3}(?=[年月日周季期版]\W*$)")
PLAIN = "字"
"""The shape of a line that has nothing but words: that tells nothing."""


def find_group_leads(entries: Sequence[Entry], texts: Mapping[int, Sequence[Row]]) -> set[int]:
    """The entries of a list that head groups with a few words below each of the headings, said about the group.

    Args:
        entries: those of the list, each heading of a group in another style than the titles.
        texts: what stands below the entries that were found, by their places in the list.
    """
    lengths = {k: sum(len(row.text) for row in rows) for k, rows in texts.items()}
    leads = {k for k in texts if entries[k].group and lengths[k]}
    usual = sorted(lengths[k] for k in texts if not entries[k].group)
    before_titles = all(k + 1 in texts and not entries[k + 1].group for k in leads)
    short = bool(usual) and max((lengths[k] for k in leads), default=0) <= min(LONGEST_LEAD, usual[len(usual) // 2])
    return leads if len(leads) >= FEWEST and before_titles and short else set()


def find_group_headings(front: Sequence[Row], segments: Sequence[Sequence[Row]]) -> dict[int, str]:
    """The lines that head groups, and what stands below one that heads none, with the rules that say so.

    A line like the last one of the text closes the article above it, and so does one that most articles end in while
    none stands above the first title.

    Args:
        front: what stands before the first title.
        segments: what stands below each title and before the next.
    """
    tails = [row for rows in (front, *segments) if (row := _last(rows)) is not None]
    end = _last(segments[-1])
    closing = {PLAIN, _shape(end.text).strip()} if end else {PLAIN}
    last = [row for row in tails if _may_head(row)]
    times = Counter(_shape(row.text) for row in last)
    first = _last(front)
    closing |= {
        shape.strip()
        for shape, n in times.items()
        if n >= SHARE * len(segments) and (first is None or _shape(first.text) != shape)
    }
    usual = {shape for shape, n in times.items() if n >= FEWEST and shape.strip() not in closing}
    found = {row.number: "group-heading" for row in last if _shape(row.text) in usual}
    for segment in segments:
        found |= _below_empty_group([row for row in segment if not row.empty], usual, found)
    return found


def _shape(text: str) -> str:
    """The shape of a line, with a numeral before the unit that it counts made a figure: 三月."""
    return shape_of(_COUNTED.sub("0", text))


def _last(rows: Sequence[Row]) -> Row | None:
    return next((row for row in reversed(rows) if row.says), None)


def _may_head(row: Row) -> bool:
    """Whether a line may head a group: one that a segment of text could be named by, numbered or between signs."""
    bare = row.text.strip()
    marked = row.mark.number is not None or "0" in _shape(bare) or not (bare[0].isalnum() or bare[0] in "“「『")
    states = "://" in bare or is_closing(row) or is_head_line(bare)
    return row.titlelike and not states and marked and not bare.endswith(("！", "!", "？", "?"))


def _below_empty_group(said: Sequence[Row], usual: set[str], known: dict[int, str]) -> dict[int, str]:
    """The lines of a group without an article, such as a page of advertisements."""
    at = next((n for n, row in enumerate(said) if row.number not in known and _shape(row.text) in usual), None)
    if at is None or any(map(is_sentence, said[at:])) or not any(map(is_sentence, said[:at])):
        return {}
    return {said[at].number: "group-heading"} | {row.number: "group-without-article" for row in said[at + 1 :]}
