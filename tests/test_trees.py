"""Scoring by trees."""

from __future__ import annotations

import pytest

from build_digest.words.segment import data_lines
from build_digest.words.trees import Trees

NAMES = ("words", "times")


def test_gains_of_several_trees_are_added() -> None:
    trees = Trees.parse(["words 1 times 1 times 2 -50 10 20 70", "times 0 words inf words inf 5 5 -5 -5"], NAMES)
    assert trees.score([(1, 0), (1, 1), (1, 2), (2, 2), (2, 3)]) == [-0.045, -0.055, 0.005, 0.015, 0.065]


def test_nothing_to_score() -> None:
    assert Trees.parse(["words 1 times 1 times 2 -50 10 20 70"], NAMES).score([]) == []


def test_a_tree_of_an_unknown_feature_is_refused() -> None:
    with pytest.raises(KeyError, match="rarity"):
        Trees.parse(["rarity 1 times 1 times 2 0 0 0 0"], NAMES)


def test_the_shipped_trees_hold_numbers_and_names_of_features_alone() -> None:
    names, *lines = data_lines("data/keyword_trees.txt")
    trees = Trees.parse(lines, names.split(" "))
    assert trees.gains.shape == (len(lines), 4)
    assert all(line.isascii() for line in lines)
