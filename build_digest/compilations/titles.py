"""Reading a title: the brackets around it, what follows it, its folded text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from build_digest.text.characters import HAN
from build_digest.text.script import to_simplified

NAME = rf"[{HAN}](?:[ 　]?[{HAN}·]){{1,4}}"
"""The form of a name beside a title."""
_NO_LETTERS = re.compile(r"[\W_]+")
_WIDE_MARKS = re.compile("[，；：！？（）…　]+")
"""Marks that are not normalized; a text without them nearly always is, which `unicodedata` sees at once."""
# Read from the end backwards: a search for what stands at the end begins anew at each blank of a long run.
_FOOTNOTE = re.compile(r"(?:[\s*＊※†‡①-⑳⓪¹²³⁰-⁹]|[\]］〕】]\d{1,2}[\[［〔【])*")
_LEADER = re.compile(r"(?<!\s)\s*(?:…{2,}|(?:[.．·・‥⋯_＿–—-]\s?){4,}|\t(?=[(（\d]))")
_PAGE = re.compile(r"(?:(?<!\s)\s+[(（]?|[(（]|(?<=\w)[/／])(\d{1,4})[)）]?$")
_LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")
_BRACKETS = {
    "《": "》",
    "【": "】",
    "「": "」",
    "『": "』",
    "〈": "〉",
    "[": "]",
    "［": "］",
    "〖": "〗",
    "“": "”",
    "**": "**",
}


# A short line is folded whole, without its marks, and again as a row of a contents list.
@lru_cache(maxsize=1024)
def fold_title(text: str) -> str:
    """The letters and digits of a title as `likeness.fold_to_letters` gives them, and ①, Ⅳ, ﬁ as 1, iv, fi (NFKC).

    >>> fold_title("“人工智能＋”賦能 AI產業")
    '人工智能赋能ai产业'
    """
    normalized = unicodedata.normalize("NFKC", _WIDE_MARKS.sub("", text))
    return to_simplified(_NO_LETTERS.sub("", normalized.lower()))


def without_footnote(text: str) -> str:
    """A title without the footnote mark at its end.

    >>> without_footnote("论数据要素①"), without_footnote("论数据要素[2]"), without_footnote("论数据要素*")
    ('论数据要素', '论数据要素', '论数据要素')
    """
    found = _FOOTNOTE.match(text[::-1])
    return text[: len(text) - found.end()] if found else text


def unwrap(text: str) -> str:
    """A title without the one pair of brackets that holds all of it.

    >>> unwrap("《论水》"), unwrap("《论水》与《论火》"), unwrap("**论水**")
    ('论水', '《论水》与《论火》', '论水')
    """
    text = text.strip()
    opening = "**" if text.startswith("**") else text[:1]
    closing = _BRACKETS.get(opening)
    if not closing or not text.endswith(closing):
        return text
    inner = text[len(opening) : -len(closing)]
    return inner.strip() if inner.strip() and closing not in inner else text


def is_wrapped(text: str) -> bool:
    """Whether one pair of brackets holds all of a title."""
    return unwrap(text) != text.strip()


def without_link(text: str) -> str:
    """A title without the Markdown link around it.

    >>> without_link("[论水](#1)")
    '论水'
    """
    return _LINK.sub(r"\1", text)


def without_address(text: str) -> str:
    """An entry of a contents list without the address of its page behind it.

    >>> without_address("论水 (https://example.org/1)"), without_address("https://example.org 是谁的")
    ('论水', 'https://example.org 是谁的')
    """
    if "://" not in text:
        return text
    at = min((at for scheme in ("http://", "https://") if (at := text.find(scheme)) > 0), default=len(text))
    alone = len(text[at:].split(maxsplit=1)) == 1
    return text[:at].rstrip(" \t　(（<") if alone else text


def without_leader(text: str) -> str:
    """An entry of a contents list without its dots and what follows them.

    >>> without_leader("论水……………12"), without_leader("论 Go 1.2.....7"), without_leader("论水\\t7")
    ('论水', '论 Go 1.2', '论水')
    """
    return text[: found.start()].rstrip() if (found := _LEADER.search(text)) and found.start() else text


def trailing_page(text: str) -> int | None:
    """The page number that ends an entry of a contents list after a space."""
    found = _PAGE.search(text)
    return int(found[1]) if found else None


def without_page(text: str) -> str:
    """An entry of a contents list without the page number after the last space."""
    return _PAGE.sub("", text)
