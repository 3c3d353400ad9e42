"""Sentences in the midst of a text that hold words of boilerplate: a report from a court speaks of infringement, too."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from build_digest.classification.features import measure, weigh
from build_digest.classification.fold import without_quotes
from build_digest.model import Verdict
from build_digest.rules import Rules

MOST = 4
"""So many sentences in a row that rules take for boilerplate may stand between two others."""
LEAST = 0.8
"""What the form of such a sentence scores at least, and of those around it."""
BEGINNING = 12
"""Characters at the start of a sentence in which it says what it is about."""
_SENTENCES = frozenset(("sentence", "prose"))


def with_sentences(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts, where a rule of ours took a sentence between sentences, or below a head line, for boilerplate, by its
    form.

    What speaks of the page itself (本站, 转载, 联系我们删除) stays what the rule says, and so does what an editor's rule says.
    """
    result = list(verdicts)
    filled = [at for at, text in enumerate(folded) if text and verdicts[at].fate != "heading"]
    around = [place for place, at in enumerate(filled) if _is_told(verdicts[at]) or verdicts[at].fate == "metadata"]
    for above, below in pairwise(around):
        between = filled[above + 1 : below] if _is_told(verdicts[filled[below]]) else []
        if 0 < len(between) <= MOST and all(_is_ruled(folded[at], verdicts[at], rules) for at in between):
            for at in between:
                score, form = weigh(measure(folded[at]))
                result[at] = Verdict("body", form, score)
    return result


def _is_told(verdict: Verdict) -> bool:
    return verdict.fate == "body" and verdict.rule in _SENTENCES and verdict.score >= LEAST


def _is_ruled(text: str, verdict: Verdict, rules: Rules) -> bool:
    if verdict.fate != "boilerplate" or verdict.rule not in rules.ids or verdict.rule in rules.decisions:
        return False
    score, form = weigh(measure(text))
    return form in _SENTENCES and score >= LEAST and not _speaks_of_page(text, rules)


def _speaks_of_page(text: str, rules: Rules) -> bool:
    """Whether a sentence begins with what speaks of the page itself, or does so twice; a report may do so in passing."""
    signs = [sign.start() for sign in rules.signs["own"].finditer(without_quotes(text))]
    return bool(signs) and (len(signs) > 1 or signs[0] < BEGINNING)
