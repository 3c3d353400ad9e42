"""What a line states about an article: its values, and what they make the line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from build_digest.text.characters import count_han

LITTLE = 12
"""Characters that may stand beside the values of a line that states values only."""
TITLE = 6
"""Chinese characters before the first value from which they are a title."""
SENTENCE = 40
"""Characters of a sentence before the first value that is text and no title."""
APART = frozenset(("editor", "tags", "url"))
"""Kinds of labels that stand at the end of an article, in no text."""
SIGNATURE = "signature"
"""What a line states that signs a letter, and the rule of such a line."""
DATED = frozenset(("date", "updated", "written"))
"""Kinds of values that are dates."""
WRITERS = frozenset(("author", "teller"))
"""Kinds of values that name who wrote a text, or told it."""
PEOPLE = frozenset((*WRITERS, "poster", "editor", "affiliation", "source"))
"""Kinds of values that name people or institutions."""

_LIST = re.compile(r"[|丨:].*[|丨:]")
"""What no title has before the first label: bars between the words of a menu, or labels that are not known."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value and its kind (a label's kind of the rules, or `poster`); start:end is its place with the label."""

    kind: str
    value: str
    start: int
    end: int
    labelled: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """What a line states: its fields in order, the text before the first, what is left, and whether it says 36天前."""

    fields: tuple[Field, ...] = ()
    lead: str = ""
    rest: str = ""
    relative: bool = False


def kind_of_statement(statement: Statement) -> str | None:
    """How a line that states values and little else does so, or None for a line that says more (or nothing).

    `signature` is who signs a letter, `label-apart` are labels that no text has (责任编辑, 标签), `byline` an author alone,
    `label-other` says nothing about the article, `label` are any others, `date` is a date alone, `ago` 36天前, `titled` a
    longer text, such as a title, with labels behind it.
    """
    fields = statement.fields
    if not all(is_plausible(field) for field in fields):
        return None
    kinds = {field.kind for field in fields if field.labelled}
    told = len(statement.lead) >= SENTENCE and statement.lead.rstrip("”’」』\"') ")[-1:] in tuple("。!?！？")
    if kinds - {"title", "poster"} and count_han(statement.lead) >= TITLE and not _LIST.search(statement.lead):
        return None if told else "titled"
    return _kind_of_values(statement, kinds) if len(statement.rest) <= LITTLE else None


def _kind_of_values(statement: Statement, kinds: set[str]) -> str | None:
    kind = None
    if kinds & WRITERS and kinds <= {*WRITERS, "affiliation"} and len(statement.fields) == len(kinds):
        kind = "byline"
    elif kinds == {"signer"}:
        kind = SIGNATURE
    elif kinds & APART or len(kinds) > 1 or (kinds == {"poster"} and len(statement.fields) == 1):
        kind = "label-apart"
    elif kinds:
        dated = any(field.kind == "date" for field in statement.fields)
        kind = "label" if kinds != {"other"} else "date" if dated else "label-other"
    elif statement.fields:
        kind = "date"
    elif statement.relative:
        kind = "ago"
    return kind


def is_plausible(field: Field) -> bool:
    """Whether a value can be what its label says: an address has the form of one, a name is no sentence.

    >>> is_plausible(Field("author", "近年来,我国取得了哪些成果?", 0, 20))
    False
    """
    value = field.value
    if field.kind == "url":
        return "://" in value or "www." in value.lower()
    if field.kind in PEOPLE:
        parts = re.split(r"[、，,;；/|\s]+", value)
        return len(value) <= 120 and all(len(part) <= 30 for part in parts) and not re.search(r"[。！!？?…]", value)
    return len(value) <= (200 if field.kind in ("title", "tags") else 80)
