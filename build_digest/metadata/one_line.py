"""Find the title on a line that also states when, where and by whom: 标题 张某某 某某晚报 2021/3/5, in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from build_digest.classification.title_forms import looks_like_person
from build_digest.metadata.names import is_institution, is_outlet
from build_digest.metadata.statement import Field, Statement
from build_digest.rules import Rules
from build_digest.text.characters import count_han

LONGEST = 120
"""Characters of such a line."""
TITLE = 5
"""Chinese characters of a title between values, and"""
WORD = 4
"""of each of its words on the average: shorter ones are a list of topics,"""
BESIDE = 6
"""of any other words beside them, half as many as the title has at most."""
NAME = 3
"""Characters of a person's name there, at most."""
LONGEST_OUTLET = 12
"""Characters of an outlet's name there."""

_WORD = re.compile(r"[^\s/|丨·_,、]+")
_MARKS = " /|丨·_,、-:"
_CLOSED = (".", "。", ";", ":")


@dataclass(frozen=True, slots=True)
class TitleAmongValues:
    """The title's place in the line, and all that the line states."""

    start: int
    end: int
    fields: tuple[Field, ...]


def find_title_among_values(line: str, folded: str, statement: Statement, rules: Rules) -> TitleAmongValues | None:
    """The title on a line that states a date and a name besides, or None.

    It stands at one end of the line, and all other words on it are values.

    Args:
        line: the line.
        folded: the same in folded form.
        statement: what `read_statement` reads there.
        rules: see `rules.load_rules`.
    """
    dated = any(field.kind == "date" for field in statement.fields)
    if not dated or len(folded) > LONGEST or folded.rstrip().endswith(_CLOSED):
        return None
    named = tuple(_name_words(line, folded, statement.fields, rules))
    fields = tuple(sorted((*statement.fields, *named), key=lambda field: field.start))
    gaps = [(start, end) for start, end in _gaps(folded, fields) if count_han(folded[start:end])]
    if not gaps or not any(field.kind in ("author", "source") for field in fields):
        return None
    start, end = max(gaps, key=lambda gap: count_han(folded[slice(*gap)]))
    beside = [count_han(folded[slice(*gap)]) for gap in gaps if gap != (start, end)]
    at_end = not folded[:start].strip(_MARKS) or not folded[end:].strip(_MARKS)
    if at_end and _is_title(folded[start:end], max(beside, default=0)):
        return TitleAmongValues(start, end, fields)
    return None


def _is_title(text: str, beside: int) -> bool:
    """Whether words are many and long enough for a title, with so many characters in the longest other words."""
    size = count_han(text)
    return size >= max(TITLE, WORD * len(_WORD.findall(text))) and beside <= min(BESIDE, size / 2)


def _name_words(line: str, folded: str, fields: Sequence[Field], rules: Rules) -> Iterator[Field]:
    """The words between the fields that name a person or an outlet."""
    for start, end in _gaps(folded, fields):
        for match in _WORD.finditer(folded, start, end):
            kind = _kind_of_name(match[0], rules)
            if kind:
                yield Field(kind, line[match.start() : match.end()], match.start(), match.end())


def _kind_of_name(word: str, rules: Rules) -> str | None:
    if len(word) <= NAME and looks_like_person(word, rules):
        return "author"
    if NAME < len(word) <= LONGEST_OUTLET and (is_outlet(word, rules) or is_institution(word, rules)):
        return "source"
    return None


def _gaps(folded: str, fields: Sequence[Field]) -> Iterator[tuple[int, int]]:
    """What stands before, between and behind the fields, without the separators at its ends."""
    starts = [0, *(field.end for field in fields)]
    ends = [*(field.start for field in fields), len(folded)]
    for start, end in zip(starts, ends, strict=True):
        text = folded[start:end]
        begin = start + len(text) - len(text.lstrip(_MARKS))
        yield min(begin, end), max(begin, start + len(text.rstrip(_MARKS)))
