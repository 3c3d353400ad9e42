"""Gates say yes to the same texts as a search."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_digest.text.gates import Gate, open_up

UNITS = st.sampled_from(["甲", "乙", "a", "[甲乙]", "[^甲]", r"\s", r"\(", ".", "$", "(?!甲)", "(?<!乙)", "(?:)"])
REPEATS = st.sampled_from(["", "", "", "?", "*", "??", "{0,2}"])
PARTS = st.recursive(
    st.builds(str.__add__, UNITS.filter(lambda unit: unit[0] not in "($"), REPEATS) | UNITS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3).map("".join)
        | st.builds(
            lambda parts, repeat: f"(?:{'|'.join(parts)}){repeat}", st.lists(inner, min_size=1, max_size=3), REPEATS
        )
        | st.builds(lambda parts: f"({'|'.join(parts)})", st.lists(inner, min_size=1, max_size=2))
    ),
    max_leaves=6,
)
PATTERNS = st.lists(st.builds(str.__add__, st.sampled_from(["", "^"]), PARTS), min_size=1, max_size=3).map("|".join)


@given(st.lists(PATTERNS, min_size=1, max_size=3), st.text("甲乙a( b", max_size=6))
def test_a_gate_opens_where_a_search_finds(patterns: list[str], text: str) -> None:
    assert Gate.of(patterns).opens(text) == any(re.search(pattern, text) for pattern in patterns)


@pytest.mark.parametrize(
    "pattern", [r"(甲|乙)\1", "(?P<x>甲|乙)(?P=x)", "(?:甲|乙)(?P<x>a)", "[^甲]乙", "甲*乙", "甲??乙", "甲?"]
)
def test_what_cannot_be_taken_apart_stays_whole(pattern: str) -> None:
    assert open_up(pattern) == [pattern]
