"""The command that attacks patterns looks at all of them, with texts that would make them go back."""

from __future__ import annotations

import re

import pytest

from tools.pattern_attacks import list_attacks
from tools.patterns import SHORT, collect_patterns


@pytest.mark.parametrize(
    ("pattern", "piece"),
    [(r"\s+$", " "), (r"(?:a|aa)+b", "a"), (r"(?:x\w*)*y", "x"), (r"(?<!\s)\s+x", " "), (r"第[一二]{60,}章", "一")],
)
def test_a_pattern_is_attacked_with_what_it_takes_again_and_again(pattern: str, piece: str) -> None:
    assert piece in {attack for _, attack in list_attacks(re.compile(pattern))}


def test_all_patterns_are_looked_at() -> None:
    patterns = collect_patterns()
    modules = {name.partition(":")[0] for name in patterns}
    assert {"checks.check_links", "checks.check_text", "classification.outline", "rulebook", "site.feeds"} <= modules
    assert len(patterns) > 400
    assert all(any(name.startswith(start) for name in patterns) for start in SHORT)
