#!/usr/bin/env python3
"""Attack every compiled pattern of the program: `make patterns`.

A pattern has to take as much longer as its text is longer; where it is only asked short texts, it stands in `SHORT` with
their length and has to take no more than a moment. Prints the slow ones, each with the text that shows it; exit code 1
where there is one. It measures time, so leave the machine alone meanwhile.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import build_digest
from build_digest.classification.line_rules import Matcher
from build_digest.rulebook import load_rulebook
from tools.pattern_attacks import ANCHORED, find_slow_text, list_attacks, measure

SHORT = {
    "classification.features:_DATED_BEHIND": 28,
    "classification.features:_TRUNCATED": 40,
    "classification.features:_ENGLISH": 400,
    "classification.title_copies:SEPARATOR": 200,
    "text.gates:_PIECE": 600,
    "compilations.beside:WAYS": 80,
    "mentions.citations:document_rules().signs": 120,
    "mentions.citations:_EDITION": 120,
    "mentions.citations:_PASSED_ON": 120,
    "mentions.figure_rules:figure_rules().compared": 120,
    "mentions.figure_rules:figure_rules().growth": 30,
    "metadata.labels:_AGO": 200,
    "rulebook:Rulebook.lines.heads": 200,
    "rulebook:Rulebook.lines.labels": 240,
    "rulebook:Rulebook.lines.matchers": 201,
    "summarise:summary_rules().announces": 120,
    "summarise:summary_rules().claims": 120,
}
"""Patterns that go back over a text, by the beginning of their names, and how long the texts are that they are asked."""
MOMENT = 0.02
"""CPU seconds for such a text; one of them in each line of a large source would be noticed."""

PACKAGE = Path(build_digest.__file__).parent
METHODS = "match|fullmatch|search|sub|subn|finditer|findall|split"

Name = str
_ASKED_ELSEWHERE = {"compose:_HEADING_FAMILIES": ["match"], "site.front_matter_faults:_FAULTS": ["match"]}
"""How those are asked that are taken out of a table first."""
Patterns = Mapping[Name, tuple[re.Pattern[Any], frozenset[str]]]
"""By where each stands: the pattern, and the ways in which it is asked (`match`, `fullmatch`, `search` for the rest)."""


def collect_patterns() -> Patterns:
    """What the modules hold, their tables and rules included, and the patterns that stand in a call of `re.…`."""
    found: dict[Name, re.Pattern[Any]] = {}
    seen: set[int] = set()
    for info in pkgutil.walk_packages([str(PACKAGE)], "build_digest."):
        if not info.name.endswith("__main__"):
            module = importlib.import_module(info.name)
            name = info.name.removeprefix("build_digest.")
            for key, value in list(vars(module).items()):
                _walk(value, f"{name}:{key}", found, seen)
    _walk(load_rulebook({}), "rulebook:Rulebook", found, seen)
    asked = _read_methods()
    patterns = {name: (pattern, asked(name)) for name, pattern in found.items()}
    return patterns | dict(_find_inline())


def _walk(value: object, name: Name, found: dict[Name, re.Pattern[Any]], seen: set[int]) -> None:
    """The patterns in a value and in what it holds; functions that load something once are asked for it."""
    if isinstance(value, (str, bytes, int, float)) or value is None or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern):
        found.setdefault(name, value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            _walk(item, f"{name}[{str(key)[:20]}]", found, seen)
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value):
            _walk(item, f"{name}[{place}]", found, seen)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            _walk(getattr(value, field.name), f"{name}.{field.name}", found, seen)
        if isinstance(value, Matcher):
            found.update((f"{name}.{rule.id}[{i}]", re.compile(value.each[i])) for i, rule in enumerate(value.rules))
    elif isinstance(getattr(value, "__self__", None), re.Pattern):
        _walk(value.__self__, name, found, seen)  # type: ignore[attr-defined]
    elif hasattr(value, "cache_info") and not inspect.signature(value).parameters:  # type: ignore[arg-type]
        _walk(value(), f"{name}()", found, seen)  # type: ignore[operator]


def _read_methods() -> Callable[[Name], frozenset[str]]:
    """How patterns are asked: private ones in their own module only, others anywhere."""
    sources = {path: path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    every = "\n".join(sources.values())

    def read(name: Name) -> frozenset[str]:
        module, _, place = name.partition(":")
        field = re.findall(r"\w+", re.sub(r"\[[^\]]*\]|\(\)", "", place))[-1]
        own = sources.get(PACKAGE / f"{module.replace('.', '/')}.py", every) if field.startswith("_") else every
        asked = re.findall(rf"\b{field}\.({METHODS})\b", own) or _ASKED_ELSEWHERE.get(
            name.partition("[")[0], ["search"]
        )
        return _simplify(asked)

    return read


def _simplify(methods: list[str]) -> frozenset[str]:
    return frozenset(method if method in ANCHORED else "search" for method in methods)


def _find_inline() -> Iterator[tuple[Name, tuple[re.Pattern[Any], frozenset[str]]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and re.fullmatch(rf"re\.({METHODS})", ast.unparse(node.func)):
                pattern, method = node.args[0], ast.unparse(node.func).removeprefix("re.")
                if isinstance(pattern, ast.Constant):
                    flags = re.DOTALL if "re.DOTALL" in ast.unparse(node) else re.NOFLAG
                    flags |= re.MULTILINE if "re.MULTILINE" in ast.unparse(node) else re.NOFLAG
                    name = f"{path.relative_to(PACKAGE).with_suffix('')}:{node.lineno}".replace("/", ".")
                    yield name, (re.compile(pattern.value, flags), _simplify([method]))


def main() -> int:
    """Attack them all."""
    patterns = {name: found for name, found in collect_patterns().items() if not _is_gate(name)}
    slow = 0
    for name, (pattern, methods) in sorted(patterns.items()):
        for method in sorted(methods):
            fault = find_fault(name, pattern, method)
            if fault:
                slow += 1
                print(f"{name}: {method} is slow on {fault}", flush=True)
    print(f"{len(patterns)} patterns, {slow} slow")
    return 1 if slow else 0


def _is_gate(name: Name) -> bool:
    """Whether a pattern is made of the rules, each of which is here by itself."""
    return ".gate." in name


def find_fault(name: Name, pattern: re.Pattern[Any], method: str) -> str | None:
    """What a pattern is slow on, for people, or None."""
    length = next((length for start, length in SHORT.items() if name.startswith(start)), None)
    if length is None:
        attack = find_slow_text(pattern, method)
        return attack and f"{attack[0]!r} and {attack[1]!r} again and again"
    seconds, attack = max((measure(pattern, method, *attack, length), attack) for attack in list_attacks(pattern))
    return f"{length} characters, {attack[0]!r} and {attack[1]!r} again and again" if seconds > MOMENT else None


if __name__ == "__main__":
    sys.exit(main())
