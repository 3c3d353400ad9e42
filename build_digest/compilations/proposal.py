"""One way to take a text apart: the heads of its articles and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass

from build_digest.compilations.contents import Contents
from build_digest.compilations.marks import Mark
from build_digest.compilations.rows import Row


@dataclass(frozen=True, slots=True)
class Head:
    """Where an article begins: its title's lines (`last` is before `first` where it has none), its title, the line
    that states it, how many lines of date and source stand right above the title, and which lines beside it are known to
    state something about the article."""

    first: int
    last: int
    title: str
    stated: int
    mark: Mark
    above: int = 0
    known: tuple[int, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to take a text apart.

    `means` says by what (contents, rules, ordinals, top_headings, headings, blanks, single_blanks); `front` are the rows before the first article
    that are no part of a contents list; `missing` are titles that are listed but not found, with their lines; `groups`
    lines that head a group of articles; `remarks` what is said between the articles.
    """

    means: str
    heads: tuple[Head, ...]
    front: tuple[Row, ...]
    declared: int | None = None
    contents: Contents | None = None
    groups: tuple[int, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()
    remarks: tuple[int, ...] = ()
