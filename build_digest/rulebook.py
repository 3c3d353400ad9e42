"""All that an editor may change, loaded and checked: rules for lines, and the vocabulary of topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from build_digest.rules import Rules, load_rules
from build_digest.words.vocabulary import Vocabulary, load_vocabulary

_SHIPPED = ("boilerplate.yml", "metadata.yml", "topics.yml")


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules that decide what lines are, and the topics that articles may have."""

    lines: Rules
    topics: Vocabulary


def load_rulebook(files: Mapping[str, str]) -> Rulebook:
    """The shipped rules with an editor's own after them.

    Args:
        files: the editor's files, name to text; those named `topics….yml` hold topics, other YAML files rules.

    Raises:
        RuleError: a file, an entry or one of its examples is wrong.
    """
    folder = resources.files("build_digest") / "rules"
    every = {name: (folder / name).read_text("utf-8") for name in _SHIPPED} | dict(files)
    topics = {name: text for name, text in every.items() if name.rsplit("/", 1)[-1].startswith("topics")}
    lines = {name: text for name, text in every.items() if name not in topics}
    return Rulebook(load_rules(lines), load_vocabulary(topics))
