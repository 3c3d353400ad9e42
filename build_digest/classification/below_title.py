"""Tell the lines right below a title that say who wrote a text, for whom, or in which month, from its first heading."""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.classification.judged_page import JudgedPage
from build_digest.metadata.name_lines import read_below_title
from build_digest.model import KEPT, Verdict

MOST = 3
"""Lines below a title, up to the next blank one, that are not the text."""


def with_lines_below_title(page: JudgedPage, fates: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with the lines between a title and the next blank line told from a heading, where they name someone.

    Args:
        page: the page as its lines are by themselves.
        fates: the verdicts that count.
    """
    told = list(fates)
    titles = [at for at, one in enumerate(fates) if one.fate == "title"]
    first = titles[0] + 1 if titles else len(told)
    while first in titles:
        first += 1
    block = list(_until_blank(page.folded, first))
    apart = bool(block) and block[-1] + 1 < len(told)
    for at in block:
        if told[at].fate == "metadata":
            continue
        whole = apart and len(block) <= MOST
        rule = read_below_title(page.folded[at], page.rules, whole) if told[at].rule != "editor" else ""
        if not rule or told[at].fate not in KEPT:
            break
        told[at] = Verdict("metadata", rule, told[at].score)
    return told


def _until_blank(folded: Sequence[str], first: int) -> range:
    end = next((at for at in range(first, len(folded)) if not folded[at]), len(folded))
    return range(first, end)
