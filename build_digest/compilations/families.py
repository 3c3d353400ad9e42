"""Titles of one form, whatever the form: the same signs in front of and behind the words, and a number that counts up.

Ways of marking a title that nobody has listed (01｜论水, 之一　论水, ┃论水┃) show themselves by coming back: the lines of
a family have everything but their words and the number in common.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from build_digest.compilations.attributions import is_address, is_credit
from build_digest.compilations.collection import heads_list
from build_digest.compilations.contents import Contents
from build_digest.compilations.contents_entries import read_entries
from build_digest.compilations.drawn_lines import next_row, text_follows
from build_digest.compilations.marks import Mark, number_of
from build_digest.compilations.proposal import Head, Proposal, propose
from build_digest.compilations.rows import Row, is_head_line, is_sentence, title_text, worded
from build_digest.compilations.titles import fold_title, unwrap

FEWEST = 3
"""The fewest lines of a family."""
SHARE = 0.8
"""The share of its lines that text must follow, and of its titles that must differ."""
LONGEST_KICKER = 6
"""Letters of a word above the titles that says what kind of text follows: ■人物."""
_SIGNS = r"[^\w\s“”‘’「」『』《》〈〉()（）\[\]【】〔〕〖〗\"'#.,，。、；;：:!?！？…%&@/-]"
_OPENING = re.compile(
    rf"(?P<sign>(?:{_SIGNS}+\s*)?)(?:(?P<open>[【\[（(〔#＃№]?)(?P<word>[^\W\d_]{{0,4}}?)\s?"
    r"(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?P<after>[天日夜周封站号页]?\s*[.．、。:：|｜·•/／)）\]】〕—-]+\s*|[\s　]+|$))?"
)
_SECTIONS = {"markdown", "section", "decimal", "chinese", "paren", "article"}
"""The kinds of mark that other ways of taking a text apart go by, or that mark sections."""
_CLOSING = re.compile(rf"\s*{_SIGNS}*$")


@dataclass(frozen=True, slots=True)
class Member:
    """A line of a family: its row, its title and its number."""

    row: Row
    title: str
    number: int | None


def propose_by_families(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart at the lines of each family."""
    families: defaultdict[tuple[str, str], list[Member]] = defaultdict(list)
    for row in rows:
        if row.key and not row.noise and not row.rule and not is_credit(row.text) and (found := read_member(row)):
            families[found[0]].append(found[1])
    for (opening, _), members in families.items():
        numbered = "{n}" in opening
        chain = _count_up(members) if numbered else members
        if len(chain) < FEWEST:
            continue
        if numbered and len(members) >= 2 * len(chain):
            yield from _propose_below_list(rows, chain, members)
        heads = [head for member in chain if (head := _head(member, rows, numbered))]
        if len(heads) >= SHARE * len(chain) and len({h.title for h in heads}) >= SHARE * len(heads):
            yield propose("families", heads, rows)
        kicked = [head for member in chain if (head := _below(member, rows))]
        if len(kicked) >= SHARE * len(chain) and len(kicked) >= FEWEST:
            yield propose("families", kicked, rows)


def _propose_below_list(rows: Sequence[Row], chain: Sequence[Member], members: Sequence[Member]) -> Iterator[Proposal]:
    """Offer the same count further down where the first is a list of it that gives the titles in other words."""
    first, last = chain[0].row.number, chain[-1].row.number
    again = _count_up([member for member in members if member.row.number > last])
    listed = [row for row in rows[first - 1 : last] if not row.empty]
    alike = sum(bool(_pairs(one.title) & _pairs(other.title)) for one, other in zip(chain, again, strict=False))
    heads = [head for member in again if (head := _head(member, rows, numbered=True))]
    if len(heads) != len(chain) or alike < SHARE * len(chain) or any(map(is_sentence, listed)):
        return
    above = next(reversed(worded(rows[: first - 1])), None)
    heading = above.number if above and heads_list(above.core) else None
    contents = Contents(heading, False, heading or first, last, read_entries([member.row for member in chain]))
    yield Proposal("families", tuple(heads), tuple(worded(rows[: contents.first - 1])), contents=contents)


def _pairs(title: str) -> set[tuple[str, str]]:
    """The pairs of letters next to each other in a title."""
    return set(pairwise(fold_title(title)))


def read_member(row: Row) -> tuple[tuple[str, str], Member] | None:
    """The signs and words around the title of a row, and the rest of it; None where there is nothing around it."""
    if row.mark.kinds[-1:] == ("day",):
        return ("day", ""), Member(row, title_text(row).strip(), None)
    text = row.text.strip()
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text)
    if opening is None or closing is None:
        return None
    title = text[opening.end() : max(opening.end(), closing.start())].strip()
    word = opening["word"] or ""
    count = f"{opening['open']}{word}{{n}}{(opening['after'] or '').strip() or ' '}" if opening["n"] else ""
    if opening["n"] is None and opening["word"]:
        return None
    around = (f"{opening['sign'].strip()}{count}", closing[0].strip())
    if not any(around) or (title and set(row.mark.kinds) & _SECTIONS):
        return None
    return around, Member(row, unwrap(title), number_of(opening["n"]) if opening["n"] else None)


def _count_up(members: Sequence[Member]) -> list[Member]:
    """The lines numbered one, two, three …, of copies the first."""
    chain: list[Member] = []
    for member in members:
        if member.number == len(chain) + 1:
            chain.append(member)
    return chain


def _head(member: Member, rows: Sequence[Row], numbered: bool) -> Head | None:
    """The head that a line is by itself; None where no text follows."""
    row = member.row
    may_be_title = row.titlelike and not is_address(row.text)
    if len(fold_title(member.title)) <= (not numbered) or not may_be_title or not text_follows(rows, row.number):
        return None
    return Head(row.number, row.number, member.title, row.number, _mark(member, row))


def _below(member: Member, rows: Sequence[Row]) -> Head | None:
    """The head right below a line that is nothing but a number or a kicker."""
    row = member.row
    title = next_row(rows, row.number)
    if title is None or len(fold_title(member.title)) > LONGEST_KICKER or title.number > row.number + 2:
        return None
    if not title.titlelike or title.mark.kinds or is_head_line(title.text) or not text_follows(rows, title.number):
        return None
    above = title.number - row.number
    mark = _mark(member, title)
    return Head(title.number, title.number, title.text.strip(), title.number, mark, above=above, known=(row.number,))


def _mark(member: Member, row: Row) -> Mark:
    kind = "sign" if member.number is None and row.mark.kinds[-1:] != ("day",) else "family"
    return Mark((kind,), member.number, row.mark.start)
