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
from build_digest.classification.headline import CALL, top_line
from build_digest.classification.neighbours import LITTLE
from build_digest.classification.outline import LISTED
from build_digest.classification.runs import PROSE
from build_digest.classification.title_forms import can_be_title, site_name_start
from build_digest.metadata.dates import find_dates
from build_digest.metadata.labels import read_statement
from build_digest.metadata.rows import LABEL, VALUE
from build_digest.metadata.statement import SIGNATURE
from build_digest.model import KEPT, Verdict
from build_digest.rules import Rules

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
    """What stands where: the title, its second line if it has one, the first and the last sentence; lines that state
    something about the article, those of them that do so by a date beside other things, short lines that are the text's
    although they stand before or behind its sentences, and lines at the end of the block that a rule takes for no text."""

    title: int | None
    goes_on: int | None
    first: int
    last: int
    stated: frozenset[int]
    dated: frozenset[int]
    kept: frozenset[int]
    closing: frozenset[int]


def page_fates(folded: Sequence[str], verdicts: Sequence[Verdict], block: Block, rules: Rules) -> list[Verdict]:
    """The verdicts that count for the lines of a page with a main text."""
    frame = _frame(folded, verdicts, block, rules)
    fates = with_headings(folded, [_fate(at, verdict, frame, block, rules) for at, verdict in enumerate(verdicts)])
    return [
        Verdict("heading", LISTED, fate.score) if verdict.rule == LISTED and fate.fate == "body" else fate
        for verdict, fate in zip(verdicts, fates, strict=True)
    ]


def outside(verdict: Verdict) -> Verdict:
    """The verdict on a line that is not of the text."""
    if verdict.fate in ("blank", "boilerplate") or verdict.rule == "editor":
        return verdict
    return Verdict("boilerplate", "outside", verdict.score)


def with_headings(folded: Sequence[str], fates: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts with headings told from the text around them."""
    kept = [at for at, verdict in enumerate(fates) if verdict.fate == "body" and verdict.rule != "editor"]
    headings = find_headings(folded, kept)
    return [
        Verdict("heading", "heading", one.score) if at in headings and one.score != PROSE else one
        for at, one in enumerate(fates)
    ]


def _fate(at: int, verdict: Verdict, frame: _Frame, block: Block, rules: Rules) -> Verdict:
    score = block.scores[at]
    if (
        verdict.fate in ("blank", "contents")
        or verdict.rule == "editor"
        or verdict.rule in rules.decisions
        or (
            verdict.rule in rules.ids
            and verdict.fate != "boilerplate"
            and (block.inside[at] or verdict.fate not in KEPT)
        )
    ):
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
    elif at in frame.closing or (
        verdict.fate == "boilerplate"
        and verdict.score <= (STRONG if block.plain or verdict.rule not in rules.ids else RULED)
    ):
        fate = verdict
    elif at < frame.first and score <= 0:
        fate = Verdict("boilerplate", "before-text", score)
    else:
        fate = Verdict("body", "label-in-text" if verdict.fate == "metadata" else "block", score)
    return fate


def _frame(folded: Sequence[str], verdicts: Sequence[Verdict], block: Block, rules: Rules) -> _Frame:
    filled = [at for at, text in enumerate(folded) if text]
    inside = [at for at in filled if block.inside[at]] or filled[:1]
    text = block.text_lines() or inside
    title = block.above if block.start is None else block.start
    title = _find_title(folded, verdicts, filled, text, rules) if title is None else title
    text = [at for at in text if at != title] or text
    told = [at for at in text if block.scores[at] > LITTLE] or text
    while len(told) > 1 and _is_foreign_title(folded, verdicts, told[0], filled):
        told.pop(0)
    first, last = told[0], text[-1]
    head = filled[: filled.index(first)]
    tail = filled[filled.index(last) + 1 :]
    below = [at for at in tail if at > inside[-1]]
    signed = find_signature(folded, verdicts, tail)
    stated = {
        *_stated_above(folded, verdicts, head, title, rules),
        *_stated_below(verdicts, tail, below, rules),
    } - signed
    apart = {at for at in inside if first < at < last and verdicts[at].rule == "label-apart"}
    dated = {at for at in head if title is not None and at > title and _is_dated(folded[at], verdicts[at], rules)}
    near_start = set(filled[filled.index(first) :][:BELOW])
    apart |= {at for at in inside if at in near_start and verdicts[at].rule == "byline"}
    kept = signed | find_lead_in(folded, verdicts, [at for at in head if title is None or at > title], rules)
    closing = trailing_lines(folded, verdicts, inside, last, block.plain, rules)
    goes_on = None if title is None else find_second_line(folded, verdicts, title, filled)
    return _Frame(
        title, goes_on, first, last, frozenset(stated | apart), frozenset(dated), frozenset(kept), frozenset(closing)
    )


def _is_dated(text: str, verdict: Verdict, rules: Rules) -> bool:
    """Whether a line between a title and its text says when it was published, beside whatever else."""
    if verdict.rule not in DATED or any(event in text for event in rules.names["event"]):
        return False
    return any(field.kind == "date" for field in read_statement(text, text, rules).fields)


def _is_foreign_title(folded: Sequence[str], verdicts: Sequence[Verdict], at: int, filled: Sequence[int]) -> bool:
    """Whether a line is the title in another language: no sentence, and a head line comes soon below it."""
    place = filled.index(at)
    below = filled[place + 1 : place + 1 + FOREIGN]
    unended = verdicts[at].rule == "english" and not measure(folded[at]).ended
    return unended and any(verdicts[other].fate == "metadata" for other in below)


def _stated_above(
    folded: Sequence[str], verdicts: Sequence[Verdict], head: Sequence[int], title: int | None, rules: Rules
) -> set[int]:
    """The lines that state something from a little above the title to the first sentence; a date alone above the title
    has to stand right above it, or above the buttons there."""
    above = [at for at in head if title is None or at < title]
    near = set(above[-HEAD:])
    nearest = {*above[-1:], *[at for at in above[-HEAD:] if not is_ruled_out(verdicts[at], rules)][-1:]}
    near |= {at for at in above if verdicts[at].rule in (LABEL, VALUE)}
    editions = [at for at in above if verdicts[at].rule == "edition"]
    below = [at for at in (*nearest, *head) if at not in above or at in nearest]
    if not any(verdicts[at].fate == "metadata" and find_dates(folded[at]) for at in below):
        nearest |= {at for at in above if any(abs(at - edition) <= BESIDE for edition in editions)}
    stated = (at for at in head if verdicts[at].fate == "metadata")
    return {
        at for at in stated if at not in above or at in (nearest if verdicts[at].rule == "date" else near | nearest)
    }


def _stated_below(verdicts: Sequence[Verdict], tail: Sequence[int], below: Sequence[int], rules: Rules) -> set[int]:
    """The lines behind the last sentence that state something: up to the first end marker, and a little further where
    the label is one such as 标签 or 责任编辑."""
    marker = next((at for at in tail if verdicts[at].rule in rules.endings), len(verdicts))
    reach = {*set(tail).difference(below), *below[:TAIL]}
    signed = {below for above, below in pairwise(tail) if verdicts[above].rule == SIGNATURE}
    stated = (
        at
        for at in tail
        if at in reach and verdicts[at].fate == "metadata" and (verdicts[at].rule != "date" or at in signed)
    )
    return {at for at in stated if at < marker or verdicts[at].rule == "label-apart"}


def _find_title(
    folded: Sequence[str], verdicts: Sequence[Verdict], filled: Sequence[int], text: Sequence[int], rules: Rules
) -> int | None:
    """The title of a text that no line marks as such: the page's first line, if the text follows or a site's name."""
    top = filled[0]
    if not can_be_title(folded[top], verdicts[top]) or text == [top]:
        return None
    if top == text[0]:
        return top if len(folded[top]) <= CALL and folded[top].endswith(("!", "?")) else None
    near = filled.index(text[0]) < NEAR
    top = (top_line(folded, verdicts, text[0], rules) if near else top) or top
    return top if near or site_name_start(folded[top], rules.names["site"]) else None
