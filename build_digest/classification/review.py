"""What a person should look at: lines that were decided by a narrow margin."""

from __future__ import annotations

from collections.abc import Sequence

from build_digest.model import KEPT, Line

TELLING = 2.0
"""The score of a line by itself from which it is worth a look that it was dropped: a sentence of some 55 characters."""
AGAINST = -1.0
"""The score from which down it is worth a look that a line was kept."""


def uncertain_lines(lines: Sequence[Line]) -> list[Line]:
    """The lines whose two verdicts disagree: kept against a rule, or dropped although they read like text.

    An editor settles one with an entry in `lines.yml`; what an editor settled is certain.
    """
    return [line for line in lines if line.verdict.rule != "editor" and (_kept_against(line) or _dropped_against(line))]


def _kept_against(line: Line) -> bool:
    return line.fate in ("heading", "body") and line.alone.fate == "boilerplate" and line.alone.score <= AGAINST


def _dropped_against(line: Line) -> bool:
    return line.fate == "boilerplate" and line.alone.fate in KEPT and line.alone.score >= TELLING
