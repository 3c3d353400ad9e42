"""Choose the main block of a page: where the text begins, where it ends, and whether there is any.

The block is the best path through the lines' scores, see `path`. A copy of the title that text follows is where the
text begins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.classification.headline import (
    MANY,
    QUESTION,
    TELLING,
    asked_title,
    can_be_title,
    head_titles,
    openings,
    title_copies,
    top_line,
)
from build_digest.classification.neighbours import BUTTONS, LITTLE, end_markers, score_in_context
from build_digest.classification.path import Costs, best_path
from build_digest.metadata.rows import VALUE
from build_digest.model import KEPT, Verdict
from build_digest.rules import Rules

ENTER = 3.0
"""The cost of beginning the text at a line that nothing marks as its beginning."""
LEAVE = 3.0
"""The cost of ending the text where no end marker stands."""
LEAVE_PLAIN, MARKED_PLAIN = 12.0, 1.5
"""The same on a page without menus, and where an end marker stands on it."""
PLAIN_LINES, PLAIN_SHARE = 2, 0.05
"""A page has no menus if a rule finds boilerplate in no more lines than two, or than this share of them, and"""
PLAIN_TEXT = 0.5
"""if this share of its characters stands in sentences."""
AGAIN = 8.0
"""The cost of going on with the text after it had ended, and"""
AGAIN_IN_FULL = 4.0
"""the cost a little below an end marker where two long sentences follow each other: a list in the midst of a text."""
ANSWERED = -2.0
"""The same for the first answer, below the buttons of the question."""
INSERTED = 10
"""Lines of such a list, at most."""
MARKER = 4.0
"""The cost of an end marker inside the text."""
ENOUGH = 2.0
"""The least score of a block without a title that makes a page with menus an article."""
ENOUGH_BELOW_TITLE = 1.0
"""The least score of the sentences below a title."""
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
SENTENCES = frozenset(("sentence", "short-sentence", "english", "prose"))
"""The forms of lines that are sentences."""
FEW = 12
"""Lines without any sentence that are still taken for a text, where none of them is a menu's."""
MUCH_NOISE = 0.3
"""The share of lines outside the text from which on a page has menus."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where the text is: `inside` by line, `start` the line of the title it begins at (or None), `above` the line that
    looks like its title where none is marked, the lines' scores, and whether the page is hardly anything else than its
    text."""

    inside: tuple[bool, ...]
    start: int | None
    above: int | None
    scores: tuple[float, ...]
    plain: bool = False

    def text_lines(self) -> list[int]:
        """The lines inside that speak for text by themselves, the title left out."""
        return [at for at, flag in enumerate(self.inside) if flag and self.scores[at] > 0 and at != self.start]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as it is searched; `plain` if it has hardly any line that a rule calls boilerplate."""

    folded: Sequence[str]
    verdicts: Sequence[Verdict]
    scores: Sequence[float]
    ends: Sequence[bool]
    rules: Rules
    plain: bool


def choose_block(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> Block:
    """The main block of a page: the best path, begun at the title where one is found."""
    scores = score_in_context(folded, verdicts, rules)
    ends = end_markers(folded, verdicts, scores, rules)
    page = _Page(folded, verdicts, scores, ends, rules, _is_plain(folded, verdicts, rules))
    start = _anchor(page)
    path = list(scores)
    if start is not None:
        for at, score in _scores_below(page, start):
            path[at] = score
    inside = best_path(path, _costs(page), start)
    return Block(tuple(inside), start, _look_above(page, inside) if start is None else None, tuple(scores), page.plain)


def _look_above(page: _Page, inside: Sequence[bool]) -> int | None:
    """The title of a text that nothing marks, by its form: a question, or the nearest long line above."""
    first = next((at for at, flag in enumerate(inside) if flag and page.scores[at] > LITTLE), None)
    if first is None:
        return None
    enough = SHARE_BARE * sum(score for score, flag in zip(page.scores, inside, strict=True) if flag and score > 0)
    return _choose_title(page, openings(page.folded, page.verdicts, first), set(), set(), enough)


def is_article(block: Block, folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> bool:
    """Whether a page has a main text: any text at all where nothing is boilerplate, sentences enough between menus."""
    filled = [at for at, text in enumerate(folded) if text]
    text = block.text_lines()
    if any(verdict.rule == "editor" and verdict.fate in KEPT for verdict in verdicts):
        return True
    if not text:
        ruled = sum(verdicts[at].fate == "boilerplate" and verdicts[at].score <= -2 for at in filled)
        return ruled == 0 and 0 < len(filled) <= FEW
    noise = sum(verdicts[at].fate == "boilerplate" and not block.inside[at] for at in filled)
    if noise <= MUCH_NOISE * len(filled):
        return True
    if block.start is not None:
        return sum(block.scores[at] for at in text if verdicts[at].rule != "clauses") >= ENOUGH_BELOW_TITLE
    foot = _foot(filled, verdicts, rules)
    sentences = (at for at in text if verdicts[at].rule in SENTENCES and at not in foot)
    return sum(block.scores[at] for at in sentences) >= ENOUGH


def _is_plain(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> bool:
    """Whether nearly all is sentences and hardly any line boilerplate by a rule: the page is its text, and only strong
    signs end it."""
    ruled = sum(verdict.fate == "boilerplate" and verdict.rule in rules.ids for verdict in verdicts)
    if ruled > max(PLAIN_LINES, PLAIN_SHARE * sum(map(bool, folded))):
        return False
    text = sum(len(line) for line, verdict in zip(folded, verdicts, strict=True) if verdict.score > 0)
    return text >= PLAIN_TEXT * sum(map(len, folded))


def _foot(filled: Sequence[int], verdicts: Sequence[Verdict], rules: Rules) -> set[int]:
    """The lines of the lower half of a page that stand right below, or next to that, a copyright or a contact line."""
    pairs = list(pairwise(filled[len(filled) // 2 :]))
    foot = {at for above, at in pairs if verdicts[above].rule in rules.feet}
    return foot | {at for above, at in pairs if above in foot}


def _anchor(page: _Page) -> int | None:
    """The line of the title that the text begins at, or None.

    The page's first line, copies of its title and lines above a head line compete by the text behind them; what has not
    a share of the best text on the page is not its title.
    """
    copies = {at for at in title_copies(page.folded, page.rules)[:MANY] if page.verdicts[at].rule != VALUE}
    stated = set(head_titles(page.folded, page.verdicts, page.rules))
    sentences = (at for at, score in enumerate(page.scores) if score >= TELLING)
    top = top_line(page.folded, page.verdicts, next(sentences, len(page.folded) - 1))
    first = {top} if page.plain and top is not None and can_be_title(page.folded[top], page.verdicts[top]) else set()
    enough = max(ENOUGH_BELOW_TITLE, SHARE * _best_run(page.scores))
    asked = asked_title(page.folded, page.verdicts)
    if asked is not None and asked not in copies:
        return asked
    return _choose_title(page, sorted(first | copies | stated), copies, stated, enough)


def _choose_title(
    page: _Page, candidates: Sequence[int], copies: set[int], stated: set[int], enough: float
) -> int | None:
    """The candidate with the best text behind it; of two without text between them the later one wins."""
    best: tuple[float, int] | None = None
    for at in candidates:
        gain, headed = _gain(page, at)
        if gain < enough:
            continue
        rank = gain + (COPIED if at in copies else 0.0) + (STATED if headed or at in stated else 0.0)
        rank -= SITE if page.folded[at].endswith(page.rules.names["site"]) else 0.0
        if best is None or rank > best[0] + (AGAIN if _has_text(page, best[1], at, copies) else -1.0):
            best = rank, at
    return best[1] if best else None


def _has_text(page: _Page, first: int, last: int, copies: set[int]) -> bool:
    return any(page.scores[at] > LITTLE and at not in copies for at in range(first + 1, last))


def _gain(page: _Page, start: int) -> tuple[float, bool]:
    """The best sum of scores that a text beginning at a title reaches, and whether a head line stands before the text."""
    best = total = 0.0
    headed = text = False
    for at, score in _scores_below(page, start):
        total += score - (MARKER if page.ends[at] else 0.0)
        text = text or page.scores[at] > LITTLE
        headed = headed or (not text and page.verdicts[at].fate == "metadata")
        best = max(best, total)
        if total < best - HOPELESS:
            break
    return best, headed


def _scores_below(page: _Page, start: int) -> Iterator[tuple[int, float]]:
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


def _first_answer(page: _Page) -> tuple[list[int], list[int]]:
    """The lines from a question's text to its buttons, and those right below them in which the first answer begins."""
    filled = [at for at, text in enumerate(page.folded) if text]
    told = next((place for place, at in enumerate(filled) if page.scores[at] > LITTLE), len(filled))
    for place in range(told, len(filled)):
        if page.verdicts[filled[place]].rule in QUESTION:
            above = max(n for n in range(told, place) if page.scores[filled[n]] > LITTLE)
            below = next((n for n in range(place, len(filled)) if page.scores[filled[n]] > LITTLE), place)
            return filled[above + 1 : place + 1], filled[max(place, below - BUTTONS) : below + 1]
    return [], []


def _best_run(scores: Sequence[float]) -> float:
    best = total = 0.0
    for score in scores:
        total = max(total + score, 0.0)
        best = max(best, total)
    return best


def _costs(page: _Page) -> Costs:
    """What ending the text, going on with it and an end marker in it cost at each line.

    Ending costs little at an end marker or at a label such as 责任编辑; going on costs less a little below a marker.
    """
    marked, unmarked = (MARKED_PLAIN, LEAVE_PLAIN) if page.plain else (0.0, LEAVE)
    marks = {"label-apart", *(page.rules.feet if page.plain else ())}
    again = [AGAIN] * len(page.scores)
    since_marker = INSERTED + 1
    for at, below in pairwise(at for at, text in enumerate(page.folded) if text):
        since_marker = 0 if page.ends[at] else since_marker + 1
        if since_marker <= INSERTED and min(page.scores[at], page.scores[below]) >= TELLING:
            again[at] = AGAIN_IN_FULL
    pause, answer = _first_answer(page)
    for at in answer:
        again[at] = ANSWERED
    rules = (verdict.rule for verdict in page.verdicts)
    leave = [marked if end or rule in marks else unmarked for end, rule in zip(page.ends, rules, strict=True)]
    for at in pause:
        leave[at] = 0.0
    return Costs(ENTER, leave, again, [MARKER if end else 0.0 for end in page.ends])
