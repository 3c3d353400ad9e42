"""Weighing whether a text that could be taken apart is a compilation at all.

Tearing an article apart is the worst mistake, so each proposal has to bring evidence; the weights are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import mean

from build_digest.compilations.attributions import ORIGINAL, are_reported, are_signed, find_attributions
from build_digest.compilations.closings import close_alike, find_editors_note
from build_digest.compilations.front_evidence import (
    ENOUGH_LISTED,
    UNUSUAL,
    front_signals,
    has_nothing_before,
    is_of_book,
    is_whole_list,
    recurs,
    share_marked,
)
from build_digest.compilations.parts import have_heads, middle_length, restart, share_headings
from build_digest.compilations.proposal import Proposal
from build_digest.compilations.rows import Row, is_head_line, is_sentence
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.surroundings import are_verse, count_idle, share_without_text
from build_digest.compilations.title_words import find_echo
from build_digest.compilations.titles import fold_title
from build_digest.text.script import to_simplified

SHORTEST_TITLE = 3
"""Letters of the titles, on average, below which numbered parts are those of one text: 其一 井, 其二 灶."""
FEWEST_SHARING = 3
"""So few parts may share their headings by chance: two things compared under the same heads."""
NEARLY_ALL = 0.8
"""The share of the parts with a note of the editor from which on one stands behind each."""
LONGEST_SECTION = 8
"""Characters of a title of a section that is told by its last word."""
FEWEST_ABOUT = 3
"""The fewest parts that show whether they are about what the title of all names."""
FEW_ABOUT = 0.5
"""The share of them below which they are rather not."""
SPARSE, DENSE = 0.15, 0.35
"""How often one of its pairs of characters stands in a part from where on the parts are rather about it, and surely."""
LONGEST_TEASER = 60
"""Characters of a part that could be the teaser of an article rather than the article."""


def weigh(proposal: Proposal, rows: Sequence[Row]) -> dict[str, float]:
    """The evidence for a proposal, by the names used in `rules/split.yml`; its sum decides."""
    weights = split_rules().evidence
    found: dict[str, float] = {}
    for name, strength in _signals(proposal, rows):
        if strength:
            found[name] = weights[name] * strength
    return found


def _signals(proposal: Proposal, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    front = dict(front_signals(proposal))
    yield from front.items()
    attributed = _have_authors(proposal) or is_attributed(_segments(proposal, rows))
    for name, strength in _title_signals(proposal):
        yield name, strength / 3 if attributed and name in ("section_marks", "decimal_marks", "chapters") else strength
    yield "questions", sum(head.title.endswith(("？", "?")) for head in proposal.heads) * 2 > len(proposal.heads)
    parts = dict(_part_signals(proposal, rows))
    yield from parts.items()
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
    if parts.get("ordinal_marks"):
        letters = mean(len(fold_title(head.title)) for head in proposal.heads)
        yield "short_titles", not told and letters < SHORTEST_TITLE
        yield "under_title", bool(proposal.front) and not told and not front["weak_collection_word"] and not attributed
    elif not told:
        yield from _doubts(proposal, rows, attributed or proposal.means in ("head_lines", "signed", "datelines"))


def _have_authors(proposal: Proposal) -> bool:
    """Whether names stand beside the titles: in a list of contents, where notes may too, most with a usual family name."""
    authors = [head.author for head in proposal.heads if head.author]
    contents = proposal.contents
    listed = range(contents.first, contents.last + 1) if contents else ()
    named = sum(to_simplified(author.value).startswith(split_rules().surnames) for author in authors)
    return bool(authors) and (authors[0].line not in listed or named * 2 >= len(authors))


def _title_signals(proposal: Proposal) -> Iterator[tuple[str, float]]:
    marks = [head.mark.kinds for head in proposal.heads]
    listed = [entry.kinds for entry in proposal.contents.entries] if proposal.contents else []
    yield "article_marks", share_marked(marks, "article", "sample") or share_marked(listed, "article", "sample", "《")
    yield "chapters", share_marked(marks, "section") or share_marked(listed, "section")
    yield "section_marks", share_marked(marks, "chinese", "paren")
    spaced = sum(bool(re.match(r"\d{1,3}[\s　]", head.title)) for head in proposal.heads) * 2 > len(marks)
    decimal = spaced or share_marked(marks, "decimal", "circled", "square")
    yield "decimal_marks", decimal and (2 / 3 if proposal.contents else 1)
    yield "top_headings", proposal.means == "top_headings"
    titles = [fold_title(head.title) for head in proposal.heads]
    yield "section_titles", sum(map(is_section_title, titles)) / len(titles)
    length = mean(map(len, titles))
    yield "long_titles", min(1.0, max(0.0, (length - 8) / 8))


def is_section_title(title: str) -> bool:
    """Whether a folded title is rather that of a section: 概述, 主要做法, 存在的问题."""
    words = split_rules().words
    short = len(title) <= LONGEST_SECTION and title.endswith(tuple(sorted(words["section_endings"])))
    return short or title in words["section_titles"]


def _part_signals(proposal: Proposal, rows: Sequence[Row]) -> Iterator[tuple[str, float]]:
    segments = _segments(proposal, rows)
    starts = [head.first for head in proposal.heads]
    long = split_rules().long_part
    middle = middle_length(segments)
    yield "long_parts", 0 if middle < long / 2 else min(1.0, middle / long)
    yield "restarts", restart(segments)
    yield "shared_headings", len(segments) > FEWEST_SHARING and share_headings(segments)
    attributed = _have_authors(proposal) or is_attributed(segments)
    whole_list = is_whole_list(proposal, rows)
    idle, without_text = count_idle(proposal.front, segments), share_without_text(segments)
    if without_text and (attributed or whole_list) and are_verse(segments):
        idle = without_text = 0.0
    yield "idle", idle
    yield "without_text", without_text
    marks = [head.mark.kinds for head in proposal.heads]
    yield "page_heads", _are_on_pages(proposal.front, segments)
    noted = sum(map(bool, map(find_editors_note, segments)))
    yield "editors_notes", noted > 1 and (1.5 if noted >= max(ENOUGH_LISTED, NEARLY_ALL * len(segments)) else 1)
    if len(proposal.heads) >= ENOUGH_LISTED and not idle and not without_text and has_nothing_before(proposal):
        yield "nothing_before", 0.7 + 0.3 * share_marked(marks, *UNUSUAL, "article")
        yield "ordinal_marks", share_marked(marks, *UNUSUAL)
        yield "sign_marks", share_marked(marks, "sign", "bullet")
    yield "recurring_list", recurs(proposal)
    yield "attributed", attributed
    dated = sum(is_head_line(rows[head.first - 1].text) for head in proposal.heads) >= NEARLY_ALL * len(proposal.heads)
    yield "heads", not attributed and (dated or have_heads(segments))
    yield "records", proposal.means == "records" and all(head.known for head in proposal.heads)
    yield "signed", proposal.means == "signed"
    yield "book", is_of_book(proposal.front, rows)
    yield "turns", proposal.means == "turns"
    yield "exercises", proposal.means == "exercises"
    yield "heads_above", proposal.means == "head_lines"
    yield "closings", close_alike(segments)
    yield "whole_list", whole_list
    above = [rows[max(0, start - 4) : start - 1] for start in starts[1:]]
    yield "rules", proposal.means == "rules" or all(any(row.rule for row in before) for before in above)
    yield "single_blanks", proposal.means == "single_blanks"
    yield "isolated", proposal.means == "blanks" or _isolated(proposal, rows)


def _title_words(
    proposal: Proposal, segments: Sequence[Sequence[Row]], rows: Sequence[Row]
) -> Iterator[tuple[str, float]]:
    """Whether the parts speak of what the title of all names; that of an article stands among the menus of its page."""
    titles = [row.text for row in proposal.front if row.titlelike] if len(segments) >= FEWEST_ABOUT else []
    notes = {number for segment in segments for number in find_editors_note(segment)}
    texts = [[row for row in segment if row.number not in notes] for segment in segments]
    echoes = [echo for title in titles if (echo := find_echo(title, texts))]
    if echoes:
        echo = max(echoes, key=lambda echo: echo.share)
        days = share_marked([rows[head.first - 1].mark.kinds for head in proposal.heads], "day")
        yield "title_absent", not days and max(0.0, 1 - echo.share / FEW_ABOUT)
        dense = (echo.density - SPARSE) / (DENSE - SPARSE)
        yield "title_recurs", min(1.0, max(0.0, dense)) if echo.share > FEW_ABOUT else 0.0


def _doubts(proposal: Proposal, rows: Sequence[Row], attributed: bool) -> Iterator[tuple[str, float]]:
    """What speaks against a compilation that does not call itself one; parts that are counted as articles are may be
    short."""
    yield "few_parts", len(proposal.heads) < 4
    letters = mean(len(fold_title(head.title)) for head in proposal.heads)
    segments = _segments(proposal, rows)
    named = attributed or (len(segments) > FEWEST_SHARING and share_headings(segments))
    yield "short_titles", 0.0 if named else min(1.0, max(0.0, (5 - letters) / 2))
    lower = sum(rows[head.first - 1].text.lstrip().startswith("##") for head in proposal.heads)
    yield "subheadings", not attributed and lower * 2 > len(proposal.heads)
    told = (
        attributed or proposal.means == "records" or have_heads(segments) or close_alike(segments) or restart(segments)
    )
    short = 1 - middle_length(segments) / split_rules().short_part
    lines = [sum(map(is_sentence, segment)) for segment in segments]
    brief = sum(n < 2 for n in lines) >= 0.8 * len(lines) and middle_length(segments) < LONGEST_TEASER
    teasers = brief and proposal.means != "datelines" and not (attributed and are_verse(segments))
    yield "teasers", teasers
    if not teasers:
        yield from _title_words(proposal, segments, rows)
    yield "short_parts", 0.0 if told else max(0.0, short)


def _are_on_pages(front: Sequence[Row], segments: Sequence[Sequence[Row]]) -> bool:
    """Whether heads of a newspaper's pages stand right above several titles."""
    pattern = split_rules().page_head.pattern
    above = [row for rows in (front, *segments) for row in rows[-1:]]
    return sum(bool(row.key and pattern.match(to_simplified(row.text))) for row in above) > 1


def is_attributed(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether most parts say who wrote them, when or where, each in the same way and not all the same."""
    lines = find_attributions(segments)
    stated = [[row.key for row in rows if lines.get(row.number, ORIGINAL) != ORIGINAL] for rows in segments]
    several = len({tuple(keys) for keys in stated if keys}) > 1 and sum(map(bool, stated)) >= 0.6 * len(stated)
    return several or are_reported(segments) or are_signed(segments)


def _segments(proposal: Proposal, rows: Sequence[Row]) -> list[list[Row]]:
    """What stands below each title and before the next."""
    ends = [head.first - head.above for head in proposal.heads[1:]] + [len(rows) + 1]
    remarks = frozenset(proposal.remarks)
    return [
        [row for row in rows[head.last : end - 1] if not row.empty and row.number not in remarks]
        for head, end in zip(proposal.heads, ends, strict=True)
    ]


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
