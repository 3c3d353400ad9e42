"""GBK one byte off: a lead byte became `?`, and the bytes after it were cut into pairs at the wrong places.

Each character of such a run holds the second byte of one original character and the first byte of the next. Pairs that
GBK has no character for vanished, and full-width letters and marks may have been made half-width since. The run ends where
a byte stands alone again: at an ASCII character, at a character with an ASCII second byte, or at the end of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_digest.model import Repair
from build_digest.text.characters import UNKNOWN, is_chinese, load_levels, load_scripts
from build_digest.text.mojibake.gbk import (
    LEADS,
    TRAILS,
    bytes_of,
    characters_of,
    likely_characters_of,
    lost_pairs,
)
from build_digest.text.mojibake.lattice import PLACEHOLDER, read_lattice
from build_digest.text.mojibake.recollection import remember
from build_digest.text.mojibake.steps import IN_STEP, STEP, Edge

RULE = "gbk-one-byte-off"
DAMAGE = -11.0
"""Log probability that damage begins at a question mark."""

STRAY = -12.0
"""Log probability that a run ends in the middle of Chinese text."""

LOSS = -0.7
"""Log probability that a pair was lost, beyond what the text that comes out says for it."""

SURE = 0.65
"""A lost character is filled in when it is so probable; else it becomes a placeholder."""

CLEAN = 0.02
"""A run is left alone when any part of it is clean text with this probability."""

CLEAN_BEFORE_LATIN = 0.15
"""The same for a run that holds but one character and the first letter of a Latin word."""

LATIN = re.compile("[A-Za-z][A-Za-z0-9]")
HOPELESS = 1e-4
"""A run of which little can be read is replaced even so where it is clean text with no more than this probability."""

DAMAGED = re.compile(r"\?[ @-~]?[^\x00-\x7f]|\?[!-~][^\x00-\x7f]")
RARE_LEVEL = 5
USUAL_MARKS = frozenset("，。、：；？！“”‘’（）《》〈〉「」『』【】〔〕—…·～\u3000 □")
LEAST_MEAN_LEVEL = 8.0
"""Clean text has characters as common as this on the mean."""

LOOK_AHEAD = 10
CONTEXT = 12
CLEAN_STRETCH = 16
"""A run is over when so many usual characters follow one another."""

LONGEST_WINDOW = 1500
MOST_CHARACTERS = 3_000
"""So much of a text is looked at closely: a bound on the time that a hostile source can cost."""

MOST_MARKS = 100
"""So many question marks of a text may begin a run: each costs more than a thousand other characters."""

LITTERED = 0.125
"""With a larger share of question marks a text has lost single bytes everywhere, and nothing one byte off comes of it."""

FEW_MARKS = 5
"""So many are no litter, however short the text."""

NEAR = 1500
"""The script of a run is that of so many characters around it."""

DROPPED, SECOND_DROPPED, SPLIT, LOST_ASCII = 1, 20, 50, 51
"""Where the nodes between two characters begin, by what happened there."""


def repair_one_byte_off(lines: Iterable[tuple[str, int]], text: str) -> Iterator[Repair]:
    """The repairs of lines of a text, each given with its offset there."""
    left, marks = MOST_CHARACTERS, MOST_MARKS
    for line, offset in lines:
        at = 0
        while left > 0 and marks > 0 and (begin := _find_suspicion(line, at)) >= 0:
            first = max(at, begin - CONTEXT)
            at = _find_end(line, begin)
            left -= at - first
            if left < 0:
                return
            found = line.count("?", first, at)
            if found > max(FEW_MARKS, LITTERED * (at - first)):
                continue
            marks -= found
            elsewhere = (
                text[max(0, offset + begin - NEAR) : offset + begin],
                text[offset + at : offset + at + NEAR],
            )
            yield from _repair_window(line, first, at, offset, elsewhere)


def _is_rare(character: str) -> bool:
    if is_chinese(character):
        return load_levels().get(character, UNKNOWN) < RARE_LEVEL
    return not character.isascii() and character not in USUAL_MARKS


def _find_suspicion(line: str, at: int) -> int:
    """The next question mark with rare or mostly uncommon characters behind it, or -1."""
    while (at := line.find("?", at)) >= 0:
        behind = line[at + 1 : at + 1 + LOOK_AHEAD]
        if any(map(_is_rare, behind)) or _is_uncommon(behind):
            return at
        at += 1
    return -1


def _is_uncommon(text: str) -> bool:
    levels = [load_levels().get(character, UNKNOWN) for character in text if is_chinese(character)]
    return sum(levels) < LEAST_MEAN_LEVEL * len(levels)


def _find_end(line: str, begin: int) -> int:
    usual = 0
    for at in range(begin + 1, min(len(line), begin + LONGEST_WINDOW)):
        usual = 0 if _is_rare(line[at]) else usual + 1
        if usual == CLEAN_STRETCH:
            return at
    return min(len(line), begin + LONGEST_WINDOW)


def _repair_window(line: str, begin: int, end: int, offset: int, elsewhere: tuple[str, str]) -> Iterator[Repair]:
    simplified, traditional = load_scripts()
    around = "".join(elsewhere) + line[begin:end]
    is_traditional = sum(map(traditional.__contains__, around)) > sum(map(simplified.__contains__, around))
    foreign = simplified if is_traditional else traditional
    edges = [_leave_out(edge, foreign) for edge in _make_edges(line, begin, end)]
    memory = remember(piece for part in elsewhere for piece in _list_clean(part))
    lattice = read_lattice(edges, begin * STEP + IN_STEP, end * STEP + IN_STEP, memory)
    run: list[str] = []
    start, clean = begin, 0.0
    for reading in lattice.readings:
        edge = reading.edge
        if edge.is_plain():
            continue
        position = edge.source // STEP
        if edge.source % STEP == IN_STEP:
            run, start = [], position
            clean = lattice.rate(edge.source, edge.source + STEP)
        run.append(reading.choose(SURE))
        if edge.target % STEP == IN_STEP:
            stop = edge.target // STEP
            after = "".join(run)
            if _is_sure(line, start, stop, after, clean):
                yield Repair(offset + start, offset + stop, line[start:stop], after, RULE)


def _is_sure(line: str, start: int, stop: int, after: str, clean: float) -> bool:
    """Whether a run, which is clean text with the probability `clean`, is to be replaced."""
    if stop - start <= 2:  # one character, of whose second byte a Latin word begins
        return clean < CLEAN_BEFORE_LATIN and bool(LATIN.match(after[-1:] + line[stop : stop + 1]))
    return clean < CLEAN and (2 * after.count(PLACEHOLDER) < len(after) or clean < HOPELESS)


def _list_clean(text: str) -> Iterator[str]:
    """The lines of a text as far as they are clean: damage must not speak for damage."""
    for line in text.split("\n"):
        suspicion = _find_suspicion(line, 0)
        yield line if suspicion < 0 else line[:suspicion]


def _leave_out(edge: Edge, characters: frozenset[str]) -> Edge:
    if len(edge.candidates) == 1:
        return edge
    return Edge(edge.source, edge.target, "".join(c for c in edge.candidates if c not in characters), edge.cost)


def _split(character: str) -> tuple[int, int] | None:
    """The two bytes that a character of a run was made of."""
    data = bytes_of(character)
    if len(data) == 2:
        return data[0], data[1]
    if len(data) == 1 and 0x21 <= data[0] <= 0x7E:
        return 0xA3, data[0] + 0x80  # it was full-width once
    return None


def _make_edges(line: str, begin: int, end: int) -> Iterator[Edge]:
    for at in range(begin, end):
        in_step = at * STEP + IN_STEP
        yield Edge(in_step, in_step + STEP, line[at])
        if line[at] == "?":
            yield from _begin_run(line, at, end)
        yield from _continue_run(line, at, end)
    yield from _continue_run(line, end, end)


def _begin_run(line: str, at: int, end: int) -> Iterator[Edge]:
    source = at * STEP + IN_STEP
    behind = at + 1
    if line[behind : behind + 1] == " " and behind + 1 < end and not is_chinese(line[behind + 1]):
        behind += 1  # a site that sets marks apart
    if behind >= end:
        return
    for edge in _read_next(line, behind, source, LEADS):
        yield Edge(edge.source, edge.target, edge.candidates, edge.cost + (DAMAGE if edge.source == source else 0.0))


def _continue_run(line: str, at: int, end: int) -> Iterator[Edge]:
    """The edges that follow a run that has reached `at`; the character before holds the lead byte to go on from."""
    pair = _split(line[at - 1]) if at else None
    if pair is None or pair[1] < 0x81:
        return
    lead, source = (pair[1],), at * STEP
    back = at * STEP + IN_STEP
    over = at == len(line) or (at < end and line[at] < "@")
    yield Edge(source, back, characters_of(lead, TRAILS), 0.0 if over else STRAY)
    if at < end:
        yield Edge(source, source + LOST_ASCII, characters_of(lead, tuple(range(0xA1, 0xA8))))
        yield Edge(source + LOST_ASCII, back, PLACEHOLDER)
        yield from _read_next(line, at, source, lead)


def _read_next(line: str, at: int, source: int, leads: tuple[int, ...]) -> Iterator[Edge]:
    """What the character at `at` may hold after a lead byte that is one of `leads`."""
    base, after = at * STEP, (at + 1) * STEP
    choose = characters_of if len(leads) == 1 else likely_characters_of
    if "@" <= line[at] <= "~":
        yield Edge(source, after + IN_STEP, choose(leads, (ord(line[at]),)))
    pair = _split(line[at])
    if pair is None:
        return
    trail, lead = pair
    if lead < 0x81:
        yield Edge(source, base + SPLIT, characters_of(leads, (trail,)))
        yield Edge(base + SPLIT, after + IN_STEP, chr(lead))
        return
    yield Edge(source, after, characters_of(leads, (trail,)))
    for number, (firsts, seconds) in enumerate(lost_pairs()):
        yield Edge(source, base + DROPPED + number, choose(leads, firsts), LOSS)
        yield Edge(base + DROPPED + number, after, characters_of(seconds, (trail,)))
        if number == 0:
            yield Edge(base + DROPPED, base + SECOND_DROPPED, likely_characters_of(seconds, firsts))
            yield Edge(base + SECOND_DROPPED, after, likely_characters_of(seconds, (trail,)))
