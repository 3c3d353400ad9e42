"""Lines of a text that hold words of boilerplate: a report from a court speaks of infringement, and so may its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from build_digest.classification.features import measure, weigh
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.title_forms import is_title_shape, plain
from build_digest.model import Fate, Verdict
from build_digest.rules import Rules
from build_digest.text.line_fold import without_quotes

MOST = 4
"""So many sentences in a row that rules take for boilerplate may stand between two others."""
LEAST = 0.8
"""What the form of such a sentence scores at least, and of those around it."""
BEGINNING = 12
"""Characters at the start of a sentence in which it says what it is about."""
TITLE = 5
"""Letters of a title at least, and"""
COVERED = 0.75
"""the share of it that an expression for boilerplate matches, at most: a button says nothing else."""
BUTTON = -2.0
"""The score down to which a line that a rule matches is a button's."""
_SENTENCES = frozenset(("sentence", "prose"))


def with_sentences(page: JudgedPage) -> JudgedPage:
    """The page, where a rule of ours took a sentence beside other sentences for boilerplate, by its form.

    What speaks of the page itself (本站, 转载请注明, 联系我们删除) stays what the rule says, and so does what an editor's
    rule says.
    """
    filled = [at for at in page.filled if page.verdicts[at].fate != "heading"]
    told: dict[int, Verdict] = {}
    for run in _ruled_runs(page, filled):
        above = filled[run[0] - 1] if run[0] else None
        below = filled[run[-1] + 1] if run[-1] + 1 < len(filled) else None
        if len(run) <= MOST and _is_of_text(page, above, below):
            told |= {filled[place]: _by_form(page.folded[filled[place]], "body") for place in run}
    return page.judged(told)


def with_headline(page: JudgedPage) -> JudgedPage:
    """The page, where a rule of ours took what stands like a title for boilerplate, by its form: right above the line that
    says when and by whom, or on top of a text and nothing else."""
    told: dict[int, Verdict] = {}
    for at, below in pairwise(page.filled):
        if _is_told(page.verdicts[at]):
            break
        opens = at == page.filled[0] and (_is_told(page.verdicts[below]) or _is_ruled(page, below))
        stated = page.verdicts[below].fate == "metadata" and page.verdicts[below].rule != "label-other"
        if (opens or stated) and _may_be_headline(page, at):
            told[at] = _by_form(page.folded[at], "boilerplate")
    return page.judged(told)


def _by_form(text: str, fate: Fate) -> Verdict:
    score, form = weigh(measure(text))
    return Verdict(fate, form, score)


def _ruled_runs(page: JudgedPage, filled: Sequence[int]) -> Iterator[list[int]]:
    """The stretches of filled lines, by their places, that rules take for boilerplate although they are sentences."""
    for ruled, run in groupby(range(len(filled)), lambda place: _is_ruled(page, filled[place])):
        if ruled:
            yield list(run)


def _is_of_text(page: JudgedPage, above: int | None, below: int | None) -> bool:
    """Whether what stands between two lines is of the text that one of them is of."""
    verdict = page.verdicts[above] if above is not None else None
    if verdict is None:
        return False
    if below is not None and _is_told(page.verdicts[below]):
        return verdict.score > BUTTON or verdict.rule not in page.rules.ids
    return _is_told(verdict)


def _is_told(verdict: Verdict) -> bool:
    return verdict.fate == "body" and verdict.rule in _SENTENCES and verdict.score >= LEAST


def _is_ruled(page: JudgedPage, at: int) -> bool:
    if not _is_ours(page.verdicts[at], page.rules):
        return False
    score, form = weigh(measure(page.folded[at]))
    return form in _SENTENCES and score >= LEAST and not _speaks_of_page(page.folded[at], page.rules)


def _is_ours(verdict: Verdict, rules: Rules) -> bool:
    """Whether a rule that ships with the package took a line for boilerplate."""
    return verdict.fate == "boilerplate" and verdict.rule in rules.ids and verdict.rule not in rules.editors


def _may_be_headline(page: JudgedPage, at: int) -> bool:
    text, verdict, rules = page.folded[at], page.verdicts[at], page.rules
    if not _is_ours(verdict, rules) or verdict.rule in rules.endings:
        return False
    if len(plain(text)) < TITLE or not is_title_shape(text):
        return False
    return not rules.signs["own"].search(text) and 0 < rules.longest_match(text) <= COVERED * len(text)


def _speaks_of_page(text: str, rules: Rules) -> bool:
    """Whether a sentence begins with what speaks of the page itself, or does so twice; a report may do so in passing, or
    speak of such words."""
    if rules.signs["mention"].search(text):
        return False
    signs = [sign.start() for sign in rules.signs["own"].finditer(without_quotes(text))]
    return bool(signs) and (len(signs) > 1 or signs[0] < BEGINNING)
