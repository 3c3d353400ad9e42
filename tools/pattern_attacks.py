"""Texts that make a pattern go back and try again, made from the pattern itself, and how long it takes over them."""

from __future__ import annotations

import math
import re
import signal
import time
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

ANCHORED = ("match", "fullmatch")

ALPHABET = "a1中一 \t\r\n\u3000。，,.：:、-—_*#/《》（)(【“”\"'|·?!年月第A=&<>[]\\%@;\x00"
LONG = 50
"""A repetition that may go on so often is one to attack."""


def list_attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a beginning that the pattern takes and a piece to repeat, which some repetition of it takes.

    The pieces are one character for each way in which the sets of characters in the pattern overlap, and a sample of
    the inside of each long repetition.
    """
    tree = list(_parser.parse(pattern.pattern, pattern.flags))
    sets = list(_list_sets(tree))
    letters = [chr(code) for kind, code in sets if kind is codes.LITERAL]
    told = {tuple(_takes(one, letter) for one in sets): letter for letter in reversed([*ALPHABET, *letters])}
    kinds = list(told.values())[-25:]
    pieces = dict.fromkeys(kinds)
    starts = {"": None}
    for start, body in _list_repetitions(tree, "", kinds):
        starts[start] = None
        for order in (kinds, kinds[::-1]):
            pieces.update(dict.fromkeys(_sample(branch, order) for branch in _list_branches(body)))
        pieces[start + _sample(body, kinds)] = None
    for start in list(starts)[:6]:
        yield from ((start, piece) for piece in pieces if 0 < len(piece) < 100)


def _list_sets(items: list[Any]) -> Iterator[tuple[Any, Any]]:
    for kind, value in items:
        if kind in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            yield kind, value
        for inner in _inside(kind, value):
            yield from _list_sets(inner)


def _inside(kind: Any, value: Any) -> list[Any]:
    """The parts of an item that has parts."""
    if kind is codes.BRANCH:
        return list(value[1])
    if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [value[2]]
    if kind is codes.SUBPATTERN:
        return [value[3]]
    if kind in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is codes.ATOMIC_GROUP else []


_CATEGORIES: dict[Any, str] = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def _takes(item: tuple[Any, Any], letter: str) -> bool:
    """Whether a character, a range or a set takes a letter."""
    kind, value = item
    if kind is codes.IN:
        return any(_takes(one, letter) for one in value) != (value[0][0] is codes.NEGATE)
    if kind is codes.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    if kind is codes.CATEGORY:
        return bool(re.match(_CATEGORIES[value], letter))
    if kind is codes.ANY:
        return letter != "\n"
    return bool((ord(letter) == value) == (kind is codes.LITERAL)) and kind is not codes.NEGATE


def _list_repetitions(items: list[Any], start: str, kinds: list[str]) -> Iterator[tuple[str, list[Any]]]:
    """The inside of each repetition that may be long, with a text that leads to it."""
    for kind, value in items:
        inner = _inside(kind, value)
        if kind in (codes.MAX_REPEAT, codes.MIN_REPEAT) and value[1] >= LONG:
            yield start, list(inner[0])
        for part in inner:
            yield from _list_repetitions(list(part), start, kinds)
        start += _sample([(kind, value)], kinds)


def _list_branches(items: list[Any]) -> Iterator[list[Any]]:
    for kind, value in items:
        for part in _inside(kind, value):
            yield from _list_branches(list(part))
            yield list(part)
    yield items


def _sample(items: list[Any], kinds: list[str]) -> str:
    """A text that these items take, each repetition as seldom as may be."""
    text = ""
    for kind, value in items:
        if kind in (codes.LITERAL, codes.NOT_LITERAL, codes.IN, codes.ANY):
            own = chr(value) if kind is codes.LITERAL else "a"
            text += next((letter for letter in kinds if _takes((kind, value), letter)), own)
        elif kind in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            text += _sample(list(value[2]), kinds) * value[0]
        elif kind not in (codes.ASSERT, codes.ASSERT_NOT):
            text += "".join(_sample(list(part), kinds) for part in _inside(kind, value)[:1])
    return text


# --- how long it takes -----------------------------------------------------------------------------------------------

SIZE = 1500
NOISE = 0.0015
"""CPU seconds below which a text of `SIZE` characters is gone through in no time."""
MOST = 8.0
"""Four times the text may take so many times the time."""
LONGEST = 1.0


class _TooLongError(BaseException):
    pass


def find_slow_text(pattern: re.Pattern[Any], method: str) -> tuple[str, str] | None:
    """An attack for which the time grows much faster than the text, or None."""
    for start, piece in list_attacks(pattern):
        small = measure(pattern, method, start, piece, SIZE)
        if small > NOISE:
            small = min(small, measure(pattern, method, start, piece, SIZE))
            large = measure(pattern, method, start, piece, 4 * SIZE)
            if small > NOISE and (large > MOST * small or math.isinf(large)):
                return start, piece
    return None


def measure(pattern: re.Pattern[Any], method: str, start: str, piece: str, size: int) -> float:
    """CPU seconds that one question takes with a text of that many characters, every match of it looked for."""
    ask = getattr(pattern, method) if method in ANCHORED else lambda text: sum(1 for _ in pattern.finditer(text))
    return _time(ask, _make_text(pattern, start, piece, size))


def _make_text(pattern: re.Pattern[Any], start: str, piece: str, size: int) -> Any:
    text = f"{start}{piece * (size // len(piece))}\x00"
    return text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def _time(ask: Callable[[Any], object], text: Any) -> float:
    """CPU seconds of one question, endless for one that was broken off."""
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)
    start = time.process_time()
    try:
        ask(text)
    except _TooLongError:
        return math.inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return time.process_time() - start


def _give_up(number: int, frame: FrameType | None) -> None:
    raise _TooLongError
