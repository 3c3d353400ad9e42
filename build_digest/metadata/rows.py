"""Values that stand on the line below their label, as in the head of an official document: 发布日期 / 2022-11-18."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from build_digest.metadata.dates import find_dates
from build_digest.metadata.labels import match_label
from build_digest.metadata.statement import Field, is_plausible
from build_digest.model import Line, Verdict
from build_digest.rules import Rules

LABEL, VALUE = "label-row", "value-row"
"""The rules of a label alone on its line and of the value below it."""

_KINDS = frozenset(("date", "updated", "written", "source", "publisher", "author"))
_LONGEST_LABEL = 12
_LONGEST_VALUE = 40
_ENOUGH = 2
"""Labels without a colon count where so many stand on a page: one alone may be the word of a menu."""
_CLOSED = re.compile(r"[。!?;,:…]$")


def with_rows(folded: Sequence[str], verdicts: Sequence[Verdict], rules: Rules) -> list[Verdict]:
    """The verdicts with labels and the values below them marked as stating something.

    Args:
        folded: the lines of a page in folded form.
        verdicts: what each line is by itself.
        rules: see `rules.load_rules`.
    """
    filled = [at for at, text in enumerate(folded) if text]
    rows: dict[int, int] = {}
    for label, value in pairwise(filled):
        kind = label_kind(folded[label], rules)
        if (
            kind
            and label not in rows.values()
            and value - label <= 2
            and _fits(kind, folded[value], verdicts[value], rules)
        ):
            rows[label] = value
    sure = len(rows) >= _ENOUGH
    pairs = {label: value for label, value in rows.items() if sure or folded[label].endswith(":")}
    marks = dict.fromkeys(pairs, LABEL) | dict.fromkeys(pairs.values(), VALUE)
    return [
        Verdict("metadata", marks[at], verdict.score) if at in marks else verdict for at, verdict in enumerate(verdicts)
    ]


def label_kind(folded: str, rules: Rules) -> str | None:
    """The kind of value that a line announces which is nothing but a label, or None."""
    if len(folded) > _LONGEST_LABEL:
        return None
    match = match_label(folded, rules)
    kind = match.lastgroup if match else None
    return kind if kind in _KINDS else None


def _fits(kind: str, value: str, verdict: Verdict, rules: Rules) -> bool:
    """Whether a line can be the value of a label of that kind."""
    if len(value) > _LONGEST_VALUE or verdict.rule in rules.ids or label_kind(value, rules):
        return False
    if kind in ("date", "updated", "written"):
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
            value = dates[0].value if dates and label in ("date", "updated", "written") else line.text.strip()
            found[at] = Field(label, value, 0, len(line.text))
    return found
