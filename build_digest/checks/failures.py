"""What stopped a run, as a problem like any other: with the line of the rule that is wrong, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from build_digest.errors import ConfigurationError, RuleError
from build_digest.model import Problem


def describe_failure(error: RuleError | ConfigurationError, text: str = "") -> Problem:
    """The failure as a problem of severity error.

    Args:
        error: what stopped the run.
        text: of the rule file that the error names, to find the entry's line in; empty where it is not at hand.

    >>> wrong = RuleError("rules/mine.yml", "menu", "expected a weight", "change 20")
    >>> describe_failure(wrong, "words:\\n- fate: boilerplate\\n  id: menu\\n  weight: 20\\n").line
    2
    """
    if isinstance(error, ConfigurationError):
        return Problem(error.file, None, "error", "configuration", error.message, error.remedy)
    line = find_entry(text, error.entry)
    return Problem(error.file, line, "error", "rule", f"{error.entry}: {error.message}", _begin(error.remedy))


def _begin(remedy: str) -> str:
    return remedy[:1].upper() + remedy[1:]


def find_entry(text: str, entry: str) -> int | None:
    """The line that an entry of a rule file begins at; None where it cannot be told.

    Args:
        text: of the rule file.
        entry: as `RuleError` names it: `line 3`, `entry 2 (消费)`, `lines, entry 2`, `labels: date`, a rule's id.
    """
    stated = re.match(r"line (\d+)", entry)
    if stated:
        return int(stated[1])
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    return next((node.start_mark.line + 1 for node in _find_nodes(root, entry)), None)


def _find_nodes(root: yaml.Node | None, entry: str) -> Iterator[yaml.Node]:
    """What an entry's name may mean: one of a list by its number, a rule by its id, a section by its name."""
    numbered = re.match(r"(?:(\w+), )?entry (\d+)", entry)
    if numbered:
        listed = _child(root, numbered[1]) if numbered[1] else root
        if isinstance(listed, yaml.SequenceNode):
            yield from listed.value[int(numbered[2]) - 1 : int(numbered[2])]
        return
    for section in _values(root):
        for node in section.value if isinstance(section, yaml.SequenceNode) else ():
            name = _child(node, "id")
            if name is not None and name.value == entry:
                yield node
    section_name, _, kind = entry.partition(": ")
    keys = (_pair(_child(root, section_name), kind)[0], _pair(root, section_name)[0])
    yield from (key for key in keys if key is not None)


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    return _pair(node, key)[1]


def _pair(node: yaml.Node | None, key: str) -> tuple[yaml.Node | None, yaml.Node | None]:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((pair for pair in pairs if pair[0].value == key), (None, None))


def _values(node: yaml.Node | None) -> list[yaml.Node]:
    return [value for _, value in node.value] if isinstance(node, yaml.MappingNode) else []
