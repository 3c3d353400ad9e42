"""Checks of an editor's own rules against the corpus: rules and topics that nothing meets, rules that take text away."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from build_digest.checks.messages import make_problem
from build_digest.editors.rule_hits import RuleUse, count_hits
from build_digest.model import KEPT, Problem, Reading
from build_digest.text.yaml_text import read_yaml

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
    sources = {reading.path for reading in with_own}
    for use in uses:
        if not use.met and not use.source:
            yield make_problem("unused-rule", use.file, use.line, rule=use.id)
        elif not use.met:
            code = "line-not-there" if use.source in sources else "line-of-no-source"
            yield make_problem(code, use.file, use.line, source=use.source, text=use.text[:_MOST_SHOWN])
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


def check_topics(own: Mapping[str, str], given: Collection[str]) -> Iterator[Problem]:
    """The topics of an editor that no article has.

    Args:
        own: the editor's files with topics, name to text, as the vocabulary took them.
        given: the topics that articles and pages have.
    """
    for file, text in own.items():
        for name in (entry["name"].strip() for entry in read_yaml(text) or ()):
            if name not in given:
                found = re.search(rf"\bname\s*:\s*['\"]?{re.escape(name)}", text)
                line = text.count("\n", 0, found.start()) + 1 if found else 1
                yield make_problem("unused-topic", file, line, name=name)
