"""Taking a text apart by its contents list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from build_digest.compilations.align import LIKE, SURE, Candidate, align, likeness
from build_digest.compilations.contents import Contents, find_contents, find_contents_behind, find_recurring_contents
from build_digest.compilations.contents_entries import Entry, join_wrapped
from build_digest.compilations.gaps import find_lost_starts
from build_digest.compilations.groups import find_group_leads
from build_digest.compilations.listed_authors import readings, without_additions, without_companions
from build_digest.compilations.marks import Mark
from build_digest.compilations.proposal import Head, Proposal, find_declared
from build_digest.compilations.rows import Row, worded
from build_digest.compilations.titles import fold_title, is_wrapped, unwrap, without_footnote
from build_digest.model import Found


def propose_by_contents(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart by each list that it may begin with."""
    for found in find_contents(rows):
        below = [row.core for row in rows[found.last :] if row.core]
        cores = frozenset(below)
        entries = join_wrapped(without_additions(without_companions(found.entries, below), cores), cores)
        contents, chain = _align(replace(found, entries=entries), rows)
        if len(chain) >= 2 and len(chain) * 2 >= sum(not entry.group for entry in contents.entries):
            yield _propose(rows, contents, chain)


def propose_by_recurrence(rows: Sequence[Row]) -> Iterator[Proposal]:
    """Offer to take a text apart by a list whose titles stand again in it, before or behind it."""
    contents = find_recurring_contents(rows)
    if contents is None:
        return
    halfway = sum(not row.empty for row in rows[: contents.first]) * 2 > sum(not row.empty for row in rows)
    if halfway:
        behind = find_contents_behind(rows)
        yield from _propose_by_list_behind(contents, rows)
        if (
            behind
            and behind.heading
            and contents.first != behind.first <= contents.last
            and contents.first <= behind.last
        ):
            yield from _propose_by_list_behind(behind, rows)
        return
    contents, chain = _align(contents, rows)
    if len(chain) > 1:
        yield _propose(rows, contents, chain)


def _propose_by_list_behind(contents: Contents, rows: Sequence[Row]) -> Iterator[Proposal]:
    body = rows[: contents.first - 1]
    chain = align(contents.entries, body)
    if len(chain) > 1:
        placed = replace(contents, heading=None, first=0, last=0)
        yield replace(_propose(body, placed, chain), contents=contents, front=_front(chain, rows))


def _front(chain: Mapping[int, Candidate], rows: Sequence[Row]) -> tuple[Row, ...]:
    first = min(match.first for match in chain.values())
    return tuple(worded(rows[: first - 1]))


def _align(contents: Contents, rows: Sequence[Row]) -> tuple[Contents, dict[int, Candidate]]:
    """Match a list with the lines below it, and once more where that shows that the list ends earlier."""
    chain = _match(contents, rows)
    trimmed = _trim(contents, chain, rows)
    return (contents, chain) if trimmed is contents else (trimmed, _match(trimmed, rows))


def _match(contents: Contents, rows: Sequence[Row]) -> dict[int, Candidate]:
    chain = align(contents.entries, rows[contents.last :])
    for k in sorted(chain):
        if k == 0 or contents.entries[k - 1].group:
            above = chain[k - 1].last if k - 1 in chain else contents.last
            if (k < 2 or k - 1 in chain) and chain[k].weight < SURE and _text(rows, above, chain[k].first):
                # Text before it, and it does not look like the other titles: a section heading; the title is missing.
                del chain[k]
    return chain


def _trim(contents: Contents, chain: Mapping[int, Candidate], rows: Sequence[Row]) -> Contents:
    """End the list where what follows is rather the beginning of the first article.

    That is so for lines after the last entry that the body repeats when one of them is like the first entry, when
    they are written in another way than most, or when the first title is missing in the body and nothing else stands
    before the second.
    """
    entries = contents.entries
    end = max(chain, default=len(entries) - 1) + 1
    tail = range(end, len(entries))
    copy = next((k for k in tail if 0 not in chain and likeness(entries[k].key, entries[0].key) >= LIKE), None)
    first = min((match.first for match in chain.values()), default=0)
    if copy is None:
        bare = 0 not in chain and (_text(rows, contents.last, first) is None or not (tail and entries[end].kinds))
        copy = end if bare else next((k for k in tail if entries[k].group), len(entries))
    if copy == len(entries):
        return contents
    return replace(contents, entries=entries[:copy], last=entries[copy - 1].lines[-1])


def _propose(rows: Sequence[Row], contents: Contents, chain: Mapping[int, Candidate]) -> Proposal:
    """Make heads of matched entries; those that only precede the next title head a group."""
    heads: list[Head] = []
    groups: list[int] = []
    entries = contents.entries
    order = sorted(chain, key=lambda k: chain[k].first)
    ends = [chain[k].first for k in order[1:]] + [len(rows) + 1]
    texts = {k: worded(rows[chain[k].last : end - 1]) for k, end in zip(order, ends, strict=True)}
    leads = find_group_leads(entries, texts)
    first = next(k for k, entry in enumerate(entries) if not entry.group or k == order[0])
    if first not in chain and (start := _text(rows, contents.last, chain[order[0]].first)):
        heads.append(_untitled(entries[first], start))
    for k, end in zip(order, ends, strict=True):
        match = chain[k]
        start = _text(rows, match.last, end)
        following = entries[k + 1] if k + 1 < len(entries) else None
        untitled = entries[k].group and following is not None and not following.group and k + 1 not in chain
        if untitled or k in leads or (not start and end <= len(rows)):
            groups += range(match.first, match.last + 1)
        if untitled and following and start:
            heads.append(_untitled(following, start))
        elif k not in leads and (start or end > len(rows)):
            heads.append(_head(entries[k], match, rows))
    known = {head.stated for head in heads}
    lost = find_lost_starts(entries, chain, rows)
    heads += [_untitled(entries[k], start) for k, start in lost if entries[k].lines[0] not in known]
    heads.sort(key=lambda head: head.first)
    stated = {head.stated for head in heads}
    missing = [
        (entry.lines[0], entry.title)
        for k, entry in enumerate(entries)
        if k not in chain and not entry.group and entry.lines[0] not in stated
    ]
    front = tuple(row for row in rows[: contents.first - 1] if not row.empty)
    declared = find_declared((*front, rows[contents.heading - 1]) if contents.heading else front)
    remarks = tuple(row.number for k in sorted(leads) for row in texts[k])
    return Proposal("contents", tuple(heads), front, declared, contents, tuple(groups), tuple(missing), remarks)


def _text(rows: Sequence[Row], after: int, before: int) -> int | None:
    """The first line that says something after one line and before another."""
    return next((row.number for row in rows[after : before - 1] if row.says), None)


def _untitled(entry: Entry, start: int) -> Head:
    """The head of an article whose title stands in the contents list alone."""
    return Head(start, start - 1, without_footnote(entry.title), entry.lines[0], Mark(), author=_author(entry))


def _head(entry: Entry, match: Candidate, rows: Sequence[Row]) -> Head:
    row = rows[match.first - 1]
    if match.last > match.first:
        joined = row.text[row.mark.start :].strip() + rows[match.last - 1].text.strip()
        title = entry.title if fold_title(entry.title) == fold_title(joined) else joined
    else:
        title = clean_title(row, entry)
    return Head(match.first, match.last, title, match.first, row.mark, author=_author(entry))


def _author(entry: Entry) -> Found | None:
    return Found(entry.author, entry.lines[0]) if entry.author else None


def clean_title(row: Row, entry: Entry) -> str:
    """The body's copy of a listed title, without what the list shows to be marks and brackets."""
    bare = row.text.strip()
    if fold_title(bare) == entry.key and not is_wrapped(bare) and row.mark.kinds not in (("markdown",), ("bullet",)):
        return bare
    text = row.text[row.mark.start :].rstrip().rstrip("#").strip()
    if entry.title == unwrap(entry.title):
        text = unwrap(text)
    if fold_title(text) == entry.key:
        return text
    if fold_title(without_footnote(text)) == entry.key:
        return without_footnote(text)
    if entry.key in readings(text):
        return entry.title
    unmarked = without_footnote(text)
    return unmarked if unmarked and fold_title(unmarked).startswith(entry.key) else text or bare
