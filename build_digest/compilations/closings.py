"""Lines that close an article of a collection: （完）, 来源：…, （摘自《…》）, ① 原载…, 阅读原文."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from build_digest.compilations.promotion import is_advertisement
from build_digest.compilations.rows import Row, is_sentence
from build_digest.compilations.split_rules import split_rules
from build_digest.text.script import to_simplified

LONGEST = 80
"""Characters of a line that closes an article."""
SHARE = 0.6
"""The share of the articles that close so from which on it is the way of the collection."""
LONGEST_NOTE = 6
"""Lines of what an editor says behind an article."""
LAST = 3
"""Rows at the end of an article among which the closing line stands."""


def is_closing(row: Row) -> bool:
    """Whether a row closes an article as an end mark or a note of where it comes from does."""
    text = row.text.strip()
    return 0 < len(text) <= LONGEST and bool(split_rules().closing.pattern.match(to_simplified(text)))


def close_alike(segments: Sequence[Sequence[Row]]) -> bool:
    """Whether most of some articles end in a closing line."""
    closed = sum(any(map(is_closing, [row for row in rows if not row.empty][-LAST:])) for rows in segments)
    return closed > 1 and closed >= SHARE * len(segments)


def find_after_closings(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows that could be titles right behind a closing line, and the first one of the text."""
    said = [row for row in rows if not row.empty]
    above: Row | None = None
    for row in said:
        if row.titlelike and (above is None or is_closing(above)) and not is_closing(row) and not is_advertisement(row):
            yield row
        above = row


def find_editors_note(segment: Sequence[Row]) -> list[int]:
    """The lines at the end of an article in which the editor of the collection or the translator speaks.

    Args:
        segment: what stands below the title of the article and before the next.
    """
    pattern = split_rules().editors_note.pattern
    said = [row for row in segment if not row.empty]
    begun = False
    for at, row in enumerate(said):
        if begun and pattern.match(to_simplified(row.text[:LONGEST])):
            long = len(said) - at > LONGEST_NOTE
            return [] if long else [other.number for other in said[at:]]
        begun = begun or is_sentence(row)
    return _translators_notes(said)


def _translators_notes(said: Sequence[Row]) -> list[int]:
    pattern = split_rules().translators_note.pattern
    return [
        row.number for row in takewhile(lambda row: pattern.match(to_simplified(row.text[:LONGEST])), reversed(said))
    ]


def behind_closing(segment: Sequence[Row]) -> list[int]:
    """The lines of an advertisement behind the closing line of an article."""
    said = [row for row in segment if not row.empty]
    at = next((at for at in range(len(said) - 1, -1, -1) if is_closing(said[at])), None)
    if at is None or at + 1 >= len(said) or not is_advertisement(said[at + 1]):
        return []
    return [row.number for row in segment if row.number > said[at].number and not row.blank]
