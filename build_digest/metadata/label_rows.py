"""Values that stand on the line below their label, as in the head of an official document: 发布日期 / 2022-11-18."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from build_digest.classification.judged_page import JudgedPage
from build_digest.metadata.dates import find_dates
from build_digest.metadata.labels import match_label
from build_digest.metadata.statement import DATED, Field, is_plausible
from build_digest.model import Line, Verdict
from build_digest.rules import Rules

LABEL, VALUE = "label-row", "value-row"
"""The rules of a label alone on its line and of the value below it."""

_KINDS = frozenset((*DATED, "source", "publisher", "author"))
_LONGEST_LABEL = 12
_LONGEST_VALUE = 40
_ENOUGH = 2
"""Labels without a colon count where so many stand on a page: one alone may be the word of a menu."""
_CLOSED = re.compile(r"[。!?;,:…]$")


def with_rows(page: JudgedPage) -> JudgedPage:
    """The page with labels and the values below them marked as stating something."""
    rows: dict[int, int] = {}
    for label, value in pairwise(page.filled):
        kind = label_kind(page.folded[label], page.rules)
        if kind and label not in rows.values() and value - label <= 2 and _fits(kind, page, value):
            rows[label] = value
    if len(rows) < _ENOUGH:
        rows = {label: value for label, value in rows.items() if page.folded[label].endswith(":")}
    marks = dict.fromkeys(rows, LABEL) | dict.fromkeys(rows.values(), VALUE)
    return page.judged({at: Verdict("metadata", mark, page.verdicts[at].score) for at, mark in marks.items()})


def label_kind(folded: str, rules: Rules) -> str | None:
    """The kind of value that a line announces which is nothing but a label, or None."""
    if len(folded) > _LONGEST_LABEL:
        return None
    match = match_label(folded, rules)
    kind = match.lastgroup if match else None
    return kind if kind in _KINDS else None


def _fits(kind: str, page: JudgedPage, at: int) -> bool:
    """Whether a line can be the value of a label of that kind."""
    value = page.folded[at]
    if len(value) > _LONGEST_VALUE or page.verdicts[at].rule in page.rules.ids or label_kind(value, page.rules):
        return False
    if kind in DATED:
        dates = find_dates(value)
        return bool(dates) and dates[0].start == 0
    return len(value) > 1 and not _CLOSED.search(value) and is_plausible(Field(kind, value, 0, len(value)))


def read_rows(lines: Sequence[Line], folded: Sequence[str], rules: Rules) -> dict[int, Field]:
    """The values that stand below their labels, by the index of their line."""
    found: dict[int, Field] = {}
    label: str | None = None
    for at, line in enumerate(lines):
        if line.verdict.rule == LABEL:
            label = label_kind(folded[at], rules)
        elif line.verdict.rule == VALUE and label:
            dates = find_dates(folded[at])
            value = dates[0].value if dates and label in DATED else line.text.strip()
            found[at] = Field(label, value, 0, len(line.text))
    return found
