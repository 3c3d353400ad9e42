"""Quotation marks and brackets without their counterpart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

Numbered = Sequence[tuple[int, str]]
"""The lines of a paragraph, each with its number."""

_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_BRACKETS = {"（": "）", "【": "】", "《": "》", "〈": "〉", "〔": "〕"}
_OPENING = {closing: opening for opening, closing in {**_QUOTES, **_BRACKETS}.items()}
_FORMS = {"(": "（", ")": "）"}
_ANY_BRACKET = re.compile(f"[{''.join(_BRACKETS)}{''.join(_BRACKETS.values())}()]")
_NOT_TEXT = re.compile(
    r"`[^`\n]*`"
    r"|\]\((?:[^()\n]|\([^()\n]{0,200}\)){0,500}\)"
    r"|<[^>\n]{1,200}>"
    r"|https?://(?:[^\s()（）【】《》“”‘’「」，。；、]|\([^\s()]{0,100}\)|\((?=[a-zA-Z0-9]))+"
    r"|\\."
    r"|[\[(（]\s?[-+−]?[\d.∞a-z]{1,12}\s?[,，]\s?[-+−]?[\d.∞a-z]{1,12}\s?[\])）]"
)
"""Code, targets of links, HTML, addresses, what is escaped, and intervals such as [0, 1)."""
_SIGN = re.compile(
    r"(?:^|(?<=[\s，；。：、！？,;:.!?“‘「『]))(?<!\d[:：])"
    r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,5}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚]|[①-⑳])[)）]"
    r"|[:：;；=][-~^o]?[)）]"
    r"|[:：;；=][-~^o]?[(（](?=[\s，。；！？,.!?]|$)"
)
"""Ends in a bracket that may have no counterpart: the number of an item, 1) or 一）, or a face, :) or ：（."""
_ITEM = re.compile(r"[\da-zA-Z一二三四五六七八九十]")
"""What the number of an item ends with."""
_STOPS = "，。；：、！？…,.;"
"""What seldom follows the number of an item, and often a bracket that closes another."""


def find_unbalanced(paragraphs: Iterable[Numbered]) -> Iterator[tuple[int, str]]:
    """The lines and marks that lack a counterpart.

    A quotation may go over several paragraphs, each of which may begin with its opening mark again; brackets may not.
    Half-width and full-width brackets count as the same.

    >>> list(find_unbalanced([[(1, "“甲（乙。")], [(2, "“丙”丁）")]]))
    [(1, '（'), (2, '）')]
    >>> list(find_unbalanced([[(1, "（林，2008：112）共两点：1）甲；2）乙 :)")]]))
    []
    """
    texts = [[(number, _blank_out(line)) for number, line in paragraph] for paragraph in paragraphs]
    for paragraph in texts:
        yield from _unbalanced_brackets(paragraph)
    yield from _unbalanced_quotes(texts)


def _blank_out(line: str) -> str:
    return _NOT_TEXT.sub(lambda match: " " * len(match[0]), line)


def _unbalanced_brackets(paragraph: Numbered) -> Iterator[tuple[int, str]]:
    """Those of one paragraph.

    A bracket that may have no counterpart takes one where it can; the one that this leaves over is spared in its place.
    """
    waiting: dict[str, list[int]] = {}
    items: list[tuple[int, str] | None] = []
    spared = 0
    for number, text in paragraph:
        signs = {match.end() - 1 for match in _SIGN.finditer(text)}
        for match in _ANY_BRACKET.finditer(text):
            mark, at = _FORMS.get(match[0], match[0]), match.start()
            opening = _OPENING.get(mark)
            if opening is None and at in signs:
                spared += 1
            elif opening is None:
                waiting.setdefault(mark, []).append(number)
            elif waiting.get(opening):
                waiting[opening].pop()
                spared += at in signs and text[at + 1 : at + 2] not in _STOPS
            elif at in signs:
                items.append(None)
            elif mark == "）" and spared:
                spared -= 1
            elif mark == "）" and _ITEM.match(text[at - 1 : at]):
                items.append((number, match[0]))
            else:
                yield number, match[0]
    if len(items) == 1:  # where there are several, as in 包括1)甲2)乙, each is the number of an item
        yield from (item for item in items if item)
    yield from sorted((number, mark) for mark, numbers in waiting.items() for number in numbers)


def _unbalanced_quotes(paragraphs: Iterable[Numbered]) -> Iterator[tuple[int, str]]:
    carried: dict[str, int] = {}
    for paragraph in paragraphs:
        waiting: dict[str, list[int]] = {mark: [] for mark in _QUOTES}
        start = True
        for number, text in paragraph:
            for at, mark in enumerate(text):
                if mark in _QUOTES:
                    if mark in carried and not start:
                        yield carried.pop(mark), mark
                    if mark not in carried:
                        waiting[mark].append(number)
                elif (opening := _OPENING.get(mark)) in _QUOTES and not _is_apostrophe(text, at):
                    if waiting[opening]:
                        waiting[opening].pop()
                    elif carried.pop(opening, None) is None and not _is_unit(text, at):
                        yield number, mark
                start = start and (mark.isspace() or mark in _QUOTES)
        for mark, (first, *others) in ((mark, numbers) for mark, numbers in waiting.items() if numbers):
            carried[mark] = first
            yield from ((number, mark) for number in others)
    yield from sorted((number, mark) for mark, number in carried.items())


def _is_apostrophe(text: str, at: int) -> bool:
    """Whether a mark stands within a Latin word, as in it’s."""
    return text[at] == "’" and _is_latin(text[at - 1 : at]) and _is_latin(text[at + 1 : at + 2])


def _is_unit(text: str, at: int) -> bool:
    """Whether a mark that closes nothing is an apostrophe at the edge of a word, or minutes, seconds, feet or inches."""
    if text[at] == "’":
        return _is_latin(text[at - 1 : at]) or _is_latin(text[at + 1 : at + 2])
    return text[at] == "”" and text[at - 1 : at].isdecimal()


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
