"""Give every line of a page the fate that counts, once it is known where the text is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.classification.blocks import Block
from build_digest.classification.edges import (
    RULED,
    find_lead_in,
    find_second_line,
    find_signature,
    is_ruled_out,
    trailing_lines,
)
from build_digest.classification.features import measure
from build_digest.classification.headings import find_headings
from build_digest.classification.headline import CALL
from build_digest.classification.judged_page import JudgedPage
from build_digest.classification.outline import LISTED
from build_digest.classification.runs import PROSE, ROW
from build_digest.classification.written_marks import find_marked_headings
from build_digest.metadata.dates import find_dates
from build_digest.metadata.label_rows import LABEL, VALUE
from build_digest.metadata.labels import read_statement
from build_digest.metadata.statement import SIGNATURE
from build_digest.model import KEPT, Verdict

GOES_ON = "title-goes-on"
"""The rule of the second line of a title."""
HEAD = 6
"""Filled lines above the title, or above the text, in which a label may stand."""
TAIL = 12
"""Filled lines below the text in which a labelled line is still the article's."""
STRONG = -3.0
"""The score from which down a line is dropped in the midst of a text, whatever its form."""
NEAR = 4
"""Filled lines from the first line of a page to its text within which that line is the title."""
DATED = frozenset(("dated-item", "figures"))
"""The forms of lines between a title and its text that state a date beside other things."""
BELOW = 4
"""Lines at the beginning of a text among which a byline may stand, below a lead or a note by the editors."""
FOREIGN = 2
"""Filled lines below a title in another language in which a head line stands."""
BESIDE = 4
"""Lines between the date of a newspaper and the number of the page."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands where: the title, its second line if it has one, the first sentence; lines that state something about
    the article, those of them that do so by a date beside other things, short lines that are the text's although they
    stand before or behind its sentences, and lines at the end of the block that a rule takes for no text."""

    title: int | None
    goes_on: int | None
    first: int
    stated: frozenset[int]
    dated: frozenset[int]
    kept: frozenset[int]
    closing: frozenset[int]


def page_fates(block: Block) -> list[Verdict]:
    """The verdicts that count for the lines of a page with a main text."""
    page, frame = block.page, _frame(block)
    fates = with_headings(page.folded, [_fate(at, frame, block) for at in range(len(page.folded))])
    return [
        Verdict("heading", LISTED, fate.score) if verdict.rule == LISTED and fate.fate == "body" else fate
        for verdict, fate in zip(page.verdicts, fates, strict=True)
    ]


def with_heads_of_tables(fates: Sequence[Verdict], alone: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with the first row of a table told from a heading: cells stand below its cells.

    Args:
        fates: the verdicts that count.
        alone: what each line is by itself.
    """
    below = [*alone[1:], Verdict("blank", "blank")][: len(alone)]
    return [
        Verdict("body", ROW, fate.score) if one.rule == following.rule == ROW and fate.rule == "heading" else fate
        for fate, one, following in zip(fates, alone, below, strict=True)
    ]


def outside(verdict: Verdict) -> Verdict:
    """The verdict on a line that is not of the text."""
    if verdict.fate in ("blank", "boilerplate") or verdict.rule == "editor":
        return verdict
    return Verdict("boilerplate", "outside", verdict.score)


def with_headings(folded: Sequence[str], fates: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with headings told from the text around them: by their marks, where a text has any."""
    kept = [at for at, verdict in enumerate(fates) if verdict.fate == "body" and verdict.rule != "editor"]
    marked = find_marked_headings(folded)
    headings = marked.keys() & set(kept) if marked else find_headings(folded, kept)
    return [
        Verdict("heading", "heading", one.score) if at in headings and one.score != PROSE else one
        for at, one in enumerate(fates)
    ]


def _fate(at: int, frame: _Frame, block: Block) -> Verdict:
    verdict, score = block.page.verdicts[at], block.scored.scores[at]
    if _is_settled(at, block):
        fate = verdict
    elif at in (frame.title, frame.goes_on):
        fate = Verdict("title", "title" if at == frame.title else GOES_ON, verdict.score)
    elif at in frame.dated:
        fate = Verdict("metadata", "dated-line", verdict.score)
    elif at in frame.stated:
        fate = verdict
    elif at in frame.kept:
        fate = Verdict("body", "beside-text", score)
    elif not block.inside[at]:
        fate = outside(verdict)
    elif at in frame.closing or _is_dropped(verdict, block):
        fate = verdict
    elif at < frame.first and score <= 0:
        fate = Verdict("boilerplate", "before-text", score)
    else:
        fate = Verdict("body", "label-in-text" if verdict.fate == "metadata" else "block", score)
    return fate


def _is_settled(at: int, block: Block) -> bool:
    """Whether what a line is follows from the line alone: it is blank, or an editor or a rule says what it is."""
    verdict, rules = block.page.verdicts[at], block.page.rules
    if verdict.fate in ("blank", "contents") or verdict.rule == "editor" or verdict.rule in rules.decisions:
        return True
    ruled = verdict.rule in rules.ids and verdict.fate != "boilerplate"
    return ruled and (block.inside[at] or verdict.fate not in KEPT)


def _is_dropped(verdict: Verdict, block: Block) -> bool:
    """Whether a line in the midst of a text is boilerplate all the same."""
    least = STRONG if block.scored.plain or verdict.rule not in block.page.rules.ids else RULED
    return verdict.fate == "boilerplate" and verdict.score <= least


def _frame(block: Block) -> _Frame:
    page, scored = block.page, block.scored
    filled = page.filled
    inside = [at for at in filled if block.inside[at]] or filled[:1]
    text = block.text_lines() or inside
    title = block.above if block.start is None else block.start
    title = _find_title(page, text) if title is None else title
    text = [at for at in text if at != title] or text
    told = [at for at in text if scored.tells(at)] or text
    first = next((at for at in told if not _is_foreign_title(page, at)), told[-1])
    last = text[-1]
    head = [at for at in filled if at < first]
    tail = [at for at in filled if at > last]
    below_title = head if title is None else [at for at in head if at > title]
    signed = find_signature(page, tail)
    stated = {*_stated_above(page, head, title), *_stated_below(page, tail, inside[-1])} - signed
    apart = {at for at in inside if first < at < last and page.verdicts[at].rule == "label-apart"}
    begin = [at for at in filled if at >= first][:BELOW]
    bylines = {at for at in begin if at in inside and page.verdicts[at].rule == "byline"}
    return _Frame(
        title=title,
        goes_on=None if title is None else find_second_line(page, title),
        first=first,
        stated=frozenset(stated | apart | bylines),
        dated=frozenset(at for at in below_title if title is not None and _is_dated(page, at)),
        kept=frozenset(signed | find_lead_in(page, below_title)),
        closing=frozenset(trailing_lines(scored, inside, last)),
    )


def _is_dated(page: JudgedPage, at: int) -> bool:
    """Whether a line between a title and its text says when it was published, beside whatever else."""
    text, rules = page.folded[at], page.rules
    if page.verdicts[at].rule not in DATED or any(event in text for event in rules.names["event"]):
        return False
    return any(field.kind == "date" for field in read_statement(text, text, rules).fields)


def _is_foreign_title(page: JudgedPage, at: int) -> bool:
    """Whether a line is the title in another language: no sentence, and a head line comes soon below it."""
    below = [other for other in page.filled if other > at][:FOREIGN]
    unended = page.verdicts[at].rule == "english" and not measure(page.folded[at]).ended
    return unended and any(page.verdicts[other].fate == "metadata" for other in below)


def _stated_above(page: JudgedPage, head: Sequence[int], title: int | None) -> set[int]:
    """The lines that state something from a little above the title to the first sentence; a date alone above the title
    has to stand right above it, or above the buttons there."""
    verdicts = page.verdicts
    above = [at for at in head if title is None or at < title]
    near = {*above[-HEAD:], *(at for at in above if verdicts[at].rule in (LABEL, VALUE))}
    nearest = {*above[-1:], *[at for at in above[-HEAD:] if not is_ruled_out(page, at)][-1:]}
    below = [at for at in head if at not in above or at in nearest]
    if not any(verdicts[at].fate == "metadata" and find_dates(page.folded[at]) for at in below):
        editions = [at for at in above if verdicts[at].rule == "edition"]
        nearest |= {at for at in above if any(abs(at - edition) <= BESIDE for edition in editions)}
    stated = (at for at in head if verdicts[at].fate == "metadata")
    return {
        at for at in stated if at not in above or at in (nearest if verdicts[at].rule == "date" else near | nearest)
    }


def _stated_below(page: JudgedPage, tail: Sequence[int], end: int) -> set[int]:
    """The lines behind the last sentence that state something: up to the first end marker, and a little further where
    the label is one such as 标签 or 责任编辑; `end` is the last line of the block."""
    verdicts = page.verdicts
    marker = next((at for at in tail if verdicts[at].rule in page.rules.endings), len(verdicts))
    inside = [at for at in tail if at <= end]
    reach = tail[: len(inside) + TAIL]
    signed = {below for above, below in pairwise(tail) if verdicts[above].rule == SIGNATURE}
    stated = (at for at in reach if verdicts[at].fate == "metadata" and (verdicts[at].rule != "date" or at in signed))
    return {at for at in stated if at < marker or verdicts[at].rule == "label-apart"}


def _find_title(page: JudgedPage, text: Sequence[int]) -> int | None:
    """The title of a text that no line marks as such: the page's first line, if the text follows soon or is a call."""
    top = page.filled[0]
    if not page.can_be_title(top) or text == [top]:
        return None
    follows = text[0] in page.filled[1:NEAR]
    call = top == text[0] and len(page.folded[top]) <= CALL and page.folded[top].endswith(("!", "?"))
    return top if follows or call else None
