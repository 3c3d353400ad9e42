"""Load and check the rules for lines: what ships with the package, and what editors wrote in corpus/rules/.

A rule file is YAML with any of the sections named below; what each holds is said in the shipped files. Every rule is
checked against its own examples when it is loaded, so a rule that does not do what its author says never reaches a text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any, cast, get_args

import yaml

from build_digest.classification.fold import fold_line, fold_pattern
from build_digest.classification.line_rules import (
    NEVER,
    Matcher,
    Rule,
    Rules,
    any_of,
    label_pattern,
    make_matchers,
    role_pattern,
)
from build_digest.errors import RuleError
from build_digest.model import Fate
from build_digest.text.yaml_text import RepeatedKeyError, explain_error, line_of_error, read_yaml

__all__ = ["LABELS", "Matcher", "Rule", "RuleError", "Rules", "load_rules", "read_shipped_rules"]

LABELS = (
    "date",
    "updated",
    "written",
    "source",
    "author",
    "publisher",
    "affiliation",
    "editor",
    "url",
    "tags",
    "title",
    "other",
)
"""The kinds of values that labels announce."""
NAMES = [
    "before",
    "nobody",
    "institution",
    "outlet",
    "site",
    "roles",
    "noise",
    "no_names",
    "honours",
    "event",
    "function",
    "running",
    "surnames",
]
"""The sections that are plain lists of words."""
LIGHT = 4.0
"""Rules up to this weight are hints: a line of theirs may stand in the midst of a text."""

_FATES: tuple[Fate, ...] = get_args(Fate)
_SHIPPED = ("boilerplate.yml", "metadata.yml")
_SECTIONS = ("words", "patterns", "labels", "credits", "verbs", "heads", "lines", *NAMES)
_RULE_KEYS = ("id", "pattern", "words", "fate", "weight", "ends", "foot", "site", "example", "not")
_HEAD_KEYS = ("id", "pattern", "example", "not")
_LINE_KEYS = ("file", "line", "fate")


@dataclass(slots=True)
class _Gathered:
    """What the files read so far hold."""

    rules: list[Rule] = field(default_factory=list)
    words: dict[str | None, dict[str, Rule]] = field(default_factory=lambda: {None: {}})
    labels: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LABELS})
    credits: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LABELS})
    verbs: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LABELS})
    names: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in NAMES})
    heads: list[re.Pattern[str]] = field(default_factory=list)
    lines: dict[tuple[str, str], Fate] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)


def read_shipped_rules() -> dict[str, str]:
    """The rule files for lines that ship with the package: name to text."""
    folder = resources.files("build_digest") / "rules"
    return {name: (folder / name).read_text("utf-8") for name in _SHIPPED}


def load_rules(files: Mapping[str, str]) -> Rules:
    """Rules from the texts of rule files, later files after earlier ones.

    Args:
        files: name (for messages) to YAML text.

    Raises:
        RuleError: a file, an entry or one of its examples is wrong.

    >>> rules = load_rules({"mine.yml": "words: [{id: menu, fate: boilerplate, weight: 2, words: [首页, 更多]}]"})
    >>> rules.strongest("首页").id
    'menu'
    """
    gathered = _Gathered()
    for file, text in files.items():
        known = len(gathered.rules)
        _gather(file, _read(file, text), gathered)
        if file not in _SHIPPED:
            gathered.decisions.update(rule.id for rule in gathered.rules[known:] if _only_drops(rule))
    return _make_rules(gathered)


def _only_drops(rule: Rule) -> bool:
    """Whether a rule is certain of its line and says nothing of what stands around it."""
    return rule.fate == "boilerplate" and rule.weight > LIGHT and not rule.ends and not rule.foot


def _make_rules(gathered: _Gathered) -> Rules:
    rules, names = gathered.rules, gathered.names
    every = [*rules, *(rule for listed in gathered.words.values() for rule in listed.values())]
    sites = sorted({rule.site for rule in rules if rule.site is not None})
    title, noise = any_of(gathered.labels["title"], spaced=True), any_of(names["noise"])
    return Rules(
        words=gathered.words,
        matchers={site: make_matchers(rule for rule in rules if rule.site == site) for site in (None, *sites)},
        names={name: tuple(dict.fromkeys(words)) for name, words in names.items()},
        labels=label_pattern(gathered.labels, gathered.credits, gathered.verbs, names["before"]),
        title_label=re.compile(rf"(?:{title})\s*:\s*") if title else NEVER,
        roles=role_pattern(names["roles"]),
        noise=re.compile(noise) if noise else NEVER,
        heads=tuple(gathered.heads),
        lines=gathered.lines,
        ids=frozenset(rule.id for rule in every),
        endings=frozenset(rule.id for rule in every if rule.ends),
        feet=frozenset(rule.id for rule in every if rule.foot),
        light=frozenset(rule.id for rule in every if rule.weight <= LIGHT),
        decisions=frozenset(gathered.decisions),
    )


def _gather(file: str, sections: Mapping[str, Any], into: _Gathered) -> None:
    for entry in _entries(file, "words", sections):
        rule, listed = _check_words(file, entry)
        into.words.setdefault(rule.site, {}).update(dict.fromkeys(listed, rule))
    into.rules.extend(_check_pattern(file, entry) for entry in _entries(file, "patterns", sections))
    into.heads.extend(_check_head(file, entry) for entry in _entries(file, "heads", sections))
    into.lines.update(_check_line(file, number, one) for number, one in enumerate(_entries(file, "lines", sections), 1))
    for section, lists in (("labels", into.labels), ("credits", into.credits), ("verbs", into.verbs)):
        for name, listed in (sections.get(section) or {}).items():
            _check_known(file, section, name, LABELS)
            lists[name].extend(_check_strings(file, f"{section}: {name}", listed))
    for name in NAMES:
        into.names[name].extend(_check_strings(file, name, sections.get(name) or ()))


def _read(file: str, text: str) -> dict[str, Any]:
    try:
        sections = read_yaml(text) or {}
    except RepeatedKeyError as error:
        what = f"`{error.key}` only once, not again"
        raise _wrong(file, f"line {error.line}", what, "put all that belongs to it below the first one") from error
    except yaml.YAMLError as error:
        line = line_of_error(error)
        entry = f"line {line}" if line else "the file"
        raise _wrong(file, entry, "YAML such as `patterns: [{id: …}]`", f"mend it: {explain_error(error)}") from error
    if not isinstance(sections, dict):
        raise _wrong(file, "the file", "sections such as `patterns:`", "put the rules below a section's name")
    for name in sections:
        _check_known(file, "the file", str(name), _SECTIONS)
    for name in ("labels", "credits", "verbs"):
        if not isinstance(sections.get(name) or {}, dict):
            raise _wrong(file, name, "lists by kind such as `date: [发布时间]`", "put the kind before the list")
    return sections


def _entries(file: str, section: str, sections: Mapping[str, Any]) -> list[Any]:
    entries = sections.get(section) or []
    if not isinstance(entries, list):
        raise _wrong(file, section, "a list of entries, each after a `-`", "begin each entry with `- `")
    return entries


def _wrong(file: str, entry: str, expected: str, remedy: str) -> RuleError:
    return RuleError(file, entry, f"expected {expected}", remedy)


def _check_known(file: str, entry: str, name: str, right: Iterable[str]) -> None:
    right = list(right)
    if name not in right:
        close = difflib.get_close_matches(name, right, 1)
        remedy = f"did you mean `{close[0]}`?" if close else f"use one of: {', '.join(right)}"
        raise _wrong(file, entry, f"a known name instead of `{name}`", remedy)


def _check_strings(file: str, entry: str, value: object) -> list[str]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
        raise _wrong(file, entry, "a list of texts such as [来源, 转自]", "put quotes around numbers, yes and no")
    return [fold_line(one) for one in values]


def _check_named(file: str, entry: object, keys: Iterable[str]) -> tuple[str, dict[str, Any]]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise _wrong(file, str(entry)[:60], "an entry with an id such as `id: copyright`", "give the rule an id")
    for key in entry:
        _check_known(file, entry["id"], str(key), keys)
    return entry["id"], entry


def _check_rule(file: str, entry: object) -> tuple[dict[str, Any], Rule]:
    name, fields = _check_named(file, entry, _RULE_KEYS)
    _check_known(file, name, str(fields.get("fate")), _FATES)
    weight = fields.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 10:
        raise _wrong(file, name, "a weight above 0 and up to 10, such as `weight: 3`", f"change {weight!r}")
    site = None if fields.get("site") is None else str(fields["site"])
    ends, foot = bool(fields.get("ends")), bool(fields.get("foot"))
    return fields, Rule(name, cast("Fate", fields["fate"]), float(weight), ends=ends, foot=foot, site=site)


def _check_words(file: str, entry: object) -> tuple[Rule, list[str]]:
    fields, rule = _check_rule(file, entry)
    return rule, _check_strings(file, rule.id, fields.get("words"))


def _check_pattern(file: str, entry: object) -> Rule:
    fields, rule = _check_rule(file, entry)
    return replace(rule, pattern=_check_expression(file, rule.id, fields).pattern)


def _check_head(file: str, entry: object) -> re.Pattern[str]:
    name, fields = _check_named(file, entry, _HEAD_KEYS)
    expression = _check_expression(file, name, fields)
    for group in expression.groupindex:
        _check_known(file, name, group, (*LABELS, "poster"))
    return expression


def _check_expression(file: str, name: str, fields: Mapping[str, Any]) -> re.Pattern[str]:
    source = fields.get("pattern")
    if not isinstance(source, str) or not source:
        raise _wrong(file, name, "a pattern such as `pattern: '版权所有'`", "write it in single quotes")
    try:
        expression = re.compile(fold_pattern(source))
    except re.error as error:
        raise _wrong(file, name, f"a regular expression, not {source!r}", f"mend it: {error}") from error
    examples = _check_strings(file, name, fields.get("example") or ())
    if not examples:
        raise _wrong(file, name, "an example that the pattern must match", "add `example: …`")
    for example in examples:
        if not expression.search(example.strip()):
            raise _wrong(file, name, f"the pattern {source!r} to match its example {example!r}", "mend either")
    for counter in _check_strings(file, name, fields.get("not") or ()):
        if expression.search(counter.strip()):
            raise _wrong(file, name, f"the pattern {source!r} to leave alone {counter!r}", "make it narrower")
    return expression


def _check_line(file: str, number: int, entry: object) -> tuple[tuple[str, str], Fate]:
    name = f"lines, entry {number}"
    right = "`{file: a.txt, line: the exact line, fate: body}`"
    if not isinstance(entry, dict):
        raise _wrong(file, name, right, "write the three keys")
    for key in entry:
        _check_known(file, name, str(key), _LINE_KEYS)
    if not isinstance(entry.get("file"), str) or not isinstance(entry.get("line"), str):
        raise _wrong(file, name, right, "give file and line as texts, in quotes where needed")
    _check_known(file, name, str(entry.get("fate")), _FATES)
    return (entry["file"], entry["line"].strip()), cast("Fate", entry["fate"])
