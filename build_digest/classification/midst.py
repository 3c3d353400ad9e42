"""Lines of a text that hold words of boilerplate: a report from a court speaks of infringement, and so may its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from build_digest.classification.features import measure, weigh
from build_digest.classification.fold import without_quotes
from build_digest.classification.title_forms import is_title_shape, plain
from build_digest.model import Verdict
from build_digest.rules import Rules

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


def with_sentences(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts, where a rule of ours took a sentence beside other sentences for boilerplate, by its form.

    What speaks of the page itself (本站, 转载请注明, 联系我们删除) stays what the rule says, and so does what an editor's
    rule says.
    """
    result = list(verdicts)
    filled = [at for at, text in enumerate(folded) if text and verdicts[at].fate != "heading"]
    for run in _ruled_runs(folded, verdicts, filled, rules):
        above = filled[run[0] - 1] if run[0] else None
        below = filled[run[-1] + 1] if run[-1] + 1 < len(filled) else None
        if len(run) <= MOST and _is_of_text(verdicts, above, below, rules):
            for place in run:
                score, form = weigh(measure(folded[filled[place]]))
                result[filled[place]] = Verdict("body", form, score)
    return result


def with_headline(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts, where a rule of ours took what stands like a title for boilerplate, by its form: right above the line
    that says when and by whom, or on top of a text and nothing else."""
    result = list(verdicts)
    filled = [at for at, text in enumerate(folded) if text]
    for place, at in enumerate(filled[:-1]):
        next_line = filled[place + 1]
        below = verdicts[next_line]
        if _is_told(verdicts[at]):
            break
        opens = not place and (_is_told(below) or _is_ruled(folded[next_line], below, rules))
        placed = opens or (below.fate == "metadata" and below.rule != "label-other")
        if placed and _may_be_headline(folded[at], verdicts[at], rules):
            score, form = weigh(measure(folded[at]))
            result[at] = Verdict("boilerplate", form, score)
    return result


def _ruled_runs(
    folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], rules: Rules
) -> Iterator[list[int]]:
    """The stretches of filled lines, by their places, that rules take for boilerplate although they are sentences."""
    places = range(len(filled))
    for ruled, run in groupby(places, lambda place: _is_ruled(folded[filled[place]], verdicts[filled[place]], rules)):
        if ruled:
            yield list(run)


def _is_of_text(verdicts: Sequence[Verdict], above: int | None, below: int | None, rules: Rules) -> bool:
    """Whether what stands between two lines is of the text that one of them is of."""
    if below is not None and _is_told(verdicts[below]):
        return above is not None and (verdicts[above].score > BUTTON or verdicts[above].rule not in rules.ids)
    return above is not None and _is_told(verdicts[above])


def _is_told(verdict: Verdict) -> bool:
    return verdict.fate == "body" and verdict.rule in _SENTENCES and verdict.score >= LEAST


def _is_ruled(text: str, verdict: Verdict, rules: Rules) -> bool:
    if not _is_ours(verdict, rules):
        return False
    score, form = weigh(measure(text))
    return form in _SENTENCES and score >= LEAST and not _speaks_of_page(text, rules)


def _is_ours(verdict: Verdict, rules: Rules) -> bool:
    """Whether a rule that ships with the package took a line for boilerplate."""
    return verdict.fate == "boilerplate" and verdict.rule in rules.ids and verdict.rule not in rules.editors


def _may_be_headline(text: str, verdict: Verdict, rules: Rules) -> bool:
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
