"""Cut out of a line the part that states something about the article: (作者单位:某大学) at the end of a paragraph, a date
and a source behind a title, the site's name in a title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from build_digest.classification.title_forms import site_name_start
from build_digest.classification.written_marks import HEADING_MARK, STRONG_MARK, find_marked_headings
from build_digest.metadata.labels import read_statement
from build_digest.metadata.one_line import find_title_among_values
from build_digest.metadata.statement import Statement, is_plausible
from build_digest.model import Cut, Line
from build_digest.rules import Rules
from build_digest.text.line_fold import fold_line

TAIL = 120
"""Characters at the end of a paragraph in which values may stand."""
BESIDE = 4
"""Characters that may stand beside the values there."""
TITLE = 4
"""Characters that a title has at least when something is cut off it."""
BEHIND_TEXT = frozenset(("editor", "source", "author", "teller", "affiliation", "tags", "url"))
"""Kinds of values that stand behind the last sentence of a paragraph without brackets."""

FORMER_TITLE = re.compile(r"\s*原(?:文)?[标標]?[题題]\s*[:：]\s*(\S.{3,80})")
"""A line that gives the title that a text had where it came from."""
_OPENERS = " \t　(（[【〔"
NUMBERED = 4
"""The fewest lines of a text with a number before each."""
_EDIT = re.compile(r"(?<=\S)\s?[\[［](?:编辑|編輯|播报|编辑源代码|編輯原始碼|编辑本段)(?:\s?[|｜]\s?\w+)?[\]］]\s*$")
"""The button behind a heading of an encyclopaedia."""
_LINE_NUMBER = re.compile(r"\s*(\d{1,4})(?:\s{2,}|\t)(?=\S)")
_ENDING = re.compile(r"[)）】\]〕]\s*$|[:：/／|｜]")
_BRACKET = re.compile(r"[(【\[〔]([^()【】\[\]〔〕]{3,80})[)】\]〕]\s*$")


@dataclass(frozen=True, slots=True)
class Stated:
    """A line with its cuts, and what it states (nothing if None)."""

    line: Line
    statement: Statement | None = None


def cut_line(line: Line, rules: Rules) -> Stated:
    """A line with what it states about the article, that part cut out where the line is of the text."""
    if line.fate == "body" and not _ENDING.search(line.text[-TAIL:]):
        return Stated(line)
    folded = fold_line(line.text)
    if line.fate == "metadata":
        return Stated(line, read_statement(line.text, folded, rules))
    if line.fate == "title":
        return _cut_title(line, folded, rules)
    if line.fate == "body":
        return _cut_tail(line, folded, rules)
    button = _EDIT.search(line.text) if line.fate == "heading" else None
    if button:
        return Stated(replace(line, cuts=(Cut(button.start(), len(line.text), "boilerplate", "control"),)))
    return Stated(line)


def cut_line_numbers(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text without the numbers that an editor printed before each of them, where all have one.

    >>> from build_digest.model import Verdict
    >>> text = ["1  晚渡", "2  船在等人。", "3  灯在等船。", "4  风停了。"]
    >>> [line.kept_text() for line in cut_line_numbers([Line(n, t, Verdict("body", "block"), Verdict("body", "block")) for n, t in enumerate(text)])]
    ['晚渡', '船在等人。', '灯在等船。', '风停了。']
    """
    filled = [line for line in lines if line.text.strip()]
    numbers = [match for line in filled if (match := _LINE_NUMBER.match(line.text))]
    counted = [int(match[1]) for match in numbers]
    if len(filled) < NUMBERED or len(numbers) < len(filled) or any(b - a not in (1, 2) for a, b in pairwise(counted)):
        return list(lines)
    ends = {line.number: match.end() for line, match in zip(filled, numbers, strict=True)}
    return [
        replace(line, cuts=(Cut(0, ends[line.number], "boilerplate", "line-number"), *line.cuts))
        if line.number in ends and not any(cut.start < ends[line.number] for cut in line.cuts)
        else line
        for line in lines
    ]


def cut_written_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines of a text that was written in Markdown without the marks before its headings and around bold words.

    >>> from build_digest.model import Verdict
    >>> fates = (("## 春", "heading"), ("**动工**了。", "body"), ("## 夏", "heading"))
    >>> made = [Line(n, text, Verdict(fate, ""), Verdict(fate, "")) for n, (text, fate) in enumerate(fates)]
    >>> [line.kept_text() for line in cut_written_marks(made)]
    ['春', '动工了。', '夏']
    """
    headings = find_marked_headings([line.text for line in lines])
    if not headings:
        return list(lines)
    return [
        replace(line, cuts=tuple(sorted((*line.cuts, *_marks(line)), key=lambda cut: cut.start)))
        if line.fate in ("title", "heading", "body")
        else line
        for line in lines
    ]


def _marks(line: Line) -> Iterator[Cut]:
    """The marks of a line that no other cut has taken already."""
    heading = HEADING_MARK.match(line.text) if line.fate != "body" else None
    spans = [heading.span()] if heading else []
    for strong in STRONG_MARK.finditer(line.text):
        spans += [(strong.start(), strong.start(1)), (strong.end(1), strong.end())]
    for start, end in spans:
        if not any(cut.start < end and start < cut.end for cut in line.cuts):
            yield Cut(start, end, "boilerplate", "written-mark")


def _cut_title(line: Line, folded: str, rules: Rules) -> Stated:
    statement = read_statement(line.text, folded, rules)
    label = next((field for field in statement.fields if field.kind == "title" and field.value), None)
    if label:
        start = line.text.index(label.value, label.start)
        return Stated(_with_cut(line, 0, start, "label"), statement)
    former = FORMER_TITLE.match(line.text)
    if former:
        return Stated(_with_cut(line, 0, former.start(1), "label"), statement)
    among = find_title_among_values(line.text, folded, statement, rules)
    if among:
        ends = ((0, among.start), (among.end, len(line.text.rstrip())))
        cuts = tuple(Cut(start, end, "metadata", "label") for start, end in ends if start < end)
        return Stated(replace(line, cuts=cuts), replace(statement, fields=among.fields))
    if statement.fields and len(statement.lead) >= TITLE:
        start = min(field.start for field in statement.fields)
        return Stated(
            _with_cut(line, len(line.text[:start].rstrip(_OPENERS)), len(line.text.rstrip()), "label"), statement
        )
    site = site_name_start(folded, rules.names["site"])
    cut = (Cut(site, len(line.text.rstrip()), "boilerplate", "site-name"),) if site else ()
    return Stated(replace(line, cuts=cut))


def _cut_tail(line: Line, folded: str, rules: Rules) -> Stated:
    """Values in brackets at a paragraph's end, (责任编辑:王五), or without them right behind its last sentence."""
    offset = max(0, len(folded) - TAIL)
    bracket = _BRACKET.search(folded[offset:])
    if bracket:
        start, inner, end = offset + bracket.start(), offset + bracket.start(1), offset + bracket.end(1)
    else:
        labels = (offset + match.start() for match in rules.labels.finditer(folded[offset:]))
        start = next((at for at in labels if folded[:at].rstrip(" (【[")[-1:] in tuple("。!?”」)")), 0)
        inner, end = start, len(folded.rstrip())
    start = len(line.text[:start].rstrip(_OPENERS))
    if not start:
        return Stated(line)
    statement = read_statement(line.text[inner:end], folded[inner:end], rules)
    labelled = [field for field in statement.fields if field.labelled and field.value]
    plausible = all(is_plausible(field) and field.kind in BEHIND_TEXT for field in labelled)
    if not labelled or not plausible or len(statement.rest) > BESIDE:
        return Stated(line)
    return Stated(_with_cut(line, start, len(line.text.rstrip()), labelled[0].kind), statement)


def _with_cut(line: Line, start: int, end: int, rule: str) -> Line:
    return replace(line, cuts=(Cut(start, end, "metadata", rule),) if start < end else ())
