"""Find a notice without a sentence: a title, the date below it, and short lines, such as the hours of a library."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise, takewhile

from build_digest.classification.blocks import Block
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.neighbours import LITTLE
from build_digest.classification.title_forms import WORTHY, names_someone, plain
from build_digest.text.characters import count_han

LINES = 3
"""The fewest lines of a notice."""
LETTERS = 30
"""The fewest Chinese characters of its text: less is a player with its buttons."""
HEADS = frozenset(("date", "label", "label-apart", "byline"))
"""The rules of lines that state when or by whom a notice was published."""
_FORMS = frozenset(
    ("short-line", "figures", "pair", "phrase", "row", "numbered", "sentence", "short-sentence", "clauses")
)


def find_notice(block: Block) -> Block | None:
    """The block of a notice on a page where no text was found, or None: all that stands between the only head line and
    the first line that a rule takes for a page's own, where those lines are all different and none is another's headline.

    Args:
        block: what `choose_block` found.
    """
    page = block.page
    folded = page.folded
    heads = [(above, at) for above, at in pairwise(page.filled) if page.verdicts[at].rule in HEADS]
    if len(heads) != 1 or not _may_head(page, heads[0][0]):
        return None
    title, head = heads[0]
    if not count_han(folded[title]):
        title = next((at for at in reversed(page.filled) if at < title and count_han(folded[at])), title)
    below = [at for at in page.filled if at > head]
    text = list(takewhile(lambda at: page.verdicts[at].rule in _FORMS, below))
    counts = Counter(folded)
    closed = len(text) < len(below) and page.verdicts[below[len(text)]].rule in page.rules.ids
    said = sum(count_han(folded[at]) for at in text)
    if len(text) < LINES or said < LETTERS or not closed or any(counts[folded[at]] > 1 for at in text):
        return None
    scores = list(block.scored.scores)
    for at in text:
        scores[at] = max(scores[at], LITTLE)
    inside = tuple(at == title or at in text for at in range(len(folded)))
    return Block(replace(block.scored, scores=scores), inside, title, title)


def _may_head(page: JudgedPage, at: int) -> bool:
    text = page.folded[at]
    return (
        page.can_be_title(at)
        and page.verdicts[at].rule != "figures"
        and len(plain(text)) >= WORTHY
        and not names_someone(text, page.rules)
    )
