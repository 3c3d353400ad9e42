"""Damaged text put right: a text that went through a wrong encoding on its way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from build_digest.model import Problem, Repair, Repaired
from build_digest.site.listing import shorten
from build_digest.text.mojibake import as_latin, one_byte_off, utf8_as_gbk

KINDS: tuple[tuple[re.Pattern[str], Callable[[Iterable[tuple[str, int]], str], Iterator[Repair]]], ...] = (
    (as_latin.DAMAGED, as_latin.repair_as_latin),
    (utf8_as_gbk.DAMAGED, utf8_as_gbk.repair_utf8_as_gbk),
    (one_byte_off.DAMAGED, one_byte_off.repair_one_byte_off),
)
"""Kinds of damage, the surest first: what no damage of the kind is without, and what repairs the lines that have it."""

LOST = utf8_as_gbk.LOST + "□"
"""The characters that stand for lost ones: a run that becomes nothing else was not restored."""
_LONGEST_RUN = 30
"""Of a whole damaged line, as many characters as tell it from the others."""


def repair_text(text: str) -> Repaired:
    """The text with every damaged run restored that can be, and what was done; clean text comes out as it is.

    A character that cannot be restored with certainty becomes □; repairs never touch a line feed.

    >>> repair_text("人工智能是ä¸\\xadå\\x9b½的机遇。").text
    '人工智能是中国的机遇。'
    >>> repair_text("就在相輔相成?!霸谝源竽P蜑榇淼腁I技術創新大潮中").text
    '就在相輔相成。“在以大模型為代表的AI技術創新大潮中'
    """
    found: list[Repair] = []
    for damaged, repair_lines in KINDS:
        if damaged.search(text):
            damaged_lines = ((line, offset) for line, offset in _split_lines(text) if damaged.search(line))
            found += repair_lines(damaged_lines, text)
    repairs = tuple(_leave_out_overlaps(sorted(found, key=lambda repair: repair.start)))
    return Repaired(apply_repairs(text, repairs), repairs)


def apply_repairs(text: str, repairs: Iterable[Repair]) -> str:
    """The text with the repairs made.

    >>> apply_repairs("a?c", (Repair(1, 2, "?", "b", "example"),))
    'abc'
    """
    parts, at = [], 0
    for repair in repairs:
        parts += [text[at : repair.start], repair.after]
        at = repair.end
    return "".join(parts) + text[at:]


def note_repairs(path: str, repairs: Iterable[Repair]) -> Iterator[Problem]:
    """A note for each repair of a source, with its line, so that somebody may compare it with the original."""
    for repair in repairs:
        before, after = (shorten(text, _LONGEST_RUN) for text in (repair.before, repair.after))
        if not repair.after.strip(LOST):
            message = f"had a damaged run, {before!r}, which cannot be restored"
            yield Problem(path, repair.line, "note", "repaired", message, "Take it from the original page by hand.")
            continue
        message = f"had a damaged run, {before!r}, which was read as {after!r}"
        yield Problem(path, repair.line, "note", "repaired", message, "Compare it with the original page.")


def _split_lines(text: str) -> Iterator[tuple[str, int]]:
    offset = 0
    for line in text.split("\n"):
        yield line, offset
        offset += len(line) + 1


def _leave_out_overlaps(repairs: Iterable[Repair]) -> Iterator[Repair]:
    at = 0
    for repair in repairs:
        if repair.start >= at:
            yield repair
            at = repair.end
