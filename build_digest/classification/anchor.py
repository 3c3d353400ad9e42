"""Find where the text of a page begins: the line of its title, by the text that stands behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from build_digest.classification.features import FORMS_BESIDE_TEXT
from build_digest.classification.headline import (
    MANY,
    TELLING,
    asked_title,
    defined_titles,
    head_titles,
    openings,
    top_line,
)
from build_digest.classification.neighbours import ScoredPage
from build_digest.classification.title_copies import title_copies

ENOUGH_BELOW_TITLE = 1.0
"""The least score of the sentences below a title."""
MARKER = 4.0
"""The cost of an end marker inside the text."""
NEARER = 8.0
"""How much more text has to stand behind the earlier of two lines that could be the title, with text between them."""
STATED = 8.0
"""What a line with a date or a name between a title and the text adds to the text behind it."""
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


def find_anchor(scored: ScoredPage) -> int | None:
    """The line of the title that the text begins at, or None.

    The page's first line, copies of its title and lines above a head line compete by the text behind them.
    """
    page, scores = scored.page, scored.scores
    asked = asked_title(page)
    if asked is not None:
        return asked
    told = next((at for at, score in enumerate(scores) if score >= TELLING), len(scores) - 1)
    top = top_line(page, told)
    first = {top} if scored.plain and top is not None and page.can_be_title(top) else set()
    stated = {*head_titles(page), *defined_titles(page)}
    return _choose_title(scored, sorted({*first, *title_copies(page)[:MANY], *stated}), stated)


def look_above(scored: ScoredPage, inside: Sequence[bool]) -> int | None:
    """The title of a text that nothing marks, by its form: a question, or the nearest long line above."""
    text = [at for at, flag in enumerate(inside) if flag]
    first = next((at for at in text if scored.tells(at)), None)
    if first is None:
        return None
    return _choose_title(scored, openings(scored.page, first), ())


def _choose_title(scored: ScoredPage, candidates: Iterable[int], stated: Collection[int]) -> int | None:
    """The candidate with the best text behind it; of two without text between them the later one wins."""
    best: tuple[float, int] | None = None
    for at in candidates:
        gain, headed = _gain(scored, at)
        if gain < ENOUGH_BELOW_TITLE:
            continue
        rank = gain + (STATED if headed or at in stated else 0.0)
        if best is None or rank > best[0] + (NEARER if _has_text(scored, best[1], at) else -1.0):
            best = rank, at
    return best[1] if best else None


def _has_text(scored: ScoredPage, first: int, last: int) -> bool:
    return any(scored.tells(at) for at in range(first + 1, last))


def _gain(scored: ScoredPage, start: int) -> tuple[float, bool]:
    """The best sum of scores that a text beginning at a title reaches, and whether a head line stands before the text."""
    best = total = 0.0
    headed = text = False
    for at, score in scores_below(scored, start):
        total += score - (MARKER if scored.ends[at] else 0.0)
        text = text or scored.tells(at)
        headed = headed or (not text and scored.page.verdicts[at].fate == "metadata")
        best = max(best, total)
        if total < best - HOPELESS:
            break
    return best, headed


def scores_below(scored: ScoredPage, start: int) -> Iterator[tuple[int, float]]:
    """The lines below a title with their scores as they count there: what stands before the first text is cheap, and so
    are short cells and the furniture of a text (编辑, 分享)."""
    page = scored.page
    patience = PATIENCE
    for at in range(start + 1, len(scored.scores)):
        score, rule = scored.scores[at], page.verdicts[at].rule
        if scored.tells(at):
            patience = 0
        elif patience and page.folded[at] and not scored.ends[at]:
            score = max(score, LEAD_IN)
            patience -= 1
        elif rule == "short-line" and len(page.folded[at]) <= CELL:
            score = max(score, LEAD_IN)
        elif rule in page.rules.light and not scored.ends[at]:
            score = max(score, FURNITURE)
        elif scored.plain and (rule in FORMS_BESIDE_TEXT or scored.ends[at]):
            score = max(score, LEAD_IN)
        yield at, score
