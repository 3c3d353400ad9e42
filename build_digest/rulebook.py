"""All that an editor may change, loaded and checked: rules for lines, and the vocabulary of topics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from build_digest.fingerprints import hash_parts
from build_digest.rules import Rules, load_rules, read_shipped_rules
from build_digest.shipped import read_shipped
from build_digest.words.vocabulary import Vocabulary, load_vocabulary

_FIRST_TOPIC = re.compile(r"-\s+(?:\{\s*)?(?:name|aliases|broader|terms)\s*:")
_TOPICS = "topics.yml"


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The rules that decide what lines are, and the topics that articles may have.

    `fingerprint` is the same for the same rule files only.
    """

    lines: Rules
    topics: Vocabulary
    fingerprint: bytes


def load_rulebook(files: Mapping[str, str]) -> Rulebook:
    """The shipped rules with an editor's own after them.

    Args:
        files: the editor's files, name to text, with topics or with rules for lines.

    Raises:
        RuleError: a file, an entry or one of its examples is wrong.
    """
    every = {**read_shipped_rules(), _TOPICS: read_shipped(f"rules/{_TOPICS}"), **files}
    topics = {name: text for name, text in every.items() if holds_topics(name, text)}
    lines = {name: text for name, text in every.items() if name not in topics}
    fingerprint = hash_parts(part for entry in every.items() for part in entry)
    return Rulebook(load_rules(lines), load_vocabulary(topics), fingerprint)


def holds_topics(name: str, text: str) -> bool:
    """Whether a rule file holds topics: it is called `topics….yml`, or it is a list whose first entry is one of a topic.

    >>> holds_topics("rules/topics.yml", ""), holds_topics("new.yml", "# 新\\n- name: 渔业"), holds_topics("a.yml", "words: []")
    (True, True, False)
    """
    if name.rsplit("/", 1)[-1].startswith("topics"):
        return True
    lines = (line for line in text.split("\n") if line.strip() and not line.startswith(("#", "---")))
    return bool(_FIRST_TOPIC.match(next(lines, "")))
