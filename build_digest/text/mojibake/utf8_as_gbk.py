"""UTF-8 read as GBK: Chinese text that looks like `涓枃`, with U+FFFD (or `?`) where GBK has no character for a pair.

Each such mark stands for one lost byte; which bytes it may have been follows from the byte behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_digest.model import Repair
from build_digest.text.characters import UNKNOWN, is_chinese, load_levels
from build_digest.text.mojibake.gbk import bytes_of, character_of
from build_digest.text.mojibake.lattice import CONTEXT, fill_in

RULE = "utf8-as-gbk"
LOST = "\ufffd"
LEADS = (*range(0xE2, 0xEA), 0xEF)
CONTINUATIONS = tuple(range(0x80, 0xC0))
SURE = 0.7
ENOUGH = 6
"""So many bytes ahead are read: the longest character and the byte behind it."""

LEAST_CHARACTERS = 2
"""A run must make so many characters; fewer are chance."""


def _list(firsts: tuple[int, ...], seconds: tuple[int, ...]) -> str:
    return "".join(character_of(first, second) for first in firsts for second in seconds)


DAMAGED = re.compile(f"[{_list(LEADS, CONTINUATIONS)}][{_list(CONTINUATIONS, LEADS)}\ue000-\uf8ff{LOST}?]")
"""The first character of a run and a second one: rare in clean text, and more so together."""


def repair_utf8_as_gbk(lines: Iterable[tuple[str, int]], text: str) -> Iterator[Repair]:
    """The repairs of lines of a text, each given with its offset there."""
    for line, offset in lines:
        at = 0
        while found := DAMAGED.search(line, at):
            start = found.start()
            end, candidates = _read_run(line, start)
            if len(candidates) < LEAST_CHARACTERS or not _is_better(candidates, line[start:end]):
                at = start + 1
                continue
            after = fill_in(line[max(0, start - CONTEXT) : start], candidates, line[end : end + CONTEXT], SURE)
            yield Repair(offset + start, offset + end, line[start:end], after, RULE)
            at = end


def _read_run(line: str, start: int) -> tuple[int, list[str]]:
    """The end of the run that begins at `start`, and the candidates for each of its characters.

    The run ends behind the last Chinese character whose bytes end where a character of the text does.
    """
    cells: list[int | None] = []
    ends: dict[int, int] = {}  # a position in the text for each number of cells where a character ends
    candidates: list[str] = []
    at, behind = 0, start
    end, whole = start, 0
    while True:
        while behind < len(line) and len(cells) < at + ENOUGH:
            data = b"" if line[behind] == LOST else bytes_of(line[behind])
            if len(data) > 2 or (not data and line[behind] != LOST):
                break
            behind += 1
            cells += data or [None]
            ends[len(cells)] = behind
        found, width = _read_character(cells, at) if at < len(cells) else ("", 0)
        if not found:
            return end, candidates[:whole]
        candidates.append(found)
        at += width
        if at in ends and width > 2:
            end, whole = ends[at], len(candidates)


def _read_character(cells: list[int | None], at: int) -> tuple[str, int]:
    """The candidates for the character whose bytes begin at `at`, and how many bytes it has."""
    lead = cells[at]
    if lead is not None and lead < 0x80:
        return chr(lead), 1
    if lead in (0xC2, 0xC3):
        width = 2
    elif lead is not None and lead >= 0xF0:
        width = 4
    else:
        width = 3
    options = [_list_bytes(cells, at + number, LEADS if number == 0 else CONTINUATIONS) for number in range(width)]
    if lead is not None:
        options[0] = (lead,)
    sequences: list[bytes] = [b""]
    for option in options:
        sequences = [sequence + bytes((byte,)) for sequence in sequences for byte in option]
    found = (sequence.decode("utf-8", "ignore") for sequence in sequences)
    return "".join(c for c in found if len(c) == 1 and (len(sequences) == 1 or _is_usual(c))), width


def _list_bytes(cells: list[int | None], at: int, usual: tuple[int, ...]) -> tuple[int, ...]:
    """What the byte at `at` may be: itself, or if it was lost, such that GBK has no character for it and the next."""
    if at >= len(cells):
        return ()
    byte = cells[at]
    if byte is not None and byte != ord("?"):
        return (byte,) if byte in usual else ()
    behind = cells[at + 1] if at + 1 < len(cells) else None
    if behind is not None and behind >= 0x80 and behind not in LEADS and behind not in CONTINUATIONS:
        behind = None  # the run ends here: the byte was alone
    return tuple(each for each in usual if behind is None or byte is not None or not _is_pair(each, behind))


def _is_pair(lead: int, trail: int) -> bool:
    return len(bytes((lead, trail)).decode("gbk", "ignore")) == 1 and trail > 0x3F and lead > 0x80


def _is_usual(character: str) -> bool:
    if is_chinese(character):
        return load_levels().get(character, UNKNOWN) > 2
    return character in "，。、：；？！“”‘’（）《》【】…—·～"


def _is_better(candidates: list[str], text: str) -> bool:
    """Whether the run makes more common characters than it has."""
    made = [c for c in candidates if len(c) == 1 and is_chinese(c)]
    had = [c for c in text if is_chinese(c)]
    levels = load_levels()
    rate = [sum(levels.get(c, UNKNOWN) for c in some) / max(1, len(some)) for some in (made, had)]
    return not made or rate[0] > rate[1]
