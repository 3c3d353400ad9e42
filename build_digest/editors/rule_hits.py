"""What the rules do in the corpus: how often each is met, and what a changed rule file would change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from build_digest.checks.messages import Language
from build_digest.model import Article, Fate, Line, Reading
from build_digest.output import say
from build_digest.rules import Rules, load_rules


@dataclass(frozen=True, slots=True)
class RuleUse:
    """A rule and how it fares: `met` lines by themselves fit it, in `decided` of them it had the last word.

    `file` is the rule file and `line` where the rule stands in it; `fate` is what the rule makes of a line. A decision on
    a single line has its `source` and its `text`.
    """

    id: str
    file: str
    line: int
    fate: Fate
    met: int
    decided: int
    source: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A line of a source whose fate another set of rules would change."""

    file: str
    line: int
    text: str
    before: str
    after: str
    rule: str


def count_hits(files: Mapping[str, str], ledger: Sequence[Reading]) -> list[RuleUse]:
    """Each rule of some files with its hits, the least used first.

    Args:
        files: rule files for lines, name to text.
        ledger: the sources, read with these rules.
    """
    met: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for reading in ledger:
        met.update(line.alone.rule for line in reading.lines)
        decided.update(line.verdict.rule for line in reading.lines)
    uses = [
        RuleUse(name, file, _line_of(name, text), fate, max(met[name], decided[name]), decided[name])
        for file, text in files.items()
        for name, fate in _fates(load_rules({file: text}))
    ]
    uses += _single_lines(files, ledger)
    return sorted(uses, key=lambda use: (use.met, use.file, use.line, use.id))


def _fates(rules: Rules) -> list[tuple[str, Fate]]:
    matched = (rule for matchers in rules.matchers.values() for matcher in matchers for rule in matcher.rules)
    listed = (rule for words in rules.words.values() for rule in words.values())
    return sorted({(rule.id, rule.fate) for rule in (*matched, *listed)})


def _line_of(name: str, text: str) -> int:
    found = re.search(rf"\bid:[ \t]*['\"]?{re.escape(name)}\b", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _single_lines(files: Mapping[str, str], ledger: Sequence[Reading]) -> Iterator[RuleUse]:
    """The decisions on single lines, each met when its line stands in its source."""
    texts = {reading.path: Counter(line.text.strip() for line in reading.lines) for reading in ledger}
    for file, text in files.items():
        for (source, line), fate in load_rules({file: text}).lines.items():
            count = texts.get(source, Counter())[line]
            where = _row_of_decision(source, line, text)
            yield RuleUse(f"{source}: {line[:24]}", file, where, fate, count, count, source, line)


def _row_of_decision(source: str, line: str, text: str) -> int:
    """Where a decision stands in its file: in the row with its source and its line, else in the first with its line."""
    named = re.compile(rf"\bfile:\s*['\"]?{re.escape(source)}['\"]?\s*(?:[,}}]|$)")
    whole = re.compile(rf"\bline:\s*['\"]?{re.escape(line)}['\"]?\s*(?:[,}}]|$)")
    rows = [(row, number) for number, row in enumerate(text.split("\n"), 1) if whole.search(row)]
    with_source = [number for row, number in rows if named.search(row)]
    apart = [number for row, number in rows if "file:" not in row]
    return next(iter([*with_source, *apart, *(number for _, number in rows)]), 1)


def changed_lines(before: Sequence[Reading], after: Sequence[Reading]) -> list[Change]:
    """Every line whose fate differs between two readings of the same sources."""
    return [
        Change(old.path, a.number, a.text, _what(a), _what(b), b.verdict.rule)
        for old, new in zip(before, after, strict=True)
        for a, b in zip(old.lines, new.lines, strict=True)
        if a.fate != b.fate or a.cuts != b.cuts
    ]


def _what(line: Line) -> str:
    return line.fate + "".join(f"+{cut.fate}({line.text[cut.start : cut.end]})" for cut in line.cuts)


def changed_topics(
    before: Sequence[Reading], after: Sequence[Reading]
) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Every article whose topics differ: its source, its title, the topics before and after."""
    changed = []
    for old, new in zip(before, after, strict=True):
        for a, b in zip(old.articles, new.articles, strict=False):
            if _topics(a) != _topics(b):
                changed.append((old.path, a.title.value, _topics(a), _topics(b)))
    return changed


def _topics(article: Article) -> tuple[str, ...]:
    return tuple(tag.name for tag in article.tags)


def format_uses(uses: Iterable[RuleUse], language: Language = "en") -> list[str]:
    """A table of rules and their hits, with a heading, as lines for people."""
    rows = [say("rules-head", language)]
    return rows + [f"{use.met:6} {use.decided:7}  {use.fate:11} {use.id} ({use.file}:{use.line})" for use in uses]


def format_changes(changes: Iterable[Change]) -> list[str]:
    """What would change, a line each."""
    return [f"{c.file}:{c.line}: {c.before} → {c.after} [{c.rule}] | {c.text.strip()}" for c in changes]
