"""What an article mentions: documents that it cites, figures worth quoting, people and organisations that speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Speaker = Literal["person", "organisation"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of a document.

    `name` is the document's full name without book marks, issuer and （试行）; `key` is equal for all spellings of it;
    `written` is what the text says, `start` where in the line.
    """

    name: str
    key: str
    kind: str
    line: int
    start: int
    written: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as written (`value`), what it measures, and the sentence and line where it stands.

    `measure` stands in the sentence as it is, or is empty; for a bare rate (同比增长) `subject` is the measure that the
    rate is said of. `weight` tells how much it is worth quoting, from 0 to 2.
    """

    value: str
    unit: str
    measure: str
    subject: str
    sentence: str
    line: int
    weight: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A person or an organisation that says something: its name, its role as stated, how often and where it speaks."""

    name: str
    role: str
    kind: Speaker
    count: int
    lines: tuple[int, ...]
