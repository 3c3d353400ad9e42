"""The rules for lines, ready for use: word lists, patterns, labels, names, and an editor's decisions on single lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from build_digest.model import Fate
from build_digest.text.characters import HAN
from build_digest.text.gates import Gate, split_alternatives
from build_digest.text.patterns import join_words

WINDOW = 100
"""How much of a line's start and end is searched: a long line is text, whatever words stand in its middle."""

_TOKENS = re.compile(r"[\s|丨>»<«·/\[\]【】,、-]+")
_AROUND = " :>»|【】[]-_·*"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a matching line is, how strongly (1 a hint, 6 certain), whether the text is over when it comes, and whether
    it is of a page's foot."""

    id: str
    fate: Fate
    weight: float
    pattern: str = ""
    ends: bool = False
    foot: bool = False
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A head line of a fixed shape; `unsure` if what it takes for the name of a person may be a word."""

    pattern: re.Pattern[str]
    unsure: bool = False

    @property
    def anchored(self) -> bool:
        """Whether it is tried at the beginning of a line only."""
        return all(part.startswith("^") for part in split_alternatives(self.pattern.pattern))


@dataclass(frozen=True, slots=True)
class Matcher:
    """Rules that are tried together: the gate tells whether any of them fits, the expressions of `each` which.

    Those are many, and compiled when they are asked for the first time.
    """

    rules: tuple[Rule, ...]
    gate: Gate
    each: tuple[str, ...]
    anchored: bool

    def hits(self, text: str) -> Iterator[Rule]:
        """The rules that fit a piece of folded text."""
        if self.gate.opens(text):
            for rule, expression in zip(self.rules, map(_compile, self.each), strict=True):
                if (expression.match if self.anchored else expression.search)(text):
                    yield rule

    def spans(self, text: str) -> Iterator[int]:
        """How many characters each expression that fits a piece of folded text matches."""
        if self.gate.opens(text):
            for expression in map(_compile, self.each):
                match = (expression.match if self.anchored else expression.search)(text)
                if match:
                    yield match.end() - match.start()


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All rules for lines.

    Words and matchers are kept by site (None for every site); `names` are lists of words by their use; `labels` and
    `roles` find labels and roles in a folded line, `heads` are head lines of a fixed shape (`any_head` finds whether any fits a line's beginning, `loose_heads` may stand in it), `signs` patterns by their use; `lines` are decisions on
    single lines by file and text. `endings` are the ids of the rules that end a text, `feet` of those for the foot
    of a page, `light` of those that are hints, `editors` of an editor's own, `decisions` of those of them that
    only drop the lines they match.
    """

    words: Mapping[str | None, Mapping[str, Rule]]
    matchers: Mapping[str | None, tuple[Matcher, ...]]
    names: Mapping[str, tuple[str, ...]]
    labels: re.Pattern[str]
    title_label: re.Pattern[str]
    roles: re.Pattern[str]
    noise: re.Pattern[str]
    heads: tuple[Head, ...]
    loose_heads: tuple[Head, ...]
    any_head: re.Pattern[str]
    signs: Mapping[str, re.Pattern[str]]
    lines: Mapping[tuple[str, str], Fate]
    ids: frozenset[str]
    endings: frozenset[str]
    feet: frozenset[str]
    light: frozenset[str]
    decisions: frozenset[str]
    editors: frozenset[str]

    @property
    def sites(self) -> frozenset[str]:
        """The sites that have rules of their own."""
        return frozenset(site for site in (*self.words, *self.matchers) if site is not None)

    def strongest(self, folded: str, site: str | None = None) -> Rule | None:
        """The weightiest rule that fits a folded line, or None; of equals the first in the files.

        A line that stands in a list of words is not tried against patterns.
        """
        text = folded.strip()
        short = text.strip(_AROUND) if len(text) <= WINDOW else ""
        lists = [self.words[scope] for scope in _scopes(site) if scope in self.words]
        if short:
            word = next((words[short] for words in lists if short in words), None)
            if word is not None:
                return word
        if len(text) > 2 * WINDOW:
            text = text[:WINDOW] + "\n" + text[-WINDOW:]
        matchers = [matcher for scope in _scopes(site) for matcher in self.matchers.get(scope, ())]
        found = [rule for matcher in matchers for rule in matcher.hits(text)]
        found += [rule for words in lists if short for rule in _rules_of_words(short, words)]
        return max(found, key=lambda rule: rule.weight, default=None)

    def longest_match(self, folded: str) -> int:
        """The characters of a line that the expression of a rule matches, of those for every site; 0 if none does."""
        matchers = self.matchers.get(None, ())
        return max((span for matcher in matchers for span in matcher.spans(folded)), default=0)


_compile = cache(re.compile)


def _scopes(site: str | None) -> tuple[str | None, ...]:
    return (None,) if site is None else (site, None)


def _rules_of_words(text: str, words: Mapping[str, Rule]) -> list[Rule]:
    """The rules of a line two thirds of whose words are listed, such as 公司简介 联系我们 加入我们."""
    tokens = [token for token in _TOKENS.split(text) if token]
    known = [words[token] for token in tokens if token in words]
    return known[:1] if len(tokens) > 1 and len(known) * 3 >= len(tokens) * 2 else []


def make_matchers(rules: Iterable[Rule]) -> tuple[Matcher, ...]:
    """One matcher for the expressions tried at the start of a line, one for those searched in it.

    A rule's alternatives go to either.
    """
    parts = [(rule, part) for rule in rules for part in split_alternatives(rule.pattern)]
    groups = [(anchored, [pair for pair in parts if pair[1].startswith("^") == anchored]) for anchored in (True, False)]
    return tuple(
        Matcher(
            tuple(rule for rule, _ in group),
            Gate.of(part for _, part in group),
            tuple(part for _, part in group),
            anchored,
        )
        for anchored, group in groups
        if group
    )


def label_pattern(
    labels: Mapping[str, Iterable[str]],
    credits: Mapping[str, Iterable[str]],
    verbs: Mapping[str, Iterable[str]],
    before: Iterable[str],
    bracketed: Iterable[str] = (),
) -> re.Pattern[str]:
    """One expression for all labels, a group for each kind: 来源:, 【关键词】:, 作  者:; the groups of 文/ end with _, those
    of verbs before a date (编辑于 2021-08-30) with __, those of labels in brackets without a colon (【作者】) with ___, of joint credits (文、摄影/) with
    ____."""
    prefix = f"(?:{join_words(before)})?" if before else ""
    named = [f"(?P<{kind}>{join_labels(words)})" for kind, words in labels.items() if words]
    short = [f"(?P<{kind}_>{join_words(words)})" for kind, words in credits.items() if words]
    parts = [f"{prefix}(?:{'|'.join(named)})[】\\])]?\\s*:+"] if named else []
    every = join_words(word for words in credits.values() for word in words)
    writes = join_words(credits.get("author", ()))
    also = r"\s?[、·&+和及与/]\s?"
    joint = rf"(?:{writes})(?:{also}(?:{every}))+|(?:{every})(?:{also}(?:{every}))*{also}(?:{writes})"
    parts += [rf"(?P<author____>{joint})(?:\s*[/|丨│:]+|\s+(?=[{HAN}]{{2,4}}(?:\s|$)))"] if writes else []
    parts += [f"(?:{'|'.join(short)})\\s*[/|丨│]+(?!\\s*(?:{every})\\s*$)(?=[^/|丨]*[^\\s/|丨])"] if short else []
    boxed = [f"(?P<{kind}___>{join_labels(labels[kind])})" for kind in bracketed if labels.get(kind)]
    parts += [f"(?<=[【\\[])(?:{'|'.join(boxed)})[】\\]]\\s*:*"] if boxed else []
    dated = [f"(?P<{kind}__>{join_words(words)})" for kind, words in verbs.items() if words]
    parts += [rf"^(?:{'|'.join(dated)})\s*(?=\d|[a-z]{{3,9}}\.? \d)"] if dated else []
    return re.compile(rf"(?<![^\W\d日次分])(?:{'|'.join(parts)})") if parts else NEVER


def role_pattern(roles: Iterable[str]) -> re.Pattern[str]:
    """A role before a name, with who employs them and a gap: 本报首席记者 张三."""
    words = join_words(roles)
    return re.compile(rf"(?<![^\W\d])[{HAN}]{{0,10}}?(?:{words})(?:\s*[/|丨:]\s*|\s+)") if words else NEVER


def join_labels(words: Iterable[str]) -> str:
    """Labels as alternatives of a pattern; the two characters of one may stand apart: 作  者."""
    return join_words(words, lambda word: r"\s{0,4}".join(map(re.escape, word)) if len(word) == 2 else re.escape(word))


NEVER = re.compile(r"(?!)")
"""Matches nothing: the expression for an empty list."""
