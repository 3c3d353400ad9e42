"""What the front of a text says for or against a compilation: its title, its contents list, and the text before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from build_digest.compilations.collection import names_collection
from build_digest.compilations.contents import Contents
from build_digest.compilations.proposal import Proposal
from build_digest.compilations.rows import Row, is_head_line
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import fold_title
from build_digest.text.script import to_simplified

UNUSUAL = ("roman", "letter", "square", "circled", "formal", "serial", "counted")
"""The kinds of mark that number articles rather than sections."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\s?[-年/.]")
_SERIAL = re.compile(r"[之(（][一二三四五六七八九十上中下][)）】」』》]?(?:$|[:：—])")
ENOUGH_LISTED = 4
"""The fewest titles of a list that speaks for a compilation by itself."""
FEWEST_AGAIN = 3
"""The fewest titles of a list that stand again."""
MOST_BEFORE = 3
"""Lines of a title and what belongs to it, before the first part."""


def share_marked(kinds: Sequence[tuple[str, ...]], *wanted: str) -> bool:
    """Whether more than half of some titles have one of the wanted marks."""
    return sum(any(kind in wanted for kind in mark) for mark in kinds) * 2 > len(kinds)


def front_signals(proposal: Proposal) -> Iterator[tuple[str, float]]:
    """The evidence of the front, by the names used in `rules/split.yml`, with its strength."""
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
    yield "compiled", any(_is_compiler(row) for row in proposal.front[1 : MOST_BEFORE + 1])
    preface = contents is not None and any(row.core in split_rules().words["prefaces"] for row in proposal.front)
    yield "preface", preface
    yield "numbered_list", _is_numbered(proposal)
    yield "columns", contents is not None and _is_in_columns(contents)
    yield "contents_behind", _is_listed_behind(proposal)
    marks = [head.mark.kinds for head in proposal.heads]
    paged = contents is not None and bool(contents.heading) and contents.paged
    yield "pages", paged and not share_marked(marks, "chinese", "paren", "section")
    yield "serial", sum(bool(_SERIAL.search(head.title)) for head in proposal.heads) * 2 > len(proposal.heads)
    text = [] if preface else text
    yield "lead", min(1.0 if proposal.contents else 4.0, sum(len(row.text) for row in text) / 200)


def _is_in_columns(contents: Contents) -> bool:
    """Whether several titles stand on most lines of a list; one numbered line without a heading is an outline."""
    lines = len({entry.lines for entry in contents.entries})
    outline = lines == 1 and contents.heading is None and contents.entries[0].number is not None
    return lines * 3 < len(contents.entries) * 2 and not outline


def _is_numbered(proposal: Proposal) -> bool:
    """Whether a list under a heading numbers the titles, and the body does so in a way that sections are not numbered."""
    contents = proposal.contents
    if contents is None or not contents.heading or contents.sections:
        return False
    listed = sum(entry.number is not None for entry in contents.entries) * 2 > len(contents.entries)
    return listed and share_marked([head.mark.kinds for head in proposal.heads], *UNUSUAL)


def _is_listed_behind(proposal: Proposal) -> bool:
    """Whether a list of contents at the end of the text names most titles."""
    contents = proposal.contents
    if contents is None or contents.first < proposal.heads[-1].first:
        return False
    listed = "\n".join(entry.whole for entry in contents.entries)
    return sum(fold_title(head.title) in listed for head in proposal.heads) >= 0.7 * len(proposal.heads)


def is_whole_list(proposal: Proposal, rows: Sequence[Row]) -> bool:
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
    return all(not row.says or row.number in proposal.groups for row in rows[contents.last : first.first - 1])


def is_of_book(front: Sequence[Row], rows: Sequence[Row]) -> bool:
    """Whether a title with who wrote or edited the book below it stands before text with heads on its pages."""
    credit = split_rules().credit.pattern
    credited = any(row.titlelike and credit.match(to_simplified(row.text)) for row in front[1:MOST_BEFORE])
    return credited and sum(row.noise == "running-head" for row in rows) > 1


def _is_compiler(row: Row) -> bool:
    """Whether a line says who put a collection together."""
    return bool(row.key and split_rules().compiler.pattern.match(to_simplified(row.text)))


def has_nothing_before(proposal: Proposal) -> bool:
    """Whether nothing but a title or two, and perhaps who compiled what follows, stands before the first part: no text,
    no date, no author."""
    front = [row for row in proposal.front if not _is_compiler(row)]
    return (
        proposal.contents is None
        and len(front) <= MOST_BEFORE
        and all(
            row.titlelike and not is_head_line(row.text) and not (number and _YEAR.search(row.text))
            for number, row in enumerate(front)
        )
    )


def recurs(proposal: Proposal) -> float:
    """How many of at least three titles of a list stand again in the text, as heads of articles."""
    contents = proposal.contents
    if proposal.means != "contents" or contents is None or len(proposal.heads) < FEWEST_AGAIN:
        return 0.0
    return len(proposal.heads) / (len(proposal.heads) + len(proposal.missing))
