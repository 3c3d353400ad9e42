"""Decisions that were a near thing, as entries that an editor can settle them with."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from build_digest.classification.review import uncertain_lines
from build_digest.model import KEPT, Reading

_HEAD = "# 待核：拿不准的行。核对之后粘贴到 corpus/rules/lines.yml；判断不对的，把 fate 改过来。"


def format_review(ledger: Sequence[Reading]) -> list[str]:
    """The uncertain lines of all sources as a rule file that settles each as it is now, a comment above each."""
    rows = []
    for reading in ledger:
        for line in uncertain_lines(reading.lines):
            other = "boilerplate" if line.fate in KEPT else "body"
            reason = f"{line.verdict.rule} {line.alone.score:+.1f}"
            entry = {"file": reading.path, "line": line.text.strip(), "fate": line.fate}
            text = yaml.safe_dump(entry, default_flow_style=True, allow_unicode=True, sort_keys=False, width=2**20)
            rows += [f"# {reading.path!a}, line {line.number}: {reason}; or {other}", f"- {text.strip()}"]
    return [_HEAD, "lines:", *rows] if rows else ["# 没有待核的行。", "lines: []"]
