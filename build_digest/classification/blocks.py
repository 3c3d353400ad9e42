"""Choose the main block of a page: where the text begins, where it ends, and whether there is any.

The block is the best path through the lines' scores, see `path`. A copy of the title that text follows is where the
text begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from build_digest.classification.anchor import ENOUGH_BELOW_TITLE, MARKER, find_anchor, look_above, scores_below
from build_digest.classification.headline import QUESTION, TELLING, asked_title, defined_titles
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.neighbours import VERSE, ScoredPage, score_page
from build_digest.classification.path import Costs, best_path
from build_digest.classification.runs import is_in_stanzas
from build_digest.classification.title_choice import choose_title
from build_digest.classification.title_copies import copies_of_first_line
from build_digest.classification.title_forms import is_title_shape, names_someone
from build_digest.metadata.labels import closes_with_label
from build_digest.model import KEPT

ENTER = 3.0
"""The cost of beginning the text at a line that nothing marks as its beginning."""
LEAVE = 3.0
"""The cost of ending the text where no end marker stands."""
LEAVE_PLAIN, MARKED_PLAIN = 12.0, 1.5
"""The same on a page without menus, and where an end marker stands on it."""
AGAIN = 8.0
"""The cost of going on with the text after it had ended, and"""
AGAIN_IN_FULL = 4.0
"""the cost a little below an end marker where two long sentences follow each other: a list in the midst of a text."""
ANSWERED = -2.0
"""The same for the first answer, below the buttons of the question."""
INSERTED = 10
"""Lines of such a list, at most."""
ENOUGH = 2.0
"""The least score of a block without a title that makes a page with menus an article."""
FACTS = frozenset(("pair", "figures", "word-list", "row"))
"""The forms of lines of a table, which are no text between menus unless another line is there."""
SENTENCES = frozenset(("sentence", "short-sentence", "english", "prose"))
"""The forms of lines that are sentences."""
FEW = 12
"""Lines without any sentence that are still taken for a text, where none of them is a menu's."""
MUCH_NOISE = 0.3
"""The share of lines outside the text from which on a page has menus."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where the text of a page is: `inside` by line, `start` the line of the title it begins at (or None), `above` the line
    that looks like its title where none is marked."""

    scored: ScoredPage
    inside: tuple[bool, ...]
    start: int | None
    above: int | None

    @property
    def page(self) -> JudgedPage:
        """The page that it is on."""
        return self.scored.page

    def text_lines(self) -> list[int]:
        """The lines inside that speak for text by themselves, the title left out."""
        scores = self.scored.scores
        return [at for at, flag in enumerate(self.inside) if flag and scores[at] > 0 and at != self.start]


def choose_block(page: JudgedPage) -> Block:
    """The main block of a page: the best path, begun at the title where one is found."""
    scored = score_page(page)
    start = find_anchor(scored)
    inside = _text_below(scored, start)
    return Block(scored, inside, start, look_above(scored, inside) if start is None else None)


def with_title(block: Block) -> Block:
    """The block with the line above it that looks most like its title, and begun there."""
    title = _choose_above(block)
    if block.start is None or title == block.start:
        return replace(block, above=title)
    return replace(block, inside=_text_below(block.scored, title), start=title)


def _choose_above(block: Block) -> int | None:
    """The line that looks most like the title of a text, where something above it does; a question stays the title of
    its answers."""
    page, scored = block.page, block.scored
    found = block.start if block.start is not None else block.above
    text = block.text_lines()
    if found is None or not text or found == asked_title(page) or found in defined_titles(page):
        return found
    if scored.plain and found == page.filled[0] and not names_someone(page.folded[found], page.rules):
        return found
    below = dict(pairwise(page.filled))
    told = (at for at in text if _opens_text(scored, at, below.get(at, at)))
    first = next(told, next((at for at in text if scored.tells(at)), text[0]))
    title = choose_title(page, first, set(copies_of_first_line(page)))
    return found if title is None else title


def _opens_text(scored: ScoredPage, at: int, below: int) -> bool:
    """Whether a line is a long sentence, or a sentence that another one follows: a short one alone may be the title."""
    if scored.scores[at] >= TELLING or (scored.tells(at) and scored.tells(below)):
        return True
    return scored.tells(at) and not is_title_shape(scored.page.folded[at])


def _text_below(scored: ScoredPage, start: int | None) -> tuple[bool, ...]:
    """The lines of the best path that begins at a title, or anywhere."""
    path = list(scored.scores)
    if start is not None:
        for at, score in scores_below(scored, start):
            path[at] = score
    return tuple(best_path(path, _costs(scored, start), start))


def is_article(block: Block) -> bool:
    """Whether a page has a main text: any text at all where nothing is boilerplate, sentences enough between menus."""
    page, scores = block.page, block.scored.scores
    text = block.text_lines()
    if any(verdict.rule == "editor" and verdict.fate in KEPT for verdict in page.verdicts):
        return True
    dropped = [at for at in page.filled if page.verdicts[at].fate == "boilerplate"]
    if not text:
        return 0 < len(page.filled) <= FEW and not any(page.verdicts[at].score <= -2 for at in dropped)
    if is_in_stanzas(page, [at for at in text if scores[at] == VERSE]):
        return True
    if sum(not block.inside[at] for at in dropped) <= MUCH_NOISE * len(page.filled):
        return True
    if block.start is not None and any(page.verdicts[at].rule not in FACTS for at in text):
        return sum(scores[at] for at in text if page.verdicts[at].rule != "clauses") >= ENOUGH_BELOW_TITLE
    foot = _foot(page)
    sentences = (at for at in text if page.verdicts[at].rule in SENTENCES and at not in foot)
    return sum(scores[at] for at in sentences) >= ENOUGH


def _foot(page: JudgedPage) -> set[int]:
    """The lines of the lower half of a page that stand right below, or next to that, a copyright or a contact line."""
    pairs = list(pairwise(page.filled[len(page.filled) // 2 :]))
    foot = {at for above, at in pairs if page.verdicts[above].rule in page.rules.feet}
    return foot | {at for above, at in pairs if above in foot}


def _first_answer(scored: ScoredPage) -> tuple[Sequence[int], Sequence[int]]:
    """The lines from a question's text to its buttons, and those right below them in which the first answer begins."""
    filled = scored.page.filled
    told = [place for place, at in enumerate(filled) if scored.tells(at)]
    for place in range(told[0] if told else len(filled), len(filled)):
        if scored.page.verdicts[filled[place]].rule in QUESTION:
            above = max(n for n in told if n < place)
            below = next((n for n in told if n >= place), place)
            return filled[above + 1 : place + 1], filled[below : below + 1]
    return (), ()


def _costs(scored: ScoredPage, start: int | None) -> Costs:
    """What ending the text, going on with it and an end marker in it cost at each line."""
    pause, answer = _first_answer(scored)
    again = _costs_of_going_on(scored)
    for at in answer:
        again[at] = ANSWERED
    return Costs(ENTER, _costs_of_ending(scored, start, pause), again, [MARKER if end else 0.0 for end in scored.ends])


def _costs_of_going_on(scored: ScoredPage) -> list[float]:
    """It costs less a little below an end marker."""
    again = [AGAIN] * len(scored.scores)
    since_marker = INSERTED + 1
    for at, below in pairwise(scored.page.filled):
        since_marker = 0 if scored.ends[at] else since_marker + 1
        if since_marker <= INSERTED and min(scored.scores[at], scored.scores[below]) >= TELLING:
            again[at] = AGAIN_IN_FULL
    return again


def _costs_of_ending(scored: ScoredPage, start: int | None, pause: Sequence[int]) -> list[float]:
    """It costs little at an end marker or at a label such as 责任编辑, on its own line or behind a sentence, but not above
    the first sentence; and nothing in the pause between a question and its first answer."""
    page = scored.page
    marked, unmarked = (MARKED_PLAIN, LEAVE_PLAIN) if scored.plain else (0.0, LEAVE)
    marks = {"label-apart", *(page.rules.feet if scored.plain else ())}
    ends = (end or verdict.rule in marks for end, verdict in zip(scored.ends, page.verdicts, strict=True))
    leave = [marked if end else unmarked for end in ends]
    for at in page.filled:
        if scored.tells(at) and closes_with_label(page.folded[at], page.rules):
            leave[at] = marked
    for at in pause:
        leave[at] = 0.0
    if start is not None:
        first = next((at for at in range(start + 1, len(leave)) if scored.tells(at)), start)
        leave[start:first] = [max(cost, unmarked) for cost in leave[start:first]]
    return leave
