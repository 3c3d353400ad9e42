"""Loading and checking of rules/documents.yml: how documents are told apart from other titles in book marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from build_digest.errors import RuleError
from build_digest.shipped import read_shipped
from build_digest.text.patterns import compile_checked
from build_digest.text.script import fold
from build_digest.text.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern of names that stand without marks, the kind they are of, what to drop from the name, and what each has."""

    pattern: re.Pattern[str]
    kind: str
    drop: str
    has: str


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """Endings (kind and points), endings that only look so, signs, context words, known titles and unmarked forms."""

    endings: Mapping[str, tuple[str, float]]
    not_endings: frozenset[str]
    signs: tuple[tuple[re.Pattern[str], float], ...]
    before: Mapping[str, float]
    after: Mapping[str, float]
    titles: Mapping[str, tuple[str, str]]
    """What may be written, folded: the document's name and kind."""
    written: tuple[str, ...]
    """What is found without book marks, folded, the longest first."""
    any_written: re.Pattern[str]
    """Finds any of these: most lines have none."""
    forms: tuple[Form, ...]
    """Patterns of unmarked names."""

    def find_ending(self, name: str) -> tuple[str, str, float] | None:
        """The longest ending that a folded name has, with its kind and points; None if it only looks like one.

        >>> document_rules().find_ending("工业数据安全管理办法")
        ('办法', '法规', 2.0)
        >>> document_rules().find_ending("孙子兵法")
        """
        for start in range(max(0, len(name) - 8), len(name)):
            if name[start:] in self.not_endings:
                return None
            if name[start:] in self.endings:
                kind, points = self.endings[name[start:]]
                return name[start:], kind, points
        return None


@cache
def document_rules() -> DocumentRules:
    """The rules that ship with the package."""
    return load_document_rules(read_shipped("rules/documents.yml"))


def load_document_rules(text: str, file: str = "documents.yml") -> DocumentRules:
    """The rules that a YAML text gives; `RuleError` for one that fails its own example."""
    data: dict[str, Any] = read_yaml(text)
    endings = {
        fold(ending): (str(kind["kind"]), float(points))
        for kind in data["kinds"]
        for ending, points in kind["endings"].items()
    }
    titles = {fold(law): (law, data["kinds"][0]["kind"]) for law in data["laws"]}
    for title in data["titles"]:
        for written in (title["name"], *title.get("written", ())):
            titles[fold(written)] = (title["name"], title["kind"])
    unmarked = [fold(written) for title in data["titles"] for written in title.get("written", ())]
    unmarked += [fold(law) for law in data["laws"]]
    written = tuple(sorted(unmarked, key=lambda phrase: (-len(phrase), phrase)))
    rules = DocumentRules(
        endings=endings,
        not_endings=frozenset(fold(ending) for kind in data["kinds"] for ending in kind.get("not", ())),
        signs=tuple((compile_checked(file, sign), float(sign["points"])) for sign in data["signs"]),
        before={fold(word): float(points) for word, points in data["before"].items()},
        after={fold(word): float(points) for word, points in data["after"].items()},
        titles=titles,
        written=written,
        any_written=re.compile("|".join(map(re.escape, written)) or "(?!)"),
        forms=tuple(_make_form(file, form) for form in data["forms"]),
    )
    _check_kinds(file, data["kinds"], rules)
    return rules


def _make_form(file: str, rule: Mapping[str, Any]) -> Form:
    has = str(rule.get("has", ""))
    if has not in fold(rule["example"]):
        raise RuleError(file, rule["pattern"], f"has {has} in every match, but its example has it not", "mend either")
    return Form(compile_checked(file, rule), rule["kind"], rule.get("drop", ""), has)


def _check_kinds(file: str, kinds: list[dict[str, Any]], rules: DocumentRules) -> None:
    for kind in kinds:
        found = rules.find_ending(fold(kind["example"]))
        if found is None or found[1] != kind["kind"]:
            raise RuleError(
                file,
                kind["kind"],
                f"has no ending that its example {kind['example']} ends with",
                "add the ending or mend the example",
            )
