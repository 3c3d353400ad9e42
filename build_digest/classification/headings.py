"""Tell headings from text inside an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from build_digest.classification.features import NUMBERED, Shape, measure

LONGEST = 42.0
"""The greatest size of a heading, in Chinese characters."""
LABEL = 6
"""Characters before a colon from which a line is a heading of two parts (问题的起点:慢查询) and not a fact."""
LONGEST_PART = 9
"""Characters of a line that is nothing but the number of a part."""
PART = re.compile(r"(?:part\s?[.·]?\s?|no\.\s?)?0?(\d{1,2})[.、]?")
_FEWEST_PARTS = 2
_MANY = 3
"""More short lines than this in a row are a list, a poem or a table."""
_CLOSED = re.compile(r"[。!?！？;；,，、…~～.](?:[”’」』\"')】》*\s]|\[[\d,、-]{1,9}\])*$")
_CODE = re.compile(r"[=;{}]|[a-z]\(|^[$#>] ")
_BULLET = re.compile(r"[·•▪◆■□●○*※✓√\-–]")


def find_headings(folded: Sequence[str], kept: Sequence[int]) -> set[int]:
    """Of the kept lines of an article (by index), those that are headings.

    A heading is short, does not close like a sentence, and text follows it; of more than three short lines in a row
    only numbered ones are headings, the others a list or a poem.
    """
    shapes = [measure(folded[at]) for at in kept]
    headings = _find_parts(folded, kept)
    at = 0
    while at < len(kept):
        end = at
        while end < len(kept) and _is_candidate(folded[kept[end]], shapes[end]):
            end += 1
        if end > at:
            followed = end < len(kept) and _is_text(folded[kept[end]], shapes[end], shapes[end - 1].numbered)
            run = range(at, end)
            for place in run:
                closes = folded[kept[place]].endswith(":") and (place < end - 1 or place == 0)
                if followed and (end - at <= _MANY or shapes[place].numbered) and not closes:
                    headings.add(kept[place])
        at = max(end, at + 1)
    return headings


def _find_parts(folded: Sequence[str], kept: Sequence[int]) -> set[int]:
    """The lines that are nothing but the number of a part, where they count up from one and text follows each: 01, PART.02."""
    places = [place for place, at in enumerate(kept) if len(folded[at]) <= LONGEST_PART]
    found = [(place, part) for place in places if (part := PART.fullmatch(folded[kept[place]]))]
    counted = [int(part[1]) for _, part in found] == list(range(1, len(found) + 1))
    apart = all(below - above > 1 for (above, _), (below, _) in pairwise(found))
    if len(found) < _FEWEST_PARTS or not counted or not apart or found[-1][0] == len(kept) - 1:
        return set()
    return {kept[place] for place, _ in found}


def _is_text(text: str, shape: Shape, numbered: bool) -> bool:
    """Whether a line is one that a heading introduces: a sentence, or the first item of a list."""
    return shape.size > (4 if numbered else 12) or shape.paired or shape.numbered or bool(_BULLET.match(text))


def _is_candidate(text: str, shape: Shape) -> bool:
    if not 2 <= shape.size <= LONGEST or shape.truncated or shape.coded or shape.statement or _CODE.search(text):
        return False
    if NUMBERED.match(text):
        return not text.endswith(("。", ";", ","))
    figures = shape.digits >= 3 and shape.digits * 3 >= shape.size
    quoted = text.startswith(("“", "「", '"')) and text.endswith(("”", "」", '"'))
    if text.endswith(":"):
        return shape.size <= 12
    fact = shape.paired and (shape.digits > 0 or text.index(":") < LABEL)
    return not (figures or quoted or fact or _CLOSED.search(text) or _BULLET.match(text))
