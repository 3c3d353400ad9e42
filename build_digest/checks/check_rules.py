"""Checks of an editor's own rules against the corpus: rules that nothing meets, rules that take text away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from build_digest.checks.messages import make_problem
from build_digest.editors.rule_hits import RuleUse, count_hits
from build_digest.model import KEPT, Problem, Reading

_CLEARLY_TEXT = 1.0
"""A line that scores so high by itself, without the editor's rules, is a sentence of the text."""
_MOST_SHOWN = 40


def check_rules(own: Mapping[str, str], with_own: Sequence[Reading], without: Sequence[Reading]) -> Iterator[Problem]:
    """What is wrong with an editor's rules for lines.

    Args:
        own: the editor's rule files, name to text.
        with_own: the sources as read with them.
        without: the sources as read with the shipped rules alone.
    """
    uses = count_hits(own, with_own)
    for use in uses:
        if not use.met:
            yield make_problem("unused-rule", use.file, use.line, rule=use.id)
    yield from _caught(uses, with_own, without)


def _caught(uses: Sequence[RuleUse], with_own: Sequence[Reading], without: Sequence[Reading]) -> Iterator[Problem]:
    """The first sentence of each source that each rule takes away."""
    places = {use.id: f"{use.file}:{use.line}" for use in uses}
    for new, old in zip(with_own, without, strict=True):
        seen: set[str] = set()
        for after, before in zip(new.lines, old.lines, strict=True):
            rule = after.verdict.rule
            lost = before.fate in KEPT and after.fate not in KEPT and before.alone.score >= _CLEARLY_TEXT
            if lost and rule in places and rule not in seen:
                seen.add(rule)
                text = after.text.strip()[:_MOST_SHOWN]
                yield make_problem(
                    "rule-catches-text", new.path, after.number, rule=rule, place=places[rule], text=text
                )
