"""UTF-8 or GBK read as Latin-1 or Windows-1252: Chinese text that looks like `ä¸\xadå\x9b½` or `ÖÐ¹ú`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from build_digest.model import Repair
from build_digest.text.characters import UNKNOWN, is_chinese, load_levels
from build_digest.text.mojibake.gbk import character_of
from build_digest.text.mojibake.lattice import CONTEXT, PLACEHOLDER, fill_in

DROPPED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Bytes that Windows-1252 has no character for and some decoders drop."""

BYTES = {chr(byte): byte for byte in range(0x80, 0x100)}
BYTES |= {bytes((byte,)).decode("cp1252"): byte for byte in range(0x80, 0xA0) if byte not in DROPPED}
SPECIAL = "".join(character for character in BYTES if character > "\xff")
CONTINUATION = re.escape("".join(character for character, byte in BYTES.items() if 0x80 <= byte < 0xC0))
UNIT = re.compile(
    f"(?P<four>[\xf0-\xf4][{CONTINUATION}]{{3}})|(?P<three>[\xe2-\xef][{CONTINUATION}]{{0,2}})"
    f"|(?P<two>[\xc2\xc3][{CONTINUATION}])|(?P<ascii>[\x20-\x7e\t])"
)
DAMAGED = re.compile(
    f"[\x81-\xff](?:(?<=[\xc2-\xf4])[{CONTINUATION}]|[\x80-\xff]{{3}}|[@-~\x80-\xfe][\x81-\xfe][@-~\x80-\xfe])"
)
"""What no text with such damage is without: cheap to look for, and rare in clean text."""

STRETCH = re.compile(f"[\x80-\xff][\x20-\x7e\t\x80-\xff{re.escape(SPECIAL)}]*")
SURE = 0.75
WHOLE_SHARE = 0.5
"""So many of a run's characters must have all their bytes."""

LEAST_MEAN_LEVEL = 5.0
"""GBK read as Latin-1 must come out as characters so common on the mean."""

LEAST_COMMON_SHARE = 0.75
COMMON_LEVEL = 4
SINGLE_ENDS = "·×°±©®§"
"""Two bytes alone are put right where they make a letter or one of these."""


def repair_as_latin(lines: Iterable[tuple[str, int]], text: str) -> Iterator[Repair]:
    """The repairs of lines of a text, each given with its offset there."""
    for line, offset in lines:
        yield from _repair_line(line, offset)


def _repair_line(line: str, offset: int) -> Iterator[Repair]:
    for stretch in STRETCH.finditer(line):
        if DAMAGED.search(stretch.group()):
            gbk = _repair_gbk(stretch.group(), offset + stretch.start())
            if gbk is not None:
                yield gbk
            else:
                yield from _repair_utf8(line, *stretch.span(), offset)


def _repair_utf8(line: str, begin: int, end: int, offset: int) -> Iterator[Repair]:
    """Runs of characters whose bytes are UTF-8; ASCII between them belongs to the run."""
    at = begin
    while at < end:
        units: list[re.Match[str]] = []
        while (unit := UNIT.match(line, at, end)) and (units or unit.lastgroup != "ascii"):
            units.append(unit)
            at = unit.end()
        while units and (units[-1].lastgroup == "ascii" or len(units[-1].group()) == 1):
            units.pop()
        if _is_sure(units):
            yield _restore(line, units, offset)
        at = max(at, units[-1].end()) if units else at + 1


def _is_whole(unit: re.Match[str]) -> bool:
    return unit.lastgroup != "three" or len(unit.group()) == 3


def _is_sure(units: list[re.Match[str]]) -> bool:
    parts = [unit for unit in units if unit.lastgroup != "ascii"]
    long = [unit for unit in parts if unit.lastgroup in ("three", "four")]
    if any(map(_is_whole, long)):
        whole = [unit for unit in parts if _is_whole(unit)]
        return len(whole) >= WHOLE_SHARE * len(parts) and all(_decode(unit.group()) for unit in whole)
    if long or not parts:
        return False
    decoded = "".join(_decode(unit.group()) for unit in parts)
    return len(decoded) == len(parts) and all(c.isalpha() or c in SINGLE_ENDS or c == "\xa0" for c in decoded)


def _decode(text: str) -> str:
    decoded = bytes(BYTES[character] for character in text).decode("utf-8", "ignore")
    return decoded if len(decoded) == 1 and (decoded.isprintable() or decoded.isspace()) else ""


def _restore(line: str, units: list[re.Match[str]], offset: int) -> Repair:
    start, end = units[0].start(), units[-1].end()
    before = line[start:end]
    after = fill_in(
        line[max(0, start - CONTEXT) : start],
        [_list_candidates(unit) for unit in units],
        line[end : end + CONTEXT],
        SURE,
    )
    lost = any(not _is_whole(unit) for unit in units) or any(character in SPECIAL for character in before)
    return Repair(offset + start, offset + end, before, after, "utf8-as-cp1252" if lost else "utf8-as-latin1")


def _list_candidates(unit: re.Match[str]) -> str:
    text = unit.group()
    if unit.lastgroup == "ascii":
        return text
    if _is_whole(unit):
        return _decode(text) or PLACEHOLDER
    lead, *rest = (BYTES[character] for character in text)
    endings = [(a, b) for a in DROPPED for b in DROPPED] if not rest else []
    endings += [pair for byte in rest for lost in DROPPED for pair in ((lost, byte), (byte, lost))]
    found = (bytes((lead, *ending)).decode("utf-8", "ignore") for ending in endings)
    return "".join(dict.fromkeys(c for c in found if len(c) == 1 and c.isprintable())) or PLACEHOLDER


def _repair_gbk(text: str, offset: int) -> Repair | None:
    """A run of characters whose bytes are GBK and make common characters."""
    if any(character > "\xff" for character in text):
        return None
    end = max(at for at, character in enumerate(text) if character > "\x7f") + 1
    after: list[str] = []
    pairs: list[str] = []
    at = 0
    while at < end:
        if text[at] < "\x80":
            after.append(text[at])
            at += 1
            continue
        character = character_of(ord(text[at]), ord(text[at + 1])) if at + 1 < len(text) else ""
        if not character:
            return None
        pairs.append(character)
        after.append(character)
        at += 2
    if not _is_common(pairs) or (len(pairs) < 4 and text[:at].isalpha()):
        return None
    return Repair(offset, offset + at, text[:at], "".join(after), "gbk-as-latin1")


def _is_common(characters: list[str]) -> bool:
    levels = [load_levels().get(character, UNKNOWN) for character in characters if is_chinese(character)]
    if len(characters) < 2 or len(levels) < 0.5 * len(characters):
        return False
    common = sum(level >= COMMON_LEVEL for level in levels)
    return common >= LEAST_COMMON_SHARE * len(levels) and sum(levels) >= LEAST_MEAN_LEVEL * len(levels)
