"""Check the entries of rule files for lines: each against what its kind needs, each pattern against its own examples."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any, cast, get_args

from build_digest.classification.line_rules import Head, Rule
from build_digest.errors import RuleError
from build_digest.model import Fate
from build_digest.text.characters import HAN
from build_digest.text.line_fold import fold_line, fold_pattern
from build_digest.text.patterns import join_words

LABELS = (
    *("date", "updated", "written", "source", "author", "teller", "signer", "publisher", "affiliation", "editor"),
    *("url", "tags", "title", "other"),
)
"""The kinds of values that labels announce."""
NAMED = ("{name}", "{surname}")
"""What stands for the names of people in a pattern."""
_FATES: tuple[Fate, ...] = get_args(Fate)
_RULE_KEYS = ("id", "pattern", "words", "fate", "weight", "ends", "foot", "site", "example", "not")
_HEAD_KEYS = ("id", "pattern", "example", "not")
_LINE_KEYS = ("file", "line", "fate")


def wrong_rule(file: str, entry: str, expected: str, remedy: str) -> RuleError:
    """The error that says which entry of which file is wrong, what was expected, and what to do."""
    return RuleError(file, entry, f"expected {expected}", remedy)


def check_known(file: str, entry: str, name: str, right: Iterable[str]) -> None:
    """Refuse a name that is none of the right ones, with the one that was probably meant."""
    right = list(right)
    if name not in right:
        close = difflib.get_close_matches(name, right, 1)
        remedy = f"did you mean `{close[0]}`?" if close else f"use one of: {', '.join(right)}"
        raise wrong_rule(file, entry, f"a known name instead of `{name}`", remedy)


def check_strings(file: str, entry: str, value: object) -> list[str]:
    """The texts of a list, or the one text, in folded form."""
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(one, str) for one in values):
        raise wrong_rule(file, entry, "a list of texts such as [来源, 转自]", "put quotes around numbers, yes and no")
    return [fold_line(one) for one in values]


def _check_named(file: str, entry: object, keys: Iterable[str]) -> tuple[str, dict[str, Any]]:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
        raise wrong_rule(file, str(entry)[:60], "an entry with an id such as `id: copyright`", "give the rule an id")
    for key in entry:
        check_known(file, entry["id"], str(key), keys)
    return entry["id"], entry


def _check_rule(file: str, entry: object) -> tuple[dict[str, Any], Rule]:
    name, fields = _check_named(file, entry, _RULE_KEYS)
    check_known(file, name, str(fields.get("fate")), _FATES)
    weight = fields.get("weight")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 10:
        raise wrong_rule(file, name, "a weight above 0 and up to 10, such as `weight: 3`", f"change {weight!r}")
    site = None if fields.get("site") is None else str(fields["site"])
    ends, foot = bool(fields.get("ends")), bool(fields.get("foot"))
    return fields, Rule(name, cast("Fate", fields["fate"]), float(weight), ends=ends, foot=foot, site=site)


def check_words(file: str, entry: object) -> tuple[Rule, list[str]]:
    """A rule for whole lines, with its words."""
    fields, rule = _check_rule(file, entry)
    return rule, check_strings(file, rule.id, fields.get("words"))


def check_pattern(file: str, entry: object) -> Rule:
    """A rule with a pattern."""
    fields, rule = _check_rule(file, entry)
    return replace(rule, pattern=check_expression(file, rule.id, fields).pattern)


def check_head(file: str, entry: object, surnames: Iterable[str]) -> Head:
    """A head line of a fixed shape; `surnames` are what {surname} stands for."""
    name, fields = _check_named(file, entry, _HEAD_KEYS)
    expression = check_expression(file, name, fields, surnames)
    for group in expression.groupindex:
        check_known(file, name, group, (*LABELS, "poster"))
    return Head(expression, any(name in fields["pattern"] for name in NAMED))


def _write_out(pattern: str, surnames: Iterable[str]) -> str:
    """A pattern with the classes written out that it may name: {han}, {surname} and {name}."""
    han, surname = f"[{HAN}]", f"(?:{join_words(surnames) or '(?!)'})"
    written = {"{name}": f"{surname}{han}{{1,2}}", "{surname}": surname, "{han}": han}
    return reduce(lambda text, name: text.replace(name, written[name]), written, pattern)


def check_expression(file: str, name: str, fields: Mapping[str, Any], surnames: Iterable[str] = ()) -> re.Pattern[str]:
    """The pattern of an entry, once it has matched its examples and passed by what it must leave alone."""
    source = fields.get("pattern")
    if not isinstance(source, str) or not source:
        raise wrong_rule(file, name, "a pattern such as `pattern: '版权所有'`", "write it in single quotes")
    try:
        expression = re.compile(fold_pattern(_write_out(source, surnames)))
    except re.error as error:
        raise wrong_rule(file, name, f"a regular expression, not {source!r}", f"mend it: {error}") from error
    examples = check_strings(file, name, fields.get("example") or ())
    if not examples:
        raise wrong_rule(file, name, "an example that the pattern must match", "add `example: …`")
    for example in examples:
        if not expression.search(example.strip()):
            raise wrong_rule(file, name, f"the pattern {source!r} to match its example {example!r}", "mend either")
    for counter in check_strings(file, name, fields.get("not") or ()):
        if expression.search(counter.strip()):
            raise wrong_rule(file, name, f"the pattern {source!r} to leave alone {counter!r}", "make it narrower")
    return expression


def check_sign(file: str, name: str, entry: object) -> str:
    """The pattern of an entry below a kind of signs."""
    if not isinstance(entry, dict):
        raise wrong_rule(file, name, "entries of pattern and example", "put `pattern:` before what stands there")
    for key in entry:
        check_known(file, name, str(key), ("pattern", "example", "not"))
    return check_expression(file, name, entry).pattern


def check_line(file: str, number: int, entry: object) -> tuple[tuple[str, str], Fate]:
    """A decision on a single line: file, text and fate."""
    name = f"lines, entry {number}"
    right = "`{file: a.txt, line: the exact line, fate: body}`"
    if not isinstance(entry, dict):
        raise wrong_rule(file, name, right, "write the three keys")
    for key in entry:
        check_known(file, name, str(key), _LINE_KEYS)
    if not isinstance(entry.get("file"), str) or not isinstance(entry.get("line"), str):
        raise wrong_rule(file, name, right, "give file and line as texts, in quotes where needed")
    check_known(file, name, str(entry.get("fate")), _FATES)
    return (entry["file"], entry["line"].strip()), cast("Fate", entry["fate"])
