"""Decisions that were a near thing, as entries that an editor can settle them with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from build_digest.checks.messages import Language
from build_digest.classification.review import uncertain_lines
from build_digest.model import KEPT, Reading
from build_digest.output import say


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
