"""Reading a title: the marks in front of it, the brackets around it, what follows it, its folded text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from build_digest.compilations.split_rules import split_rules
from build_digest.text.characters import HAN
from build_digest.text.script import to_simplified

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "兩": 2}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = r"[0-9０-９〇○零一二三四五六七八九十百两兩]{1,5}"
_NO_LETTERS = re.compile(r"[\W_]+")
# Read from the end backwards: a search for what stands at the end begins anew at each blank of a long run.
_FOOTNOTE = re.compile(r"(?:[\s*＊※†‡①-⑳⓪¹²³⁰-⁹]|[\]］〕】]\d{1,2}[\[［〔【])*")
_LEADER = re.compile(r"(?<!\s)\s*(?:…{2,}|(?:[.．·・‥⋯_＿–—-]\s?){4,}|\t(?=[(（\d]))")
_PAGE = re.compile(r"(?:(?<!\s)\s+[(（]?|[(（])(\d{1,4})[)）]?$")
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
    return to_simplified(_NO_LETTERS.sub("", unicodedata.normalize("NFKC", text).lower()))


def without_footnote(text: str) -> str:
    """A title without the footnote mark at its end.

    >>> without_footnote("论数据要素①"), without_footnote("论数据要素[2]"), without_footnote("论数据要素*")
    ('论数据要素', '论数据要素', '论数据要素')
    """
    found = _FOOTNOTE.match(text[::-1])
    return text[: len(text) - found.end()] if found else text


def number_of(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral, either width.

    >>> number_of("二十五"), number_of("１２"), number_of("二〇二四"), number_of("百")
    (25, 12, 2024, 100)
    """
    roman = "Ⅰ" <= numeral[:1] <= "Ⅻ"
    numeral = unicodedata.normalize("NFKC", numeral)
    if numeral.isdecimal():
        return int(numeral)
    if numeral.startswith("§"):
        return int(numeral[1:])
    if numeral.isascii():
        return _ROMAN.index(numeral) + 1 if roman else ord(numeral) - ord("A") + 1
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) if c in _DIGITS else c for c in numeral))
    total, digit = 0, 0
    for c in numeral:
        if c in _UNITS:
            total += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            digit = _DIGITS.get(c, 0)
    return total + digit


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands in front of a title: the kinds of its marks, the number they state, and where the title begins."""

    kinds: tuple[str, ...] = ()
    number: int | None = None
    start: int = 0


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = split_rules()
    end = r"\s*[】\]］)）]?\s*[:：、.．,，—\-]{0,2}\s*"
    units, words, sections = (rules.alternatives(n) for n in ("article_units", "article_words", "section_units"))
    table = {
        "label": rf"(?:{rules.alternatives('title_labels')})\s*[:：]\s*",
        "markdown": r"#{1,6}(?:\s+|(?=[^\s#\d!]))",
        "article": rf"[【\[［(（]?第\s*(?P<n>{_NUMERAL})\s*(?:{units}){end}",
        "sample": rf"[【\[［(（]?(?:{words})\s*(?P<n>{_NUMERAL})(?=[\s】\]］)）:：、.．]|$){end}",
        "section": rf"[【\[［(（]?第\s*(?P<n>{_NUMERAL})\s*(?:{sections}){end}",
        "paren": rf"[(（](?P<n>{_NUMERAL})[)）]\s*[、.．]?\s*",
        "square": rf"[\[［【〔](?P<n>{_NUMERAL})[\]］】〕]\s*",
        "roman": r"(?P<n>[Ⅰ-Ⅻ]|§\s*[0-9]{1,2})\s*[、.．:：]?\s*",
        "letter": rf"(?P<n>[A-Z])\s*[.．、]\s*(?=[{HAN}“《])",
        "decimal": r"(?P<n>[0-9０-９]{1,3})\s*[.．、)）:：]\s*",
        "chinese": r"(?P<n>[〇零一二三四五六七八九十百]{1,4})\s*[、.．:：]\s*",
        "circled": r"(?P<n>[①-⑳])\s*",
        "bullet": r"(?P<b>[-－–—•·・●○◆◇■□▪▫★☆※►▶▷➢➤✦✧*＊+>＞»›〉◎△▲])(?!(?P=b))\s*",
    }
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


def read_mark(text: str) -> Mark:
    """Read the marks in front of a title: bullet, number, 第N篇, Markdown heading, up to three of them.

    >>> read_mark("第二篇 论水"), read_mark("- 3、论火")
    (Mark(kinds=('article',), number=2, start=4), Mark(kinds=('bullet', 'decimal'), number=3, start=4))
    """
    kinds: list[str] = []
    number, start = None, len(text) - len(text.lstrip())
    while len(kinds) < 3:
        for kind, pattern in _patterns():
            if kind not in kinds and (found := pattern.match(text, start)) and found.end() > start:
                break
        else:
            break
        kinds.append(kind)
        start = found.end()
        if "n" in found.groupdict():
            number = number_of(found["n"])
            break
    return Mark(tuple(kinds), number, start) if kinds else Mark((), None, start)


@cache
def _tail() -> re.Pattern[str]:
    rules = split_rules()
    words, units = rules.alternatives("article_words"), rules.alternatives("article_units")
    numbers = rf"(?:{words})\s?(?P<a>{_NUMERAL})|第\s?(?P<b>{_NUMERAL})\s?(?:{units})"
    return re.compile(rf"[\s:：—\-(（]\s?(?:{numbers})[)）]?$")


def number_at_end(text: str) -> int | None:
    """The number that ends a title as in 年终总结 篇3, or None.

    >>> number_at_end("年终总结 篇3"), number_at_end("年终总结（第十二篇）"), number_at_end("我读了第3篇")
    (3, 12, None)
    """
    found = _tail().search(text)
    return number_of(found["a"] or found["b"]) if found else None


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
