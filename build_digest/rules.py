"""Load and check the rules for lines: what ships with the package, and what editors wrote in corpus/rules/.

A rule file is YAML with any of the sections named below; what each holds is said in the shipped files. Every rule is
checked against its own examples when it is loaded, so a rule that does not do what its author says never reaches a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from build_digest.classification.line_rules import (
    NEVER,
    Head,
    Rule,
    Rules,
    join_labels,
    label_pattern,
    make_matchers,
    role_pattern,
)
from build_digest.model import Fate
from build_digest.rule_checks import (
    LABELS,
    check_head,
    check_known,
    check_line,
    check_pattern,
    check_sign,
    check_strings,
    check_words,
    wrong_rule,
)
from build_digest.shipped import read_shipped
from build_digest.text.patterns import join_words
from build_digest.text.yaml_text import RepeatedKeyError, explain_error, line_of_error, read_yaml

__all__ = ["Rules", "load_rules", "read_shipped_rules"]

NAMES = (
    *("before", "nobody", "institution", "outlet", "site", "roles", "noise", "no_names", "honours", "event"),
    *("function", "running", "surnames", "bracketed", "bio", "book_parts", "book_notes"),
)
"""The sections that are plain lists of words."""
SIGNS = ("own", "mention", "rank", "said", "device", "frequent")
"""The kinds of patterns in the section `signs`."""
LIGHT = 4.0
"""Rules up to this weight are hints: a line of theirs may stand in the midst of a text."""

_GROUP = re.compile(r"\(\?P<\w+>")
_SHIPPED = ("boilerplate.yml", "metadata.yml")
_SECTIONS = ("words", "patterns", "labels", "credits", "verbs", "heads", "signs", "lines", *NAMES)


def _lists(names: Iterable[str]) -> dict[str, list[str]]:
    """An empty list for each name."""
    return {name: [] for name in names}


@dataclass(slots=True)
class _Gathered:
    """What the files read so far hold."""

    rules: list[Rule] = field(default_factory=list)
    words: dict[str | None, dict[str, Rule]] = field(default_factory=lambda: {None: {}})
    labels: dict[str, list[str]] = field(default_factory=lambda: _lists(LABELS))
    credits: dict[str, list[str]] = field(default_factory=lambda: _lists(LABELS))
    verbs: dict[str, list[str]] = field(default_factory=lambda: _lists(LABELS))
    names: dict[str, list[str]] = field(default_factory=lambda: _lists(NAMES))
    signs: dict[str, list[str]] = field(default_factory=lambda: _lists(SIGNS))
    heads: list[Head] = field(default_factory=list)
    lines: dict[tuple[str, str], Fate] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)
    editors: set[str] = field(default_factory=set)


def read_shipped_rules() -> dict[str, str]:
    """The rule files for lines that ship with the package: name to text."""
    return {name: read_shipped(f"rules/{name}") for name in _SHIPPED}


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
        sections = _read(file, text)
        _gather(file, sections, gathered)
        if file not in _SHIPPED:
            gathered.decisions.update(rule.id for rule in gathered.rules[known:] if _only_drops(rule))
            gathered.editors.update(rule.id for rule in gathered.rules[known:])
            gathered.editors.update(str(entry["id"]) for entry in sections.get("words") or ())
    return _make_rules(gathered)


def _only_drops(rule: Rule) -> bool:
    """Whether a rule is certain of its line and says nothing of what stands around it."""
    return rule.fate == "boilerplate" and rule.weight > LIGHT and not rule.ends and not rule.foot


def _make_rules(gathered: _Gathered) -> Rules:
    rules, names = gathered.rules, gathered.names
    every = [*rules, *(rule for listed in gathered.words.values() for rule in listed.values())]
    sites = sorted({rule.site for rule in rules if rule.site is not None})
    title, noise = join_labels(gathered.labels["title"]), join_words(names["noise"])
    return Rules(
        words=gathered.words,
        matchers={site: make_matchers(rule for rule in rules if rule.site == site) for site in (None, *sites)},
        names={name: tuple(dict.fromkeys(words)) for name, words in names.items()},
        labels=label_pattern(gathered.labels, gathered.credits, gathered.verbs, names["before"], names["bracketed"]),
        title_label=re.compile(rf"(?:{title})\s*:\s*") if title else NEVER,
        roles=role_pattern(names["roles"]),
        noise=re.compile(noise) if noise else NEVER,
        heads=tuple(gathered.heads),
        loose_heads=tuple(head for head in gathered.heads if not head.anchored),
        any_head=_any_head(gathered.heads),
        signs={name: re.compile("|".join(parts)) if parts else NEVER for name, parts in gathered.signs.items()},
        lines=gathered.lines,
        ids=frozenset(rule.id for rule in every),
        endings=frozenset(rule.id for rule in every if rule.ends),
        feet=frozenset(rule.id for rule in every if rule.foot),
        light=frozenset(rule.id for rule in every if rule.weight <= LIGHT),
        decisions=frozenset(gathered.decisions),
        editors=frozenset(gathered.editors),
    )


def _any_head(heads: Sequence[Head]) -> re.Pattern[str]:
    """One expression for the head lines that are told by their beginning, which rules most lines out at once."""
    parts = [_GROUP.sub("(?:", head.pattern.pattern) for head in heads if head.anchored]
    return re.compile("|".join(parts)) if parts else NEVER


def _gather(file: str, sections: Mapping[str, Any], into: _Gathered) -> None:
    for entry in _entries(file, "words", sections):
        rule, listed = check_words(file, entry)
        into.words.setdefault(rule.site, {}).update(dict.fromkeys(listed, rule))
    into.rules.extend(check_pattern(file, entry) for entry in _entries(file, "patterns", sections))
    into.lines.update(check_line(file, number, one) for number, one in enumerate(_entries(file, "lines", sections), 1))
    for section, lists in (("labels", into.labels), ("credits", into.credits), ("verbs", into.verbs)):
        for name, listed in (sections.get(section) or {}).items():
            check_known(file, section, name, LABELS)
            lists[name].extend(check_strings(file, f"{section}: {name}", listed))
    for name, entries in (sections.get("signs") or {}).items():
        check_known(file, "signs", name, SIGNS)
        into.signs[name].extend(check_sign(file, f"signs: {name}", one) for one in entries or ())
    for name in NAMES:
        into.names[name].extend(check_strings(file, name, sections.get(name) or ()))
    surnames = into.names["surnames"]
    into.heads.extend(check_head(file, entry, surnames) for entry in _entries(file, "heads", sections))


def _read(file: str, text: str) -> dict[str, Any]:
    try:
        sections = read_yaml(text) or {}
    except RepeatedKeyError as error:
        what = f"`{error.key}` only once, not again"
        raise wrong_rule(file, f"line {error.line}", what, "put all that belongs to it below the first one") from error
    except yaml.YAMLError as error:
        line = line_of_error(error)
        entry = f"line {line}" if line else "the file"
        raise wrong_rule(
            file, entry, "YAML such as `patterns: [{id: …}]`", f"mend it: {explain_error(error)}"
        ) from error
    if not isinstance(sections, dict):
        raise wrong_rule(file, "the file", "sections such as `patterns:`", "put the rules below a section's name")
    for name in sections:
        if name == "topics":
            what = "topics as a list that begins at once with `- name: …`"
            raise wrong_rule(file, name, what, "take the line `topics:` away")
        check_known(file, str(name), str(name), _SECTIONS)
    for name in ("labels", "credits", "verbs", "signs"):
        if not isinstance(sections.get(name) or {}, dict):
            raise wrong_rule(file, name, "lists by kind such as `date: [发布时间]`", "put the kind before the list")
    return sections


def _entries(file: str, section: str, sections: Mapping[str, Any]) -> list[Any]:
    entries = sections.get(section) or []
    if not isinstance(entries, list):
        raise wrong_rule(file, section, "a list of entries, each after a `-`", "begin each entry with `- `")
    return entries
