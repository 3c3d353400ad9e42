"""One way to take a text apart: the heads of its articles and what stands before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from build_digest.compilations.collection import declared_in
from build_digest.compilations.contents import Contents
from build_digest.compilations.marks import Mark
from build_digest.compilations.rows import Row, worded
from build_digest.model import Found

Means = Literal[
    "contents",
    "rules",
    "ordinals",
    "top_headings",
    "headings",
    "head_lines",
    "bullets",
    "brackets",
    "closings",
    "blanks",
    "single_blanks",
    "records",
    "signed",
    "families",
    "turns",
    "exercises",
    "shapes",
    "bylines",
    "datelines",
]
"""By what a text may be taken apart."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where an article begins: its title's lines (`last` is before `first` where it has none), its title, the line
    that states it, how many lines of date and source stand right above the title, which lines beside it are known to
    state something about the article, and who wrote it, where a name stands beside the title here or in the list."""

    first: int
    last: int
    title: str
    stated: int
    mark: Mark
    above: int = 0
    known: tuple[int, ...] = ()
    author: Found | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to take a text apart.

    `means` says by what; `front` are the rows before the first article that are no part of a contents list; `missing` are
    titles that are listed but not found, with their lines; `groups` lines that head a group of articles; `remarks` what is
    said between the articles.
    """

    means: Means
    heads: tuple[Head, ...]
    front: tuple[Row, ...]
    declared: int | None = None
    contents: Contents | None = None
    groups: tuple[int, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    remarks: tuple[int, ...] = ()


def propose(means: Means, heads: Sequence[Head], rows: Sequence[Row], remarks: Sequence[int] = ()) -> Proposal:
    """The proposal to take a text apart at some heads, with what stands before the first and belongs to no article."""
    start = heads[0].first - heads[0].above
    outside = frozenset(remarks)
    front = tuple(row for row in worded(rows[: start - 1]) if row.number not in outside)
    return Proposal(means, tuple(heads), front, find_declared(front), remarks=tuple(remarks))


def find_declared(front: Sequence[Row]) -> int | None:
    """The number of articles that a line in front of them states."""
    return next((n for row in front if row.key and (n := declared_in(row.text)) is not None), None)
