"""GBK's code table read by halves: which characters begin or end with given bytes, and which pairs have none."""

from __future__ import annotations

from functools import cache

from build_digest.text.characters import UNKNOWN, is_chinese, load_levels

LEADS = tuple(range(0x81, 0xFF))
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
PRIVATE = ("\ue000", "\uf8ff")
LEAST_LEVEL = 4
"""Characters rarer than this are no candidates where both bytes of a character were lost in part."""


@cache
def character_of(lead: int, trail: int) -> str:
    """The character of two bytes, or nothing where GBK has none.

    >>> character_of(0xD6, 0xD0), character_of(0xAA, 0xA1)
    ('中', '')
    """
    character = _decode(lead, trail)
    return "" if _is_private(character) else character


@cache
def characters_of(leads: tuple[int, ...], trails: tuple[int, ...]) -> str:
    """The characters that begin and end with any of these bytes."""
    return "".join(character_of(lead, trail) for lead in leads for trail in trails)


@cache
def likely_characters_of(leads: tuple[int, ...], trails: tuple[int, ...]) -> str:
    """The same without the rare ones."""
    levels = load_levels()
    return "".join(
        character
        for character in characters_of(leads, trails)
        if not is_chinese(character) or levels.get(character, UNKNOWN) >= LEAST_LEVEL
    )


@cache
def lost_pairs() -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Pairs of bytes that have no character and vanish on the way: groups of (first bytes, second bytes).

    The first group is by far the most frequent one.
    """
    groups: dict[tuple[int, ...], list[int]] = {}
    for first in TRAILS:
        seconds = tuple(second for second in LEADS if _is_private(_decode(first, second)))
        if seconds:
            groups.setdefault(seconds, []).append(first)
    pairs = [(tuple(firsts), seconds) for seconds, firsts in groups.items()]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0]) * len(pair[1])))


def bytes_of(character: str) -> bytes:
    """The bytes of a character, none for a lone surrogate.

    >>> bytes_of("中").hex(), bytes_of("\\ud800")
    ('d6d0', b'')
    """
    return character.encode("gb18030", "ignore")


def _decode(lead: int, trail: int) -> str:
    character = bytes((lead, trail)).decode("gb18030", "ignore")
    return character if len(character) == 1 and character > "\x7f" else ""


def _is_private(character: str) -> bool:
    return bool(character) and PRIVATE[0] <= character <= PRIVATE[1]
