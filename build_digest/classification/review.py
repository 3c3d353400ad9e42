"""What a person should look at: lines that were decided by a narrow margin, as entries that settle them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from build_digest.checks.messages import Language
from build_digest.model import KEPT, Line, Reading
from build_digest.output import say

TELLING = 2.0
"""The score of a line by itself from which it is worth a look that it was dropped: a sentence of some 55 characters."""
PROSE = 1.2
"""The same of a line of whole sentences, which is no teaser's."""
WEAK = -2.5
"""The score down to which the evidence is weak that a line of whole sentences is boilerplate."""
AGAINST = -1.0
"""The score from which down it is worth a look that a line was kept."""


def format_review(ledger: Sequence[Reading], language: Language = "en") -> list[str]:
    """The uncertain lines of all sources as a rule file that settles each as it is now, a comment above each."""
    rows: list[str] = []
    for reading in ledger:
        for line in uncertain_lines(reading.lines):
            other = "boilerplate" if line.fate in KEPT else "body"
            doubt: dict[str, Any] = {"rule": line.verdict.rule, "score": line.alone.score, "other": other}
            entry = {"file": reading.path, "line": line.text.strip(), "fate": line.fate}
            text = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=2**20)
            # In a comment, a line feed or its like in the path would begin a line of the file.
            rows.append(say("review-line", language, file=repr(reading.path), line=line.number, **doubt))
            rows.append(f"- {text.strip()}")
    if not rows:
        return [say("nothing-to-review", language), "lines: []"]
    return [say("review-head", language), "lines:", *rows]


def uncertain_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines whose two verdicts disagree, kept against a rule or dropped although they read like text, and prose that
    was dropped on weak evidence.

    An editor settles one with an entry in `lines.yml`; what an editor settled is certain.
    """
    return [line for line in lines if line.verdict.rule != "editor" and (_kept_against(line) or _dropped_against(line))]


def _kept_against(line: Line) -> bool:
    return line.fate in ("heading", "body") and line.alone.fate == "boilerplate" and line.alone.score <= AGAINST


def _dropped_against(line: Line) -> bool:
    if line.fate != "boilerplate":
        return False
    if line.alone.fate in KEPT:
        return line.alone.score >= (PROSE if _is_prose(line.text) else TELLING)
    return line.alone.score >= WEAK and _is_prose(line.text)


def _is_prose(text: str) -> bool:
    """Whether a line is a whole sentence with several clauses, or several sentences.

    >>> _is_prose("水退了，人们走回家去。"), _is_prose("水退了？人们走回家去？"), _is_prose("水退了。")
    (True, False, False)
    """
    told = text.rstrip("”’」』）) \u3000")
    return told.endswith("。") and (told.count("。") > 1 or any(mark in told for mark in "，,、；;"))
