"""Checks of what a page says: marks without their counterpart, broken lines, damage, invisible characters, hints left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from build_digest.checks.check_marks import find_unbalanced
from build_digest.checks.messages import make_problem
from build_digest.checks.sheets import Sheet
from build_digest.editors.new_page import PLACEHOLDER
from build_digest.model import Problem, Severity
from build_digest.repair import repair_text
from build_digest.text.typeset import INVISIBLE, is_han

_MISREAD = "\ufffd\ufffd".encode().decode("gbk")
"""What two replacement characters become when their UTF-8 is read as GBK."""
_DAMAGE = re.compile(rf"\ufffd+|(?<=\w)□+|{_MISREAD}")
_CONFLICT = re.compile(r"<{7}(?: |\Z)")
"""Where Git puts the first of two edits that it could not bring together."""
_MARKUP = re.compile(r"\s{4}|\t|\s*(?:[-*+>#|:!\[]|\d+[.)]\s|<|={3}|-{3})")
_OPEN_ENDED = "，、；：,;（(“‘《「『"
_BROKEN_ENDS = (".", "  ", "\\", "<br>")


def check_text(sheet: Sheet) -> Iterator[Problem]:
    """What is wrong with a page's title and text; in a text that nobody edited these are notes."""
    severity: Severity | None = None if sheet.by_hand else "note"
    title = sheet.meta.get("title")
    if isinstance(title, str):
        for _, mark in find_unbalanced([[(0, title)]]):
            yield make_problem("unbalanced", sheet.path, sheet.line_of("title"), severity=severity, mark=mark)
    for number, mark in find_unbalanced(sheet.paragraphs()):
        yield make_problem("unbalanced", sheet.path, number, severity=severity, mark=mark)
    yield from _check_damage(sheet, severity)
    if sheet.by_hand:
        for number, line in sheet.body():
            if line.strip() == PLACEHOLDER:
                yield make_problem("placeholder", sheet.path, number)
            elif _CONFLICT.match(line):
                yield make_problem("conflict", sheet.path, number)
        for paragraph in sheet.paragraphs():
            for (number, line), (_, following) in pairwise(paragraph):
                if _is_broken(line, following):
                    yield make_problem("broken-line", sheet.path, number)


def _is_broken(line: str, following: str) -> bool:
    """Whether a line of Chinese text goes on in the next one as if it had been wrapped."""
    if _MARKUP.match(line) or _MARKUP.match(following) or line.endswith(_BROKEN_ENDS):
        return False
    last, first = line.rstrip()[-1:], following.lstrip()[:1]
    return (is_han(last) or last in _OPEN_ENDED) and (is_han(first) or first in "“‘《「『（")


def _check_damage(sheet: Sheet, severity: Severity | None) -> Iterator[Problem]:
    for number, line in [(sheet.line_of("title"), str(sheet.meta.get("title", ""))), *sheet.body()]:
        found = _DAMAGE.search(line)
        repairs = repair_text(line).repairs if sheet.by_hand else ()
        if found or repairs:
            start, end = found.span() if found else (repairs[0].start, repairs[0].end)
            shown = line[max(0, start - 5) : end + 5]
            yield make_problem("damage", sheet.path, number, severity=severity, shown=f"“{shown}”")
        hidden = INVISIBLE.search(line)
        if hidden:
            yield make_problem("hidden-character", sheet.path, number, shown=f"U+{ord(hidden[0]):04X}")
