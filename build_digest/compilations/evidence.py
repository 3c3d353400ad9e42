"""Weighing whether a text that could be taken apart is a compilation at all.

Tearing an article apart is the worst mistake, so each proposal has to bring evidence; the weights are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median

from build_digest.compilations.closings import close_alike
from build_digest.compilations.collection import names_collection
from build_digest.compilations.contents import Contents
from build_digest.compilations.rows import Row, is_head_line
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import Mark, fold_title
from build_digest.text.characters import HAN

FEWEST_NAMES = 3
"""The fewest different names below titles that are taken for those of authors."""
ENOUGH_LISTED = 4
"""The fewest titles of a list that speaks for a compilation by itself."""
_SERIAL = re.compile(r"[之(（][一二三四五六七八九十上中下][)）】」』》]?(?:$|[:：—])")
_NAME = re.compile(rf"[(（□■○●◎]?\s?[{HAN}]{{2,4}}\s?[)）]?|[{HAN}]　[{HAN}]")


@dataclass(frozen=True, slots=True)
class Head:
    """Where an article begins: its title's lines (`last` is before `first` where it has none), its title, the line
    that states it, and how many lines of date and source stand right above the title."""

    first: int
    last: int
    title: str
    stated: int
    mark: Mark
    above: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to take a text apart.

    `means` says by what (contents, rules, ordinals, top_headings, headings, blanks, single_blanks); `front` are the rows before the first article
    that are no part of a contents list; `missing` are titles that are listed but not found, with their lines; `groups`
    lines that head a group of articles.
    """

    means: str
    heads: tuple[Head, ...]
    front: tuple[Row, ...]
    declared: int | None = None
    contents: Contents | None = None
    groups: tuple[int, ...] = ()
    missing: tuple[tuple[int, str], ...] = ()


def weigh(proposal: Proposal, rows: Sequence[Row]) -> dict[str, float]:
    """The evidence for a proposal, by the names used in `rules/split.yml`; its sum decides."""
    weights = split_rules().evidence
    found: dict[str, float] = {}
    for name, strength in _signals(proposal, rows):
        if strength:
            found[name] = weights[name] * strength
    return found


def _signals(proposal: Proposal, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    front = dict(_front_signals(proposal))
    yield from front.items()
    yield from _title_signals(proposal)
    yield from _part_signals(proposal, rows)
    told = any(
        front[name]
        for name in (
            "collection_word",
            "declared_right",
            "preface",
            "pages",
            "serial",
            "columns",
            "contents_behind",
            "numbered_list",
        )
    )
    if not told and proposal.means != "head_lines":
        yield from _doubts(proposal, rows)


def _front_signals(proposal: Proposal) -> Iterator[tuple[str, float]]:
    titles = [row.key for row in proposal.front if row.titlelike][:3]
    strong = any(names_collection(key) for key in titles)
    yield "collection_word", strong
    yield "weak_collection_word", not strong and any(names_collection(key, weakly=True) for key in titles)
    yield "declared", proposal.declared is not None
    yield "declared_right", proposal.declared == len(proposal.heads)
    contents = proposal.contents
    if contents and contents.heading:
        yield ("section_heading" if contents.sections else "contents_heading"), 1
        yield "nothing_above", not proposal.front
    text = [row for row in proposal.front if not row.empty and not row.titlelike and "。" in row.text]
    preface = contents is not None and any(row.core in split_rules().words["prefaces"] for row in proposal.front)
    yield "preface", preface
    yield "numbered_list", _is_numbered(proposal)
    yield "columns", contents is not None and len({e.lines for e in contents.entries}) * 3 < len(contents.entries) * 2
    yield "contents_behind", _is_listed_behind(proposal)
    yield "pages", contents is not None and bool(contents.heading) and contents.paged
    yield "serial", sum(bool(_SERIAL.search(head.title)) for head in proposal.heads) * 2 > len(proposal.heads)
    text = [] if preface else text
    yield "lead", min(1.0 if proposal.contents else 4.0, sum(len(row.text) for row in text) / 200)


def _title_signals(proposal: Proposal) -> Iterator[tuple[str, float]]:
    marks = [head.mark.kinds for head in proposal.heads]
    listed = [entry.kinds for entry in proposal.contents.entries] if proposal.contents else []
    yield "article_marks", _share(marks, "article", "sample") or _share(listed, "article", "sample", "《")
    yield "chapters", _share(marks, "section") or _share(listed, "section")
    yield "section_marks", _share(marks, "chinese", "paren")
    spaced = sum(bool(re.match(r"\d{1,3}[\s　]", head.title)) for head in proposal.heads) * 2 > len(marks)
    decimal = spaced or _share(marks, "decimal", "circled", "square")
    yield "decimal_marks", decimal and (2 / 3 if proposal.contents else 1)
    yield "top_headings", proposal.means == "top_headings"
    titles = [fold_title(head.title) for head in proposal.heads]
    yield "section_titles", sum(title in split_rules().words["section_titles"] for title in titles) / len(titles)
    length = mean(map(len, titles))
    yield "long_titles", min(1.0, max(0.0, (length - 8) / 8))


def _share(kinds: Sequence[tuple[str, ...]], *wanted: str) -> bool:
    """Whether more than half of some titles have one of the wanted marks."""
    return sum(any(kind in wanted for kind in mark) for mark in kinds) * 2 > len(kinds)


def _part_signals(proposal: Proposal, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    segments = _segments(proposal, rows)
    starts = [head.first for head in proposal.heads]
    long = split_rules().long_part
    middle = _middle_length(segments)
    yield "long_parts", 0 if middle < long / 2 else min(1.0, middle / long)
    yield "restarts", _restart(segments)
    yield "heads", _have_heads(segments)
    yield "heads_above", proposal.means == "head_lines"
    yield "closings", close_alike(segments)
    yield "whole_list", _is_whole_list(proposal, rows)
    above = [rows[max(0, start - 4) : start - 1] for start in starts[1:]]
    yield "rules", proposal.means == "rules" or all(any(row.rule for row in before) for before in above)
    yield "single_blanks", proposal.means == "single_blanks"
    yield "isolated", proposal.means == "blanks" or _isolated(proposal, rows)


def _doubts(proposal: Proposal, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    """What speaks against a compilation that does not call itself one."""
    yield "few_parts", len(proposal.heads) < 4
    yield "short_titles", mean(len(fold_title(head.title)) for head in proposal.heads) < 5
    lower = sum(rows[head.first - 1].text.lstrip().startswith("##") for head in proposal.heads)
    yield "subheadings", lower * 2 > len(proposal.heads)
    segments = _segments(proposal, rows)
    told = _have_heads(segments) or close_alike(segments) or _restart(segments)
    yield "short_parts", not told and _middle_length(_segments(proposal, rows)) < split_rules().short_part


def _restart(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether several parts number their own sections from one on."""
    restarts = sum(
        any(row.mark.number == 1 and row.mark.kinds[0] in ("chinese", "decimal", "paren") for row in s)
        for s in segments
    )
    return restarts >= 2 and restarts * 3 >= len(segments)


def _have_heads(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether half of the parts begin with an author, a source or a date, or most with a name alone on its line."""
    heads = sum(any(is_head_line(row.text) for row in s[:3] if row.key) for s in segments)
    return (heads >= 2 and heads * 2 >= len(segments)) or have_names(segments)


def have_names(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether most parts begin with a name alone on its line."""
    firsts = [[row for row in segment if not row.empty and not row.rule][:2] for segment in segments]
    names = [
        two[0].key for two in firsts if len(two) > 1 and _NAME.fullmatch(two[0].text.strip()) and not two[1].titlelike
    ]
    return len(set(names)) >= FEWEST_NAMES and len(names) * 3 >= len(segments) * 2


def _is_numbered(proposal: Proposal) -> bool:
    """Whether a list under a heading numbers the titles, and the body does so in a way that sections are not numbered."""
    contents = proposal.contents
    if contents is None or not contents.heading or contents.sections:
        return False
    listed = sum(entry.number is not None for entry in contents.entries) * 2 > len(contents.entries)
    return listed and _share([head.mark.kinds for head in proposal.heads], "roman", "letter", "square", "circled")


def _is_listed_behind(proposal: Proposal) -> bool:
    """Whether a list of contents at the end of the text names most titles."""
    contents = proposal.contents
    if contents is None or contents.first < proposal.heads[-1].first:
        return False
    listed = "\n".join(entry.whole for entry in contents.entries)
    return sum(fold_title(head.title) in listed for head in proposal.heads) >= 0.7 * len(proposal.heads)


def _is_whole_list(proposal: Proposal, rows: Sequence[Row]) -> bool:
    """Whether a list under a heading stands right below a title, and each of its entries heads a text further down,
    with nothing before the first of them."""
    contents = proposal.contents
    if contents is None or not contents.heading or contents.sections or len(proposal.missing) * 5 > len(proposal.heads):
        return False
    preface = any(row.core in split_rules().words["prefaces"] for row in proposal.front)
    if len(proposal.heads) < ENOUGH_LISTED or any(
        not row.titlelike and "。" in row.text for row in proposal.front if not preface
    ):
        return False
    if any(fold_title(head.title) in split_rules().words["section_titles"] for head in proposal.heads):
        return False
    first = proposal.heads[0]
    return all(row.empty or row.rule or row.number in proposal.groups for row in rows[contents.last : first.first - 1])


def _segments(proposal: Proposal, rows: Sequence[Row]) -> list[list[Row]]:
    """What stands below each title and before the next."""
    ends = [head.first for head in proposal.heads[1:]] + [len(rows) + 1]
    return [
        [row for row in rows[head.last : end - 1] if not row.empty]
        for head, end in zip(proposal.heads, ends, strict=True)
    ]


def _middle_length(segments: Sequence[Sequence[Row]]) -> float:
    return median(sum(len(row.text) for row in segment) for segment in segments)


def _isolated(proposal: Proposal, rows: Sequence[Row]) -> bool:
    """Whether two blank lines stand before nearly all titles and before hardly any other line."""
    starts = {head.first for head in proposal.heads[1:]}
    gaps = [
        row.number
        for row in rows[proposal.heads[0].first :]
        if not row.blank and row.number > 2 and rows[row.number - 2].blank and rows[row.number - 3].blank
    ]
    found = sum(number in starts for number in gaps)
    return found >= 0.8 * len(starts) and found >= 0.8 * len(gaps)
