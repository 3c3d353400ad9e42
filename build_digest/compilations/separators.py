"""Taking a text apart that has no contents list: by drawn lines, ordinals, Markdown headings or blank lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile, zip_longest

from build_digest.compilations.attributions import is_credit, is_foreign
from build_digest.compilations.closings import find_after_closings
from build_digest.compilations.collection import is_count
from build_digest.compilations.drawn_lines import find_by_drawn_lines, is_name, next_row, text_follows, title_in_front
from build_digest.compilations.heads_above import find_below_head_lines
from build_digest.compilations.marks import Mark, number_at_end, read_mark
from build_digest.compilations.proposal import Head, Means, Proposal, find_declared, propose
from build_digest.compilations.rows import Row, is_head_line, title_text
from build_digest.compilations.titles import is_wrapped, unwrap, without_footnote
from build_digest.text.script import to_simplified

_MUCH_TEXT = 150
"""So many characters between two ordinals (or a tenth of the most between any two) speak for two articles."""


_PARTS = {"section", "attached"}
"""The kinds of mark of what is part of a work: 第一章, 附件1."""

_AT_END = ("sample", "end")
"""The kinds of mark of a title that ends in its number: 年终总结 篇3."""


def propose_by_separators(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer each way of taking a text apart that its lines allow."""
    ways: tuple[tuple[Means, list[Row]], ...] = (
        ("rules", find_by_drawn_lines(rows)),
        *(("ordinals", starts) for starts in _by_ordinals(rows)),
        *_by_headings(rows),
        ("head_lines", find_below_head_lines(rows)),
        ("bullets", _by_bullets(rows)),
        ("brackets", _in_brackets(rows)),
        ("closings", _behind_closings(rows)),
        ("blanks", _after_blanks(rows, 2)),
        ("single_blanks", _after_blanks(rows, 1)),
    )
    for means, starts in ways:
        once = _without_repeats(starts)
        if len(once) >= 2:
            proposal = _propose(means, rows, once)
            stating = sum(is_head_line(row.text) for row in once)
            if len({head.title for head in proposal.heads}) >= 0.8 * len(once) and stating * 3 < len(once):
                yield proposal


def _without_repeats(starts: Sequence[Row]) -> list[Row]:
    """The same rows without a second copy of a title that stands at most three lines below the first."""
    kept: list[Row] = []
    for row in starts:
        if not (kept and kept[-1].key == row.key and row.number - kept[-1].number <= 3):
            kept.append(row)
    return kept


def _propose(means: Means, rows: Sequence[Row], starts: Sequence[Row]) -> Proposal:
    wrapped = sum(is_wrapped(row.text[row.mark.start :]) for row in starts)
    heads = tuple(_head(row, rows, wrapped * 2 > len(starts)) for row in starts)
    proposal = replace(propose(means, heads, rows), groups=tuple(_group_headings(rows, starts)))
    if means != "head_lines":
        return proposal
    front = tuple(row for row in proposal.front if not is_head_line(row.text))
    return replace(proposal, front=front, declared=find_declared(front))


def _group_headings(rows: Sequence[Row], starts: Sequence[Row]) -> Iterator[int]:
    """Markdown headings of a higher level that stand directly before a title."""
    numbers = {row.number for row in starts}
    level = heading_level(starts[0])
    for row in rows[starts[0].number :] if level else ():
        if 0 < heading_level(row) < level and (following := next_row(rows, row.number)) and following.number in numbers:
            yield row.number


def heading_level(row: Row) -> int:
    """The level of a Markdown heading; 0 for any other line."""
    bare = row.text.lstrip() if row.mark.kinds[:1] == ("markdown",) and not row.noise else ""
    return len(bare) - len(bare.lstrip("#"))


def _head(row: Row, rows: Sequence[Row], wrapped: bool) -> Head:
    """The title on a row, or on the next one where the row has nothing but marks: 第一篇."""
    text = title_text(row).strip().rstrip("#").strip() if row.mark.kinds else row.text.strip()
    if text.startswith("**") and is_wrapped(text):
        text = unwrap(text)
        text = text[read_mark(text).start :]
    text = without_footnote(text) or text
    if text and not (row.mark.number and is_count(text)):
        return Head(row.number, row.number, unwrap(text) if wrapped else text, row.number, row.mark)
    following = next_row(rows, row.number)
    if following and following.core and not following.mark.kinds:
        return Head(row.number, following.number, unwrap(following.text), following.number, row.mark)
    return Head(row.number, row.number, row.text.strip(), row.number, row.mark)


def _by_ordinals(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Titles numbered from one on, in one way of numbering each."""
    ways: defaultdict[tuple[tuple[str, ...], str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.mark.number and row.key and not row.noise:
            last = row.text[: row.mark.start].strip()[-1:]
            worded = "article" in row.mark.kinds  # 第一篇 and 第一则 are two ways
            ways[row.mark.kinds, last if worded or not last.isalnum() else ""].append(row)
        elif row.titlelike and (number := number_at_end(to_simplified(row.text.strip()))):
            ways[_AT_END, ""].append(replace(row, mark=Mark(_AT_END, number, 0)))
    for (kinds, _), rows_of_way in sorted(ways.items()):
        numbered = _without_repeats(rows_of_way)
        if not _PARTS.isdisjoint(kinds) or len(numbered) < 2:
            continue
        for some in ([row for row in numbered if _stands_apart(rows, row)], numbered):
            chain = _chain_of_numbers(rows, some) if len(some) > 1 else []
            if len(chain) >= 2:
                yield chain


def _by_bullets(rows: Sequence[Row]) -> list[Row]:
    """The titles behind the same mark (■ 论水) that text follows."""
    kinds: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.mark.kinds == ("bullet",) and row.titlelike:
            kinds[row.text.strip()[:1]].append(row)
    found = ([row for row in marked if text_follows(rows, row.number)] for marked in kinds.values())
    return max(found, key=len, default=[])


def _in_brackets(rows: Sequence[Row]) -> list[Row]:
    """The titles that one pair of brackets holds (【论水】) and text follows."""
    return [row for row in rows if row.titlelike and is_wrapped(row.text) and text_follows(rows, row.number)]


def _behind_closings(rows: Sequence[Row]) -> list[Row]:
    """The titles right behind the closing lines of the articles before them."""
    found = [row for row in find_after_closings(rows) if text_follows(rows, row.number)]
    if len(found) > 1 and not _text_between(rows, found[0].number, found[1].number):
        return found[1:]
    lead = next((row.number for row in rows if row.says and not row.titlelike), 1)
    first = title_in_front(rows[:lead], found[1:], rows) if found else None
    return [first, *found[1:]] if first else found


def _chain_of_numbers(rows: Sequence[Row], numbered: Sequence[Row]) -> list[Row]:
    """The best run of rows numbered one, two, three …: rows with much text behind them speak for it, others against."""
    ends = [row.number for row in numbered[1:]] + [len(rows) + 1]
    lengths = [sum(len(r.text) for r in rows[row.number : end - 1]) for row, end in zip(numbered, ends, strict=True)]
    much = min(_MUCH_TEXT, max(lengths) / 10)
    best: dict[int, tuple[int, Row]] = {}
    before: dict[int, Row] = {}
    for row, length in zip(numbered, lengths, strict=True):
        number = row.mark.number
        if not number or (number > 1 and number - 1 not in best) or not text_follows(rows, row.number):
            continue
        total = 2 if length >= much else -1
        if number > 1:
            total += best[number - 1][0]
            before[row.number] = best[number - 1][1]
        if number not in best or total > best[number][0]:
            best[number] = (total, row)
    chain: list[Row] = []
    last: Row | None = max(best.values(), key=lambda pair: pair[0])[1] if best else None
    while last:
        chain.insert(0, last)
        last = before.get(last.number)
    return chain


def _stands_apart(rows: Sequence[Row], row: Row) -> bool:
    return row.number < 2 or rows[row.number - 2].empty


def _by_headings(rows: Sequence[Row]) -> Iterator[tuple[Means, list[Row]]]:
    levels: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        if level := heading_level(row):
            levels[level].append(row)
    for level, deeper in zip_longest(sorted(levels)[:3], sorted(levels)[1:3]):
        starts = levels[level]
        direct = sum(heading_level(below) == deeper for start in starts if (below := next_row(rows, start.number)))
        if deeper and direct >= 0.8 * len(starts) and len(levels[deeper]) >= 1.5 * len(starts):
            continue  # headings of groups of articles
        if len(starts) > 1 and not _text_between(rows, starts[0].number, starts[1].number):
            starts = starts[1:]
        yield "top_headings" if level == 1 else "headings", starts


def _text_between(rows: Sequence[Row], after: int, before: int) -> bool:
    return any(not row.empty and not row.titlelike for row in rows[after : before - 1])


def _after_blanks(rows: Sequence[Row], gap: int) -> list[Row]:
    """The first lines of blocks that stand `gap` blank lines apart; none unless nearly all are titles before text."""
    found: list[tuple[Row, Row]] = []
    others = 0
    above: list[Row] = []
    for block in _blocks(rows, gap):
        if all(row.titlelike for row in block):
            own = [row for row in block if not (is_credit(row.text) or is_foreign(row.text))]
            above = block if len(own) < 3 and not is_name(block[-1]) else []
            continue
        first = block[0]
        usable = first.core and not first.mark.kinds and not is_head_line(first.text)
        if above or (usable and len(block) > 1):
            found.append((above[0] if above else first, first))
        others += bool(found) and not (usable or above)
        above = []
    apart = sum(start is not first for start, first in found) * 2 > len(found)
    starts = [start if apart else _below_own_title(first, found, rows) for start, first in found]
    others += sum(not row.titlelike for row in starts)
    return starts if others <= len(starts) // 10 else []


def _below_own_title(first: Row, found: Sequence[tuple[Row, Row]], rows: Sequence[Row]) -> Row:
    """The first line of a block; below it in the text's first block where that has one short line more in front of its
    sentences than each of the others: the title of the compilation."""
    lengths = {sum(1 for _ in takewhile(lambda row: row.titlelike, rows[other.number - 1 :])) for _, other in found[1:]}
    short = list(takewhile(lambda row: row.titlelike, rows[first.number - 1 :]))
    alone = first is found[0][1] and not any(row.says for row in rows[: first.number - 1])
    return short[1] if alone and len(found) > 2 and lengths == {len(short) - 1} and len(short) > 1 else first


def _blocks(rows: Sequence[Row], gap: int) -> Iterator[list[Row]]:
    block: list[Row] = []
    blanks = 0
    for row in rows:
        if row.noise:
            continue
        if not row.blank and blanks >= gap and block:
            yield block
            block = []
        blanks = blanks + 1 if row.blank else 0
        if not row.blank:
            block.append(row)
    if block:
        yield block
