"""Reading the marks in front of a title: bullets, ordinals of every kind, days, and the number at its end."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from build_digest.compilations.split_rules import split_rules
from build_digest.text.characters import HAN

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "兩": 2}
_FORMAL = str.maketrans("壹贰叁参肆伍陆柒捌玖拾", "一二三三四五六七八九十")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN = tuple(tens + ones for tens in ("", "X", "XX", "XXX") for ones in _ROMAN_ONES)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE = "〇○零一二三四五六七八九十百两兩"
_NUMERAL = rf"[0-9０-９{_CHINESE}]{{1,5}}"
_DAY = r"(?:(?:19|20)[0-9]{2}[-./年]\s?)?(?:1[0-2]|0?[1-9])(?:[-./]|月)(?:3[01]|[12][0-9]|0?[1-9])[日号]?"
_LUNAR_DAY = r"[正一二三四五六七八九十冬腊]{1,2}月(?:初|十|廿|卅|二十|三十)?[一二三四五六七八九十]{0,2}(?:[日号]|(?<!月)(?=[\s　]))"
_WEATHER = rf"(?:(?!星期|礼拜|周)[{HAN}]{{1,5}}(?:[\s]{{2,}}|　+))?"
"""What stands between the day of a diary and its title, but for the day of the week."""
_BULLETS = r"\-－–—•·・*＊+>＞»›※†‡¶←-⏿■-❵│┃║▌▎▍➔-⟿⤀-⯿〒〓〠\U0001f300-\U0001faff"
"""Signs that stand before a title: dashes and dots, and what Unicode has of arrows, shapes and pictures (2190–2BFF,
1F300–1FAFF), the numbers in circles left out."""


def number_of(numeral: str) -> int:
    """The value of a numeral: Chinese (also as on banknotes), Arabic, Roman, a letter, a stem, in a circle or brackets.

    >>> number_of("二十五"), number_of("１２"), number_of("二〇二四"), number_of("百"), number_of("拾贰")
    (25, 12, 2024, 100, 12)
    >>> number_of("丙"), number_of("⑶"), number_of("❸"), number_of("XIV"), number_of("D")
    (3, 3, 3, 14, 4)
    """
    folded = unicodedata.normalize("NFKC", numeral).strip("()§. ").translate(_FORMAL)
    if folded.isdecimal():
        return int(folded)
    if folded in _STEMS:
        return _STEMS.index(folded) + 1
    if folded.isascii():
        return _ROMAN.index(folded) if folded in _ROMAN else ord(folded) - ord("A") + 1
    if folded.isdigit():
        return unicodedata.digit(folded)
    if not any(c in _UNITS for c in folded):
        return int("".join(str(_DIGITS.get(c, c)) for c in folded))
    total, digit = 0, 0
    for c in folded:
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
        "label": rf"(?i:{rules.alternatives('title_labels')})\s*[:：]\s*",
        "markdown": r"#{1,6}(?:\s+|(?=[^\s#\d!]))",
        "article": rf"[【\[［(（]?第\s*(?P<n>{_NUMERAL})\s*(?:{units}){end}",
        "sample": rf"[【\[［(（]?(?:{words})\s*之?(?P<n>{_NUMERAL})(?=[\s】\]］)）:：、.．]|$){end}",
        "attached": rf"[【\[［(（]?附[件录]?\s*(?P<n>{_NUMERAL})(?=[\s】\]］)）:：、.．]|$){end}",
        "section": rf"[【\[［(（]?第\s*(?P<n>{_NUMERAL})\s*(?:{sections}){end}",
        "counted": rf"[(（\[【]?(?P<n>[0-9]{{1,3}})\s?[/／]\s?[0-9]{{1,3}}(?![0-9/／.]){end}",
        "day": rf"(?:{_DAY}|{_LUNAR_DAY})[\s　]+{_WEATHER}(?=\S\S)",
        "paren": rf"[(（](?P<n>{_NUMERAL})[)）]\s*[、.．]?\s*",
        "square": rf"[\[［【〔](?P<n>{_NUMERAL})[\]］】〕]\s*",
        "roman": rf"(?P<n>[Ⅰ-Ⅻ]|§\s*[0-9]{{1,2}}|X{{0,3}}(?:IX|IV|V?I{{1,3}}|V|(?<=X))(?=[.．、]|[ 　]+[{HAN}“《]))\s*[、.．:：]?\s*",
        "letter": rf"(?P<n>[A-Z])\s*[.．、]\s*(?=[{HAN}“《])",
        "decimal": r"(?P<n>[0-9０-９]{1,3})\s*[.．、。)）:：]\s*",
        "chinese": r"(?P<n>[〇零一二三四五六七八九十百]{1,4})\s*[、.．。:：]\s*",
        "formal": r"(?P<n>[壹贰叁参肆伍陆柒捌玖拾]{1,3})(?:\s*[、.．。:：]\s*|[\s　]+|$)",
        "stem": rf"(?P<n>[{_STEMS}])(?:\s*[、.．:：]\s*|　+|$)",
        "serial": r"其(?P<n>[一二三四五六七八九十]{1,3})(?=[\s　·•・、.．:：—\-]|$)[\s　·•・、.．:：—\-]{0,6}",
        "circled": "(?P<n>[①-⑳⑴-⒇⒈-⒛❶-❿㈠-㈩]|[0-9](?=\ufe0f?\u20e3))(?:\ufe0f?\u20e3)?\\s*",
        "bullet": rf"(?P<b>[{_BULLETS}])\ufe0f?(?!(?P=b))\s*",
    }
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


@cache
def _any_mark() -> re.Pattern[str]:
    """Finds whether any mark stands at the beginning of a text, which hardly any line has."""
    return re.compile("|".join(pattern.pattern.replace("(?P<n>", "(?:") for _, pattern in _patterns()))


def read_mark(text: str, days: bool = True) -> Mark:
    """Read the marks in front of a title: bullet, number, 第N篇, Markdown heading, up to three of them.

    Without `days`, `7.04 Title` is number seven of a list.

    >>> read_mark("第二篇 论水"), read_mark("- 3、论火")
    (Mark(kinds=('article',), number=2, start=4), Mark(kinds=('bullet', 'decimal'), number=3, start=4))
    """
    kinds: list[str] = []
    number, start = None, len(text) - len(text.lstrip())
    while len(kinds) < 3 and _any_mark().match(text, start):
        for kind, pattern in _patterns():
            if (
                kind not in kinds
                and (days or kind != "day")
                and (found := pattern.match(text, start))
                and found.end() > start
            ):
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
