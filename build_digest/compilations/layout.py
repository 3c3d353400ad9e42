"""The layout of a compilation: which lines are whose, once it is known where its articles begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from build_digest.compilations.attributions import find_attributions
from build_digest.compilations.closings import behind_closing, close_alike, find_editors_note
from build_digest.compilations.collection import is_count, names_collection
from build_digest.compilations.colophons import find_outside
from build_digest.compilations.groups import find_group_headings
from build_digest.compilations.heads_above import with_lines_above
from build_digest.compilations.parts import have_names
from build_digest.compilations.promotion import find_advertisement, repeated_tails, trailing_promotion
from build_digest.compilations.proposal import Head, Proposal
from build_digest.compilations.rows import Row
from build_digest.compilations.titles import fold_title, unwrap
from build_digest.model import Found

_MUCH = 300
"""So many characters of text outside all articles are more than a preface."""


@dataclass(frozen=True, slots=True)
class Part:
    """One article: its extent, titles included, and its title.

    `title_lines` are all copies of the title within the extent; `title_from` is the line that states the title, which
    stands in the contents list where the body lacks it (and is 0 where there is no title); `closes` tells whether the
    articles of the collection end in a line that says where they come from, `named` whether they begin with a name;
    `head_lines` are lines that state something about the article and nothing else, `name_lines` those of them that are
    nothing but a name, once that is known; `author` is the name beside the title,
    or beside it in the contents list.
    """

    first: int
    last: int
    title: str
    title_lines: tuple[int, ...]
    title_from: int
    closes: bool = False
    named: bool = False
    head_lines: tuple[int, ...] = ()
    name_lines: tuple[int, ...] = ()
    author: Found | None = None


@dataclass(frozen=True, slots=True)
class Other:
    """A line that belongs to no article, and the rule that says why."""

    line: int
    rule: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something about a compilation that an editor should know: line, severity, code, message and remedy."""

    line: int | None
    severity: Literal["note", "warning"]
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is made up. Every line is in exactly one of `title`, `contents`, `other` and the parts' extents
    (a line of `other` may lie within an extent, and is then not the part's)."""

    kind: Literal["article", "compilation"]
    title: int | None
    contents: tuple[int, ...]
    parts: tuple[Part, ...]
    other: tuple[Other, ...] = ()
    declared: int | None = None
    problems: tuple[Oddity, ...] = ()


def lay_out(proposal: Proposal, rows: Sequence[Row]) -> Layout:
    """Give every line of a compilation its place."""
    contents = _contents_lines(proposal)
    proposal = with_lines_above(proposal, rows)
    starts = [head.first - head.above for head in proposal.heads]
    segments = [
        rows[first - 1 : end - 1] for first, end in zip(starts, [*starts[1:], _end(proposal, rows)], strict=True)
    ]
    below = [
        segment[head.last - head.first + 1 + head.above :]
        for head, segment in zip(proposal.heads, segments, strict=True)
    ]
    groups = find_group_headings([row for row in rows[: starts[0] - 1] if row.number not in contents], below)
    title = _title_line([row for row in proposal.front if row.number not in groups])
    other = groups | _lines_of_none(proposal, segments)
    for segment in segments:
        other |= dict.fromkeys(find_editors_note([row for row in segment if row.number not in other]), "editor-note")
    parts = []
    closes = close_alike([[row for row in segment if row.number not in other] for segment in segments])
    other |= find_outside(
        rows[: starts[0] - 1], [[row for row in segment if row.number not in other] for segment in below]
    )
    named = have_names(below)
    stating = find_attributions([[row for row in segment if row.number not in other] for segment in below])
    for head, segment in zip(proposal.heads, segments, strict=True):
        other |= _edges(head, segment, other)
        lines = tuple(row.number for row in segment if row.number in stating or row.number in head.known)
        parts.append(
            replace(_make_part(head, segment, other), closes=closes, named=named, head_lines=lines, author=head.author)
        )
    for row in rows[: starts[0] - 1]:
        if row.number != title and row.number not in contents:
            other.setdefault(row.number, "blank" if row.blank else row.noise or ("rule" if row.rule else "front"))
    orphans = [rows[n - 1] for n, rule in sorted(other.items()) if rule == "front" and _is_text(rows[n - 1])]
    notes = [rows[n - 1] for n, rule in sorted(other.items()) if rule == "editor-note"]
    return Layout(
        "compilation",
        title,
        contents,
        tuple(parts),
        tuple(Other(line, rule) for line, rule in sorted(other.items())),
        proposal.declared,
        (*_note_orphans(orphans), *_note_editors(notes), *_note_missing(proposal, title)),
    )


def _end(proposal: Proposal, rows: Sequence[Row]) -> int:
    """The line behind the last article: the list of contents, where that stands behind."""
    contents = proposal.contents
    return contents.first if contents and contents.first > proposal.heads[-1].first else len(rows) + 1


def _lines_of_none(proposal: Proposal, segments: Sequence[Sequence[Row]]) -> dict[int, str]:
    """The lines between and within the articles that belong to none, with the rule that says so."""
    other = dict.fromkeys(proposal.groups, "group-heading") | dict.fromkeys(proposal.remarks, "remark")
    for segment in segments:
        other |= dict.fromkeys([*behind_closing(segment), *find_advertisement(segment)], "promotion")
    other |= {row.number: row.noise for segment in segments for row in segment if row.noise}
    rest = [[row for row in segment if row.number not in other] for segment in segments]
    for segment in rest:
        other |= dict.fromkeys(trailing_promotion(segment), "promotion")
    rest = [[row for row in segment if row.number not in other] for segment in rest]
    other |= dict.fromkeys(sorted(repeated_tails(rest)), "repeated-tail")
    return other


def _edges(head: Head, segment: Sequence[Row], other: Mapping[int, str]) -> dict[int, str]:
    """The blank and drawn lines at the end of an article, and the drawn ones around its title."""
    kept = [row.number for row in segment if row.says and row.number not in other]
    last = max(kept, default=head.last)
    text = min((number for number in kept if number > head.last and number not in head.known), default=last)
    edges = {row.number: "rule" for row in segment if row.rule and head.first < row.number < text}
    return edges | {
        row.number: "blank" if row.blank else "rule" for row in segment if row.number > last and row.number not in other
    }


def _make_part(head: Head, segment: Sequence[Row], other: Mapping[int, str]) -> Part:
    own = [row for row in segment if row.number not in other]
    last = max((row.number for row in own), default=head.last)
    below = next((row for row in own if row.number > head.last and not row.empty), None)
    titles = {
        row.number for row in own if row.key and (_is_copy(row, head, segment) or _is_loose_copy(row, head, below))
    }
    return Part(
        head.first - head.above,
        last,
        head.title,
        tuple(sorted(titles | {*range(head.first, head.last + 1)})),
        head.stated,
    )


def _is_copy(row: Row, head: Head, segment: Sequence[Row]) -> bool:
    """Whether a line repeats the title to the letter; a section heading often differs from it by a space or a colon."""
    if head.last >= head.first and row.text.strip() == segment[head.above].text.strip():
        return True
    return head.title in (row.text.strip(), unwrap(row.text[row.mark.start :]))


def _is_loose_copy(row: Row, head: Head, below: Row | None) -> bool:
    """Whether a line right below a title repeats it, if with other spaces or marks."""
    return row is below and head.last >= head.first and row.core == fold_title(head.title)


def _title_line(front: Sequence[Row]) -> int | None:
    """The compilation's own title: the first line of its front that could be one, one with 汇编 or the like before others."""
    titles = [row for row in front if row.titlelike and not is_count(row.text)]
    named = [row for row in titles if names_collection(row.key)]
    return next((row.number for row in [*named, *titles]), None)


def _contents_lines(proposal: Proposal) -> tuple[int, ...]:
    contents = proposal.contents
    counts = [row.number for row in proposal.front if row.key and is_count(row.text)]
    listed = range(contents.first, contents.last + 1) if contents else ()
    return tuple(sorted({*counts, *listed}))


def _is_text(row: Row) -> bool:
    return not row.titlelike and "。" in row.text


def _note_orphans(orphans: Sequence[Row]) -> Iterator[Oddity]:
    """Text before the first article: a preface, or an article that nothing announces."""
    if orphans:
        much = sum(len(row.text) for row in orphans) >= _MUCH
        yield Oddity(
            orphans[0].number,
            "warning" if much else "note",
            "text-outside-articles",
            "has text before its first article that belongs to none",
            "If it is an article, give it a title as the others have; a preface can stay as it is.",
        )


def _note_editors(notes: Sequence[Row]) -> Iterator[Oddity]:
    """What the editor of the collection says between the articles."""
    if notes:
        yield Oddity(
            notes[0].number,
            "note",
            "editors-notes",
            "has notes of its editor behind articles, which belong to none",
            "If such a note is part of the article, settle its line in corpus/rules/lines.yml.",
        )


def _note_missing(proposal: Proposal, title_line: int | None) -> Iterator[Oddity]:
    """Listed titles that the body lacks, and a count that does not come out."""
    found = len(proposal.heads)
    for line, title in proposal.missing:
        yield Oddity(
            line,
            "warning",
            "listed-not-found",
            f"lists {title!r} in its contents, but no such title was found below",
            "If the article is there, write its title as in the contents; its text is in the article before.",
        )
    if proposal.declared is not None and proposal.declared != found:
        yield Oddity(
            title_line,
            "warning",
            "count-differs",
            f"says that it has {proposal.declared} articles; {found} were found",
            "Compare the contents with the articles found (build-digest explain).",
        )
