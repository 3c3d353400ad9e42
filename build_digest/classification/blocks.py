"""Choose the main block of a page: where the text begins, where it ends, and whether there is any.

The block is the best path through the lines' scores, see `path`. A copy of the title that text follows is where the
text begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from build_digest.classification.anchor import ENOUGH_BELOW_TITLE, MARKER, Page, find_anchor, look_above, scores_below
from build_digest.classification.headline import QUESTION, TELLING, asked_title, defined_titles
from build_digest.classification.neighbours import BUTTONS, LITTLE, VERSE, end_markers, score_in_context
from build_digest.classification.path import Costs, best_path
from build_digest.classification.runs import is_in_stanzas
from build_digest.classification.title_choice import choose_title
from build_digest.classification.title_copies import copies_of_first_line
from build_digest.classification.title_forms import is_title_shape, names_someone
from build_digest.metadata.labels import closes_with_label
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


def choose_block(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> Block:
    """The main block of a page: the best path, begun at the title where one is found."""
    scores = score_in_context(folded, verdicts, rules)
    ends = end_markers(folded, verdicts, scores, rules)
    page = Page(folded, verdicts, scores, ends, rules, _is_plain(folded, verdicts, rules))
    start = find_anchor(page)
    inside = _text_below(page, start)
    return Block(tuple(inside), start, look_above(page, inside) if start is None else None, tuple(scores), page.plain)


def with_title(block: Block, folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> Block:
    """The block with the line above it that looks most like its title, and begun there.

    Args:
        block: what `choose_block` found.
        folded: the lines of the page in folded form.
        verdicts: what each line is by itself.
        rules: see `rules.load_rules`.
    """
    title = _choose_above(block, folded, verdicts, rules)
    if block.start is None or title == block.start:
        return replace(block, above=title)
    ends = end_markers(folded, verdicts, block.scores, rules)
    page = Page(folded, verdicts, block.scores, ends, rules, block.plain)
    return replace(block, inside=tuple(_text_below(page, title)), start=title)


def _choose_above(block: Block, folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> int | None:
    """The line that looks most like the title of a text, where something above it does; a question stays the title of
    its answers."""
    found = block.start if block.start is not None else block.above
    text = block.text_lines()
    if found is None or not text or found == asked_title(folded, verdicts) or found in defined_titles(folded, verdicts):
        return found
    if block.plain and not any(folded[:found]) and not names_someone(folded[found], rules):
        return found
    below = dict(pairwise(at for at, line in enumerate(folded) if line))
    told = (at for at in text if _tells(block.scores, at, below.get(at, at), folded[at]))
    first = next(told, next((at for at in text if block.scores[at] > LITTLE), text[0]))
    title = choose_title(folded, verdicts, first, set(copies_of_first_line(folded, rules)), rules)
    return found if title is None else title


def _tells(scores: Sequence[float], at: int, below: int, text: str) -> bool:
    """Whether a line is a long sentence, or a sentence that another one follows: a short one alone may be the title."""
    if scores[at] >= TELLING or min(scores[at], scores[below]) > LITTLE:
        return True
    return scores[at] > LITTLE and not is_title_shape(text)


def _text_below(page: Page, start: int | None) -> list[bool]:
    """The lines of the best path that begins at a title, or anywhere."""
    path = list(page.scores)
    if start is not None:
        for at, score in scores_below(page, start):
            path[at] = score
    return best_path(path, _costs(page, start), start)


def is_article(block: Block, folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> bool:
    """Whether a page has a main text: any text at all where nothing is boilerplate, sentences enough between menus."""
    filled = [at for at, text in enumerate(folded) if text]
    text = block.text_lines()
    if any(verdict.rule == "editor" and verdict.fate in KEPT for verdict in verdicts):
        return True
    if not text:
        ruled = sum(verdicts[at].fate == "boilerplate" and verdicts[at].score <= -2 for at in filled)
        return ruled == 0 and 0 < len(filled) <= FEW
    if is_in_stanzas(folded, [at for at in text if block.scores[at] == VERSE]):
        return True
    noise = sum(verdicts[at].fate == "boilerplate" and not block.inside[at] for at in filled)
    if noise <= MUCH_NOISE * len(filled):
        return True
    if block.start is not None and any(verdicts[at].rule not in FACTS for at in text):
        return sum(block.scores[at] for at in text if verdicts[at].rule != "clauses") >= ENOUGH_BELOW_TITLE
    foot = _foot(filled, verdicts, rules)
    sentences = (at for at in text if verdicts[at].rule in SENTENCES and at not in foot)
    return sum(block.scores[at] for at in sentences) >= ENOUGH


def _is_plain(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> bool:
    """Whether nearly all is sentences and hardly any line boilerplate by a rule: the page is its text, and only strong
    signs end it."""
    ruled = sum(verdict.fate == "boilerplate" and verdict.rule in rules.ids for verdict in verdicts)
    told = next((at for at, verdict in enumerate(verdicts) if verdict.score >= TELLING), 0)
    ruled += sum(verdict.rule == "word-list" for verdict in verdicts[:told])
    if ruled > max(PLAIN_LINES, PLAIN_SHARE * sum(map(bool, folded))):
        return False
    text = sum(len(line) for line, verdict in zip(folded, verdicts, strict=True) if verdict.score > 0)
    return text >= PLAIN_TEXT * sum(map(len, folded))


def _foot(filled: Sequence[int], verdicts: Sequence[Verdict], rules: Rules) -> set[int]:
    """The lines of the lower half of a page that stand right below, or next to that, a copyright or a contact line."""
    pairs = list(pairwise(filled[len(filled) // 2 :]))
    foot = {at for above, at in pairs if verdicts[above].rule in rules.feet}
    return foot | {at for above, at in pairs if above in foot}


def _first_answer(page: Page) -> tuple[list[int], list[int]]:
    """The lines from a question's text to its buttons, and those right below them in which the first answer begins."""
    filled = [at for at, text in enumerate(page.folded) if text]
    told = next((place for place, at in enumerate(filled) if page.scores[at] > LITTLE), len(filled))
    for place in range(told, len(filled)):
        if page.verdicts[filled[place]].rule in QUESTION:
            above = max(n for n in range(told, place) if page.scores[filled[n]] > LITTLE)
            below = next((n for n in range(place, len(filled)) if page.scores[filled[n]] > LITTLE), place)
            return filled[above + 1 : place + 1], filled[max(place, below - BUTTONS) : below + 1]
    return [], []


def _costs(page: Page, start: int | None) -> Costs:
    """What ending the text, going on with it and an end marker in it cost at each line.

    Ending costs little at an end marker or at a label such as 责任编辑, on its own line or behind a sentence, but not
    above the first sentence; going on costs less a little below a marker.
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
    for at, text in enumerate(page.folded):
        if page.scores[at] > LITTLE and closes_with_label(text, page.rules):
            leave[at] = marked
    for at in pause:
        leave[at] = 0.0
    if start is not None:
        first = next((at for at in range(start + 1, len(leave)) if page.scores[at] > LITTLE), start)
        leave[start:first] = [max(cost, unmarked) for cost in leave[start:first]]
    return Costs(ENTER, leave, again, [MARKER if end else 0.0 for end in page.ends])
