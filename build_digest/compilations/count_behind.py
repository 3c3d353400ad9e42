"""How many articles a collection has, where it says so in a note behind the last: （抄者按：此处选录五则）."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from build_digest.compilations.closings import LONGEST
from build_digest.compilations.collection import declared_in
from build_digest.compilations.proposal import Proposal
from build_digest.compilations.rows import Row
from build_digest.compilations.split_rules import split_rules
from build_digest.text.script import to_simplified


def with_count_behind(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The proposal with the number of articles that the note of an editor at the end states, if that is theirs."""
    last = next((row for row in reversed(rows) if row.says), None)
    if proposal.declared is not None or last is None or len(last.text) > LONGEST:
        return proposal
    if not split_rules().editors_note.pattern.match(to_simplified(last.text)):
        return proposal
    declared = declared_in(last.text)
    return replace(proposal, declared=declared) if declared == len(proposal.heads) else proposal
