"""Authors beside the titles: 论水／张三, 〖论水〗　　张三, 论水（张三), where most titles of a compilation have one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from build_digest.compilations.proposal import Head, Proposal
from build_digest.compilations.rows import LONGEST_TITLE, Row
from build_digest.compilations.split_rules import split_rules
from build_digest.compilations.titles import NAME, fold_title, unwrap
from build_digest.model import Found
from build_digest.text.script import to_simplified

SHARE = 0.6
"""The share of the titles with an author beside them from which on it is one."""
_NAME = rf"(?P<name>{NAME})"
_OPEN = r"(?:[ ]{2,}|[　\t]+)"
_BARE = rf"(?<=[》】〗」』])\s?{_NAME}"
WAYS = tuple(
    re.compile(rf"(?P<title>\S.*?){between}$")
    for between in (
        rf"\s*[/／|｜丨]\s*(?:[文作]者?[:：/／])?{_NAME}",
        rf"{_OPEN}{_NAME}",
        rf"\s?[(（]{_NAME}[)）]",
        rf"\s?(?:——|—)\s?{_NAME}",
        _BARE,
    )
)
"""The ways to write a name beside a title."""


def with_authors_beside(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The same proposal with the authors who stand beside most titles taken off them."""
    for way in WAYS:
        read = [_read(way, head, rows) for head in proposal.heads]
        names = {author for found in read if found for author in [found[1]]}
        stated = sum(found is not None for found in read)
        titles = {found[0] for found in read if found}
        if len(names) > 1 and stated >= SHARE * len(read) and len(titles) >= SHARE * stated and _are_names(way, names):
            heads = (
                replace(head, title=found[0], author=Found(found[1], head.first)) if found else head
                for head, found in zip(proposal.heads, read, strict=True)
            )
            return replace(proposal, heads=tuple(heads))
    return proposal


def _are_names(way: re.Pattern[str], names: Collection[str]) -> bool:
    """Whether what stands beside the titles are names: with nothing but a space between, half of them begin as such."""
    if not way.pattern.endswith((f"{_OPEN}{_NAME}$", f"{_BARE}$")):
        return True
    surnames = split_rules().surnames
    return sum(to_simplified(name).startswith(surnames) for name in names) * 2 >= len(names)


def with_listed_authors_above(proposal: Proposal, rows: Sequence[Row]) -> Proposal:
    """The same proposal with the lines right above its titles that a list of contents has beside them: the authors."""
    listed = {entry.whole for entry in proposal.contents.entries} if proposal.contents else set()
    if not listed or any(head.known for head in proposal.heads):
        return proposal
    above = [rows[head.first - 2] if head.first > 1 else None for head in proposal.heads]
    beside = [
        row is not None
        and len(row.core) > 1
        and bool({row.core + fold_title(head.title), fold_title(head.title) + row.core} & listed)
        for row, head in zip(above, proposal.heads, strict=True)
    ]
    if sum(beside) < max(2, SHARE * len(beside)):
        return proposal
    heads = (
        replace(head, above=1, known=(row.number,), author=Found(row.text.strip(), row.number))
        if named and row
        else head
        for head, row, named in zip(proposal.heads, above, beside, strict=True)
    )
    return replace(proposal, heads=tuple(heads))


def _read(way: re.Pattern[str], head: Head, rows: Sequence[Row]) -> tuple[str, str] | None:
    """The title and the author on the line of a head, or None."""
    if head.last != head.first or head.known:
        return None
    return read_beside(way, rows[head.first - 1])


def read_beside(way: re.Pattern[str], row: Row) -> tuple[str, str] | None:
    """The title and the name beside it on a row, written in one way; None where it has no name so."""
    found = way.match(row.text[row.mark.start :].strip()[:LONGEST_TITLE])
    if found is None or not fold_title(found["title"]).strip("0123456789"):
        return None
    return unwrap(found["title"]), re.sub(r"[ 　]", "", found["name"])
