"""Patterns made of the words and expressions of a rule file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from build_digest.errors import RuleError
from build_digest.text.script import fold


def any_of(words: Iterable[str], read: Callable[[str], str] = fold) -> str:
    """A pattern for any of these words, each as `read` gives it, the longest first.

    >>> any_of(["水", "水庫", "A"])
    '(?:水库|a|水)'
    """
    return f"(?:{join_words(map(read, words))})"


def join_words(words: Iterable[str], write: Callable[[str], str] = re.escape) -> str:
    """The words as alternatives of a pattern, the longest first, each as `write` gives it; nothing for no words."""
    return "|".join(map(write, sorted(set(words), key=lambda word: (-len(word), word))))


def compile_checked(
    file: str, rule: Mapping[str, Any], name: str = "", read: Callable[[str], str] = fold
) -> re.Pattern[str]:
    """The `pattern` of a rule, once it has matched its `example` and passed by its `not`.

    Args:
        file: where the rule stands, for the message.
        rule: with `pattern`, `example` and perhaps `not`, one text or several.
        name: the entry, for the message; the pattern itself if it has none.
        read: what texts go through before the pattern is searched in them.

    Raises:
        RuleError: for a pattern that is none or that its own examples refute.
    """
    entry = name or rule["pattern"]
    try:
        pattern = re.compile(rule["pattern"])
    except re.error as error:
        remedy = r"mend the pattern; a bracket that is meant as such is written \( or \["
        raise RuleError(file, entry, f"the pattern is not a regular expression: {error}", remedy) from error
    if not pattern.search(read(rule["example"])):
        raise RuleError(
            file, entry, f"the pattern does not match its example {rule['example']!r}", "mend one of the two"
        )
    counters = rule.get("not", ())
    for counter in [counters] if isinstance(counters, str) else counters:
        if pattern.search(read(counter)):
            raise RuleError(file, entry, f"the pattern matches {counter!r}, which it must not", "narrow the pattern")
    return pattern
