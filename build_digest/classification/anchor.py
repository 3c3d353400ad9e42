"""Find where the text of a page begins: the line of its title, by the text that stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_digest.classification.headline import (
    MANY,
    TELLING,
    asked_title,
    bracketed_titles,
    defined_titles,
    head_titles,
    openings,
    top_line,
)
from build_digest.classification.neighbours import LITTLE
from build_digest.classification.title_copies import title_copies
from build_digest.classification.title_forms import can_be_title
from build_digest.metadata.rows import VALUE
from build_digest.model import Verdict
from build_digest.rules import Rules

ENOUGH_BELOW_TITLE = 1.0
"""The least score of the sentences below a title."""
MARKER = 4.0
"""The cost of an end marker inside the text."""
NEARER = 8.0
"""How much more text has to stand behind the earlier of two lines that could be the title, with text between them."""
SHARE = 0.25
"""The share of the best text on the page that the text below a title has at least."""
SHARE_BARE = 0.6
"""The share of the text that stands behind a line which looks like the title where none is marked."""
STATED = 8.0
"""What a line with a date or a name between a title and the text adds to the text behind it."""
COPIED = 4.0
"""What being a copy of the page's title adds to the text behind a line."""
SITE = 6.0
"""What ending like the name of a site takes from a line that could be the title."""
LEAD_IN = -0.3
"""The least score of a line between the title and the first text, and of a cell of a table."""
PATIENCE = 25
"""Lines that may stand between the title and the first text."""
CELL = 12
"""Characters of a line that can be a cell of a table or an entry of a dictionary."""
FURNITURE = -1.2
"""The least score that a rule of little weight gives a line inside a text."""
HOPELESS = 16.0
"""How far the sum of scores may fall behind its best before a search for more text is given up."""
FORMS = frozenset(("short-line", "phrase", "pair", "numbered", "figures", "word-list", "row", "statement"))
"""The forms of short lines that a text has too."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is searched: its lines, their verdicts and scores, which of them end a text, the rules, and whether it
    has hardly any line that a rule calls boilerplate."""

    folded: Sequence[str]
    verdicts: Sequence[Verdict]
    scores: Sequence[float]
    ends: Sequence[bool]
    rules: Rules
    plain: bool


def find_anchor(page: Page) -> int | None:
    """The line of the title that the text begins at, or None.

    The page's first line, copies of its title and lines above a head line compete by the text behind them; what has not
    a share of the best text on the page is not its title.
    """
    copies = {at for at in title_copies(page.folded, page.rules)[:MANY] if page.verdicts[at].rule != VALUE}
    stated = {*head_titles(page.folded, page.verdicts, page.rules), *defined_titles(page.folded, page.verdicts)}
    if not copies:
        text = next((at for at, score in enumerate(page.scores) if score > LITTLE), 0)
        stated |= {at for at in bracketed_titles(page.folded, page.verdicts) if at < text}
    told = next((at for at, score in enumerate(page.scores) if score >= TELLING), len(page.folded) - 1)
    top = top_line(page.folded, page.verdicts, told, page.rules)
    first = {top} if page.plain and top is not None and can_be_title(page.folded[top], page.verdicts[top]) else set()
    enough = max(ENOUGH_BELOW_TITLE, SHARE * _best_run(page.scores))
    asked = asked_title(page.folded, page.verdicts)
    if asked is not None and asked not in copies:
        return asked
    return _choose_title(page, sorted(first | copies | stated), copies, stated, enough)


def look_above(page: Page, inside: Sequence[bool]) -> int | None:
    """The title of a text that nothing marks, by its form: a question, or the nearest long line above."""
    first = next((at for at, flag in enumerate(inside) if flag and page.scores[at] > LITTLE), None)
    if first is None:
        return None
    enough = SHARE_BARE * sum(score for score, flag in zip(page.scores, inside, strict=True) if flag and score > 0)
    return _choose_title(page, openings(page.folded, page.verdicts, first, page.rules), set(), set(), enough)


def _choose_title(
    page: Page, candidates: Sequence[int], copies: set[int], stated: set[int], enough: float
) -> int | None:
    """The candidate with the best text behind it; of two without text between them the later one wins."""
    best: tuple[float, int] | None = None
    for at in candidates:
        gain, headed = _gain(page, at)
        if gain < enough:
            continue
        rank = gain + (COPIED if at in copies else 0.0) + (STATED if headed or at in stated else 0.0)
        rank -= SITE if page.folded[at].endswith(page.rules.names["site"]) else 0.0
        if best is None or rank > best[0] + (NEARER if _has_text(page, best[1], at, copies) else -1.0):
            best = rank, at
    return best[1] if best else None


def _has_text(page: Page, first: int, last: int, copies: set[int]) -> bool:
    return any(page.scores[at] > LITTLE and at not in copies for at in range(first + 1, last))


def _gain(page: Page, start: int) -> tuple[float, bool]:
    """The best sum of scores that a text beginning at a title reaches, and whether a head line stands before the text."""
    best = total = 0.0
    headed = text = False
    for at, score in scores_below(page, start):
        total += score - (MARKER if page.ends[at] else 0.0)
        text = text or page.scores[at] > LITTLE
        headed = headed or (not text and page.verdicts[at].fate == "metadata")
        best = max(best, total)
        if total < best - HOPELESS:
            break
    return best, headed


def scores_below(page: Page, start: int) -> Iterator[tuple[int, float]]:
    """The lines below a title with their scores as they count there: what stands before the first text is cheap, and so
    are short cells and the furniture of a text (编辑, 分享)."""
    patience = PATIENCE
    for at in range(start + 1, len(page.scores)):
        score = page.scores[at]
        rule = page.verdicts[at].rule
        if score > LITTLE:
            patience = 0
        elif patience and page.folded[at] and not page.ends[at]:
            score = max(score, LEAD_IN)
            patience -= 1
        elif rule == "short-line" and len(page.folded[at]) <= CELL:
            score = max(score, LEAD_IN)
        elif rule in page.rules.light and not page.ends[at]:
            score = max(score, FURNITURE)
        elif page.plain and (rule in FORMS or page.ends[at]):
            score = max(score, LEAD_IN)
        yield at, score


def _best_run(scores: Sequence[float]) -> float:
    best = total = 0.0
    for score in scores:
        total = max(total + score, 0.0)
        best = max(best, total)
    return best
