"""Ask quickly whether any of many expressions is found in a text, which hardly any is in most texts.

A search skips to where an expression may begin if each of its alternatives begins with a plain character; so they are
taken apart until they do: `(?:如|以)下|图?表` is `如下|以下|图表|表`. What begins otherwise is asked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_PLAIN = re.compile(r"\w(?![?*+{])")
_OPTIONAL = re.compile(r"\?(?![?+])")
_REPEATED = re.compile(r"[?*+{]")
_GROUP = re.compile(r"\((?:\?:|(?!\?))")
_SIMPLE_CLASS = re.compile(r"\[(\w+)\]")
_NAMED_OR_NUMBERED = re.compile(r"\\[1-9]|\(\?P|\(\?\(")
"""Groups that are spoken of elsewhere in the expression."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether any of several expressions is found in a text: one of the tests finds something then."""

    tests: tuple[Callable[[str], re.Match[str] | None], ...]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> Gate:
        """The gate of these expressions.

        >>> gate = Gate.of(["^第[一二]", "(?:如|以)下"])
        >>> [gate.opens(text) for text in ("第二", "见以下", "在第二")]
        [True, True, False]
        """
        parts = [part for pattern in patterns for part in split_alternatives(pattern)]
        starts = {part[1:]: _beginnings(part[1:]) for part in parts if part.startswith("^")}
        known = [part for part, firsts in starts.items() if firsts]
        firsts = "".join(dict.fromkeys(first for part in known for first in starts[part]))
        unknown = [part for part, firsts in starts.items() if not firsts]
        opened = [one for part in parts if not part.startswith("^") for one in open_up(part)]
        plain = [part for part in opened if _PLAIN.match(part)]
        other = [part for part in opened if not _PLAIN.match(part)]
        return cls(
            (
                *([re.compile(f"(?=[{firsts}])(?:{'|'.join(known)})").match] if known else []),
                *(re.compile("|".join(group)).match for group in [unknown] if group),
                *(re.compile("|".join(group)).search for group in [plain, other] if group),
            )
        )

    def opens(self, text: str) -> bool:
        """Whether any of the expressions is found in the text."""
        for test in self.tests:  # noqa: SIM110 - a generator takes longer than most of the tests
            if test(text):
                return True
        return False


def split_alternatives(pattern: str) -> list[str]:
    r"""The parts of an expression between its outermost bars.

    >>> split_alternatives(r"^a(b|c)|d[|]\||e")
    ['^a(b|c)', 'd[|]\\|', 'e']
    """
    parts = [""]
    depth = 0
    for piece in _PIECE.findall(pattern):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def open_up(part: str) -> list[str]:
    """Expressions that are found together where this one is, which has no outermost bar; most begin with a character.

    >>> open_up("(?:[如以]下|图)?表")
    ['如下表', '以下表', '图表', '表']
    """
    first = _first_unit(part)
    rest = part[len(first) :]
    optional = _OPTIONAL.match(rest) is not None and len(rest) > 1
    choices = _choices(first)
    if choices is None or _NAMED_OR_NUMBERED.search(part) or (_REPEATED.match(rest) and not optional):
        return [part]
    rest = rest[optional:]
    opened = (
        [choice + rest for choice in choices]
        if choices == [first]
        else [each for choice in choices for each in open_up(choice + rest)]
    )
    return opened + (open_up(rest) if optional else [])


def _beginnings(part: str) -> str:
    """The characters that an expression may begin with; empty where they cannot be told."""
    opened = open_up(part)
    return "".join(one[0] for one in opened) if all(map(_PLAIN.match, opened)) else ""


def _first_unit(part: str) -> str:
    """The group, the class or the character that an expression begins with."""
    depth = end = 0
    for piece in _PIECE.finditer(part):
        depth += (piece[0] == "(") - (piece[0] == ")")
        end = piece.end()
        if not depth:
            break
    return part[:end]


def _choices(unit: str) -> list[str] | None:
    """What the beginning of an expression stands for, one by one; None where that cannot be told."""
    group, simple = _GROUP.match(unit), _SIMPLE_CLASS.fullmatch(unit)
    if group:
        return split_alternatives(unit[group.end() : -1])
    if simple:
        return list(simple[1])
    return [unit] if _PLAIN.fullmatch(unit) else None
